"""Lines that are no news: calls to action, prompts, bylines, captions. Left out of briefs, kept in texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model import Sentence

NAME = r"[A-Z][\w.’'-]+( [A-Z][\w.’'-]+){1,3}"
LETTER = (
    r"(news ?letters?|mailing list|podcast|channel|alerts|updates|notifications|"
    r"(weekly|daily|monthly|morning|evening|energy|free|our|e-?mail) .{0,30}"
    r"(letter|digest|briefing|bulletin|updates?|alerts?))"
)


def _any(*patterns: str, start: str = "") -> re.Pattern[str]:
    return re.compile(rf"{start}({'|'.join(patterns)})", re.IGNORECASE)


# Whole sections, told by their heading.
HEADINGS = _any(
    r"call to action",
    r"share( (this|on|the)\b|$)",
    r"comments?$",
    r"(leave|write) a (comment|reply)",
    r"join (the|us|our)\b",
    r"related( (articles?|stor(y|ies)|posts?|reading|news|topics))?:?$",
    r"about the (author|writer)s?$",
    r"newsletter",
    r"subscribe",
    r"sign up",
    r"follow us",
    r"stay (informed|connected|tuned|up to date)",
    r"read (more|next|also)",
    r"more (from|on|stories)\b",
    r"advertisement",
    r"sponsored",
    r"recommended( for you)?$",
    r"you (may|might) also like",
    r"(tags:?|contact us|disclaimer)$",
)
LINES = _any(
    r"(please )?(write|leave|post|add|submit|drop) (us |me )?(a|your) (comment|reply|review|thought)s?\b",
    rf"(please |to read more, )?(sign up|subscribe|register)\b.{{0,60}}\b{LETTER}",
    r"(sign up|subscribe)( now| here| today| free)?\W*$",
    r"(melden sie sich|abonnieren sie|inscrivez-vous|abonnez-vous|suscr[ií]b\w+)\b.{0,60}"
    r"\b(newsletter|bolet[ií]n)",
    r"get (the|our|your)\b.{0,60}\b(newsletter|inbox)\b",
    r"(click|tap|press) (here|below|the (link|button))\b",
    r"read (more|next|also|on)(\W*$|\s*[:»›→–—|]| (about|here|at|in our)\b)",
    r"read the (full|whole|rest of the) (story|article|report)\b",
    r"(see|watch|listen) (also|more)\b\W*($|:)",
    r"related( (articles?|stor(y|ies)|reading|posts?))?\s*:",
    r"share (this|the) (article|story|post|page)\b",
    r"share (it )?on (facebook|twitter|x|linkedin|whatsapp)\b",
    r"(follow|like) (us|the author|me|@\w+|our (page|channel|account))\b",
    r"(photo(graph)?|image|picture|video|graphic|illustration|credit)s?\s*(credit|by|courtesy)?\s*[:/]",
    r"(©|\(c\)|copyright\b)",
    r"all rights reserved",
    r"advertisement\W*$",
    r"sponsored( content| post)?\W*$",
    r"this (story|article|post|report) (was|has been|is) (first |originally |last )*"
    r"(published|updated|corrected|part of|sponsored)\b",
    r"(originally|first) (published|appeared) (on|in|at)\b",
    r"(stay|keep) (informed|tuned|connected|up[ -]to[ -]date|updated)\b",
    r"join (the|our|us in the) (conversation|discussion|community|debate|newsletter|mailing list)\b",
    r"for more (information|details|news|stories)\b.{0,20}\b(visit|click|see|go to|contact|follow)\b",
    r"(let us know|tell us|have your say)\b.{0,60}\b(comments?|think|below|views?)\b",
    r"what do you think\?",
    r"have (a|any) (photo(graph)?|picture|tip|story)s?\b.{0,60}\?",
    r"looking for (work|a job)\?",
    r"see our [\w-]+ page\b",
    r"do you (have|know)\b.{0,60}\b(tip|story)\b.{0,60}\?",
    r"(contact|e-?mail|reach) (the (author|reporter|writer|newsroom|editors?)|us|our)\b",
    r"download (our|the) (free )?app\b",
    r"(additional )?(reporting|writing|editing|edited|photography|translation|translated) by\b",
    r"(updated|published|posted|last (updated|modified))\s*(on |at )?:?\s*(\w+ ){0,3}\d{1,4}\b[^.]{0,40}$",
    r"(accept|we use) (all )?cookies\b",
    r"(thank you|thanks) for (reading|subscribing|watching)\b",
    start=r"^\W*",
)
BYLINE = re.compile(rf"\W*[Bb][Yy] {NAME}(,? and {NAME})?\W*")


def boilerplate(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """Give the ids of an article's sentences that are no news, in order."""
    return tuple(sentence.id for sentence in sentences if is_boilerplate(sentence))


def is_boilerplate(sentence: Sentence) -> bool:
    """Tell by kind, by the heading above, or by the words themselves."""
    if sentence.kind == "title":
        return False
    return (
        sentence.kind in ("caption", "link")
        or bool(HEADINGS.match(sentence.section.strip()))
        or bool(LINES.match(sentence.text))
        or bool(BYLINE.fullmatch(sentence.text))
        or not any(sign.isalnum() for sign in sentence.text)
    )
