"""Pages -> their keys: the digest of all that each is rendered from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields

from generator.keys import Known, UnkeyedError, fields_of
from generator.model import Page, Site
from generator.pages.channels import Feed
from generator.pages.frame import Late, Meta
from generator.pages.related import Related
from generator.templating import Attributes, Templates

# Of the site, all but its collections goes into each key: few templates ask for these, and they change daily.
COLLECTIONS = frozenset(
    "entries editions topics people organisations places sources stories".split()
    + "roll_ups corrected months pages".split()
)
EVERYWHERE = tuple(field.name for field in fields(Site) if field.name not in COLLECTIONS)
Remember = Callable[[str, Callable[[], str]], str]
SHARED = ("assets", "theme", "menu", "footer", "feeds", "policy")  # given to each page alike
APART = frozenset({"site", *SHARED})
_ABOUT = fields_of(Meta)
PASSING = frozenset({Feed, Related})  # which few pages are given, and there are tens of thousands of them
SHORT = 10  # signs of a digest that tell one value from the one before


class Keying:
    """Keys of pages. What a page shows of the site itself is what its template may ask for."""

    def __init__(self, site: Site, known: Known, templates: Templates, remember: Remember) -> None:
        self._site, self._known, self._keys = site, known, known.keys
        self._drawn_from = templates.digest()
        told = remember(
            f"attributes {known.program} {self._drawn_from}", lambda: json.dumps(templates.attributes("site"))
        )
        self._attributes: Attributes = json.loads(told)
        self._given: dict[tuple[object, ...], str] = {}
        self._settings = [getattr(site, name) for name in EVERYWHERE]
        self._common = self._keys.of("page", known.program, self._drawn_from, *self._settings)

    def keyed(self, page: Page) -> Page:
        """Give a page its key; one that is given what no key can stand for has none."""
        own = {k: it for k, it in page.context.items() if k not in APART and type(it) is not Late}
        about = _ABOUT(own.pop("page"))  # no other page is given it: nothing of it is worth remembering
        try:
            key = self._keys.of(self._alike(page, tuple(own)), page.path, page.origin, *about, *own.values())
        except UnkeyedError:
            return page
        return Page(page.path, page.template, page.context, page.origin, key)

    def _alike(self, page: Page, names: tuple[str, ...]) -> str:
        """Give what stands for all that pages of one template are given alike."""
        given = (page.template, names, *(id(page.context.get(name)) for name in SHARED))
        known = self._given.get(given)
        if known is None:
            shown = [part for pair in self._of_site(page.template) for part in pair]
            shared = [page.context.get(name) for name in SHARED]
            known = self._keys.of(self._common, page.template, names, *shown, *shared)
            self._given[given] = known
        return known

    def parts(self, page: Page) -> dict[str, str]:
        """Give what a page is made from, by name, each as a short digest."""
        common = {"the program or a library": self._known.program, "a template": self._drawn_from}
        told = [*common.items(), ("the site's settings", self._settings), *self._shown(page, "site.")]
        made = {}
        for name, value in told:
            with suppress(UnkeyedError):
                made[name] = self._keys.of(value)[:SHORT]
        return made

    def _shown(self, page: Page, within: str = "") -> Iterator[tuple[str, object]]:
        for name, value in self._of_site(page.template):
            yield within + name, value
        for name, value in page.context.items():
            if name != "site" and not isinstance(value, Late):
                yield name, self._keys.once(value) if name in SHARED else value

    def _of_site(self, template: str) -> list[tuple[str, object]]:
        """Give the collections of the site that a template may ask for, each as what stands for it."""
        asked = self._attributes.get(template)
        names = sorted(COLLECTIONS if asked is None else COLLECTIONS.intersection(asked))
        return [(name, self._keys.once(getattr(self._site, name))) for name in names]
