"""git, called for one thing at a time: no hook runs, and nothing of a caller's own git call comes along."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from generator.problems import Refusal

# What git sets for its hooks, and what would lead us to another repository (git rev-parse --local-env-vars).
# GIT_CONFIG_* stay: by them a workflow hands git its credentials.
LED = frozenset(
    "GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_DIR GIT_GRAFT_FILE GIT_IMPLICIT_WORK_TREE"
    " GIT_INDEX_FILE GIT_INTERNAL_SUPER_PREFIX GIT_NAMESPACE GIT_NO_REPLACE_OBJECTS GIT_OBJECT_DIRECTORY"
    " GIT_PREFIX GIT_QUARANTINE_PATH GIT_REPLACE_REF_BASE GIT_SHALLOW_FILE GIT_WORK_TREE".split()
)
MISSING = Refusal("there is no git on this machine", "install it: https://git-scm.com/downloads")
SAID = 400  # signs of git's words that are shown


class GitError(Exception):
    """git did not do what it was told; `said` are its own words, on one line."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(said)


@dataclass(frozen=True, slots=True)
class Git:
    """A repository, and how git is called in it. `hooks` is an empty folder."""

    root: Path
    hooks: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str, given: bytes = b"") -> bytes:
        """Run one command and give what it prints. Raises GitError, or Refusal where there is no git."""
        done = self.tried(*arguments, given=given)
        if done.returncode:
            raise GitError(_plain(done.stderr) or f"git {arguments[0]} failed")
        return done.stdout

    def tried(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run one command, whatever becomes of it. Raises Refusal where there is no git."""
        command = ["git", "-C", str(self.root), "-c", f"core.hooksPath={self.hooks}", *arguments]
        kept = {name: value for name, value in os.environ.items() if name not in LED}
        try:
            return subprocess.run(  # noqa: S603 -- our own command
                command,
                input=given,
                capture_output=True,
                check=False,
                env={**kept, "LC_ALL": "C", **self.settings},
            )
        except FileNotFoundError as error:
            raise MISSING from error

    def text(self, *arguments: str) -> str:
        return os.fsdecode(self(*arguments)).rstrip("\n")

    def with_(self, **settings: str) -> Git:
        """Give the same with more of an environment."""
        return Git(self.root, self.hooks, {**self.settings, **settings})


@contextmanager
def opened(root: Path, *, may_ask: bool) -> Iterator[tuple[Git, Path]]:
    """Give git in the repository that `root` lies in, and a folder that lasts as long.

    Without `may_ask` git never waits for a name or a password. Raises Refusal where there is no repository.
    """
    with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
        hooks = Path(folder, "hooks")
        hooks.mkdir()
        git = Git(root.resolve(), hooks, {} if may_ask else {"GIT_TERMINAL_PROMPT": "0"})
        try:
            git("rev-parse", "--git-dir")
        except GitError as error:
            hint = "deploy from a clone of your repository, or make one: git init"
            raise Refusal(f"{root} lies in no git repository ({error.said})", hint) from error
        yield git, Path(folder)


def _plain(words: bytes) -> str:
    lines = words.decode("utf-8", "replace").splitlines()
    told = [line.strip() for line in lines if line.strip() and not line.startswith("hint:")]
    return " ".join("".join(sign if sign.isprintable() else " " for sign in " ".join(told)).split())[:SAID]
