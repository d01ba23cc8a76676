"""Workflows and composite actions, read and run as GitHub runs them, as far as these files need it."""

from __future__ import annotations

import os
import re
import subprocess
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
PASTED = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
# How GitHub calls "shell: bash".
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")


def read(text: str) -> Any:
    """Read YAML with all scalars as text: GitHub's `on` is no boolean."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- texts alone


ACTION = read((ROOT / "action.yml").read_text(encoding="utf-8"))


@dataclass
class Run:
    """One call of a composite action: what its steps said, gave and called."""

    action: Any
    inputs: Mapping[str, str]
    workspace: Path
    folder: Path
    uses: Mapping[str, Callable[[Run], Mapping[str, str]]]
    env: Mapping[str, str] = field(default_factory=dict)
    skip: frozenset[str] = frozenset()
    outputs: dict[str, Mapping[str, str]] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    said: str = ""
    failed: str = ""

    def __post_init__(self) -> None:
        unknown = self.inputs.keys() - self.action["inputs"].keys()
        assert not unknown, unknown
        given = {name: known["default"] for name, known in self.action["inputs"].items()}
        self.inputs = {**given, **self.inputs}

    def start(self) -> Run:
        for step in self.action["runs"]["steps"]:
            name = step.get("name") or step["uses"].partition("@")[0]
            if name in self.skip or not self.value(step.get("if", "true")):
                continue
            self.done.append(name)
            if not self._step(step):
                self.failed = name
                break
        return self

    def _step(self, step: Any) -> bool:
        if "uses" in step:
            made = self.uses.get(step["uses"].partition("@")[0], lambda _: {})(self)
            self.outputs[step.get("id", "")] = made
            return True
        given = self.folder / f"output-{uuid.uuid4().hex}"
        given.touch()
        env = {name: self.filled(value) for name, value in step.get("env", {}).items()}
        done = subprocess.run(
            [*BASH, "-c", step["run"]],
            cwd=self.workspace / self.filled(step.get("working-directory", ".")),
            env={**os.environ, **self.env, **env, "GITHUB_OUTPUT": str(given)},
            capture_output=True,
            text=True,
            check=False,
        )
        self.said += done.stdout + done.stderr
        pairs = [line.partition("=") for line in given.read_text(encoding="utf-8").splitlines()]
        self.outputs[step.get("id", "")] = {name: value for name, _, value in pairs}
        return done.returncode == 0

    def output(self, name: str) -> str:
        return self.filled(self.action["outputs"][name]["value"])

    def filled(self, text: str) -> str:
        return PASTED.sub(lambda found: self.value(found[1]), text)

    def value(self, expression: str) -> str:
        """Give the value of an expression of names, texts, ==, !=, && and ||; of a false one nothing."""
        for sign, wanted in (("||", True), ("&&", False)):
            if sign in expression:
                values = [self.value(part) for part in expression.split(sign)]
                return next((value for value in values if bool(value) == wanted), values[-1])
        for sign in ("!=", "=="):
            if sign in expression:
                left, right = (self.value(part) for part in expression.split(sign))
                return "true" if (left == right) == (sign == "==") else ""
        word = expression.strip()
        if word in ("true", "false"):
            return word.removeprefix("false")
        if word.startswith("'"):
            return word.strip("'")
        room, _, rest = word.partition(".")
        if room == "inputs":
            return self.inputs[rest]
        assert room == "steps", expression
        step, _, name = rest.partition(".outputs.")
        return self.outputs.get(step, {}).get(name, "")
