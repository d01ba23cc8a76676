"""What every page has around it: its own data for the head, the menu, the footer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from generator import urls
from generator.model import Channel, Entry, Image, Link, Page, Site, SubjectKind
from generator.pages import wording
from generator.pages.channels import Feed, above, by_listing, feeds
from generator.pages.listings import ListKind, counted
from generator.pictures import Picture

# What embeds and scripts of an editor's own need: the site itself, what stands inline, and every secure host.
TRUSTED = {
    "default-src": "'self' https: data: blob:",
    "script-src": "'self' 'unsafe-inline' https:",
    "style-src": "'self' 'unsafe-inline' https:",
    "object-src": "'none'",
    "form-action": "'self' https:",
    "base-uri": "'none'",
}
SVG = "image/svg+xml"  # which no network shows in a preview

Kind = Literal[
    SubjectKind,
    ListKind,
    "home",
    "edition",
    "week",
    "article",
    "stories",
    "story",
    "corrections",
    "archive",
    "year",
    "month",
    "subscribe",
    "search",
    "briefs",
    "health",
    "standing",
    "missing",
    "alias",
]


@dataclass(frozen=True, slots=True)
class Meta:
    """One page, as its head tells of it.

    `url` is its address on the site; `canonical` is the absolute URL that it should be known by;
    `section` is the address of the menu entry that it belongs to; `feeds` are feeds of its own,
    beside the site's; only a `listed` page stands in the sitemap. `trail` leads from the front page,
    without it, to the page above this one.
    """

    title: str
    description: str
    url: str
    kind: Kind
    canonical: str
    lang: str
    section: str | None = None
    feeds: tuple[Feed, ...] = ()
    image: Image | None = None
    listed: bool = True
    trail: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Tone:
    """One colour, on light and on dark paper."""

    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Theme:
    """What a site's config says of its look, as every template is given it.

    `credit` are words for the foot of each page in place of the theme's, `social` is where else the site
    is to be found; `logo` measures the file `assets["logo"]`.
    """

    paper: Tone = Tone("#f7f7f3", "#141617")
    credit: str = ""
    links: tuple[Link, ...] = ()
    social: tuple[Link, ...] = ()
    logo: Picture | None = None


class Late:
    """A value that follows from others of its page alone, found when the page is rendered."""

    __slots__ = ("_find", "_given")

    def __init__(self, find: Callable[..., Any], *given: Any) -> None:
        self._find, self._given = find, given

    def find(self) -> Any:
        return self._find(*self._given)


def settled(page: Page) -> dict[str, Any]:
    """Give what a page's template is given, with all that was left till late."""
    return {name: it.find() if isinstance(it, Late) else it for name, it in page.context.items()}


def meta(site: Site, kind: Kind, url: str, title: str, description: str = "", **more: Any) -> Meta:
    values = {"canonical": urls.absolute(site.url, url), "lang": site.language, **more}
    return Meta(title, wording.description(description, site.description), url, kind, **values)


def page(template: str, meta: Meta, common: Mapping[str, Any], *, origin: str = "", **context: Any) -> Page:
    """Plan a page: what its template is given is `common`, `page` (its Meta) and its own values.

    `origin` is the path under content/ of the file that it shows, if it shows one.
    """
    return Page(
        urls.file(meta.url),
        template,
        {**common, "page": meta, **context},
        f"content/{origin}" if origin else "",
    )


def completed(
    pages: Iterable[Page], few: Sequence[Page], cards: Mapping[str, Image], channels: Sequence[Channel]
) -> Iterator[Page]:
    """Add what a page's head says only when all is known: the way to it, its preview picture, its feeds.

    A page is led to by those above it that come before it, or are among the `few`, which come last and may
    stand anywhere: all pages at once would fill the memory. `cards` are pictures drawn for articles, by id;
    they stand in for what no network would show.
    """
    known: dict[str, Link] = {}
    for page in few:
        _enter(known, page)
    offered = by_listing([channel for channel in channels if channel.kind != "site"])
    for page in pages:
        _enter(known, page)
        yield _completed(page, known, cards, offered)
    for page in few:
        yield _completed(page, known, cards, offered)


def _enter(known: dict[str, Link], page: Page) -> None:
    about: Meta = page.context["page"]
    if about.listed:
        known[about.url] = Link(about.title, about.url)


def _completed(
    page: Page,
    known: Mapping[str, Link],
    cards: Mapping[str, Image],
    offered: Mapping[str, tuple[Feed, ...]],
) -> Page:
    about: Meta = page.context["page"]
    entry: Entry | None = page.context.get("entry")
    image = about.image if about.image and about.image.type != SVG else None
    if entry and not image:
        image = cards.get(entry.id)
    trail = (entry.edition,) if entry else _trail(about, known)
    told = Meta(  # `replace` is slow, and there are tens of thousands of pages
        about.title,
        about.description,
        about.url,
        about.kind,
        about.canonical,
        about.lang,
        about.section,
        above(about.url, offered),
        image,
        about.listed,
        trail,
    )
    return Page(page.path, page.template, {**page.context, "page": told}, page.origin, page.key)


def _trail(about: Meta, known: Mapping[str, Link]) -> tuple[Link, ...]:
    """Pages in the folders above; above an edition stands the archive."""
    if about.kind in ("edition", "week"):
        return (known[urls.ARCHIVE],)
    steps = about.url.rstrip("/").split("/")
    above = ("/".join(steps[:n]) + "/" for n in range(1, len(steps)))
    return tuple(known[url] for url in above if url in known)


def common(
    site: Site,
    assets: Mapping[str, str],
    theme: Theme,
    channels: Sequence[Channel] = (),
    *,
    search: bool = True,
    hosts: Sequence[str] = (),
    health: bool = False,
) -> dict[str, Any]:
    """Values that every template is given."""
    return {
        "site": site,
        "assets": assets,
        "theme": theme,
        "menu": menu(site, search=search),
        "footer": footer(site, theme, health=health),
        "policy": policy(assets, hosts=hosts),
        "feeds": [feed for channel in channels if channel.kind == "site" for feed in feeds(channel)],
    }


def with_policy(common: Mapping[str, Any], *, trusted: bool) -> Mapping[str, Any]:
    """Give a page that holds HTML of its editors' own the policy that lets it work."""
    return {**common, "policy": OPEN} if trusted else common


def policy(assets: Mapping[str, str], *, search: bool = False, hosts: Sequence[str] = ()) -> str:
    """Content security policy of a page: what the site publishes itself, and nothing inline.

    Pictures may come from `hosts`, too. Fonts are allowed where the site publishes any; the search may fetch
    its index and run its program.
    """
    fonts = any(address.endswith((".woff2", ".woff", ".ttf", ".otf")) for address in assets.values())
    allowed = {
        "default-src": "'none'",
        "style-src": "'self'",
        "script-src": "'self' 'wasm-unsafe-eval'" if search else "'self'",
        **({"worker-src": "'self'", "connect-src": "'self'"} if search else {}),
        "img-src": " ".join(("'self'", *(f"https://{host}" for host in hosts))),
        **({"font-src": "'self'"} if fonts else {}),
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
    }
    return written(allowed)


def written(allowed: Mapping[str, str]) -> str:
    """Write a policy as a browser reads it."""
    return "; ".join(f"{name} {source}" for name, source in allowed.items())


OPEN = written(TRUSTED)


def menu(site: Site, *, search: bool = True) -> tuple[Link, ...]:
    """Give the site's own menu where it has one, else what there is to see."""
    return site.menu or (
        Link(wording.today(site.period), urls.HOME),
        *((Link("Topics", urls.TOPICS),) if site.topics else ()),
        Link("Archive", urls.ARCHIVE),
        *((Link("Search", urls.SEARCH),) if search else ()),
        Link("Subscribe", urls.SUBSCRIBE),
    )


def footer(site: Site, theme: Theme, *, health: bool = False) -> tuple[Link, ...]:
    """Give the site's own pages, and what there is to see beside the menu."""
    pages = tuple(Link(page.title, page.url) for page in site.pages)
    lists = (link for link, _ in counted(site) if link.url != urls.TOPICS)
    return (
        *pages,
        *lists,
        Link("Corrections", urls.CORRECTIONS),
        Link("How briefs are made", urls.ABOUT_BRIEFS),
        *((Link("How sources do", urls.HEALTH),) if health else ()),
        Link("Feeds", urls.SUBSCRIBE),
        *theme.links,
    )
