"""A folder's files -> a commit on a branch of a remote, on top of what stands there. Nothing else is touched.

The working tree, its index, HEAD and every local branch stay as they are: the tree is made in an index of
its own, by git's plumbing, and pushed by its digest.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.branch.git import Git, GitError, opened
from generator.problems import Refusal

__all__ = ["Pushed", "Target", "is_name", "push"]

EMPTY = {".nojekyll": b""}  # without it GitHub would run Jekyll over the site
CNAME = "CNAME"
SOURCE = "config.yaml"  # a branch that holds it holds a site's sources
PLAIN = "100644"
POINTERS = frozenset(("HEAD", "@", "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD"))  # git's own names for commits
# What git check-ref-format(1) does not let stand in a name.
NO_NAME = re.compile(r"^$|\.\.|@\{|//|[\x00-\x20\x7f~^:?*\[\\]|^[-/]|[/.]$|(?:^|/)\.|\.lock(?:/|$)")
QUIET = ("-c", "gc.auto=0", "-c", "maintenance.auto=false")  # nothing is tidied up by the way


@dataclass(frozen=True, slots=True)
class Target:
    """Where to: the branch of a remote, for whose name `is_name` holds.

    `manifest` is the file by which a branch is known as ours: it names the files of a site, under
    "files". `adopt` takes over a branch without one; `host` is written as CNAME, where it is given.
    """

    branch: str
    remote: str
    manifest: str
    adopt: bool = False
    host: str = ""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of the branch: counts of its files, and those that others put there and that were kept.

    `commit` is empty where nothing had to be pushed, or only would have been.
    """

    commit: str
    parent: str
    added: int
    changed: int
    removed: int
    kept: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the branch holds this very site."""
        return bool(self.parent) and not (self.added or self.changed or self.removed)


def is_name(name: str) -> bool:
    """Tell whether git takes this for the name of a branch, and people take it for the same one."""
    return not NO_NAME.search(name) and not name.startswith("refs/") and name not in POINTERS


def push(
    root: Path, site: Path, files: Iterable[str], target: Target, *, message: str, dry: bool, may_ask: bool
) -> Pushed:
    """Let a branch hold these files of `site`, by one commit on top of what stands there.

    `root` lies in the repository that knows the remote. With `dry` nothing is pushed, nor kept. Raises
    Refusal where the branch is not ours, has moved on, or cannot be reached.
    """
    with opened(root, may_ask=may_ask) as (there, folder):
        _check(there, target)
        git = there.with_(**_aside(there, folder)) if dry else there
        parent = _tip(git, target)
        standing = _entries(git, parent) if parent else {}
        kept = _kept(git, standing, target)
        index = git.with_(GIT_INDEX_FILE=str(folder / "index"))
        tree = _tree(index, site, files, {name: standing[name] for name in kept}, target.host)
        added, changed, removed = _difference(standing, _entries(git, tree))
        pushed = Pushed("", parent, added, changed, removed, kept)
        if dry or pushed.same:
            return pushed
        commit = _commit(git, tree, parent, message)
        _send(git, commit, parent, target)
        return Pushed(commit, parent, added, changed, removed, kept)


def _check(git: Git, target: Target) -> None:
    ref = f"refs/heads/{target.branch}"
    if git.tried("symbolic-ref", "-q", "HEAD").stdout.decode().strip() == ref:
        hint = "name another: the site would take the place of its sources"
        raise Refusal(f"{target.branch} is the branch that you are on", hint)


def _aside(git: Git, folder: Path) -> dict[str, str]:
    """Let new objects go where they are soon forgotten, and the old ones be found."""
    objects = folder / "objects"
    objects.mkdir()
    here = git.text("rev-parse", "--path-format=absolute", "--git-path", "objects")
    return {"GIT_OBJECT_DIRECTORY": str(objects), "GIT_ALTERNATE_OBJECT_DIRECTORIES": f'"{_quoted(here)}"'}


def _quoted(path: str) -> str:
    return path.replace("\\", "\\\\").replace('"', '\\"')


def _tip(git: Git, target: Target) -> str:
    """Give the commit at the remote branch's tip, fetched; nothing where there is no such branch."""
    try:
        tip = _listed(git, target)
        if tip and git.tried("cat-file", "-e", f"{tip}^{{commit}}").returncode:
            plain = ("-q", "--no-tags", "--no-write-fetch-head", "--refmap=")
            git(*QUIET, "fetch", *plain, "--", target.remote, f"refs/heads/{target.branch}")
    except GitError as error:
        hint = "see that git remote -v names it, and that you may push there"
        raise Refusal(f"the remote {target.remote} cannot be read: {error.said}", hint) from error
    return tip


def _listed(git: Git, target: Target) -> str:
    ref = f"refs/heads/{target.branch}"
    listed = git.text("ls-remote", "--", target.remote, ref)
    return next((line.split("\t")[0] for line in listed.splitlines() if line.endswith(f"\t{ref}")), "")


def _entries(git: Git, tree: str) -> dict[str, str]:
    """Give the files of a tree or commit: mode and object by path."""
    found = {}
    for line in git("ls-tree", "-r", "-z", "--full-tree", tree).split(b"\0"):
        if line:
            about, _, path = line.partition(b"\t")
            mode, _, name = about.decode().split(" ")
            found[os.fsdecode(path)] = f"{mode} {name}"
    return found


def _kept(git: Git, standing: Mapping[str, str], target: Target) -> tuple[str, ...]:
    """Find what others put on the branch, and we leave there. Raises Refusal where the branch is not ours."""
    if not standing:
        return ()
    ours = _ours(git, standing.get(target.manifest))
    if ours is not None:
        return tuple(sorted(set(standing) - ours - {target.manifest, *EMPTY}))
    if SOURCE in standing:
        hint = "name a branch of its own, such as gh-pages"
        raise Refusal(f"the branch {target.branch} of {target.remote} holds {SOURCE}: sources", hint)
    if not target.adopt:
        hint = "name another branch; or take it over with --adopt, which keeps its history and its CNAME"
        where = f"the branch {target.branch} of {target.remote}"
        raise Refusal(f"{where} holds what no deployment of ours put there ({min(standing)})", hint)
    return (CNAME,) if CNAME in standing else ()


def _ours(git: Git, manifest: str | None) -> set[str] | None:
    if manifest is None:
        return None
    try:
        return set(json.loads(git("cat-file", "blob", manifest.split(" ")[1]))["files"])
    except (GitError, ValueError, KeyError, TypeError):
        return None


def _tree(git: Git, site: Path, files: Iterable[str], kept: Mapping[str, str], host: str) -> str:
    """Make the tree: bytes as they are, whatever .gitattributes say, and no file executable."""
    names = sorted(files)
    paths = "".join(f"{site.resolve() / name}\n" for name in names)
    made = (
        git("hash-object", "-w", "--no-filters", "--stdin-paths", given=os.fsencode(paths)).decode().split()
    )
    own = {name: f"{PLAIN} {digest}" for name, digest in zip(names, made, strict=True)}
    small = {**EMPTY, **({CNAME: f"{host}\n".encode()} if host else {})}
    for name, data in small.items():
        own[name] = (
            f"{PLAIN} {git('hash-object', '-w', '--no-filters', '--stdin', given=data).decode().strip()}"
        )
    # What others put there stands aside where the site has a file or a folder of that name by now.
    folders = {name[:at] for name in own for at, sign in enumerate(name) if sign == "/"}
    free = {name: about for name, about in kept.items() if not _is_taken(name, own, folders)}
    lines = b"".join(os.fsencode(f"{about}\t{name}") + b"\0" for name, about in {**free, **own}.items())
    git("update-index", "-z", "--add", "--index-info", given=lines)
    return git.text("write-tree")


def _is_taken(name: str, own: Mapping[str, str], folders: set[str]) -> bool:
    above = (name[:at] for at, sign in enumerate(name) if sign == "/")
    return name in own or name in folders or any(folder in own for folder in above)


def _difference(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[int, int, int]:
    added, removed = after.keys() - before.keys(), before.keys() - after.keys()
    changed = [name for name in after.keys() & before.keys() if after[name] != before[name]]
    return len(added), len(changed), len(removed)


def _commit(git: Git, tree: str, parent: str, message: str) -> str:
    above = ("-p", parent) if parent else ()
    try:
        made = git("commit-tree", tree, *above, "-F", "-", given=f"{message}\n".encode())
    except GitError as error:
        hint = 'say who you are: git config user.name "…", git config user.email "…"'
        raise Refusal(f"no commit could be made: {error.said}", hint) from error
    return made.decode().strip()


def _send(git: Git, commit: str, parent: str, target: Target) -> None:
    """Push without force, so that nothing that came meanwhile is lost."""
    plain = ("-c", "push.followTags=false", "-c", "push.recurseSubmodules=no", "-c", "push.gpgSign=false")
    ref = f"refs/heads/{target.branch}"
    done = git.tried(*plain, "push", "--porcelain", "--no-verify", "--", target.remote, f"{commit}:{ref}")
    if not done.returncode:
        return
    told = done.stdout.decode("utf-8", "replace")
    said = done.stderr.decode("utf-8", "replace")
    # Who comes while another push is being written down is told of its lock, or of a failed update alone.
    if "[rejected]" in told or "cannot lock ref" in said or _has_moved(git, parent, target):
        hint = "run broadsheet deploy again: it goes on from what stands there now"
        raise Refusal(f"others have pushed to {target.branch} meanwhile; nothing of theirs was touched", hint)
    refused = next((line.split("\t")[-1] for line in told.splitlines() if line.startswith("!")), "")
    words = " ".join(filter(None, (refused, " ".join(said.split()))))
    hint = "see that you may push there: git push would say the same"
    raise Refusal(f"{target.remote} did not take the branch {target.branch}: {words[:400]}", hint)


def _has_moved(git: Git, parent: str, target: Target) -> bool:
    try:
        return _listed(git, target) != parent
    except GitError:
        return False
