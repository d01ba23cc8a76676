"""Pictures on pages whose words or measures are missing, or wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from generator.checks.survey import Survey

AWRY = 0.02  # of the ratio: measures are whole pixels


@dataclass(frozen=True, slots=True)
class Faulty:
    """A picture on a page, as written there, and what is wrong with it."""

    page: str
    written: str
    fault: Literal["no-alt", "no-size", "out-of-shape"]
    said: str = ""


def unfit(it: Survey, measures: Mapping[str, tuple[int, int]]) -> Iterator[Faulty]:
    """Find pictures without a text in their place; those of the site without measures, or with false ones.

    `measures` gives width and height of the site's pictures by path, as far as they are known.
    """
    for page, seen in it.pages.items():
        for picture in seen.pictures:
            if picture.alt is None:
                yield Faulty(page, picture.source, "no-alt")
            path = it.target(picture.source, page).path if picture.source else None
            if path is None or path not in it.sizes:
                continue
            if not (picture.width and picture.height):
                yield Faulty(page, picture.source, "no-size")
            elif path in measures and picture.width.isdecimal() and picture.height.isdecimal():
                wide, high = measures[path]
                written = int(picture.width), int(picture.height)
                if 0 in written or abs(written[0] * high / (written[1] * wide) - 1) > AWRY:
                    said = f"it is {wide} × {high}, and written as {written[0]} × {written[1]}"
                    yield Faulty(page, picture.source, "out-of-shape", said)
