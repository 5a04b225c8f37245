"""One-time links: a browser that downloads cannot send the key, so the address carries a permission."""

from __future__ import annotations

import secrets
from typing import Any, Final
from urllib.parse import quote, unquote

from core.cache import Cache, Space, json_of

TICKET_S = 60.0


def _path(kept: Any) -> str:
    if isinstance(kept, str):
        return kept
    raise ValueError("This is no path.")


TICKETS: Final = Space("ticket", ttl_s=TICKET_S, codec=json_of(_path), is_once=True)


def as_sent(address: str) -> str:
    """Return an address with all that may not stand in one encoded; what is encoded stays as it is."""
    return quote(address, safe="%/:?#[]@!$&()*+,;=")


class Tickets:
    """One-time permissions to fetch one path, for links that a browser follows without a header."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def issue(self, path: str) -> str:
        """Return a ticket for `path` (`/api/v1/...` with its query), good once and for TICKET_S seconds.

        It is kept as its request will show it: the place decoded, the query encoded.
        """
        ticket = secrets.token_urlsafe(24)
        place, mark, query = path.partition("?")
        self._cache.keep(TICKETS, _key(ticket), unquote(place) + mark + as_sent(query))
        return ticket

    def redeem(self, ticket: str, path: str) -> bool:
        """Use a ticket up; tell whether it was one for this path."""
        kept = self._cache.take(TICKETS, _key(ticket))
        return kept is not None and kept == path


def _key(ticket: str) -> tuple[str]:
    """Return a key that is kept as a digest: who can list the shared engine's keys has no ticket yet."""
    return (ticket,)
