"""Parse, call one function, print its report; the one place that catches a user's errors."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Iterator, MutableMapping
from dataclasses import asdict
from importlib import import_module
from typing import Any, NoReturn

import click

from generator import __version__
from generator.commands.options import Asked
from generator.problems import InvalidSource, Problem, Refusal

FAILED = 1
INTERRUPTED = 130
TERMINATED = 143
# What a build makes stays to its end; to look through it as often as Python does takes a tenth of the time.
COLLECTED = (100_000, 20, 20)

COMMANDS = (
    *("brief", "build", "check", "clean", "completion", "deploy", "doctor", "edition"),
    *("explain", "import", "init", "new", "ping", "schema", "serve", "stats"),
)
MODULES = {"import": ("importer", "import_")}  # where a command's own name can be none of Python's


class _Lazily(MutableMapping[str, click.Command]):
    """Commands by their names, each imported when it is asked for: one does not wait for what others need."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._found: dict[str, click.Command | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> click.Command:
        command = self._found[name]
        if command is None:
            module, attribute = MODULES.get(name, (name, name))
            command = getattr(import_module(f"generator.commands.{module}"), attribute)
            self._found[name] = command
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._found[name] = command

    def __delitem__(self, name: str) -> None:
        del self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


@click.group(
    commands=_Lazily(COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="broadsheet")
def cli() -> None:
    """Make a news digest whose every line can be checked: Markdown in, a static site out."""


def main() -> NoReturn:
    """Run the command line; exit with 0 fine, 1 content or disk, 2 syntax, 130 interrupted, 143 ended."""
    gc.set_threshold(*COLLECTED)
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _terminated)
    try:
        _run(sys.argv[1:], Asked())
    except OSError:  # where to say it is what failed
        os._exit(FAILED)


def _run(arguments: list[str], asked: Asked) -> NoReturn:
    try:
        code = cli.main(arguments, prog_name="broadsheet", standalone_mode=False, obj=asked)
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
    except click.exceptions.Abort as error:
        click.echo("Stopped; site/ is whole: as it was, or all new.", err=True)
        ended = error.__cause__ is not None and error.__cause__.args == (TERMINATED,)
        sys.exit(TERMINATED if ended else INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    sys.exit(code or 0)  # what a command left by `Context.exit`


def _terminated(*_: object) -> NoReturn:
    """Stop as at an interruption: what was begun is taken away again."""
    raise KeyboardInterrupt(TERMINATED)


def _tell_problems(problems: tuple[Problem, ...], asked: Asked) -> None:
    if asked.as_json:
        _tell_data({"ok": False, "problems": [asdict(problem) for problem in problems], **asked.data})
        return
    from generator import reports

    reports.tell(problems, asked.folder)
    rest = f"; {asked.closing}" if asked.closing else ""
    click.echo(f"\n{reports.counted(problems)}{rest}.", err=True)


def _tell_refusal(message: str, hint: str, asked: Asked) -> None:
    if asked.as_json:
        _tell_data({"ok": False, "refused": message, "hint": hint})
        return
    from generator import reports

    reports.tell_refusal(message, hint)


def _tell_data(data: dict[str, Any]) -> None:
    """Print JSON. Half a pair of signs, as in a name that is not UTF-8, is written as an escape."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    click.echo(text.encode("utf-8", "backslashreplace"))
