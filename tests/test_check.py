"""broadsheet check, as it is called: what it tells, where, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import checks
from tests.building import ARTICLE, CONFIG, tree, write_site
from tests.making import a_brief, a_line, an_article
from tests.running import run

MATTER, TEXT = ARTICLE.split("---\n")[1:]
HALL = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>\n'


def article(text: str = TEXT, **keys: str) -> str:
    lines = {"title": "Corvane borrows $2.3 billion", "date": "2026-11-23", **keys}
    matter = "".join(f"{key}: {value}\n" for key, value in lines.items())
    return f"---\n{matter}---\n\n{text}"


def told(site: Path, *arguments: str) -> list[str]:
    data = json.loads(run("check", site, "--json", *arguments).stdout)
    problems = data["warnings"] if data["ok"] else data["problems"]
    return [f"{p['path']}:{p['line']}:{p['column']} {p['severity']} {p['code']}" for p in problems]


CASES: list[tuple[str, dict[str, str | bytes], list[str]]] = [
    ("nothing is wrong", {}, []),
    (
        "a page that is not there",
        {"content/a.md": article("See [it](/topics/pwer/).\n")},
        ["content/a.md:6:10 error dead-link"],
    ),
    (
        "each place of a link",
        {"content/a.md": article("[It](/x/).\n\nAnd [it](/x/).\n")},
        ["content/a.md:6:6 error dead-link", "content/a.md:8:10 error dead-link"],
    ),
    ("one that is there", {"content/a.md": article("See [it](/topics/power/).\n", topics="[Power]")}, []),
    (
        "the whole address of one's own page",
        {"content/a.md": article("See [it](https://news.example/sheet/x/).\n")},
        ["content/a.md:6:10 error dead-link"],
    ),
    (
        "pages below a path that is not ASCII, however it is written",
        {
            "config.yaml": CONFIG.replace("/sheet/", "/日%C3%A9%7E/"),
            "content/a.md": article(
                "[It](/x/), [one](https://news.example/日é~/), [two](https://NEWS.example/%E6%97%A5é~/y/),\n"
                "[three](https://news.example/日/).\n",
            ),
        },
        ["content/a.md:6:52 error dead-link", "content/a.md:6:6 error dead-link"],
    ),
    (
        "a query and a fragment of a directive",
        {"content/a.md": article("See [it](/archive/?a=1#:~:text=x).\n")},
        [],
    ),
    (
        "a heading that is not there",
        {"content/a.md": article("[Up](#hal) and [up](#hall).\n\n## Hall\n\nIt is.\n")},
        ["content/a.md:6:6 error dead-anchor"],
    ),
    (
        "a sentence of another article",
        {
            "content/a.md": article("[One](b.md#s1), [nine](b.md#s9), [ten](./c%20d/%C3%BC.md#s10).\n"),
            "content/b.md": article(title="Another"),
            "content/c d/ü.md": article("[Up](../a.md#s1), [up](../a.md#s11).\n", title="Up"),
        },
        [
            "content/a.md:6:24 error dead-anchor",
            "content/a.md:6:40 error dead-anchor",
            "content/c d/ü.md:6:24 error dead-anchor",
        ],
    ),
    (
        "a standing page's link",
        {"content/pages/about.md": "---\ntitle: About\n---\nUs. [Mail](/imprint/)\n"},
        ["content/pages/about.md:4:12 error dead-link"],
    ),
    (
        "the menu",
        {"config.yaml": f"{CONFIG}menu: [{{title: About, url: /abuot/}}]\n"},
        ["config.yaml:4:28 error dead-link"],
    ),
    (
        "the footer",
        {"config.yaml": f"{CONFIG}footer: {{links: [{{title: About, url: nope/}}]}}\n"},
        ["config.yaml:4:38 error dead-link"],
    ),
    (
        "the page of an author",
        {"config.yaml": f"{CONFIG}author: {{name: Ada, url: /ada/}}\n"},
        ["config.yaml:4:26 error dead-link"],
    ),
    (
        "a template",
        {
            "templates/404.html": '<a href="{{ site.base }}nope/">x</a>\n<a href="/elsewhere/">x</a>\n<img src="{{ site.base }}no.svg">'
        },
        [
            "templates/404.html:1:25 error dead-link",
            "templates/404.html:2:10 error dead-link",
            "templates/404.html:3:26 error missing-file",
            "templates/404.html:3:26 warning missing-alt",
        ],
    ),
    (
        "a picture without words",
        {
            "content/a.md": article('![](hall.svg) and <img src="hall.svg" alt="">\n'),
            "content/hall.svg": HALL,
        },
        ["content/a.md:6:1 warning missing-alt"],
    ),
    (
        "a picture out of shape",
        {
            "templates/404.html": '<img src="{{ site.base }}2026/11/a/hall.svg" alt="" width="8" height="8">',
            "content/a.md": article("![Hall](hall.svg)\n"),
            "content/hall.svg": HALL,
        },
        ["templates/404.html:1:26 warning picture-size"],
    ),
    (
        "a title twice",
        {"content/b.md": article(title='"Corvane  Borrows $2.3 billion"', date="2026-11-24")},
        ["content/b.md:2:8 warning duplicate-title"],
    ),
    ("a title twice in two languages", {"content/b.md": article(lang="de")}, []),
    (
        "a page that nothing leads to",
        {
            "content/pages/about.md": "---\ntitle: About\n---\nUs.\n",
            "templates/_footer.html": "<footer></footer>",
        },
        ["content/pages/about.md:1:1 warning orphan-page"],
    ),
    (
        "a line of an editor's",
        {"content/a.md": article(brief="{summary: [Rivers froze overnight everywhere.]}")},
        ["content/a.md:4:19 warning no-evidence"],
    ),
    (
        "what a build refuses, and what it would not see",
        {
            "content/a.md": article("[It](b.md) ![](hall.svg)\n"),
            "content/hall.svg": HALL,
            "content/c.md": article(date="never"),
        },
        [
            "content/a.md:6:12 warning missing-alt",
            "content/a.md:6:6 error dead-link",
            "content/c.md:3:7 error bad-date",
        ],
    ),
]


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_faults_are_told_where_they_are_written(
    files: dict[str, str | bytes], expected: list[str], tmp_path: Path
):
    site = write_site(tmp_path, {"content/a.md": ARTICLE, **files})
    assert sorted(told(site)) == expected
    assert not (site / "site").exists()


def test_a_warning_ends_well_and_badly_where_it_is_strict(tmp_path: Path):
    site = write_site(tmp_path, {"content/a.md": ARTICLE, "content/b.md": ARTICLE})
    mild, strict = run("check", site), run("check", site, "--strict")
    assert (mild.returncode, strict.returncode) == (0, 1)
    assert "Checked 2 articles" in mild.stderr
    assert "1 warning." in mild.stderr
    assert strict.stderr.endswith("\n\n1 warning.\n")


def test_of_a_site_that_cannot_be_built_it_says_what_was_not_looked_at(tmp_path: Path):
    done = run("check", write_site(tmp_path, {"content/a.md": article("[It](b.md)\n")}))
    assert done.returncode == 1
    assert "1 problem; what pages lead to, load and weigh is looked at when these are mended." in done.stderr


def test_what_is_held_back_is_looked_at_when_it_is_asked_for(tmp_path: Path):
    files: dict[str, str | bytes] = {
        "content/a.md": ARTICLE,
        "content/b.md": article("[It](/x/)\n", title="Later", date="2026-12-24"),
        "content/c.md": article("[It](/x/)\n", title="Never", draft="true"),
    }
    site = write_site(tmp_path, files)
    assert told(site) == []
    assert told(site, "--future") == ["content/b.md:6:6 error dead-link"]
    assert told(site, "--drafts") == ["content/c.md:7:6 error dead-link"]


def test_a_brief_file_that_is_out_of_date_is_a_warning(tmp_path: Path):
    site = write_site(tmp_path, {"content/a.md": ARTICLE})
    run("brief", "--all", "--site", site)
    assert told(site) == []
    (site / "content/a.md").write_text(f"{ARTICLE}\nIt will hold 40 megawatts.\n", encoding="utf-8")
    (found,) = told(site)
    assert found.endswith("warning stale-brief")
    assert found.startswith("content/a.brief.yaml:")


PHOTO = f"<svg xmlns='http://www.w3.org/2000/svg' width='8' height='4'><!--{'x' * 900_000}--></svg>"
LARGEST = "the largest part is"
HEAVY: list[tuple[dict[str, str | bytes], str, list[tuple[str, str, str]]]] = [
    ({}, "page=1MB", []),
    ({}, "page=20kB", [("heavy-page", f"{LARGEST} /assets/theme.", "make that smaller")]),
    ({}, "page=20kB,page=0", []),
    (
        {},
        "files=10,site=1GB",
        [("heavy-site", f"more than 10: {LARGEST} pages", "a site of its own hold what is older; --budget")],
    ),
    ({}, "site=1kB", [("heavy-site", f", more than 1 kB: {LARGEST} ", "; --budget sets")]),
    ({}, "file=100kB", []),
    (
        {"content/a.md": article("![Hall](hall.svg)\n"), "content/hall.svg": PHOTO},
        "page=800kB,site=850kB,file=900kB",
        [
            (
                "heavy-file",
                "/2026/11/a/hall.svg weighs 900,074 bytes, more than 900,000",
                "divide it, or publish it elsewhere",
            ),
            ("heavy-page", f"{LARGEST} /2026/11/a/hall.svg", "scale pictures down, or show fewer"),
            ("heavy-picture", "the picture hall.svg weighs 900 kB, more than 500 kB", "scale it down"),
            ("heavy-site", f"MB, more than 850 kB: {LARGEST} pictures, ", "scale pictures down; --budget"),
        ],
    ),
]


@pytest.mark.parametrize(("files", "budget", "expected"), HEAVY, ids=[case[1] for case in HEAVY])
def test_what_is_too_heavy_is_told_with_the_mend_of_what_makes_it_so(
    files: dict[str, str | bytes], budget: str, expected: list[tuple[str, str, str]], tmp_path: Path
):
    site = write_site(tmp_path, {"content/a.md": ARTICLE, **files})
    data = json.loads(run("check", site, "--json", "--budget", budget).stdout)
    found = {p["code"]: p for p in (data["warnings"] if data["ok"] else data["problems"])}
    assert sorted(found) == [code for code, _, _ in expected]
    for code, message, hint in expected:
        assert message in found[code]["message"]
        assert hint in found[code]["hint"]


def test_a_budget_that_is_none_is_bad_syntax(tmp_path: Path):
    done = run("check", tmp_path, "--budget", "pages=1MB")
    assert done.returncode == 2
    assert '"pages" is none of page, picture, file, site, files' in done.stderr
    assert run("check", tmp_path, "--budget", "page=much").returncode == 2


FORMS = {
    "plain": ("---\ntitle: A hall\ndate: 2026-11-23\n---\nIt is.\n", "---\ntitle: A hall\ndate: 2026-11-23\nid: {}\n---\nIt is.\n"),
    "crlf, a mark, remarks, indented": (
        "\ufeff---\r\n# mine\r\n  date: 2026-11-23 # today\r\n  title: >\r\n    A hall\r\n---\r\nIt is.",
        "\ufeff---\r\n# mine\r\n  date: 2026-11-23 # today\r\n  id: {}\r\n  title: >\r\n    A hall\r\n---\r\nIt is.",
    ),
    "an id of its own": ("---\ntitle: A hall\nid: mine\ndate: 2026-11-23\n---\nIt is.\n",) * 2,
    "in brackets": ("---\n{title: A hall, date: 2026-11-23}\n---\nIt is.\n",) * 2,
    "at fault": ("---\ntitle: A hall\ndate: 2026-11-23\ncolour: red\n---\nIt is.\n",) * 2,
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_an_id_is_written_and_nothing_else(form: str, tmp_path: Path):
    before, after = FORMS[form]
    site = write_site(tmp_path, {"content/x/a.md": before.encode()})
    run("build", site, "--quiet")
    made = tree(site / "site") if (site / "site").exists() else {}
    data = json.loads(run("check", site, "--fix", "--json").stdout)
    written = (site / "content/x/a.md").read_bytes().decode()
    id_ = written.partition("id: ")[2].split()[0] if "{}" in after else ""
    assert written == after.format(id_) if id_ else written == before
    assert data["fixed"] == (["content/x/a.md"] if id_ else [])
    run("build", site, "--quiet")
    assert (tree(site / "site") if made else {}) == made
    assert json.loads(run("check", site, "--fix", "--json").stdout)["fixed"] == []


def test_a_file_that_moves_keeps_its_id_once_it_is_written(tmp_path: Path):
    site = write_site(tmp_path, {"content/a.md": ARTICLE})
    run("check", site, "--fix")
    (site / "content/a.md").rename(site / "content/b.md")
    run("build", site, "--quiet")
    feed = json.loads((site / "site/feed.json").read_bytes())
    id_ = (site / "content/b.md").read_text(encoding="utf-8").partition("id: ")[2].split()[0]
    assert feed["items"][0]["id"].endswith(f":{id_}")


def test_build_says_how_many_lines_are_flagged(tmp_path: Path):
    flagged = article(brief="{summary: [Rivers froze overnight everywhere.]}")
    done = run("build", write_site(tmp_path, {"content/a.md": flagged}))
    assert "Flagged: 1 edited line of briefs; broadsheet check tells which, and why" in done.stderr


@pytest.mark.parametrize(("check", "count"), [("verified", 0), ("added", 0), ("no evidence", 1)])
def test_lines_that_a_page_flags_are_counted(check: str, count: int):
    from generator.summarise import flagged

    article = an_article()
    line = a_line(article.sentences[1], kind="edited", check=check)
    assert flagged(a_brief(article, summary=(line,))) == count


def test_the_sample_is_fit_to_be_published(tmp_path: Path):
    from tests.building import copied

    site = copied(Path(__file__).parent.parent / "content", tmp_path / "content").parent
    (site / "config.yaml").write_bytes((Path(__file__).parent.parent / "config.yaml").read_bytes())
    assert run("check", site, "--strict").returncode == 0


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("page=2MB", (2_000_000, 0)),
        ("page=1.5MiB, files=20000", (1_572_864, 20_000)),
        ("page=0", (0, 0)),
    ],
)
def test_amounts(written: str, expected: tuple[int, int]):
    made = checks.budget(written, checks.Budget())
    assert (made.page, made.files) == expected
