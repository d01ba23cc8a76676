"""Where each thing stands on the site: the one place that decides.

Addresses are relative to the site's root and have no leading slash; a folder's address ends in a
slash and stands for its `index.html`. What is decided here holds for ever.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import quote, urlsplit

from generator.model import FeedFormat, SubjectKind

_PLAIN = re.compile(r"[A-Za-z0-9_.~/-]*")  # most addresses have nothing to encode
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.~-]*")

HOME = ""
TOPICS = "topics/"
PEOPLE = "people/"
ORGANISATIONS = "organisations/"
PLACES = "places/"
SOURCES = "sources/"
STORIES = "stories/"
LISTINGS: Mapping[SubjectKind, str] = {
    "topic": TOPICS,
    "person": PEOPLE,
    "organisation": ORGANISATIONS,
    "place": PLACES,
    "source": SOURCES,
}
EDITIONS = "editions/"
CORRECTIONS = "corrections/"
SEARCH = "search/"
ARCHIVE = "archive/"
SUBSCRIBE = "subscribe/"
SEARCH_VOLUMES = "search/volumes.json"
ABOUT_BRIEFS = "briefs/"
HEALTH = "health/"
HEALTH_DATA = "health.json"
NOT_FOUND = "404.html"
FEEDS: Mapping[FeedFormat, str] = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
FEED_TYPES: Mapping[FeedFormat, str] = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
OPML = "feeds.opml"
FEED_STYLE = "feed.css"  # no digest in it: archives of feeds name it, and they never change
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
MANIFEST = "manifest.webmanifest"
BRIEF_SCHEMA = "brief.schema.json"
ASSETS = "assets/"

LONGEST = 255  # bytes of a name on the file systems in use
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)", re.IGNORECASE)
KEPT = frozenset({".broadsheet.json", ".gitignore", ".git"})  # at the site's root: the build's own, and git's
SIGNS = re.compile('[\x00-\x1f\x7f\ud800-\udfff<>:"|?*\\\\]')


def article(published: datetime, slug: str) -> str:
    """Address of an article, by the year and month of its own date."""
    return f"{published:%Y/%m}/{slug}/"


def brief(article_url: str) -> str:
    """Address of an article's brief as data."""
    return f"{article_url}brief.json"


def edition(start: date) -> str:
    return f"{EDITIONS}{start.isoformat()}/"


def roll_up(start: date) -> str:
    """Address of a week's roll-up, by its ISO week: editions/2026-w48/."""
    year, week, _ = start.isocalendar()
    return f"{EDITIONS}{year:04d}-w{week:02d}/"


def subject(kind: SubjectKind, slug: str) -> str:
    """Address of a topic, person, organisation, place or source."""
    return f"{LISTINGS[kind]}{slug}/"


def story(slug: str) -> str:
    """Address of a story that goes on."""
    return f"{STORIES}{slug}/"


def archive(year: int, month: int | None = None) -> str:
    return f"{ARCHIVE}{year:04d}/" if month is None else f"{ARCHIVE}{year:04d}/{month:02d}/"


def month_of(listing: str, year: int, month: int) -> str:
    """Address of one calendar month of a listing (a topic, …)."""
    return f"{listing}{year:04d}/{month:02d}/"


def feed(listing: str = HOME, form: FeedFormat = "rss") -> str:
    """Address of the feed of a listing; the site's own where none is named."""
    return f"{listing}{FEEDS[form]}"


def file(url: str) -> str:
    """Path of the file that a server answers an address with."""
    return f"{url}index.html" if url.endswith("/") or not url else url


def absolute(site_url: str, url: str) -> str:
    """Absolute form of an address, percent-encoded; absolute URLs pass as they are."""
    return url if is_absolute(url) else site_url + encode(url)


def rooted(base: str, url: str) -> str:
    """Form of an address for a link within the site that works from every page."""
    return url if is_absolute(url) or url.startswith("#") else base + encode(url)


def is_absolute(url: str) -> bool:
    return url.startswith(("https://", "http://", "mailto:"))


@lru_cache(1 << 15)  # a page says most of its addresses as the page before it did
def encode(url: str) -> str:
    """Percent-encode an address; a query and a fragment keep their marks, nothing is encoded twice."""
    return url if _PLAIN.fullmatch(url) else quote(url, safe="/:@!$&'()*+,;=~-._?#%")


def base(site_url: str) -> str:
    """Path part of the site's address, with a slash at both ends."""
    return urlsplit(site_url).path.rstrip("/") + "/"


def tag(authority: str, id_: str, *within: str) -> str:
    """Permanent feed id (RFC 4151): `authority` is `host,year`; `within` names a part of what has the id."""
    parts = (part if _PLAIN_NAME.fullmatch(part) else quote(part, safe="-._~") for part in (id_, *within))
    return f"tag:{authority}:{'/'.join(parts)}"


def authority(site_url: str, year: int = 2026) -> str:
    """Authority for feed ids where the config names none; `year` is one in which the host was its owner's."""
    host = urlsplit(site_url).hostname or "localhost"
    # RFC 4151 knows names alone, and a colon would end the authority.
    return f"{f'ip6-{host}'.replace(':', '-') if ':' in host else host},{year:04d}"


def folded(path: str) -> str:
    """Form in which two paths are equal if some file system takes them for one (Unicode 3.13, D145)."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def above(path: str) -> Iterator[str]:
    """Give the folders that a path stands in, the nearest first."""
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def fault(name: str) -> str:
    """Tell why no file or folder of the site can have a name, on any file system and in links; or nothing."""
    if name in ("", ".", ".."):
        return "a part of it is empty or dots alone"
    if SIGNS.search(name):
        return "it holds a sign that not every file system takes"
    if "#" in name or "%" in name:
        return "it holds # or %, which have a meaning in links"
    if name[-1] in ". ":
        return "a name ends in a dot or a space"
    if RESERVED.match(name):
        return f'Windows keeps the name "{name}" for itself'
    if len(name.encode()) > LONGEST:
        return f"a name is longer than {LONGEST} bytes"
    return ""
