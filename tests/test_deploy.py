"""broadsheet deploy, with remotes on this machine: what is pushed, what is refused, and what is left alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator import branch
from tests.building import ARTICLE, tree, write_site
from tests.running import run

NAMED = {
    "GIT_AUTHOR_NAME": "Ada Moreno",
    "GIT_AUTHOR_EMAIL": "ada@news.example",
    "GIT_COMMITTER_NAME": "Ada Moreno",
    "GIT_COMMITTER_EMAIL": "ada@news.example",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
}


def git(folder: Path, *arguments: str, given: str = "") -> str:
    done = subprocess.run(
        ["git", "-C", folder, *arguments],
        input=given,
        env={**os.environ, **NAMED},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.rstrip("\n")


def deploy(site: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return run("deploy", *arguments, cwd=site, **{**NAMED, **env})


def rebuilt(site: Path, text: str) -> None:
    (site / "content/a.md").write_text(f"{ARTICLE}\n{text}\n", encoding="utf-8")
    assert run("build", site, "--quiet").returncode == 0


def commit_on(remote: Path, branch: str, files: dict[str, str], *parents: str) -> str:
    """Let somebody else push: a commit that holds these files alone."""
    entries = ""
    for name, text in files.items():
        blob = git(remote, "hash-object", "-w", "--stdin", given=text)
        entries += f"100644 blob {blob}\t{name}\n"
    made = git(remote, "mktree", given=entries)
    above = [part for parent in parents for part in ("-p", parent)]
    commit = git(remote, "commit-tree", made, *above, "-m", "theirs")
    git(remote, "update-ref", f"refs/heads/{branch}", commit)
    return commit


def listed(remote: Path, branch: str = "gh-pages") -> list[str]:
    return git(remote, "-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", branch).splitlines()


def log(remote: Path, branch: str = "gh-pages") -> list[str]:
    return git(remote, "log", "--format=%H", branch).splitlines()


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "--bare", "the remote.git")
    return tmp_path / "the remote.git"


@pytest.fixture
def site(tmp_path: Path, remote: Path) -> Path:
    """A site that was built, in a repository with a commit, under a name that is not easy."""
    folder = tmp_path / "Größe 日報"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "remote", "add", "origin", str(remote))
    write_site(folder, {"content/a.md": ARTICLE, ".gitignore": "/site/\n/.cache/\n"})
    (folder / ".gitattributes").write_text("* text eol=crlf\n", encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    assert run("build", folder, "--quiet").returncode == 0
    return folder


def test_the_branch_holds_the_site_as_it_was_built(site: Path, remote: Path):
    (site / "site/index.html").chmod(0o755)
    done = deploy(site)
    assert done.returncode == 0, done.stderr
    made = tree(site / "site")
    assert listed(remote) == sorted([*made, ".nojekyll"], key=str.encode)
    for name, data in made.items():
        shown = subprocess.run(
            ["git", "-C", remote, "cat-file", "blob", f"gh-pages:{name}"], capture_output=True, check=True
        )
        assert shown.stdout == data
    modes = {line.split()[0] for line in git(remote, "ls-tree", "-r", "gh-pages").splitlines()}
    assert modes == {"100644"}


def test_a_second_push_stands_on_the_first_and_the_same_site_is_not_pushed(site: Path, remote: Path):
    deploy(site)
    first = log(remote)
    assert "Nothing to push" in deploy(site).stderr
    assert log(remote) == first
    rebuilt(site, "It will hold 40 megawatts.")
    done = deploy(site, "--message", "Grüße aus Köln", "--json")
    data = json.loads(done.stdout)
    assert (data["added"], data["removed"], data["same"], data["parent"]) == (0, 0, False, first[0])
    assert log(remote) == [data["commit"], *first]
    assert git(remote, "log", "-1", "--format=%B", "gh-pages").strip() == "Grüße aus Köln"


def test_the_same_site_is_the_same_tree_wherever_it_lies(site: Path, remote: Path, tmp_path: Path):
    deploy(site)
    tree_of = git(remote, "rev-parse", "gh-pages^{tree}")
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", str(site), "other")
    git(other, "remote", "set-url", "origin", str(remote))
    run("build", other, "--quiet")
    assert "Nothing to push" in deploy(other).stderr
    deploy(other, "--branch", "second")
    assert git(remote, "rev-parse", "second^{tree}") == tree_of


def state(site: Path) -> tuple[object, ...]:
    refs = git(site, "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags")
    index = (site / ".git/index").read_bytes()
    return refs, index, git(site, "status", "--porcelain"), (site / ".git/HEAD").read_bytes()


def test_nothing_else_is_touched_and_no_hook_runs(site: Path):
    (site / "content/a.md").write_text(ARTICLE.replace("May", "June"), encoding="utf-8")
    (site / "new.txt").write_text("not yet committed", encoding="utf-8")
    git(site, "add", "new.txt")
    run("build", site, "--quiet")
    for name in ("pre-push", "reference-transaction", "post-index-change", "pre-commit", "commit-msg"):
        hook = site / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f'#!/bin/sh\ntouch "{site.parent}/ran-{name}"\nexit 1\n', encoding="utf-8")
        hook.chmod(0o755)
    before = state(site)
    assert deploy(site).returncode == 0
    assert state(site) == before
    assert list(site.parent.glob("ran-*")) == []


def test_a_dry_run_leaves_no_trace(site: Path, remote: Path):
    deploy(site)
    rebuilt(site, "It will hold 40 megawatts.")
    commit_on(
        remote, "gh-pages", {"CNAME": "news.example\n", ".broadsheet.json": '{"files": {}}'}, log(remote)[0]
    )
    before, refs = tree(site / ".git"), log(remote)
    done = deploy(site, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "Would push to gh-pages of origin" in done.stderr
    assert (tree(site / ".git"), log(remote)) == (before, refs)


def test_what_others_put_there_is_kept(site: Path, remote: Path):
    deploy(site)
    first = log(remote)[0]
    git(remote, "worktree", "add", "-q", "--detach", str(site.parent / "theirs"), "gh-pages")
    theirs = site.parent / "theirs"
    (theirs / "CNAME").write_text("www.news.example\n", encoding="utf-8")
    (theirs / "verify").mkdir()
    (theirs / "verify/me.html").write_text("me", encoding="utf-8")
    git(theirs, "add", "-A")
    git(theirs, "commit", "-q", "-m", "theirs")
    second = git(theirs, "rev-parse", "HEAD")
    git(remote, "update-ref", "refs/heads/gh-pages", second)
    rebuilt(site, "It will hold 40 megawatts.")
    done = deploy(site)
    assert "Kept, as others put it there: CNAME, verify/me.html" in done.stderr
    assert log(remote)[1:] == [second, first]
    assert git(remote, "show", "gh-pages:CNAME") == "www.news.example"
    (site / "content/a.md").rename(site / "content/b.md")
    run("build", site, "--quiet")
    assert deploy(site).returncode == 0
    assert {"CNAME", "verify/me.html", "2026/11/b/index.html"} <= set(listed(remote))
    assert "2026/11/a/index.html" not in listed(remote)


def test_cname_is_the_host_of_the_address(site: Path, remote: Path):
    deploy(site, "--cname")
    assert git(remote, "show", "gh-pages:CNAME") == "news.example"
    assert "Nothing to push" in deploy(site).stderr


def test_others_who_push_meanwhile_lose_nothing(site: Path, remote: Path):
    """They push between our look and our push: a helper of the transport does it for them."""
    deploy(site)
    tip = log(remote)[0]
    theirs = commit_on(remote, "waiting", {"theirs": "x", ".broadsheet.json": '{"files": {}}'}, tip)
    # The remote is reached by a program that lets the others be first, once we send.
    sly = site.parent / "sly"
    sly.write_text(
        f'#!/bin/sh\ngit -C "{remote}" update-ref refs/heads/gh-pages {theirs}\nexec git receive-pack "$@"\n',
        encoding="utf-8",
    )
    sly.chmod(0o755)
    git(site, "config", "remote.origin.receivepack", f"'{sly}'")
    rebuilt(site, "It will hold 40 megawatts.")
    done = deploy(site)
    assert done.returncode == 1
    assert "others have pushed to gh-pages meanwhile" in done.stderr
    assert "run broadsheet deploy again" in done.stderr
    assert log(remote)[0] == theirs
    git(site, "config", "--unset", "remote.origin.receivepack")
    assert deploy(site).returncode == 0
    assert log(remote)[1] == theirs
    assert "theirs" in listed(remote)


def test_two_who_deploy_first_at_once_are_told_to_try_again(site: Path, remote: Path):
    """The others' push is written down while ours is judged: the remote says no more than that ours failed."""
    theirs = commit_on(remote, "waiting", {".broadsheet.json": '{"files": {}}'})
    hook = remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    bare = "env -u GIT_QUARANTINE_PATH -u GIT_OBJECT_DIRECTORY"
    hook.write_text(f"#!/bin/sh\n{bare} git update-ref refs/heads/gh-pages {theirs}\n", encoding="utf-8")
    hook.chmod(0o755)
    done = deploy(site)
    assert done.returncode == 1
    assert "others have pushed to gh-pages meanwhile" in done.stderr
    assert "run broadsheet deploy again" in done.stderr
    assert log(remote) == [theirs]


def test_a_branch_of_others_is_refused_until_it_is_taken_over(site: Path, remote: Path):
    old = commit_on(remote, "gh-pages", {"index.html": "old", "CNAME": "www.news.example\n"})
    done = deploy(site)
    assert done.returncode == 1
    assert "holds what no deployment of ours put there (CNAME)" in done.stderr
    assert log(remote) == [old]
    assert deploy(site, "--adopt").returncode == 0
    assert log(remote)[1:] == [old]
    assert git(remote, "show", "gh-pages:CNAME") == "www.news.example"


def test_a_branch_of_sources_is_refused_always(site: Path):
    git(site, "push", "-q", "origin", "main:sources")
    done = deploy(site, "--branch", "sources", "--adopt")
    assert done.returncode == 1
    assert "holds config.yaml: sources" in done.stderr


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        *[(name, True) for name in ("gh-pages", "a/b", "日本", "v1.0", "a@b", "a-", "heads/x", "a.locked")],
        *[(name, False) for name in ("", "-x", "a..b", "a b", "a~1", "a^", "a:b", "a?", "a*", "a[b", "a\\b")],
        *[
            (name, False)
            for name in ("/a", "a/", "a//b", ".a", "a/.b", "a.", "a.lock", "a.lock/b", "a@{1}", "a\x7f")
        ],
    ],
)
def test_names_of_branches_are_those_of_git(name: str, taken: bool, tmp_path: Path):
    command = ["git", "-C", tmp_path, "check-ref-format", "--branch", name]
    assert branch.is_name(name) == taken
    assert (subprocess.run(command, capture_output=True, check=False).returncode == 0) == taken


def test_a_branch_is_named_as_people_name_it(tmp_path: Path):
    for name in ("HEAD", "@", "refs/heads/x", "refs/tags/x"):
        assert not branch.is_name(name)
    for arguments, words in (
        (("--branch", "refs/heads/x"), "cannot be the name of a branch: write one such as x"),
        (("--branch=-f",), "cannot be the name of a branch: write one such as gh-pages"),
        (("--remote=--upload-pack=x",), "cannot be a remote"),
    ):
        done = run("deploy", tmp_path, *arguments)
        assert (done.returncode, words in done.stderr) == (2, True), done.stderr


def test_what_cannot_be_is_refused(site: Path, remote: Path):
    cases: list[tuple[tuple[str, ...], str]] = [
        (("--branch", "main"), "main is the branch that you are on"),
        (("--base-url", "http://localhost:8000/"), "is an address that only this machine reaches"),
        (("--base-url", "http://127.0.0.1/x/"), "is an address that only this machine reaches"),
        (("--base-url", "http://[::1]:8000/"), "http://[::1]:8000/ is an address that only this machine"),
        (
            ("--base-url", "http://10.0.0.5/"),
            "warning: http://10.0.0.5/ is an address that only your network",
        ),
        (("--remote", "nowhere"), "the remote nowhere cannot be read"),
        (("--base-url", "https://other.example/"), "was built for https://news.example/sheet/, not for"),
    ]
    for arguments, words in cases:
        done = deploy(site, *arguments)
        assert (done.returncode, words in done.stderr) == (1, True), (arguments, done.stderr)
        assert "Traceback" not in done.stderr
    assert git(remote, "for-each-ref") == ""


def test_a_site_that_is_not_what_a_build_would_make_is_refused(site: Path, remote: Path):
    (site / "content/b.md").write_text(
        ARTICLE.replace("date:", "draft: true\ndate:").replace("Corvane", "Ardent"), encoding="utf-8"
    )
    for change in (
        lambda: (site / "site/index.html").write_text("mine", encoding="utf-8"),
        lambda: (site / "site/extra.html").write_text("mine", encoding="utf-8"),
        (site / "site/404.html").unlink,
        lambda: run("build", site, "--drafts"),
        lambda: run("build", site, "--base-url", "http://localhost:8000/"),
        lambda: (site / "content/a.md").write_text(f"{ARTICLE}\nMore.\n", encoding="utf-8"),
        lambda: shutil.rmtree(site / "site"),
    ):
        run("build", site)
        change()
        done = deploy(site)
        assert done.returncode == 1
        assert "run: broadsheet build" in done.stderr
    assert git(remote, "for-each-ref") == ""


def test_a_site_for_another_address_is_deployed_where_that_is_meant(site: Path):
    run("build", site, "--base-url", "https://ada.example/")
    assert deploy(site, "--base-url", "https://ada.example/").returncode == 0


def test_a_detached_head_and_a_worktree_are_fine(site: Path):
    git(site, "checkout", "-q", "--detach")
    assert deploy(site, "--branch", "main").returncode == 0
    git(site, "worktree", "add", "-q", "-b", "draft", str(site.parent / "beside"))
    beside = site.parent / "beside"
    run("build", beside, "--quiet")
    assert deploy(beside).returncode == 0
    assert "is the branch that you are on" in deploy(beside, "--branch", "draft").stderr


def test_what_a_hook_that_calls_it_sets_does_not_lead_it_astray(site: Path, tmp_path: Path):
    git(tmp_path, "init", "-q", "elsewhere")
    led = {"GIT_DIR": str(tmp_path / "elsewhere/.git"), "GIT_INDEX_FILE": str(tmp_path / "index")}
    assert deploy(site, **led).returncode == 0
    assert not (tmp_path / "index").exists()


def test_without_a_repository_or_git_it_says_so(tmp_path: Path, site: Path):
    plain = write_site(tmp_path / "plain", {"content/a.md": ARTICLE})
    run("build", plain, "--quiet")
    done = deploy(plain, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (done.returncode, "lies in no git repository" in done.stderr) == (1, True)
    done = deploy(site, PATH=str(tmp_path / "nothing"))
    assert (done.returncode, "there is no git on this machine" in done.stderr) == (1, True)


def test_who_is_nobody_is_told_how_to_say_who(site: Path):
    git(site, "config", "user.useConfigOnly", "true")
    nobody = dict.fromkeys((name for name in NAMED if "NAME" in name or "EMAIL" in name), "")
    done = run("deploy", cwd=site, **{**NAMED, **nobody, "HOME": str(site.parent)})
    assert done.returncode == 1
    assert "git config user.name" in done.stderr


def test_a_push_that_the_remote_refuses_is_told_in_its_words(site: Path, remote: Path):
    hook = remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho this branch is protected >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    done = deploy(site)
    assert done.returncode == 1
    assert "did not take the branch gh-pages" in done.stderr
    assert "this branch is protected" in done.stderr
