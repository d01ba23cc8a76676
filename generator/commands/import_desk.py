"""Where articles come in: documents are opened, what leads to more is followed, what is new is written."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import config, content, disk, fetch, importer
from generator.importer import Candidate, Document, Harvest, Known, Options, Outcome, Unfit

LARGEST_FILE = 200_000_000  # bytes: a mailbox of some years
DEPTH = 2  # an OPML file that lists an OPML file
FORMS = ("https://", "http://")

Get = Callable[[str], Document]


@dataclass(slots=True)
class Desk:
    """A site that articles come into. `get` fetches an address, and raises FetchError.

    What is taken is known from then on, whichever document it came from.
    """

    project: config.Project
    known: Known
    options: Options
    get: Get
    follow: bool = True  # ask for the pages of items that a feed has only the beginning of
    write: bool = True
    _zone: ZoneInfo = field(init=False)

    def __post_init__(self) -> None:
        self._zone = ZoneInfo(self.options.reading.timezone)

    def from_target(self, target: str, depth: int = 0) -> Iterator[Outcome]:
        """Import what stands at an address, in a file or in a folder's files.

        Nothing is raised for what is wrong with it.
        """
        if not target.lower().startswith(FORMS) and os.path.isdir(target):  # noqa: PTH112 -- as it was named
            yield from self._from_folder(target, depth)
            return
        try:
            document = self.opened(target)
        except fetch.FetchError as error:
            yield Outcome("unfit", target, code=error.code, message=error.message, hint=error.hint)
        except OSError as error:
            message = f"this cannot be read: {error.strerror or error}"
            hint = "" if "." not in target or os.path.lexists(target) else "an address begins with https://"
            yield Outcome("unfit", target, code="import-unreadable", message=message, hint=hint)
        else:
            yield from self.from_document(document, depth=depth)

    def _from_folder(self, target: str, depth: int) -> Iterator[Outcome]:
        """Import the files of a folder, at any depth, in the order of their names; hidden ones are none."""
        faults: list[OSError] = []
        files: list[Path] = []
        for here, folders, names in disk.walk(Path(target), faults.append):
            folders[:] = [name for name in folders if not name.startswith(".")]
            files += [here / name for name in names if not name.startswith(".")]
        for error in faults:
            message = f"this cannot be read: {error.strerror or error}"
            yield Outcome("unfit", str(error.filename or target), code="import-unreadable", message=message)
        for file in sorted(files):
            yield from self.from_target(str(file), depth)
        if not files and not faults:
            yield Outcome("unfit", target, code="import-empty", message="this folder holds no files")

    def opened(self, target: str) -> Document:
        """Fetch an address or read a file. Raises FetchError or OSError."""
        if target.lower().startswith(FORMS):
            return self.get(target)
        file = Path(target)
        data = disk.read(file, LARGEST_FILE)
        if len(data) > LARGEST_FILE:
            raise OSError(27, f"it is larger than {LARGEST_FILE // 1_000_000} MB", target)
        written = datetime.fromtimestamp(os.stat(file)[stat.ST_MTIME], UTC)  # noqa: PTH116 -- whole seconds
        return Document(data, target, self.options.retrieved, modified=written)

    def from_document(
        self, document: Document, options: Options | None = None, *, depth: int = 0
    ) -> Iterator[Outcome]:
        """Import what a document holds; of a list of feeds, what each of them holds.

        `options` stand in for those of the desk, as those of a source do.
        """
        yield from self.from_harvest(self.harvested(document), options, depth=depth)

    def harvested(self, document: Document) -> Harvest:
        """Find what a document holds; nothing is taken yet, and nothing is raised, whatever it is."""
        try:
            return importer.harvest(document, self._zone)
        except Exception as error:  # noqa: BLE001 -- a stranger's bytes must not end the import of others
            return Harvest("none", unfit=(unreadable(document.found, error),))

    def from_harvest(
        self, found: Harvest, options: Options | None = None, *, depth: int = 0
    ) -> Iterator[Outcome]:
        """Import what was found in a document."""
        asked = options or self.options
        hint = f"it names a feed: broadsheet import {found.feeds[0].url}" if found.feeds else ""
        for one in found.unfit:
            outcome = importer.unfit(one)
            yield replace(outcome, hint=hint or outcome.hint) if found.kind == "page" else outcome
        whole = (self.completed(one) for one in found.candidates)
        yield from map(self._written, importer.take(whole, self.known, asked))
        if found.kind == "opml" and depth < DEPTH:
            for feed in found.feeds:
                yield from self.from_target(feed.url, depth + 1)

    def completed(self, found: Candidate) -> Candidate:
        """Fetch the page of an item that its feed has only the beginning of, unless it is known."""
        if not (found.more and self.follow) or importer.is_known(found, self.known):
            return found
        try:
            page = self.harvested(self.get(found.more))
        except fetch.FetchError as error:
            return replace(found, missing=Unfit(found.more, error.code, error.message, error.hint))
        if not page.candidates or page.kind != "page":
            other = Unfit(found.more, "import-kind", f"it is no page but of the kind {page.kind}")
            return replace(found, missing=page.unfit[0] if page.unfit else other)
        return importer.merged(found, page.candidates[0])

    def _written(self, outcome: Outcome) -> Outcome:
        if outcome.status != "new" or not self.write:
            return outcome
        from generator.content.writing import create_file

        file = self.project.content / outcome.path
        try:
            create_file(file, outcome.data)
        except OSError as error:
            message = f"content/{outcome.path} cannot be written: {error.strerror}"
            return Outcome("unfit", outcome.found, outcome.title, code="import-unwritable", message=message)
        return outcome


@contextmanager
def alone(project: config.Project) -> Iterator[None]:
    """Keep every other import away while the body runs: both would take the same. Raises Refusal."""
    from generator.publish.exchange import locked

    project.cache.mkdir(parents=True, exist_ok=True)
    with locked(project.cache / "import.lock", "import"):
        yield


def unreadable(found: str, error: Exception) -> Unfit:
    """Tell of what made a reader of ours stumble."""
    words = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    hint = "this is a fault of Broadsheet's: please report it, with the address"
    return Unfit(found, "import-malformed", f"this cannot be read ({words})", hint)


def desk(
    project: config.Project, get: Get, options: Options, *, follow: bool = True, write: bool = True
) -> Desk:
    """Open a site for import: read what it holds already."""
    from generator.cache import opened
    from generator.importer import known

    settings = project.config
    records = known.read(project.content, settings.limits.article, opened(project.cache))
    return Desk(project, Known.of(records), options, get, follow, write)


def options(project: config.Project, retrieved: datetime) -> Options:
    """Give the options of a site: how a build would read what is written."""
    settings = project.config
    reading = content.Reading(
        timezone=settings.timezone,
        language=settings.language,
        limits=settings.limits,
        trusted_html=settings.trusted_html,
        hosts=settings.allowed_hosts,
    )
    return Options(project.content, reading, retrieved)


def document(response: fetch.Response, found: str = "") -> Document:
    """Give what was fetched as a document; `found` is the address that was asked for."""
    return Document(
        response.data,
        found or response.url,
        response.retrieved,
        response.url,
        response.media_type,
        response.charset or "",
    )
