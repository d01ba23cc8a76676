"""Lets the pages that are read on GitHub be a site as well: make docs runs it.

Pages above docs/ that belong to it come along (`TOP`). What else of the repository a page links to, a folder
too, leads to the repository. Decision records find their place in the navigation by themselves.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TOP = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
LINK = re.compile(r"(?P<open>\]\()(?P<target>[^)\s#:]+)(?P<anchor>#[^)\s]*)?(?=\))")
CODE = re.compile(r"(^```.*?^```$|`[^`\n]*`)", re.MULTILINE | re.DOTALL)


def on_config(config: Any) -> Any:
    """Put the decisions into the navigation, and what comes from above."""
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    decisions = {"Decisions": [{_title(it): f"decisions/{it.name}"} for it in records]}
    config.nav.append({"Project": [*({_title(ROOT / name): name} for name in TOP), decisions]})
    return config


def on_files(files: Any, config: Any) -> Any:
    """Bring pages from above along, and the colours of code."""
    from properdocs.structure.files import File

    for name in TOP:
        files.append(File.generated(config, name, content=_moved((ROOT / name).read_text(encoding="utf-8"))))
    files.append(File.generated(config, "css/colours.css", content=_colours()))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:  # noqa: ARG001 -- as it is called
    """Let links that lead out of docs/ lead somewhere on the site, or to the repository."""
    here = posixpath.dirname(page.file.src_uri)

    def turned(found: re.Match[str]) -> str:
        target, anchor = found["target"], found["anchor"] or ""
        path = posixpath.normpath(posixpath.join("docs", here, target))
        inside = posixpath.relpath(path, "docs")
        if inside.startswith("../") and inside.removeprefix("../") in TOP:
            return f"{found['open']}{posixpath.relpath(inside.removeprefix('../'), here or '.')}{anchor}"
        real = ROOT / path
        if real.is_dir() or (real.is_file() and inside.startswith("../")):
            kind = "tree" if real.is_dir() else "blob"
            return f"{found['open']}{config.repo_url}/{kind}/main/{path}{anchor}"
        return found[0]

    pieces = CODE.split(markdown)
    return "".join(piece if number % 2 else LINK.sub(turned, piece) for number, piece in enumerate(pieces))


def _moved(text: str) -> str:
    """Let the links of a page from above be those of a page in docs/."""

    def turned(found: re.Match[str]) -> str:
        target = found["target"]
        inside = target.removeprefix("docs/") if target.startswith("docs/") else f"../{target}"
        return f"{found['open']}{inside or '.'}{found['anchor'] or ''}"

    pieces = CODE.split(text)
    return "".join(piece if number % 2 else LINK.sub(turned, piece) for number, piece in enumerate(pieces))


def _title(page: Path) -> str:
    first = page.read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix("# ").strip()


def _colours() -> str:
    """Give the colours of code and of links, for light and dark paper."""
    from pygments.formatters import HtmlFormatter

    light = HtmlFormatter(style="default").get_style_defs('[data-bs-theme="light"] .codehilite')
    dark = HtmlFormatter(style="github-dark").get_style_defs('[data-bs-theme="dark"] .codehilite')
    links = "".join(
        f'[data-bs-theme="{paper}"] {{ --bs-link-color-rgb: {rgb}; --bs-link-hover-color-rgb: {rgb} }}\n'
        f'[data-bs-theme="{paper}"] .bs-sidebar .nav-link {{ color: rgb({rgb}) }}\n'
        for paper, rgb in (("light", "26, 77, 148"), ("dark", "141, 180, 232"))
    )
    return f"{light}\n{dark}\n{links}"
