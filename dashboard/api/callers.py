"""Who asks: from which address, whether from this machine, and at which path of the API."""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.types import Scope

from core.config import Settings

PROXY_HEADERS: Final = ("forwarded", "x-forwarded-for", "x-real-ip")
OURS: Final = tuple(
    ipaddress.ip_network(each)
    for each in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
)
"""Where a proxy of our own may stand."""
NETWORK_BITS: Final = 64
"""An IPv6 caller owns at least a network of that size, so its addresses count as one."""


def path_in_api(scope: Scope) -> str:
    """Return the path below the root of the API."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def is_local(asked: HTTPConnection, settings: Settings) -> bool:
    """Tell whether the request was made on this machine, to a server that listens to this machine only."""
    if not settings.is_loopback or any(name in asked.headers for name in PROXY_HEADERS):
        return False
    bound_to, _port = asked.scope.get("server") or ("", None)
    try:
        named = urlsplit(f"//{asked.headers.get('host', '')}").hostname or ""
    except ValueError:
        return False
    return is_loopback(named) and (_read(bound_to) is None or is_loopback(bound_to))


def address_of(asked: HTTPConnection) -> str:
    """Return whom to count mistakes against: the connection's other end, or whom our own proxy speaks for.

    Only a connection from this machine or a private network may speak for others, and only the last entry
    of X-Forwarded-For is that proxy's own word.
    """
    client = asked.client.host if asked.client else ""
    near = _read(client)
    forwarded = asked.headers.getlist("x-forwarded-for")
    if near is not None and forwarded and _may_speak_for_others(near):
        named = _read(forwarded[-1].rpartition(",")[2].strip())
        return client if named is None else _counted(named)
    return client if near is None else _counted(near)


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address means this machine."""
    if host == "localhost":
        return True
    address = _read(host)
    return address is not None and address.is_loopback


def _read(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the address as it is meant: an IPv4 one that is mapped into IPv6 is that IPv4 one."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _may_speak_for_others(near: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return any(near in network for network in OURS)


def _counted(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, NETWORK_BITS), strict=False))
