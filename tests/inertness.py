"""What makes HTML inert, as another parser than ours reads it: html5lib, by the HTML standard.

Each function tells what it finds alive; nothing found is the proof.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"
SCHEMES = {"http", "https", "mailto"}
# Attributes that hold an address in some element, whatever element that is.
ADDRESSES = frozenset(
    "href src action formaction data poster cite background longdesc usemap codebase archive profile manifest "
    "ping srcset imagesrcset lowsrc dynsrc classid xlink:href attributionsrc srcdoc style".split()
)
NEVER = frozenset(
    "style srcdoc srcset imagesrcset formaction ping background poster data longdesc usemap codebase archive "
    "profile lowsrc dynsrc classid attributionsrc autofocus accesskey contenteditable is slot part target "
    "popover popovertarget commandfor command form itemprop nonce integrity crossorigin".split()
)
TEXT_ELEMENTS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn div dl dt em figcaption "
    "figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary "
    "sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
TEXT_ATTRIBUTES = frozenset(
    "alt cite class colspan datetime dir height href hreflang id lang loading open reversed rowspan scope src "
    "start title type value width aria-hidden".split()
)
TEXT_CLASSES = re.compile(
    r"s|note|ways|vh|back|right|center|footnote|footnote-ref|footnote-backref|language-[\w+#.-]{1,40}"
)
PAGE_ELEMENTS = TEXT_ELEMENTS | frozenset(
    "html head meta title link script body header main footer nav section article aside form input button label "
    "select optgroup option dialog h1".split()
)
BODY = ["a", "header", "main", "footer", "dialog"]


def scheme(address: str) -> str:
    """Scheme that a browser reads in an address (URL standard): what it passes over is taken out first."""
    bare = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(0x21)))))
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", bare)
    return found[1].lower() if found else ""


def in_text(html: str) -> list[str]:
    """Tell what is alive in an article's text, or breaks out of what it is put into."""
    page = f"<!doctype html><title>x</title><main><div class=prose>{html}</div><footer>x</footer></main>"
    tree = _parsed(page)
    body = tree.find(f"{XHTML}body")
    if body is None:
        return ["no body"]
    found = [_name(it) for top in body for it in top]
    if len(body) != 1 or found != ["div", "footer"]:
        return [f"broken out: {found}"]
    root = [f"<body {name}>" for it in (tree, body) for name in it.attrib]
    return [*root, *_of_text(body[0][0])]


def in_feed(html: str) -> list[str]:
    """Tell what is alive in the content of a feed's item: an article's text, or what we make of a brief."""
    body = _parsed(f"<!doctype html><title>x</title><div>{html}</div>").find(f"{XHTML}body")
    if [_name(it) for it in body] != ["div"]:
        return [f"broken out: {[_name(it) for it in body]}"]
    found = list(_of_text(body[0]))
    relative = (
        f"relative address {value!r}"
        for it in _elements(body[0])
        for name, value in it.attrib.items()
        if name in ("href", "src") and not scheme(value)
    )
    return [*found, *relative]


def in_page(html: str, base: str) -> list[str]:
    """Tell what is alive in a whole page of the theme; `base` is the path that the site stands under."""
    root = _parsed(html)
    body = root.find(f"{XHTML}body")
    found = list(_of_page(root, base))
    names = [_name(it) for it in body]
    if names not in (BODY, ["main"]):
        found.append(f"body holds {names}")
    for prose in _proses(body):
        found += _of_text(prose)
    ids = [it.get("id") for it in _elements(root) if it.get("id")]
    found += [f"id {id_!r} twice" for id_ in {i for i in ids if ids.count(i) > 1} if not id_.startswith("t-")]
    return found


def structured(html: str) -> Any:
    """Read the JSON-LD of a page, as a robot does."""
    found = [it for it in _elements(_parsed(html)) if it.get("type") == "application/ld+json"]
    assert len(found) <= 1
    return json.loads(found[0].text) if found else None


def texts_of(html: str, *names: str) -> dict[str, list[str]]:
    """All text within each element of the names, in order; white space as a page shows it."""
    found: dict[str, list[str]] = {name: [] for name in names}
    for it in _elements(_parsed(html)):
        if _name(it) in found:
            found[_name(it)].append(" ".join("".join(it.itertext()).split()))
    return found


def _parsed(html: str) -> Any:
    return html5lib.parse(html)


def _elements(root: Any) -> Iterator[Any]:
    return (it for it in root.iter() if isinstance(it.tag, str))


def _name(element: Any) -> str:
    return str(element.tag).removeprefix(XHTML)


def _proses(body: Any) -> Iterator[Any]:
    """What was written by authors as HTML: texts of articles and of standing pages, not the theme's own."""
    yield from (
        it
        for it in _elements(body)
        if "prose" in it.get("class", "").split() and "end" in it.get("class", "")
    )


def _of_text(root: Any) -> Iterator[str]:
    for it in _elements(root):
        if it is root:
            continue
        name = _name(it)
        if name not in TEXT_ELEMENTS:
            yield f"<{name}>"
        for attribute, value in it.attrib.items():
            if attribute not in TEXT_ATTRIBUTES:
                yield f"<{name} {attribute}>"
            yield from _of_address(name, attribute, value)
        if name == "img" and (scheme(it.get("src", "")) or it.get("src", "").startswith("//")):
            yield f"<img src={it.get('src')!r}>"
        if name == "a" and any(_name(other) == "a" for other in it.iter() if other is not it):
            yield "<a> in <a>"
        yield from _of_names(name, it)


def _of_names(name: str, element: Any) -> Iterator[str]:
    """Tell ids and classes that could be taken for the theme's own."""
    for word in element.get("class", "").split():
        if not TEXT_CLASSES.fullmatch(word):
            yield f"class {word}"
    id_ = element.get("id", "t-")
    is_sentence = name == "span" and element.get("class") == "s" and re.fullmatch(r"s\d+", id_)
    if not is_sentence and (not id_.startswith("t-") or re.search(r"\s", id_)):
        yield f"id {id_!r}"


def _of_page(root: Any, base: str) -> Iterator[str]:
    for it in _elements(root):
        name = _name(it)
        if name not in PAGE_ELEMENTS:
            yield f"<{name}>"
        for attribute, value in it.attrib.items():
            if attribute in NEVER - ({"form"} if name in ("input", "select") else set()):
                yield f"<{name} {attribute}>"
            if attribute.startswith("on"):
                yield f"<{name} {attribute}={value!r}>"
            yield from _of_address(name, attribute, value)
        if name == "script" and not _is_ours(it, base):
            yield f"<script>{it.text}"
        if name == "meta" and it.get("http-equiv", "").lower() not in ("", "content-security-policy"):
            told = it.get("content", "")
            if it.get("http-equiv") != "refresh" or not re.match(rf"0; url={re.escape(base)}(?!/)", told):
                yield f"<meta http-equiv={it.get('http-equiv')} content={told!r}>"
        if (
            name == "link"
            and it.get("rel") in ("stylesheet", "icon", "manifest")
            and not it.get("href").startswith(base)
        ):
            yield f"<link href={it.get('href')}>"


def _of_address(name: str, attribute: str, value: str) -> Iterator[str]:
    if attribute in ADDRESSES and scheme(value) not in {"", *SCHEMES}:
        yield f"<{name} {attribute}={value!r}>"


def _is_ours(script: Any, base: str) -> bool:
    if script.get("type") == "application/ld+json":
        return bool(json.loads(script.text))
    return (
        set(script.attrib) - {"defer"} == {"src"}
        and script.get("src").startswith(f"{base}assets/")
        and not script.text
    )
