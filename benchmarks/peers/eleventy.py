"""Eleventy, its Markdown taken as it stands and not as a template first."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import Article
from benchmarks.peers.front_matter import front_matter
from benchmarks.peers.installing import from_npm
from benchmarks.peers.peer import Peer

VERSION = "3.1.8"


def _installed(tools: Path) -> str:
    from_npm(tools, "eleventy", [f"@11ty/eleventy@{VERSION}"])
    return VERSION


def _command(tools: Path, _: int | None) -> Sequence[str]:
    program = tools / "eleventy" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    return (shutil.which("node") or "node", str(program), "--quiet")


def _form(article: Article, body: str) -> str:
    day = article.published
    return (
        front_matter(
            {
                "title": article.title,
                "date": day,
                "permalink": f"/{article.address}",
                "topics": article.topics,
                "authors": article.authors,
                "outlet": article.outlet,
                "source": article.source,
                "lang": article.lang,
                "correction": article.correction,
                "day": f"{day:%Y-%m-%d}",
                "month": f"{day:%Y-%m}",
            }
        )
        + body
    )


ELEVENTY = Peer(
    name="eleventy",
    install=_installed,
    command=_command,
    form=_form,
    output="_site",
    made=("_site", ".cache"),
    template="_includes/base.njk",
    style="style.css",
    environment={"TZ": "UTC"},
)
