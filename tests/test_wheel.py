"""The wheel alone suffices: what it carries makes, fills and builds a site, with no checkout in sight."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.building import copied, tree
from tests.running import NOW
from tests.workflows import ROOT


def source(folder: Path) -> Path:
    """Copy what a wheel is built from."""
    folder.mkdir()
    for entry in sorted(ROOT.iterdir()):
        if entry.is_dir() and entry.name in ("generator", "templates", "content", "docs"):
            copied(entry, folder / entry.name)
        elif entry.suffix in (".toml", ".yaml", ".md", ".txt") or entry.name == "LICENSE":
            (folder / entry.name).write_bytes(entry.read_bytes())
    return folder


def called(*command: str | Path, cwd: Path) -> str:
    """Run a program that knows nothing of this checkout."""
    hidden = ("PYTHONPATH", "VIRTUAL_ENV", "PIP_REQUIRE_VIRTUALENV")
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    env["SOURCE_DATE_EPOCH"] = NOW
    done = subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def a_site_is_made_filled_and_built(broadsheet: Path, folder: Path) -> None:
    called(broadsheet, "init", "paper", cwd=folder)
    paper = folder / "paper"
    assert called(broadsheet, "new", "A headline", cwd=paper) == "content/2026/11/24/a-headline.md\n"
    with (paper / "content" / "2026" / "11" / "24" / "a-headline.md").open("a") as article:
        article.write("Corvane will borrow again.\n")
    assert json.loads(called(broadsheet, "build", "--json", cwd=paper))["articles"] == 23
    assert (paper / "site" / "2026" / "11" / "a-headline" / "brief.json").is_file()
    assert "bad-date" in called(broadsheet, "explain", cwd=folder)
    checkout = folder / "by-checkout" / "paper"
    called(sys.executable, "-m", "generator", "init", checkout, cwd=ROOT)
    made = tree(checkout)
    carried = tree(paper)
    assert {name: carried[name] for name in made} == made


def test_a_wheel_in_an_environment_of_its_own(tmp_path: Path):
    """Its libraries are those of this environment, by their folder: what is installed as a link is not seen."""
    called(
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        tmp_path,
        cwd=source(tmp_path / "src"),
    )
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=False)
    python = tmp_path / "env" / "bin" / "python"
    (packages,) = (tmp_path / "env" / "lib").glob("*/site-packages")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index")
    called(*pip, "--no-compile", wheel, cwd=tmp_path)
    (packages / "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    place = called(python, "-c", "import generator; print(generator.__file__)", cwd=tmp_path).strip()
    assert Path(place).is_relative_to(packages)
    a_site_is_made_filled_and_built(tmp_path / "env" / "bin" / "broadsheet", tmp_path)


@pytest.mark.deep
def test_a_wheel_with_all_that_it_asks_for(tmp_path: Path):
    """As a reader installs it: built in isolation, its libraries fetched."""
    src = source(tmp_path / "src")
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    pins = ("--constraint", ROOT / "constraints.txt", "--build-constraint", ROOT / "constraints.txt")
    called(*pip, "wheel", "--no-deps", *pins, "--wheel-dir", tmp_path, src, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=False)
    called(*pip, "--python", tmp_path / "env" / "bin" / "python", "install", *pins, wheel, cwd=tmp_path)
    a_site_is_made_filled_and_built(tmp_path / "env" / "bin" / "broadsheet", tmp_path)
