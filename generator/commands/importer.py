"""broadsheet import: pages, feeds and letters become articles under content/."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
from click.core import ParameterSource

from generator import config, reports
from generator.commands import moment, options
from generator.commands.output import tell_data
from generator.problems import Problem

if TYPE_CHECKING:
    from generator.importer import Outcome
    from generator.model import Rights

# What stands in config.yaml for each source, where they are all asked.
CONFIGURED = ("rights", "topics", "source", "limit")
EPILOG = "Example:  broadsheet import https://gridpost.example/feed.xml --topic Grid --limit 5"


@click.command("import", epilog=EPILOG)
@click.argument("targets", metavar="[URL|FILE]...", nargs=-1, shell_complete=options.files)
@click.option("--all", "every", is_flag=True, help="Ask every source that config.yaml names (sources:).")
@click.option(
    "--rights",
    type=click.Choice(["excerpt", "full", "own"]),
    metavar="RIGHTS",
    default="excerpt",
    show_default=True,
    help="What may be published: an excerpt and the brief, or the whole text.",
)
@click.option("--topic", "topics", metavar="NAME", multiple=True, help="A topic of each; may be repeated.")
@click.option("--source", metavar="NAME", default="", help="Name of the outlet, whatever it calls itself.")
@click.option("--draft", is_flag=True, help="Mark each as a draft.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Most new articles of each document.")
@click.option("--no-pages", is_flag=True, help="Take of feeds what they hold; fetch no pages of their items.")
@click.option(
    "--allow-private", is_flag=True, help="Allow addresses of this machine and of private networks."
)
@click.option("--dry-run", is_flag=True, help="Write nothing; tell what would be written.")
@options.site_folder
@options.as_json
@click.pass_context
def import_(
    context: click.Context,
    *,
    targets: tuple[str, ...],
    every: bool,
    rights: str,
    topics: tuple[str, ...],
    source: str,
    draft: bool,
    limit: int | None,
    no_pages: bool,
    allow_private: bool,
    dry_run: bool,
    folder: Path,
    as_json: bool,
) -> None:
    """Make articles of web pages, feeds, lists of feeds (OPML), letters (.eml, .mbox), Markdown and text.

    What each is, is found out from what it holds. What the site has already is passed over and told. Full
    texts serve the brief; by default the site publishes an excerpt of them with the way to the original.

    Exit code 1 if one of them gave nothing, new or known; the others are imported all the same. With --all it
    is 1 only if every source that was asked failed.
    """
    if every == bool(targets):
        raise click.UsageError("Name an address or a file, or --all sources of config.yaml.")
    _check_all(context, every=every)
    from generator.commands import import_desk

    project = config.read(folder)
    if not dry_run:
        context.with_resource(import_desk.alone(project))
    if every:
        from generator.commands.import_all import import_all

        context.exit(
            import_all(
                project,
                private=allow_private,
                follow=not no_pages,
                draft=draft,
                dry_run=dry_run,
                as_json=as_json,
            )
        )
    asked = replace(
        import_desk.options(project, moment.now()),
        rights=cast("Rights", rights),
        topics=tuple(dict.fromkeys(name for topic in topics if (name := " ".join(topic.split())))),
        source=" ".join(source.split()),
        draft=draft,
        limit=limit or 0,
    )
    get = _getter(project, private=allow_private)
    desk = import_desk.desk(project, get, asked, follow=not no_pages, write=not dry_run)
    teller = Teller(project.root, as_json=as_json, dry_run=dry_run)
    try:
        for target in targets:
            teller.tell(desk.from_target(target))
    except KeyboardInterrupt:
        teller.stopped = True
    teller.end()
    if teller.stopped or not teller.good:
        context.exit(INTERRUPTED if teller.stopped else 1)


def _check_all(context: click.Context, *, every: bool) -> None:
    """Refuse options that would say of every source what config.yaml says of each."""
    given = [name for name in CONFIGURED if context.get_parameter_source(name) != ParameterSource.DEFAULT]
    if every and given:
        option = f"--{given[0].removesuffix('s') if given[0] == 'topics' else given[0]}"
        raise click.UsageError(f"{option} does not go with --all: config.yaml says it of each source.")


def _getter(project: config.Project, *, private: bool) -> Any:
    """Give what fetches an address; the network's libraries are read when it is first asked."""
    from generator import fetch
    from generator.commands import import_desk
    from generator.commands.import_asking import Asker, Question

    asking = fetch.Options(agent=fetch.agent(project.config.url), private=private)
    # In threads, so that who stops need not wait for who is slow.
    asker = Asker(fetch.Fetcher(asking))

    def get(url: str) -> Any:
        response = asker.answer(Question(url))
        if isinstance(response, fetch.FetchError):
            raise response
        assert isinstance(response, fetch.Response)  # noqa: S101 -- nothing was known of it
        return import_desk.document(response, url)

    return get


class Teller:
    """Tells what becomes of each document, as it happens, or all of it as JSON at the end.

    `good` as long as each document gave an article, new or known, or had nothing wrong with it.
    """

    def __init__(self, root: Path, *, as_json: bool, dry_run: bool) -> None:
        self.root, self.as_json, self.dry_run = root, as_json, dry_run
        self.good = True
        self.stopped = False
        self.outcomes: list[Outcome] = []

    def tell(self, outcomes: Iterator[Outcome]) -> None:
        """Tell of one document."""
        some: list[Outcome] = []
        for outcome in outcomes:
            some.append(outcome)
            self.outcomes.append(outcome)
            if not self.as_json:
                self._say(outcome)
        self.good &= not some or any(outcome.status != "unfit" for outcome in some)

    def _say(self, outcome: Outcome) -> None:
        if outcome.status == "unfit":
            problem = Problem(
                outcome.found, 1, 1, outcome.code, outcome.message, outcome.hint, severity="error"
            )
            reports.tell([problem], self.root)
        elif outcome.status == "known":
            click.echo(f"Known     content/{outcome.path}: {outcome.message} ({outcome.found})", err=True)
        else:
            word = "Would be " if self.dry_run else "Imported "
            click.echo(f"{word} content/{outcome.path}", err=True)
            for note in outcome.notes:
                click.echo(f"          {note}", err=True)

    def end(self) -> None:
        """Say how much it was."""
        by_status = {name: [one for one in self.outcomes if one.status == name] for name in STATUSES}
        if self.as_json:
            data: dict[str, Any] = {"ok": self.good and not self.stopped, "stopped": self.stopped}
            data["dry_run"] = self.dry_run
            data |= {STATUSES[name]: [_data(one) for one in some] for name, some in by_status.items()}
            tell_data(data)
            return
        counts = ", ".join(f"{len(some):,} {STATUSES[name]}" for name, some in by_status.items())
        what = "Stopped; nothing was written: " if self.dry_run else "Stopped; what was imported is kept: "
        click.echo(f"{what if self.stopped else ''}{counts}.", err=True)


INTERRUPTED = 130
STATUSES = {"new": "imported", "known": "known", "unfit": "failed"}


def _data(outcome: Outcome) -> dict[str, Any]:
    made: dict[str, Any] = {"found": outcome.found, "title": outcome.title}
    if outcome.path:
        made["path"] = f"content/{outcome.path}"
    if outcome.message:
        made |= {"code": outcome.code, "message": outcome.message, "hint": outcome.hint}
    return {**made, "notes": list(outcome.notes)} if outcome.notes else made
