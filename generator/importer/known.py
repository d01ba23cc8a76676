"""What a site holds already: by address, by id, and by what a text says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import Protocol
from zlib import crc32

from generator import disk, text
from generator.importer import addresses
from generator.schema.records import decoded, encoded

SHINGLE = 4  # words
SKETCH = 128  # smallest digests kept of a text's shingles
LED_BY = 32  # smallest digests that lead to a text: to keep all of them would cost a second of each run
LEAST_SHINGLES = 24  # a shorter text is like too many others
ALIKE = 0.55  # estimated share of shingles in common from which two texts are one
READ_WORDS = 3000  # of a text
FORM = "known 3"
LINK = re.compile(r"\]\([^)\s]*\)|&\w+;|\\")
DENSE = text.DENSE


class Memory(Protocol):
    """What reading a site's articles needs of a cache."""

    def recall(self, key: str) -> bytes | None: ...
    def keep(self, key: str, data: bytes) -> None: ...
    def digest(self, *parts: str | bytes) -> str: ...


@dataclass(frozen=True, slots=True)
class Record:
    """What an article under content/ is known by."""

    path: str
    id: str = ""
    keys: tuple[str, ...] = ()  # of its addresses: see `keys`
    slug: str = ""
    sketch: tuple[int, ...] = ()


@dataclass(slots=True)
class Known:
    """Articles that are there; `add` what comes, so that it is known from then on."""

    paths: set[str] = field(default_factory=set)
    slugs: set[str] = field(default_factory=set)
    _ids: dict[str, str] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)
    _sketches: list[tuple[str, frozenset[int]]] = field(default_factory=list)
    _by_digest: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Known:
        known = cls()
        for record in records:
            known.add(record)
        return known

    def add(self, record: Record) -> None:
        """Count an article among those that are there."""
        self.paths.add(record.path.casefold())
        self.slugs.add(record.slug.casefold())
        self._ids.setdefault(record.id, record.path)
        for key in record.keys:
            self._keys.setdefault(key, record.path)
        if len(record.sketch) >= LEAST_SHINGLES:
            place = len(self._sketches)
            self._sketches.append((record.path, frozenset(record.sketch)))
            for digest in record.sketch[:LED_BY]:
                self._by_digest.setdefault(digest, []).append(place)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is there that came from anywhere."""
        return not self._keys

    def holds(self, url: str, id_: str, *, apart: bool = False) -> str:
        """Give the path of the article that has an address or an id; empty where none has.

        Without an anchor an address is that of a page, of which any part is known enough; with one it is that
        of a place, or of the page that it is on, unless that is told `apart`.
        """
        page, anchor = addresses.key(url), addresses.anchor(url)
        tried = [f"{page}#{anchor}"] if anchor else []
        tried += (
            [page] if apart and not anchor else [] if apart else [page, *([] if anchor else [f"{page}#"])]
        )
        return next((self._keys[key] for key in tried if page and key in self._keys), "") or self._ids.get(
            id_, ""
        )

    def like(self, sketch: tuple[int, ...]) -> tuple[str, float]:
        """Give the path of the article whose text is most like another, and how much, from `ALIKE` on."""
        if len(sketch) < LEAST_SHINGLES:
            return "", 0.0
        shared = Counter(place for digest in sketch for place in self._by_digest.get(digest, ()))
        best: tuple[float, str] = (0.0, "")
        for place, count in shared.items():
            if count >= LED_BY / 4:  # of texts that are alike, most
                path, other = self._sketches[place]
                best = max(best, (resemblance(frozenset(sketch), other), path))
        return (best[1], best[0]) if best[0] >= ALIKE else ("", 0.0)


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """Estimate the share of shingles that two texts have in common, from the smallest digests of both.

    Source: A. Broder, "On the resemblance and containment of documents", 1997 (bottom-k).
    """
    most = min(len(one), len(other))
    smallest = frozenset(islice(sorted(one | other), most))
    return len(smallest & one & other) / most if most else 0.0


def sketched(markdown: str) -> tuple[int, ...]:
    """Keep the smallest digests of the shingles of a text; of scripts without spaces each sign is a word."""
    words = list(islice(_words(LINK.sub("", markdown).casefold()), READ_WORDS))
    shingles = (" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))
    return tuple(sorted({crc32(shingle.encode("utf-8", "replace")) for shingle in shingles})[:SKETCH])


def _words(written: str) -> Iterator[str]:
    if not written.isascii():
        written = DENSE.sub(r" \g<0> ", written)
    return iter(text.words(written))


def keys(url: str) -> tuple[str, ...]:
    """Give what an address is found by: its page; or its place and, ended by `#`, the page of that."""
    page, anchor = addresses.key(url), addresses.anchor(url)
    return () if not page else (f"{page}#{anchor}", f"{page}#") if anchor else (page,)


def id_of(url: str, mark: str, written: str) -> str:
    """Give an article's id: of its address, else of what else it is known by, else of its text."""
    told = f"url {keys(url)[0]}" if url else f"mark {mark}" if mark else f"text {' '.join(written.split())}"
    return blake2b(told.encode("utf-8", "replace"), digest_size=8).hexdigest()


def read(root: Path, most: int, memory: Memory) -> list[Record]:
    """Read what the articles under a content/ folder are known by; what cannot be read is passed over.

    `most` is how many bytes of a file are read. What a file holds is remembered under its digest.
    """
    from generator import content

    found = content.survey(root)
    made = (_record(root, path, most, memory) for path, _ in found.files.values())
    return [record for record in made if record]


def _record(root: Path, path: str, most: int, memory: Memory) -> Record | None:
    try:
        data = disk.read(root / path, most)
    except OSError:
        return Record(path)
    key = f"{FORM} {memory.digest(path, data)}"
    kept = memory.recall(key)
    record = decoded(Record, kept) if kept else None
    if record is None:
        record = _of_file(path, data, most)
        memory.keep(key, encoded(record))
    return record


def _of_file(path: str, data: bytes, most: int) -> Record:
    from generator.content.source_files import take_apart

    stem = PurePosixPath(path).stem
    slug = text.slug(re.sub(r"^\d{4}-\d{2}-\d{2}[-_ ]?", "", stem) or stem)
    digest = blake2b(path.encode(), digest_size=8).hexdigest()
    file, _ = take_apart(data, path, most)
    if file is None or not isinstance(file.front_matter.value, dict):
        return Record(path, digest, slug=slug)
    matter = file.front_matter.value
    told = matter.get("slug")
    own = matter.get("id")
    return Record(
        path,
        own if isinstance(own, str) else digest,
        tuple(dict.fromkeys(chain.from_iterable(keys(url) for url in _urls(matter)))),
        told if isinstance(told, str) else slug,
        sketched(file.body),
    )


def _urls(matter: dict[str, object]) -> Iterator[str]:
    told = matter.get("canonical_url")
    sources = matter.get("source")
    for source in sources if isinstance(sources, list) else [sources]:
        url = source.get("url") if isinstance(source, dict) else None
        if isinstance(url, str):
            yield url
    if isinstance(told, str):
        yield told
