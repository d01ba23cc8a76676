"""What a new site begins with: its files, made from the sample paper and from what lies in files/."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from generator import __version__, disk, urls
from generator.schema.documents import Plain
from generator.schema.writing import mapping
from generator.starter import settings
from generator.starter.articles import Draft, begun
from generator.starter.snippets import snippets

REPOSITORY = "example/broadsheet"
HOME = f"https://github.com/{REPOSITORY}"
DOCS = f"{HOME}/blob/main/docs"
ACTION = f"{REPOSITORY}@v{__version__}"
LARGEST = 10_000_000
FIRST = "A digest begins"
# Where each file of files/ stands in a site; those that begin with a dot would be obeyed here, too.
PLACES = {
    "README.md": "README.md",
    "gitattributes": ".gitattributes",
    "pages.yml": ".github/workflows/pages.yml",
    "daily.yml": ".github/workflows/daily.yml",
    "settings.json": ".vscode/settings.json",
    "extensions.json": ".vscode/extensions.json",
}
KEPT = {"gitignore": ".gitignore", "site-gitignore": "site/.gitignore"}


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known of a site before there is one; `url` ends in a slash."""

    title: str
    url: str
    timezone: str
    now: datetime

    @property
    def authority(self) -> str:
        """Who mints the ids of feed entries from now on."""
        return urls.authority(self.url, self.now.astimezone(ZoneInfo(self.timezone)).year)


def minimal(beginning: Beginning) -> dict[str, bytes]:
    """Give the fewest files that make a site: settings, one article, and what git is to leave alone."""
    feed = {"authority": Plain(json.dumps(beginning.authority))}
    fields = {"title": beginning.title, "url": beginning.url, "timezone": beginning.timezone, "feed": feed}
    config = "\n".join([f"# All keys: {DOCS}/configuration.md", *mapping(fields), ""])
    zone = ZoneInfo(beginning.timezone)
    first = begun(Draft(title=FIRST, published=beginning.now.astimezone(zone)), beginning.now)
    article = first.text + _file("first.md").decode()
    files = {"config.yaml": config.encode(), f"content/{first.path}": article.encode()}
    return {**files, **{place: _file(name) for name, place in KEPT.items()}}


def whole(beginning: Beginning, schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, bytes]:
    """Give a site with the sample paper, workflows, and what editors complete keys from."""
    config = settings.config((_sample() / "config.yaml").read_text(encoding="utf-8"), beginning, DOCS)
    kept = {place: _file(name) for name, place in KEPT.items()}
    made = {place: _filled(_file(name), beginning.title) for name, place in PLACES.items()}
    told = {f".schemas/{name}.schema.json": _json(schema) for name, schema in schemas.items()}
    told[".vscode/front-matter.code-snippets"] = _json(snippets(schemas["article"]))
    return {"config.yaml": config.encode(), **_content(), **kept, **made, **told}


def _content() -> dict[str, bytes]:
    """Give the sample paper's files; what leads into this project's docs leads where a site has them."""
    root = _sample()
    files: dict[str, bytes] = {}

    def failed(error: OSError) -> None:
        raise error

    for here, folders, names in disk.walk(root / "content", failed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in (name for name in names if not name.startswith(".")):
            path = (here / name).relative_to(root).as_posix()
            data = disk.read(here / name, LARGEST)
            files[path] = settings.led_home(data.decode(), DOCS).encode() if name.endswith(".yaml") else data
    return files


def _filled(data: bytes, title: str) -> bytes:
    words = {"ACTION": ACTION, "HOME/docs": DOCS, "HOME": HOME, "TITLE": title}
    text = data.decode()
    for word, said in words.items():
        text = text.replace(word, said)
    return text.encode()


def _json(data: Any) -> bytes:
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def _file(name: str) -> bytes:
    return (Path(__file__).resolve().parent / "files" / name).read_bytes()


def _sample() -> Path:
    """Find the sample paper: at the root of a checkout, inside the package in an installed wheel."""
    here = Path(__file__).resolve().parent
    return here if (here / "content").is_dir() else here.parent.parent
