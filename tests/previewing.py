"""`broadsheet serve` in a process of its own, and what it says."""

from __future__ import annotations

import http.client
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.running import NOW

ROOT = Path(__file__).parent.parent
SOON = 20.0  # seconds: a busy machine is slow


@dataclass
class Preview:
    """A running server: where it is, what it has said (as JSON, a line each), and how it ended."""

    folder: Path
    process: subprocess.Popen[str]
    said: queue.SimpleQueue[dict[str, Any]] = field(default_factory=queue.SimpleQueue)
    url: str = ""

    def heard(self, event: str) -> dict[str, Any]:
        """Wait until it says that; give what it said."""
        end = time.monotonic() + SOON
        while True:
            told = self.said.get(timeout=max(0.01, end - time.monotonic()))
            if told["event"] == event:
                return told

    def hush(self) -> None:
        """Hear no more of what was said until now."""
        while not self.said.empty():
            self.said.get()

    def quiet(self, seconds: float = 0.4) -> bool:
        """Tell whether it says nothing for a while."""
        try:
            self.said.get(timeout=seconds)
        except queue.Empty:
            return True
        return False

    def get(self, path: str = "", method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Ask for a path, below the site's own address where it is relative."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=SOON)
        target = path if path.startswith("/") else parts.path + path
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": parts.netloc, **headers}.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), body

    def save(self, name: str, data: str | bytes) -> None:
        """Write a file; what was said until then is not heard any more."""
        self.hush()
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """End it by a signal; give its exit code and what it said on standard error."""
        self.process.send_signal(how)
        _, err = self.process.communicate(timeout=SOON)
        return self.process.returncode, err


@contextmanager
def preview(folder: Path, *options: str) -> Iterator[Preview]:
    """Serve a folder at a free port; it is ready when the body begins, and ended with it."""
    command = [sys.executable, "-m", "generator", "serve", str(folder), "--json", "--port", "0", *options]
    env = {**os.environ, "SOURCE_DATE_EPOCH": NOW, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    made = Preview(folder, process)
    threading.Thread(target=_listen, args=(made,), daemon=True).start()
    try:
        made.url = made.heard("serving")["url"]
        yield made
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        for stream in (process.stdout, process.stderr):
            if stream and not stream.closed:
                stream.close()


def _listen(made: Preview) -> None:
    stream = made.process.stdout
    assert stream
    try:
        for line in stream:
            made.said.put(json.loads(line))
    except ValueError:  # closed
        return
