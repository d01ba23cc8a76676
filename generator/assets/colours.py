"""The colours of the theme: which a site changes, and whether text can be read in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

# Each role's custom property, and its colour on light and on dark paper: those of theme.css.
PROPERTIES: Mapping[str, str] = {
    "paper": "--paper",
    "ink": "--ink",
    "small_print": "--ink-2",
    "rule": "--rule",
    "accent": "--pencil",
    "marker": "--marker",
}
DEFAULT: Mapping[str, tuple[str, str]] = {
    "paper": ("#f7f7f3", "#141617"),
    "ink": ("#16181a", "#e7e6e1"),
    "small_print": ("#585c5f", "#a8a9a2"),
    "rule": ("#d2d3cd", "#383b3d"),
    "accent": ("#1a4d94", "#9ec3f7"),
    "marker": ("#ffe873", "#5f5208"),
}
TEXT = ("ink", "small_print", "accent")
SCHEMES = ("light", "dark")
# WCAG 2.2, success criterion 1.4.3: contrast of text with its ground.
LEAST_CONTRAST = 4.5
RULE_SHARE = 17  # hundredths of ink in a hairline, as in the theme's own

# Colours as `#rgb` or `#rrggbb`, by role: on light paper and, where it is not to follow from that, on dark.
Given = Mapping[str, tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Faint:
    """A colour of a site's that cannot be read, and the nearest that can be."""

    role: str
    scheme: str
    colour: str
    ground: str
    nearest: str


def palette(given: Given) -> dict[str, tuple[str, str]]:
    """Give each role its light and its dark colour.

    What is given stays as it is. What is not is the theme's own, moved as far towards black or white as
    it must be to be read; text in the dark follows from text in the light.
    """
    light, dark = (_scheme(given, n) for n in range(len(SCHEMES)))
    return {role: (light[role], dark[role]) for role in DEFAULT}


def faint(given: Given) -> Iterator[Faint]:
    """Find colours that a site gives and nobody can read: text on paper, ink on the marker."""
    made = palette(given)
    for (role, pair), (n, scheme) in product(given.items(), enumerate(SCHEMES)):
        colour = pair[n]
        if colour is None or role not in (*TEXT, "marker"):
            continue
        ground = made["ink" if role == "marker" else "paper"][n]
        nearest = readable(colour, ground)
        if nearest != colour:
            yield Faint(role, scheme, colour, ground, nearest)


def readable(colour: str, ground: str, least: float = LEAST_CONTRAST) -> str:
    """Give the nearest darker or lighter colour that has enough contrast with its ground, or the same.

    Where no colour has that much, give black or white, whichever has more.
    """
    if contrast(colour, ground) >= least:
        return colour
    towards = max("#000000", "#ffffff", key=lambda end: contrast(end, ground))
    mixed = (mix(colour, towards, step) for step in range(1, 101))
    return next((tried for tried in mixed if contrast(tried, ground) >= least), towards)


def mix(start: str, end: str, hundredths: int) -> str:
    """Mix two colours, channel by channel."""
    pairs = zip(channels(start), channels(end), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * hundredths / 100):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio).

    Raise ValueError if one is not `#rgb` or `#rrggbb`.
    """
    high, low = sorted((_luminance(channels(one)), _luminance(channels(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _scheme(given: Given, n: int) -> dict[str, str]:
    own = {role: pair[n] for role, pair in given.items() if pair[n]}
    made = {"paper": own.get("paper") or DEFAULT["paper"][n]}
    for role in TEXT:
        made[role] = own.get(role) or _followed(role, n, given, made["paper"])
    made["marker"] = own.get("marker") or readable(DEFAULT["marker"][n], made["ink"])
    changed = "paper" in own or "ink" in own
    rule = mix(made["paper"], made["ink"], RULE_SHARE) if changed else DEFAULT["rule"][n]
    made["rule"] = own.get("rule") or rule
    return made


def _followed(role: str, n: int, given: Given, paper: str) -> str:
    """Text colour that a site does not give for a scheme: as on light paper, with as much contrast as ours.

    An accent need only be readable: more contrast would take its colour away.
    """
    if not n or role not in given:
        return readable(DEFAULT[role][n], paper)
    ours = contrast(DEFAULT[role][n], DEFAULT["paper"][n])
    return readable(given[role][0], paper, LEAST_CONTRAST if role == "accent" else ours)


def channels(colour: str) -> tuple[int, int, int]:
    """Give red, green and blue of a colour, 0 to 255; raise ValueError if it is none."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004 -- #rgb
        digits = "".join(digit * 2 for digit in digits)
    if not colour.startswith("#") or len(digits) != 6:  # noqa: PLR2004 -- #rrggbb
        raise ValueError(f"{colour!r} is not a colour like #1a4d94")
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def _luminance(channels: Sequence[int]) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    shares = (channel / 255 for channel in channels)
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)  # noqa: PLR2004 -- the standard's
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
