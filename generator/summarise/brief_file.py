"""The text of NAME.brief.yaml: written for an editor to mend, and rewritten around what was mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.model import Article, Brief, Line, Mention
from generator.problems import InvalidSource, Problem
from generator.schema.briefs import FIELDS, field_digest, is_edited, plain, sentence_digest, text_digest
from generator.schema.documents import Document, parse
from generator.schema.splices import Span, spans
from generator.schema.writing import scalar

HEAD = """\
# The brief of this article, for you to mend and commit.
#
# Change, delete or add lines. What you changed is never overwritten, and the page says who edited it.
# [] empties a field for good. Take a field out, its name too, and the summariser writes it anew.
# A line of yours may be words alone (- Like this.): the sentences that it rests on are looked for.
# Its numbers, names and quotations must stand in the article, or it needs a source of its own:
#   - text: What the article does not say.
#     source: https://example.org/where-you-know-it-from
"""
REMARKS = {
    "article": "Which text this was written for. broadsheet brief --check tells when that has changed.",
    "headline": "Headline, up to 110 characters.",
    "summary": "Summary, one or two sentences, 45 to 60 words.",
    "why_it_matters": "Why it matters, one sentence, only if the article says so.",
    "key_points": "Key points, three to five, up to 40 words each.",
    "key_figures": "By the numbers, up to five: value and unit as written, context: the words around them.",
    "people": "People, up to six: name, role.",
    "organisations": "Organisations, up to eight.",
    "places": "Places, up to five.",
    "names": "Other names.",
    "quotes": "Quotes, up to two, word for word: text, speaker.",
    "dates": "Dates, up to six: as_written, iso (2026-12-09), line: what happens then.",
    "whats_next": "What's next, up to two lines.",
    "topics": "Topics, up to five.",
    "machine": "What the machine wrote, in digests: they tell what you changed. Leave these lines alone.",
}
SIGNATURE = """\
# Your name as the page gives it (else the site's author), and when you last changed what readers should
# know of:
# editor: Ada Moreno
# edited: 2026-11-24
"""
ORDER = ("article", "editor", "edited", *FIELDS, "machine")


def values(article: Article, brief: Brief) -> dict[str, Any]:
    """Give a brief's fields as plain values, as the file holds them: what is empty in an item is left out."""
    digests = {sentence.id: sentence_digest(sentence.text) for sentence in article.sentences}

    def item(line: Line | Mention, /, **parts: str | None) -> dict[str, Any]:
        told: dict[str, Any] = {key: plain(part) for key, part in parts.items() if part}
        cited = [f"{name} {digests[name]}" for name in line.evidence]
        return {**told, "evidence": cited} if cited else told

    def lines(some: Iterable[Line]) -> list[dict[str, Any]]:
        return [item(line, text=line.text) for line in some]

    def mentions(some: Iterable[Mention]) -> list[dict[str, Any]]:
        return [item(mention, name=mention.name, role=mention.role) for mention in some]

    why = brief.why_it_matters
    return {
        "headline": item(brief.headline, text=brief.headline.text),
        "summary": lines(brief.summary),
        "why_it_matters": item(why, text=why.text) if why else None,
        "key_points": lines(brief.key_points),
        "key_figures": [
            item(figure.context, value=figure.value, unit=figure.unit, context=figure.context.text)
            for figure in brief.key_figures
        ],
        "people": mentions(brief.people),
        "organisations": mentions(brief.organisations),
        "places": mentions(brief.places),
        "names": mentions(brief.names),
        "quotes": [item(quote.line, text=quote.line.text, speaker=quote.speaker) for quote in brief.quotes],
        "dates": [
            item(day.line, as_written=day.text, iso=day.iso, line=day.line.text) for day in brief.dates
        ],
        "whats_next": lines(brief.whats_next),
        "topics": [plain(topic) for topic in brief.topics],
    }


def written(article: Article, brief: Brief) -> str:
    """Write a brief file for an article that has none."""
    made = _complete(article, brief, {})
    first, *rest = ("\n".join(_block(name, made[name])) + "\n" for name in ORDER if name in made)
    return "\n".join([HEAD, first, SIGNATURE, *rest])


def rewritten(old: str, path: str, article: Article, brief: Brief) -> str:
    """Write anew what no person changed; all else stays byte for byte.

    A comment within what is replaced moves above it. Raises InvalidSource where the file is at fault, or
    of a form in which fields cannot be replaced one by one.
    """
    document = parse(old, path)
    if document.problems:
        raise InvalidSource(document.problems)
    data = document.value or {}
    wanted = _complete(article, brief, data)
    new = _spliced(old, document, data, wanted)
    if not _holds(new, data, wanted):
        message = "this file is not of a form in which single fields can be replaced"
        raise InvalidSource(
            [Problem(path, 1, 1, "brief-form", message, "begin each field on a line of its own")]
        )
    return new


def stale(old: str, path: str, article: Article, brief: Brief) -> list[Problem]:
    """Tell what of a sound brief file is out of date: the text that it was written for, or a field."""
    document = parse(old, path)
    data = document.value or {}
    hint = f"run: broadsheet brief {path}"
    if data.get("article") not in (None, text_digest(article.sentences)):
        at = document.position(("article",))
        message = "the article has changed since this brief was written"
        return [Problem(path, at.line, at.column, "stale-brief", message, hint)]
    made = values(article, brief)
    changed = [
        name
        for name in FIELDS
        if name in data and not is_edited(data, name) and field_digest(data[name]) != field_digest(made[name])
    ]
    places = [(name, document.position((name,), key=True)) for name in changed]
    message = "{} would write this field otherwise now"
    return [
        Problem(path, at.line, at.column, "stale-field", f"{name}: {message.format(brief.byline)}", hint)
        for name, at in places
    ]


def _complete(article: Article, brief: Brief, data: Mapping[str, Any]) -> dict[str, Any]:
    """Give all that the machine answers for: the fields that nobody changed, and its digests."""
    made = {name: value for name, value in values(article, brief).items() if not is_edited(data, name)}
    known = data.get("machine") or {}
    proof = _proof(brief, values(article, brief), data) if brief.proof else {}
    digests = {
        name: field_digest(made[name]) if name in made else known[name]
        for name in FIELDS
        if name in made or name in known
    }
    return {
        "article": text_digest(article.sentences),
        **made,
        "machine": {"by": plain(brief.proof.model if brief.proof else brief.byline), **proof, **digests},
    }


def _proof(brief: Brief, told: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Give what tells a model's lines from all others: a digest of each, also of those in edited fields."""
    proof = brief.proof
    if proof is None:
        return {}
    written = [name for name in FIELDS if name not in proof.filled]
    lines = [field_digest(item) for name in written for item in _items(told[name])]
    before = (data.get("machine") or {}).get("lines") or []
    kept = {field_digest(item) for name in FIELDS if is_edited(data, name) for item in _items(data[name])}
    lines += [digest for digest in before if digest in kept]
    dropped = [f"{reason} {count}" for reason, count in proof.dropped]
    return {"lines": list(dict.fromkeys(lines)), **({"dropped": dropped} if dropped else {})}


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _spliced(old: str, document: Document, data: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    found = spans(old, document)
    end = "\r\n" if old.count("\r\n") * 2 > old.count("\n") else "\n"
    indent = " " * found[0].column if found else ""
    text = old if found or not old or old.endswith("\n") else f"{old}{end}"
    here = {span.key: span for span in found}
    pieces = []
    at = first = _top(text, found)
    for name in ORDER:
        span = here.get(name)
        if span and name in wanted and field_digest(data[name]) != field_digest(wanted[name]):
            lines = [*span.comments, *_field(name, wanted[name])]
            pieces.append((span.start, span.end, f"{end}{indent}".join(lines)))
        elif not span and name in wanted:
            block = end.join(f"{indent}{line}" for line in _block(name, wanted[name]))
            pieces.append((at, at, f"{block}{end}{end}" if at == first else f"{end}{end}{block}"))
        at = span.end if span else at
    return _put(text, pieces)


def _top(text: str, found: Sequence[Span]) -> int:
    """Give the place above the first field and its remarks; the text's end where there is no field."""
    if not found:
        return len(text)
    at = found[0].start - found[0].column
    for line in reversed(text[:at].splitlines(keepends=True)):
        if not line.lstrip().startswith("#"):
            break
        at -= len(line)
    return at


def _put(text: str, pieces: Iterable[tuple[int, int, str]]) -> str:
    made, last = [], 0
    for start, end, piece in sorted(pieces, key=lambda piece: piece[:2]):
        made += [text[last:start], piece]
        last = end
    return "".join([*made, text[last:]])


def _holds(new: str, data: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Prove a rewritten file: what is new in it is there, and all else is as it was."""
    document = parse(new, "")
    if document.problems or not isinstance(document.value, dict):
        return False
    told = {**data, **wanted}
    return document.value.keys() == told.keys() and all(
        field_digest(document.value[name]) == field_digest(value) for name, value in told.items()
    )


def _block(name: str, value: Any) -> list[str]:
    """Give a field's lines, with the remark that says what it is."""
    return [f"# {REMARKS[name]}", *_field(name, value)]


def _field(name: str, value: Any) -> list[str]:
    """Give a field's lines: scalars, evidence in brackets, a list item a dash."""
    match value:
        case str():
            return [f"{name}: {scalar(value)}"]
        case None:
            return [f"{name}: null"]
        case []:
            return [f"{name}: []"]
        case dict():
            return [f"{name}:", *(f"  {line}" for line in _pairs(value))]
    return [f"{name}:", *(line for item in value for line in _item(item))]


def _item(item: Any) -> Iterator[str]:
    lines = [scalar(item)] if isinstance(item, str) else list(_pairs(item))
    yield f"  - {lines[0]}"
    yield from (f"    {line}" for line in lines[1:])


def _pairs(item: Mapping[str, Any]) -> Iterator[str]:
    for key, value in item.items():
        yield f"{key}: {scalar(value) if isinstance(value, str) else '[' + ', '.join(value) + ']'}"
