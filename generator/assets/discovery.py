"""What robots and browsers look for at fixed addresses: sitemap and robots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from generator import urls
from generator.model import File, Page, Site


def sitemap(site: Site, pages: Iterable[Page]) -> File:
    """Every page that may be found (sitemaps.org 0.9): no 404, no redirect; in order of address.

    Articles and editions say when they last changed.
    """
    changed = _changed(site)
    listed = sorted(_address(page.path) for page in pages if page.context["page"].listed)
    body = "".join(_located(urls.absolute(site.url, address), changed.get(address)) for address in listed)
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}</urlset>\n'
    )
    return File(urls.SITEMAP, xml.encode(), "sitemap")


def robots(site: Site) -> File:
    """Let all robots in and tell them of the sitemap."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {urls.absolute(site.url, urls.SITEMAP)}\n"
    return File(urls.ROBOTS, text.encode(), "robots")


def _changed(site: Site) -> Mapping[str, str]:
    moments = {entry.url: entry.updated for entry in site.entries}
    moments |= {edition.url: edition.updated for edition in site.editions if edition.updated}
    return {address: moment.isoformat(timespec="seconds") for address, moment in moments.items()}


def _address(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return path if name != "index.html" else f"{folder}/" if folder else urls.HOME


def _located(location: str, changed: str | None) -> str:
    last = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"  <url><loc>{escape(location)}</loc>{last}</url>\n"
