"""A candidate -> a Markdown file under content/ that a build takes without a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from generator import content, text
from generator.content.articles import read_bytes
from generator.content.source_files import too_large
from generator.importer.candidates import Candidate
from generator.model import Rights
from generator.problems import Problem

UNSEEN = re.compile(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\ufeff]")
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
    """Write a candidate as a Markdown file: each value quoted, the text as it is."""
    lines = [
        *_line("title", candidate.title),
        f"date: {published.isoformat()}",
        *_line("id", id),
        *_source(candidate),
        *_list("authors", candidate.authors),
        *_list("topics", topics),
        *_line("lang", candidate.lang),
        *_line("canonical_url", candidate.url),
        f"rights: {rights}",
        *_line("license", candidate.license),
        f"retrieved_at: {retrieved.isoformat(timespec='seconds')}",
        *(["draft: true"] if draft else []),
    ]
    if candidate.updated and candidate.updated > published:
        lines.insert(2, f"updated: {candidate.updated.isoformat()}")
    return "\n".join(["---", *lines, "---", "", candidate.text.strip("\n"), ""]).encode("utf-8", "replace")


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


def _source(candidate: Candidate) -> Iterator[str]:
    if candidate.source:
        yield "source:"
        yield f"  name: {_quoted(candidate.source[:1000])}"
        if candidate.url:
            yield f"  url: {_quoted(candidate.url)}"


def _line(name: str, value: str) -> Iterator[str]:
    if value:
        yield f"{name}: {_quoted(value)}"


def _list(name: str, values: tuple[str, ...]) -> Iterator[str]:
    if values:
        yield f"{name}: [{', '.join(map(_quoted, values))}]"


def _quoted(value: str) -> str:
    """Write a text between double quotes, so that YAML gives back the same."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + UNSEEN.sub(lambda sign: rf"\U{ord(sign[0]):08x}", escaped) + '"'
