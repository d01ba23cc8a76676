"""Why a build made what it made anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator import pages, reasons
from generator.build.made import Made
from generator.config import Project
from generator.model import File, Laid, Page
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
        reasons.record(project.cache / RECORD, parts.values(), all_of_it=len(parts) == made.planned)


def parts_of(rendered: Iterable[Page], keying: pages.Keying) -> dict[str, str]:
    """Give what each of some pages is made from, by their paths, as lines of the record."""
    return {page.path: reasons.line(page.path, keying.parts(page)) for page in rendered}


def _files(made: Made, standing: Standing, before: Parts) -> Iterator[Anew]:
    for file in made.new:
        line = made.parts.get(file.path)
        page = reasons.read(line)[1] if line else None
        known = standing.known(file.path)
        if known is None and not standing.has(file):
            yield Anew(_what(file, page), file.path, "it is new")
        elif known is None:
            if file.key:
                yield Anew(_what(file, page), file.path, "what it was made from is not known any more")
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
