"""Files -> site/, all or nothing.

The whole new tree is written beside the old one, under the work folder, and the two change places in
one step. Whatever happens before that step leaves the old site standing; whatever was not made this
time is not in the new one.
"""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from generator.model import File
from generator.problems import Problem, Refusal
from generator.publish.exchange import exchange, locked

MANIFEST = ".broadsheet.json"
KEPT = ".gitignore"
NEXT = "next"
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Published:
    """What stands in site/ now, and how it differs from what stood there: counts of files, bytes in all."""

    files: int
    bytes: int
    written: int
    removed: int
    unchanged: int


def collisions(files: Sequence[File]) -> list[Problem]:
    """Find files that cannot stand side by side on every file system, and paths that no site can have.

    Paths that differ in case or Unicode form alone count as one; so does a file where a folder must be.
    """
    problems: list[Problem] = []
    taken: dict[str, File] = {}
    folders: dict[str, File] = {}
    for file in files:
        if not _is_sound(file.path):
            problems.append(_problem(file, "bad-address", f'"{file.path}" cannot be an address of the site'))
            continue
        name = _folded(file.path)
        other = taken.get(name) or folders.get(name)
        above = [_folded(str(parent)) for parent in PurePosixPath(file.path).parents if str(parent) != "."]
        other = other or next((taken[parent] for parent in above if parent in taken), None)
        if other:
            problems.append(_clash(file, other))
            continue
        taken[name] = file
        for parent in above:
            folders.setdefault(parent, file)
    return problems


def _clash(file: File, other: File) -> Problem:
    """Blame the one of two that an editor wrote."""
    mine, theirs = (file, other) if not other.origin.startswith("content/") else (other, file)
    mine, theirs = (file, other) if file.origin.startswith("content/") else (mine, theirs)
    message = f'the address "/{file.path}" is taken by {theirs.origin or theirs.path}'
    return _problem(mine, "duplicate-address", message, "give one of them another slug")


def _problem(file: File, code: str, message: str, hint: str = "") -> Problem:
    return Problem(file.origin or file.path, 1, 1, code, message, hint)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path.casefold())


def _is_sound(path: str) -> bool:
    parts = path.split("/")
    if path in (MANIFEST, KEPT) or "\0" in path or "\\" in path:
        return False
    return not any(
        part in ("", ".", "..") or RESERVED.match(part) or part[-1] in ". " or len(part.encode()) > 255  # noqa: PLR2004 -- bytes of a name
        for part in parts
    )


def publish(files: Iterable[File], site: Path, work: Path) -> Published:
    """Let `site` hold exactly these files. `work` is a folder on the same file system.

    `files` have no collisions. Raises Refusal where `site` holds what we did not make, another build is
    running, or the disk says no; then `site` is as it was.
    """
    made = {file.path: file.data for file in files}
    try:
        work.mkdir(parents=True, exist_ok=True)
        with locked(work / "lock"):
            _recover(site, work)
            kept = _kept(site)
            old = _manifest(site)
            new = {path: blake2b(data, digest_size=16).hexdigest() for path, data in sorted(made.items())}
            if old != new or not _stands(site, made):
                _write(made, new, kept, work / NEXT)
                exchange(work / NEXT, site)
                shutil.rmtree(work / NEXT, ignore_errors=True)
    except OSError as error:
        place = error.filename or site
        raise Refusal(f"{place}: {error.strerror or error}; site/ is as it was") from error
    changed = sum(1 for path, digest in new.items() if old.get(path) != digest)
    removed = sum(1 for path in old if path not in new)
    return Published(len(made), sum(map(len, made.values())), changed, removed, len(made) - changed)


def _recover(site: Path, work: Path) -> None:
    """Undo what an interrupted build left: the old site may stand aside, a new tree half written."""
    aside = site.with_name(f"{site.name}.old")
    if aside.is_dir() and (aside / MANIFEST).is_file():
        if site.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(site)
    if (work / NEXT).exists():
        shutil.rmtree(work / NEXT)


def _kept(site: Path) -> bytes | None:
    """Give the bytes of site/.gitignore. Raises Refusal if the folder is not ours to replace."""
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise Refusal(f"{site} is not a folder", "move it away; a build makes the folder itself")
    if not site.exists():
        return None
    foreign = sorted(item.name for item in site.iterdir() if item.name != KEPT)
    if foreign and not (site / MANIFEST).is_file():
        raise Refusal(
            f"{site} holds files that no build of ours made ({foreign[0]}, …); it will not be overwritten",
            "move them away, or empty the folder",
        )
    with suppress(FileNotFoundError):
        return (site / KEPT).read_bytes()
    return None


def _manifest(site: Path) -> dict[str, str]:
    """Read which files stand in site/, by digest; a damaged manifest counts as an old site of ours."""
    try:
        data = json.loads((site / MANIFEST).read_text(encoding="utf-8"))
        return {str(path): str(digest) for path, digest in data["files"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return {}


def _stands(site: Path, made: dict[str, bytes]) -> bool:
    """Tell whether site/ really holds these files and no others: somebody may have touched it."""
    found = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if not path.is_dir() or path.is_symlink()
    } - {MANIFEST, KEPT}
    return found == set(made) and all(_same(site / path, data) for path, data in made.items())


def _same(path: Path, data: bytes) -> bool:
    try:
        return not path.is_symlink() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _write(made: dict[str, bytes], digests: dict[str, str], kept: bytes | None, tree: Path) -> None:
    folders = {PurePosixPath(path).parent for path in made}
    tree.mkdir()
    for folder in sorted(folders):
        (tree / folder).mkdir(parents=True, exist_ok=True)
    for path, data in made.items():
        (tree / path).write_bytes(data)
    if kept is not None:
        (tree / KEPT).write_bytes(kept)
    manifest = json.dumps({"broadsheet": 1, "files": digests}, ensure_ascii=False, indent=0)
    (tree / MANIFEST).write_text(manifest, encoding="utf-8", newline="\n")
