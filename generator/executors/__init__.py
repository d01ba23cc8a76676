"""Where the work of a build is done: in processes of this machine, or on the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from generator.forks import Forks, can_fork
from generator.processes import Processes, cores

Map = Callable[..., Iterable[Any]]
Use = Literal["processes", "dask"]


@dataclass(frozen=True, slots=True)
class Maps:
    """How a build reads and briefs (`spread`), how it renders, and how it does what is `heavy`: a few items.

    Each does as `map` does.
    """

    spread: Map
    render: Map
    heavy: Map


ROOMS = ("generator.pieces", "generator.content.articles")  # that each process needs


def here(jobs: int | None = None) -> Maps:
    """Give the maps of this machine, over so many processes; by default one for each core."""
    count = jobs or cores()
    forks = Forks(count).map
    heavy = Forks(count, least=2, chunk=1).map
    return Maps(forks if can_fork() else Processes(count, ROOMS).map, forks, heavy)


@contextmanager
def opened(use: Use, scheduler: str, timezone: str, *, jobs: int | None = None) -> Iterator[Maps]:
    """Open what a site's config chose; `jobs` asks for so many processes here, whatever that is.

    `scheduler` is a cluster's address, or empty where the environment names it; `timezone` is the site's,
    which all machines must know alike. Raises Refusal where a cluster cannot be used.
    """
    if use == "processes" or jobs is not None:
        yield here(jobs)
        return
    from generator.executors.cluster import Cluster, address

    local = here()
    with Cluster(address(scheduler), timezone, local.spread) as cluster:
        yield Maps(cluster.map, cluster.map, local.heavy)
