"""One-time links: a browser that downloads cannot send the key, so the address carries a permission."""

from __future__ import annotations

import secrets
from urllib.parse import quote, unquote

from core.cache import Cache

TICKET_S = 60.0
TICKETS = "ticket"


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
        self._cache.keep(TICKETS, ticket, unquote(place) + mark + as_sent(query), TICKET_S)
        return ticket

    def redeem(self, ticket: str, path: str) -> bool:
        """Use a ticket up; tell whether it was one for this path."""
        kept = self._cache.take(TICKETS, ticket)
        return kept is not None and kept == path
