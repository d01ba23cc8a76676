"""How the sources do that are asked for articles: what is kept of each from one run to the next, and told."""

from generator.sources.health import health, until
from generator.sources.state import NAME, Feed, State, read, written
from generator.sources.turns import failed, forgotten, is_due, worked

__all__ = [
    "NAME",
    "Feed",
    "State",
    "failed",
    "forgotten",
    "health",
    "is_due",
    "read",
    "until",
    "worked",
    "written",
]
