"""The documentation as a site: every page has its place, every link leads somewhere, nothing is asked of others."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Elements that make a browser fetch something, and the attribute that says from where.
FETCHED = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src", "video": "src"}


def built(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        str(Path(sys.executable).parent / "properdocs"),
        "build",
        "--strict",
        "--config-file",
        "mkdocs.yml",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "SECURITY.md"):
        shutil.copy(ROOT / name, folder)
    for name in ("fuzz", "generator", "tests"):  # pages link into them
        (folder / name).symlink_to(ROOT / name)
    done = built(folder)
    assert done.returncode == 0, done.stderr
    return folder


class Fetches(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in FETCHED and (address := given.get(FETCHED[tag])) and given.get("rel") != "canonical":
            self.found.append(address)


def test_every_page_is_there_and_nothing_is_asked_of_others(copy: Path):
    pages = {path.stem for path in (copy / "docs").glob("*.md")} - {"README"} | {"index", "SECURITY"}
    made = {path.stem for path in (copy / "dist" / "docs").glob("*.html")}
    assert pages <= made
    for page in (copy / "dist" / "docs").rglob("*.html"):
        reader = Fetches()
        reader.feed(page.read_text(encoding="utf-8"))
        assert reader.found
        assert [address for address in reader.found if re.match(r"(\w+:)?//", address)] == [], page
    sheets = [path.read_text(encoding="utf-8") for path in (copy / "dist" / "docs").rglob("*.css")]
    assert [
        found for sheet in sheets for found in re.findall(r"url\(['\"]?(?:https?:)?//[^)]*\)", sheet)
    ] == []


def test_what_leads_out_of_the_folder_leads_to_the_same_page_or_to_the_repository(copy: Path):
    index = (copy / "dist" / "docs" / "index.html").read_text(encoding="utf-8")
    assert 'href="SECURITY.html"' in index
    assert 'href="https://github.com/example/broadsheet/tree/main/docs/decisions"' in index
    security = (copy / "dist" / "docs" / "SECURITY.html").read_text(encoding="utf-8")
    assert 'href="reliability.html' in security


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("hosting.md", "[x](nowhere.md)", "nowhere.md"),
        ("hosting.md", "[x](commands.md#broadsheet-nonsense)", "#broadsheet-nonsense"),
        ("alone.md", "# A page without a place", "alone.md"),
    ],
)
def test_a_link_that_leads_nowhere_fails(copy: Path, name: str, text: str, said: str):
    page = copy / "docs" / name
    before = page.read_text(encoding="utf-8") if page.exists() else None
    page.write_text(f"{before or ''}\n{text}\n", encoding="utf-8")
    done = built(copy)
    if before is None:
        page.unlink()
    else:
        page.write_text(before, encoding="utf-8")
    assert done.returncode != 0
    assert said in done.stderr
