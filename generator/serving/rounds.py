"""A site built again and again: what came of each round is posted on the board."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from generator import disk, executors, urls
from generator.build import Made, Report, build
from generator.build.glimpse import Seen, glimpse
from generator.bundle import theme_folder
from generator.cache import Cache
from generator.config import NAME, Project, at_address
from generator.model import File
from generator.problems import InvalidSource, Problem, Refusal
from generator.reports.sources import excerpts
from generator.serving import marks, mistakes
from generator.serving.board import Board
from generator.serving.watching import Changes, Places

SETTLING = 0.15  # seconds in which what follows a mistake may make it none: half a file, then the rest
WITHHELD = 3  # rounds whose mistakes are kept back while saves go on
LONGEST = 3600.0  # seconds after which the clock is looked at, however far ahead the next article is


class Teller(Protocol):
    """Says on the command line what happens."""

    def built(self, report: Report, seconds: float, changed: frozenset[Path]) -> None: ...
    def failed(self, problems: tuple[Problem, ...]) -> None: ...
    def refused(self, message: str, hint: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown, and where: `origin` is the server's address, without a slash at its end."""

    folder: Path
    origin: str
    drafts: bool = True
    future: bool = True
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a round: whether the site is sound, and what tells everybody."""

    tell: Callable[[], None]
    sound: bool = True


@dataclass(slots=True)
class Rounds:
    """Builds the site of a folder for a server. `read` reads a project, `now` gives the time."""

    asked: Asked
    board: Board
    cache: Cache
    teller: Teller
    read: Callable[[Path], Project]
    now: Callable[[], datetime]
    work: Path
    clock: Callable[[], int] = time.time_ns
    project: Project | None = field(default=None, init=False)
    seen: Seen | None = field(default=None, init=False)
    due: datetime | None = field(default=None, init=False)

    def run(self, changes: Changes) -> None:
        """Build whenever something has changed or an article is due. Never ends by itself."""
        while True:
            changed = changes.within(self._left())
            if changed is None and self._left() == 0:
                self.due = None
                changed = frozenset()
            if changed is not None:
                self._settled(changed, changes)

    def once(self, changed: frozenset[Path] = frozenset()) -> Outcome:
        """Build once. A sound site stands from now on; of a mistake nobody knows until it is told."""
        started = time.perf_counter()
        try:
            report = self._built(changed)
        except InvalidSource as error:
            problems = error.problems
            said = mistakes.told(problems, excerpts(self.asked.folder))
            return self._mistake(said, lambda: self.teller.failed(problems))
        except Refusal as error:
            return self._refused(str(error), error.hint)
        except OSError as error:
            said = f"{error.filename or 'the disk'}: {error.strerror or error}"
            return self._refused(said, disk.mend(error))
        self._post(report)
        seconds = time.perf_counter() - started
        return Outcome(lambda: self.teller.built(report, seconds, changed))

    def places(self) -> Places:
        """Name what the site is made of."""
        root = self.asked.folder.resolve()
        own = ("content", "templates")
        files = [root / NAME, root / "config.yml", *(root / name for name in own)]
        if self.project:
            theme = self.project.config.theme
            named = (theme.logo, *(font.file for font in theme.fonts))
            files += [root / name for name in named if name]
        trees = dict.fromkeys([*((root / name).resolve() for name in own), theme_folder().resolve()])
        return Places(tuple(trees), tuple(dict.fromkeys(files)))

    def _settled(self, changed: frozenset[Path], changes: Changes) -> None:
        """Build until what came of it is worth telling: not a mistake that is being mended already."""
        for withheld in range(WITHHELD + 1):
            outcome = self.once(changed)
            more = None
            if not outcome.sound and withheld < WITHHELD:
                more = changes.within(SETTLING)
            if more is None:
                outcome.tell()
                return
            changed |= more

    def _built(self, changed: frozenset[Path]) -> Report:
        if self.project is None or not changed or not self._only_content(changed):
            self.project = None
            found = self.read(self.asked.folder)
            self.project = replace(found, work=self.work)
        here = at_address(self.project, self.asked.origin + urls.base(self.project.config.url))
        self._glimpse(here, changed)
        return build(
            here,
            cache=self.cache,
            now=self.now(),
            spread=executors.here(self.asked.jobs).spread,
            drafts=self.asked.drafts,
            future=self.asked.future,
            clock=self.clock(),
            see=self._see,
        )

    def _see(self, made: Made) -> None:
        self.seen = Seen.of(made)

    def _glimpse(self, project: Project, changed: frozenset[Path]) -> None:
        """Show the page of an article that was saved, before all else is made anew."""
        if self.seen is None or len(changed) != 1 or not self._only_content(changed):
            return
        file = self.asked.folder.resolve() / "content"
        path = next(iter(changed)).relative_to(file.resolve()).as_posix()
        page = glimpse(project, self.seen, path, self.cache)
        if page is not None and _shown(project.site, page):
            self.board.put(told="")

    def _only_content(self, changed: frozenset[Path]) -> bool:
        content = (self.asked.folder.resolve() / "content").resolve()
        return all(path.is_relative_to(content) for path in changed)

    def _post(self, report: Report) -> None:
        assert self.project  # noqa: S101 -- it has just been built
        _, standing = self.board.read()
        base = urls.base(self.project.config.url)
        former = dict.fromkeys((*standing.former, standing.base) if standing.built else ())
        former.pop(base, None)
        self.board.put(
            root=self.project.site,
            base=base,
            former=tuple(former),
            early=marks.words(report.early),
            marks=marks.sheet(report.early, self.asked.origin + base),
            told="",
            built=True,
        )
        ahead = [it.due for it in report.early if it.due]
        self.due = min([*ahead, *([report.held.due] if report.held.due else [])], default=None)

    def _refused(self, message: str, hint: str) -> Outcome:
        return self._mistake(mistakes.refused(message, hint), lambda: self.teller.refused(message, hint))

    def _mistake(self, said: str, tell: Callable[[], None]) -> Outcome:
        def told() -> None:
            self.board.put(told=said)
            tell()

        return Outcome(told, sound=False)

    def _left(self) -> float:
        """Seconds until the next article is due."""
        if self.due is None:
            return LONGEST
        return min(LONGEST, max(0.0, (self.due - self.now()).total_seconds()))


def _shown(site: Path, page: File) -> bool:
    """Put a page in its place; nothing is written into a file, which may have another name elsewhere."""
    place = site / page.path
    beside = place.with_name(f".{place.name}.part")
    try:
        beside.write_bytes(page.data)
        beside.replace(place)
    except OSError:
        beside.unlink(missing_ok=True)
        return False
    return True
