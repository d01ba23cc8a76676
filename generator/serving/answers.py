"""What a request is answered: pure but for the files that it reads."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

from generator import urls
from generator.serving import dressing, mistakes
from generator.serving.board import Standing

HERE = Path(__file__).parent
PLAIN = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"
# As GitHub Pages has them; what the system takes them for differs from one machine to the next.
TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".htm": HTML,
    ".html": HTML,
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".otf": "font/otf",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": PLAIN,
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
_KNOWN = mimetypes.MimeTypes(filenames=())
# Nothing is kept by a browser, and no other site may show any of it: it may not be published yet.
ALWAYS = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
)
Do = Literal["", "reload", "styles"]
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body of an answer."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """What a page is told: HTML of what is wrong, what to do, the look that it has then, its style sheets.

    To do is nothing, to load itself again, or to change its style sheets: to `styles`, in their order, and to
    `marks`, ours.
    """

    told: str
    do: Do
    look: str
    styles: tuple[str, ...] = ()
    marks: str = ""


def answer(target: str, part: str | None, standing: Standing, origin: str) -> Answer:
    """Answer a request for `target`, the address as it stands in the request.

    `part` is the range of it that is asked for, if one is; `origin` is the server's, as the browser knows it.
    """
    path = urlsplit(target).path if target.startswith("/") else ""
    if path.startswith(dressing.OURS):
        return _ours(path, standing)
    if not standing.built or not standing.root.is_dir():
        return Answer(503, mistakes.page(standing.told or mistakes.WAIT), _typed(HTML))
    if path in ("/", standing.base[:-1]) and not path.startswith(standing.base):
        return _moved(standing.base)
    file = found(path, standing)
    for base in standing.former if file is None else ():
        within = base.startswith(standing.base)
        if path.startswith(base) and (within or not path.startswith(standing.base)):
            return _moved(standing.base + path[len(base) :])
    if file is None and path[-1:] != "/" and found(f"{path}/", standing):
        return _moved(f"{path}/")
    missing = found(standing.base + urls.NOT_FOUND, standing)
    if file is not None:
        return _part(_shown(file, path, standing, origin), part)
    if missing is not None:
        return replace(_shown(missing, path, standing, origin), status=404)
    return Answer(404, b"There is no such page.\n", _typed(PLAIN))


def happens(path: str, had: str, standing: Standing) -> News:
    """Say what the page at an address, which `had` a look, has to do to show what stands now."""
    if not standing.built or not standing.root.is_dir():
        alone = mistakes.look(standing.told or mistakes.WAIT)
        return News("", "" if had == alone else "reload", alone)
    file = found(path, standing) or found(standing.base + urls.NOT_FOUND, standing)
    try:
        look = _look(file, path, standing, file.read_bytes()) if file else None
    except OSError:  # the site is made anew at this moment: what comes next says how it looks
        look = None
    if look is None or had == str(look):
        return News(standing.told, "", had)
    do: Do = "styles" if had.partition(".")[0] == look.rest else "reload"
    *styles, marks = look.styles
    return News(standing.told, do, str(look), tuple(styles), marks)


def found(path: str, standing: Standing) -> Path | None:
    """Find the file of the site that a path leads to. None leads out of it, by dots or by links."""
    if not path.startswith(standing.base):
        return None
    try:
        inside = unquote_to_bytes(path[len(standing.base) :]).decode()
    except UnicodeDecodeError:
        return None
    inside = urls.file(inside)
    names = inside.split("/")
    if urls.folded(names[0]) in urls.KEPT or any(map(_is_no_name, names)):
        return None
    try:
        root = standing.root.resolve()
        file = (root / inside).resolve(strict=True)
        return file if file.is_relative_to(root) and file.is_file() else None
    except (OSError, ValueError, RuntimeError):  # no such file, a name too long, a loop of links
        return None


def _is_no_name(name: str) -> bool:
    return name in ("", ".", "..") or any(sign in name for sign in "\0\\:")


def is_page(file: Path) -> bool:
    return file.suffix.lower() in (".html", ".htm")


def media_type(file: Path) -> str:
    """Media type of a file, the same on every machine."""
    ending = file.suffix.lower()
    return TYPES.get(ending) or _KNOWN.guess_type(f"file{ending}")[0] or "application/octet-stream"


def _ours(path: str, standing: Standing) -> Answer:
    if path == dressing.MARKS:
        return Answer(200, standing.marks, _typed(TYPES[".css"]))
    if path in (dressing.SCRIPT, dressing.STYLE):
        file = HERE / path.removeprefix(dressing.OURS)
        return Answer(200, file.read_bytes(), _typed(media_type(file)))
    return Answer(404, b"There is nothing here.\n", _typed(PLAIN))


def _shown(file: Path, path: str, standing: Standing, origin: str) -> Answer:
    data = file.read_bytes()
    if not is_page(file):
        return Answer(200, data, _typed(media_type(file)))
    look = _look(file, path, standing, data)
    page = dressing.dressed(data, look, origin, standing.marks, _early(file, standing))
    return Answer(200, page, _typed(HTML))


def _look(file: Path, path: str, standing: Standing, data: bytes) -> dressing.Look:
    def loaded(address: str) -> bytes | None:
        one = found(urlsplit(urljoin(path, address)).path, standing)
        return one.read_bytes() if one else None

    made = dressing.look(data, loaded, _early(file, standing))
    marks = dressing.marks_at(standing.marks) if standing.marks else ""
    return dressing.Look(made.rest, (*made.styles, marks))


def _early(file: Path, standing: Standing) -> str:
    return standing.early.get(file.relative_to(standing.root.resolve()).as_posix(), "")


def _typed(media: str) -> tuple[tuple[str, str], ...]:
    return (("Content-Type", media),)


def _moved(path: str) -> Answer:
    """Lead elsewhere on this server, and nowhere else: `//host/` would be another one."""
    where = quote("/" + path.lstrip("/"), safe="/%:@!$&'()*+,;=~-._")
    return Answer(302, b"", (*_typed(PLAIN), ("Location", where)))


def _part(whole: Answer, part: str | None) -> Answer:
    """Give the one range that was asked for (RFC 9110, 14); all of it where several or none were."""
    size = len(whole.body)
    headers = (*whole.headers, ("Accept-Ranges", "bytes"))
    told = _RANGE.fullmatch((part or "").replace(" ", ""))
    if told is None or not any(told.groups()):
        return Answer(200, whole.body, headers)
    first, last = told.groups()
    begin = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if first and last and int(last) < begin:
        return Answer(200, whole.body, headers)
    if begin >= size:
        return Answer(416, b"", (*headers, ("Content-Range", f"bytes */{size}")))
    there = ("Content-Range", f"bytes {begin}-{end - 1}/{size}")
    return Answer(206, whole.body[begin:end], (*headers, there))
