"""Broadsheet itself, as it stands in this repository."""

from __future__ import annotations

import compileall
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import NOW, Article
from benchmarks.peers.front_matter import front_matter
from benchmarks.peers.peer import Peer, file_of


def _installed(_: Path) -> str:
    """See that all of it is compiled: a build would take what Python leaves beside it for a change."""
    import generator

    compileall.compile_dir(Path(generator.__file__).parent, quiet=1)
    return generator.__version__


def _command(_: Path, jobs: int | None) -> Sequence[str]:
    program = str(Path(sys.executable).with_name("broadsheet"))
    return (program, "build", "--quiet", *(("--jobs", str(jobs)) if jobs else ()))


def _form(article: Article, body: str) -> str:
    matter: dict[str, object] = {
        "title": article.title,
        "date": article.published,
        "source": {"name": article.outlet, "url": article.source},
        "authors": article.authors,
        "topics": article.topics,
    }
    if article.lang != "en":
        matter["lang"] = article.lang
    if article.correction:
        matter["corrections"] = [{"date": f"{article.published:%Y-%m-%d}", "text": article.correction}]
    return front_matter(matter) + body


def _linked(article: Article, to: Article) -> str:
    folder = os.path.dirname(file_of(article))  # noqa: PTH120 -- relpath below wants text
    return os.path.relpath(file_of(to), folder).replace(os.sep, "/")


BROADSHEET = Peer(
    name="broadsheet",
    install=_installed,
    command=_command,
    form=_form,
    linked=_linked,
    output="site",
    made=("site", ".cache"),
    template="templates/_footer.html",
    style="templates/assets/theme.css",
    environment={"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))},
    published=(".cache/next", ".cache/ledger", ".cache/built"),
    originals=Path(__file__).parent.parent.parent,
)
