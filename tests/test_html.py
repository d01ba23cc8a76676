"""Valid HTML and CSS by the Nu checker of the W3C and WHATWG, on every kind of page.

It needs Java and the npm package vnu-jar, which .ci/run puts into .cache/node.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pytest

from generator.pages.frame import Kind
from tests.browsing import Visit

JAR = Path(__file__).parent.parent / ".cache/node/node_modules/vnu-jar/build/dist/vnu.jar"
# What the checker says and we do not follow, by the words that it says it in.
EXCEPTIONS = (
    # A file has no origin that 'self' could name, and JSON-LD is data, which no policy is asked about. The
    # browser's tests fail if the policy blocks anything.
    "Resource violates Content Security Policy (meta tag)",
    "Inline script violates Content Security Policy (meta tag)",
    # CSS View Transitions 2; a browser that does not know the rule passes over it, and so does the checker.
    "Unrecognized at-rule “@view-transition”",
)


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """The command that checks, up to its files."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("there is no Java on this machine (Debian: apt install default-jre-headless)")
    if not JAR.exists():
        if os.environ.get("CI"):
            pytest.fail("Java is here, but not the checker, and in CI it must be: .ci/run installs it")
        pytest.skip("the checker is not here (npm install --prefix .cache/node --no-package-lock vnu-jar)")
    return [java, "-jar", str(JAR), "--format", "json", "--also-check-css", "--also-check-svg", "--stdout"]


def said(checker: Sequence[str], files: Sequence[Path], root: Path) -> list[str]:
    done = subprocess.run([*checker, *map(str, files)], capture_output=True, text=True, check=False)
    messages = json.loads(done.stdout)["messages"]
    return [
        f"{message.get('url', '').partition(str(root))[2]} {message.get('lastLine', 0)}: {message['message']}"
        for message in messages
    ]


def test_every_kind_of_page_is_valid(checker: list[str], visit: Visit, request: pytest.FixtureRequest):
    deep = request.config.getoption("--deep")
    pages = [visit.file(one) for kind in get_args(Kind) for one in visit.of(kind, all_of_them=deep)]
    themes = [*visit.root.glob("*/assets/*.css"), *visit.root.glob("*/assets/*.svg")]
    assert len(pages) > 25
    assert themes
    found = said(checker, [*pages, *themes], visit.root)
    known = {exception: [line for line in found if exception in line] for exception in EXCEPTIONS}
    assert all(known.values()), "an exception that nothing needs any more"
    assert [line for line in found if not any(line in lines for lines in known.values())] == []


def test_the_checker_finds_a_fault(checker: list[str], tmp_path: Path):
    page = tmp_path / "index.html"
    page.write_text("<!doctype html><html lang=en><title>A</title><p><div>B</div></p></html>")
    assert any(
        "No “p” element in scope" in line or "Stray end tag" in line
        for line in said(checker, [page], tmp_path)
    )
