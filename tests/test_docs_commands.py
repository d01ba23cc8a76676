"""Every command in the documentation is run: in a fresh site, by a real shell, to the end of the page.

A block of `sh` may do whatever a reader can do. Blocks of one page share one site and one shell. What cannot be run
here is declared below, with the reason, and held to what can be known of it.
"""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from generator.cli import cli
from tests.building import build_site, copied
from tests.shell import ROOT, Answer, broadsheet, obeyed, script, served, shell

DOCS = ROOT / "docs"
PAGES = {path.name: path for path in [*sorted(DOCS.glob("*.md")), ROOT / "README.md"]}
ELSEWHERE = {"errors.md": "tests/test_errors_page.py runs each example, and each must fail as it says"}
# A reader begins these with nothing; the others with a site.
FROM_NOTHING = ("tutorial.md",)
# Commands of ours that reach other machines: they are parsed as they stand, options and all, and not obeyed.
NETWORK = {
    r"import .*\.opml": "fetches every feed that it lists from the network",
    r"import .*https?://": "fetches from the network",
    r"import .*--all": "fetches every source from the network",
    r"brief .*--(dry-run|max-c|again)": "asks a model, and the sample's config chooses none",
    r"build .*--write-briefs": "asks a model, and the sample's config chooses none",
    r"check .*--external": "asks other sites for their pages",
}
# Files that a page speaks of as the reader's own.
TEXT = "The county opened its first substation on Monday, and the {} hall takes power from it until May."
LETTER = f"From: Desk <desk@wire.example>\nDate: Mon, 23 Nov 2026 09:00:00 +0100\nSubject: Letter\n\n{TEXT}\n"
SAVED = {
    "feeds.opml": '<opml version="2.0"><head/><body/></opml>\n',
    "letters/monday.eml": LETTER.format("west"),
    "letter.eml": LETTER.format("north"),
    "newsletters.mbox": f"From desk@wire.example Mon Nov 23 09:00:00 2026\n{LETTER.format('south')}\n",
    "saved.html": f"<html lang=en><title>Hall</title><main><h1>Hall</h1><p>{TEXT.format('east') * 6}</p></main>",
    "notes.md": f"# Notes\n\n{TEXT.format('west')}\n",
}
INLINE = re.compile(r"`broadsheet ([a-z]+)([^`]*)`")


def targets(arguments: list[str], folder: str) -> Answer:
    """Obey make: its targets are there, and `site` builds."""
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    wanted = [it for it in arguments[1:] if "=" not in it]
    if rest := [it for it in wanted if it not in known]:
        return 2, "", f"make: there is no target {rest}\n"
    return broadsheet(["broadsheet", "build"], folder, {}) if "site" in wanted else (0, "", "")


def sent(arguments: list[str], folder: str) -> Answer:
    """Obey rsync: what is to be sent is there."""
    *_, source, _target = arguments
    return (0 if Path(folder, source).is_dir() else 23), "", f"rsync of {source}\n"


def measured(arguments: list[str], _folder: str) -> Answer:
    """Obey python: the program that it is to run is there."""
    return (0 if (ROOT / arguments[1]).is_file() else 2), "", f"python {arguments[1]}\n"


def installed(arguments: list[str], _folder: str) -> Answer:
    """Obey an installer: it is told to install something."""
    return (0 if arguments[1] == "install" and arguments[2:] else 2), "", ""


def asked(arguments: list[str], _folder: str) -> Answer:
    """Obey what asks the live site, or reads its answer: it is told an address, or a filter."""
    good = [it for it in arguments[1:] if it.startswith(("https://", "."))]
    return (0 if len(good) == 1 else 2), "", ""


def edited(arguments: list[str], folder: str) -> Answer:
    """Obey an editor: a file that is not there becomes what README.md shows as an article; others stay."""
    file = Path(folder, arguments[-1])
    if not file.exists():
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        file.write_text(readme.partition("```markdown\n")[2].partition("```")[0], encoding="utf-8")
    return 0, "", ""


STAND_INS: dict[str, tuple[str, Callable[[list[str], str], Answer]]] = {
    "an-editor": ("waits for a person", edited),
    "curl": ("asks the live site", asked),
    "jq": ("reads what curl did not get", asked),
    "make": ("sets up a whole environment, from the network", targets),
    "pip": ("installs from the network", installed),
    "pipx": ("installs from the network", installed),
    "python": ("runs benchmarks, which take minutes and data of their own", measured),
    "rsync": ("sends to a server", sent),
}


def answer(arguments: list[str], folder: str, environment: dict[str, str]) -> Answer:
    name = Path(arguments[0]).name
    if name != "broadsheet":
        return STAND_INS[name][1](arguments, folder)
    told = " ".join(arguments[1:])
    if any(re.match(pattern, told) for pattern in NETWORK):
        return parsed(arguments[1:])
    return (served if arguments[1:2] == ["serve"] else broadsheet)(arguments, folder, environment)


def parsed(arguments: list[str]) -> Answer:
    """Parse a command of ours as it stands, and leave it at that."""
    name, *rest = arguments
    try:
        cli.commands[name].make_context(name, rest).close()
    except click.ClickException as error:
        return error.exit_code, "", f"{error.format_message()}\n"
    return 0, "", ""


@functools.cache
def starter() -> Path:
    """A site as the repository has it, built, under git, and with a remote: made once for all pages."""
    home = Path(tempfile.mkdtemp(prefix="broadsheet-docs-"))
    copied(ROOT / "content", home / "site" / "content")
    shutil.copy(ROOT / "config.yaml", home / "site")
    (home / "site" / ".gitignore").write_text(".cache\nsite\n.venv\n")
    build_site(home / "site")
    (home / ".gitconfig").write_text(
        "[user]\nname = Ada Moreno\nemail = ada@example.org\n[init]\ndefaultBranch = main\n"
        f'[url "{home}/remotes/"]\ninsteadOf = https://github.com/\ninsteadOf = git@github.com:\n'
    )
    git = functools.partial(
        subprocess.run, check=True, capture_output=True, env={"PATH": "/usr/bin:/bin", "HOME": str(home)}
    )
    git(["git", "init", "-q", str(home / "site")])
    git(["git", "-C", str(home / "site"), "add", "."])
    git(["git", "-C", str(home / "site"), "commit", "-qm", "The sample"])
    git(["git", "clone", "-q", "--bare", str(home / "site"), str(home / "remotes" / "you" / "sheet.git")])
    git(["git", "init", "-q", "--bare", str(home / "remotes" / "you" / "digest.git")])
    git(["git", "-C", str(home / "site"), "remote", "add", "origin", "https://github.com/you/sheet.git"])
    git(["git", "-C", str(home / "site"), "push", "-qu", "origin", "main"])
    return home


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a site, another one at ~/digest, and remotes that a push reaches."""
    made = tmp_path / "home"
    subprocess.run(["cp", "--archive", str(starter()), str(made)], check=True)
    config = made / ".gitconfig"
    config.write_text(config.read_text().replace(str(starter()), str(made)))
    return made


def commands(page: Path) -> list[str]:
    """Name the commands of ours on a page, one by one."""
    return re.findall(r"(?:^|[;&|(]\s*|\s)(?:\.venv/bin/)?broadsheet ([a-z]+)", script(page), re.MULTILINE)


@pytest.mark.parametrize(
    "name", [name for name, page in PAGES.items() if script(page) and name not in ELSEWHERE]
)
def test_each_command_of_a_page_does_what_it_should(name: str, home: Path):
    page = PAGES[name]
    assert set(commands(page)) <= set(cli.commands)
    folder = home if name in FROM_NOTHING else home / "site"
    if "~/digest" in script(page):
        copied(home / "site", home / "digest")
    for file, text in SAVED.items():
        if file.partition("/")[0] in script(page):
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(text, encoding="utf-8")
    with shell(home, answer, ["broadsheet", *STAND_INS]) as environment:
        programs = Path(environment["PATH"].partition(":")[0])
        (folder / ".venv").mkdir()
        (folder / ".venv" / "bin").symlink_to(programs)
        done = obeyed(script(page), folder, environment)
    assert done.returncode == 0, f"{name}\n{done.stdout}\n{done.stderr}"


def test_each_command_in_the_text_exists_with_its_options():
    faults = []
    for name, page in PAGES.items():
        for command, rest in INLINE.findall(page.read_text(encoding="utf-8")):
            known = cli.commands.get(command)
            if known is None:
                faults.append(f"{name}: broadsheet {command}")
            options = {opt for parameter in known.params for opt in parameter.opts} if known else set()
            faults += [
                f"{name}: broadsheet {command} {option}"
                for option in re.findall(r"(?<!\S)--[a-z-]+", rest)
                if known and option not in {*options, "--help"}
            ]
    assert faults == []


def test_what_is_declared_is_there():
    scripts = {name: script(page) for name, page in PAGES.items()}
    assert all(scripts[name] for name in [*ELSEWHERE, *FROM_NOTHING])
    text = "\n".join(scripts.values())
    named = {name: "\\$EDITOR" if name == "an-editor" else name for name in STAND_INS}
    unused = [
        name for name in STAND_INS if not re.search(rf"(^|[;&|] *|=\S+ ){named[name]} ", text, re.MULTILINE)
    ]
    assert unused == []


def test_a_command_that_fails_fails_its_page(home: Path):
    """What holds the pages to their words can say no itself: also in a pipe, after a `cd`, in the last line."""
    with shell(home, answer, ["broadsheet", *STAND_INS]) as environment:
        for code in (
            "\n\ncd site\nbroadsheet build nowhere | cat\ntrue",
            "\n\nbroadsheet nonsense",
            "\n\nmake nonsense",
        ):
            done = obeyed(code, home, environment)
            assert done.returncode != 0
            assert re.search(r"^line [34]: ", done.stderr, re.MULTILINE), done.stderr
        assert obeyed("\n\ncd site\nbroadsheet build | cat", home, environment).returncode == 0
