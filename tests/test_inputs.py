"""When a build may say at once that nothing has changed, and when it may not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator import inputs, trees
from generator.bundle import theme_folder
from tests.building import ARTICLE, CONFIG, write_site
from tests.running import run

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TOLD = {"articles": 1}
LATER = ARTICLE.replace("2026-11-23", "2026-11-30")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {"content/a.md": ARTICLE, "templates/x.txt": "x", "font.woff2": b"f"}
    write_site(tmp_path, files)
    (tmp_path / ".cache").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("old")
    return tmp_path


def remember(folder: Path, seconds: float = 10, since: datetime | None = None, until: datetime | None = None):
    named = [folder / "font.woff2", folder / "missing.woff2"]
    clock = time.time_ns() + int(seconds * 1e9)
    found = inputs.with_named(inputs.look(folder, theme_folder(), ["x"], clock=clock), named)
    state = trees.remember(folder / ".cache" / "seen", trees.looked_at(folder / "site"))
    inputs.remember(folder / ".cache", found, named, since, until, TOLD, site=state)


def unchanged(folder: Path, asked: str = "x", now: datetime = NOW) -> object:
    found = inputs.look(folder, theme_folder(), [asked], clock=0)
    return inputs.unchanged(found, folder / ".cache", folder / "site", now)


def test_what_the_last_build_told_is_told_again(folder: Path):
    assert unchanged(folder) is None
    remember(folder)
    assert unchanged(folder) == TOLD
    assert unchanged(folder, asked="y") is None


CHANGES: dict[str, Callable[[Path], object]] = {
    "a text": lambda f: (f / "content" / "a.md").write_text(ARTICLE + "More.\n"),
    "a text of the same length": lambda f: (f / "content" / "a.md").write_text(ARTICLE.swapcase()),
    "a text with its old time": lambda f: aged(f / "content" / "a.md", ARTICLE.swapcase()),
    "a new file": lambda f: (f / "content" / "b.md").write_text(ARTICLE),
    "a new file in a new folder": lambda f: write_site(f, {"content/x/b.md": ARTICLE}),
    "a file gone": lambda f: (f / "content" / "a.md").unlink(),
    "a file renamed": lambda f: (f / "content" / "a.md").rename(f / "content" / "b.md"),
    "a file where Python would put bytecode": lambda f: write_site(f, {"content/__pycache__/b.md": ARTICLE}),
    "a link": lambda f: (f / "content" / "b.md").symlink_to("a.md"),
    "the content gone": lambda f: shutil.rmtree(f / "content"),
    "the config": lambda f: (f / "config.yaml").write_text("title: Other\nurl: https://a.example/\n"),
    "the config gone": lambda f: (f / "config.yaml").unlink(),
    "a template": lambda f: (f / "templates" / "base.html").write_text("x"),
    "a font": lambda f: (f / "font.woff2").write_bytes(b"g"),
    "a font that was missing": lambda f: (f / "missing.woff2").write_bytes(b"g"),
    "a page of the site": lambda f: (f / "site" / "index.html").write_text("new"),
    "a page of the site gone": lambda f: (f / "site" / "index.html").unlink(),
    "a stray in the site": lambda f: (f / "site" / "stray").write_text(""),
    "an empty folder in the site": lambda f: (f / "site" / "empty").mkdir(),
    "the site gone": lambda f: shutil.rmtree(f / "site"),
    "the record": lambda f: (f / ".cache" / "built").write_bytes((f / ".cache" / "built").read_bytes()[:-3]),
    "the record's form": lambda f: (f / ".cache" / "built").write_bytes(b"broadsheet built 0 x\n{}"),
    "the cache gone": lambda f: shutil.rmtree(f / ".cache"),
}


def aged(file: Path, text: str) -> None:
    before = file.stat()
    file.write_text(text)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
@pytest.mark.parametrize("change", CHANGES)
def test_any_change_is_noticed(change: str, large: bool, folder: Path, monkeypatch: pytest.MonkeyPatch):
    if large:  # so that it is looked at in two processes, and not in full
        monkeypatch.setattr(inputs, "MANY", 0)
        monkeypatch.setattr(time, "time_ns", lambda now=time.time_ns: now() + 10**10)
    remember(folder)
    assert unchanged(folder) == TOLD
    CHANGES[change](folder)
    assert unchanged(folder) is None


def test_what_may_have_been_saved_again_in_the_same_moment_is_not_trusted(folder: Path):
    remember(folder, seconds=1)
    assert unchanged(folder) is None


def test_it_holds_until_something_is_due_and_not_before_it_was_published(folder: Path):
    remember(folder, since=NOW - timedelta(hours=1), until=NOW + timedelta(hours=1))
    hours = [-2, -1, 0, 0.99, 1, 30]
    told = [unchanged(folder, now=NOW + timedelta(hours=hour)) is not None for hour in hours]
    assert told == [False, True, True, True, False, False]


def test_a_build_of_nothing_new_says_the_same_and_loads_no_library(tmp_path: Path):
    write_site(tmp_path, {"content/a.md": ARTICLE, "content/l.md": LATER})
    first = json.loads(run("build", tmp_path, "--json").stdout)
    settle(tmp_path)
    code = (
        "import sys; from generator.cli import cli\n"
        "try: cli.main(['build', sys.argv[1], '--json'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('yaml', 'pydantic', 'jinja2', 'markdown', 'lxml', 'PIL', 'generator.model')"
        " if m in sys.modules])"
    )
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1795521600", "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path], env=env, capture_output=True, text=True, check=True
    )
    told, _, loaded = done.stdout.rpartition("}\n")
    again = json.loads(told + "}")
    assert loaded.strip() == "[]"
    files = first["published"]["files"]
    assert again.pop("published") == {**first.pop("published"), "written": 0, "unchanged": files}
    assert {**again, "seconds": 0} == {**first, "seconds": 0}
    due = run("build", tmp_path, "--json", SOURCE_DATE_EPOCH=str(1795521600 + 9 * 86400))
    assert json.loads(due.stdout)["articles"] == 2


# The clock goes on by ten seconds each time that it is looked at, as where a site takes long to build.
SLOW = (
    "import itertools, sys, time; now, ticks = time.time_ns, itertools.count()\n"
    "time.time_ns = lambda: now() + next(ticks) * 10**10\n"
    "from pathlib import Path; from generator import build\n"
    "make = build.build\n"
    "def saved(*given, **named):\n"
    "    text = Path(sys.argv[1], 'content/a.md'); before = text.read_bytes()\n"
    "    text.write_bytes(before.replace(b'May', b'Jun'))\n"
    "    try: return make(*given, **named)\n"
    "    finally: text.write_bytes(before)\n"
    "if 'saved' in sys.argv: build.build = saved\n"
    "def moved(*given, **named):\n"
    "    place, aside = (Path(sys.argv[1], name) for name in (sys.argv[3], 'aside'))\n"
    "    place.rename(aside)\n"
    "    if sys.argv[3] == 'content': place.symlink_to('other')\n"
    "    try: return make(*given, **named)\n"
    "    finally:\n"
    "        if sys.argv[3] == 'content': place.unlink()\n"
    "        if 'back' in sys.argv: aside.rename(place)\n"
    "if 'moved' in sys.argv: build.build = moved\n"
    "if 'blind' in sys.argv:\n"  # a disk whose clock stands still
    "    from generator import inputs\n"
    "    look = inputs._found\n"
    "    class Known:\n"
    "        st_mtime_ns = st_ctime_ns = now() - 10**9; st_ino = 1\n"
    "        def __init__(self, known): self.st_size, self.st_mode = known.st_size, known.st_mode\n"
    "    def found(place, deep, ours=False):\n"
    "        for name, it, *more in look(place, deep=deep, ours=ours):\n"
    "            yield name, Known(it) if name.endswith('/a.md') else it, *more\n"
    "    inputs._found = found\n"
    "from generator.cli import cli; cli.main(['build', sys.argv[1], '-q'], standalone_mode=False)"
)


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ([], True),
        (["blind"], True),
        (["saved"], False),
        (["saved", "blind"], False),
        (["moved", "content/x"], False),
        (["moved", "content/x", "back"], False),
        (["moved", "content", "back"], False),
        (["moved", "templates", "back"], False),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else str(it),
)
def test_what_was_saved_just_before_is_known_if_it_is_seen_later_to_be_what_was_read(
    asked: list[str], known: bool, tmp_path: Path
):
    files = {"content/a.md": ARTICLE, "content/x/b.md": LATER, "templates/a.css": "a", "other/c.md": ARTICLE}
    write_site(tmp_path, {**files, "config.yaml": CONFIG})
    time.sleep(2.1)  # nobody can set the time of a file's node
    (tmp_path / "content/a.md").write_text(ARTICLE + "More.\n")
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1795521600", "PYTHONPATH": str(Path(__file__).parent.parent)}
    subprocess.run([sys.executable, "-c", SLOW, tmp_path, *asked], env=env, check=True)
    assert (tmp_path / ".cache" / "built").exists() is known


def settle(folder: Path) -> None:
    """Let the last build count as one that began long after anything was saved."""
    code = (
        "import sys, time; now = time.time_ns; time.time_ns = lambda: now() + 10**10\n"
        "from generator.cli import cli; cli.main(['build', sys.argv[1], '-q'])"
    )
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1795521600", "PYTHONPATH": str(Path(__file__).parent.parent)}
    subprocess.run([sys.executable, "-c", code, folder], env=env, check=True)
    assert (folder / ".cache" / "built").exists()


def test_a_cache_that_others_brought_is_refused_here_too(folder: Path):
    remember(folder)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-f", ".cache"], cwd=folder, check=True)
    done = run("build", folder)
    assert done.returncode == 1
    assert "tracked by git" in done.stderr


CLOSED = """
import os, sys
from pathlib import Path
from generator import inputs
folder = Path(sys.argv[1])
inputs.look(folder, folder / "theme", [], clock=0)  # what it imports may be closed to others
if os.getuid() == 0:
    os.setuid(65534)
print(inputs.look(folder, folder / "theme", [], clock=0).digest)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are those of POSIX")
def test_a_folder_that_is_closed_is_for_the_build_to_tell():
    folder = Path(tempfile.mkdtemp())  # pytest's own folders are closed to other users
    try:
        write_site(folder, {"content/a.md": ARTICLE, "content/closed/b.md": ARTICLE})
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755)
        (folder / "content" / "closed").chmod(0)
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
        command = [sys.executable, "-c", CLOSED, str(folder)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
    finally:
        (folder / "content" / "closed").chmod(0o700)
        shutil.rmtree(folder)
