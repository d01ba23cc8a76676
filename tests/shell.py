"""A real shell for the commands of a page, in which `broadsheet` answers at once.

The shell is bash, so pipes, `cd`, `&&` and quotation marks do what they do for a reader. `broadsheet` on its path is
a few lines that hand what they are called with to this process, where tests/running.py runs it without the half
second that Python takes to begin.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.running import NOW, run

ROOT = Path(__file__).parent.parent
FENCE = re.compile(r"^(?P<indent> *)```sh\n(?P<code>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
PATIENCE = 60.0
CLIENT = f"""\
#!{sys.executable} -ISE
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as asked:
    asked.connect(os.environ["DOCS_SOCKET"])
    asked.sendall(json.dumps([sys.argv, os.getcwd(), dict(os.environ)]).encode() + b"\\n")
    answer = json.loads(asked.makefile("rb").read())
sys.stdout.write(answer["out"])
sys.stderr.write(answer["err"])
sys.exit(answer["code"])
"""
ADDRESS = re.compile(r"http://[\w.:-]+/\S*")

Answer = tuple[int, str, str]
Answering = Callable[[list[str], str, dict[str, str]], Answer]


def script(page: Path) -> str:
    """Give a page's commands as one script; each stands in the line that it has on the page."""
    text = page.read_text(encoding="utf-8")
    lines = [""] * (text.count("\n") + 1)
    for block in FENCE.finditer(text):
        first = text.count("\n", 0, block.start("code"))
        indent = len(block["indent"])
        for number, line in enumerate(block["code"].splitlines(), first):
            lines[number] = line[indent:]
    return "\n".join(lines).rstrip()


@contextmanager
def shell(home: Path, answer: Answering, names: list[str]) -> Iterator[dict[str, str]]:
    """Give the environment of a shell whose `names`, and no other commands of a user's own, are answered here."""
    folder = Path(tempfile.mkdtemp(prefix="b"))  # the name of a socket must be short
    try:
        for name in names:
            program = folder / name
            program.write_text(CLIENT)
            program.chmod(0o755)
        address = str(folder / ".socket")
        with _Server(address, _Handler) as server:
            server.answer = answer
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
            yield _environment(home, folder, address)
            server.shutdown()
    finally:
        for item in folder.iterdir():
            item.unlink()
        folder.rmdir()


def _environment(home: Path, programs: Path, address: str) -> dict[str, str]:
    return {
        "PATH": f"{programs}:/usr/bin:/bin",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "dumb",
        "EDITOR": "an-editor",
        "VISUAL": "an-editor",
        "GIT_EDITOR": "sed -i 1s/^/Words/",
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "SOURCE_DATE_EPOCH": NOW,
        "DOCS_SOCKET": address,
    }


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    answer: Answering


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        arguments, folder, environment = json.loads(self.rfile.readline())
        try:
            code, out, err = self.server.answer(arguments, folder, environment)
        except Exception as error:  # noqa: BLE001 -- the page's test tells it
            code, out, err = 99, "", f"{type(error).__name__}: {error}\n"
        self.wfile.write(json.dumps({"code": code, "out": out, "err": err}).encode())


def obeyed(code: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a script until something in it fails; its last words name the line and the command."""
    trap = 'trap \'printf "line %s: %s\\n" "$LINENO" "$BASH_COMMAND" >&2\' ERR; set -eEuo pipefail; '
    return subprocess.run(
        ["bash", "-c", trap + code],  # on the first line, so that the numbers of the others stay
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE * 2,
        check=False,
    )


def broadsheet(arguments: list[str], folder: str, environment: dict[str, str]) -> Answer:
    """Run a command of ours to its end."""
    done = run(*arguments[1:], cwd=folder, **environment)
    return done.returncode, done.stdout, done.stderr


def served(arguments: list[str], folder: str, environment: dict[str, str]) -> Answer:
    """Run a server until it has answered once, then stop it as Ctrl-C does."""
    command = [sys.executable, "-m", "generator", *arguments[1:]]
    full = {**environment, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(
            command, cwd=folder, env=full, stdin=subprocess.DEVNULL, stdout=out, stderr=err
        )
        try:
            address = _ready(process, [out, err])
            with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 -- ADDRESS is http
                fine = answer.status == 200
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
        said = [_said(stream) for stream in (out, err)]
    code = 0 if fine and process.returncode in (0, 130) else process.returncode or 1
    return code, said[0], said[1]


def _ready(process: subprocess.Popen[bytes], streams: list[Any]) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if found := ADDRESS.search("".join(map(_said, streams))):
            return found[0]
        time.sleep(0.05)
    raise TimeoutError(f"the server names no address: {''.join(map(_said, streams))}")


def _said(stream: Any) -> str:
    return os.pread(stream.fileno(), 1_000_000, 0).decode()
