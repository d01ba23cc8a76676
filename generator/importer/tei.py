"""The body that trafilatura finds, which is in terms of TEI, in terms of HTML."""

from __future__ import annotations

from typing import Any

from lxml import etree

from generator.importer.markup import HEADINGS

# What trafilatura calls its elements (TEI) -> HTML.
RENAMED = {"hi": "span", "ref": "a", "lb": "br", "quote": "blockquote", "row": "tr", "item": "li"}
RENDERED = {"#b": "strong", "#i": "em", "#t": "code"}


def html_of(body: Any) -> Any:
    """Give the body that trafilatura found in terms of HTML; changes it in place."""
    for element in body.iter(etree.Element):
        name, rend = element.tag, element.get("rend", "")
        if name == "hi":
            element.tag = RENDERED.get(rend, "span")
        elif name == "head":
            element.tag = rend if rend in HEADINGS else "h2"
        elif name == "list":
            element.tag = "ol" if rend == "ol" else "ul" if rend != "dl" else "dl"
        elif name == "item":
            element.tag = rend.rpartition("-")[0] if rend.startswith(("dt", "dd")) else "li"
        elif name == "cell":
            element.tag = "th" if element.get("role") == "head" else "td"
        elif name == "code":
            inside = element.getparent() is not None and element.getparent().tag in ("pre", "code")
            element.tag = "code" if inside or not _is_lines(element) else "pre"
        elif name == "ref":
            element.tag = "a"
            element.set("href", element.get("target", ""))
        else:
            element.tag = RENAMED.get(name, name)
    return body


def _is_lines(element: Any) -> bool:
    return any("\n" in words for words in element.itertext())
