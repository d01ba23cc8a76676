"""The front matter of articles and standing pages: what may stand in it, and what it means."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from generator import text, urls
from generator.content.brief_fields import BriefFields
from generator.content.values import Url, When
from generator.model import Rights
from generator.schema.validation import (
    AliasChoices,
    BeforeValidator,
    Field,
    Free,
    Language,
    Model,
    Switch,
    Text,
    fault,
    listed,
    shown,
)

NO_STORY = "none"
NOT_GROUPED = frozenset({NO_STORY, "false", "no", "off"})
ADDRESS_SIGNS = re.compile(r"[\\?#%\x00-\x20<>\"|*:]")


def _slug(value: Any) -> str:
    made = text.slug(value) if isinstance(value, str) else ""
    if not made:
        raise fault("bad-slug", f"{shown(value)} cannot be an address", "use letters, digits and hyphens")
    if made != value:
        raise fault("bad-slug", f"{shown(value)} cannot stand in an address as it is", f"write {made}")
    return made


def _story(value: Any) -> str:
    if isinstance(value, str) and value.casefold() in NOT_GROUPED:
        return NO_STORY
    made = text.slug(value) if isinstance(value, str) else ""
    hint = "give all articles of the story the same key, such as llano-verde; none groups it with no other"
    if not made or value in ("true", "yes", "on"):
        raise fault("bad-story", f"{shown(value)} names no story", hint)
    if made != value:
        raise fault("bad-story", f"{shown(value)} cannot stand in an address as it is", f"write {made}")
    return made


def _id(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,99}", value):
        raise fault(
            "bad-id",
            f"{shown(value)} cannot be an id",
            "use up to 100 letters (a-z), digits, dots, hyphens and underscores",
        )
    return value


def _alias(value: Any) -> str:
    path = value.strip("/") if isinstance(value, str) else ""
    parts = path.split("/")
    if not path or ADDRESS_SIGNS.search(path) or any(part in ("", ".", "..") for part in parts):
        decoded = unquote(path)
        plain = decoded != path and not ADDRESS_SIGNS.search(decoded) and ".." not in decoded
        hint = "write it from the root: /2020/old-name/"
        hint = f"write it without escapes: /{decoded}/" if plain else hint
        raise fault("bad-alias", f"{shown(value)} is not an old address on this site", hint)
    said = "it is kept for the build, or for git" if urls.folded(parts[0]) in urls.KEPT else ""
    if said := said or next(filter(None, map(urls.fault, parts)), ""):
        hint = "redirect it where your site is served, or take it out"
        raise fault("bad-alias", f"{shown(value)} cannot be a file of the site: {said}", hint)
    return path if parts[-1].endswith((".html", ".htm")) else f"{path}/"


def _source(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _image(value: Any) -> Any:
    if isinstance(value, str):
        raise fault(
            "missing-alt",
            "an image needs a text that stands for it",
            f"write image: {{src: {value}, alt: What the picture shows}}",
        )
    return value


Slug = Annotated[str, BeforeValidator(_slug)]
StoryKey = Annotated[str, BeforeValidator(_story, json_schema_input_type=str | Literal[False])]
Alias = Annotated[str, BeforeValidator(_alias)]


class SourceFields(Model):
    """The outlet that an article came from."""

    name: Text = Field(description="The outlet's name, as readers know it.")
    url: Url | None = Field(None, description="Address of the original article.")


class ImageFields(Model):
    """A picture beside the article's file."""

    src: Text = Field(description="File beside the article, or from content/ if it begins with a slash.")
    alt: str = Field(
        description="What the picture shows, for those who cannot see it; empty if it only decorates."
    )
    caption: str = Field("", description="Printed under the picture.")


class CorrectionFields(Model):
    """What was wrong and is right now."""

    date: When = Field(description="When it was corrected: not before the article was published.")
    text: Text = Field(description="What was wrong, and what is right.")


SourceField = Annotated[SourceFields, BeforeValidator(_source, json_schema_input_type=str | SourceFields)]
Sources = Annotated[list[SourceField], listed(SourceField), Field(max_length=50)]
Texts = Annotated[list[Text], listed(Text), Field(max_length=200)]
Corrections = Annotated[list[CorrectionFields], listed(CorrectionFields), Field(max_length=200)]
Aliases = Annotated[list[Alias], listed(Alias), Field(max_length=200)]


class PageFrontMatter(Model):
    """Front matter of a standing page."""

    title: Text = Field(description="Headline of the page.", max_length=300)
    slug: Slug | None = Field(None, description="Last part of the address; else the file's name.")
    updated: When | None = Field(None, description="When the page was last changed.")
    lang: Language | None = Field(None, description="Language of the text (BCP 47); else the site's.")
    aliases: Aliases = Field([], description="Old addresses that lead here.")
    draft: Switch = Field(default=False, description="Held back unless --drafts is given.")
    extra: Free = Field({}, description="Values of your own for your templates.")


class FrontMatter(PageFrontMatter):
    """Front matter of an article."""

    title: Text = Field(description="Headline, without a full stop.", max_length=300)
    date: When | None = Field(
        None, description="When it was published; a day alone means midnight in the site's zone."
    )
    id: Annotated[str, BeforeValidator(_id)] | None = Field(
        None, description="Permanent id, apart from the address; else made from the file's path."
    )
    source: Sources = Field([], description="Outlet or outlets: a name, {name, url}, or a list of them.")
    authors: Texts = Field([], description="Who wrote it.")
    topics: Texts = Field(
        [],
        validation_alias=AliasChoices("topics", "tags"),
        description="What it is about; tags is another name.",
    )
    image: Annotated[ImageFields, BeforeValidator(_image)] | None = Field(
        None, description="The lead picture."
    )
    summary: Text | None = Field(None, description="Your own summary: short for brief: {summary: …}.")
    brief: BriefFields | None = Field(
        None, description="Fields of the brief in your own words; they win over all others."
    )
    canonical_url: Url | None = Field(
        None, description="Where the original stands, if this is a copy or an excerpt of it."
    )
    rights: Rights = Field(
        "own",
        description="What may be published: own, full: the whole text; excerpt: its beginning and the brief.",
    )
    license: Text | None = Field(
        None,
        validation_alias=AliasChoices("license", "licence"),
        description="Licence of the text: a name or an address; licence is another name.",
    )
    retrieved_at: When | None = Field(None, description="When the text was taken from its source.")
    pinned: Switch = Field(default=False, description="Leads its edition.")
    story: StoryKey | None = Field(
        None, description="Articles with the same key are one story; none groups it with no other."
    )
    corrections: Corrections = Field([], description="What was corrected, and when: {date, text} or a list.")


def moment(value: date | datetime, zone: ZoneInfo) -> datetime:
    """Turn a date into an aware datetime of the site's zone.

    A day means its first valid instant; a time without a zone is the site's. A time that the clocks
    skip becomes the instant at which they jump, or as long after it as it was written.
    """
    if not isinstance(value, datetime):
        value = datetime.combine(value, time.min)
    aware = value if value.tzinfo else value.replace(tzinfo=zone)
    return text.whole_minutes(aware.astimezone(ZoneInfo("UTC")).astimezone(zone))
