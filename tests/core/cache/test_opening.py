"""From CACHE_URL to a cache: which addresses are taken, and what stays secret."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from core.addresses import without_password
from core.cache import open_cache
from core.config import Settings, read_settings
from core.errors import ConfigurationError
from tests.core.cache.conftest import QUICK
from tests.redis_server import free_port

PASSWORD = "planted-p%40ss"


@pytest.mark.parametrize(
    "url",
    [
        "memory://",
        "memory://?max_entries=10",
        "redis://localhost",
        "redis://:secret@10.0.0.1:6379/2?timeout_s=0.5",
        "redis://[::1]:6379",
        "rediss://name:secret@cache.example:6380/0?ssl_ca_certs=/etc/ca.pem&timeout_s=1",
        "unix:///run/redis.sock",
        "unix://:secret@/run/redis.sock?db=3&timeout_s=0.1",
    ],
)
def test_an_address_of_a_cache_is_taken(url: str) -> None:
    """Memory and Redis over TCP, TLS or a socket can be named, with password, database and patience."""
    assert read_settings({"CACHE_URL": url}, None).cache_url == url


@pytest.mark.parametrize(
    "url",
    [
        "memcached://localhost",
        "redis",
        "redis://",
        "redis://host:port",
        "redis://host/name",
        "redis://host?password=planted",
        "redis://host?timeout_s=0",
        "redis://host?timeout_s=",
        "redis://planted@host",
        "redis://name:pla/nted@host",
        "memory://here",
        "memory://?max_entries=0",
        "unix://",
        "unix:///path?socket_timeout=3",
    ],
)
def test_another_address_is_refused_by_name(url: str) -> None:
    """What is no address of a cache stops the start with the setting's name and no password."""
    with pytest.raises(ConfigurationError, match="CACHE_URL") as refusal:
        read_settings({"CACHE_URL": url}, None)
    assert "pla" not in str(refusal.value).replace("places", "")


@pytest.mark.parametrize("url", ["memory://?max_entries=many", "redis://:planted@host:99999", "nonsense://x"])
def test_an_address_that_the_engine_refuses_stops_the_start(url: str) -> None:
    """An address that only the engine's client finds wrong is a wrong setting too."""
    with pytest.raises(ConfigurationError, match="CACHE_URL") as refusal:
        open_cache(url)
    assert "planted" not in str(refusal.value)


def test_the_bound_of_memory_can_be_set() -> None:
    """`max_entries` of the address bounds the cache."""
    cache = open_cache("memory://?max_entries=1")
    cache.keep("names", "a", 1)
    cache.keep("names", "b", 2)
    assert (cache.kept("names", "a"), cache.kept("names", "b")) == (None, 2)


def test_a_server_that_is_away_at_the_start_is_no_error() -> None:
    """The cache starts degraded, says so once and why, and answers from memory; no password is told."""
    with capture_logs() as lines:
        cache = open_cache(f"redis://:{PASSWORD}@127.0.0.1:{free_port()}/0", patience=QUICK)
        assert cache.computed("names", "x", lambda: 1) == 1
        stats = cache.stats()
        cache.close()
    assert (stats.engine, stats.state) == ("redis", "degraded")
    assert "cannot be reached" in str(stats.reason)
    assert [line["event"] for line in lines] == ["Cache degraded"]
    assert "planted" not in f"{lines}{stats}"


def test_the_password_counts_as_a_secret() -> None:
    """The password of CACHE_URL is among the texts that are kept out of logs, and no settings print it."""
    settings = Settings(cache_url=f"redis://:{PASSWORD}@host/0")
    assert settings.secrets == (PASSWORD, "planted-p@ss")
    assert "planted" not in repr(settings)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://:secret@host/0", "redis://:***@host/0"),
        ("redis://name:se/c@ret@host/0", "redis://name:***@host/0"),
        ("redis://secret@host", "redis://***@host"),
        ("redis://:se cret\n2@host", "redis://:***@host"),
        ("unix:///path?db=1&password=secret&x=1", "unix:///path?db=1&password=***&x=1"),
        ("https://host/path", "https://host/path"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    """Wherever a password may stand in an address, it is hidden."""
    assert without_password(url) == shown
