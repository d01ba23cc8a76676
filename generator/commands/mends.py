"""Where a model was asked in vain: whether that fails a command, and what to do about it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from generator.counting import plural
from generator.model import ModelChoice
from generator.problems import Refusal

if TYPE_CHECKING:
    from generator.commands.asking import Asking
    from generator.summarise.models.outcomes import Outcome


def failure(asked: Asking) -> Refusal | None:
    """Give what must fail a command: a provider that answers nobody, not one brief, or on_failure: error."""
    run, model = asked.run, asked.choice.model
    if run.why == "denied":
        return Refusal(f"{model}: {run.stopped}", _ended(asked))
    if not asked.failed or (asked.briefs and asked.choice.on_failure == "extractive"):
        return None
    first = asked.failed[0]
    count = plural(len(asked.failed), "article")
    hint = _look(asked, first)
    if all(outcome.article.path in asked.standing for outcome in asked.failed):
        hint += "; the briefs that were there stay"
    elif asked.choice.on_failure == "error":
        hint += "; with on_failure: extractive the embedded summariser takes their place"
    else:
        others = " other" if asked.standing else ""
        hint += f"; a build gives these{others} articles the embedded summariser's briefs"
    return Refusal(
        f"no brief by {model} for {count}; the first: content/{first.article.path}: {first.fault}", hint
    )


def _look(asked: Asking, first: Outcome) -> str:
    """Say what to look at where an article has no brief: at its answer, or where none came from."""
    again = f"broadsheet brief {shlex.quote(f'content/{first.article.path}')} --again"
    if first.dear:
        return "nobody was asked for it: allow more, or shorten the article"
    if not first.settled:
        return _server(asked.choice, first.status)
    if asked.noted:
        return f"what it answered stands in {asked.noted}"
    return f"{again} --answers FILE asks anew, and writes into FILE what it answers"


def _ended(asked: Asking) -> str:
    """Say what to mend where a run was ended because nobody would have answered."""
    from generator.summarise.models.doors import variable

    name, status = variable(asked.choice), asked.run.status
    unkeyed = "it wants a key: name the variable that holds one as summariser.key_from"
    what = {
        401: f"look at the key in {name}" if name else unkeyed,
        403: "look at what this key may ask for",
        404: "look at summariser.model and base_url",
    }.get(status) or _server(asked.choice, status)
    if 300 <= status < 400:  # noqa: PLR2004 -- a redirect, which is not followed
        what = "write the address that it names as summariser.base_url, if you trust it"
    return f"{what}; what is done is kept; run it again when that is mended"


def _server(choice: ModelChoice, status: int) -> str:
    """Say who gave no answer: a program, or the server at an address."""
    from generator.summarise.models.doors import server

    where = server(choice)
    if choice.provider == "command":
        return f"look at summariser.command: what {where} does with an article"
    if status:
        return f"that is what {where} says"
    key = "summariser.base_url" if choice.base_url else "your network and proxy"
    return f"look whether {where} is up and answers within summariser.timeout, and at {key}"
