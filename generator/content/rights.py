"""What of an article may be published: all of it, or no more than an excerpt and its brief.

The cut is made once, before any page, feed or file is planned: what is left of an article has no words that
must stay with the original, so that no step after it can let one slip.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from urllib.parse import quote

from generator import text
from generator.content.quoting import within_share
from generator.model import Article, ArticleBody, Brief, Line, Sentence

EXCERPT_WORDS = 60  # at most, and
EXCERPT_SHARE = 0.25  # no more of the text than that
QUOTED_WORDS = 8  # a fragment that is longer names its first and its last words alone
FRAGMENT_WORDS = 4  # at each end
TOLD_APART = 2  # words that a fragment needs
WORD = re.compile(r"\S+")
EDGES = "\"'“”‘’„«»()[]{}.,;:!?…"


def publishable(article: Article, brief: Brief) -> tuple[Article, Brief]:
    """Give what may be published of an article and its brief: both, unless its rights allow an excerpt alone.

    An excerpt is whole sentences from the first paragraph, up to 60 words and a quarter of the text, as plain
    words. The text of all other sentences is gone, and so are pictures within it; their ids stay.
    The brief quotes no more than a third of the text.
    """
    if article.rights != "excerpt":
        return article, brief
    shown = excerpt(article)
    brief = within_share(article, brief, [sentence.text for sentence in shown])
    kept = {"s0", *(sentence.id for sentence in shown)}
    sentences = (s if s.id in kept else replace(s, text="", section="") for s in article.sentences)
    cut = replace(
        article,
        body=ArticleBody(tuple(sentences), _html(shown)),
        trusted="",
        images=(),
        elsewhere=dict(_elsewhere(article, brief, kept)),
    )
    return cut, brief


def excerpt(article: Article) -> tuple[Sentence, ...]:
    """Choose the sentences that an excerpt consists of; none where even the first is too long."""
    body = [sentence for sentence in article.sentences if sentence.kind == "prose"]
    first = takewhile(lambda sentence: sentence.block == body[0].block, body)
    most = min(EXCERPT_WORDS, int(article.words * EXCERPT_SHARE))
    chosen: list[Sentence] = []
    for sentence in first:
        most -= text.word_count(sentence.text)
        if most < 0:
            break
        chosen.append(sentence)
    return tuple(chosen)


def _html(shown: Sequence[Sentence]) -> str:
    spans = (f'<span class="s" id="{s.id}">{_escaped(s.text)}</span>' for s in shown)
    return f"<p>{' '.join(spans)}</p>" if shown else ""


def _escaped(written: str) -> str:
    return html.escape(written, quote=False).replace('="', "=&quot;")


def _elsewhere(article: Article, brief: Brief, kept: set[str]) -> Iterator[tuple[str, str]]:
    """Say of each cited sentence that is not published where it is to be read.

    A text fragment (https://wicg.github.io/scroll-to-text-fragment/) leads to its words. It holds none but
    those that the brief prints: the longest run that a line and the sentence share.
    """
    home = article.canonical_url or next((source.url for source in article.sources if source.url), "")
    said = {sentence.id: sentence.text for sentence in article.sentences}
    cited: dict[str, list[str]] = {}
    for printed, evidence in _printed(brief):
        for name in evidence:
            if name in said and name not in kept:
                cited.setdefault(name, []).append(printed)
    for name in sorted(cited, key=lambda name: int(name[1:])):
        runs = (_shared(printed.split(), said[name].split()) for printed in cited[name])
        yield name, _with_fragment(home, max(runs, key=len)) if home else ""


def _printed(brief: Brief) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give what a brief prints, and the sentences that each of it rests on."""
    lines: list[Line | None] = [*brief.summary, brief.why_it_matters, *brief.key_points, *brief.whats_next]
    lines += [*(quote.line for quote in brief.quotes), *(figure.context for figure in brief.key_figures)]
    lines += [brief.headline, *(day.line for day in brief.dates)]
    yield from ((line.text, line.evidence) for line in lines if line)
    named = (*brief.people, *brief.organisations, *brief.places, *brief.names)
    yield from ((mention.name, mention.evidence) for mention in named)


def _shared(printed: Sequence[str], sentence: Sequence[str]) -> list[str]:
    """Find the longest run of words that two texts have in common."""
    ours, theirs = [word.strip(EDGES) for word in printed], [word.strip(EDGES) for word in sentence]
    best = end = 0
    before = [0] * (len(theirs) + 1)
    for word in ours:
        now = [0] * (len(theirs) + 1)
        for place, other in enumerate(theirs, 1):
            if word and word == other:
                now[place] = before[place - 1] + 1
                if now[place] > best:
                    best, end = now[place], place
        before = now
    return theirs[end - best : end]


def _with_fragment(home: str, words: Sequence[str]) -> str:
    """Add the words to an address as a text fragment; too few find nothing, and none is added."""
    if len(words) < TOLD_APART:
        return home
    ends = [words] if len(words) <= QUOTED_WORDS else [words[:FRAGMENT_WORDS], words[-FRAGMENT_WORDS:]]
    # A hyphen or a comma would end a part of the fragment.
    parts = (quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"{home.partition('#')[0]}#:~:text={','.join(parts)}"
