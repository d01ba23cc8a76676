"""Parse, call one function, print its report; the one place that catches a user's errors."""

from __future__ import annotations

import gc
import json
import os
import sys
from dataclasses import asdict
from typing import Any, NoReturn

import click

from generator import __version__, reports
from generator.commands.brief import brief
from generator.commands.build import build
from generator.commands.edition import edition
from generator.commands.explain import explain
from generator.commands.options import Asked
from generator.commands.ping import ping
from generator.commands.schema import schema
from generator.problems import InvalidSource, Problem, Refusal

FAILED = 1
INTERRUPTED = 130
# What a build makes stays to its end; to look through it as often as Python does takes a tenth of the time.
COLLECTED = (100_000, 20, 20)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="broadsheet")
def cli() -> None:
    """Make a news digest whose every line can be checked: Markdown in, a static site out."""


cli.add_command(brief)
cli.add_command(build)
cli.add_command(edition)
cli.add_command(explain)
cli.add_command(ping)
cli.add_command(schema)


def main() -> NoReturn:
    """Run the command line and leave with its exit code: 0 fine, 1 content or disk, 2 syntax, 130 stopped."""
    gc.set_threshold(*COLLECTED)
    try:
        _run(sys.argv[1:], Asked())
    except OSError:  # where to say it is what failed
        os._exit(FAILED)


def _run(arguments: list[str], asked: Asked) -> NoReturn:
    try:
        cli.main(arguments, prog_name="broadsheet", standalone_mode=False, obj=asked)
    except InvalidSource as error:
        _tell_problems(error.problems, asked)
        sys.exit(FAILED)
    except Refusal as error:
        _tell_refusal(str(error), error.hint, asked)
        sys.exit(FAILED)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        else:
            _tell_refusal(f"{error.filename or 'the disk'}: {error.strerror or error}", "", asked)
        sys.exit(FAILED)
    except click.exceptions.Abort:
        click.echo("Stopped; site/ is as it was.", err=True)
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    sys.exit(0)


def _tell_problems(problems: tuple[Problem, ...], asked: Asked) -> None:
    if asked.as_json:
        _tell_data({"ok": False, "problems": [asdict(problem) for problem in problems]})
        return
    reports.tell(problems, asked.folder)
    click.echo(f"\n{reports.counted(problems)}; nothing was written.", err=True)


def _tell_refusal(message: str, hint: str, asked: Asked) -> None:
    if asked.as_json:
        _tell_data({"ok": False, "refused": message, "hint": hint})
        return
    reports.tell_refusal(message, hint)


def _tell_data(data: dict[str, Any]) -> None:
    """Print JSON. Half a pair of signs, as in a name that is not UTF-8, is written as an escape."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    click.echo(text.encode("utf-8", "backslashreplace"))
