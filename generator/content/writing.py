"""How commands write a file."""

from __future__ import annotations

import shutil
from pathlib import Path
from secrets import token_hex


def replace_file(file: Path, data: bytes) -> None:
    """Write a file whole or not at all; what a link leads to is replaced, not the link."""
    target = file.resolve()
    beside = target.with_name(f".{target.name}.{token_hex(4)}")
    try:
        with beside.open("xb") as opened:
            opened.write(data)
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def create_file(file: Path, data: bytes) -> None:
    """Write a file that is not there yet, whole or not at all. Raises FileExistsError where one is."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{token_hex(8)}")
    try:
        with beside.open("xb") as opened:
            opened.write(data)
        try:
            file.hardlink_to(beside)
        except FileExistsError:
            raise
        except (OSError, NotImplementedError):  # a disk without links: the name is claimed, then filled
            file.open("xb").close()
            beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
