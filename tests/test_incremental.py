"""A warm build equals a clean one, whatever happened in between; and it makes no more than it must."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import pytest
from PIL import Image

import generator.build as press
from generator import forks, pieces, processes, versions
from generator.model import File
from generator.pages import render
from generator.problems import InvalidSource
from tests.building import NOW, build_site, tree, write_site
from tests.running import run

NAMES = ("Corvane", "Sable Systems", "Ada Moreno", "the county of Wells", "Harbour Grid")
TEXTS = (
    "{0} will pay $3 billion for the plant, and {1} sells it. It opens in May 2027, said {2}.",
    "The council voted 7 to 2 on Monday. “A queue is not a forecast,” said {2} of {0}.",
    "{0} and {1} share 400 megawatts of power. Most of it goes to {3}, which pays for the line.",
    "Nobody at {4} would say how many jobs are lost. {0} counts 212 objections in four days.",
)
OWN = (
    '{{% extends "theme/article.html" %}}\n{{% block text %}}{{{{ super() }}}}<p>{}</p>{{% endblock %}}\n',
    (
        "{{ site.entries | length }}",
        "{{ site['title'] }}",
        "{% set all = site %}{{ all.topics | length }}",
        "own",
    ),
)


class Desk:
    """A site that is changed at random, by a seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.random, self.now = folder, Random(seed), NOW
        self.count = 0
        self.program = ""  # another version of it, or of a library
        self.begin()

    def begin(self) -> None:
        shutil.rmtree(self.folder / "content", ignore_errors=True)
        write_site(self.folder, {"content/pages/about.md": "---\ntitle: About\n---\nWho we are.\n"})
        for _ in range(8):
            self.add()

    def text(self) -> str:
        names = self.random.sample(NAMES, len(NAMES))
        return "\n\n".join(text.format(*names) for text in self.random.sample(TEXTS, 3))

    def article(self) -> str:
        day = NOW - timedelta(days=self.random.randrange(-2, 40), hours=self.random.randrange(12))
        lines = [
            f"title: {self.random.choice(NAMES)} in No. {self.random.randrange(30)}",
            f"date: {day.isoformat()}",
        ]
        lines += [f"topics: [{self.random.choice(['Grid', 'Halls', 'Jobs'])}]"]
        lines += [f"source: {{name: Wire {self.random.randrange(3)}}}"]
        if self.random.random() < 0.2:
            lines.append("corrections: [{date: 2026-11-23T10:00:00Z, text: It was 7.}]")
        return "---\n" + "\n".join(lines) + f"\n---\n\n{self.text()}\n"

    def articles(self) -> list[Path]:
        return sorted([*self.folder.glob("content/*.md"), *self.folder.glob("content/desk/*.md")])

    def add(self) -> None:
        self.count += 1
        write_site(self.folder, {f"content/a{self.count}.md": self.article()})

    def rewrite(self) -> None:
        self.random.choice(self.articles()).write_text(self.article())

    def append(self) -> None:
        file = self.random.choice(self.articles())
        file.write_text(f"{file.read_text()}\nMore was said by {self.random.choice(NAMES)}.\n")

    def remove(self) -> None:
        if len(self.articles()) > 3:
            self.random.choice(self.articles()).unlink()

    def rename(self) -> None:
        self.count += 1
        folder = self.folder / "content" / self.random.choice(["", "desk"])
        folder.mkdir(exist_ok=True)
        self.random.choice(self.articles()).rename(folder / f"a{self.count}.md")

    def redate(self) -> None:
        file = self.random.choice(self.articles())
        day = NOW - timedelta(days=self.random.randrange(60))
        file.write_text(
            re.sub(r"^date: .*$", f"date: {day.isoformat()}", file.read_text(), count=1, flags=re.MULTILINE)
        )

    def draft(self) -> None:
        file = self.random.choice(self.articles())
        file.write_text(file.read_text().replace("date:", "draft: true\ndate:", 1))

    def brief(self) -> None:
        file = self.random.choice(self.articles())
        summary = self.random.choice(["", "Nobody would say."])
        file.with_suffix(".brief.yaml").write_text(f"editor: Ada\nsummary: {summary!r}\n")

    def picture(self) -> None:
        shade = self.random.randrange(256)
        Image.new("L", (40, 30), shade).save(self.folder / "content" / "p.png")
        file = self.random.choice(self.articles())
        file.write_text(f"{file.read_text()}\n![A hall](p.png)\n")

    def link(self) -> None:
        one, other = self.random.sample(self.articles(), 2)
        one.write_text(f"{one.read_text()}\nSee [it]({other.name}).\n")

    def page(self) -> None:
        write_site(self.folder, {"content/pages/about.md": f"---\ntitle: About\n---\n{self.text()}\n"})

    def edition(self) -> None:
        write_site(self.folder, {"content/editions/2026-11-23.yaml": f"title: {self.random.choice(NAMES)}\n"})

    def settings(self) -> None:
        lines = ["title: The News", "url: https://news.example/"]
        lines += self.random.sample(
            [
                "edition: {period: week}",
                "search: false",
                "feed: {items: 3}",
                "timezone: Asia/Tokyo",
                "language: de",
                "footer: {text: Ours}",
            ],
            self.random.randrange(4),
        )
        (self.folder / "config.yaml").write_text("\n".join([*lines, ""]))

    def template(self) -> None:
        head, bodies = OWN
        write_site(self.folder, {"templates/article.html": head.format(self.random.choice(bodies))})

    def part(self) -> None:
        """A part that every page includes."""
        write_site(self.folder, {"templates/_footer.html": f"<footer>{self.random.choice(NAMES)}</footer>"})

    def no_template(self) -> None:
        shutil.rmtree(self.folder / "templates", ignore_errors=True)

    def style(self) -> None:
        write_site(self.folder, {"templates/assets/theme.css": f"p {{ order: {self.random.randrange(9)} }}"})

    def clock(self) -> None:
        self.now = NOW + timedelta(days=self.random.randrange(0, 4), minutes=self.random.randrange(1440))

    def version(self) -> None:
        self.program = f"version {self.random.randrange(3)}"

    def damage(self) -> None:
        """What a full disk, a cleaner or a curious hand does to what is kept."""
        for folder in (".cache", "site"):
            files = sorted(path for path in (self.folder / folder).rglob("*") if path.is_file())
            for file in self.random.sample(files, min(6, len(files))):
                if file.name in ("lock", ".broadsheet.json"):
                    continue
                data = bytearray(file.read_bytes())
                at = self.random.randrange(len(data) or 1)
                match self.random.choice(["lost", "cut", "flipped", "flipped in place"]):
                    case "lost":
                        file.unlink()
                    case "cut":
                        file.unlink()
                        file.write_bytes(data[:at])
                    case "flipped" if data:
                        file.unlink()
                        data[at] ^= 1 << self.random.randrange(8)
                        file.write_bytes(data)
                    case _ if data:
                        data[at] ^= 1 << self.random.randrange(8)
                        file.write_bytes(data)

    def lose(self) -> None:
        lost = self.random.choice([".cache", "site", ".cache/next", ".cache/records"])
        shutil.rmtree(self.folder / lost, ignore_errors=True)

    def steps(self) -> list[Callable[[], None]]:
        often = [self.add, self.rewrite, self.append, self.append, self.remove, self.rename, self.brief]
        seldom = [self.picture, self.link, self.page, self.edition, self.settings, self.template]
        seldom += [self.redate, self.draft, self.part, self.no_template, self.style, self.clock]
        return [*often, *seldom, self.version, self.damage, self.damage, self.lose]

    def go_on(self) -> str:
        chosen = self.random.choices(self.steps(), k=self.random.randrange(1, 4))
        for step in chosen:
            step()
        return ", ".join(step.__name__ for step in chosen)

    def built(self, folder: Path, jobs: int = 1, program: str = "") -> dict[str, bytes] | str:
        known = versions.program_and_libraries() + program
        try:
            with (
                mock.patch.object(pieces, "program_and_libraries", return_value=known),
                mock.patch.object(press, "program_and_libraries", return_value=known),
                mock.patch.object(processes, "LEAST", 1),
            ):
                many = processes.Processes(jobs)
                build_site(folder, self.now, map=many.map, spread=many.map)
        except InvalidSource as error:
            return "\n".join(str(problem) for problem in error.problems)
        return tree(folder / "site")


def hold(folder: Path, seed: int, steps: int, jobs: int = 1) -> None:
    desk = Desk(folder / "warm", seed)
    told, sound = "the first build", 0
    for number in range(steps):
        clean = folder / f"clean{number}"
        shutil.copytree(desk.folder, clean, ignore=shutil.ignore_patterns(".cache", "site"))
        warm = desk.built(desk.folder, jobs if number % 3 == 1 else 1, desk.program)
        assert warm == desk.built(clean), f"seed {seed}, step {number}: {told}"
        shutil.rmtree(clean)
        sound += isinstance(warm, dict)
        if isinstance(warm, str):  # a link leads nowhere now, or a brief file has lost its article
            desk.begin()
        told = desk.go_on()
    assert sound >= steps / 2


@pytest.mark.parametrize("seed", range(2))
def test_a_warm_build_equals_a_clean_one_whatever_happened(tmp_path: Path, seed: int):
    hold(tmp_path, seed, 7)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(100, 130))
def test_a_warm_build_equals_a_clean_one_for_long(tmp_path: Path, seed: int):
    hold(tmp_path, seed, 25, jobs=2)


def rendered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Build, and name the pages that were rendered."""
    made: list[str] = []

    def counted(page: object, templates: object) -> File:
        made.append(page.path)  # type: ignore[attr-defined]
        return render(page, templates)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr("generator.pages.render", counted)
        build_site(folder)
    return sorted(made)


HALL = "---\ntitle: Hall {0}\ndate: 2026-{1:02d}-0{2}T08:00:00Z\ntopics: [Topic {0}]\n---\n\nHall {0} is full of rows.\n"
HALLS = {f"content/a{n}.md": HALL.format(n, n % 6 + 3, n % 4 + 1) for n in range(12)}
ABOUT = "---\ntitle: About\n---\nWe.\n"


@pytest.fixture
def old_and_new(tmp_path: Path) -> Path:
    """Twelve articles of other subjects, months apart, and their pages."""
    write_site(tmp_path, {**HALLS, "content/pages/about.md": ABOUT})
    build_site(tmp_path)
    return tmp_path


def test_nothing_is_rendered_where_nothing_changed(old_and_new: Path, monkeypatch: pytest.MonkeyPatch):
    assert rendered(old_and_new, monkeypatch) == []


@pytest.mark.parametrize(("some", "most"), [(1, 1), (3, 7), (1000, 5000)])
def test_pages_are_the_same_however_many_are_planned_and_rendered_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, some: int, most: int
):
    folder = write_site(tmp_path / "site", {**HALLS, "content/pages/about.md": ABOUT})
    with monkeypatch.context() as patched:
        patched.setattr("generator.build.drawing.SOME", some)
        patched.setattr("generator.build.drawing.MOST", most)
        build_site(folder)
    assert rendered(folder, monkeypatch) == []


def test_what_shows_an_article_is_rendered_when_it_changes(
    old_and_new: Path, monkeypatch: pytest.MonkeyPatch
):
    file = old_and_new / "content" / "a1.md"
    file.write_text(file.read_text() + "\nIt opens on Monday.\n")
    made = rendered(old_and_new, monkeypatch)
    assert "2026/04/a1/index.html" in made
    assert "topics/topic-1/index.html" in made
    assert "archive/2026/04/index.html" in made
    assert [path for path in made if path.startswith(("about/", "subscribe/", "briefs/"))] == []
    others = [path for path in made if path.startswith("2026/") and path != "2026/04/a1/index.html"]
    assert len(others) <= 4, "only those that show it as related, or lead on to it"


def test_all_is_rendered_when_the_theme_changes(old_and_new: Path, monkeypatch: pytest.MonkeyPatch):
    write_site(old_and_new, {"templates/_footer.html": "<footer>Ours</footer>"})
    assert len(rendered(old_and_new, monkeypatch)) > 30


def test_all_is_rendered_when_what_a_template_reads_changes(
    old_and_new: Path, monkeypatch: pytest.MonkeyPatch
):
    footer = "<footer>{% include 'mark.svg' %}</footer>"
    write_site(old_and_new, {"templates/_footer.html": footer, "templates/mark.svg": "<svg>1</svg>"})
    build_site(old_and_new)
    write_site(old_and_new, {"templates/mark.svg": "<svg>2</svg>"})
    assert len(rendered(old_and_new, monkeypatch)) > 30
    assert "<svg>2</svg>" in (old_and_new / "site" / "about" / "index.html").read_text()


def test_a_template_saved_during_a_build_is_of_the_next(old_and_new: Path, monkeypatch: pytest.MonkeyPatch):
    footer = {"templates/_footer.html": "<footer>First, {{ site.title }}</footer>"}
    write_site(old_and_new, footer)
    composed = press.compose

    def saved_meanwhile(*given: Any) -> Any:
        write_site(
            old_and_new, {"templates/_footer.html": "<footer>Second, {{ site.topics | length }}</footer>"}
        )
        write_site(old_and_new, {"templates/_ours.html": "new"})
        return composed(*given)

    with monkeypatch.context() as patch:
        patch.setattr(press, "compose", saved_meanwhile)
        build_site(old_and_new)
    assert "First, " in (old_and_new / "site" / "about" / "index.html").read_text()
    (old_and_new / "templates" / "_ours.html").unlink()
    assert len(rendered(old_and_new, monkeypatch)) > 30
    assert "Second, " in (old_and_new / "site" / "about" / "index.html").read_text()
    write_site(
        old_and_new,
        {"content/new.md": "---\ntitle: New\ndate: 2026-11-20\ntopics: [Newest]\n---\n\nIt is.\n"},
    )
    assert len(rendered(old_and_new, monkeypatch)) > 30, "every page counts topics"


def test_a_template_that_asks_for_all_articles_is_rendered_when_one_is_added(
    old_and_new: Path, monkeypatch: pytest.MonkeyPatch
):
    head, bodies = OWN
    write_site(
        old_and_new,
        {"templates/page.html": head.replace("article", "page").replace("text", "sheet").format(bodies[0])},
    )
    build_site(old_and_new)
    write_site(old_and_new, {"content/new.md": "---\ntitle: New\ndate: 2026-11-20\n---\n\nIt is new.\n"})
    assert "about/index.html" in rendered(old_and_new, monkeypatch)


@pytest.mark.parametrize("change", ["the program", "a library"])
def test_all_is_made_anew_by_another_version(old_and_new: Path, monkeypatch: pytest.MonkeyPatch, change: str):
    before = versions.program_and_libraries()
    if change == "the program":
        monkeypatch.setattr(versions, "program", lambda *_: "another")
    else:
        monkeypatch.setattr(versions, "version", lambda name: "99" if name == "Markdown" else "1")
    now = versions.program_and_libraries.__wrapped__()
    assert now != before
    for room in (pieces, press):
        monkeypatch.setattr(room, "program_and_libraries", lambda: now)
    assert len(rendered(old_and_new, monkeypatch)) > 30


def for_little() -> None:
    """Let processes and forks be begun for any work."""
    processes.LEAST = forks.LEAST = 1


def test_one_process_makes_what_many_make(tmp_path: Path):
    made = []
    for jobs in (1, 3):
        desk = Desk(tmp_path / f"{jobs}", 1)
        assert run("build", desk.folder, "--jobs", str(jobs), first=for_little).returncode == 0
        made.append(tree(desk.folder / "site"))
    assert made[0] == made[1]
