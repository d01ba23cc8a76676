"""What config.yaml says of a site's look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.model import Link


@dataclass(frozen=True, slots=True)
class Font:
    """A font file under the site's root: `weight` is `400`, or `200 900` where it is variable."""

    family: str
    file: str
    weight: str = "400"
    style: Literal["normal", "italic"] = "normal"


@dataclass(frozen=True, slots=True)
class Theme:
    """Values that the default theme takes.

    `colours` are `#rrggbb` by role, on light paper and (or None) on dark; `text` and `labels` are
    families of fonts in the order in which they are tried; `logo` is a file under the site's root.
    """

    colours: Mapping[str, tuple[str, str | None]] = field(default_factory=dict, hash=False)
    text: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    fonts: tuple[Font, ...] = ()
    logo: str | None = None


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands at the foot of every page: words in place of the theme's, and more links."""

    text: str = ""
    links: tuple[Link, ...] = ()
