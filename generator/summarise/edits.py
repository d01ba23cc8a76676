"""What editors wrote in place of the machine: merged field by field, and held to the article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator import text
from generator.model import Article, Brief, DateMention, Edit, EditedItem, Figure, Line, Mention, Proof, Quote
from generator.problems import Problem
from generator.schema.briefs import sentence_digest
from generator.summarise.grounding import evidence, faults_of, found_in, quoted, times
from generator.summarise.verify import FATAL, Held, held

UNNAMED = "the editor"
INDEX = "take it out: the lists of names are an index of the article"
HINT = "mend the line, or the text; what you know from elsewhere needs a source of its own: source: https://…"
_Key = tuple[str, frozenset[str]]
FEW = 3  # fields that a byline names one by one
UNSIGNED = frozenset({"headline", "names", "topics"})  # the article's own, or an index of it
LABELS = {
    "why_it_matters": "why it matters",
    "key_points": "key points",
    "key_figures": "figures",
    "whats_next": "what’s next",
}


def merged(article: Article, brief: Brief, editor: str = "") -> tuple[Brief, list[Problem]]:
    """Let each field that an editor wrote take the place of the machine's.

    `editor` signs where none is named, else "the editor". Gives the brief, and what the article does not
    hold of the edits: errors, and warnings for what the brief itself flags.
    """
    if not article.edits:
        return brief, []
    editor = editor or UNNAMED
    writer = _Writer(article, brief, held(article))
    made = {edit.field: writer.field(edit, edit.editor or editor) for edit in article.edits}
    told = {line.text for name, value in made.items() if name != "headline" for line in lines_of(value)}
    for name in ("why_it_matters", "key_points", "whats_next"):
        if name not in made:
            made[name] = _without(getattr(brief, name), told)
    proof = brief.proof and replace(
        brief.proof, filled=tuple(name for name in brief.proof.filled if name not in made)
    )
    machine = signed(brief.machine, proof) if proof else brief.byline
    done = replace(brief, **made, proof=proof, byline=f"{machine}, {_signed(article.edits, editor)}")
    out = max(0, brief.coverage.words_out - _words(brief, made) + _words(done, made))
    return replace(done, coverage=replace(brief.coverage, words_out=out)), writer.problems


def adrift(article: Article) -> list[Problem]:
    """Name the edited lines whose evidence is gone, or cannot be found again for want of its digits."""
    said = {sentence.id: sentence.text for sentence in article.sentences}
    problems: list[Problem] = []
    for item in (item for edit in article.edits for item in edit.items):
        now = ", ".join(f"{name} {sentence_digest(said[name])}" for name in evidence(item.text, article))
        hint = (
            f"write evidence: [{now}] if that is right" if now else "take the evidence out, or mend the line"
        )
        for reference in item.gone:
            lost = " " in reference
            message = f"the article does not hold sentence {reference} any more"
            if not lost:
                message = f"the article has changed since {reference} was written here without its digits"
            problems.append(_problem(item, "evidence-gone" if lost else "evidence-unsure", message, hint))
    return problems


def lines_of(value: Any) -> Iterator[Line]:
    """Give the lines of a field's value, whatever its kind."""
    match value:
        case Line():
            yield value
        case Figure(context=line) | Quote(line=line) | DateMention(line=line):
            yield line
        case tuple():
            for item in value:
                yield from lines_of(item)


def _known(value: Any) -> dict[_Key, Line]:
    """Give a machine's lines by their words and what stands beside them."""
    match value:
        case Line(text=words):
            return {(words, frozenset()): value}
        case Figure(value=number, unit=unit, context=line):
            return {(line.text, frozenset(filter(None, (number, unit)))): line}
        case Quote(speaker=speaker, line=line):
            return {(line.text, frozenset(filter(None, (speaker,)))): line}
        case DateMention(text=written, iso=iso, line=line):
            return {(line.text, frozenset(filter(None, (written, iso)))): line}
        case tuple():
            return {key: line for item in value for key, line in _known(item).items()}
    return {}


def _without(value: Any, told: set[str]) -> Any:
    """Take out of a machine's field what an editor says elsewhere in the same words."""
    if isinstance(value, Line):
        return None if value.text in told else value
    return value and tuple(line for line in value if line.text not in told)


def _words(brief: Brief, names: Iterable[str]) -> int:
    lines = (line for name in names if name != "headline" for line in lines_of(getattr(brief, name)))
    return sum(text.word_count(line.text) for line in lines)


def _signed(edits: Sequence[Edit], editor: str) -> str:
    """`summary and key points edited by Ada, quotes edited by Ben`."""
    by: dict[str, list[str]] = {}
    for edit in edits:
        by.setdefault(edit.editor or editor, []).append(LABELS.get(edit.field, edit.field))
    return ", ".join(f"{_joined(names)}edited by {who}" for who, names in by.items())


def signed(machine: str, proof: Proof) -> str:
    """`claude-haiku-5-5, quotes and dates by extractive 4`: who wrote what no editor did."""
    filled = [LABELS.get(name, name) for name in proof.filled if name not in UNSIGNED]
    if machine == proof.filler or not filled:
        return machine
    what = _joined(filled).strip() or "the rest"
    return f"{machine}, {what} by {proof.filler}"


def _joined(names: Sequence[str]) -> str:
    if len(names) > FEW:
        return ""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) + " "


@dataclass(slots=True)
class _Writer:
    """Makes an editor's items into the parts of a brief, and notes what the article does not hold."""

    article: Article
    machine: Brief
    held: Held  # the article, made ready once for all its lines
    problems: list[Problem] = field(default_factory=list)

    def field(self, edit: Edit, editor: str) -> Any:
        """Give a field's new value."""
        known = _known(getattr(self.machine, edit.field))

        def line(item: EditedItem, check: Callable[[EditedItem], Iterable[tuple[str, str]]]) -> Line:
            return self._line(item, editor, known, check)

        match edit.field:
            case "headline" | "why_it_matters":
                return line(edit.items[0], self._told) if edit.items else None
            case "key_figures":
                return tuple(
                    Figure(item.values["value"], item.values["unit"], line(item, self._figure))
                    for item in edit.items
                )
            case "quotes":
                return tuple(
                    Quote(line(item, self._quote), item.values.get("speaker", "")) for item in edit.items
                )
            case "dates":
                return tuple(
                    DateMention(
                        item.values["as_written"], item.values.get("iso") or None, line(item, self._date)
                    )
                    for item in edit.items
                )
            case "people" | "organisations" | "places" | "names":
                mentions = {mention.name: mention for mention in getattr(self.machine, edit.field)}
                return tuple(self._mention(item, mentions.get(item.text)) for item in edit.items)
            case "topics":
                return tuple(dict.fromkeys(item.text for item in edit.items))
        return tuple(line(item, self._told) for item in edit.items)

    def _line(
        self,
        item: EditedItem,
        editor: str,
        known: Mapping[_Key, Line],
        check: Callable[[EditedItem], Iterable[tuple[str, str]]],
    ) -> Line:
        """Keep a machine's line that the editor left as it was; else check and sign the editor's own."""
        same = known.get((item.text, frozenset(filter(None, item.values.values()))))
        faults = list(check(item))
        if same and not faults and not item.source and item.evidence in ((), same.evidence):
            return same
        if item.source:
            return Line(item.text, item.evidence, "edited", "added", editor, item.source)
        errors = self._complain(item, faults)
        flags = [kind for kind in dict.fromkeys(kind for kind, _ in faults) if kind not in errors]
        rests = item.evidence or evidence(item.text, self.article)
        if not rests and not faults:
            flags = ["no evidence"]
            self._warn(item, "no-evidence", "no sentence of the article holds this line's words")
        said = f"unsupported: {', '.join([*errors, *flags])}" if faults else "".join(flags)
        return Line(item.text, rests, "edited", said or "verified", editor)

    def _complain(self, item: EditedItem, faults: Iterable[tuple[str, str]], hint: str = HINT) -> list[str]:
        """Tell each fault where its line stands; gives the kinds that are errors."""
        errors: list[str] = []
        for kind, said in faults:
            if kind in FATAL:
                errors.append(kind)
                message = f'the article does not hold the {kind} "{said}"'
                self.problems.append(_problem(item, f"unsupported-{kind}", message, hint))
            else:
                self._warn(
                    item, f"unsupported-{kind}", f'the article may not bear this out ({kind}): "{said}"'
                )
        return list(dict.fromkeys(errors))

    def _warn(self, item: EditedItem, code: str, message: str) -> None:
        hint = "compare it with the text; the page flags the line as it stands"
        self.problems.append(replace(_problem(item, code, message, hint), severity="warning"))

    def _told(self, item: EditedItem) -> Iterable[tuple[str, str]]:
        return faults_of(item.text, self.held)

    def _figure(self, item: EditedItem) -> Iterator[tuple[str, str]]:
        yield from faults_of(f"{item.values['value']} {item.values['unit']}".strip(), self.held, only=FATAL)
        yield from faults_of(item.text, self.held)

    def _date(self, item: EditedItem) -> Iterator[tuple[str, str]]:
        yield from faults_of(item.values["as_written"], self.held, only=FATAL)
        yield from faults_of(item.text, self.held)

    def _quote(self, item: EditedItem) -> Iterator[tuple[str, str]]:
        yield from quoted(item.text, self.held)
        yield from self._name(item.values.get("speaker", ""))

    def _name(self, name: str) -> Iterator[tuple[str, str]]:
        if name and not times(name, self.article):
            yield "name", name

    def _mention(self, item: EditedItem, known: Mention | None) -> Mention:
        """Give a name with its count and sentences; the machine's where it knows the name."""
        role = item.values.get("role", "")
        faults = faults_of(role, self.held, only=FATAL)
        self._complain(item, () if known else self._name(item.text), INDEX)
        self._complain(item, faults)
        if known:
            return replace(known, role=role, evidence=item.evidence or known.evidence)
        sentences = item.evidence or found_in(item.text, self.article)
        return Mention(item.text, max(1, times(item.text, self.article)), sentences, role)


def _problem(item: EditedItem, code: str, message: str, hint: str) -> Problem:
    return Problem(item.at.path, item.at.line, item.at.column, code, message, hint)
