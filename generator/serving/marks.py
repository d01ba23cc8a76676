"""What is shown before its time is marked: on its page by words, where links lead to it by a style sheet."""

from __future__ import annotations

import json
from collections.abc import Iterable

from generator import urls
from generator.content import Early
from generator.pages import dates
from generator.serving.dressing import NOTE

# The looks of the default theme's own flags: a label on a dotted line, in the paper's small print.
LABEL = (
    "font:600 .75rem/1.5 var(--sans,system-ui,sans-serif);font-size-adjust:none;letter-spacing:.07em;"
    "text-transform:uppercase;text-decoration:none;color:var(--ink-2,GrayText);border-block-end:2px dotted"
)
SHEET = f"""\
.{NOTE}{{margin:0;padding:.5rem max(1rem,(100% - 74rem)/2);border-block-end:2px dotted;\
font:500 .8125rem/1.25rem var(--sans,system-ui,sans-serif);font-size-adjust:none;text-align:center;\
color:var(--ink,CanvasText);background:var(--paper,Canvas)}}
@media print{{.{NOTE}{{display:none}}}}
"""


def words(early: Iterable[Early]) -> dict[str, str]:
    """Say of each page that is shown before its time, by its file, what holds it back."""
    return {urls.file(one.url): _word(one) for one in early}


def sheet(early: Iterable[Early], site_url: str) -> bytes:
    """Make a style sheet that marks every link to such a page; nothing where there is none."""
    base = urls.base(site_url)
    labels: dict[str, list[str]] = {}
    for one in early:
        for href in (urls.rooted(base, one.url), urls.absolute(site_url, one.url)):
            labels.setdefault(_label(one), []).append(f"a[href={json.dumps(href)}]")
    rules = [
        f'{",".join(f"{a}::before" for a in links)}{{content:"{label}";content:"{label}"/"{label}: ";'
        f"{LABEL};margin-inline-end:.6em;display:inline-block;vertical-align:.1em}}\n"
        for label, links in sorted(labels.items())
    ]
    return f"{SHEET}{''.join(rules)}".encode() if rules else b""


def _word(one: Early) -> str:
    said = []
    if one.draft:
        said.append("Draft: broadsheet build leaves it out.")
    if one.due:
        said.append(f"Dated {dates.moment(one.due)}: broadsheet build leaves it out until then.")
    return " ".join(said)


def _label(one: Early) -> str:
    return "Draft" if one.draft or one.due is None else f"Due {dates.short(one.due)}"
