"""The cache while Redis is away, slow, full or refuses: nothing fails, nothing waits long, all is told."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from structlog.testing import capture_logs

from core.cache import MISSING, Cache, Patience, Space, json_of, open_cache
from core.cache.memory import MAX_ENTRIES, MAX_MEMORY, Entry, Table
from core.cache.shared import LANES, Shared
from core.cache.tiers import Tiers
from core.errors import CacheError
from core.wording.faults import told
from tests.core.cache.conftest import QUICK
from tests.core.cache.test_shared import NAMES, TICKETS
from tests.redis_server import RedisServer, eventually, free_port

Open = Callable[..., Cache]
LONG_S = 3.0
"""Nothing may take so long; it would be 0.25 s on a quiet machine."""


def _is(cache: Cache, state: str) -> Callable[[], bool]:
    return lambda: cache.stats().state == state


@pytest.mark.slow
def test_no_call_fails_while_the_server_is_killed_paused_and_restarted(
    server: RedisServer, opened: Open
) -> None:
    """Under load, with the server killed, started, stopped and let go on, every call answers in time."""
    cache, stop, slowest, errors = opened(server.url), threading.Event(), [0.0] * 8, list[BaseException]()

    def load(number: int) -> None:
        chance = Random(number)  # noqa: S311 - any order will do
        calls: list[Callable[[str], Any]] = [
            lambda key: cache.computed(NAMES, key, lambda: f"name of {key}"),
            lambda key: cache.kept_many(NAMES, [key, f"{key}-2"]),
            lambda key: cache.keep(NAMES, key, f"name of {key}"),
            lambda key: cache.keep(TICKETS, f"{key}-{number}", "/path"),
            lambda key: cache.take(TICKETS, f"{key}-{number}"),
        ]
        while not stop.is_set():
            began = time.monotonic()
            try:
                chance.choice(calls)(f"key{chance.randrange(50)}")
            except BaseException as error:  # noqa: BLE001 - whatever it is, the test shows it
                errors.append(error)
            slowest[number] = max(slowest[number], time.monotonic() - began)

    threads = [threading.Thread(target=load, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    with capture_logs() as lines:
        for away, back in ((server.kill, server.start), (server.pause, server.go_on)) * 2:
            away()
            eventually(_is(cache, "degraded"))
            back()
            eventually(_is(cache, "ok"))
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert max(slowest) < LONG_S
    assert cache.kept(NAMES, "key1") in {"name of key1", None}
    assert [line["event"] for line in lines].count("Cache degraded") == cache.stats().outages
    assert cache.stats().corrupt == 0


def test_callers_at_the_moment_of_failure_pay_once_and_together(server: RedisServer, opened: Open) -> None:
    """Forty calls in a row and sixteen at once on a server that just stopped wait one time-out in all."""
    cache = opened(server.url, Patience(look_s=60, pause_s=60))
    cache.keep(NAMES, "x", "kept")
    server.pause()
    began = time.monotonic()

    def ask() -> None:
        for number in range(40):
            cache.computed(NAMES, f"key{number}", lambda: "computed")

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - began < LONG_S
    assert cache.stats().outages == 1


def test_an_outage_is_seen_without_anybody_asking(
    server: RedisServer, opened: Open, noticed: list[CacheError]
) -> None:
    """A server that goes away is told by the look in the background, once, and so is its return."""
    with capture_logs() as lines:
        cache = opened(server.url)
        server.kill()
        eventually(_is(cache, "degraded"))
        failures = cache.stats().failures
        eventually(lambda: cache.stats().failures > failures + 1)
        server.start()
        eventually(_is(cache, "ok"))
    assert [line["event"] for line in lines] == ["Cache degraded", "Cache recovered"]
    assert [line["log_level"] for line in lines] == ["warning", "warning"]
    assert len(noticed) == 1
    # A busy machine may give up waiting before it is told that nobody listens.
    assert told(noticed[0], "ru").what.startswith(
        ("До сервера Redis не достучаться.", "Сервер Redis не ответил")
    )
    assert cache.stats().reason is None


def test_what_changed_during_an_outage_is_not_served_from_before_it(
    server: RedisServer, opened: Open
) -> None:
    """After the outage a key that was kept anew meanwhile is asked for again; others are as they were."""
    cache = opened(server.url)
    cache.keep_many(NAMES, {"changed": "before", "same": "as ever"})
    server.pause()
    eventually(_is(cache, "degraded"))
    cache.keep(NAMES, "changed", "meanwhile")
    assert cache.kept(NAMES, "changed") == "meanwhile"
    assert cache.computed(NAMES, "new", lambda: "computed meanwhile") == "computed meanwhile"
    server.go_on()
    eventually(_is(cache, "ok"))
    assert cache.kept_many(NAMES, ["changed", "new", "same"]) == {
        "changed": MISSING, "new": MISSING, "same": "as ever",
    }  # fmt: skip


def test_after_very_many_changes_everything_is_asked_anew(server: RedisServer) -> None:
    """When more changed than is remembered key by key, all that is ours is forgotten, and nothing else."""
    table = Table(MAX_ENTRIES, MAX_MEMORY, time.monotonic)
    tiers = Tiers(table, Shared(server.url, QUICK), QUICK, lambda _error: None, most_meanwhile=2)
    tiers.breaker.begin()
    try:
        tiers.write(NAMES, {f"vkcd:names:1:{each}": Entry(b"before", 600) for each in range(1200)})
        with server.client() as client:
            client.set("another program's", "x")
            tiers.breaker.trip(CacheError("Planted."))
            meanwhile: dict[Any, Entry] = {f"vkcd:names:1:{each}": Entry(b"later", 600) for each in range(3)}
            tiers.write(NAMES, meanwhile)
            eventually(lambda: tiers.breaker.reason is None)
            assert tiers.read(["vkcd:names:1:1", "vkcd:names:1:1100"]) == {}
            assert client.exists("another program's") == 1
    finally:
        tiers.close()


def test_a_server_that_fails_while_it_forgets_stays_away(server: RedisServer, opened: Open) -> None:
    """The engine is asked again only after it forgot what changed meanwhile."""
    cache = opened(server.url)
    cache.keep(NAMES, "x", "before")
    with server.client() as client:
        client.acl_setuser("default", enabled=True, nopass=True, commands=["-unlink"])
        server.pause()
        eventually(_is(cache, "degraded"))
        cache.keep(NAMES, "x", "meanwhile")
        server.go_on()
        eventually(lambda: "forbids" in str(cache.stats().reason))
        client.acl_setuser("default", enabled=True, nopass=True, commands=["+unlink"])
    eventually(_is(cache, "ok"))
    assert cache.kept(NAMES, "x") is None


def test_a_one_time_answer_survives_an_outage(server: RedisServer, opened: Open) -> None:
    """Issued before or during an outage, it works once in its process, during the outage or after it."""
    cache = opened(server.url)
    for ticket in ("before-1", "before-2"):
        cache.keep(TICKETS, ticket, "/path")
    server.kill()
    eventually(_is(cache, "degraded"))
    for ticket in ("during-1", "during-2"):
        cache.keep(TICKETS, ticket, "/path")
    assert [cache.take(TICKETS, each) for each in ("before-1", "during-1") * 2] == [
        "/path",
        "/path",
        None,
        None,
    ]
    server.start()
    eventually(_is(cache, "ok"))
    assert [cache.take(TICKETS, each) for each in ("before-2", "during-2") * 2] == [
        "/path",
        "/path",
        None,
        None,
    ]


def test_the_failing_call_itself_is_answered(server: RedisServer, opened: Open) -> None:
    """Each kind of call answers from memory when it is the one that finds the server gone."""
    calls: dict[str, Callable[[Cache], object]] = {
        "computed": lambda cache: cache.computed(NAMES, "x", lambda: "answer"),
        "kept": lambda cache: cache.kept(NAMES, "x"),
        "keep": lambda cache: cache.keep(NAMES, "x", "answer"),
        "keep once": lambda cache: cache.keep(TICKETS, "x", "answer"),
        "take": lambda cache: cache.take(TICKETS, "x"),
    }
    caches = {name: opened(server.url, Patience(look_s=60, pause_s=60)) for name in calls}
    server.kill()
    found = {name: call(caches[name]) for name, call in calls.items()}
    assert found == {"computed": "answer", "kept": None, "keep": None, "keep once": None, "take": None}
    assert {cache.stats().state for cache in caches.values()} == {"degraded"}
    assert caches["keep"].kept(NAMES, "x") == "answer"
    assert caches["keep once"].take(TICKETS, "x") == "answer"


def test_an_outage_during_a_computation_costs_nobody_the_answer(server: RedisServer, opened: Open) -> None:
    """What was computed while the server went away is answered, and kept in memory."""
    cache = opened(server.url, Patience(look_s=60, pause_s=60))

    def compute() -> str:
        server.kill()
        return "answer"

    def fail() -> str:
        raise ValueError("planted")

    assert cache.computed(NAMES, "x", compute) == "answer"
    assert cache.kept(NAMES, "x") == "answer"
    with pytest.raises(ValueError, match="planted"):
        cache.computed(NAMES, "y", fail)


def test_a_full_server_is_told_and_left_alone_until_there_is_room(server: RedisServer, opened: Open) -> None:
    """Without room and without eviction Redis refuses writes: degraded, from memory, until it has room."""
    cache = opened(server.url)
    with server.client() as client:
        client.config_set("maxmemory", 1)
        client.config_set("maxmemory-policy", "noeviction")
        cache.keep(NAMES, "x", "kept")
        assert cache.kept(NAMES, "x") == "kept"
        eventually(_is(cache, "degraded"))
        assert "is full" in str(cache.stats().reason)
        client.config_set("maxmemory", 0)
    eventually(_is(cache, "ok"))


def test_a_replica_is_told(server: RedisServer, opened: Open) -> None:
    """A server that became a replica takes no writes: degraded, until it is a primary again."""
    cache = opened(server.url)
    with server.client() as client:
        client.replicaof("127.0.0.1", str(free_port()))
        eventually(_is(cache, "degraded"))
        assert "replica" in str(cache.stats().reason)
        client.replicaof("NO", "ONE")
    eventually(_is(cache, "ok"))


def test_a_wrong_password_is_told_without_it(opened: Open) -> None:
    """A password that the server does not accept is no failed start; neither password is in any text."""
    server = RedisServer("--requirepass", "planted-password", port=free_port())
    try:
        with capture_logs() as lines:
            cache = opened(f"redis://:planted-guess@127.0.0.1:{server.port}/0")
            bare = opened(f"redis://127.0.0.1:{server.port}/0")
        assert "does not accept" in str(cache.stats().reason)
        assert "does not accept" in str(bare.stats().reason)
        assert "planted" not in f"{lines}{cache.stats()}{cache.stats().reason!r}"
    finally:
        server.close()


@contextmanager
def _answering(answer: Callable[[socketserver.StreamRequestHandler], None]) -> Iterator[int]:
    """Listen on a port as something that is not a working Redis."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            answer(self)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Callers that hang up are what is tested."""

    with Server(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield listening.server_address[1]
        listening.shutdown()


def _always(line: bytes) -> Callable[[socketserver.StreamRequestHandler], None]:
    def answer(handler: socketserver.StreamRequestHandler) -> None:
        while handler.rfile.readline():
            handler.wfile.write(line)

    return answer


def _drop_by_drop(handler: socketserver.StreamRequestHandler) -> None:
    stop = threading.Event()
    handler.rfile.readline()  # who speaks before it is asked is no server at all
    handler.wfile.write(b"+")
    while not stop.wait(0.02):
        handler.wfile.write(b"x")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (_always(b"-LOADING Redis is loading the dataset in memory\r\n"), "is starting"),
        (_always(b"-MISCONF planted words of the server\r\n"), "refused a command"),
        (_always(b"-NOPERM planted words of the server\r\n"), "forbids what is needed"),
        (_always(b"HTTP/1.1 400 Bad Request\r\n"), "cannot be reached"),
        (lambda handler: None, "cannot be reached"),
        (_drop_by_drop, "has not answered within 1 s"),
    ],
    ids=["loading", "refusing", "forbidding", "another protocol", "hanging up", "drop by drop"],
)
def test_whatever_answers_instead_of_redis_costs_one_time_out(
    answer: Callable[[socketserver.StreamRequestHandler], None], reason: str
) -> None:
    """A server that loads, refuses, is none, or sends byte after byte is told by what it does."""
    noticed: list[CacheError] = []
    with _answering(answer) as port:
        began = time.monotonic()
        cache = open_cache(
            f"redis://127.0.0.1:{port}/0", patience=Patience(answer_s=1.0), noticed=noticed.append
        )
        try:
            assert cache.computed(NAMES, "x", lambda: "computed") == "computed"
            assert time.monotonic() - began < LONG_S
            assert reason in str(noticed[0])
            assert "planted" not in str(noticed[0])
        finally:
            cache.close()
        eventually(lambda: not any(each.name.startswith("cache") for each in threading.enumerate()))


def test_calls_that_were_given_up_do_not_pile_up() -> None:
    """However long a server sends byte after byte, a call on it ends: what comes after it is used."""
    is_well = threading.Event()

    def answer(handler: socketserver.StreamRequestHandler) -> None:
        if not is_well.is_set():
            _drop_by_drop(handler)
        while handler.rfile.readline():
            handler.wfile.write(b"-LOADING Redis is loading the dataset in memory\r\n")

    with _answering(answer) as port:
        hasty = Patience(answer_s=0.05, pause_s=0.01, longest_pause_s=0.01)
        cache = open_cache(f"redis://127.0.0.1:{port}/0", patience=hasty)
        try:
            eventually(lambda: cache.stats().failures > LANES + 4)
            is_well.set()
            eventually(lambda: "is starting" in str(cache.stats().reason))
        finally:
            cache.close()


def test_pauses_grow_while_the_server_stays_away(opened: Open) -> None:
    """Looks become rarer, up to the longest pause."""
    cache = opened(
        f"redis://127.0.0.1:{free_port()}/0", Patience(pause_s=0.01, longest_pause_s=60.0, answer_s=0.25)
    )
    assert cache._tiers is not None
    eventually(lambda: cache.stats().failures >= 5)
    assert cache._tiers.breaker._pause_s >= 0.16


def test_an_outage_soon_after_another_goes_on_from_its_pause(server: RedisServer, opened: Open) -> None:
    """A server that comes and goes is asked less and less; after a calm time the pause is short again."""
    impatient = Patience(look_s=0.02, pause_s=0.05, longest_pause_s=60.0, calm_s=600)
    cache = opened(server.url, impatient)
    assert cache._tiers is not None
    for _ in range(2):
        cache._tiers.breaker.trip(CacheError("Planted."))
        eventually(_is(cache, "ok"))
    assert cache._tiers.breaker._pause_s >= 0.1
    calm = opened(server.url, Patience(look_s=0.02, pause_s=0.05, calm_s=0.0))
    assert calm._tiers is not None
    for _ in range(2):
        calm._tiers.breaker.trip(CacheError("Planted."))
        calm._tiers.breaker.trip(CacheError("A later caller's."))
        eventually(_is(calm, "ok"))
    assert calm._tiers.breaker._pause_s == 0.05
    assert calm.stats().outages == 2
    assert calm.stats().failures == 4


def test_a_space_without_room_says_so_in_an_outage(opened: Open) -> None:
    """What fits nowhere while the server is away is answered and counted."""
    cache = opened(f"redis://127.0.0.1:{free_port()}/0")
    huge = Space[str]("huge", codec=json_of(str))
    answer = "x" * (MAX_MEMORY + 1)
    assert cache.computed(huge, "x", lambda: answer) == answer
    cache.keep(huge, "y", answer)
    assert cache.kept(huge, "x") is None
    assert cache.stats().by_space["huge"].refused == 2
