"""broadsheet explain: what a code of an error means, and how to mend it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

PAGE = "errors.md"
ENTRY = re.compile(r"^### (\S+)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)


def _completed(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    return [code for code in entries() if code.startswith(begun)]


@click.command(epilog="Example:  broadsheet explain bad-date")
@click.argument("codes", metavar="[CODE]...", nargs=-1, shell_complete=_completed)
def explain(*, codes: tuple[str, ...]) -> None:
    """Say what each CODE of an error means, with an example and the mend; without one, list all codes.

    It is what docs/errors.md says, and comes with the program: no network is needed.
    """
    known = entries()
    unknown = [code for code in codes if code not in known]
    if unknown:
        message = f'there is no error "{unknown[0]}": {_meant(unknown[0], known)}'
        raise click.BadParameter(message, param_hint="CODE")
    if not codes:
        click.echo("\n".join(_listed(known)))
        return
    _show("\n\n".join(f"### {code}\n\n{known[code]}" for code in codes))


def page() -> Path:
    """Find the page of errors: beside the package in a checkout, inside it in an installed wheel."""
    package = Path(__file__).resolve().parent.parent
    inside = package / PAGE
    return inside if inside.is_file() else package.parent / "docs" / PAGE


def entries() -> Mapping[str, str]:
    """Give what the page says of each code, in its order."""
    text = page().read_text(encoding="utf-8")
    return {code: said.strip() for code, said in ENTRY.findall(text)}


def _listed(known: Mapping[str, str]) -> Iterator[str]:
    wide = max(map(len, known))
    for code in sorted(known):
        meaning = " ".join(known[code].partition("\n\n")[0].split())
        yield f"{code:{wide}}  {re.split(r'(?<=[.:]) ', meaning)[0].rstrip(':')}"


def _meant(word: str, known: Mapping[str, str]) -> str:
    import difflib

    near = difflib.get_close_matches(word.lower(), known, n=1)
    return f"did you mean {near[0]}?" if near else "broadsheet explain lists all of them"


def _show(markdown: str) -> None:
    """Print Markdown: set for a terminal, elsewhere as it is written."""
    if not sys.stdout.isatty():
        click.echo(markdown)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console()
    console.print(Markdown(markdown, hyperlinks=False), width=min(console.width, 100))
