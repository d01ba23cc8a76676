"""What kind of name a form is: by the gazetteer, by its own words, by what stands around it; or unknown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from generator.model import EntityKind
from generator.summarise.extractive.entities.cues import Cues
from generator.summarise.extractive.entities.lexicon import Lexicon
from generator.summarise.extractive.entities.spotting import LAST_PARTS, Spotted

LONGEST_PERSON = 4  # words
LONGEST_PLACE = 2


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it is written, and every place where it stands so, in reading order."""

    text: str
    words: tuple[str, ...]
    places: tuple[tuple[Spotted, Cues], ...]

    def shows(self, kind: EntityKind) -> bool:
        """Whether what stands around it tells this kind somewhere."""
        return any(cue.kind == kind for _, cue in self.places)

    @property
    def says(self) -> bool:
        return any(cue.says for _, cue in self.places)


def surname(words: Sequence[str]) -> str:
    """Last word of a name that is no Jr or II."""
    return words[-2] if len(words) > 1 and words[-1].lower().rstrip(".") in LAST_PARTS else words[-1]


def kind_of(
    form: Form, alone: Mapping[str, bool], parts: Collection[str], lexicon: Lexicon
) -> EntityKind | None:
    """Tell the kind of a form.

    `alone` holds the article's names of one word, and which say something; `parts` are words of longer names.
    """
    known = lexicon.kinds.get(form.text)
    titled = any(spotted.titled for spotted, _ in form.places)
    if known and form.text not in lexicon.doubtful and not (titled and known == "place"):
        return known
    told: tuple[EntityKind, ...] = ("person", "organisation", "place")
    shown = {kind for kind in told if form.shows(kind)}
    own = _by_words(form, lexicon)
    if own and own != "person":
        return None if titled else own
    if own == "person":
        return None if shown - {"person"} else own
    if len(shown) == 1:
        return shown.pop()
    if shown:
        return None
    return _by_use(form, known, alone, lexicon) or _by_hint(form, known, parts)


def _by_hint(form: Form, known: EntityKind | None, parts: Collection[str]) -> EntityKind | None:
    """Tell by words that are sure only where nothing else is told; half a name is told by the whole of it."""
    hints = {cue.hint for _, cue in form.places if cue.hint}
    hint = hints.pop() if len(hints) == 1 else None
    if hint == "place" and (form.says or len(form.words) > LONGEST_PLACE):
        return None
    return hint if known in (hint, None) and not (len(form.words) == 1 and form.words[0] in parts) else None


def _by_words(form: Form, lexicon: Lexicon) -> EntityKind | None:
    """Tell by the words of the name itself."""
    words = form.words
    low = [word.lower().rstrip(".") for word in words]
    if len(words) == 1 or all(
        word in lexicon.words.organisation_words or word in lexicon.words.place_words for word in low
    ):
        return None
    if low[-1] in lexicon.words.company_suffixes or low[-1] in lexicon.words.organisation_words:
        return "organisation"
    if low[0] in lexicon.words.organisation_words and ("of" in low or "for" in low):
        return "organisation"
    if low[-1] in lexicon.words.place_words or low[0] in ("mount", "lake", "cape", "gulf", "isle"):
        return "place"
    first = words[0].split("-", 1)[0]
    plain = len(words) <= LONGEST_PERSON and not any(word.isupper() and len(word) > 2 for word in words)  # noqa: PLR2004 -- initials
    return "person" if plain and first in lexicon.given and "of" not in low else None


def _by_use(
    form: Form, known: EntityKind | None, alone: Mapping[str, bool], lexicon: Lexicon
) -> EntityKind | None:
    """Tell by how the article uses a name that nothing else tells."""
    words = form.words
    if known == "place" or (known is None and any(cue.place_after for _, cue in form.places)):
        return "place" if any(cue.within for _, cue in form.places) and not form.says else None
    if known:
        return known if form.says else None
    if not 1 < len(words) <= LONGEST_PERSON or any(" ".join(words[:n]) in lexicon.kinds for n in (1, 2)):
        return None
    last_alone = surname(words) in alone and words[0] not in alone
    says = form.says or alone.get(surname(words), False)
    doubtful = words[0] in lexicon.doubtful_given or (len(words[0].rstrip(".")) == 1 and words[0].isupper())
    return "person" if (doubtful and (says or last_alone)) or (says and last_alone) else None
