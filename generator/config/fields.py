"""What may stand in config.yaml."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from generator.config import Config, Footer
from generator.config.addresses import Host, HubUrl, LinkTarget, Url, elsewhere
from generator.config.executor_fields import ChosenExecutor, ExecutorFields
from generator.config.source_fields import SupplierFields
from generator.config.summariser_fields import ChosenSummariser, SummariserFields
from generator.config.theme_fields import ThemeFields
from generator.model import Author, Entity, EntityKind, Limits, Link
from generator.schema.validation import (
    AfterValidator,
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
    suggestion,
)

AUTHORITY = re.compile(
    r"[a-z0-9][a-z0-9.-]*(@[a-z0-9.-]+)?,\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
)
# Names that mean another zone on every machine.
MACHINES = ("localtime", "posixrules", "Factory")


def zone(value: Any) -> str:
    """Check the name of a time zone that means the same on every machine."""
    name = value if isinstance(value, str) and value not in MACHINES else ""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        hint = suggestion(name, available_timezones())
        hint = hint if hint.startswith("did") else "write an IANA name, such as Europe/Berlin or UTC"
        raise fault("bad-timezone", f"{shown(value)} is not a time zone", hint) from error
    return name


def _authority(value: Any) -> str:
    if not isinstance(value, str) or not AUTHORITY.fullmatch(value):
        hint = 'write a host that is yours and a year in which it was: "example.org,2026"'
        raise fault("bad-authority", f"{shown(value)} cannot sign feed ids", hint)
    return value


def _author(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class AuthorFields(Model):
    """Who answers for the site."""

    name: Text = Field(description="Name of a person or an outlet.")
    email: Annotated[str, Field(pattern=r"^[^@\s<>]+@[^@\s<>]+$")] = Field(
        "", description="Address for readers."
    )
    url: LinkTarget | None = Field(None, description="Page about the author.")


NamedAuthor = Annotated[AuthorFields, BeforeValidator(_author, json_schema_input_type=str | AuthorFields)]


class EditionFields(Model):
    """How articles are gathered into editions."""

    period: Literal["day", "week", "month"] = Field("day", description="How long an edition spans.")
    limit: int = Field(
        12, ge=1, le=500, description="Most stories on its front; later ones are listed below."
    )


class FeedFields(Model):
    """What subscribers get."""

    items: int = Field(30, ge=1, le=500, description="Most entries in a feed.")
    content: Literal["brief", "full", "excerpt"] = Field("brief", description="What an entry holds.")
    authority: Annotated[str, BeforeValidator(_authority)] | None = Field(
        None,
        description='Who mints the ids of entries: "host,year"; else the host of url. Never change it.',
    )
    hub: HubUrl | None = Field(None, description="Address of a WebSub hub, which is told of changes.")
    archives: Literal["none", "site", "all"] = Field(
        "site", description="Which feeds lead back to their beginning, month by month."
    )


class ContentFields(Model):
    """How articles are read."""

    trusted_html: Switch = Field(
        default=False,
        description="Whether the HTML of articles and pages stays as it is, with its scripts: only where you "
        "trust everybody who writes.",
    )


class SecurityFields(Model):
    """What readers' browsers may ask other sites for."""

    allow: Annotated[list[Host], listed(str), Field(max_length=50)] = Field(
        [], description="Hosts whose pictures articles may show: images.example.org."
    )


class EntityFields(Model):
    """A person, organisation or place that the site knows by name."""

    name: Text = Field(description="Name to print.", max_length=120)
    kind: EntityKind = Field(description="What it is.")
    aliases: Annotated[list[Text], listed(str)] = Field(
        [], max_length=50, description="Other forms of the name that articles use."
    )


class LimitFields(Model):
    """How much of one file is read before it is refused, so that no file can hold up a build."""

    article: int = Field(
        1_000_000, ge=1000, le=100_000_000, description="Most bytes of a Markdown file, front matter too."
    )
    front_matter: int = Field(
        100_000, ge=1000, le=10_000_000, description="Most bytes of the front matter of one."
    )
    data: int = Field(
        250_000, ge=1000, le=10_000_000, description="Most bytes of a brief file or an edition file."
    )
    nesting: int = Field(
        50, ge=5, le=100, description="How deep quotations, lists and HTML of a text may be nested."
    )
    cells: int = Field(25_000, ge=100, le=10_000_000, description="Most cells in the tables of one text.")
    effort: int = Field(
        20,
        ge=1,
        le=10_000,
        description="How many million signs may be read over again while one text is converted: 20 take "
        "about half a second.",
    )


class MenuFields(Model):
    """A link of the menu."""

    title: Text = Field(description="What the link says.")
    url: LinkTarget = Field(description="/about/, or a whole address.")


class FooterFields(Model):
    """What stands at the foot of every page."""

    text: Text | None = Field(None, description="Words in place of the theme's own.")
    links: list[MenuFields] = Field([], max_length=12, description="Links behind those of your own pages.")


class SocialFields(Model):
    """Where else the site is to be found."""

    name: Text = Field(description="What the link says.", max_length=60)
    url: Annotated[LinkTarget, AfterValidator(elsewhere)] = Field(description="Its whole address.")


class ConfigFields(Model):
    """config.yaml: what a site is called, where it stands, and how it is made."""

    title: Text = Field(description="Name of the digest.", max_length=200)
    description: Text | None = Field(None, description="One sentence about it, for search engines and feeds.")
    url: Url = Field(description="Where the site will stand: https://you.github.io/digest/")
    language: Language = Field("en", description="Language of the site (BCP 47).")
    timezone: Annotated[str, BeforeValidator(zone)] = Field(
        "UTC", description="Time zone of dates and editions (IANA name, such as Europe/Berlin)."
    )
    author: NamedAuthor | None = Field(
        None, description="Who answers for the site: a name, or {name, email, url}."
    )
    edition: EditionFields = Field(EditionFields(), description="How articles are gathered into editions.")
    feed: FeedFields = Field(FeedFields(), description="What subscribers get.")
    content: ContentFields = Field(ContentFields(), description="How articles are read.")
    security: SecurityFields = Field(
        SecurityFields(), description="What readers' browsers may ask other sites for."
    )
    menu: list[MenuFields] = Field(
        [], max_length=12, description="Links at the top, in place of the usual five."
    )
    search: Switch = Field(default=True, description="Whether the site has a search page.")
    theme: ThemeFields = Field(ThemeFields(), description="Values of the default theme.")
    footer: FooterFields = Field(FooterFields(), description="What stands at the foot of every page.")
    social: list[SocialFields] = Field([], max_length=12, description="Where else the site is to be found.")
    social_cards: Literal["off", "newest", "all"] = Field(
        "off",
        description="Articles without a picture that get one for previews: the newest edition's, or all.",
    )
    entities: list[EntityFields] = Field(
        [], max_length=5000, description="People, organisations and places that briefs are to know."
    )
    sources: list[SupplierFields] = Field(
        [], max_length=500, description="Whom `broadsheet import --all` asks for articles."
    )
    summariser: ChosenSummariser = Field(
        SummariserFields(), description="Who writes the briefs: the embedded summariser, or a model."
    )
    executor: ChosenExecutor = Field(
        ExecutorFields(), description="Where a build does its work: here, or on a Dask cluster."
    )
    limits: LimitFields = Field(
        LimitFields(), description="How much of one file is read before it is refused."
    )
    extra: Free = Field({}, description="Values of your own for your templates.")

    def config(self) -> Config:
        """Give the checked values in plain form."""
        return Config(
            title=self.title,
            url=self.url,
            description=self.description or "",
            language=self.language,
            timezone=self.timezone,
            author=Author(self.author.name, self.author.email, self.author.url or "")
            if self.author
            else None,
            period=self.edition.period,
            limit=self.edition.limit,
            feed_items=self.feed.items,
            feed_content=self.feed.content,
            feed_authority=self.feed.authority,
            feed_hub=self.feed.hub or "",
            feed_archives=self.feed.archives,
            menu=tuple(Link(item.title, item.url) for item in self.menu),
            search=self.search,
            trusted_html=self.content.trusted_html,
            allowed_hosts=tuple(dict.fromkeys(self.security.allow)),
            entities=tuple(Entity(item.name, item.kind, tuple(item.aliases)) for item in self.entities),
            theme=self.theme.theme(),
            footer=Footer(self.footer.text or "", tuple(Link(it.title, it.url) for it in self.footer.links)),
            social=tuple(Link(item.name, item.url) for item in self.social),
            social_cards=self.social_cards,
            sources=tuple(item.supplier() for item in self.sources),
            model=self.summariser.choice(),
            executor=self.executor.use,
            scheduler=self.executor.scheduler or "",
            limits=Limits(**self.limits.model_dump()),
            extra=self.extra,
        )
