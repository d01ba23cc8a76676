"""Files -> site/, all or nothing, at the cost of what changed.

Two trees stand: site/, and another under the work folder. The other is made to hold the new site, and the
two change places in one step. Whatever happens before that step leaves the old site standing; whatever was
not made this time is not in the new one. Files that are as they were are not written again: both trees name
the same one.

The ledger, in the work folder, says what each file of site/ was made from, and how the disk knew it then. It
is believed only as far as the disk agrees. The manifest, in site/ itself, holds neither times nor sizes: two
builds of the same content hold the same bytes whatever stood there before.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator.cache import sweep
from generator.model import File, Kept
from generator.problems import Refusal
from generator.publish.addresses import KEPT, MANIFEST, collisions
from generator.publish.exchange import locked, repair
from generator.publish.finding import Map
from generator.publish.standing import (
    NEXT,
    PREVIOUS,
    DiskRefusal,
    Published,
    Standing,
    refuse_others,
    told,
)

LOCK = "lock"
_OURS = "delete it; a build makes what it needs"

__all__ = [
    "KEPT",
    "MANIFEST",
    "Published",
    "Standing",
    "collisions",
    "is_gone",
    "opened",
    "publish",
    "restore",
]


def publish(files: Iterable[File | Kept], site: Path, work: Path) -> Published:
    """Let `site` hold exactly these files. `work` is a folder on the same file system.

    Raises what `opened` and `Standing.replace` raise; then `site` is as it was.
    """
    made = list(files)
    with opened(site, work) as standing:
        return standing.replace(made)


def is_gone(site: Path) -> bool:
    """Tell a site that is not there; a checkout has the file alone that keeps it out of git."""
    if not os.path.lexists(site):
        return True
    try:
        return not site.is_symlink() and all(name == KEPT for name in os.listdir(site))  # noqa: PTH208
    except OSError:
        return False


def restore(content: str, site: Path, work: Path, map: Map = map) -> str:  # noqa: A002 -- the seam's name
    """Put a site that is gone back as the last build left it, if that was this content. Give its state.

    Gives nothing where the work folder does not hold it whole. Raises what `opened` raises.
    """
    if not is_gone(site) or not (work / NEXT).is_dir():
        return ""
    with opened(site, work) as standing:
        return standing.state if standing.restore(content, map) else ""


@contextmanager
def opened(site: Path, work: Path) -> Iterator[Standing]:
    """Look at what stands in `site`, and let no other build in meanwhile.

    Raises Refusal where another build is running, `site` holds what we did not make, or the disk says no.
    """
    with ExitStack() as held:
        with told(site):
            _check_ours(work)
            work.mkdir(parents=True, exist_ok=True)
            if (work / LOCK).is_dir():
                raise Refusal(f"{work / LOCK} is a folder; site/ is as it was", _OURS)
            held.enter_context(locked(work / LOCK))
            _check_ours(work / PREVIOUS)
            repair(site, work / PREVIOUS)
            _check_ours(work / NEXT)
            sweep(work)
            refuse_others(site)
            standing = Standing(site, work)
            stood = (work / NEXT).exists()
        try:
            yield standing
        except BaseException as error:  # by then no fork lays anything any more
            if isinstance(error, DiskRefusal) or not stood:
                shutil.rmtree(work / NEXT, ignore_errors=True)
            raise


def _check_ours(folder: Path) -> None:
    """Raise Refusal where anything else stands in the place of a folder of ours."""
    if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
        raise Refusal(f"{folder} is no folder; site/ is as it was", _OURS)
