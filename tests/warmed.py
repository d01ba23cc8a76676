"""Imported where commands of tests are forked from: all that a command reads of its own has been read by then."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import cli
from tests.building import ARTICLE, build_site, read_theme, write_site

for _name in cli.COMMANDS:
    import_module(cli.cli.commands[_name].callback.__module__)  # type: ignore[union-attr]
with TemporaryDirectory() as _folder:
    build_site(write_site(Path(_folder), {"content/one.md": ARTICLE}))
THEME = read_theme()
