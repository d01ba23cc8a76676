"""Parse, call one function, print its report; the one place that catches a user's errors."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator, MutableMapping
from dataclasses import asdict
from importlib import import_module
from io import TextIOWrapper
from typing import NoReturn

import click

from generator import __version__, disk
from generator.commands.options import Asked
from generator.commands.output import tell_data
from generator.problems import InvalidSource, Problem, Refusal

FAILED = 1
INTERRUPTED = 130
TERMINATED = 143
# What a build makes stays to its end: to look through it as often as Python does takes a quarter of the time.
COLLECTED = (3_000_000, 20, 20)

COMMANDS = (
    *("brief", "build", "check", "clean", "completion", "deploy", "doctor", "edition"),
    *("explain", "import", "init", "new", "ping", "schema", "serve", "stats"),
)
WRITERS = frozenset(
    ("brief", "build", "import", "new")
)  # that write all or nothing of what they are asked for
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
@click.pass_context
def cli(context: click.Context) -> None:
    """Make a news digest whose every line can be checked: Markdown in, a static site out."""
    asked, name = context.find_object(Asked), context.invoked_subcommand
    if asked is not None:
        asked.closing = "nothing was written" if name in WRITERS else ""
        asked.stopped = "; site/ is whole: as it was, or all new" if name == "build" else ""


def main() -> NoReturn:
    """Run the command line; exit with 0 fine, 1 content or disk, 2 syntax, 130 interrupted, 143 ended."""
    gc.set_threshold(*COLLECTED)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # no name is lost on a terminal that lacks its letters
            stream.reconfigure(errors="backslashreplace")
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _terminated)
    try:
        code = _run(sys.argv[1:], Asked())
    except OSError as error:  # where to say it is what failed
        code = _lost(error)
    sys.exit(code)


def _run(arguments: list[str], asked: Asked) -> int:
    try:
        code = cli.main(arguments, prog_name="broadsheet", standalone_mode=False, obj=asked)
    except InvalidSource as error:
        _tell_problems(error.problems, asked)
        return FAILED
    except Refusal as error:
        _tell_refusal(str(error), error.hint, asked)
        return FAILED
    except OSError as error:
        if _is_of_output(error):
            raise
        _tell_refusal(f"{error.filename or 'the disk'}: {_words(error)}", disk.mend(error), asked)
        return FAILED
    except click.exceptions.Abort as error:
        click.echo(f"Stopped{asked.stopped}.", err=True)
        told = error.__cause__.args if error.__cause__ is not None else ()
        return told[0] if told and isinstance(told[0], int) else INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return code or 0  # what a command left by `Context.exit`


def _is_of_output(error: OSError) -> bool:
    """Tell whether it was in printing that something failed, not in work on files."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return last is not None and last.tb_frame.f_code is click.echo.__code__


def _lost(error: OSError) -> int:
    """Say that standard output took not all; but not of a reader who has gone away, such as `head`."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left goes nowhere
        if not isinstance(error, BrokenPipeError):
            _tell_refusal(f"standard output: {_words(error)}", disk.mend(error), Asked())
    except OSError:
        os._exit(FAILED)
    return FAILED


def _words(error: OSError) -> str:
    return error.strerror or str(error)


def _terminated(*_: object) -> NoReturn:
    """Stop as at an interruption: what was begun is taken away again."""
    raise KeyboardInterrupt(TERMINATED)


def _tell_problems(problems: tuple[Problem, ...], asked: Asked) -> None:
    if asked.as_json:
        tell_data({"ok": False, "problems": [asdict(problem) for problem in problems], **asked.data})
        return
    from generator import reports

    reports.tell(problems, asked.folder)
    rest = f"; {asked.closing}" if asked.closing else ""
    click.echo(f"\n{reports.counted(problems)}{rest}.", err=True)


def _tell_refusal(message: str, hint: str, asked: Asked) -> None:
    if asked.as_json:
        tell_data({"ok": False, "refused": message, "hint": hint, **asked.data})
        return
    from generator import reports

    reports.tell_refusal(message, hint)
