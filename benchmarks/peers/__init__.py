"""The generators that a corpus is given to, by their names."""

from __future__ import annotations

from benchmarks.peers.broadsheet import BROADSHEET
from benchmarks.peers.eleventy import ELEVENTY
from benchmarks.peers.hugo import HUGO
from benchmarks.peers.peer import Peer, Site
from benchmarks.peers.pelican import PELICAN

PEERS: dict[str, Peer] = {peer.name: peer for peer in (BROADSHEET, HUGO, PELICAN, ELEVENTY)}

__all__ = ["PEERS", "Peer", "Site"]
