"""What robots and browsers look for at fixed addresses: sitemap, robots and manifest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape

from generator import urls
from generator.model import File, Site

ICONS = {"icon.svg": "any", "icon-192.png": "192x192", "icon-512.png": "512x512"}


def sitemap(site: Site, listed: Iterable[str]) -> File:
    """Every page that may be found (sitemaps.org 0.9): no 404, no redirect; in order of address.

    `listed` are their paths. Articles and editions say when they last changed.
    """
    changed = _changed(site)
    found = sorted(map(_address, listed))
    body = "".join(_located(urls.absolute(site.url, address), changed.get(address)) for address in found)
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}</urlset>\n'
    )
    return File(urls.SITEMAP, xml.encode(), "sitemap")


def robots(site: Site) -> File:
    """Let all robots in and tell them of the sitemap."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {urls.absolute(site.url, urls.SITEMAP)}\n"
    return File(urls.ROBOTS, text.encode(), "robots")


def manifest(site: Site, names: Mapping[str, str], paper: str) -> File:
    """Web app manifest (W3C): name, colours and icons for a home screen. `names` are those of the theme."""
    icons = [(name, size) for name, size in ICONS.items() if name in names]
    made = {
        "id": site.base,
        "name": site.title,
        "description": site.description,
        "lang": site.language,
        "start_url": site.base,
        "scope": site.base,
        "display": "minimal-ui",
        "background_color": paper,
        "theme_color": paper,
        "icons": [
            {
                "src": urls.rooted(site.base, names[name]),
                "sizes": size,
                "type": "image/svg+xml" if size == "any" else "image/png",
                "purpose": "any" if size == "any" else "any maskable",
            }
            for name, size in icons
        ],
    }
    kept = {name: value for name, value in made.items() if value}
    return File(urls.MANIFEST, (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode(), "manifest")


def _changed(site: Site) -> Mapping[str, str]:
    moments = {entry.url: entry.updated for entry in site.entries}
    moments |= {edition.url: edition.updated for edition in site.editions if edition.updated}
    return {address: moment.isoformat(timespec="seconds") for address, moment in moments.items()}


def _address(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return path if name != "index.html" else f"{folder}/" if folder else urls.HOME


def _located(location: str, changed: str | None) -> str:
    last = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"  <url><loc>{escape(location, quote=False)}</loc>{last}</url>\n"
