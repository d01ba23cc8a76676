"""Preview pictures for articles that have none of their own."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from typing import Literal

from generator.assets.colours import channels, palette
from generator.assets.look import Options, published
from generator.model import Entry, File, Image, Site
from generator.pictures import cards

FOLDER = "cards/"
UNSEEN = "image/svg+xml"  # no network shows it in a preview

Remember = Callable[[str, Callable[[], str]], str]
Which = Literal["off", "newest", "all"]


def draw(
    site: Site, options: Options, which: Which, remember: Remember
) -> tuple[list[File], dict[str, Image]]:
    """Draw a card for each article without a picture; give them by article id too.

    `which` articles: all, or those of the newest edition, since links are shared while news is new and ten
    thousand cards weigh more than the site. `remember` keeps what was drawn (as Cache.remember does), so
    that a warm build draws none.
    """
    files: list[File] = []
    images: dict[str, Image] = {}
    press = _press(options)
    for entry in _bare(site, which):
        card = _card(site, entry)
        data = base64.b64decode(remember(_key(card, press), partial(_drawn, card, press)))
        path = published(f"{FOLDER}{entry.url.rstrip('/').rpartition('/')[2]}.png", data)
        files.append(File(path, data, "card"))
        images[entry.id] = Image(
            path, entry.headline, cards.WIDTH, cards.HEIGHT, "image/png", len(data), file=""
        )
    return files, images


def _bare(site: Site, which: Which) -> Iterator[Entry]:
    newest = site.editions[0].url if site.editions else None
    for entry in site.entries if which != "off" else ():
        chosen = which == "all" or entry.edition.url == newest
        if chosen and (entry.image is None or entry.image.type == UNSEEN):
            yield entry


def _card(site: Site, entry: Entry) -> cards.Card:
    source = ", ".join(source.name for source in entry.sources) or ", ".join(entry.authors)
    return cards.Card(site.title, entry.headline, source, entry.edition.title)


def _press(options: Options) -> cards.Press:
    """Paper and ink of the light theme; the boldest upright font for text that can be drawn with."""
    colours = palette(options.colours)
    fit = [
        font
        for font in options.fonts
        if font.family in options.text and font.style == "normal" and cards.sound(font.data)
    ]
    boldest = max(fit, key=lambda font: int(font.weight.split()[-1]), default=None)
    paper, ink = (channels(colours[role][0]) for role in ("paper", "ink"))
    return cards.Press(paper, ink, boldest.data if boldest else b"")


def _drawn(card: cards.Card, press: cards.Press) -> str:
    return base64.b64encode(cards.draw(card, press)).decode()


def _key(card: cards.Card, press: cards.Press) -> str:
    font = sha256(press.font).hexdigest() if press.font else ""
    return repr(("card", cards.version(), card, press.paper, press.ink, font))
