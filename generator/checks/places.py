"""Where an address that stands on a page was written: in an article, the settings or a template."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote, unquote

from generator import urls
from generator.checks.survey import Target
from generator.model import Position

OURS = "t-"  # what an editor's own ids are given
BEFORE, BEFORE_LOOSE, AFTER = r"(?<![\w/.%-])", r"(?<![\w.%-])", r"(?![\w/%-])"
FOLDERS = r"""(?:[^\s()<>"'\[\]]*/)?"""
REMARK = re.compile(r"^\s*#", re.MULTILINE)
CONTENT = "content/"


@dataclass(frozen=True, slots=True)
class Forms:
    """Ways in which an address may be written: those that can be nothing else, and loose ones.

    `named` are names of files, which stand behind the folders that lead there.
    """

    sure: tuple[str, ...]
    loose: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def forms(written: str, target: Target, url: str, origin: str = "") -> Forms:
    """Give the ways in which an address may have been written that a page shows as `written`.

    `origin` is the file under content/ that its target was made from: articles link to each other by name.
    """
    mark, fragment = ("#", target.fragment) if target.fragment else ("", "")
    ends = [f"{mark}{fragment}", f"{mark}{fragment.removeprefix(OURS)}"] if mark else [""]
    plain = written.partition("#")[0]
    whole = [plain]
    within = _within(plain, url)
    if within:
        whole.append(f"/{within}")
    if plain.startswith("https://"):
        whole.append(plain.removeprefix("https:"))  # //example.org/
    sure = [one + end for one in whole for end in ends if one + end]
    name = origin.rpartition("/")[2] if origin.startswith(CONTENT) and mark else ""
    named = [one + end for one in (name, quote(name)) for end in ends if name]
    loose = [within.rstrip("/") + end if end else within for end in ends] if within else []
    loose += [within + end for end in ends if within]
    return Forms(_variants(sure), _variants(loose), _variants(named))


def _within(address: str, url: str) -> str:
    """Give what follows the site's own address, however that is encoded; nothing for other addresses."""
    for own in (url, urls.base(url)):
        if address.startswith(own):
            return address.removeprefix(own)
        if unquote(address).startswith(unquote(own)):
            return unquote(address).removeprefix(unquote(own))
    return ""


def _variants(some: Iterable[str]) -> tuple[str, ...]:
    made = (form for one in some for form in (one, unquote(one)))
    return tuple(dict.fromkeys(form for one in made for form in (one, escape(one, quote=False)) if form))


@dataclass(slots=True)
class Sources:
    """What a site is made from, read when it is asked for: paths from the site's root, and how to read one.

    `beside` gives the brief file of an article, where there is one; `read` gives nothing for what cannot be
    read.
    """

    settings: str
    templates: Sequence[str]
    content: Sequence[str]
    beside: Callable[[str], str]
    read: Callable[[str], str]
    _texts: dict[str, str] = field(default_factory=dict)

    def text(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = self.read(path)
        return self._texts[path]

    def places(self, origins: Iterable[str], wanted: Forms) -> list[Position]:
        """Find where an address is written that stands on pages of these origins; nothing if it is not found.

        An article is asked for its own pages; for all others, and where that gives nothing, the settings and
        templates; then all of content/.
        """
        found: list[Position] = []
        others = False
        for origin in dict.fromkeys(origins):
            own = list(self._within(self._files(origin), wanted.sure, wanted.named))
            found += own
            others = others or not own
        if others:
            shared = list(self._within([self.settings, *self.templates], wanted.sure))
            shared = shared or list(
                self._within([self.settings, *self.templates], wanted.loose, before=BEFORE_LOOSE)
            )
            if not (shared or found):
                shared = list(self._within(self.content, wanted.sure, wanted.named))
            found += shared
        return sorted(set(found), key=lambda at: (at.path, at.line, at.column))

    def beginning(self, address: str) -> list[Position]:
        """Find the first address in content/ that begins so: of such, an outlet's home is made."""
        pattern = re.compile(BEFORE + re.escape(address))
        for path in self.content:
            if address in self.text(path):
                found = list(positions(self.text(path), path, pattern))
                if found:
                    return found[:1]
        return []

    def _files(self, origin: str) -> list[str]:
        return [path for path in (origin, self.beside(origin)) if path.startswith(CONTENT)]

    def _within(
        self, files: Iterable[str], wanted: Sequence[str], named: Sequence[str] = (), before: str = BEFORE
    ) -> Iterator[Position]:
        for file in files:
            text = self.text(file)
            some = [(len(form), re.escape(form)) for form in wanted if form in text]
            some += [(len(form), FOLDERS + re.escape(form)) for form in named if form in text]
            if some:
                longest = [form for _, form in sorted(some, reverse=True)]
                pattern = f"{before}(?:{'|'.join(longest)}){AFTER}"
                yield from positions(text, file, re.compile(pattern))


def positions(text: str, path: str, pattern: re.Pattern[str]) -> Iterator[Position]:
    """Give where a pattern is found in a file, but for remarks of YAML."""
    breaks = [0, *(found.end() for found in re.finditer("\n", text))]
    for found in pattern.finditer(text):
        line = bisect_right(breaks, found.start())
        begin = breaks[line - 1]
        if not (path.endswith((".yaml", ".yml")) and REMARK.match(text, begin)):
            yield Position(path, line, found.start() - begin + 1)
