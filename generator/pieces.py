"""What is made of one Markdown file alone: its article, the brief, and what it is about. Remembered.

A piece is kept under the digest of all that it is made from: the bytes of the file and of its brief file,
the options, the program and its libraries. The pictures that it shows are held against their bytes.
"""

from __future__ import annotations

import errno
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from generator import content, disk, shelf, stories, summarise
from generator.content.outcome import Pictures, at_home, digests
from generator.model import ArticleBody, Brief
from generator.problems import Problem
from generator.schema.records import decoded, encoded
from generator.shelf import Row, Shelf, Stamp, Where, settled, stamps, why
from generator.versions import program_and_libraries, zone

Map = Callable[..., Iterable[Any]]
AT_HAND = 64  # texts that are held once they were read
Paths = tuple[str, str | None]  # of an article and its brief file, under content/


class Memory(shelf.Memory, Protocol):
    """What pieces need of a cache."""

    def digest(self, *parts: str | bytes) -> str: ...


@dataclass(frozen=True, slots=True)
class Options:
    """Where content/ stands, and what the site decides: how to read and brief, who signs edited lines."""

    root: Path
    reading: content.Reading
    summariser: summarise.Summariser
    editor: str = ""
    clock: int = 0  # nanoseconds since 1970: what was saved well before is told apart by its stamp


@dataclass(frozen=True, slots=True)
class Piece:
    """What became of a file. `unsupported` are editors' lines at fault; `gist` is read by `gist`.

    `awaited` is the record that its brief depends on, and a digest of what stood there; or empty.
    """

    outcome: content.Outcome
    brief: Brief | None = None
    unsupported: tuple[Problem, ...] = ()
    pictures: Pictures = ()
    awaited: tuple[str, str] = ("", "")
    grounds: str = ""  # of its article in stories


@dataclass(frozen=True, slots=True)
class Made:
    """A piece, and its gist as it is kept: gists are large, and needed a few weeks at a time.

    Where `gist` is none it lies in the record of the key.
    """

    piece: Piece
    gist: bytes | None = b""
    key: str = ""  # digest of all that it is made from, or empty where that is not known
    is_young: bool = field(default=False, compare=False)  # what it was made from was saved just before
    why: str = field(default="", compare=False, repr=False)  # it was made anew, where it was


@dataclass(frozen=True, slots=True)
class _Text:
    """Of an Article its text alone: the rest of a record need not be read for it."""

    body: ArticleBody


@dataclass(frozen=True, slots=True)
class _Outcome:
    article: _Text | None


@dataclass(frozen=True, slots=True)
class _Kept:
    outcome: _Outcome


def make(
    files: Sequence[Paths],
    options: Options,
    memory: Memory,
    map: Map = map,  # noqa: A002 -- the seam's name
) -> list[Made]:
    """Make the piece of each file, in their order, or recall it. Nothing is raised for what is wrong."""
    form = memory.digest(program_and_libraries(), *_settings(options))
    read = functools.lru_cache(AT_HAND)(functools.partial(_body, options, memory))
    rows = Shelf(memory, form, read)
    known = [_shelved(paths, rows, options, memory) for paths in files]
    empty = rows.is_empty
    unknown = [n for n, made in enumerate(known) if made is None]
    first = {n: stamps(options.root, filter(None, files[n])) for n in unknown}
    left = [(n, files[n], _key(files[n], options, memory)) for n in unknown]
    recalled = {n: _found(paths, key, rows, options, memory, read) for n, paths, key in left}
    missing = [(paths, key) for number, paths, key in left if recalled[number] is None]
    fresh = iter(map(functools.partial(make_lean, options=options, memory=memory), missing))
    for number, paths, _ in left:
        made = recalled[number]
        if made is None:
            found = next(fresh)
            made = shelf.loaded(found, read) if isinstance(found, bytes) else found
            made = replace(made, why=why(options.root, paths[1], rows.find(paths[0]), empty=empty))
        made = _lean(paths, made, read)
        is_sure = _shelve(paths, made, first[number], rows, options, memory)
        known[number] = made if is_sure else replace(made, is_young=True)
    rows.keep(path for path, _ in files)
    return [made for made in known if made is not None]


def make_alone(paths: Paths, options: Options, memory: Memory) -> Made:
    """Make the piece of one file of many, or recall it; a build that follows recalls it."""
    key = _key(paths, options, memory)
    made = _recalled(key, options, memory)
    return made or _taken(make_one((paths, key), options, memory), options.reading.timezone)


def _shelved(paths: Paths, rows: Shelf, options: Options, memory: Memory) -> Made | None:
    """Find a piece on the shelf, if the disk knows all that it was made from as it did then."""
    row = rows.find(paths[0])
    if row is None or row.brief != paths[1] or stamps(options.root, row.stamps) != row.stamps:
        return None
    awaited = row.piece.awaited
    return Made(row.piece, None, row.key) if awaited == _awaited(awaited[0], memory) else None


def _found(
    paths: Paths, key: str | None, rows: Shelf, options: Options, memory: Memory, read: shelf.Read
) -> Made | None:
    """Find a piece by the bytes of its file: on the shelf, else in its record, which takes longer to read.

    It is without its text and its gist: those of a whole site would fill the memory.
    """
    row = rows.find(paths[0])
    if key and row and row.key == key:
        return _current(Made(row.piece, None, key), options, memory)
    return _lean(paths, made, read) if (made := _recalled(key, options, memory)) else None


def _lean(paths: Paths, made: Made, read: shelf.Read) -> Made:
    """Let go of the text and the gist of a piece whose record holds them."""
    outcome = made.piece.outcome
    if not made.key or not outcome.article or made.gist is None:
        return made
    article = replace(outcome.article, body=shelf.ShelvedBody((made.key, *paths), read))
    return replace(made, piece=replace(made.piece, outcome=replace(outcome, article=article)), gist=None)


def are_as_read(pieces: Iterable[tuple[Paths, str]], options: Options, memory: Memory) -> bool:
    """Tell whether files hold what pieces of these keys were made from."""
    return all(key and _key(paths, options, memory) == key for paths, key in pieces)


def _shelve(
    paths: Paths, made: Made, first: Mapping[str, Stamp] | None, rows: Shelf, options: Options, memory: Memory
) -> bool:
    """Put a lean piece on the shelf, if nothing that it was made from can change unseen, and tell that.

    `first` are stamps of its files from before they were read.
    """
    path, brief = paths
    pictures = stamps(options.root, [name for name, _ in made.piece.pictures])
    if not made.key or first is None or pictures is None:
        return False
    found = {**first, **pictures}
    same = settled(found, options.clock) and (not pictures or _current(made, options, memory))
    if not same or stamps(options.root, found) != found:
        return False
    rows.put(path, Row(found, brief, made.key, made.piece))
    return True


def _body(options: Options, memory: Memory, where: Where) -> ArticleBody:
    """Read the text of a piece from its record; where that is gone, from its file."""
    key, path, brief = where
    data = memory.recall(key)
    kept = decoded(_Kept, data.partition(b"\n")[0]) if data else None
    if kept and kept.outcome.article:
        return kept.outcome.article.body
    made = _taken(make_one(((path, brief), key), options, memory), options.reading.timezone)
    article = made.piece.outcome.article
    if article is None:  # its file has gone since it was looked at
        raise FileNotFoundError(errno.ENOENT, "it changed while the site was made", path)
    return article.body


def make_lean(keyed: tuple[Paths, str | None], options: Options, memory: Memory) -> bytes | Made:
    """Make a piece, and give it as `slim` does."""
    return slim(keyed[0], make_one(keyed, options, memory), options, memory)


def slim(paths: Paths, made_now: tuple[str, bytes | Made], options: Options, memory: Memory) -> bytes | Made:
    """Give a piece that was kept as the shelf holds it, without its text and its gist; others whole."""
    made = _taken(made_now, options.reading.timezone)
    read = functools.partial(_body, options, memory)
    return shelf.dumped(_lean(paths, made, read)) if made.key else made


def make_one(keyed: tuple[Paths, str | None], options: Options, memory: Memory) -> tuple[str, bytes | Made]:
    """Make a piece, keep it, and give its key and itself as it is kept, or as it is where it cannot be kept.

    It comes back from what was kept, so that a first build sees what the next one will see.
    """
    from generator.content.articles import read_file

    paths, before = keyed
    read = disk.once()  # what is keyed is what was read: a file may change in between, and change back
    outcome = read_file(paths, options.root, options.reading, read)
    brief: Brief | None = None
    unsupported: tuple[Problem, ...] = ()
    gist, awaited, told = b"", ("", ""), ""
    if outcome.article:
        awaited = _awaited(options.summariser.awaits(outcome.article), memory)
        brief, unsupported = summarise.briefed(outcome.article, options.summariser, options.editor)
        gist = stories.packed(stories.gist(outcome.article, brief))
        article, brief = content.publishable(outcome.article, brief)
        told = stories.grounds(gist, article)
        outcome = replace(outcome, article=article)
    pictures = digests(outcome, options.root, options.reading, memory.digest)
    piece = Piece(outcome, brief, unsupported, pictures or (), awaited, told)
    try:
        data = b"%s\n%s" % (encoded(piece), gist)
    except ValueError:  # half a character in a place that no check looks at
        return "", Made(piece, gist)
    told_of = outcome.article or outcome.page
    if told_of and told_of.extra and _taken(("", data), options.reading.timezone).piece != piece:
        return "", Made(piece, gist)  # `extra` alone can hold what JSON has no form for
    sound = not (outcome.problems or unsupported) and pictures is not None
    if sound and before and before == _key(paths, options, memory, read):
        memory.keep(before, data)
        return before, data
    return "", data


def _taken(made_now: tuple[str, bytes | Made], timezone: str) -> Made:
    """Take what was made a moment ago: it is whole."""
    key, data = made_now
    made = data if isinstance(data, Made) else _parted(key, data, timezone)
    if made is None:
        raise ValueError(data)
    return made


def _parted(key: str, data: bytes, timezone: str) -> Made | None:
    piece, _, gist = data.partition(b"\n")
    if (found := decoded(Piece, piece)) is None:
        return None
    return Made(replace(found, outcome=at_home(found.outcome, ZoneInfo(timezone))), gist, key)


def _recalled(key: str | None, options: Options, memory: Memory) -> Made | None:
    data = memory.recall(key) if key else None
    made = _parted(key, data, options.reading.timezone) if key and data else None
    return _current(made, options, memory) if made else None


def _current(made: Made, options: Options, memory: Memory) -> Made | None:
    """Give a piece whose file is as it was, if what it was made from beside that is, too."""
    same = made.piece.pictures == digests(made.piece.outcome, options.root, options.reading, memory.digest)
    return made if same and made.piece.awaited == _awaited(made.piece.awaited[0], memory) else None


def _awaited(key: str, memory: Memory) -> tuple[str, str]:
    """Say what stands under a key now: a model may have answered."""
    data = memory.recall(key) if key else None
    return key, memory.digest(data) if data else ""


def _key(paths: Paths, options: Options, memory: Memory, read: disk.Read = disk.read) -> str | None:
    """Hold all that a piece is made from; None where it cannot be read, or is too large to be."""
    path, brief = paths
    limits = options.reading.limits
    try:
        told = read(f"{options.root}/{path}", limits.article)
        edited = read(f"{options.root}/{brief}", limits.data) if brief else b""
    except OSError:
        return None
    if len(told) > limits.article or len(edited) > limits.data:
        return None
    made = memory.digest(program_and_libraries(), *_settings(options), path, brief or "", told, edited)
    return f"piece {made}"


def _settings(options: Options) -> tuple[str, bytes]:
    """Give what stands for all that the site decides of its pieces."""
    reading = options.reading
    return f"{reading}\n{options.editor}\n{options.summariser.key}", zone(reading.timezone)
