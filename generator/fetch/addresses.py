"""Which addresses may be asked: what an address looks like, and where its name leads.

It is judged by httpx's own parser, which also sends it; `schema.web` judges what is only written down.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx

from generator.fetch.faults import FetchError

LONGEST = 4000
LAST_PORT = 65_535
GLOBAL = IPv6Network("2000::/3")  # what is given out of IPv6
NAT64 = IPv6Network("64:ff9b::/96")  # how networks without IPv4 reach it
# What the C library would read as a number, in forms that hide which: 127.1, 0x7f000001, 2130706433.
NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)\.?", re.IGNORECASE)
Resolve = Callable[[str, int], list[str]]


def resolved(host: str, port: int) -> list[str]:
    """Ask the system where a name leads. Raises OSError where it leads nowhere."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def checked(address: str) -> httpx.URL:
    """Give an address that may be asked, without its fragment. Raises FetchError for any other."""
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise _bad(address, "is no address") from error
    if url.scheme not in ("http", "https"):
        raise _bad(address, "is not on the web", "only http:// and https:// are asked")
    sound = url.host and "%" not in url.host and (url.port is None or 0 < url.port <= LAST_PORT)
    if not sound or len(address) > LONGEST:
        raise _bad(address, "is no address")
    if url.userinfo:
        hint = "write it without the name and password: nothing private is sent, or kept in files"
        raise FetchError("no-web-address", f"the address at {url.host} holds a name or a password", hint)
    _check_number(url.host, address)
    return url.copy_with(fragment=None)


def is_public(address: str) -> bool:
    """Tell an address of the internet from one of this machine, its network, or no single host."""
    ip = ip_address(address)
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast
    inner = _inner(ip)
    if inner is not None:
        return is_public(str(inner))
    # 6to4 and Teredo lead to an IPv4 address by a tunnel that somebody else chose.
    return ip in GLOBAL and ip.is_global and ip.sixtofour is None and ip.teredo is None


def reached(host: str, port: int, *, private: bool, resolve: Resolve) -> list[str]:
    """Give the addresses that a name leads to, once each of them has been looked at.

    Raises FetchError where there is none, and where one is not of the internet, unless that is allowed.
    """
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError) as error:
        hint = "see that it is spelled right, and that this machine is on the internet"
        raise FetchError("unknown-host", f"there is no host {host}", hint) from error
    inside = [] if private else [address for address in found if not is_public(address)]
    if inside:
        where = host if host == inside[0] else f"{host} ({inside[0]})"
        hint = "a page must not lead into your own network; --allow-private allows it where you mean it"
        raise FetchError("private-address", f"{where} is not an address of the internet", hint)
    return found


def _inner(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that is meant by one of IPv6."""
    return ip.ipv4_mapped or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None)


def _check_number(host: str, address: str) -> None:
    if ":" in host or not NUMBER.fullmatch(host.removesuffix(".").rpartition(".")[2]):
        return
    try:
        IPv4Address(host)
    except ValueError as error:
        hint = "write its name, or four numbers with dots between them"
        raise _bad(address, "hides where it leads", hint) from error


def _bad(address: str, fault: str, hint: str = "write it whole: https://example.org/feed.xml") -> FetchError:
    bare = address.partition("?")[0][:120]  # what is asked for may hold a key
    plain = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in bare)
    return FetchError("no-web-address", f'"{plain}" {fault}', hint)
