"""broadsheet clean takes what is ours, and nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from generator.commands.ping import STATE, remember
from generator.publish.exchange import locked
from tests.building import ARTICLE, build_site, tree, write_site
from tests.running import run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {"content/a.md": ARTICLE, "site/.gitignore": "*\n!.gitignore\n"}
    write_site(tmp_path, files)
    build_site(tmp_path)
    return tmp_path


def test_what_builds_made_goes_and_what_is_written_stays(site: Path):
    before = tree(site / "content")
    done = run("clean", site)
    assert done.returncode == 0
    assert (done.stdout, done.stderr.partition(" ")[0]) == ("", "Removed")
    assert sorted(item.name for item in site.iterdir()) == ["config.yaml", "content", "site"]
    assert list(tree(site / "site")) == [".gitignore"]
    assert tree(site / "content") == before


def test_a_site_of_ours_alone_goes_whole_and_comes_back(site: Path):
    (site / "site" / ".gitignore").unlink()
    made = tree(site / "site")
    run("clean", site)
    assert not (site / "site").exists()
    assert run("build", site).returncode == 0
    assert set(tree(site / "site")) == set(made)


def test_twice_is_once(site: Path):
    run("clean", site)
    done = run("clean", site)
    assert (done.returncode, done.stderr) == (0, "Nothing to remove.\n")


def test_all_that_the_program_keeps_is_known(site: Path):
    """Whatever commands put into .cache is named in generator/commands/clean.py."""
    with (site / "config.yaml").open("a") as config:
        config.write("social_cards: all\n")
    run("build", site)
    run("brief", "--all", "--site", site)
    remember(site / ".cache" / STATE, "https://hub.example/", {})  # as ping does, when a hub has answered
    run("edition", "--write", "--site", site)
    assert {"lock", "records", "templates"} <= {item.name for item in (site / ".cache").iterdir()}
    run("clean", site)
    assert not (site / ".cache").exists()


def test_what_others_put_there_stays_and_is_told(site: Path):
    write_site(site, {"site/thesis.doc": "years of work", "site/2026/notes.txt": "x", ".cache/mine.txt": "y"})
    (site / "site" / "2026" / "11" / "empty").mkdir()
    done = run("clean", site)
    assert done.returncode == 0
    assert "left alone: site/2026/notes.txt, site/thesis.doc; a build refuses" in done.stderr
    assert "left alone: .cache/mine.txt" in done.stderr
    assert set(tree(site / "site")) == {".gitignore", "thesis.doc", "2026/notes.txt"}
    assert (site / "site" / "2026" / "11" / "empty").is_dir()
    assert set(tree(site / ".cache")) == {"mine.txt", "lock"}
    assert run("build", site).returncode == 1  # what it does not know, it does not overwrite


def test_a_folder_that_no_build_made_is_left_alone(tmp_path: Path):
    write_site(tmp_path, {"site/index.html": "by hand", "content/a.md": ARTICLE})
    done = run("clean", tmp_path, "--json")
    data = json.loads(done.stdout)
    assert (done.returncode, data["removed"], data["left"]) == (0, [], ["site/index.html"])


def test_a_link_is_nobodys(site: Path):
    """A list of files that was tampered with, and links that lead out of the site, reach nothing outside."""
    outside = write_site(site / "elsewhere", {"kept.txt": "kept"})
    manifest = site / "site" / ".broadsheet.json"
    data = json.loads(manifest.read_text())
    for name in ("../config.yaml", "out/kept.txt", "link", str(outside / "kept.txt")):
        data["files"][name] = "0" * 32
    manifest.write_text(json.dumps(data))
    (site / "site" / "out").symlink_to(outside)
    (site / "site" / "link").symlink_to(outside / "kept.txt")
    assert run("clean", site).returncode == 0
    assert (outside / "kept.txt").read_text() == "kept"
    assert (site / "config.yaml").is_file()
    assert {item.name for item in (site / "site").iterdir()} == {".gitignore", "out", "link"}


@pytest.mark.parametrize("name", ["site", ".cache"])
def test_a_folder_that_is_a_link_is_refused(site: Path, name: str):
    moved = (site / name).rename(site / "moved")
    (site / name).symlink_to(moved)
    before = tree(moved)
    done = run("clean", site)
    assert (done.returncode, tree(moved) == before) == (1, True)
    assert "is no plain folder; nothing was removed" in done.stderr


@pytest.mark.parametrize("arguments", [(), ("--dry-run",), ("--site-only",)])
def test_a_running_build_is_not_disturbed(site: Path, arguments: tuple[str, ...]):
    before = tree(site)
    with locked(site / ".cache" / "lock"):
        done = run("clean", site, *arguments)
    assert (done.returncode, tree(site) == before) == (1, True)
    assert "another build of this site is running" in done.stderr


def test_a_dry_run_removes_nothing_and_names_all_of_it(site: Path):
    before = tree(site)
    done = run("clean", site, "--dry-run")
    assert tree(site) == before
    named = set(done.stdout.splitlines())
    run("clean", site)
    assert named == set(before) - set(tree(site)) - {".cache/lock"}


@pytest.mark.parametrize(
    ("option", "kept", "gone"), [("--site-only", ".cache", "site"), ("--cache-only", "site", ".cache")]
)
def test_one_of_both(site: Path, option: str, kept: str, gone: str):
    (site / "site" / ".gitignore").unlink()
    before = tree(site / kept)
    assert run("clean", site, option).returncode == 0
    assert (tree(site / kept) == before, (site / gone).exists()) == (True, False)


def test_both_of_one_is_none(site: Path):
    assert run("clean", site, "--site-only", "--cache-only").returncode == 2


def test_a_folder_that_is_no_site_is_refused(tmp_path: Path):
    """A home folder has a .cache, too."""
    write_site(tmp_path / "home", {".cache/records/letter": "x"})
    (tmp_path / "home" / "config.yaml").unlink()
    done = run("clean", tmp_path / "home")
    assert done.returncode == 1
    assert "there is no config.yaml" in done.stderr
    assert (tmp_path / "home" / ".cache" / "records" / "letter").is_file()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may delete anything")
def test_what_may_not_be_removed_is_told(site: Path):
    (site / "site").chmod(0o555)
    done = run("clean", site)
    (site / "site").chmod(0o755)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
