"""Addresses as they are kept: without what only tells who followed them.

What others wrote is mended as far as it can be, and is no address (empty) where it cannot; nothing is told.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

from generator.schema.web import parts_of

# Set by those who share a link, never read by the page that it leads to. A name that some page might read
# (`ref`, `source`, `id`, `from`) is no entry here: without it another page would come.
TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|piwik_\w+|hsa_\w+|_hs(enc|mi)|__hs\w+|vero_\w+|oly_\w+_id"
    r"|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|li_fat_id|igsh(id)?"
    r"|mc_cid|mc_eid|mkt_tok|ml_subscriber(_hash)?|ck_subscriber_id|_openstat|_ga|_gl|wt_mc|wt_zmc"
    r"|at_(medium|campaign|link_\w+|bbc_team|ptr_name|format)|ns_(source|mchannel|campaign|linkname|fee)"
    r"|s_cid|cmpid|ito|guccounter|guce_referrer(_sig)?",
    re.IGNORECASE,
)
# Newsletters send each click through their sender. Where the target is written into the address, it is taken
# out; hosts and paths that keep it to themselves are listed here.
REDIRECT = re.compile(
    r"^(?:[\w-]+\.)*(?:list-manage\d?\.com/track/|substack\.com/redirect/|mailchi\.mp/track/"
    r"|ct\.sendgrid\.net/|awstrack\.me/|mailgun\.org/c/|hubspotlinks\.com/|rs6\.net/tn\.jsp"
    r"|convertkit-mail\d?\.com/|beehiiv\.com/v\d/c/|createsend\d?\.com/t/|cmail\d+\.com/t/|klclick\d?\.com/)"
    r"|^(?:click|clicks|track|tracking|trk|links?|email|url\d+)\.[^/]+/.*[\w%=-]{40}"
    r"|^[^/]+/(?:ls|wf)/click\b",
    re.IGNORECASE,
)
TARGET = ("url", "u", "redirect", "target", "dest", "destination", "link")
# Anchors that tell who followed a link, or which words to mark: `#xtor=RSS-1`, `#:~:text=`.
NO_PLACE = re.compile(r".*=.*|top|comments?|respond|main|content")
NUMBERED = re.compile(r"^www\d?\.")
INDEX = re.compile(r"/(?:index\.(?:html?|php))?$")


def web_address(written: str, base: str = "") -> str:
    """Give an absolute http(s) address, percent-encoded; empty for what is none."""
    try:
        whole = urljoin(base, written.strip()) if base else written.strip()
        parts = parts_of(whole)
        host, port = (parts.hostname, parts.port) if parts else (None, None)
        if not parts or not host:
            return ""
        host = f"[{host}]" if ":" in host else host.encode("idna").decode() if not host.isascii() else host
    except ValueError:  # UnicodeError too: no host that there could be
        return ""
    default = {"http": 80, "https": 443}[parts.scheme]
    place = host if port in (None, default) else f"{host}:{port}"
    path = quote(parts.path, safe="/:@!$&'()*+,;=~-._%")
    query = quote(parts.query, safe="/:@!$&'()*+,;=~-._?%[]")
    fragment = quote(parts.fragment, safe="/:@!$&'()*+,;=~-._?%")
    return urlunsplit((parts.scheme, place, path, query, fragment))


def canonical(url: str) -> str:
    """Give an address without tracking and without its fragment; empty for what is no web address."""
    whole = web_address(url)
    if not whole:
        return ""
    parts = urlsplit(whole)
    kept = [
        pair for pair in parts.query.split("&") if pair and not TRACKING.fullmatch(pair.partition("=")[0])
    ]
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "&".join(kept), ""))


def without_tracking(url: str) -> str:
    """Give a link of a text without tracking; its fragment stays, which leads to a place in a page."""
    made, anchored = canonical(url), anchor(url)
    return f"{made}#{anchored}" if made and anchored else made


def anchor(url: str) -> str:
    """Give the fragment of an address, percent-encoded."""
    return quote(urlsplit(url).fragment, safe="/:@!$&()*+,;=~-._?%")


def of_item(url: str) -> str:
    """Give the address of a feed's item; its anchor stays where it can be a place on the page."""
    made, anchored = canonical(url), anchor(url)
    return f"{made}#{anchored}" if made and anchored and not NO_PLACE.fullmatch(anchored.lower()) else made


def of_letter(url: str) -> str:
    """Give where a link of a newsletter leads; empty where its sender keeps that to itself."""
    for _ in range(3):  # senders within senders
        parts = urlsplit(url)
        within = {name.lower(): value for name, value in parse_qsl(parts.query)}
        target = next((within[name] for name in TARGET if within.get(name, "").startswith("http")), "")
        if not target:
            break
        url = web_address(unquote(target) if "%3A" in target[:12] else target) or url
    made = without_tracking(url)
    bare = made.partition("://")[2]
    return "" if REDIRECT.match(bare) else made


def key(url: str) -> str:
    """Give what two addresses of one page have in common: not scheme, `www.`, final slash, anchor."""
    parts = urlsplit(canonical(url))
    path = INDEX.sub("", parts.path)
    query = f"?{parts.query}" if parts.query else ""
    return f"{NUMBERED.sub('', parts.netloc.lower())}{unquote(path)}{query}" if parts.netloc else ""


def claimed(page: str, claim: str) -> tuple[str, str]:
    """Give the address that a page says is its own, where that can be believed, and what could not be.

    Else it is the one that the page was found under. A claim to be the front page of a site is a slip of its
    maker; one to stand on another site would have the article told as that site's.
    """
    here = canonical(page)
    told = canonical(web_address(claim, page)) if claim else ""
    if not told or (here and _is_front(told) and not _is_front(here)) or (not here and _is_front(told)):
        return here, ""
    return (told, "") if not here or same_site(here, told) else (here, told)


def same_site(one: str, other: str) -> bool:
    """Tell whether one of two addresses is on the host of the other, or on a subdomain of it.

    `www.` counts for nothing. Two subdomains of one domain are two sites: what they have in common may be a
    public suffix. So may a domain of one label be, which has no subdomains here; nor has a number.
    """
    mine, theirs = host(one), host(other)
    short, long = sorted((mine, theirs), key=len)
    if short == long:
        return True
    return "." in short and not short[-1].isdigit() and long.endswith(f".{short}")


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return not (parts.path.strip("/") or parts.query)


def host(url: str) -> str:
    """Give the host of an address as a name for who publishes there."""
    return NUMBERED.sub("", urlsplit(url).hostname or "")
