"""Short-lived answers, in memory or in Redis: see `manager` for what it does, `spaces` for what is kept."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl

from core.addresses import without_password
from core.cache.breaker import USUAL, Patience
from core.cache.codec import Codec, json_of
from core.cache.figures import CacheStats, SpaceStats
from core.cache.manager import MISSING, Cache, Missing
from core.cache.memory import MAX_ENTRIES
from core.cache.shared import Shared
from core.cache.spaces import Space
from core.errors import CacheError, ConfigurationError

__all__ = [
    "MISSING",
    "USUAL",
    "Cache",
    "CacheStats",
    "Codec",
    "Missing",
    "Patience",
    "Space",
    "SpaceStats",
    "json_of",
    "open_cache",
]


def open_cache(
    url: str, *, patience: Patience = USUAL, noticed: Callable[[CacheError], None] = lambda _error: None
) -> Cache:
    """Return the cache that CACHE_URL names; raises ConfigurationError for an address that cannot be one.

    A server that is merely away is no error: the cache starts degraded and recovers by itself. `noticed`
    is told the first failure of each outage.
    """
    address, _, query = url.partition("?")
    try:
        if address == "memory://":
            options = dict(parse_qsl(query))
            return Cache(max_entries=int(options.get("max_entries", MAX_ENTRIES)), noticed=noticed)
        shared = Shared(url, patience)
    except ValueError as error:
        raise ConfigurationError(
            "CACHE_URL cannot be '{value}'.",
            hint="Give memory://, redis://host:6379/0, rediss://host:6379/0 or unix:///path?db=0.",
            value=without_password(url),
            setting="CACHE_URL",
        ) from error
    return Cache(shared=shared, patience=patience, noticed=noticed)
