"""The one door to Pagefind: documents in, the files of an index out, the same for the same documents."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from hashlib import blake2b
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from generator.problems import Refusal

# The larger one, where somebody installed it, also parts the words of Chinese, Japanese and Thai.
PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
INTERFACE = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
ENGINE = ("pagefind.js", "pagefind-worker.js", "wasm.")
ENTRY = "pagefind-entry.json"
SIGNATURE = b"pagefind_dcd"
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

    Raise Refusal where the program cannot run.
    """
    with tempfile.TemporaryDirectory(prefix="broadsheet-") as work:
        folder, made = Path(work, "documents"), Path(work, "index")
        folder.mkdir()
        for name, text in documents.items():
            (folder / f"{name}.html").write_bytes(text.encode(errors="replace"))
        _run(_program(), folder, made, language)
        files = {file.relative_to(made).as_posix(): file for file in made.rglob("*") if file.is_file()}
        read = {name: file.read_bytes() for name, file in files.items() if not name.startswith(INTERFACE)}
    return settled(read)


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


def _run(program: str, folder: Path, made: Path, language: str) -> None:
    command = [program, "--site", str(folder), "--output-path", str(made), "--force-language", language]
    # Its settings come from us alone: it would also read the environment, and files where it stands.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:
        done = subprocess.run(  # noqa: S603 -- the program of a package that we depend on
            [*command, "--silent"], cwd=folder, env=environment, capture_output=True, check=False
        )
    except OSError as error:
        raise Refusal(f"Pagefind cannot run on this machine: {error.strerror}", HINT) from error
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).decode(errors="replace").split()[-40:])
        hint = SHORT if "memory" in said or done.returncode < 0 else HINT
        raise Refusal(f"Pagefind could not index the articles: {said or f'exit {done.returncode}'}", hint)
