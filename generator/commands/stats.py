"""broadsheet stats: a site in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import config
from generator.commands import options
from generator.commands.moment import now
from generator.commands.output import tell_data
from generator.counting import plural, size

if TYPE_CHECKING:
    from generator.build import Held
    from generator.commands.stats_count import Filled, Folder, Group, Stats


@click.command(epilog="Example:  broadsheet stats --top 5")
@options.folder
@click.option(
    "--top",
    type=click.IntRange(1),
    default=12,
    show_default=True,
    metavar="N",
    help="Show so many months, topics and sources.",
)
@click.option("--drafts", is_flag=True, help="Count articles marked draft: true.")
@click.option("--future", is_flag=True, help="Count articles dated later than now.")
@options.as_json
def stats(*, folder: Path, top: int, drafts: bool, future: bool, as_json: bool) -> None:
    """Count what FOLDER's site holds: articles by month, topic, source and language, how full briefs are.

    It counts what a build would show now, and weighs site/ as it lies. With --json nothing is left out.
    """
    from generator import build, executors
    from generator.cache import opened
    from generator.commands.stats_count import count, weighed

    project = config.read(folder)
    moment = now()
    copy = build.gather(
        project,
        cache=opened(project.cache),
        now=moment,
        map=executors.here().spread,
        drafts=drafts,
        future=future,
    )
    build.raise_all(copy.problems)
    counted = count(build.compose(project, copy), moment)
    weights = {"site": weighed(project.site), "cache": weighed(project.cache)}
    if as_json:
        tell_data(_data(counted, copy.held, weights))
        return
    for line in _lines(project.config.title, counted, copy.held, weights, top):
        click.echo(line)


def _data(counted: Stats, held: Held, weights: dict[str, Folder]) -> dict[str, Any]:
    due = held.due.isoformat() if held.due else None
    return {
        "ok": True,
        **asdict(counted),
        "held": {**asdict(held), "due": due},
        **{name: asdict(weight) for name, weight in weights.items()},
    }


def _lines(title: str, counted: Stats, held: Held, weights: dict[str, Folder], top: int) -> Iterator[str]:
    yield from _totals(title, counted, held)
    for heading, groups in (
        ("month", counted.months),
        ("topic", counted.topics),
        ("source", counted.sources),
        ("language", counted.languages),
    ):
        if groups:
            yield ""
            yield from _table(
                (heading, "articles", "words", "minutes", "latest"), [_row(it) for it in groups[:top]]
            )
        if groups[top:]:
            yield f"… and {len(groups) - top:,} more"
    if counted.totals.articles:
        yield ""
        yield from _table(
            ("brief field", "filled", "of all", "items"),
            [_share(field, counted.totals.articles) for field in counted.fields],
        )
    yield ""
    yield from _table(("folder", "files", "size"), list(_weights(weights)))


def _totals(title: str, counted: Stats, held: Held) -> Iterator[str]:
    it = counted.totals
    yield f"{title}: {plural(it.articles, 'article')} in {plural(it.editions, 'edition')}"
    if it.articles:
        recent = ", ".join(f"{number:,} in {back} days" for back, number in it.recent.items())
        yield f"  published from {it.first} to {it.last}; of late {recent}"
        yield (
            f"  {plural(it.words, 'word')}, {plural(it.minutes, 'minute')} to read; as briefs "
            f"{plural(it.brief_words, 'word')}, {plural(it.brief_minutes, 'minute')}"
        )
        yield (
            f"  {plural(it.stories, 'story', 'stories')} over several days; "
            f"{plural(it.edited, 'brief')} edited; {plural(it.corrected, 'article')} corrected"
        )
        yield (
            f"  without a topic {it.without_topic:,}, without a source {it.without_source:,}, "
            f"without a picture {it.without_picture:,}"
        )
    if held.drafts or held.future:
        due = f"; the next is due on {held.due:%Y-%m-%d at %H:%M %Z}" if held.due else ""
        yield f"  held back: {plural(held.drafts, 'draft')}, {held.future:,} dated in the future{due}"


def _row(group: Group) -> tuple[str, ...]:
    return (group.name, f"{group.articles:,}", f"{group.words:,}", f"{group.minutes:,}", group.latest)


def _share(field: Filled, articles: int) -> tuple[str, ...]:
    share = round(100 * field.briefs / articles)
    return (field.field, f"{field.briefs:,}", f"{share} %", f"{field.items:.1f}" if field.briefs else "")


def _weights(weights: dict[str, Folder]) -> Iterator[tuple[str, ...]]:
    for name, shown in (("site", "site/"), ("cache", ".cache")):
        weight = weights[name]
        yield shown, f"{weight.files:,}", size(weight.bytes)
        if name == "site":
            yield from ((f"  {kind}", "", size(held)) for kind, held in weight.kinds.items())


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Set rows below their heads: the first column to the left, numbers to the right."""
    from rich.cells import cell_len

    table = [[_plain(cell) for cell in row] for row in (head, *rows)]
    widths = [max(cell_len(row[place]) for row in table) for place in range(len(head))]
    for row in table:
        first, *rest = (" " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(
            [f"{row[0]}{first}", *(f"{pad}{cell}" for pad, cell in zip(rest, row[1:], strict=True))]
        ).rstrip()


def _plain(cell: str) -> str:
    """Let no name of an editor's steer the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in cell)
