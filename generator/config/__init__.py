"""config.yaml -> Config; Project knows where a site's folders stand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from generator import disk, urls
from generator.bundle import theme_folder
from generator.config.theme import Font, Footer, Theme
from generator.model import Author, Entity, Limits, Link, ModelChoice, Supplier
from generator.problems import InvalidSource, Problem, Refusal
from generator.schema import Document, parse
from generator.schema.encoding import decoded

__all__ = ["Config", "Font", "Footer", "Project", "Theme", "at_address", "read"]

NAME = "config.yaml"
LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Config:
    """What config.yaml says, checked. `url` ends in a slash."""

    title: str
    url: str
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"
    author: Author | None = None
    period: Literal["day", "week", "month"] = "day"
    limit: int = 12
    feed_items: int = 30
    feed_content: Literal["brief", "full", "excerpt"] = "brief"
    feed_authority: str | None = None
    feed_hub: str = ""
    feed_archives: Literal["none", "site", "all"] = "site"
    menu: tuple[Link, ...] = ()
    search: bool = True
    trusted_html: bool = False
    allowed_hosts: tuple[str, ...] = ()
    theme: Theme = field(default_factory=Theme)
    footer: Footer = field(default_factory=Footer)
    social: tuple[Link, ...] = ()
    social_cards: Literal["off", "newest", "all"] = "off"
    entities: tuple[Entity, ...] = ()
    sources: tuple[Supplier, ...] = ()
    limits: Limits = field(default_factory=Limits)
    model: ModelChoice | None = None  # that is asked for briefs; without one, none is
    executor: Literal["processes", "dask"] = "processes"
    scheduler: str = ""  # of Dask; without it the environment names it
    extra: Any = field(default_factory=dict, hash=False)

    @property
    def editor(self) -> str:
        """Who signs edits of briefs that name nobody; empty where the site names no author."""
        return self.author.name if self.author else ""

    @property
    def authority(self) -> str:
        """Who mints the ids of feed entries: as told, else the host of `url`."""
        return self.feed_authority or urls.authority(self.url)


@dataclass(frozen=True, slots=True)
class Project:
    """A site's folder, and what stands where in it.

    `work`, where it is given, holds what else would stand in site/ and .cache/: a site that is not published.
    """

    root: Path
    config: Config
    work: Path | None = None

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def templates(self) -> tuple[Path, ...]:
        """Folders to look for a template in: the site's own first, then the default theme."""
        own = self.root / "templates"
        return (
            (own, theme_folder())
            if own.is_dir() and own.resolve() != theme_folder().resolve()
            else (theme_folder(),)
        )

    @property
    def site(self) -> Path:
        return self.work / "site" if self.work else self.root / "site"

    @property
    def cache(self) -> Path:
        return self.work or self.root / ".cache"


def read(root: Path) -> Project:
    """Read a site's config. Raises InvalidSource with everything that is wrong in it."""
    from generator.config.fields import ConfigFields
    from generator.config.look import look_faults
    from generator.config.summariser_fields import prompt_of
    from generator.schema.validation import validate

    document = parse(_text(root), NAME)
    fields, problems = validate(document, ConfigFields)
    if fields is None:
        raise InvalidSource(problems)
    config = fields.config()
    prompt, unsound = prompt_of(root, config, document)
    faults = (
        unsound,
        look_faults(root, config.theme, document),
        _entity_faults(config, document),
        _source_faults(config, document),
        _folder_faults(Project(root, config)),
    )
    if problems := [problem for some in faults for problem in some]:
        raise InvalidSource(problems)
    model = config.model and replace(config.model, prompt=prompt)
    return Project(root, replace(config, model=model))


def _folder_faults(project: Project) -> Iterator[Problem]:
    """Tell templates that are there and would be passed over."""
    own = project.root / "templates"
    if os.path.lexists(own) and not own.is_dir():
        hint = "move it away, or put your templates into a folder of that name"
        yield Problem("templates", 1, 1, "unreadable", "this is no folder", hint)


def _entity_faults(config: Config, document: Document) -> Iterator[Problem]:
    """Tell names that stand for two entities: which is meant, nobody could say."""
    taken: dict[str, int] = {}
    for number, entity in enumerate(config.entities):
        for form in dict.fromkeys((entity.name, *entity.aliases)):
            if form in taken:
                at = document.position(("entities", number))
                message = f'"{form}" stands for two of the entities'
                hint = f"it is a name of entity {taken[form] + 1} too: take it out of one"
                yield Problem(at.path, at.line, at.column, "duplicate-name", message, hint)
            taken.setdefault(form, number)


def _source_faults(config: Config, document: Document) -> Iterator[Problem]:
    """Tell sources that are named twice: what is kept of one would be lost to the other."""
    taken: dict[str, int] = {}
    for number, source in enumerate(config.sources):
        if source.url in taken:
            at = document.position(("sources", number, "url"))
            message = "this source is named twice"
            hint = f"it is source {taken[source.url] + 1} too: take one of them out"
            yield Problem(at.path, at.line, at.column, "duplicate-source", message, hint)
        taken.setdefault(source.url, number)


def _text(root: Path) -> str:
    file = root / NAME
    if file.is_symlink() and file.exists() and not disk.is_within(root, file):
        outside = "this link leads out of the site's folder"
        raise InvalidSource([Problem(NAME, 1, 1, "outside", outside, "put the file itself here")])
    try:
        data = disk.read(file, LARGEST)
    except (FileNotFoundError, NotADirectoryError) as error:
        if not root.is_dir():
            raise Refusal(f"there is no folder {root}", "name the folder that config.yaml lies in") from error
        hint = "go to your site's folder or name it; broadsheet init DIR makes a new one"
        if (root / "config.yml").is_file():
            hint = f"rename config.yml to {NAME}"
        missing = Problem(
            NAME, 1, 1, "missing-config", f"there is no {NAME} in {root.name or 'this folder'}", hint
        )
        raise InvalidSource([missing]) from error
    except OSError as error:
        message = f"this cannot be read: {error.strerror}"
        raise InvalidSource([Problem(NAME, 1, 1, "unreadable", message)]) from error
    if len(data) > LARGEST:
        raise InvalidSource([Problem(NAME, 1, 1, "too-large", "this is larger than 1 MB")])
    text, problems = decoded(data, NAME)
    if problems:
        raise InvalidSource(problems)
    return text


def at_address(project: Project, url: str) -> Project:
    """Give the project another address (--base-url). Feed ids stay those of the config.

    Raises ValueError if `url` is not an absolute http(s) address.
    """
    from generator.config.addresses import site_url

    config = project.config
    return replace(project, config=replace(config, url=site_url(url), feed_authority=config.authority))
