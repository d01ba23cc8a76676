"""A candidate -> a Markdown file under content/ that a build takes without a fault."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from generator import content, text
from generator.content.articles import read_bytes
from generator.content.source_files import too_large
from generator.importer.candidates import Candidate
from generator.model import Rights
from generator.problems import Problem
from generator.schema import Plain
from generator.schema.writing import mapping

SLUG_LONGEST = 80  # bytes: an address that can be read aloud


def file_of(
    candidate: Candidate,
    *,
    id: str,  # noqa: A002 -- as front matter calls it
    published: datetime,
    retrieved: datetime,
    rights: Rights,
    topics: tuple[str, ...],
    draft: bool,
) -> bytes:
    """Write a candidate as a Markdown file: its front matter as `new` writes one, the text as it is."""
    is_later = candidate.updated and candidate.updated > published
    source = {"name": candidate.source[:1000], "url": candidate.url}
    fields = {
        "title": candidate.title,
        "date": Plain(published.isoformat()),
        "updated": Plain(candidate.updated.isoformat()) if candidate.updated and is_later else None,
        "id": id,
        "source": source if candidate.source else None,
        "authors": candidate.authors,
        "topics": topics,
        "lang": candidate.lang,
        "canonical_url": candidate.url,
        "rights": rights,
        "license": candidate.license,
        "retrieved_at": Plain(retrieved.isoformat(timespec="seconds")),
        "draft": Plain("true") if draft else None,
    }
    lines = ["---", *mapping(fields), "---", "", candidate.text.strip("\n"), ""]
    return "\n".join(lines).encode("utf-8", "replace")


def path_of(candidate: Candidate, id_: str, published: datetime, taken: set[str], slugs: set[str]) -> str:
    """Choose a path under content/ whose file and address no other article has."""
    name = _slug(candidate.title)
    folder = f"{published:%Y/%m/%d}"
    for tried in (name, f"{name}-{id_[:8]}", f"{name}-{id_}"):
        path = f"{folder}/{tried}.md"
        if path.casefold() not in taken and tried.casefold() not in slugs:
            return path
    number = 2
    while f"{folder}/{name}-{id_}-{number}.md".casefold() in taken:
        number += 1
    return f"{folder}/{name}-{id_}-{number}.md"


def faults(data: bytes, path: str, root: Path, reading: content.Reading) -> tuple[Problem, ...]:
    """Read a file as a build would, before it is written: what a build would tell of it."""
    most = reading.limits.article
    if len(data) > most:
        return (too_large(f"content/{path}", 1, "the text", most, "limits.article"),)
    return read_bytes(data, path, root, reading).problems


def _slug(title: str) -> str:
    made = text.slug(title)
    if len(made.encode()) <= SLUG_LONGEST:
        return made
    cut = made.encode()[:SLUG_LONGEST].decode(errors="ignore")
    whole = cut.rpartition("-")[0]
    return text.slug(whole) or f"{cut}-{blake2b(made.encode(), digest_size=4).hexdigest()}"
