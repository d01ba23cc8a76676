"""What a build makes before anything of it is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from generator.build.copies import Copy
from generator.model import AnyFile, Channel, File, Kept, Laid, Page, Site


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments for which a build comes out the same: from the first on, and before the second."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A site made and not yet published: what a build would write, and what it is made of.

    `planned` counts its pages; `pages` are those, or none where nobody wanted to see them. `parts` says of
    each page that was rendered now what it was made from, as a line of the record of reasons.
    """

    copy: Copy
    site: Site
    planned: int
    pages: Sequence[Page]
    channels: Sequence[Channel]
    files: Sequence[AnyFile]
    moments: Moments
    parts: Mapping[str, str]

    @property
    def new(self) -> list[File | Laid]:
        """Give its files, but for those that were left as they stand."""
        return [file for file in self.files if not isinstance(file, Kept)]

    @property
    def whole(self) -> list[File]:
        """Give its files, of which none was left as it stands, nor laid."""
        return [file for file in self.files if isinstance(file, File)]
