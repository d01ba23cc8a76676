"""What a whole address of the web is, in config, in front matter and in what others write."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

# Host of a web address: a name of any script, or a number.
HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?|[0-9a-f:.]+")
SCHEMES = ("http", "https")


def parts_of(written: str) -> SplitResult | None:
    """Take an address of http or https apart that has a host, and a port that there can be; else give None.

    It judges what is written down. What is asked, `fetch` judges by the parser that sends it: where two read
    one address differently, it would lead past the judge.
    """
    try:
        parts = urlsplit(written)
        sound = parts.scheme in SCHEMES and HOST.fullmatch(parts.hostname or "") and parts.port != 0
    except ValueError:
        return None
    return parts if sound else None
