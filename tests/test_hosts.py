"""Who reaches the host of an address, however it is spelled."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from generator import urls
from generator.config.addresses import site_url
from generator.config.fields import AUTHORITY
from generator.schema.hosts import reach

MACHINE = (
    "localhost LOCALHOST. a.localhost localhost.localdomain 127.0.0.1 127.9.9.9 127.1 127.0.1 0x7f.1 0x7F000001 "
    "0177.0.0.1 2130706433 017700000001 127.0.0.1. 0.0.0.0 0 ::1 0:0:0:0:0:0:0:1 :: ::ffff:127.0.0.1 ::ffff:7f00:1 "
    "64:ff9b::7f00:1"
)
NETWORK = (
    "10.0.0.5 10.1 0x0a000001 192.168.1.7 172.16.0.1 172.31.255.255 169.254.1.1 100.64.0.1 fe80::1 fc00::1 "
    "fd12:3456::1 ::ffff:10.0.0.1 news.local wiki.internal box.lan router.home.arpa press.corp intranet"
)
WORLD = (
    "news.example 8.8.8.8 172.32.0.1 11.0.0.1 134744072 2606:4700::1111 ::ffff:8.8.8.8 local.news.example "
    "localhost.example 127.0.0.1.example 1.2.3.4.5 300.1.1.1.example internal.news.example xn--bcher-kva.example"
)


@pytest.mark.parametrize(("hosts", "known"), [(MACHINE, "machine"), (NETWORK, "network"), (WORLD, "world")])
def test_a_host_is_known_in_each_spelling(hosts: str, known: str):
    assert {host: reach(host) for host in hosts.split()} == dict.fromkeys(hosts.split(), known)


@pytest.mark.parametrize(
    ("written", "made", "authority"),
    [
        ("http://[::1]:8000", "http://[::1]:8000/", "ip6-::1"),
        ("https://[2001:DB8::7]/Zürich/", "https://[2001:DB8::7]/Z%C3%BCrich/", "ip6-2001:db8::7"),
        (
            "HTTPS://news.example:8443/a b%20c".replace(" ", ""),
            "https://news.example:8443/ab%20c/",
            "news.example",
        ),
    ],
)
def test_the_brackets_of_an_address_stay(written: str, made: str, authority: str):
    assert site_url(written) == made
    assert urls.absolute(made, "2026/ü/") == f"{made}2026/%C3%BC/"
    assert urls.authority(made) == f"{authority.replace(':', '-')},2026"
    assert AUTHORITY.fullmatch(urls.authority(made, 2027))
    assert urlsplit(made).hostname
