"""Site -> the search index, in volumes: each is made anew only if one of its articles changed."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from typing import Protocol

from generator import urls
from generator.model import Entry, File, Site
from generator.search import pagefind
from generator.search.documents import document

ENGINE = "pagefind/"
LARGEST = 2000  # articles of a year or quarter that are bound together
FORM = "1"  # of the records in the cache

# Whatever volumes there are, the program begins with an index that stays: of one page, which no search wants.
NOTHING = {
    "nothing": '<!doctype html>\n<html lang="en">\n<body data-pagefind-body>\n'
    '<meta data-pagefind-filter="topic[content]" content="-">\n<p>nothing</p>\n'
}


class Memory(Protocol):
    """What is needed of a cache."""

    def remember(self, key: str, make: Callable[[], str]) -> str: ...


@dataclass(frozen=True, slots=True)
class Volume:
    """Entries that share an index: those of a month, a quarter or a year, by its `name`."""

    name: str
    entries: tuple[Entry, ...]


def index(site: Site, memory: Memory) -> list[File]:
    """Make the search index, and the list that the page begins with: its program, then its volumes.

    Raise Refusal where the indexer is missing or cannot run.
    """
    found = volumes(site.entries)
    files: list[File] = []
    listed: list[dict[str, str]] = []
    if found:
        version, language = pagefind.version(), site.language.partition("-")[0].lower()
        tag, engine = _made(NOTHING, language, version, memory)
        files += _files(ENGINE, engine)
        listed.append({"path": ENGINE, "tag": tag})
        for volume in found:
            made = {_name(entry): document(entry, language) for entry in volume.entries}
            tag, data = _made(made, language, version, memory)
            files += _files(f"{volume.name}/", {n: d for n, d in data.items() if not pagefind.is_engine(n)})
            listed.append({"path": f"{volume.name}/", "tag": tag})
    text = json.dumps(listed, indent=0)
    return [File(urls.SEARCH_VOLUMES, f"{text}\n".encode(), "search"), *files]


def volumes(entries: Sequence[Entry]) -> list[Volume]:
    """Bind entries, newest first: closed years whole, else their quarters, else their months.

    Small volumes keep the cost of a change small, few of them what a search fetches. A year or a quarter is
    closed once something was published after it; one of more than LARGEST entries is divided.
    """
    if not entries:
        return []
    newest = entries[0]
    whole = {
        name
        for period in (_year, _quarter)
        for name, group in groupby(entries, key=period)
        if name != period(newest) and len(list(group)) <= LARGEST
    }

    def name(entry: Entry) -> str:
        return next((n for n in (_year(entry), _quarter(entry)) if n in whole), f"{entry.published:%Y-%m}")

    return [Volume(name, tuple(group)) for name, group in groupby(entries, key=name)]


def _year(entry: Entry) -> str:
    return f"{entry.published:%Y}"


def _quarter(entry: Entry) -> str:
    return f"{entry.published:%Y}-q{(entry.published.month + 2) // 3}"


def _name(entry: Entry) -> str:
    """Name a document so that it neither depends on other articles nor on what a file system allows."""
    return blake2b(entry.id.encode(), digest_size=10).hexdigest()


def _made(
    documents: Mapping[str, str], language: str, version: str, memory: Memory
) -> tuple[str, dict[str, bytes]]:
    """Give a digest of what an index depends on, and its files: made before, or now."""
    inputs = "\0".join(
        [FORM, version, language, *(part for one in sorted(documents.items()) for part in one)]
    )
    tag = blake2b(inputs.encode(errors="surrogatepass"), digest_size=8).hexdigest()

    kept = memory.remember(f"search {tag}", lambda: packed(pagefind.index(documents, language)))
    return tag, unpacked(kept)


def packed(files: Mapping[str, bytes]) -> str:
    """Write files as one text: their names and sizes, then all their bytes."""
    sizes = json.dumps({name: len(data) for name, data in files.items()})
    return f"{sizes}\n{b64encode(b''.join(files.values())).decode()}"


def unpacked(text: str) -> dict[str, bytes]:
    sizes, _, body = text.partition("\n")
    data, end, files = b64decode(body), 0, {}
    for name, size in json.loads(sizes).items():
        end += size
        files[name] = data[end - size : end]
    return files


def _files(folder: str, data: Mapping[str, bytes]) -> list[File]:
    return [File(f"{urls.SEARCH}{folder}{name}", made, "search") for name, made in data.items()]
