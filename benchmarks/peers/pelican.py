"""Pelican, with its cache of what it has read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import Article
from benchmarks.peers.installing import from_pypi
from benchmarks.peers.peer import Peer

VERSION = "4.12.0"
MARKDOWN = "3.11"  # the same as ours: constraints.txt


def _installed(tools: Path) -> str:
    from_pypi(tools, "pelican", [f"pelican[markdown]=={VERSION}", f"markdown=={MARKDOWN}", "tzdata"])
    return VERSION


def _command(tools: Path, _: int | None) -> Sequence[str]:
    python = str(tools / "pelican" / "bin" / "python")
    return (python, "-m", "pelican", "content", "-o", "output", "-s", "pelicanconf.py", "--quiet")


def _form(article: Article, body: str) -> str:
    lines = {
        "Title": article.title,
        "Date": f"{article.published:%Y-%m-%d %H:%M}",
        "Slug": article.slug,
        "Authors": "; ".join(article.authors),
        "Tags": ", ".join(article.topics),
        "Outlet": article.outlet,
        "Source": article.source,
        "Language": article.lang,  # "Lang" would make translations of it
        "Correction": article.correction,
    }
    return "\n".join([*(f"{key}: {value}" for key, value in lines.items() if value), "", body])


PELICAN = Peer(
    name="pelican",
    install=_installed,
    command=_command,
    form=_form,
    output="output",
    made=("output", "cache", "__pycache__"),
    template="theme/templates/base.html",
    style="style.css",
    environment={"TZ": "UTC"},
)
