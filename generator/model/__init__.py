"""The words that every room speaks: frozen data, no behaviour beyond what follows from it.

Texts are NFC. Paths and addresses use forward slashes and no leading slash. Every datetime is
aware and in the site's time zone. Sequences are tuples, newest first unless said otherwise.
"""

from generator.model.articles import (
    Article,
    Edit,
    EditedItem,
    Image,
    Position,
    Sentence,
    SentenceKind,
    Source,
    StandingPage,
)
from generator.model.briefs import (
    Brief,
    Coverage,
    DateMention,
    Entity,
    EntityKind,
    Figure,
    Line,
    LineKind,
    Mention,
    Quote,
)
from generator.model.site import (
    Author,
    Edition,
    EditionFigure,
    Entry,
    File,
    Link,
    Month,
    Page,
    Site,
    Story,
    Topic,
)

__all__ = [
    "Article",
    "Author",
    "Brief",
    "Coverage",
    "DateMention",
    "Edit",
    "EditedItem",
    "Edition",
    "EditionFigure",
    "Entity",
    "EntityKind",
    "Entry",
    "Figure",
    "File",
    "Image",
    "Line",
    "LineKind",
    "Link",
    "Mention",
    "Month",
    "Page",
    "Position",
    "Quote",
    "Sentence",
    "SentenceKind",
    "Site",
    "Source",
    "StandingPage",
    "Story",
    "Topic",
]
