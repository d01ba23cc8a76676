"""Why a build made what it made anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from sys import intern

from generator import pages, reasons
from generator.build.made import Made, lean
from generator.config import Project
from generator.model import AnyFile, File, Kept, Laid, Page
from generator.publish import Standing, ledger
from generator.reasons import Anew

Parts = Mapping[str, reasons.Parts]
RECORD = "reasons"  # in .cache: what pages were made from


def explained(project: Project, made: Made, standing: Standing) -> tuple[Anew, ...]:
    """Say why each article was briefed, page rendered, file made or written anew; before it is published."""
    before = reasons.recorded(project.cache / RECORD)
    briefed = [Anew("briefed", f"content/{path}", why) for path, why in made.copy.anew]
    return (*briefed, *_files(made, standing, before))


def record(project: Project, made: Made) -> None:
    """Keep what each page was made from that was rendered now, for the reasons of a later build."""
    if parts := made.parts:
        reasons.record(project.cache / RECORD, parts.items(), all_of_it=len(parts) == len(made.pages))


def parted(planned: list[Page], files: Iterable[AnyFile], keying: pages.Keying, *, whole: bool) -> Parts:
    """Give what each page was made from that was rendered now, by their paths.

    Where pages are not wanted `whole`, what each is given is let go of, one by one.
    """
    new = {file.path for file in files if not isinstance(file, Kept)}
    parts = {}
    for place, page in enumerate(planned):
        if page.path in new:
            parts[page.path] = {intern(name): intern(it) for name, it in keying.parts(page).items()}
            planned[place] = page if whole else lean(page)
    return parts


def _files(made: Made, standing: Standing, before: Parts) -> Iterator[Anew]:
    for file in made.new:
        page = made.parts.get(file.path)
        known = standing.known(file.path)
        if known is None:
            yield Anew(_what(file, page), file.path, "it is new")
        elif not file.key:
            if _digest(file) != known.digest:
                yield Anew("written", file.path, "its bytes changed")
        elif known.key == file.key:
            yield Anew(_what(file, page), file.path, "site/ did not hold it as it was made")
        elif page is None:
            yield Anew("made", file.path, "what it is made from changed")
        else:
            yield Anew("rendered", file.path, reasons.changed(before.get(file.path), page))


def _digest(file: File | Laid) -> str:
    return file.digest if isinstance(file, Laid) else ledger.digest(file.data)


def _what(file: File | Laid, page: object) -> reasons.What:
    return "rendered" if page is not None else "made" if file.key else "written"
