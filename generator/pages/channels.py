"""What can be subscribed to, as pages name it: formats of a channel, and which channel a page belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator import urls
from generator.model import Channel, FeedFormat

NAMES: Mapping[FeedFormat, str] = {"rss": "RSS", "atom": "Atom", "json": "JSON"}


@dataclass(frozen=True, slots=True)
class Feed:
    """One format of a channel: its name (`RSS`), media type and address on the site.

    `title` is the channel's, with the format behind it where that is not the usual one.
    """

    name: str
    type: str
    title: str
    url: str


def feeds(channel: Channel) -> tuple[Feed, ...]:
    """Every format of a channel, the usual one first."""
    return tuple(
        Feed(
            name,
            urls.FEED_TYPES[form],
            channel.title if form == "rss" else f"{channel.title} ({name})",
            urls.feed(channel.listing, form),
        )
        for form, name in NAMES.items()
    )


def by_listing(channels: Sequence[Channel]) -> dict[str, tuple[Feed, ...]]:
    """Formats of each channel by the address of the page that it follows."""
    return {channel.listing: feeds(channel) for channel in channels}


def above(url: str, offered: Mapping[str, tuple[Feed, ...]]) -> tuple[Feed, ...]:
    """Feeds of a listing that a page shows or is a part of (a month of it); not those of the whole site."""
    steps = url.rstrip("/").split("/")
    listings = ("/".join(steps[:n]) + "/" for n in range(len(steps), 0, -1))
    return next((offered[listing] for listing in listings if listing in offered), ())
