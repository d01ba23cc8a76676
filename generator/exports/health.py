"""health.json: how the sources do that the site asks for articles, for an editor's monitor."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from generator import urls
from generator.model import File, Health, Site

FORM = 1


def health(site: Site, sources: Sequence[Health]) -> File:
    """Tell of each source; every field is there, empty ones too."""
    data = {"version": FORM, "sources": [_source(site, one) for one in sources]}
    return File(urls.HEALTH_DATA, f"{json.dumps(data, ensure_ascii=False, indent=1)}\n".encode())


def _source(site: Site, one: Health) -> dict[str, Any]:
    return {
        "name": one.name,
        "host": one.host,
        "condition": one.condition,
        "days": one.days,
        "asked": _moment(one.asked),
        "worked": _moment(one.worked),
        "fault": {"at": _moment(one.faulted), "said": one.fault} if one.faulted else None,
        "articles": one.articles,
        "url": urls.absolute(site.url, one.listing) if one.listing else None,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
