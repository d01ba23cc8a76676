"""Which candidates become articles: those that are new, sound and within what was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from generator import content, text
from generator.importer import dates
from generator.importer.candidates import Candidate, Unfit
from generator.importer.known import Known, Record, id_of, keys, sketched
from generator.importer.writing import faults, file_of, path_of
from generator.model import Rights

Status = Literal["new", "known", "unfit"]


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for all that is taken: when it was retrieved (aware), and what an editor asked for.

    `root` is the site's content/ and `reading` how a build reads it; `source` names the outlet, whatever a
    document calls itself; `language` is that of a text that does not say; `limit` is the most articles that
    are taken, 0 all.
    """

    root: Path
    reading: content.Reading
    retrieved: datetime
    rights: Rights = "excerpt"
    topics: tuple[str, ...] = ()
    source: str = ""
    language: str = ""
    draft: bool = False
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a candidate: a file to be written at `path` under content/, or why there is none.

    Of what is known `path` is the article that is there.
    """

    status: Status
    found: str
    title: str = ""
    path: str = ""
    data: bytes = b""
    code: str = ""
    message: str = ""
    hint: str = ""
    notes: tuple[str, ...] = ()


def take(candidates: Iterable[Candidate], known: Known, options: Options) -> Iterator[Outcome]:
    """Decide on candidates, in their order, one at a time; nothing is written.

    What is taken is added to `known` as it is given, so that it is known to whatever comes after it.
    """
    taken = 0
    for candidate in candidates:
        outcome = _decided(candidate, known, options)
        taken += outcome.status == "new"
        yield outcome
        if options.limit and taken >= options.limit:
            return


def is_known(candidate: Candidate, known: Known) -> bool:
    """Tell by address or id alone that a candidate is there already: its page need not be asked for."""
    id_ = id_of(candidate.url, candidate.mark, candidate.text)
    return bool(known.holds(candidate.url, id_, apart=candidate.apart))


def unfit(found: Unfit) -> Outcome:
    """Give what could not be taken as an outcome."""
    return Outcome("unfit", found.found, code=found.code, message=found.message, hint=found.hint)


def _decided(candidate: Candidate, known: Known, options: Options) -> Outcome:
    # By the id of the way to it, it is known the next time before its page is asked for.
    id_ = id_of(candidate.way or candidate.url, candidate.mark, candidate.text)
    if there := known.holds(candidate.url, id_, apart=candidate.apart):
        message = "its address is known" if candidate.url else "it was imported before"
        return Outcome("known", candidate.found, candidate.title, there, message=message)
    sketch = sketched(candidate.text)
    there, share = known.like(sketch)
    if there:
        message = f"its text is {share:.0%} the same"
        return Outcome("known", candidate.found, candidate.title, there, message=message)
    if not text.word_count(candidate.text):
        return _empty(candidate)
    return _new(candidate, id_, sketch, known, options)


def _empty(candidate: Candidate) -> Outcome:
    """Say that there is nothing to read, and why, where it should have come of a page."""
    message, why = "it holds no text", candidate.missing
    if why is None:
        return Outcome("unfit", candidate.found, candidate.title, code="import-empty", message=message)
    message = f"{message}, and its page could not be had: {why.message}"
    return Outcome("unfit", candidate.found, candidate.title, code=why.code, message=message, hint=why.hint)


def _lacking(candidate: Candidate) -> Iterator[str]:
    """Say what an article lacks that might have been had."""
    if missing := candidate.missing:
        yield f"its page could not be had ({missing.code}: {missing.message}): the text is the feed's"
    if lost := (candidate.title + candidate.text).count("\N{REPLACEMENT CHARACTER}"):
        yield f"letters were lost before it came here: it holds \N{REPLACEMENT CHARACTER} in place of {lost}"


def _new(candidate: Candidate, id_: str, sketch: tuple[int, ...], known: Known, options: Options) -> Outcome:
    zone = ZoneInfo(options.reading.timezone)
    published, unsure = dates.settled(candidate.published, options.retrieved, zone)
    lang = candidate.lang or options.language
    lang = "" if lang.lower() == options.reading.language.lower() else lang
    named = replace(candidate, source=options.source or candidate.source, lang=lang)
    path = path_of(named, id_, published, known.paths, known.slugs)
    data = file_of(
        named,
        id=id_,
        published=published,
        retrieved=text.whole_minutes(options.retrieved.astimezone(zone)),
        rights=options.rights,
        topics=tuple(dict.fromkeys((*options.topics, *candidate.topics))),
        draft=options.draft or candidate.draft,
    )
    if wrong := faults(data, path, options.root, options.reading):
        first = wrong[0]
        message = f"it would not build: {first.message}"
        return Outcome(
            "unfit", candidate.found, candidate.title, code="import-unfit", message=message, hint=first.hint
        )
    known.add(_record(named, id_, path, sketch))
    notes = (*candidate.notes, *_lacking(candidate), *([unsure] if unsure else []))
    return Outcome("new", candidate.found, candidate.title, path, data, notes=notes)


def _record(candidate: Candidate, id_: str, path: str, sketch: tuple[int, ...]) -> Record:
    return Record(path, id_, keys(candidate.url), path.rpartition("/")[2].removesuffix(".md"), sketch)
