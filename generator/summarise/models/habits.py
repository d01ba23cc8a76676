"""What a server has shown that it does not take: it is asked once more without, and from then on."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

from generator.summarise.models.asking import Request
from generator.summarise.models.doors import FailedError

REFUSING = (400, 415, 422, 500, 501)  # how servers say that they do not know a parameter
UNEXPLAINED = (400, 422)
FORM = re.compile(
    r"response_format|output_config|output_format|json[_ ]?schema|json_object|structured|grammar|guided",
    re.IGNORECASE,
)
BOUND = re.compile(
    r"max_tokens.{0,80}(?:not supported|unsupported|instead)"
    r"|(?:unsupported|unknown|unrecogni[sz]ed).{0,40}max_tokens",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Habits:
    """How a model is asked: at which temperature, in which form its answer, by which name its bound.

    `forms` are those that are left: `schema` beside the question, `object` for any JSON object, `words` for
    none but what the prompt says. Where `forgiving`, a server that has answered nothing yet may say 400 and
    not why.
    """

    temperature: float | None
    forms: tuple[str, ...]
    bound: str = ""
    forgiving: bool = False
    answered: bool = False
    guessed: tuple[str, ...] = ()  # forms that were left out without being named

    @property
    def form(self) -> str:
        return self.forms[0]

    def learnt(self, sent: Habits, error: FailedError) -> tuple[Habits, FailedError]:
        """Leave out what a call that was `sent` so was refused for; gives habits, and what is to be raised.

        Where calls are under way at once, each is asked again without it, whoever heard of it first.
        """
        if error.kind in ("denied", "untold") or error.status not in REFUSING:
            return self, error
        said = str(error)
        again = FailedError("untold", said, status=error.status)
        if "temperature" in said.lower() and sent.temperature is not None:
            return replace(self, temperature=None), again
        if BOUND.search(said) and sent.bound == "max_tokens":
            return replace(self, bound="max_completion_tokens"), again
        if FORM.search(said) and len(sent.forms) > 1:
            return replace(self, forms=min(self.forms, sent.forms[1:], key=len)), again
        if error.status in UNEXPLAINED and self.forgiving and not self.answered:
            if len(sent.forms) > 1:
                return replace(self, forms=sent.forms[-1:], guessed=sent.guessed or sent.forms), again
            return replace(self, forms=self.guessed or self.forms, guessed=()), error  # it was not that
        return self, error

    def proved(self) -> Habits:
        """Note that the server takes what it is sent."""
        return self if self.answered else replace(self, answered=True)


def in_words(request: Request) -> str:
    """Give the system prompt with the schema in it, for a server that takes none beside it."""
    schema = json.dumps(request.schema)
    return f"{request.system}\n\nAnswer with one JSON object of this JSON Schema, and nothing else:\n{schema}"
