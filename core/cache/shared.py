"""The engine that processes share: Redis, or what speaks its protocol.

Every call is made in a thread of a small pool and given up after a fixed time, whatever holds it up: the
name's look-up, the handshake, a server that is stopped or sends byte after byte. What Redis does to its own
data in one step is a script, so nothing happens between looking and acting.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, TypeVar, cast
from urllib.parse import parse_qsl, urlencode

from redis import Redis
from redis.backoff import NoBackoff
from redis.connection import ConnectionPool
from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)
from redis.exceptions import TimeoutError as NoAnswer
from redis.retry import Retry

from core.cache.breaker import Patience
from core.cache.memory import Entry
from core.cache.spaces import PREFIX
from core.errors import CacheError

LANES: Final = 16
AT_ONCE: Final = 500
"""How many keys one command names: Redis serves nobody else meanwhile."""

Answer = TypeVar("Answer")
Place = TypeVar("Place", str, bytes)

# MGET tells an entry of another type as absent where GET fails. A lock without an end was not made here.
CLAIM: Final = """
local kept = redis.call('MGET', KEYS[1])[1]
if kept then return kept end
if redis.call('PTTL', KEYS[2]) == -1 then redis.call('DEL', KEYS[2]) end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
return 0
"""
RELEASE: Final = """
if redis.call('MGET', KEYS[1])[1] == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""
RENEW: Final = """
if redis.call('MGET', KEYS[1])[1] == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0
"""
TAKE: Final = """
local kept = redis.call('MGET', KEYS[1])[1]
redis.call('DEL', KEYS[1])
return kept
"""


class Shared:
    """Bytes under text keys; every method answers within the patience or raises CacheError.

    Raises ValueError for an address that Redis's client cannot use.
    """

    def __init__(self, url: str, patience: Patience) -> None:
        self._redis, self._answer_s = _client(url, patience.answer_s)
        self._lease_ms = int(patience.lease_s * 1000)
        self._lanes = ThreadPoolExecutor(LANES, thread_name_prefix="cache")
        self._lock = threading.Lock()
        self._leases: dict[str, str] = {}
        self.entries = 0

    def look(self) -> None:
        """See that it reads and writes; keep the leases alive and count the keys, foreign ones included."""

        def ask(redis: Redis) -> int:
            with self._lock:
                leases = dict(self._leases)
            with redis.pipeline(transaction=False) as several:
                several.ping()
                several.set(f"{PREFIX}:look", b"1", px=60_000)
                for lock, token in leases.items():
                    several.eval(RENEW, 1, lock, token, str(self._lease_ms))
                several.dbsize()
                return int(several.execute()[-1])

        self.entries = self._ask(ask)

    def hang_up(self) -> None:
        """Close every connection: it may lead nowhere, or a call that was given up may still read it."""
        self._redis.connection_pool.disconnect(inuse_connections=True)

    def read(self, places: Sequence[str]) -> list[bytes | None]:
        """Return what is kept under each key."""
        found: list[bytes | None] = []
        for some in _some(places):
            found += self._ask(partial(_mget, places=some))
        return found

    def write(self, entries: Mapping[str, Entry], gone: Sequence[str] = ()) -> None:
        """Keep entries, each for its life, and forget the keys that are gone."""

        def ask(some: Sequence[str], redis: Redis) -> None:
            with redis.pipeline(transaction=False) as several:
                for place in some:
                    several.set(place, entries[place].held, px=_ms(entries[place]))
                several.execute()

        for some in _some(list(entries)):
            self._ask(partial(ask, some))
        self.forget(gone)

    def take(self, place: str) -> bytes | None:
        """Return what is kept and forget it in one step."""
        return cast("bytes | None", self._ask(lambda redis: redis.eval(TAKE, 1, place)))

    def forget(self, places: Sequence[Place]) -> None:
        """Forget what is kept under these keys."""
        for some in _some(places):
            self._ask(partial(_unlink, places=some))

    def forget_all(self) -> None:
        """Forget everything of ours, whoever kept it."""
        cursor = 0
        while True:
            cursor, some = self._ask(partial(_scan, cursor=cursor))
            self.forget(some)
            if not cursor:
                return

    def claim(self, place: str, token: str) -> bytes | bool:
        """Return what is kept; else take the lock and tell whether it was free.

        A lock ends by itself when this process does, and is kept alive by `look` while it lives.
        """
        lock = _lock_of(place)
        with self._lock:
            self._leases[lock] = token
        try:
            found = self._ask(lambda redis: redis.eval(CLAIM, 2, place, lock, token, str(self._lease_ms)))
        except CacheError:
            self._drop(lock)
            raise
        if found != 1:
            self._drop(lock)
        return found if isinstance(found, bytes) else bool(found)

    def settle(self, place: str, token: str, entry: Entry | None) -> None:
        """Keep what was computed, if anything, and give the lock back if it is still this token's."""
        lock = _lock_of(place)
        self._drop(lock)

        def ask(redis: Redis) -> None:
            with redis.pipeline(transaction=False) as several:
                if entry is not None:
                    several.set(place, entry.held, px=_ms(entry))
                several.eval(RELEASE, 1, lock, token)
                several.execute()

        self._ask(ask)

    def abandon(self, place: str) -> None:
        """Let a lock end by itself."""
        self._drop(_lock_of(place))

    def close(self) -> None:
        """End the calls under way and let go of the connections."""
        self._lanes.shutdown(wait=False, cancel_futures=True)
        self.hang_up()

    def _drop(self, lock: str) -> None:
        with self._lock:
            self._leases.pop(lock, None)

    def _ask(self, work: Callable[[Redis], Answer]) -> Answer:
        """Return what the server says to `work`, within the patience; raises CacheError."""
        try:
            future = self._lanes.submit(work, self._redis)
        except RuntimeError:
            raise CacheError("The cache is closed.", hint="Start the program again.") from None
        try:
            return future.result(self._answer_s)
        except (TimeoutError, NoAnswer):
            future.cancel()
            raise CacheError(
                "The Redis server has not answered within {seconds} s.",
                hint="See that it runs and is not overloaded.",
                seconds=self._answer_s,
            ) from None
        except (RedisError, OSError, ValueError) as error:
            raise _fault(error) from None


def _client(url: str, answer_s: float) -> tuple[Redis, float]:
    """Return a client that never repeats a call, and how long it may take: `timeout_s` of the URL."""
    address, _, query = url.partition("?")
    options = dict(parse_qsl(query))
    patience_s = float(options.pop("timeout_s", answer_s))
    pool = ConnectionPool.from_url(
        f"{address}?{urlencode(options)}",
        socket_timeout=patience_s,
        socket_connect_timeout=patience_s,
        retry=Retry(NoBackoff(), 0),
        max_connections=LANES,
        protocol=2,
        driver_info=None,
    )
    return Redis(connection_pool=pool), patience_s


def _fault(error: Exception) -> CacheError:
    """Say what is wrong without the server's own words, which may quote what was sent."""
    match error:
        case AuthenticationError() | NoPermissionError():
            return CacheError(
                "The Redis server does not accept the name and password, or forbids what is needed.",
                hint="Check the user and password of CACHE_URL.",
            )
        case OutOfMemoryError():
            return CacheError(
                "The Redis server is full.",
                hint="Raise its maxmemory, or set maxmemory-policy allkeys-lru.",
            )
        case ReadOnlyError():
            return CacheError(
                "The Redis server is a replica that takes no writes.", hint="Name the primary in CACHE_URL."
            )
        case BusyLoadingError():
            return CacheError(
                "The Redis server is starting and reads its data.", hint="It is used as soon as it is ready."
            )
        case ResponseError():
            return CacheError("The Redis server refused a command.", hint="Its own log says why.")
        case _:
            return CacheError(
                "The Redis server cannot be reached.", hint="See that it runs and that CACHE_URL names it."
            )


def _mget(redis: Redis, places: Sequence[str]) -> list[bytes | None]:
    return cast("list[bytes | None]", redis.mget(places))


def _unlink(redis: Redis, places: Sequence[Place]) -> None:
    redis.unlink(*places)


def _scan(redis: Redis, cursor: int) -> tuple[int, list[bytes]]:
    """Return where to go on, 0 at the end, and some of our keys."""
    return cast("tuple[int, list[bytes]]", redis.scan(cursor, f"{PREFIX}:*", AT_ONCE))


def _lock_of(place: str) -> str:
    return f"{place}:lock"


def _ms(entry: Entry) -> int:
    return max(int(entry.ttl_s * 1000), 1)


def _some(places: Sequence[Place]) -> list[Sequence[Place]]:
    return [places[start : start + AT_ONCE] for start in range(0, len(places), AT_ONCE)]
