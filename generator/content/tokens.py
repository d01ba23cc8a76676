"""Markdown to safe HTML, as a list of tokens.

Python-Markdown converts, nh3 cleans last; what follows only adds constants of ours to clean HTML, so
that nothing an article holds can come alive. What a site lets its editors keep all the same (`embeds`) is
a token of its own.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import markdown
import nh3

from generator import text, urls
from generator.content.bounds import extensions
from generator.content.nesting import check
from generator.model import Limits
from generator.schema.documents import FORBIDDEN

SCHEMES = {"http", "https", "mailto"}
INLINE = frozenset(
    (
        "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small "
        "span strong sub sup time u var wbr"
    ).split()
)
VOID = frozenset({"br", "hr", "img", "wbr", "col"})
TAGS = INLINE | frozenset(
    (
        "blockquote caption col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p "
        "pre summary table tbody td tfoot th thead tr ul"
    ).split()
)
ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir"},
    "a": {"href", "title", "hreflang"},
    "img": {"src", "alt", "title", "width", "height"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"datetime"},
    "ins": {"datetime"},
    "time": {"datetime"},
    "data": {"value"},
    "details": {"open"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "scope", "align"},
}
CLASSES = re.compile(r"footnote|footnote-ref|footnote-backref|language-[\w+#.-]{1,40}")
TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:=\"[^\"]*\")?)*)\s*/?>|<!--.*?-->", re.DOTALL)
ATTRIBUTE = re.compile(r"([a-z-]+)(?:=\"([^\"]*)\")?")


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening or closing tag; attribute values are plain text."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    closing: bool = False

    def get(self, attribute: str) -> str:
        return dict(self.attributes).get(attribute, "")

    def with_(self, **changed: str) -> Tag:
        """Copy with attributes set, in their place or at the end."""
        return replace(self, attributes=tuple({**dict(self.attributes), **changed}.items()))

    def without(self, attribute: str) -> Tag:
        return replace(self, attributes=tuple(pair for pair in self.attributes if pair[0] != attribute))

    def html(self) -> str:
        if self.closing:
            return f"</{self.name}>"
        if not self.attributes:
            return f"<{self.name}>"
        written = "".join(f' {name}="{html.escape(value)}"' for name, value in self.attributes)
        return f"<{self.name}{written}>"


@dataclass(frozen=True, slots=True)
class Raw:
    """HTML of an editor's own, which nothing looks into. Unless `whole`, its element is never closed."""

    written: str
    whole: bool = True

    def html(self) -> str:
        """Give it between comments, so that what reads HTML of ours passes over it."""
        return f"<!--raw-->{self.written}<!--/raw-->"


Token = Tag | Raw | str


@functools.cache
def _converter(limits: Limits) -> markdown.Markdown:
    return markdown.Markdown(extensions=extensions(limits), output_format="html")


def convert(source: str, limits: Limits = Limits()) -> str:  # noqa: B008 -- it is frozen
    """Convert Markdown to clean HTML. Raises what `to_html` raises."""
    return clean(to_html(source, limits))


def to_html(source: str, limits: Limits = Limits()) -> str:  # noqa: B008 -- it is frozen
    """Convert Markdown to HTML that is not clean yet.

    Raises TooMuchError on what would take too long or is nested too deep, RecursionError on what is nested
    deeper still.
    """
    converter = _converter(limits)
    converter.reset()
    try:
        made = converter.convert(source)
    except BaseException:
        _converter.cache_clear()  # it stays as deep in the text as it was
        raise
    check(made, limits)
    return made


@functools.cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=filtered,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


def clean(made: str) -> str:
    """Take out of HTML all that is not text and structure."""
    return FORBIDDEN.sub("", _cleaner().clean(made))  # `&#2;` has become one by now


def filtered(_tag: str, attribute: str, value: str) -> str | None:
    """Give what is left of an attribute that may stay."""
    if attribute == "class":
        return " ".join(word for word in value.split() if CLASSES.fullmatch(word)) or None
    if attribute == "cite":  # nh3 takes it for no address; a relative one leads nowhere from a feed
        return value if urls.is_absolute(value) else None
    return value


@functools.lru_cache(maxsize=256)  # most tags of most texts
def _bare(name: str, *, closing: bool) -> Tag:
    return Tag(name, (), closing)


def tokens(clean_html: str) -> Iterator[Token]:
    """Take clean HTML apart; texts come unescaped."""
    at = 0
    for found in TOKEN.finditer(clean_html):
        if found.start() > at:
            yield text.closed(html.unescape(clean_html[at : found.start()]))
        at = found.end()
        if found[3]:
            pairs = ((name, html.unescape(value)) for name, value in ATTRIBUTE.findall(found[3]))
            yield Tag(found[2], tuple(pairs), closing=bool(found[1]))
        elif found[2]:
            yield _bare(found[2], closing=bool(found[1]))
    if at < len(clean_html):
        yield text.closed(html.unescape(clean_html[at:]))


def escaped(written: str) -> str:
    """Escape text for HTML; an address of ours (`="site:…"`) can then stand in tags alone."""
    if "&" in written or "<" in written or ">" in written:
        written = html.escape(written, quote=False)
    return written.replace('="', "=&quot;") if '="' in written else written
