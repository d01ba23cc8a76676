"""All files of a site, read once: which address is which file, and what each page leads to and loads."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

from generator import urls
from generator.checks import markup
from generator.model import File

SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address leads: to a file of the site (`path`, as its manifest has it), or `outside`.

    `fragment` is decoded. Neither is set for what is no page at all (mailto:, data:).
    """

    path: str | None = None
    fragment: str = ""
    outside: str = ""
    stray: bool = False  # on the site's own host, and not under its path


@dataclass(frozen=True, slots=True)
class Survey:
    """A site as it would be published: sizes, origins, pages and stylesheets by path."""

    url: str
    sizes: Mapping[str, int]
    origins: Mapping[str, str]
    pages: Mapping[str, markup.Page]
    styles: Mapping[str, tuple[str, ...]]
    _known: dict[str, Target] = field(default_factory=dict, compare=False, repr=False)

    def target(self, address: str, page: str) -> Target:
        """Say where an address leads that is written on a page."""
        if address.startswith("#"):
            return Target(page, unquote(address[1:]))
        rooted = address.startswith("/") or bool(SCHEME.match(address))
        if not rooted:
            folder = posixpath.dirname(page)
            address = f"{urls.base(self.url)}{quote(folder)}{'/' if folder else ''}{address}"
        if address not in self._known:
            self._known[address] = _target(address, self.url)
        return self._known[address]

    def file(self, path: str) -> str | None:
        """Find the file that a server answers a path with, or nothing: a folder's is its index.html."""
        if path in self.sizes:
            return path
        within = urls.file(f"{path}/" if path and not path.endswith("/") else path)
        return within if within in self.sizes else None


def survey(files: Iterable[File], url: str) -> Survey:
    """Read the files of a site that will stand at `url`."""
    sizes: dict[str, int] = {}
    origins: dict[str, str] = {}
    pages: dict[str, markup.Page] = {}
    styles: dict[str, tuple[str, ...]] = {}
    for file in files:
        sizes[file.path] = len(file.data)
        origins[file.path] = file.origin
        if file.path.endswith((".html", ".htm")):
            pages[file.path] = markup.page(file.data)
        elif file.path.endswith(".css"):
            styles[file.path] = markup.style(file.data)
    return Survey(url, sizes, origins, pages, styles)


def loaded(it: Survey, page: str) -> Iterator[tuple[str, str]]:
    """Give what a page loads, that of its stylesheets too: where it is written, and the address."""
    todo = [(page, address) for address in it.pages[page].loads]
    seen = set()
    while todo:
        where, address = todo.pop()
        yield where, address
        path = it.target(address, where).path
        if path is not None and path in it.styles and path not in seen:
            seen.add(path)
            todo += [(path, inner) for inner in it.styles[path]]


def _target(address: str, url: str) -> Target:
    if address.startswith("//"):
        address = f"{urlsplit(url).scheme}:{address}"
    if not SCHEME.match(address):
        return _below(address, url)
    if not address.lower().startswith(("http://", "https://")):
        return Target()
    rest = _on_our_host(address, url)
    target = Target(stray=True) if rest is None else _below(rest or "/", url)
    if target.stray:
        return Target(outside=address.partition("#")[0], fragment=address.partition("#")[2])
    return target


def _on_our_host(address: str, url: str) -> str | None:
    """Give what follows the site's own scheme and host; nothing where an address names others."""
    parts = urlsplit(url)
    host = f"{parts.scheme}://{parts.netloc}"
    rest = address[len(host) :]
    ours = address[: len(host)].lower() == host.lower() and (not rest or rest[0] in "/?#")
    return rest if ours else None


def _below(address: str, url: str) -> Target:
    """Say where a path on the site's host leads. It is compared decoded: `/%7Ea/` and `/~a/` are one."""
    plain, _, fragment = address.partition("#")
    written = plain.partition("?")[0]
    path = posixpath.normpath(unquote(written))
    path += "/" if written.endswith(("/", "/.", "/..")) and path != "/" else ""
    base = unquote(urls.base(url))
    if f"{path}/" == base:
        path = base
    if not path.startswith(base):
        return Target(path, unquote(fragment), stray=True)
    return Target(path.removeprefix(base), unquote(fragment))
