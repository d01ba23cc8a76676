"""Faults of files, names, clocks and disks: each is built rightly, or told at its place. docs/reliability.md."""

from __future__ import annotations

import ast
import errno
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from generator import config, content, disk, publish
from generator.model import File
from generator.problems import InvalidSource, Refusal
from tests.building import ARTICLE, CONFIG, build_site, tree, write_site

ROOT = Path(__file__).parent.parent
HEAD = "---\ntitle: A title\ndate: 2026-11-23\n---\n"
TEXT = f"{HEAD}The council met on Monday.\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="6" height="4"/>'
HIDDEN = "the-secret-of-the-machine"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names, links and limits are those of Linux")
PATIENCE = 240  # seconds; a busy machine is slow, a FIFO is for ever

Files = dict[str, str | bytes]
Deed = Callable[[Path], object]
Place = tuple[str, int, int, str]


@pytest.fixture(autouse=True)
def _soon() -> Iterator[None]:
    """Let a test that waits for ever fail."""

    def late(*_: object) -> None:
        raise AssertionError("this waits for what never comes")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def written(folder: Path, files: Files, deed: Deed | None = None) -> Path:
    """Write a site with one sound article, what is given, and a secret beside it; then do something to it."""
    site = write_site(folder / "site-under-test", {"content/sound.md": ARTICLE, **files})
    (folder / "secret").mkdir()
    (folder / "secret" / "secret.md").write_text(f"{HEAD}{HIDDEN}")
    (folder / "secret" / "secret.html").write_text(HIDDEN)
    (folder / "secret" / "secret.svg").write_text(SVG.replace("/>", f"><title>{HIDDEN}</title></svg>"))
    if deed:
        deed(site)
    return site


def link(path: str, target: str) -> Deed:
    def deed(site: Path) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).symlink_to(target)

    return deed


def fifo(path: str) -> Deed:
    def deed(site: Path) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(site / path)

    return deed


def listening(path: str) -> Deed:
    def deed(site: Path) -> None:
        before = Path.cwd()
        os.chdir((site / path).parent)  # the name of a socket may have 107 bytes
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(Path(path).name)
        os.chdir(before)

    return deed


def named_in_bytes(name: bytes) -> Deed:
    def deed(site: Path) -> None:
        Path(os.fsdecode(os.fsencode(site / "content") + b"/" + name)).write_text(TEXT)

    return deed


def told(site: Path, **options: Any) -> list[Place]:
    """Build a site that is at fault; give what is said, and see that nothing was made."""
    with pytest.raises(InvalidSource) as raised:
        build_site(site, **options)
    assert not (site / "site").exists()
    assert HIDDEN not in str(raised.value)
    assert [problem for problem in raised.value.problems if not problem.message] == []
    return [(it.path, it.line, it.column, it.code) for it in raised.value.problems]


def fielded(line: str) -> str:
    return TEXT.replace("date:", f"{line}\ndate:")


def at_field(line: str, column: int, code: str) -> tuple[Files, list[Place]]:
    return {"content/a.md": fielded(line)}, [("content/a.md", 3, column, code)]


def in_text(body: str, column: int, code: str) -> tuple[Files, list[Place]]:
    return {"content/a.md": HEAD + body}, [("content/a.md", 5, column, code)]


def in_config(line: str, column: int, code: str) -> tuple[Files, list[Place]]:
    return {"config.yaml": f"{CONFIG}{line}\n"}, [("config.yaml", 4, column, code)]


LONG = "y" * 300

WRITTEN = {
    # Addresses
    "slug ..": at_field("slug: ../x", 7, "bad-slug"),
    "slug absolute": at_field("slug: /etc/x", 7, "bad-slug"),
    "slug backslash": at_field(r"slug: ..\x", 7, "bad-slug"),
    "slug encoded": at_field("slug: '%2e%2e'", 7, "bad-slug"),
    "slug of Windows": at_field("slug: con", 7, "bad-slug"),
    "slug ends in a dot": at_field("slug: a.", 7, "bad-slug"),
    "slug with a space": at_field("slug: 'a '", 7, "bad-slug"),
    "slug too long": at_field(f"slug: {LONG}", 7, "bad-slug"),
    "alias ..": at_field("aliases: /../x/", 10, "bad-alias"),
    "alias backslash": at_field(r"aliases: /..\x/", 10, "bad-alias"),
    "alias encoded": at_field("aliases: /%2e%2e/x/", 10, "bad-alias"),
    "alias drive": at_field("aliases: C:/x/", 10, "bad-alias"),
    "alias of Windows": at_field("aliases: [/a/, /x/NUL.html]", 16, "bad-alias"),
    "alias ends in a dot": at_field("aliases: /a./b/", 10, "bad-alias"),
    "alias too long": at_field(f"aliases: /{LONG}/", 10, "bad-alias"),
    "story ..": at_field("story: ../x", 8, "bad-story"),
    "id ..": at_field("id: ../x", 5, "bad-id"),
    # Pictures
    "picture ..": in_text("![x](../../secret/secret.svg)", 6, "outside"),
    "picture absolute": in_text("![x](/../secret/secret.svg)", 6, "missing-image"),
    "picture absolute on the machine": in_text("![x](/etc/x.svg)", 6, "missing-image"),
    "picture encoded": in_text("![x](%2e%2e/%2e%2e/secret/secret.svg)", 6, "outside"),
    "picture backslash": in_text(r"![x](<..\..\secret\secret.svg>)", 1, "outside"),
    "picture NUL": in_text("![x](a%00.svg)", 6, "outside"),
    "picture too long": in_text(f"![x]({LONG}.svg)", 6, "unreadable"),
    "lead picture ..": at_field("image: {src: ../../secret/secret.svg, alt: x}", 14, "outside"),
    "lead picture drive": at_field(r"image: {src: 'C:\secret.svg', alt: x}", 14, "outside"),
    "lead picture too long": at_field(f"image: {{src: {LONG}.svg, alt: x}}", 14, "unreadable"),
    "article linked to ..": in_text("[x](../../secret/secret.md)", 5, "outside"),
    # Files of the theme
    "logo ..": in_config("theme: {logo: ../secret/secret.svg}", 15, "missing-image"),
    "logo absolute": in_config("theme: {logo: /etc/passwd}", 15, "missing-image"),
    "logo backslash": in_config(r"theme: {logo: '..\secret\secret.svg'}", 15, "missing-image"),
    "logo too long": in_config(f"theme: {{logo: {LONG}.svg}}", 15, "missing-image"),
    "logo NUL": in_config('theme: {logo: "a\\0.svg"}', 15, "control-character"),
    "font ..": in_config(
        "theme: {fonts: {text: 'F, serif', files: [{family: F, file: ../f.woff2}]}}", 61, "missing-font"
    ),
    # Templates
    "include ..": (
        {"templates/_footer.html": '{% include "../config.yaml" %}'},
        [("templates/_footer.html", 1, 1, "template-missing")],
    ),
    "include absolute": (
        {"templates/_footer.html": '{% include "/etc/passwd" %}'},
        [("templates/_footer.html", 1, 1, "template-missing")],
    ),
    "include backslash": (
        {"templates/_footer.html": r'{% include "..\\config.yaml" %}'},
        [("templates/_footer.html", 1, 1, "template-missing")],
    ),
    "include encoded": (
        {"templates/_footer.html": '{% include "%2e%2e/config.yaml" %}'},
        [("templates/_footer.html", 1, 1, "template-missing")],
    ),
    "asset with #": ({"templates/assets/a#1.css": "x"}, [("templates/assets/a#1.css", 1, 1, "bad-address")]),
    "asset of Windows": ({"templates/assets/aux.css": "x"}, [("templates/assets/aux.css", 1, 1, "bad-address")]),
    "templates is a file": ({"templates": "x"}, [("templates", 1, 1, "unreadable")]),
    # Text
    "not UTF-8": (
        {"content/a.md": TEXT.encode() + b"caf\xc3\xa9 caf\xe9"},
        [("content/a.md", 6, 9, "not-utf-8")],
    ),
    "not UTF-8, lone CR": (
        {"content/a.md": (TEXT.replace("\n", "\r")).encode() + b"caf\xe9"},
        [("content/a.md", 6, 4, "not-utf-8")],
    ),
    "UTF-16": ({"content/a.md": TEXT.encode("utf-16")}, [("content/a.md", 1, 1, "not-utf-8")]),
    "UTF-16 without BOM": ({"content/a.md": TEXT.encode("utf-16-le")}, [("content/a.md", 1, 1, "not-utf-8")]),
    "config not UTF-8": (
        {"config.yaml": CONFIG.replace("The Test", "Café").encode("latin-1")},
        [("config.yaml", 1, 11, "not-utf-8")],
    ),
    "template not UTF-8": (
        {"templates/_footer.html": b"fine\ncaf\xe9"},
        [("templates/_footer.html", 2, 4, "not-utf-8")],
    ),
    "NUL": ({"content/a.md": HEAD + "a\0b"}, [("content/a.md", 5, 2, "control-character")]),
    "NUL in front matter": (
        {"content/a.md": TEXT.replace("A t", "A\0t")},
        [("content/a.md", 2, 9, "control-character")],
    ),
    "body only": ({"content/a.md": "The council met."}, [("content/a.md", 1, 1, "no-front-matter")]),
    "empty file": ({"content/a.md": b""}, [("content/a.md", 1, 1, "empty-file")]),
    "white space only": ({"content/a.md": " \r\n\t"}, [("content/a.md", 1, 1, "empty-file")]),
    "empty config": ({"config.yaml": ""}, [("config.yaml", 1, 1, "missing-key")] * 2),
    # Names
    "one id twice": (
        {"content/a.md": fielded("id: x"), "content/b.md": fielded("id: x")},
        [("content/b.md", 3, 5, "duplicate-id")],
    ),
    "capitals apart": (
        {"content/A.md": fielded("slug: x"), "content/a.md": fielded("slug: y")},
        [("content/a.md", 1, 1, "duplicate-name")],
    ),
    "Unicode forms apart": (
        {"content/caf\u00e9.md": TEXT, "content/cafe\u0301.md": TEXT},
        [("content/caf\u00e9.md", 1, 1, "duplicate-name")],
    ),
    "addresses capitals apart": (
        {"content/a.md": fielded("aliases: [/x/, /X/]")},
        [("content/a.md", 3, 16, "duplicate-address")],
    ),
    "pictures of one address": (
        {
            "content/a.md": HEAD + "![x](My%20pic.svg) ![y](my-pic.svg)",
            "content/My pic.svg": SVG,
            "content/my-pic.svg": SVG,
        },
        [("content/my-pic.svg", 1, 1, "duplicate-address")],
    ),
    "newline": ({"content/a\nb.md": TEXT}, [(r"content/a\nb.md", 1, 1, "bad-name")]),
    "newline in a folder's name": ({"content/a\nb/c.md": TEXT}, [(r"content/a\nb", 1, 1, "bad-name")]),
    "blank name": ({"content/ .md": TEXT}, [("content/ .md", 1, 1, "bad-name")]),
    "alias in .git": at_field("aliases: /.git/x/", 10, "bad-alias"),
    "alias below a feed": at_field("aliases: [/a/, /feed.xml/]", 16, "duplicate-address"),
}  # fmt: skip


@pytest.mark.parametrize(("files", "places"), WRITTEN.values(), ids=WRITTEN.keys())
def test_what_is_written_wrongly_is_told_at_its_place(tmp_path: Path, files: Files, places: list[Place]):
    assert told(written(tmp_path, files)) == places


FONT = f"{CONFIG}theme: {{fonts: {{text: 'F, serif', files: [{{family: F, file: f.woff2}}]}}}}\n"
PICTURED = {"content/a.md": HEAD + "![x](p.svg)"}
LINKED = {"content/a.md": HEAD + "![x](out/secret.svg)"}

# What is done to the files of a site, and what is said.
DONE: dict[str, tuple[Files, Deed, list[Place]]] = {
    "link outside": ({}, link("content/a.md", "../../secret/secret.md"), [("content/a.md", 1, 1, "outside")]),
    "absolute link": ({}, link("content/a.md", "/etc/hostname"), [("content/a.md", 1, 1, "outside")]),
    "folder linked outside": (LINKED, link("content/out", "../../secret"),
        [("content/a.md", 5, 6, "outside"), ("content/out", 1, 1, "outside")]),
    "folder linked inside": ({"content/b/c.md": TEXT}, link("content/d", "b"),
        [("content/d", 1, 1, "linked-folder")]),
    "loop of folders": ({}, link("content/d", "."), [("content/d", 1, 1, "linked-folder")]),
    "loop of links": ({}, link("content/a.md", "a.md"), [("content/a.md", 1, 1, "outside")]),
    "dangling link": ({}, link("content/a.md", "gone.md"), [("content/a.md", 1, 1, "outside")]),
    "device": ({}, link("content/a.md", "/dev/zero"), [("content/a.md", 1, 1, "outside")]),
    "FIFO": ({}, fifo("content/a.md"), [("content/a.md", 1, 1, "unreadable")]),
    "FIFO for a brief": ({}, fifo("content/sound.brief.yaml"), [("content/sound.brief.yaml", 1, 1, "unreadable")]),
    "FIFO for an edition": ({}, fifo("content/editions/2026-11-23.yaml"),
        [("content/editions/2026-11-23.yaml", 1, 1, "unreadable")]),
    "FIFO for a picture": (PICTURED, fifo("content/p.svg"), [("content/a.md", 5, 6, "bad-image")]),
    "picture linked outside": (PICTURED, link("content/p.svg", "../../secret/secret.svg"),
        [("content/a.md", 5, 6, "outside"), ("content/p.svg", 1, 1, "outside")]),
    "socket": ({}, listening("content/a.md"), [("content/a.md", 1, 1, "unreadable")]),
    "name not UTF-8": ({}, named_in_bytes(b"caf\xe9.md"), [(r"content/caf\udce9.md", 1, 1, "bad-name")]),
    "no content": ({}, lambda site: shutil.rmtree(site / "content"), [("content", 1, 1, "missing-content")]),
    "content is a file": ({}, lambda site: (shutil.rmtree(site / "content"), (site / "content").touch()),
        [("content", 1, 1, "missing-content")]),
    "config is a FIFO": ({}, lambda site: ((site / "config.yaml").unlink(), os.mkfifo(site / "config.yaml")),
        [("config.yaml", 1, 1, "unreadable")]),
    "logo is a FIFO": ({"config.yaml": f"{CONFIG}theme: {{logo: l.svg}}\n"}, fifo("l.svg"),
        [("config.yaml", 4, 15, "missing-image")]),
    "logo links outside": ({"config.yaml": f"{CONFIG}theme: {{logo: l.svg}}\n"}, link("l.svg", "../secret/secret.svg"),
        [("config.yaml", 4, 15, "missing-image")]),
    "logo links in a loop": ({"config.yaml": f"{CONFIG}theme: {{logo: l.svg}}\n"}, link("l.svg", "l.svg"),
        [("config.yaml", 4, 15, "missing-image")]),
    "font is a FIFO": ({"config.yaml": FONT}, fifo("f.woff2"), [("config.yaml", 4, 61, "missing-font")]),
    "template linked outside": ({}, link("templates/_footer.html", "../../secret/secret.html"),
        [("templates/_footer.html", 1, 1, "outside")]),
    "included text linked outside": ({"templates/_footer.html": '{% include "x.txt" %}'},
        link("templates/x.txt", "../../secret/secret.html"), [("templates/x.txt", 1, 1, "outside")]),
    "text of a folder called almost as that of the assets, linked outside": ({},
        link("templates/my-assets/x.txt", "../../../secret/secret.html"), [("templates/my-assets/x.txt", 1, 1, "outside")]),
    "included folder linked outside": ({"templates/_footer.html": '{% include "out/secret.html" %}'},
        link("templates/out", "../../secret"), [("templates/out/secret.html", 1, 1, "outside")]),
    "template links in a loop": ({}, link("templates/_footer.html", "_footer.html"),
        [("templates/_footer.html", 1, 1, "outside")]),
    "template is a FIFO": ({}, fifo("templates/_footer.html"), [("templates/_footer.html", 1, 1, "unreadable")]),
    "asset linked outside": ({}, link("templates/assets/x.css", "../../../secret/secret.html"),
        [("templates/assets/x.css", 1, 1, "asset-outside")]),
    "asset links in a loop": ({}, link("templates/assets/x.css", "x.css"),
        [("templates/assets/x.css", 1, 1, "asset-outside")]),
    "asset is a FIFO": ({}, fifo("templates/assets/x.css"), [("templates/assets/x.css", 1, 1, "asset-unreadable")]),
    "folder of assets linked outside": ({"templates/_x.txt": ""}, link("templates/assets", "../../secret"),
        [("templates/assets", 1, 1, "asset-outside")]),
    "loop of folders of assets": ({}, link("templates/assets/d", "."),
        [("templates/assets/d", 1, 1, "asset-outside")]),
}  # fmt: skip


@pytest.mark.parametrize(("files", "deed", "places"), DONE.values(), ids=DONE.keys())
def test_what_is_no_file_of_the_site_is_told_at_its_place(
    tmp_path: Path, files: Files, deed: Deed, places: list[Place]
):
    assert told(written(tmp_path, files, deed)) == places


def test_a_device_beside_an_article_is_not_read(tmp_path: Path):
    site = written(tmp_path, {})
    try:
        os.mknod(site / "content" / "a.md", 0o666 | 0o020000, os.makedev(1, 5))  # /dev/zero
    except PermissionError:
        pytest.skip("devices are made by root alone")
    assert told(site) == [("content/a.md", 1, 1, "unreadable")]


ODD = (
    *(
        "a \"b\" 'c'",
        "100%",
        "50%20off",
        "#1 & only",
        "what?",
        "🙂",
        "con",
        "nul.x",
        "trailing. . ",
        "tab&lt;",
    ),
    *("y" * 252, "é" * 126, "x.md"),
)


def test_odd_names_are_built_rightly_and_their_links_lead_there(tmp_path: Path):
    """Names with spaces, quotes, %, #, ?, emoji, of Windows, of 255 bytes: articles, pictures, pages, topics."""
    files: Files = {}
    for number, name in enumerate(ODD):
        head = HEAD.replace("---\n", f"---\ntopics: {json.dumps([name], ensure_ascii=False)}\n", 1)
        files[f"content/{name}.md"] = (
            f"{head}The council met {number} times on Monday. ![x](<{number} %#?.svg>)\n"
        )
        files[f"content/{number} %#?.svg"] = SVG
    for name in ("con", "a#b", "100%", "x.md", "My Folder"):
        files[f"content/pages/{name}/p.md"] = "---\ntitle: A page\n---\nText."
    files["content/x.md/index.md"] = fielded("slug: in-a-folder-named-as-a-file")
    files["templates/_footer.html"] = b"\xef\xbb\xbf{% include 'theme/_footer.html' %}"
    site = written(tmp_path, files, lambda site: (site / "content" / "linked.md").symlink_to("sound.md"))
    assert build_site(site).articles == len(ODD) + 3
    made = tree(site / "site")
    pages = {name: data.decode() for name, data in made.items() if name.endswith(".html")}
    assert [name for name, html in pages.items() if "\ufeff" in html] == []
    dead = [
        (name, target)
        for name, html in pages.items()
        for target in re.findall(r'(?:href|src)="/sheet/([^"]*)"', html)
        if not leads_somewhere(target, made)
    ]
    assert dead == []
    assert len([name for name in made if name.endswith(".svg") and name.startswith("2026/")]) == len(ODD)
    told_of = "".join(pages.values())
    assert [n for n in range(len(ODD)) if f"met {n} times" not in told_of] == []


def leads_somewhere(target: str, made: dict[str, bytes]) -> bool:
    from html import unescape
    from urllib.parse import unquote, urlsplit

    path = unquote(urlsplit(unescape(target)).path)
    return (f"{path}index.html" if path.endswith("/") or not path else path) in made


def test_content_and_templates_may_be_links_themselves(tmp_path: Path):
    site = written(tmp_path, {"templates/_footer.html": "A foot.", "content/p.svg": SVG, **PICTURED})
    for name in ("content", "templates"):
        (site / name).rename(tmp_path / name)
        (site / name).symlink_to(tmp_path / name)
    assert build_site(site).articles == 2
    assert "A foot." in (site / "site" / "index.html").read_text()


def test_a_brief_that_could_be_of_two_articles_is_told(tmp_path: Path):
    files: Files = {"content/a.md": fielded("slug: x"), "content/a.markdown": fielded("slug: y")}
    site = written(tmp_path, {**files, "content/a.brief.yaml": "key_points: []\n"})
    assert told(site) == [("content/a.brief.yaml", 1, 1, "stray-brief")]


@pytest.mark.parametrize("name", ["Icon\r", ".hidden\n.md", ".#locked.md"])
def test_what_nobody_reads_is_passed_over(tmp_path: Path, name: str):
    """An icon of macOS, a hidden file, the lock of an editor (a link to nowhere)."""
    site = written(tmp_path, {})
    (site / "content" / name).symlink_to("me@host.1") if "#" in name else (site / "content" / name).touch()
    assert content.read(site / "content", "UTC", "en").problems == ()


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        HEAD.encode(),
        HEAD.rstrip().encode(),
    ],
    ids=["BOM", "CRLF", "lone CR", "front matter only", "front matter only, no line end"],
)
def test_whatever_an_editor_saves_is_read(tmp_path: Path, data: bytes):
    site = written(tmp_path, {"content/a.md": data})
    made = content.read(site / "content", "UTC", "en")
    assert made.problems == ()
    assert [article.title for article in made.articles if article.path == "a.md"] == ["A title"]


# ------------------------------------------------------------------------ files that nobody may read

CLOSED = """
import contextlib, ctypes, json, os, sys
if os.geteuid() == 0 and "bare" not in sys.argv:
    # Root may read everything by two capabilities; without them it is a user like any other.
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if any(prctl(24, capability, 0, 0, 0) for capability in (1, 2)):
        print("null")
        sys.exit()
    os.execv(sys.executable, [sys.executable, "-c", os.environ["CLOSED"], *sys.argv[1:], "bare"])
from pathlib import Path
from generator.problems import InvalidSource
from tests.building import build_site
said = {}
for name, (site, path) in json.loads(sys.argv[1]).items():
    closed = Path(site, path)
    mode = closed.stat().st_mode
    closed.chmod(0o600 if name.endswith("entered") else 0)
    try:
        build_site(Path(site))
        said[name] = "built"
    except InvalidSource as error:
        said[name] = [[it.path, it.line, it.column, it.code] for it in error.problems]
    finally:
        closed.chmod(mode)
print(json.dumps(said))
"""

SHUT: dict[str, tuple[str, list[Place]]] = {
    "article": ("content/a.md", [("content/a.md", 1, 1, "unreadable")]),
    "brief": ("content/a.brief.yaml", [("content/a.brief.yaml", 1, 1, "unreadable")]),
    "edition": ("content/editions/2026-11-23.yaml", [("content/editions/2026-11-23.yaml", 1, 1, "unreadable")]),
    "picture": ("content/p.svg", [("content/a.md", 5, 6, "unreadable")]),
    "folder of articles": ("content/f", [("content/f", 1, 1, "unreadable")]),
    "folder that cannot be entered": ("content/f", [("content/f/b.md", 1, 1, "unreadable")]),
    "content": ("content", [("content", 1, 1, "unreadable")]),
    "config": ("config.yaml", [("config.yaml", 1, 1, "unreadable")]),
    "logo": ("l.svg", [("config.yaml", 4, 15, "unreadable")]),
    "template": ("templates/_footer.html", [("templates/_footer.html", 1, 1, "unreadable")]),
    "folder of templates": ("templates/parts", [("templates/parts", 1, 1, "unreadable")]),
    "templates": ("templates", [("templates", 1, 1, "unreadable")]),
    "asset": ("templates/assets/x.css", [("templates/assets/x.css", 1, 1, "asset-unreadable")]),
    "folder of assets": ("templates/assets", [("templates/assets", 1, 1, "asset-unreadable")]),
}  # fmt: skip


def test_what_may_not_be_read_is_told_at_its_place(tmp_path: Path):
    """One process builds the site for each of them, a process that permissions bind."""
    files: Files = {
        "config.yaml": f"{CONFIG}theme: {{logo: l.svg}}\n",
        "l.svg": SVG,
        "content/p.svg": SVG,
        "content/f/b.md": TEXT,
        **PICTURED,
        "content/a.brief.yaml": "key_points: []\n",
        "content/editions/2026-11-23.yaml": "note: A note.\n",
        "templates/_footer.html": "{% include 'parts/x.html' %}",
        "templates/parts/x.html": "x",
        "templates/assets/x.css": "x",
    }
    site = str(write_site(tmp_path, files))
    todo = {name: (site, path) for name, (path, _) in SHUT.items()}
    env = {**os.environ, "PYTHONPATH": str(ROOT), "CLOSED": CLOSED}
    command = [sys.executable, "-c", CLOSED, json.dumps(todo)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    if said is None:
        pytest.skip("root may read everything here")
    assert {name: [tuple(place) for place in places] for name, places in said.items()} == {
        name: places for name, (_, places) in SHUT.items()
    }


# --------------------------------------------------------------- files that change while they are read


def truncated(file: Path) -> None:
    file.write_text("")


def grown(file: Path) -> None:
    with file.open("a") as opened:
        opened.write("more, and ")


@pytest.mark.parametrize("change", [truncated, grown])
def test_a_file_that_changes_once_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
):
    file = tmp_path / "a.md"
    file.write_text("first ")
    meddle(monkeypatch, file, change, times=1)
    assert disk.read(file, 1000) == file.read_bytes() != b"first "


def test_a_file_that_never_stands_still_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    site = written(tmp_path, {"content/a.md": TEXT})
    file = site / "content" / "a.md"
    meddle(monkeypatch, file, grown, times=100)
    made = content.read(site / "content", "UTC", "en")
    assert {(p.path, p.code, p.message) for p in made.problems} >= {
        ("content/a.md", "unreadable", "this cannot be read: it changes while it is read")
    }


def meddle(
    monkeypatch: pytest.MonkeyPatch, file: Path, change: Callable[[Path], None], *, times: int
) -> None:
    """Change a file so many times after it was looked at and before it is read."""
    look, left = os.fstat, iter(range(times))

    def fstat(descriptor: int) -> os.stat_result:
        found = look(descriptor)
        if next(left, None) is not None:
            change(file)
        return found

    monkeypatch.setattr(os, "fstat", fstat)


def test_a_file_that_vanishes_is_told(tmp_path: Path):
    site = written(tmp_path, {"content/a.md": TEXT, "content/b.md": TEXT})

    def late(work: Callable[[Any], Any], items: list[Any]) -> Iterator[Any]:
        (site / "content" / "a.md").unlink()
        os.replace(site / "content" / "b.md", site / "content" / "c.md")  # noqa: PTH105
        return map(work, items)

    made = content.read(site / "content", "UTC", "en", late)
    assert [(p.path, p.code) for p in made.problems] == [
        ("content/a.md", "unreadable"),
        ("content/b.md", "unreadable"),
    ]


SCRIPTED = SVG.replace("/>", "><script>1</script></svg>")


@pytest.mark.parametrize(
    "deed",
    [
        lambda file: file.unlink(),
        lambda file: file.write_text(SVG.replace("6", "7")),
        lambda file: file.write_text(SVG[:-9]),
        lambda file: file.write_text(SCRIPTED),
        lambda file: (file.unlink(), file.symlink_to("../../secret/secret.svg")),
        lambda file: (file.unlink(), os.mkfifo(file)),
    ],
    ids=["gone", "another", "shorter", "with a script", "a link outside", "a FIFO"],
)
def test_a_picture_that_changes_after_its_article_was_read_is_not_published(tmp_path: Path, deed: Deed):
    site = written(tmp_path, {**PICTURED, "content/p.svg": SVG})
    made = content.read(site / "content", "UTC", "en")
    deed(site / "content" / "p.svg")
    with pytest.raises(InvalidSource) as raised:
        list(content.picture_files(site / "content", made.articles, made.pages))
    assert [(it.path, it.code) for it in raised.value.problems] == [("content/p.svg", "unreadable")]


# ------------------------------------------------------------------------------------------- clocks


def test_a_clock_before_all_articles_holds_them_back(tmp_path: Path):
    site = written(tmp_path, {"content/a.md": TEXT})
    report = build_site(site, datetime(1970, 1, 1, tzinfo=UTC))
    assert (report.articles, report.held.future) == (0, 2)
    assert report.held.due == datetime(2026, 11, 23, tzinfo=UTC)
    assert (site / "site" / "index.html").is_file()


def test_times_of_files_mean_nothing(tmp_path: Path):
    site = written(tmp_path, {})
    build_site(site)
    before = tree(site / "site")
    for moment, file in zip((0, 4_102_444_800, 1), (site / "content").rglob("*"), strict=False):
        os.utime(file, (moment, moment))
    build_site(site)
    assert tree(site / "site") == before


@pytest.mark.parametrize(
    ("zone", "date", "moment"),
    [
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T03:30:00+02:00"),  # skipped
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25T02:30:00+02:00"),  # twice: the first
        ("Europe/Berlin", "2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+01:00"),  # twice: the second
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"),  # midnight skipped
        ("Atlantic/Azores", "2026-10-25", "2026-10-25T00:00:00+00:00"),  # midnight twice
        ("Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"),  # the whole day skipped
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-04T02:45:00+11:00"),  # by half an hour
    ],
)
def test_hours_that_the_clocks_skip_or_tell_twice(tmp_path: Path, zone: str, date: str, moment: str):
    site = written(tmp_path, {"content/a.md": TEXT.replace("2026-11-23", f'"{date}"')})
    made = content.read(site / "content", zone, "en")
    assert made.problems == ()
    (article,) = (article for article in made.articles if article.path == "a.md")
    assert article.published.isoformat() == moment


# ------------------------------------------------------------------------------------------- site/


OLD = [File("index.html", b"old"), File("a/b/index.html", b"a"), File("gone.html", b"x")]
NEW = [File("index.html", b"new"), File("a/b/index.html", b"a"), File("c/index.html", b"c")]


def put(files: list[File], folder: Path) -> publish.Published:
    return publish.publish(files, folder / "site", folder / ".cache")


@pytest.mark.parametrize("target", ["gone", "site"], ids=["dangling", "loop"])
def test_a_site_that_is_a_link_to_nowhere_is_refused(tmp_path: Path, target: str):
    (tmp_path / "site").symlink_to(target)
    with pytest.raises(Refusal, match="is no plain folder"):
        put(NEW, tmp_path)
    assert (tmp_path / "site").is_symlink()


def test_a_fifo_in_the_site_is_taken_away(tmp_path: Path):
    put(OLD, tmp_path)
    (tmp_path / "site" / "index.html").unlink()
    os.mkfifo(tmp_path / "site" / "index.html")
    os.mkfifo(tmp_path / "site" / "pipe")
    put(OLD, tmp_path)
    made = tree(tmp_path / "site")
    assert made.pop(publish.MANIFEST)
    assert made == {file.path: file.data for file in OLD}


@pytest.mark.parametrize("name", [publish.MANIFEST, publish.KEPT])
def test_a_fifo_in_place_of_the_builds_own_files_is_not_waited_for(tmp_path: Path, name: str):
    put(OLD, tmp_path)
    (tmp_path / "site" / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / "site" / name)
    with pytest.raises(Refusal):
        put(NEW, tmp_path)
    assert (tmp_path / "site" / "index.html").read_bytes() == b"old"


@pytest.mark.parametrize("deed", [lambda path: path.write_text("x"), os.mkfifo], ids=["file", "FIFO"])
def test_a_work_folder_that_is_none_is_refused(tmp_path: Path, deed: Deed):
    deed(tmp_path / ".cache")
    with pytest.raises(Refusal, match="site/ is as it was"):
        put(NEW, tmp_path)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
@pytest.mark.parametrize(
    ("door", "step", "least"), [(os, "mkdir", 1), (os, "open", 2), (Path, "write_bytes", 1)]
)
def test_a_disk_that_fails_at_any_step_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, door: Any, step: str, least: int, code: int
):
    put(OLD, tmp_path)
    before = tree(tmp_path / "site")
    real = getattr(door, step)
    for failing in range(least):
        calls = iter(range(100))

        def full(path: Any, *given: Any, _calls: Any = calls, _failing: int = failing, **more: Any) -> Any:
            if Path(path).is_relative_to(tmp_path / ".cache" / "next") and next(_calls) == _failing:
                raise OSError(code, os.strerror(code), str(path))
            return real(path, *given, **more)

        with monkeypatch.context() as patch:
            patch.setattr(door, step, full)
            with pytest.raises(Refusal, match=os.strerror(code)):
                put(NEW, tmp_path)
        assert tree(tmp_path / "site") == before
        assert not (tmp_path / ".cache" / "next").exists()
    put(NEW, tmp_path)


FULL = """
import resource, sys
from generator import forks
from tests.building import build_site, Path
site = Path(sys.argv[1])
build_site(site)
(site / "content" / "new.md").write_text((site / "content" / "sound.md").read_text())
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
forks.LEAST = 1 if sys.argv[2] == "3" else forks.LEAST
sys.argv = ["broadsheet", "build", str(site), "--jobs", sys.argv[2]]
from generator.cli import main
main()
"""


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_disk_that_is_full_during_a_build_leaves_the_old_site(tmp_path: Path, jobs: str):
    site = written(tmp_path, {})
    env = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1795521600"}
    command = [sys.executable, "-c", FULL, str(site), jobs]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "File too large" in done.stderr
    assert "new" not in {path.parent.name for path in (site / "site").rglob("index.html")}
    assert (site / "site" / "2026" / "11" / "sound" / "index.html").is_file()


# -------------------------------------------------------------------------------------- the document


def rows() -> list[list[str]]:
    """Rows of the tables: fault, what we answer, tests, Hugo, Pelican."""
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    lines = (line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| Fault |"))
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_the_page_on_reliability_names_tests_that_are_there():
    defined = {
        name
        for file in (ROOT / "tests").glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    table = rows()
    assert [row for row in table if len(row) != 5 or not all(row)] == []
    assert [row[0] for row in table if not re.search(r"`(test_\w+|tests/[\w/-]+)`", row[2])] == []
    assert {name for row in table for name in re.findall(r"`(test_\w+)`", row[2])} - defined == set()
    folders = {name for row in table for name in re.findall(r"`(tests/[\w/-]+)`", row[2])}
    assert [name for name in folders if not (ROOT / name).is_dir()] == []


def test_the_page_on_reliability_has_a_row_for_each_fault_that_is_measured():
    source = (ROOT / "benchmarks" / "faults.py").read_text(encoding="utf-8")
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    measured = [ast.literal_eval(it.args[0]) for it in calls if ast.unparse(it.func) == "Fault"]
    table = {row[0]: row for row in rows()}
    assert len(measured) > 40
    assert [name for name in measured if name not in table] == []
    assert [name for name in measured if "not measured" in table[name]] == []


def test_config_that_vanished_is_told(tmp_path: Path):
    with pytest.raises(InvalidSource, match="missing-config"):
        config.read(tmp_path)


def test_a_config_that_lies_elsewhere_is_not_read(tmp_path: Path):
    (tmp_path / "secret").write_text("root: x")
    site = tmp_path / "site"
    site.mkdir()
    (site / "config.yaml").symlink_to("../secret")
    with pytest.raises(InvalidSource) as raised:
        config.read(site)
    assert [(it.path, it.code) for it in raised.value.problems] == [("config.yaml", "outside")]
    assert "root" not in str(raised.value)
    (site / "own.yaml").write_text(CONFIG)
    (site / "config.yaml").unlink()
    (site / "config.yaml").symlink_to("own.yaml")
    assert config.read(site).config.title


def test_faults_of_front_matter_and_text_are_told_together(tmp_path: Path):
    text = "---\ntitle: A\n{}\n---\n\n[y](zz) and ![x](no.png)\n"
    for matter in ("date: 2026-11-23\nzz: 1", "slug: a"):
        write_site(tmp_path, {"content/a.md": text.format(matter), "config.yaml": CONFIG})
        codes = {problem.code for problem in content.read(tmp_path / "content", "UTC", "en").problems}
        assert {"relative-link", "missing-image"} < codes
        assert codes & {"unknown-key", "missing-key"}
