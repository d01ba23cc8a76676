"""broadsheet completion: what a shell reads to complete commands, options, codes and paths."""

from __future__ import annotations

import os
from pathlib import Path

import click

from generator.problems import Refusal

SHELLS = ("bash", "zsh", "fish")
NAME = "broadsheet"
VARIABLE = "_BROADSHEET_COMPLETE"  # the name that click gives it


@click.command(epilog="Example:  broadsheet completion fish > ~/.config/fish/completions/broadsheet.fish")
@click.argument("shell", type=click.Choice(SHELLS), metavar="[SHELL]", required=False)
@click.pass_context
def completion(context: click.Context, *, shell: str | None) -> None:
    """Print a script that completes broadsheet in SHELL; without one, in the shell that SHELL= names.

    For this session alone:  eval "$(broadsheet completion bash)"
    """
    chosen = shell or Path(os.environ.get("SHELL", "")).name
    if chosen not in SHELLS:
        raise Refusal(f"{chosen or 'this'} is no shell that is known", f"name one: {', '.join(SHELLS)}")
    click.echo(script(context.find_root().command, chosen))


def script(root: click.Command, shell: str) -> str:
    """Give the script for a shell. It calls the command itself, so it stays true when that changes."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise LookupError(shell)
    maker = kind(root, {}, NAME, VARIABLE)
    return maker.source_template % maker.source_vars()
