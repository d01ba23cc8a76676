"""broadsheet brief, as it is called."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.building import ARTICLE, CONFIG, tree, write_site
from tests.running import run

BRIEF = "content/2026/a.brief.yaml"
MINE = "summary: Mine is a hall that opens in May.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        "content/2026/a.md": ARTICLE,
        "content/2026/b.md": ARTICLE.replace("title: ", "draft: true\ntitle: "),
        "content/pages/about.md": "---\ntitle: About\n---\nUs.\n",
    }
    return write_site(tmp_path, files)


def briefs(site: Path) -> list[str]:
    return [name for name in tree(site / "content") if name.endswith(".yaml")]


def said(site: Path, *arguments: str) -> list[str]:
    """Where and what a check tells."""
    data = json.loads(run("brief", "--check", "--json", *arguments, cwd=site).stdout)
    return [f"{p['path']}:{p['line']}:{p['column']} {p['code']}" for p in data["problems"]]


@pytest.mark.parametrize(
    ("path", "made"),
    [
        ("content/2026/a.md", ["2026/a.brief.yaml"]),
        ("2026/a.md", ["2026/a.brief.yaml"]),
        ("2026", ["2026/a.brief.yaml", "2026/b.brief.yaml"]),
        ("content/", ["2026/a.brief.yaml", "2026/b.brief.yaml"]),
        ("--all", ["2026/a.brief.yaml", "2026/b.brief.yaml"]),
        ("--changed", []),
        ("--check", []),
    ],
)
def test_it_writes_beside_what_is_named(site: Path, path: str, made: list[str]):
    done = run("brief", path, cwd=site)
    assert (done.returncode, briefs(site)) == (0, made)
    assert done.stdout == ""


def test_it_takes_an_absolute_path_and_a_brief_files_own_from_anywhere(site: Path):
    assert run("brief", site / "content" / "2026" / "a.md", "--site", site, cwd="/").returncode == 0
    assert run("brief", site / BRIEF, "--site", site, cwd="/").returncode == 0
    assert briefs(site) == ["2026/a.brief.yaml"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "Name an article"),
        (("2026", "--all"), 2, "not both"),
        (("--nothing",), 2, "--nothing"),
        (("2026/c.md",), 1, "there is no 2026/c.md"),
        (("content/pages/about.md",), 1, "standing page"),
        (("config.yaml",), 1, "does not lie in"),
        (("2026/a.md", "--site", "nowhere"), 1, "no folder"),
    ],
)
def test_what_cannot_be_is_refused(site: Path, arguments: tuple[str, ...], code: int, words: str):
    done = run("brief", *arguments, cwd=site)
    assert (done.returncode, briefs(site)) == (code, [])
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_run_writes_nothing_and_keeps_the_files_mode(site: Path):
    run("brief", "--all", cwd=site)
    before = tree(site / "content")
    (site / BRIEF).chmod(0o600)
    done = run("brief", "--all", "--json", cwd=site)
    assert json.loads(done.stdout) == {"ok": True, "written": []}
    assert tree(site / "content") == before
    write_site(site, {"content/2026/a.md": ARTICLE.replace("May", "June")})
    assert json.loads(run("brief", "--changed", "--json", cwd=site).stdout)["written"] == [BRIEF]
    assert (site / BRIEF).stat().st_mode & 0o777 == 0o600
    assert (site / "content/2026/b.brief.yaml").stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize(("mark", "end"), [("", "\n"), ("", "\r\n"), ("\ufeff", "\r\n")])
def test_what_a_person_wrote_and_the_line_ends_stay(site: Path, mark: str, end: str):
    mine = f'# ours{end}summary:   "Corvane borrows  $2.3 billion."  # so{end}'
    write_site(site, {BRIEF: f"{mark}{mine}".encode()})
    run("brief", "2026/a.md", cwd=site)
    data = (site / BRIEF).read_bytes().decode()
    assert data.startswith(mark)
    assert mine in data
    assert data.count(end) == data.count("\n")
    assert data.count("\ufeff") == len(mark)
    assert run("brief", "--check", cwd=site).returncode == 0


def test_a_check_tells_what_is_out_of_date_with_its_place(site: Path):
    run("brief", "2026/a.md", cwd=site)
    assert run("brief", "--check", cwd=site).returncode == 0
    assert said(site, "--all") == ["content/2026/b.brief.yaml:1:1 missing-brief"]
    text = (site / BRIEF).read_text()
    line = text[: text.index("\narticle:")].count("\n") + 2
    write_site(site, {"content/2026/a.md": ARTICLE.replace("May", "June")})
    assert said(site) == [f"{BRIEF}:{line}:10 stale-brief"]
    done = run("brief", "--check", cwd=site)
    assert done.returncode == 1
    assert "run: broadsheet brief content/2026/a.brief.yaml" in done.stderr
    assert run("brief", "content/2026/a.brief.yaml", cwd=site).returncode == 0
    assert run("brief", "--check", cwd=site).returncode == 0


def test_a_field_that_the_machine_would_write_otherwise_is_stale(site: Path):
    from generator.schema.briefs import field_digest

    run("brief", "2026/a.md", cwd=site)
    text = (site / BRIEF).read_text()
    old = text.replace("topics: []", "topics: [Old]", 1)
    head, tail = old.split("machine:")
    tail = tail.replace(f"topics: {field_digest([])}", f"topics: {field_digest(['Old'])}")
    write_site(site, {BRIEF: f"{head}machine:{tail}"})
    line = head[: head.index("\ntopics:")].count("\n") + 2
    assert said(site) == [f"{BRIEF}:{line}:1 stale-field"]
    run("brief", "--changed", cwd=site)
    assert (site / BRIEF).read_text() == text


def test_a_check_tells_lines_that_are_not_supported_and_evidence_that_is_gone(site: Path):
    write_site(
        site,
        {
            BRIEF: "summary:\n  - It costs $9 billion.\n  - {text: It opens in May., evidence: [s2 12345678]}\n",
            "content/2026/b.md": ARTICLE.replace("title:", "summary: It costs $8 billion.\ntitle:"),
        },
    )
    assert said(site) == [
        f"{BRIEF}:2:5 unsupported-number",
        f"{BRIEF}:3:12 evidence-gone",
        "content/2026/b.md:2:10 unsupported-number",
    ]
    assert said(site, "2026/b.md") == ["content/2026/b.md:2:10 unsupported-number"]


def test_a_check_prints_doubts_and_does_not_fail_for_them(site: Path):
    write_site(site, {BRIEF: "summary: Whales sing beautifully.\n"})
    done = run("brief", "--check", cwd=site)
    assert done.returncode == 0
    assert f"{BRIEF}:1:10: no-evidence" in done.stderr
    data = json.loads(run("brief", "--check", "--json", cwd=site).stdout)
    assert [warning["code"] for warning in data["warnings"]] == ["no-evidence"]


def test_what_is_wrong_in_one_article_does_not_stop_another(site: Path):
    write_site(site, {"content/2026/bad.md": "no front matter", "content/2026/bad2.brief.yaml": "a: ["})
    assert run("brief", "2026/a.md", cwd=site).returncode == 0
    done = run("brief", "2026", cwd=site)
    assert done.returncode == 1
    assert "content/2026/bad.md:1:1" in done.stderr
    assert "content/2026/bad2.brief.yaml:1:1: stray-brief" in done.stderr
    assert run("brief", "2026/bad2.brief.yaml", cwd=site).returncode == 1
    assert briefs(site) == ["2026/a.brief.yaml", "2026/bad2.brief.yaml"]


def test_one_fault_and_nothing_is_written(site: Path):
    write_site(site, {BRIEF: "{summary: Mine.}"})
    done = run("brief", "--all", cwd=site)
    assert done.returncode == 1
    assert f"{BRIEF}:1:1: brief-form" in done.stderr
    assert "nothing was written" in done.stderr
    assert briefs(site) == ["2026/a.brief.yaml"]


def test_evidence_by_number_alone_is_asked_for_before_the_text_is_taken_as_known(site: Path):
    run("brief", "2026/a.md", cwd=site)
    text = (site / BRIEF).read_text()
    start, end = text.index("summary:\n"), text.index("# Why it")
    write_site(
        site, {BRIEF: f"{text[:start]}summary: {{text: It opens in May., evidence: s2}}\n\n{text[end:]}"}
    )
    assert run("brief", "--check", cwd=site).returncode == 0
    write_site(site, {"content/2026/a.md": ARTICLE.replace("Corvane will", "New. Corvane will")})
    before = (site / BRIEF).read_text()
    done = run("brief", "2026/a.md", cwd=site)
    assert done.returncode == 1
    assert "evidence-unsure" in done.stderr
    assert (site / BRIEF).read_text() == before


def test_a_linked_file_is_written_where_it_lies(site: Path):
    write_site(site, {"content/kept.txt": MINE})
    (site / BRIEF).symlink_to("../kept.txt")
    assert run("brief", "2026/a.md", cwd=site).returncode == 0
    assert (site / BRIEF).is_symlink()
    assert (site / "content" / "kept.txt").read_text().count("\n") > 10
    assert [path.name for path in (site / "content").glob(".*")] == []


def test_the_sites_author_signs_where_nobody_does(site: Path):
    write_site(
        site, {"config.yaml": f"{CONFIG}author: {{name: Ada Moreno}}\n", BRIEF: "summary: It opens in May.\n"}
    )
    assert run("build", cwd=site).returncode == 0
    page = (site / "site/2026/11/a/index.html").read_text()
    assert "summary edited by Ada Moreno" in page
    assert 'type="application/json"' in page
