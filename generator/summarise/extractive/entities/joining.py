"""Which forms are one name: Rahul Patil and Patil, Corvane Inc. and Corvane, a name and its initials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from generator.model import EntityKind
from generator.summarise.extractive.entities.kinds import Form, surname
from generator.summarise.extractive.entities.lexicon import Lexicon

Kinds = Mapping[str, EntityKind | None]


def leaders(forms: Mapping[str, Form], kinds: Kinds, lexicon: Lexicon) -> dict[str, str]:
    """Give for each form the fullest one of the same name; the empty string where it could be two."""
    made = {text: text for text in forms}
    made.update(_known(forms, lexicon))
    fuller = _fuller(forms)
    for form in forms.values():
        if made[form.text] == form.text:
            near = [*fuller[form.words[0].lower()], *fuller[form.words[-1].lower()]]
            made[form.text] = _leader(form, [forms[text] for text in dict.fromkeys(near)], kinds, lexicon)
    for full in forms.values():
        for _, cue in full.places:
            if cue.initials in forms:
                made[cue.initials] = full.text
    return {text: _end(text, made) for text in forms}


def _fuller(forms: Mapping[str, Form]) -> Mapping[str, list[str]]:
    """Forms of several words, by the first of them, the last and the surname."""
    made: dict[str, list[str]] = defaultdict(list)
    for form in forms.values():
        if len(form.words) > 1:
            for word in {form.words[0].lower(), form.words[-1].lower(), surname(form.words).lower()}:
                made[word].append(form.text)
    return made


def _end(text: str, made: Mapping[str, str]) -> str:
    seen = {text}
    while made.get(text, text) not in seen:
        text = made[text]
        seen.add(text)
    return text


def _known(forms: Mapping[str, Form], lexicon: Lexicon) -> dict[str, str]:
    """Join forms that the gazetteer knows for one name, under the longest that the article has."""
    same: dict[str, list[str]] = defaultdict(list)
    for text in forms:
        if text in lexicon.names and text not in lexicon.doubtful:
            same[lexicon.names[text]].append(text)
    return {text: max(texts, key=len) for texts in same.values() for text in texts}


def _leader(form: Form, others: Sequence[Form], kinds: Kinds, lexicon: Lexicon) -> str:
    """Find the one fuller form that a short one stands for."""
    kind = kinds[form.text]
    fuller: list[Form] = []
    for other in others:
        if len(other.words) <= len(form.words):
            continue
        if kinds[other.text] in ("person", None) and kind in ("person", None):
            if _is_part_of_person(form, other):
                fuller.append(other)
        elif (
            kinds[other.text] == "organisation"
            and kind in ("organisation", None)
            and _is_short(form, other, lexicon)
        ):
            fuller.append(other)
    if not fuller:
        return form.text
    longest = max(fuller, key=lambda other: len(other.words))
    words = set(longest.words)
    return longest.text if all(words.issuperset(other.words) for other in fuller) else ""


def _is_part_of_person(form: Form, other: Form) -> bool:
    """Tell Patil, or Rahul, from Rahul Patil; and John Kennedy from John F. Kennedy."""
    if len(form.words) == 1 and form.words[0] in (other.words[0], surname(other.words)):
        return True
    if [word.lower() for word in other.words[-len(form.words) :]] == [word.lower() for word in form.words]:
        return True
    return (
        len(form.words) > 1
        and form.words[0] == other.words[0]
        and surname(form.words) == surname(other.words)
    )


def _is_short(form: Form, other: Form, lexicon: Lexicon) -> bool:
    """Tell Corvane from Corvane Inc.; a place that an organisation is named for is not short for it."""
    bare = tuple(word.rstrip(".") for word in form.words)
    return other.words[: len(bare)] == bare and lexicon.kinds.get(form.text) != "place"
