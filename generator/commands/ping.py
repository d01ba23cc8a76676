"""broadsheet ping: tell the WebSub hub which feeds have changed, once they are deployed."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from generator import __version__, config, urls
from generator.commands import options
from generator.commands.output import tell_data
from generator.problems import Refusal

STATE = "pinged.json"  # in the cache: without it every feed is told anew, and nothing else is lost
TIMEOUT = 10.0  # seconds for one answer
PAUSES = (1.0, 4.0)  # seconds before a second and a third try
LONGEST = 30.0  # seconds that a hub may ask to be left alone; for longer we come back another day
LATER = frozenset((0, 429, 500, 502, 503, 504))  # answers after which the same may be asked again
AGAIN = "run broadsheet ping again when that is mended: it tells what is left"
SAID = 200  # signs of a hub's words that are shown


@dataclass(frozen=True, slots=True)
class Answer:
    """What the hub said: status 0 if it said nothing in time. `wait` is its Retry-After, in seconds."""

    status: int
    said: str
    wait: float | None = None

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300  # noqa: PLR2004 -- what HTTP calls a success


@click.command(epilog="Example:  broadsheet ping --dry-run")
@options.folder
@click.option("--dry-run", is_flag=True, help="Tell nobody: print the addresses of what has changed.")
@click.option("--all", "every", is_flag=True, help="Tell of every feed, changed or not.")
@options.as_json
def ping(*, folder: Path, dry_run: bool, every: bool, as_json: bool) -> None:
    """Tell the hub in FOLDER's config (feed.hub) which feeds have changed since it was last told.

    Run it once the site is deployed: the hub fetches what it is told of. Exit code 0 if the hub took all
    of it, or there is nothing to tell; 1 if it could not be reached or refused.
    """
    project = config.read(folder)
    hub = project.config.feed_hub
    if not hub:
        _report({"hub": None, "told": [], "unchanged": 0}, "feed.hub names no hub: nobody to tell.", as_json)
        return
    feeds = published(project.site)
    known = {} if every else remembered(project.cache / STATE, hub)
    changed = [address for address, digest in feeds.items() if known.get(address) != digest]
    data = {"hub": hub, "told": changed, "unchanged": len(feeds) - len(changed)}
    if dry_run:
        said = f"{_feeds(len(changed))} to tell {hub} of, {data['unchanged']} unchanged."
        _report(data, said, as_json, changed)
        return
    kept = {address: digest for address, digest in feeds.items() if address not in changed}
    told: dict[str, str] = {}
    try:
        for address in tell(hub, changed):
            told[address] = feeds[address]
    finally:
        remember(project.cache / STATE, hub, kept | told)
    _report(data, f"Told {hub} of {_feeds(len(changed))}, {data['unchanged']} unchanged.", as_json)


def published(site: Path) -> dict[str, str]:
    """Give the digest of each feed in a built site, by its absolute address, as feeds.opml lists them.

    Raises Refusal where there is no such list.
    """
    from urllib.parse import unquote
    from xml.etree import ElementTree as ET

    try:
        outlines = ET.parse(site / urls.OPML).iter("outline")  # noqa: S314 -- our own
        listed = [address for it in outlines if (address := it.get("xmlUrl"))]
    except (OSError, ET.ParseError) as error:
        raise Refusal(
            f"{site / urls.OPML} cannot be read", "build the site first: broadsheet build"
        ) from error
    # The feed of the whole site stands at the root: no other address is as short.
    root = min(listed, key=len, default="").removesuffix(urls.FEEDS["rss"])
    found: dict[str, str] = {}
    for address in listed:
        for name in urls.FEEDS.values():
            one = address.removesuffix(urls.FEEDS["rss"]) + name
            file = site / unquote(one.removeprefix(root))
            if file.is_file():
                found[one] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def remembered(file: Path, hub: str) -> Mapping[str, str]:
    """Digests of what the hub was told of; nothing if that is lost, or it was another hub."""
    try:
        state = json.loads(file.read_bytes())
        return dict(state["feeds"]) if state["hub"] == hub else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def remember(file: Path, hub: str, feeds: Mapping[str, str]) -> None:
    """Write down what the hub knows, all or nothing."""
    from generator.content.writing import replace_file

    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, f"{json.dumps({'hub': hub, 'feeds': feeds}, indent=1)}\n".encode())


def tell(hub: str, feeds: list[str]) -> Iterator[str]:
    """Tell the hub of each feed; give each that it took.

    Raises Refusal at once where the hub cannot be reached, asks for patience or has moved; at the end
    where it refused some.
    """
    refused: list[str] = []
    taken = 0
    for address in feeds:
        answer = _told(hub, address)
        if answer.good:
            taken += 1
            yield address
        elif answer.status in LATER or 300 <= answer.status < 400:  # noqa: PLR2004 -- a redirect
            raise Refusal(f"the hub {hub} took {taken} of {_feeds(len(feeds))}: {answer.said}", AGAIN)
        else:
            refused.append(f"{address}: {answer.said}")
    if refused:
        rest = f" (and {len(refused) - 1} more)" if refused[1:] else ""
        raise Refusal(
            f"the hub {hub} took {taken} of {_feeds(len(feeds))}. It refused {refused[0]}{rest}",
            "see that feed.hub is the address that the hub wants publishers to write to",
        )


def _told(hub: str, address: str) -> Answer:
    """Tell of one feed, up to three times where that can help."""
    answer = _post(hub, address)
    for pause in PAUSES:
        if answer.status not in LATER or (answer.wait or 0) > LONGEST:
            break
        time.sleep(pause if answer.wait is None else answer.wait)
        answer = _post(hub, address)
    return answer


def _post(hub: str, address: str) -> Answer:
    from http.client import HTTPException
    from urllib.error import HTTPError, URLError
    from urllib.parse import urlencode
    from urllib.request import HTTPRedirectHandler, Request, build_opener

    class Stay(HTTPRedirectHandler):
        """A redirect would make a GET of our POST, which tells nobody of anything."""

        def redirect_request(self, *_: Any) -> None:
            return None

    data = urlencode({"hub.mode": "publish", "hub.url": address}).encode()
    request = Request(hub, data, {"User-Agent": f"Broadsheet/{__version__}"})  # noqa: S310 -- config allows http(s) alone
    try:
        with build_opener(Stay).open(request, timeout=TIMEOUT) as got:
            return Answer(got.status, got.reason)
    except HTTPError as error:
        with error:
            return _fault(error)
    except TimeoutError:
        return Answer(0, f"no answer within {TIMEOUT:g} seconds")
    except (URLError, HTTPException, OSError) as error:
        reason = getattr(error, "reason", error)
        late = isinstance(reason, TimeoutError)
        return Answer(
            0, f"no answer within {TIMEOUT:g} seconds" if late else _plain(str(reason) or repr(reason))
        )


def _fault(error: Any) -> Answer:
    """Read an answer that is no success: its own words, where it leads, how long it asks to wait."""
    said = f"{error.code} {error.reason}".strip()
    try:
        words = _plain(error.read(4 * SAID).decode(errors="replace"))
    except OSError:
        words = ""
    if where := error.headers.get("Location"):
        words = f"it has moved to {where}; write that as feed.hub"
    wait = _seconds(error.headers.get("Retry-After"))
    if wait is not None and wait > LONGEST:
        words = f"it asks to be left alone for {wait:.0f} seconds"
    return Answer(error.code, f"{said}: {words}" if words else said, wait)


def _seconds(retry_after: str | None) -> float | None:
    """Seconds that Retry-After asks for, as a number or as a moment (RFC 9110, 10.2.3)."""
    from email.utils import parsedate_to_datetime

    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except ValueError:
        return None


def _plain(words: str) -> str:
    """Words of a stranger's, on one line and without what a terminal would obey."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())[:SAID]


def _feeds(count: int) -> str:
    return "1 feed" if count == 1 else f"{count} feeds"


def _report(data: Mapping[str, Any], said: str, as_json: bool, lines: list[str] | None = None) -> None:  # noqa: FBT001
    if as_json:
        tell_data({"ok": True, **data})
        return
    for line in lines or ():
        click.echo(line)
    click.echo(said, err=True)
