"""Newsletters (.eml, .mbox) -> articles, without what only tells who opened and clicked them."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage, Message
from typing import Any
from zoneinfo import ZoneInfo

from generator import text
from generator.importer import addresses, dates, fields, markup, pages, signs
from generator.importer.candidates import Candidate, Document, Unfit
from generator.importer.decoding import decoded

LEAST_WORDS = 10
ENCLOSED = ("message/rfc822", "message/global")
REPORT = "multipart/report"  # that a letter could not be delivered
DEEPEST = 5  # letters within letters
MOST_ENCLOSED = 500  # in one, as a digest of a mailing list has them
# The parser has lapses of its own on headers and parts that nobody foresaw.
LAPSES = (ValueError, LookupError, AttributeError, IndexError, TypeError, RecursionError)
FROM_LINE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\r?\n")
QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
ONLINE = re.compile(
    r"(?:view|read|open|see)\b.{0,30}\b(?:browser|online|web)\b|\bim browser\b|\bonline (?:lesen|ansehen)\b"
    r"|\b(?:navigateur|en ligne)\b|\ben (?:el|tu) navegador\b",
    re.IGNORECASE,
)
# A link of this kind is its reader's own: whoever follows it acts in their name.
PERSONAL = re.compile(
    r"unsubscribe|opt-?out|manage.{0,12}preferences|update.{0,12}preferences|email preferences|subscription"
    r"|abmelden|abbestellen|désabonner|desabonner|darse de baja|cancelar",
    re.IGNORECASE,
)
PADDING = re.compile("[\u200b-\u200f\ufeff]+")  # newsletters fill their preview with it: nobody need be told
REPLY = re.compile(r"^(?:\s*(?:fwd?|wg|tr|rv)\s*:)+\s*", re.IGNORECASE)


def letters(document: Document) -> Iterator[Document]:
    """Part a mailbox into its letters."""
    starts = list(FROM_LINE.finditer(document.data))
    ends = [found.start() for found in starts[1:]] + [len(document.data)]
    for number, (found, end) in enumerate(zip(starts, ends, strict=True), 1):
        data = QUOTED_FROM.sub(rb"\1", document.data[found.end() : end])
        yield replace(document, data=data, found=f"{document.found} letter {number}")


def read(document: Document, zone: ZoneInfo) -> Iterator[Candidate | Unfit]:
    """Read a letter; of one that encloses others, as what was forwarded does, those in its place."""
    try:
        message = _parsed(document.data)
        inside = list(_enclosed(message))
    except LAPSES as error:
        yield _unread(document, error)
        return
    for number, (one, words) in enumerate(inside or [(message, 0)], 1):
        name = f"{document.found} letter {number} in it" if len(inside) > 1 else document.found
        made = _letter(one, replace(document, found=name), zone)
        if words and isinstance(made, Candidate):
            made = made.noting(f"{words} words of who forwarded it were left out")
        yield made


def _parsed(data: bytes) -> Any:
    return email.message_from_bytes(data.removeprefix(BOM_UTF8).lstrip(), policy=email.policy.default)


def _enclosed(message: Any, depth: int = 0) -> Iterator[tuple[Any, int]]:
    """Give the innermost letters that a letter encloses, and how many words it has of its own."""
    if message.get_content_type() == REPORT:
        return
    inner = [part for part in _parts(message) if part.get_content_type() in ENCLOSED]
    for part in inner[:MOST_ENCLOSED] if depth < DEEPEST else ():
        payload = part.get_payload()
        one = payload[0] if isinstance(payload, list) and payload else None
        if one is not None:
            further = list(_enclosed(one, depth + 1))
            yield from further or [(one, text.word_count(_body(message)[0]))]


def _parts(message: Any) -> Iterator[Any]:
    """Give the parts of a letter, but none of letters within it."""
    yield message
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        for part in message.get_payload():
            yield from _parts(part)


def _letter(message: Any, document: Document, zone: ZoneInfo) -> Candidate | Unfit:
    """Read a letter: its HTML part, or its text."""
    try:
        subject, sender = _header(message, "subject"), _header(message, "from")
        written, url, sent = _body(message)
    except LAPSES as error:
        return _unread(document, error)
    if text.word_count(written) < LEAST_WORDS:
        kinds = [part.get_content_type() for part in _parts(message)]
        if kinds[0] != REPORT and any(kind in ENCLOSED for kind in kinds):
            return _too_deep(document)
        return Unfit(document.found, "import-empty", "this letter holds no text")
    name, address = email.utils.parseaddr(sender)
    mark = _header(message, "message-id") or f"{address} {_header(message, 'date')} {subject}"
    title = REPLY.sub("", subject) or "A letter without a subject"
    published, unsure = dates.read(_header(message, "date"), zone)
    told = (_written(message, "subject"), _written(message, "from"), PADDING.sub("", sent))
    return Candidate(
        title=title[: fields.LONGEST_TITLE],
        text=written,
        found=document.found,
        url=addresses.canonical(_header(message, "archived-at").strip("<> ")) or url,
        mark=mark[:500],
        published=published,
        lang=fields.language(_header(message, "content-language").partition(",")[0]),
        source=fields.plain(name) or address.partition("@")[2],
        notes=(*unsure, *signs.left_out(*told)),
    )


def _unread(document: Document, error: Exception) -> Unfit:
    if isinstance(error, RecursionError):
        return _too_deep(document)
    return Unfit(document.found, "import-malformed", f"this letter cannot be read: {error}")


def _too_deep(document: Document) -> Unfit:
    message = f"letters are enclosed in it deeper than {DEEPEST}: they were not read"
    return Unfit(document.found, "import-malformed", message, "save the innermost and import that file")


def _header(message: Message, name: str) -> str:
    return fields.plain(_written(message, name))


def _written(message: Message, name: str) -> str:
    """Give a header as it was sent."""
    try:
        value = message[name]
    except LAPSES:
        value = next((value for key, value in message.raw_items() if key.lower() == name), "")
    return str(value) if value is not None else ""


def _body(message: EmailMessage) -> tuple[str, str, str]:
    """Give a letter's text as Markdown, where it stands in the web, if it says so, and its words as sent."""
    plain, sent = "", ""
    for kind in ("html", "plain"):
        part = message.get_body((kind,))
        if part is None:
            continue
        data = part.get_payload(decode=True)
        written = decoded(data if isinstance(data, bytes) else b"", part.get_content_charset() or "")[0]
        if kind == "html":
            tree = pages.parsed(written)
            if tree is None:
                continue
            url = _online(tree)
            made = pages.markdown(tree, "", layout=True, letter=True)
            if text.word_count(made) >= LEAST_WORDS:
                return made, url, "".join(tree.itertext())
        else:
            plain, sent = markup.of_text(written), written
    return plain, "", sent


def _online(tree: Any) -> str:
    """Find the address of a letter in the web; take out links that are its reader's own."""
    found = ""
    for link in tree.iter("a"):
        words = " ".join("".join(link.itertext()).split())
        address = link.get("href") or ""
        if PERSONAL.search(words) or PERSONAL.search(address):
            link.attrib.pop("href", None)
        elif ONLINE.search(words):
            found = found or addresses.canonical(addresses.of_letter(addresses.web_address(address)))
            link.attrib.pop("href", None)
    return found
