"""broadsheet init: a new site that builds at once, or nothing."""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator import config, starter
from generator.commands import init, options
from generator.commands.schema import schemas
from generator.content import read
from generator.starter import settings
from tests.building import NOW, build_site, tree
from tests.running import run
from tests.workflows import ROOT
from tests.workflows import read as read_yaml

BEGINNING = starter.Beginning("The Grid Letter", "https://ada.example/grid/", "Europe/Berlin", NOW)


def made(files: dict[str, bytes], folder: Path) -> Path:
    init._write(files, folder)
    return folder


def test_a_new_site_builds_at_once_and_is_what_it_was_told(tmp_path: Path):
    options = (
        "--title",
        "The Grid Letter",
        "--url",
        "https://ada.example/grid",
        "--timezone",
        "Europe/Berlin",
    )
    done = run("init", "new", *options, "--json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    site = tmp_path / "new"
    assert (told["ok"], told["url"], told["files"]) == (True, "https://ada.example/grid/", list(tree(site)))
    read_ = config.read(site).config
    assert (read_.title, read_.url) == ("The Grid Letter", "https://ada.example/grid/")
    assert (read_.timezone, read_.feed_authority) == ("Europe/Berlin", "ada.example,2026")
    assert read_.author is not None
    assert read_.author.name == "The Grid Letter"
    assert os.listdir(tmp_path) == ["new"]  # noqa: PTH208
    assert build_site(site).articles == 22


def test_a_small_site_is_settings_and_an_article(tmp_path: Path):
    done = run("init", "small", "--minimal", "--title", '- "x": #y', cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout == ""
    assert "Next:  broadsheet build small" in done.stderr
    assert list(tree(tmp_path / "small")) == [
        ".gitignore",
        "config.yaml",
        "content/2026/11/24/a-digest-begins.md",
        "site/.gitignore",
    ]
    assert config.read(tmp_path / "small").config.title == '- "x": #y'
    assert build_site(tmp_path / "small").articles == 1
    front = (tmp_path / "small" / "site" / "2026" / "11" / "a-digest-begins" / "brief.json").read_text()
    assert json.loads(front)["brief"]["summary"]


def test_what_the_first_article_says_of_itself_is_so(tmp_path: Path):
    made(starter.minimal(BEGINNING), tmp_path)
    (article,) = read(tmp_path / "content", "Europe/Berlin", "en").articles
    (said,) = re.findall(r"these (\d+) sentences", article.html)
    assert len(article.sentences) == int(said) + 1  # and the title


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
def test_the_sample_is_sound_in_every_zone(zone: str, tmp_path: Path):
    made({k: v for k, v in starter.whole(BEGINNING, schemas()).items() if k.startswith("content/")}, tmp_path)
    assert read(tmp_path / "content", zone, "en").problems == ()


def test_the_same_beginning_gives_the_same_bytes():
    assert starter.whole(BEGINNING, schemas()) == starter.whole(BEGINNING, schemas())


def test_nothing_in_it_leans_on_this_repository():
    files = starter.whole(BEGINNING, schemas())
    texts = {name: data.decode() for name, data in files.items() if not name.endswith(".svg")}
    assert [name for name, text in texts.items() if "make " in text and name.startswith(".github")] == []
    for name, text in texts.items():
        assert "docs/schemas/" not in text, name
        assert not re.search(r"(?<!main/)\bdocs/\w+\.md", text), name
        assert not re.search(r"\b(TITLE|ACTION|HOME)\b", text), name
    assert "# The Grid Letter\n" in texts["README.md"]
    for name in ("pages", "daily"):
        assert yaml.safe_load(texts[f".github/workflows/{name}.yml"])["jobs"]


def test_pages_of_the_project_that_it_names_are_there():
    files = starter.whole(BEGINNING, schemas())
    named = re.findall(
        rf"{re.escape(starter.DOCS)}/([\w-]+\.md)", b"".join(files.values()).decode(errors="ignore")
    )
    assert {"configuration.md", "hosting.md", "editions.md"} <= set(named)
    assert [name for name in named if not (ROOT / "docs" / name).is_file()] == []


# --------------------------------------------------------------------------------- what editors complete


def test_editors_find_the_schemas_and_they_hold_for_the_sample():
    files = starter.whole(BEGINNING, schemas())
    told = json.loads(files[".vscode/settings.json"])["yaml.schemas"]
    assert [name for name in told if name.removeprefix("./") not in files] == []
    head = "# yaml-language-server: $schema="
    assert files["config.yaml"].decode().startswith(f"{head}.schemas/config.schema.json\n")
    edition = "content/editions/2026-11-23.yaml"
    named = files[edition].decode().removeprefix(head).partition("\n")[0]
    assert os.path.normpath(f"content/editions/{named}") == ".schemas/edition-file.schema.json"
    for name, schema in (("config.yaml", "config"), (edition, "edition-file")):
        data = yaml.safe_load(files[name])
        Draft202012Validator(json.loads(files[f".schemas/{schema}.schema.json"])).validate(data)


def test_each_key_of_front_matter_has_a_snippet_that_the_schema_takes():
    schema = schemas()["article"]
    snippets = starter.snippets(schema)
    assert {it["prefix"] for it in snippets.values()} == {*schema["properties"], "article"}
    for name, snippet in snippets.items():
        text = "\n".join(snippet["body"])
        numbers = [int(a or b) for a, b in re.findall(r"\$(?:(\d)|\{(\d)[:|])", text) if (a or b) != "0"]
        assert numbers == list(range(1, len(numbers) + 1)), name
        filled = re.sub(r"\$\{\d\|(\w+)(?:,\w+)+\|\}", r"\1", text)
        filled = re.sub(r"\$\{\d:[^}]*\}", "2026-11-23", filled)
        if snippet["prefix"] in ("brief", "extra"):
            filled = filled.replace("$1", "headline: Word")
        parts = re.sub(r"\$\d", "word", filled).split("---")
        data = read_yaml(parts[1] if len(parts) > 1 else filled.replace("$", "word"))
        shaped = {key: value == "true" or value for key, value in data.items()}
        faults = list(Draft202012Validator({**schema, "required": []}).iter_errors(shaped))
        assert faults == [], name


# ---------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize("content", ["config.yaml", ".hidden", "site/index.html"])
def test_a_folder_with_something_in_it_is_refused(content: str, tmp_path: Path):
    file = tmp_path / "full" / content
    file.parent.mkdir(parents=True)
    file.write_text("years of work")
    done = run("init", "full", cwd=tmp_path)
    assert done.returncode == 1
    assert f"full is not empty: it holds {content.split('/', maxsplit=1)[0]}" in done.stderr
    assert tree(tmp_path) == {f"full/{content}": b"years of work"}


@pytest.mark.parametrize(
    ("folder", "typed"),
    [
        (".", ""),
        ("digest", " digest"),
        ("my own digest", " 'my own digest'"),
        ("it's", " 'it'\"'\"'s'"),
        ("-digest", " ./-digest"),
        ("$HOME;x", " '$HOME;x'"),
        ("日本語", " '日本語'"),
    ],
)
def test_the_next_command_can_be_typed_as_it_stands(folder: str, typed: str):
    assert options.typed(Path(folder)) == typed


def test_what_is_no_folder_is_refused(tmp_path: Path):
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to("nowhere")
    assert "file is no folder" in run("init", "file", cwd=tmp_path).stderr
    assert "leads nowhere" in run("init", "link", cwd=tmp_path).stderr
    data = json.loads(run("init", "file", "--json", cwd=tmp_path).stdout)
    assert (data["ok"], data["refused"]) == (False, "file is no folder")


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ((), 2, "Missing argument 'DIR'"),
        (("",), 2, "the name of the folder is empty"),
        (("new", "--url", "nowhere"), 2, "is not a site's address: write it whole"),
        (("new", "--url", "https://bücher.example/ü/"), 2, 'write it as "xn--bcher-kva.example"'),
        (("new", "--timezone", "Mars"), 2, "is not a time zone"),
        (("new", "--title", " "), 2, "a title needs a word"),
        (("new", "--title", "x" * 300), 2, "title: this is longer than 200 characters"),
    ],
)
def test_what_no_site_can_be_called_is_told_and_nothing_made(
    given: tuple[str, ...], code: int, said: str, tmp_path: Path
):
    done = run("init", *given, cwd=tmp_path)
    assert done.returncode == code
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


class Full:
    """A disk that is full after so many writes."""

    def __init__(self, room: int) -> None:
        self.room = room

    def __call__(self, file: Path, data: bytes) -> int:
        self.room -= 1
        if self.room < 0:
            raise OSError(28, "No space left on device", str(file))
        with file.open("wb") as opened:
            return opened.write(data)


@pytest.mark.parametrize("there", [True, False])
def test_on_a_full_disk_nothing_is_left(there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "new"
    if there:
        (folder / ".git").mkdir(parents=True)
    full = Full(3)
    monkeypatch.setattr(Path, "write_bytes", functools.partialmethod(full))
    with pytest.raises(OSError, match="No space"):
        init._place(starter.minimal(BEGINNING), folder)
    assert [path.name for path in tmp_path.rglob("*")] == (["new", ".git"] if there else [])


def test_what_comes_into_the_folder_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write = init._write

    def slow(files: dict[str, bytes], folder: Path) -> None:
        write(files, folder)
        (tmp_path / "content").mkdir()

    monkeypatch.setattr(init, "_write", slow)
    with pytest.raises(init.Refusal, match="content has just come"):
        init._place(starter.minimal(BEGINNING), tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["content"]


def test_the_samples_settings_have_each_line_that_is_replaced():
    sample = (ROOT / "config.yaml").read_text(encoding="utf-8")
    assert "The Switchyard" in sample
    with pytest.raises(ValueError, match="0 lines"):
        settings.config(sample.replace("timezone:", "zone:"), BEGINNING, starter.DOCS)


# ---------------------------------------------------------------------------------------------------- git


@pytest.mark.parametrize(
    ("remote", "url"),
    [
        ("git@github.com:Ada-L/Grid.git", "https://ada-l.github.io/Grid/"),
        ("https://github.com/ada/grid", "https://ada.github.io/grid/"),
        ("https://x-token@github.com/ada/grid.git/", "https://ada.github.io/grid/"),
        ("ssh://git@github.com/ada/Ada.github.io.git", "https://ada.github.io/"),
        ("https://git.example/ada/grid.git", "https://example.github.io/the-grid/"),
        ("", "https://example.github.io/the-grid/"),
    ],
)
def test_a_clone_knows_where_its_site_will_stand(remote: str, url: str, tmp_path: Path):
    folder = tmp_path / "The Grid"
    folder.mkdir()
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    if remote:
        subprocess.run(["git", "-C", folder, "remote", "add", "origin", remote], check=True)
    assert init._guessed(folder) == url
    assert init._title(None, folder) == "The Grid"


def test_git_takes_what_belongs_into_it_and_gives_the_same_bytes_back(tmp_path: Path):
    def git(*arguments: str, cwd: Path = tmp_path / "desk") -> str:
        told = ["-c", "core.autocrlf=true", "-c", "user.name=A", "-c", "user.email=a@b.example"]
        done = subprocess.run(["git", *told, *arguments], cwd=cwd, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    desk = tmp_path / "desk"
    desk.mkdir()
    git("init", "--quiet", "--initial-branch", "main")
    init._place(starter.whole(BEGINNING, schemas()), desk)
    before = tree(desk)
    build_site(desk)
    git("add", ".")
    git("commit", "--quiet", "--message", "Begin")
    git("init", "--quiet", "--bare", "--initial-branch", "main", str(tmp_path / "remote"))
    git("push", "--quiet", str(tmp_path / "remote"), "main")
    git("clone", "--quiet", str(tmp_path / "remote"), "clone", cwd=tmp_path)

    def without_git(files: dict[str, bytes]) -> dict[str, bytes]:
        return {name: data for name, data in files.items() if not name.startswith(".git/")}

    assert without_git(tree(tmp_path / "clone")) == without_git(before)
    assert git("status", "--porcelain") == ""
