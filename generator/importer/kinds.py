"""What a document is, by what it holds: names and media types lie too often."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["page", "feed", "json-feed", "opml", "mail", "mbox", "text", "nothing"]

HEAD = 4096
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
BEFORE_ROOT = re.compile(
    rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*", re.DOTALL | re.IGNORECASE
)
ROOT = re.compile(rb"<(?:[\w-]+:)?([A-Za-z]+)")
ROOTS: dict[bytes, Kind] = {
    b"rss": "feed",
    b"rdf": "feed",
    b"feed": "feed",
    b"opml": "opml",
    b"channel": "feed",
}
HTML = re.compile(rb"<(?:html|head|body|article|main|div|section|p|h1|title|meta|table)\b", re.IGNORECASE)
JSON_FEED = re.compile(rb"\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org", re.IGNORECASE)
MBOX = re.compile(rb"From \S+[^\n]*\d{2}:\d{2}[^\n]*\n(?:>?[\w-]+:)")
HEADER = re.compile(rb"([A-Za-z][\w-]*):[^\n]*\n(?:[ \t][^\n]*\n)*")
OF_MAIL = frozenset(
    b"from date subject message-id received mime-version return-path to delivered-to dkim-signature".split()
)
MAIL_HEADERS = 3
# What encloses a letter, or is one in parts, says so, even where nobody is named who sent it.
ENCLOSING = re.compile(
    rb"^content-type:\s*(?:message/rfc822|message/global|multipart/\w+)\b", re.IGNORECASE | re.MULTILINE
)


def kind_of(data: bytes, media_type: str = "") -> Kind:
    """Tell what a document is. What is text and nothing else is `text`; what is none is `nothing`."""
    head = data[:HEAD]
    if head.startswith(BOMS[1:]):  # UTF-16: the text decides
        head = data[: 2 * HEAD].decode("utf-16", "ignore").encode()
    head = head.removeprefix(BOMS[0]).replace(b"\r\n", b"\n")
    start = head.lstrip()
    if start.startswith(b"{"):
        return "json-feed" if JSON_FEED.search(data) else "nothing"
    if MBOX.match(start):
        return "mbox"
    if _is_mail(start):
        return "mail"
    before = BEFORE_ROOT.match(head)
    root = ROOT.match(head, before.end() if before else 0)
    if root and (kind := ROOTS.get(root[1].lower())):
        return kind
    if (
        (root and HTML.match(root[0]))
        or "html" in media_type
        or (start.startswith(b"<") and HTML.search(head))
    ):
        return "page"
    return "nothing" if b"\0" in head or start.startswith((b"%PDF", b"PK\x03\x04")) or not start else "text"


def _is_mail(start: bytes) -> bool:
    """Recognise a letter by its first lines: headers and nothing else, some of them those of mail."""
    at, names = 0, set[bytes]()
    while found := HEADER.match(start, at):
        names.add(found[1].lower())
        at = found.end()
    ends = start[at : at + 1] in (b"\n", b"")
    if at and ends and ENCLOSING.search(start, 0, at):
        return True
    return len(names & OF_MAIL) >= MAIL_HEADERS or (at > 0 and {b"from", b"subject"} <= names)
