"""Whom a request comes from, as far as it can be known."""

from __future__ import annotations

import pytest
from starlette.requests import HTTPConnection

from core.config import Settings
from dashboard.api.callers import address_of, is_local, is_loopback


def connection(
    client: str | None, forwarded: tuple[str, ...] = (), host: str = "127.0.0.1"
) -> HTTPConnection:
    """Build a connection from an address, with what proxies said."""
    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    return HTTPConnection(
        {
            "type": "http",
            "headers": [(b"host", host.encode()), *headers],
            "client": (client, 1) if client is not None else None,
            "server": ("127.0.0.1", 8501),
        }
    )


@pytest.mark.parametrize(
    ("client", "forwarded", "counted"),
    [
        ("203.0.113.5", (), "203.0.113.5"),
        ("203.0.113.5", ("198.51.100.1",), "203.0.113.5"),
        ("127.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("10.0.0.2", ("198.51.100.1, 198.51.100.2",), "198.51.100.2"),
        ("10.0.0.2", ("198.51.100.1", "198.51.100.2"), "198.51.100.2"),
        ("10.0.0.2", ("nobody",), "10.0.0.2"),
        ("::ffff:203.0.113.5", (), "203.0.113.5"),
        ("2001:db8:1:2:3::4", (), "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", (), "2001:db8:1:2::/64"),
        ("testclient", (), "testclient"),
        (None, (), ""),
    ],
)
def test_mistakes_are_counted_against_who_made_them(
    client: str | None, forwarded: tuple[str, ...], counted: str
) -> None:
    """Only our own proxy may speak for others, its last word counts, and an IPv6 network is one caller."""
    assert address_of(connection(client, forwarded)) == counted


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("localhost", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("example.com", False),
    ],
)
def test_every_form_of_loopback_is_known(host: str, is_here: bool) -> None:
    """Names and addresses of this machine, and no others."""
    assert is_loopback(host) == is_here


def test_a_host_that_is_none_is_not_this_machine() -> None:
    """A Host header that cannot be read is nobody's."""
    assert is_local(connection("127.0.0.1"), Settings())
    assert not is_local(connection("127.0.0.1", host="[::1"), Settings())
