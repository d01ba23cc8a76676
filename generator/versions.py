"""What a site depends on beside its own files: the program, its libraries, what is known of time zones."""

from __future__ import annotations

import functools
import zoneinfo
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.cache import program

LIBRARIES = tuple(
    "feedgen Jinja2 lxml Markdown MarkupSafe nh3 pagefind pillow pydantic PyYAML tzdata".split()
)


@functools.cache
def program_and_libraries() -> str:
    """Give what stands for all that makes a site: this program as it is, and its libraries' versions."""
    return program(Path(__file__).parent) + _versions()


def _versions() -> str:
    made = ""
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            made += f" {name} {version(name)}"
    return made


@functools.cache
def zone(name: str) -> bytes:
    """Give what the system knows of a time zone: it may change its mind about what a written hour means."""
    places = [Path(folder, name) for folder in zoneinfo.TZPATH]
    return next((place.read_bytes() for place in places if place.is_file()), b"")
