"""The one door to Pagefind: documents in, the files of an index out, the same for the same documents."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import blake2b
from importlib import import_module, metadata
from io import BufferedReader, BufferedWriter
from subprocess import PIPE, Popen
from typing import IO, Any

from generator.problems import Refusal

Ask = Callable[[Mapping[str, Any]], Mapping[str, Any]]

# The larger one, where somebody installed it, also parts the words of Chinese, Japanese and Thai.
PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
INTERFACE = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
ENGINE = ("pagefind.js", "pagefind-worker.js", "wasm.")
ENTRY = "pagefind-entry.json"
SIGNATURE = b"pagefind_dcd"
PATIENCE = 5.0  # seconds in which it may end
END = b","  # of a request, and of an answer
FILTERS = 3  # place of the filters in an index's metadata: version, pages, chunks, filters, …
HINT = 'install it (pip install "pagefind[bin]"), or do without: search: false in config.yaml'
SHORT = "memory may be short: try --jobs 1, or do without: search: false in config.yaml"


def version() -> str:
    """Name the indexer that is installed; raise Refusal where there is none."""
    for package in PACKAGES:
        try:
            return f"{package} {metadata.version(package)}"
        except metadata.PackageNotFoundError:
            continue
    raise Refusal("the search index needs Pagefind, which is not installed", HINT)


def index(documents: Mapping[str, str], language: str) -> dict[str, bytes]:
    """Index pages by their names; give the files of the index, without Pagefind's own interface.

    Pages are handed over one by one, in the order of their names. From a folder Pagefind would take them in
    the order of that file system, and number them so; and a file for each takes half as long again.
    Raise Refusal where the program cannot run.
    """
    with _running(_program()) as ask:
        number = ask({"type": "NewIndex", "config": {"force_language": language}})["index_id"]
        for name, text in sorted(documents.items()):
            told = text.encode(errors="replace").decode()
            ask({"type": "AddFile", "index_id": number, "file_path": f"{name}.html", "file_contents": told})
        made = ask({"type": "GetFiles", "index_id": number})["files"]
    return settled(
        {one["path"]: b64decode(one["content"]) for one in made if not one["path"].startswith(INTERFACE)}
    )


def is_engine(name: str) -> bool:
    """Tell what every index brings and one is enough of: the program that searches in the browser."""
    return name.startswith(ENGINE)


def settled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Put in order what Pagefind writes in another one each time: its filters, and their values.

    Files that name others by digest follow. Of the two programs that it gives, the one in use stays.
    """
    entry = json.loads(files[ENTRY])
    ((language, about),) = entry["languages"].items()
    program = f"wasm.{about['wasm'] or 'unknown'}.pagefind"
    kept = {name: data for name, data in files.items() if not name.startswith("wasm.") or name == program}
    filters: dict[str, str] = {}
    for name in [name for name in kept if name.startswith("filter/")]:
        title, values = _read(kept.pop(name))
        data = _written([title, sorted(values)])
        filters[title] = f"{language}_{_digest(data)}"
        kept[f"filter/{filters[title]}.pf_filter"] = data
    told = _read(kept.pop(f"pagefind.{about['hash']}.pf_meta"))
    told[FILTERS] = sorted([title, filters[title]] for title, _ in told[FILTERS])
    data = _written(told)
    about["hash"] = f"{language}_{_digest(data)}"
    kept[f"pagefind.{about['hash']}.pf_meta"] = data
    kept[ENTRY] = json.dumps(entry).encode()
    return dict(sorted(kept.items()))


def _read(data: bytes) -> list[Any]:
    import cbor2

    read: list[Any] = cbor2.loads(gzip.decompress(data).removeprefix(SIGNATURE))
    return read


def _written(values: list[Any]) -> bytes:
    import cbor2

    packed = io.BytesIO()
    # Neither the time nor the machine's name of its system: gzip.compress would write one of them.
    with gzip.GzipFile("", "wb", 9, packed, mtime=0) as file:
        file.write(SIGNATURE + cbor2.dumps(values))
    return packed.getvalue()


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=5).hexdigest()


def _program() -> str:
    try:
        return str(import_module(version().partition(" ")[0]).get_executable())
    except FileNotFoundError as error:
        raise Refusal("Pagefind has no program for this machine", HINT) from error


@contextmanager
def _running(program: str) -> Iterator[Ask]:
    """Run the program, and give what asks it for something and waits for its answer.

    Raises Refusal where it cannot run, or stops, or says no.
    """
    # Its settings come from us alone: it would also read the environment, and files where it stands.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    with tempfile.TemporaryDirectory(prefix="broadsheet-") as empty, tempfile.TemporaryFile() as said:
        try:
            running = subprocess.Popen(  # noqa: S603 -- the program of a package that we depend on
                [program, "--service"], cwd=empty, env=environment, stdin=PIPE, stdout=PIPE, stderr=said
            )
        except OSError as error:
            raise Refusal(f"Pagefind cannot run on this machine: {error.strerror}", HINT) from error
        try:
            yield partial(_asked, running, said)
        finally:
            _ended(running)
            if running.stdout:
                running.stdout.close()


def _asked(running: Popen[bytes], said: IO[bytes], payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Hand over a request and wait for the answer: both are JSON in base64, which a comma ends."""
    asks, answers = running.stdin, running.stdout
    assert isinstance(asks, BufferedWriter)  # noqa: S101 -- both are pipes
    assert isinstance(answers, BufferedReader)  # noqa: S101
    parts = [b""]
    with suppress(BrokenPipeError):
        asks.write(b64encode(json.dumps({"message_id": 1, "payload": payload}).encode()) + END)
        asks.flush()
        while part := answers.read1():
            parts.append(part)
            if part.endswith(END):
                break
    if not parts[-1].endswith(END):
        code = _ended(running)
        said.seek(0)
        raise _refusal(said.read().decode(errors="replace"), code)
    answer: Mapping[str, Any] = json.loads(b64decode(b"".join(parts)[: -len(END)]))["payload"]
    if answer["type"] == "Error":
        raise _refusal(answer["message"], 1)
    return answer


def _ended(running: Popen[bytes]) -> int:
    """Wait for the end of a program that answers no more, and give its code."""
    with suppress(OSError):
        if running.stdin:
            running.stdin.close()
    try:
        return running.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        running.kill()
        return running.wait()


def _refusal(said: str, status: int) -> Refusal:
    told = " ".join(said.split()[-40:])
    hint = SHORT if "memory" in told or status < 0 else HINT
    return Refusal(f"Pagefind could not index the articles: {told or f'exit {status}'}", hint)
