"""Parse, call one function, print its report; the one place that catches a user's errors."""

from __future__ import annotations

import json
import os
import sys
from typing import Any, NoReturn

import click

from generator import __version__
from generator.commands.brief import brief
from generator.commands.build import build
from generator.commands.edition import edition
from generator.commands.ping import ping
from generator.commands.schema import schema
from generator.problems import InvalidSource, Problem, Refusal

SHOWN = 50
FAILED = 1
INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="broadsheet")
def cli() -> None:
    """Make a news digest whose every line can be checked: Markdown in, a static site out."""


cli.add_command(brief)
cli.add_command(build)
cli.add_command(edition)
cli.add_command(ping)
cli.add_command(schema)


def main() -> NoReturn:
    """Run the command line and leave with its exit code: 0 fine, 1 content or disk, 2 syntax, 130 stopped."""
    arguments = sys.argv[1:]
    try:
        _run(arguments)
    except OSError:  # where to say it is what failed
        os._exit(FAILED)


def _run(arguments: list[str]) -> NoReturn:
    try:
        cli.main(arguments, prog_name="broadsheet", standalone_mode=False)
    except InvalidSource as error:
        _tell_problems(error.problems, arguments)
        sys.exit(FAILED)
    except Refusal as error:
        _tell_refusal(str(error), error.hint, arguments)
        sys.exit(FAILED)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        else:
            _tell_refusal(f"{error.filename or 'the disk'}: {error.strerror or error}", "", arguments)
        sys.exit(FAILED)
    except click.exceptions.Abort:
        click.echo("Stopped; site/ is as it was.", err=True)
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    sys.exit(0)


def _tell_problems(problems: tuple[Problem, ...], arguments: list[str]) -> None:
    if "--json" in arguments:
        _tell_data({"ok": False, "problems": [_as_data(problem) for problem in problems]})
        return
    for problem in problems[:SHOWN]:
        place = click.style(f"{problem.path}:{problem.line}:{problem.column}:", bold=True)
        click.echo(
            f"{place} {click.style(problem.code, fg='red')}: {problem.message}", err=True, color=_colour()
        )
        if problem.hint:
            click.echo(f"    {problem.hint}", err=True)
    if len(problems) > SHOWN:
        click.echo(f"… and {len(problems) - SHOWN} more", err=True)
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    click.echo(f"\n{count}; nothing was written.", err=True)


def _tell_refusal(message: str, hint: str, arguments: list[str]) -> None:
    if "--json" in arguments:
        _tell_data({"ok": False, "refused": message, "hint": hint})
        return
    click.echo(f"broadsheet: {message}", err=True)
    if hint:
        click.echo(f"    {hint}", err=True)


def _colour() -> bool | None:
    return False if "NO_COLOR" in os.environ else None


def _as_data(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in Problem.__dataclass_fields__}


def _tell_data(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))
