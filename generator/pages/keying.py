"""Pages -> their keys: the digest of all that each is rendered from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace

from generator.keys import Keys, Known, UnkeyedError
from generator.model import Page, Site
from generator.pages.frame import Late
from generator.templating import Attributes, Templates

# Of the site, all but its collections goes into each key: few templates ask for these, and they change daily.
COLLECTIONS = frozenset(
    "entries editions topics people organisations places sources stories".split()
    + "roll_ups corrected months pages".split()
)
EVERYWHERE = tuple(field.name for field in fields(Site) if field.name not in COLLECTIONS)
Remember = Callable[[str, Callable[[], str]], str]
SHARED = frozenset({"assets", "theme", "menu", "footer", "feeds"})  # given to each page alike


def keyed(
    pages: Iterable[Page], site: Site, known: Known, templates: Templates, remember: Remember
) -> Iterator[Page]:
    """Give each page its key. What it shows of the site itself is what its template may ask for.

    A page that is given what
    no key can stand for has none.
    """
    drawn_from = templates.digest()
    told = remember(
        f"attributes {known.program} {drawn_from}", lambda: json.dumps(templates.attributes("site"))
    )
    attributes: Attributes = json.loads(told)
    keys = known.keys
    site_wide = keys.of("page", known.program, drawn_from, *(getattr(site, name) for name in EVERYWHERE))
    for page in pages:
        try:
            yield replace(page, key=_key(page, site, keys, attributes, site_wide))
        except UnkeyedError:
            yield page


def _key(page: Page, site: Site, keys: Keys, attributes: Attributes, site_wide: str) -> str:
    asked = attributes.get(page.template)
    collections = COLLECTIONS if asked is None else COLLECTIONS.intersection(asked)
    told: list[object] = [site_wide, page.path, page.template, page.origin]
    told += [keys.once(getattr(site, name)) for name in sorted(collections)]
    for name, value in page.context.items():
        if name != "site" and not isinstance(value, Late):
            told += [name, keys.once(value) if name in SHARED else value]
    return keys.of(*told)
