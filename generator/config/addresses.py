"""Addresses that may stand in config.yaml: of the site, of links, of hubs and hosts.

Each has its own rule beyond what a web address is (`schema.web`): what is wrong is told to who wrote it.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from generator import urls
from generator.schema.validation import BeforeValidator, WithJsonSchema, fault, shown
from generator.schema.web import parts_of


def site_url(value: Any) -> str:
    """Check the site's own address and end it in a slash."""
    hint = "write it whole: https://you.github.io/digest/"
    written = value.strip() if isinstance(value, str) else ""
    parts = parts_of(written)
    sound = parts and not (parts.query or parts.fragment or parts.username)
    if parts is None or not sound or re.search(r"[\x00-\x20\x7f\"<>\\]|/\.\.?(/|$)|[^:]//", written):
        raise fault("bad-url", f"{shown(value)} is not a site's address", hint)
    host = parts.hostname or ""
    if not host.isascii():
        raise fault("bad-url", f"{shown(host)} is not written in ASCII, as feeds need it", _ascii(host))
    # The brackets around a number of IPv6 belong to it: of the address the path alone is encoded.
    return f"{parts.scheme}://{parts.netloc}{urls.encode(parts.path).rstrip('/')}/"


def _ascii(host: str) -> str:
    try:
        return f'write it as "{host.encode("idna").decode()}"'
    except UnicodeError:
        return 'write its ASCII form, which begins with "xn--"'


def _link(value: Any) -> str:
    written = value.strip() if isinstance(value, str) else ""
    if (
        not written
        or re.search(r"[\s\"<>\\]", written)
        or re.match(r"(?!https?:|mailto:)[a-zA-Z][\w+.-]*:", written)
    ):
        hint = "write /about/ for a page of the site, or a whole address: https://example.org/"
        raise fault("bad-url", f"{shown(value)} is not a link", hint)
    return written.removeprefix("/") if not written.startswith("//") else f"https:{written}"


def elsewhere(value: str) -> str:
    if not urls.is_absolute(value):
        raise fault("bad-url", f"{shown(value)} is not a whole address", "write it with https://")
    return value


def _hub(value: Any) -> str:
    return _asked(value, "is no hub")


def _source(value: Any) -> str:
    return _asked(value, "cannot be asked for articles")


def _asked(value: Any, fault_of_it: str) -> str:
    """Check an address that the program asks itself: it is whole, and holds no name and password."""
    address = _link(value)
    parts = parts_of(address)
    if parts is None or parts.fragment or parts.username or parts.password:
        raise fault("bad-url", f"{shown(value)} {fault_of_it}", "write it with https://")
    return address


def _host(value: Any) -> str:
    written = value.strip().lower() if isinstance(value, str) else ""
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", written):
        hint = "write its name alone, in ASCII: images.example.org"
        raise fault("bad-host", f"{shown(value)} is not the name of a host", hint)
    return written


Url = Annotated[str, BeforeValidator(site_url), WithJsonSchema({"type": "string", "format": "uri"})]
HubUrl = Annotated[str, BeforeValidator(_hub), WithJsonSchema({"type": "string", "format": "uri"})]
SourceUrl = Annotated[str, BeforeValidator(_source), WithJsonSchema({"type": "string", "format": "uri"})]
Host = Annotated[str, BeforeValidator(_host), WithJsonSchema({"type": "string", "format": "hostname"})]
LinkTarget = Annotated[str, BeforeValidator(_link), WithJsonSchema({"type": "string"})]
