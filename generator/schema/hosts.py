"""Who reaches the host of a web address, in whatever spelling browsers take for it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Literal

Reach = Literal["machine", "network", "world"]

# Of RFC 6762, ICANN's resolution of 2024, RFC 8375, RFC 6762 appendix G, and what routers give out.
INNER = frozenset("local internal lan home corp intranet private localdomain".split())
HOME = ".home.arpa"
NAT64 = IPv6Network("64:ff9b::/96")
PARTS = 4
BITS = 32


def reach(host: str) -> Reach:
    """Tell who reaches a host, as far as its name says: this machine alone, its network, or the world."""
    name = host.lower().removesuffix(".")
    address = _address(name)
    if address is not None:
        if address.is_loopback or address.is_unspecified:
            return "machine"
        return "world" if address.is_global else "network"
    last = name.rpartition(".")[2]
    if last == "localhost" or name in ("localhost.localdomain", "localhost6.localdomain6"):
        return "machine"
    is_inner = last in INNER or "." not in name or f".{name}".endswith(HOME)
    return "network" if is_inner else "world"


def _address(name: str) -> IPv4Address | IPv6Address | None:
    """Read a number in each form that browsers read: 127.1, 0x7f.1, 2130706433, ::ffff:127.0.0.1."""
    if ":" not in name:
        return _ipv4(name)
    try:
        found = ip_address(name.partition("%")[0])
    except ValueError:
        return None
    if not isinstance(found, IPv6Address):
        return found
    return found.ipv4_mapped or (IPv4Address(int(found) & 0xFFFFFFFF) if found in NAT64 else found)


def _ipv4(name: str) -> IPv4Address | None:
    """Read up to four numbers, of which the last fills what is left (https://url.spec.whatwg.org/#ipv4)."""
    parts = name.split(".")
    numbers = [_number(part) for part in parts]
    if len(parts) > PARTS or None in numbers:
        return None
    *first, last = (number for number in numbers if number is not None)
    left = BITS - 8 * len(first)
    if last >= 1 << left or any(number > 255 for number in first):  # noqa: PLR2004 -- a byte
        return None
    return IPv4Address(sum(number << (24 - 8 * place) for place, number in enumerate(first)) + last)


def _number(part: str) -> int | None:
    base = 16 if part.startswith("0x") else 8 if part.startswith("0") and part != "0" else 10
    try:
        return int(part.removeprefix("0x") or "0", base) if part and part.isalnum() else None
    except ValueError:
        return None
