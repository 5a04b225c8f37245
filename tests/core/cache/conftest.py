"""What the tests of the cache share: servers, caches over them, and answers to keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from core.cache import Cache, Patience, open_cache
from core.errors import CacheError
from tests.redis_server import NO_REDIS, RedisServer, redis_path

QUICK = Patience(look_s=0.05, pause_s=0.1, longest_pause_s=0.2, calm_s=0.0, lease_s=1.0)
"""Tests wait for what a user waits 30 seconds for; the time an answer may take stays what it is."""


@pytest.fixture
def server() -> Iterator[RedisServer]:
    """Return a running server; without the program the test is skipped by name."""
    if redis_path() is None:
        pytest.skip(NO_REDIS)
    running = RedisServer()
    yield running
    running.close()


@pytest.fixture
def noticed() -> list[CacheError]:
    """Return what the caches of `opened` notice."""
    return []


@pytest.fixture
def opened(noticed: list[CacheError]) -> Iterator[Callable[..., Cache]]:
    """Return what opens caches, which are closed after the test."""
    caches: list[Cache] = []

    def open_one(url: str, patience: Patience = QUICK) -> Cache:
        caches.append(open_cache(url, patience=patience, noticed=noticed.append))
        return caches[-1]

    yield open_one
    for cache in caches:
        cache.close()
