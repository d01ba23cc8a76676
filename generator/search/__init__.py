"""Site -> the search index, in volumes: each is made anew only if one of its articles changed."""

from __future__ import annotations

import builtins
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from typing import Any, Protocol

from generator import urls
from generator.keys import Known
from generator.model import AnyFile, Entry, File, Kept, Lay, Site, held
from generator.search import pagefind
from generator.search.documents import document

Map = Callable[..., Iterable[Any]]
ENGINE = "pagefind/"
LARGEST = 2000  # articles of a year or quarter that are bound together
FORM = "2"  # of the records in the cache

# Whatever volumes there are, the program begins with an index that stays: of one page, which no search wants.
NOTHING = {
    "nothing": '<!doctype html>\n<html lang="en">\n<body data-pagefind-body>\n'
    '<meta data-pagefind-filter="topic[content]" content="-">\n<p>nothing</p>\n'
}


class Memory(Protocol):
    """What is needed of a cache."""

    def remember(self, key: str, make: Callable[[], str]) -> str: ...
    def recall(self, key: str) -> bytes | None: ...
    def keep(self, key: str, data: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Volume:
    """Entries that share an index: those of a month, a quarter or a year, by its `name`."""

    name: str
    entries: tuple[Entry, ...]


def index(
    site: Site,
    memory: Memory,
    known: Known | None = None,
    map: Map = map,  # noqa: A002 -- the seam's name
    lay: Lay = held,
) -> list[AnyFile]:
    """Make the search index, and the list that the page begins with: its program, then its volumes.

    A volume that stands in the site as it would be made is not made again, as far as that is `known`; others
    are made by any `map`, as `lay` gives them. Raise Refusal where the indexer is missing or cannot run.
    """
    found = volumes(site.entries)
    if not found:
        return [_list([])]
    binder = _Binder(site.language.partition("-")[0].lower(), memory, known or Known.nothing(), lay)
    asked = list(builtins.map(binder.asked, [Volume(ENGINE.rstrip("/"), ()), *found]))
    new = iter(map(binder.bound, [one for one in asked if isinstance(one, Asked)]))
    made = [next(new) if isinstance(one, Asked) else one for one in asked]
    listed = [{"path": f"{one.folder}/", "tag": one.tag} for one in made]
    return [_list(listed), *(file for one in made for file in one.files)]


def _list(listed: Sequence[Mapping[str, str]]) -> File:
    return File(urls.SEARCH_VOLUMES, f"{json.dumps(listed, indent=0)}\n".encode(), "search")


@dataclass(frozen=True, slots=True)
class Bound:
    """A volume as it is published: `tag` changes whenever its files do."""

    folder: str
    tag: str
    files: tuple[AnyFile, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A volume that is to be made, under its key."""

    volume: Volume
    key: str


class _Binder:
    """Makes volumes; one without entries is the program that searches."""

    def __init__(self, language: str, memory: Memory, known: Known, lay: Lay) -> None:
        self._language, self._memory, self._lay = language, memory, lay
        self._keys, self._holds = known.keys, known.holds
        self._version = pagefind.version()
        self._common = known.keys.of("search", known.program, self._version, language)

    def asked(self, volume: Volume) -> Bound | Asked:
        """Give a volume as it stands in the site, or say that it is to be made."""
        key = self._keys.of(self._common, volume.name, *self._told(volume))
        return self._standing(volume, key) or Asked(volume, key)

    def _told(self, volume: Volume) -> Iterator[object]:
        """Give what documents hold; of entries not all, since much changes with what else is published."""
        for entry in volume.entries:
            yield (entry.id, entry.url, entry.headline, entry.published, entry.lang)
            yield (entry.sources, entry.authors, [topic.title for topic in entry.topics], entry.brief)

    def _standing(self, volume: Volume, key: str) -> Bound | None:
        """Give a volume as it stands in the site, if all of it does."""
        told = self._memory.recall(f"volume {key}")
        if told is None:
            return None
        tag, *names = json.loads(told)
        kept = tuple(Kept(f"{urls.SEARCH}{volume.name}/{name}", key, "search") for name in names)
        return Bound(volume.name, tag, kept) if all(self._holds(it.path, key) for it in kept) else None

    def bound(self, asked: Asked) -> Bound:
        volume, key = asked.volume, asked.key
        documents = {_name(entry): document(entry, self._language) for entry in volume.entries}
        tag, data = _made(documents or NOTHING, self._language, self._version, self._memory)
        own = {name: it for name, it in data.items() if not documents or not pagefind.is_engine(name)}
        self._memory.keep(f"volume {key}", json.dumps([tag, *own]).encode())
        files = (File(f"{urls.SEARCH}{volume.name}/{n}", it, "search", key) for n, it in own.items())
        return Bound(volume.name, tag, tuple(builtins.map(self._lay, files)))


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
    return f"{entry.published.year:04}"


def _quarter(entry: Entry) -> str:
    return f"{_year(entry)}-q{(entry.published.month + 2) // 3}"


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
