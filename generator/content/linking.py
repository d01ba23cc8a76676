"""Links from one file under content/ to another, which lead to what that became."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from generator.model import ArticleBody, LateBody

FILE_LINK = re.compile(r'href="content:([^"#]*)')


class LinkedBody(LateBody):
    """The text of an article whose links to other files lead to the `addresses` of what these became."""

    __slots__ = ("addresses",)
    addresses: Mapping[str, str]

    def __init__(self, body: ArticleBody, addresses: Mapping[str, str]) -> None:
        super().__init__(lambda: body)
        object.__setattr__(self, "addresses", addresses)

    @property
    def html(self) -> str:
        return settle(self._find().html, self.addresses)


def settle(made: str, addresses: Mapping[str, str]) -> str:
    """Replace links to Markdown files by the addresses of what they became."""
    if 'href="content:' not in made:
        return made
    return FILE_LINK.sub(lambda found: f'href="site:{quote(addresses.get(_path(found[1]), ""))}', made)


def _path(written: str) -> str:
    return unquote(html.unescape(written))
