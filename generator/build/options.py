"""Config -> what each step is told of it: a step knows no Project."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from generator import assets, content, editions, feeds, pages, pictures, pieces, sources, summarise
from generator.cache import Cache
from generator.config import Project
from generator.model import Health, Site


def of_pieces(project: Project, cache: Cache, clock: int = 0) -> pieces.Options:
    config = project.config
    return pieces.Options(
        root=project.content,
        reading=content.Reading(
            timezone=config.timezone,
            language=config.language,
            limits=config.limits,
            trusted_html=config.trusted_html,
            hosts=config.allowed_hosts,
        ),
        summariser=summarise.choose(config.entities, config.model, cache),
        editor=config.editor,
        clock=clock,
    )


def of_editions(project: Project) -> editions.Options:
    config = project.config
    return editions.Options(
        title=config.title,
        description=config.description,
        url=config.url,
        language=config.language,
        timezone=config.timezone,
        author=config.author,
        menu=config.menu,
        period=config.period,
        limit=config.limit,
        entities=config.entities,
        extra=config.extra,
    )


def suppliers(project: Project, site: Site, now: datetime) -> tuple[tuple[Health, ...], datetime | None]:
    """Say how each source does that is asked for articles, and till when that holds."""
    asked = project.config.sources
    if not asked:
        return (), None
    known, zone = sources.read(project.content), ZoneInfo(site.timezone)
    told = sources.health(asked, known, site.sources, now=now, zone=zone)
    return told, sources.until(asked, known, now=now)


def of_feeds(project: Project) -> feeds.Options:
    config = project.config
    return feeds.Options(
        authority=config.authority,
        items=config.feed_items,
        content=config.feed_content,
        hub=config.feed_hub,
        archives=config.feed_archives,
    )


def of_assets(project: Project) -> assets.Options:
    theme, root = project.config.theme, project.root
    fonts = (
        assets.FontFile(it.family, it.file, (root / it.file).read_bytes(), it.weight, it.style)
        for it in theme.fonts
    )
    logo = (theme.logo.rsplit("/", 1)[-1], (root / theme.logo).read_bytes()) if theme.logo else None
    return assets.Options(theme.colours, theme.text, theme.labels, tuple(fonts), logo)


def of_pages(project: Project, look: assets.Options) -> pages.Theme:
    config = project.config
    return pages.Theme(
        paper=pages.Tone(*assets.palette(look.colours)["paper"]),
        credit=config.footer.text,
        links=config.footer.links,
        social=config.social,
        logo=pictures.measure(look.logo[1]) if look.logo else None,
    )
