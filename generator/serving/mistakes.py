"""What is wrong, as a browser shows it: each problem with the line at fault, its column and the mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from html import escape

from generator import reports
from generator.problems import Problem
from generator.reports.frames import window
from generator.reports.signs import first, prose
from generator.reports.sources import Excerpts
from generator.serving import dressing

ROOM = 240  # cells of a line that are shown around its column: it is wrapped, not cut, where that is too wide
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'"
WAIT = '<h1 id="broadsheet-told">The site is being built</h1>'
STANDS = "The site stays as it was. When this is mended and saved, the page is there again by itself."


def told(problems: Sequence[Problem], excerpt: Excerpts) -> str:
    """Tell problems as HTML, errors first. All that is quoted is escaped."""
    ordered = sorted(problems, key=lambda problem: problem.severity)  # as it happens: error, warning
    shown, rest = ordered[: reports.SHOWN], len(ordered[reports.SHOWN :])
    items = "".join(f"<li>{''.join(_problem(it, excerpt(it)))}</li>" for it in shown)
    more = f"<p>… and {rest} more</p>" if rest else ""
    return f"{_head(reports.counted(ordered))}<ol>{items}</ol>{more}"


def refused(message: str, hint: str) -> str:
    """Tell why the program declined to build."""
    parts = f"<h2>{_said(message)}</h2>" + (f'<p class="mend">{_said(hint)}</p>' if hint else "")
    return f"{_head('Not built')}<ol><li>{parts}</li></ol>"


def look(told: str) -> str:
    """What stands for a page that shows nothing but this."""
    return f"alone-{blake2b(told.encode(), digest_size=9).hexdigest()}"


def page(told: str) -> bytes:
    """Make a whole page of it: where there is no site yet that it could be shown over."""
    html = f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>Not built · Broadsheet</title>
<link rel="stylesheet" href="{dressing.STYLE}">
<script src="{dressing.SCRIPT}" data-look="{look(told)}" defer></script>
</head>
<body>
<main class="told">{told}</main>
</body>
</html>
"""
    return html.encode("utf-8", "replace")


def _head(said: str) -> str:
    return f'<div class="head"><h1 id="broadsheet-told">{escape(said)}</h1><p>{STANDS}</p></div>'


def _problem(problem: Problem, line: str | None) -> Iterator[str]:
    yield f'<p class="place">{_said(problem.path)}:{problem.line}:{problem.column}</p>'
    yield f"<h2>{_said(problem.message)}</h2>"
    if line is not None:
        framed = _framed(line, problem.column)
        yield f'<pre><span>{problem.line}</span><code dir="auto">{framed}</code></pre>'
    if problem.hint:
        yield f'<p class="mend">{_said(problem.hint)}</p>'
    code = _said(problem.code)
    kind = f"{escape(problem.severity)} <code>{code}</code>"
    yield f'<p class="code">{kind}: <code>broadsheet explain {code}</code></p>'


def _framed(line: str, column: int) -> str:
    """Mark the sign of a line that a problem points at; a blank where it points behind the end."""
    shown, before, wide = window(line, column, ROOM)
    left = first(shown, before)
    marked = first(shown[len(left) :], wide)
    right = shown[len(left) + len(marked) :]
    return f"{escape(left)}<mark>{escape(marked) or '&nbsp;'}</mark>{escape(right)}"


def _said(text: str) -> str:
    return escape(prose(text))
