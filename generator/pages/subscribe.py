"""The subscribe page: one address first, then all that can be followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator import urls
from generator.counting import plural
from generator.model import Channel, ChannelKind, Link, Page, Site
from generator.pages.channels import Feed, feeds
from generator.pages.frame import meta, page
from generator.pages.listings import LISTINGS, of_kind

FOLDED = 24  # channels of a kind from which their list is folded
MOST = 200  # channels of a kind that the page lists; every one stands on its own page and in the OPML

# What an item of the feeds of the whole site is; subjects say how many articles they have.
WHOLE: Mapping[ChannelKind, tuple[str, str]] = {
    "site": ("Everything", "Each article as an item of its own, and each correction."),
    "editions": ("Editions", "One item for each edition, with all its stories."),
    "corrections": ("Corrections", "What was wrong and is right now, and nothing else."),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A channel as a person chooses it: what it is called, what it holds, where that is read, its formats."""

    name: str
    told: str
    page: str
    feeds: tuple[Feed, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Channels of one kind, by name. `listed` leads to all of them, `more` counts those left out here."""

    title: str
    listed: Link
    told: str
    folded: bool
    offers: tuple[Offer, ...]
    more: int


def plan(site: Site, channels: Sequence[Channel], common: Mapping[str, Any]) -> Page:
    told = f"Follow {site.title} in a feed reader: all of it, or what you choose."
    about = meta(site, "subscribe", urls.SUBSCRIBE, "Subscribe", told, section=urls.SUBSCRIBE)
    return page(
        "subscribe.html",
        about,
        common,
        whole=whole(channels),
        choices=choices(site, channels),
        total=len(channels),
        opml=urls.OPML,
    )


def whole(channels: Sequence[Channel]) -> list[Offer]:
    """Channels of the whole site, the one for everything first."""
    kinds = {channel.kind: channel for channel in channels}
    return [
        Offer(name, told, kinds[kind].listing, feeds(kinds[kind]))
        for kind, (name, told) in WHOLE.items()
        if kind in kinds
    ]


def choices(site: Site, channels: Sequence[Channel]) -> list[Choice]:
    """Give channels of topics, people, … that have any, in the order of the menu's lists."""
    offered = {channel.listing: channel for channel in channels}
    made = []
    for listing in LISTINGS:
        held = [subject for subject in of_kind(site, listing.kind) if subject.url in offered]
        busiest = sorted(held, key=lambda subject: -len(subject.entries))[:MOST]
        kept = {subject.url for subject in busiest}
        offers = tuple(
            Offer(
                subject.name,
                plural(len(subject.entries), "article"),
                subject.url,
                feeds(offered[subject.url]),
            )
            for subject in held
            if subject.url in kept
        )
        if offers:
            told = plural(len(held), listing.one.lower(), listing.name.lower())
            title = f"One {listing.one.lower()}"
            made.append(
                Choice(
                    title,
                    Link(listing.name, listing.url),
                    told,
                    len(held) > FOLDED,
                    offers,
                    len(held) - len(offers),
                )
            )
    return made
