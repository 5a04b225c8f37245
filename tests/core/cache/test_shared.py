"""The cache over a real redis-server that works: what processes share, and who of them computes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from core.cache import MISSING, Cache, Patience, Space, json_of
from core.cache.codec import sealed
from core.cache.frames import ARROW
from core.cache.shared import AT_ONCE
from core.errors import CacheError
from tests.core.cache.conftest import QUICK
from tests.redis_server import RedisServer, eventually, free_port

Open = Callable[..., Cache]
ROOT = Path(__file__).resolve().parents[3]


def _text(kept: Any) -> str:
    if isinstance(kept, str):
        return kept
    raise ValueError


NAMES = Space[str]("names", ttl_s=600, codec=json_of(_text))
TICKETS = Space[str]("tickets", ttl_s=60, codec=json_of(_text), is_once=True)


def test_answers_are_every_process_s(server: RedisServer, opened: Open) -> None:
    """What one process keeps another finds, under a key that says what it is, and for its life."""
    one, other = opened(server.url), opened(server.url)
    one.keep_many(NAMES, {"durov": "user 1", "nobody": None})
    assert other.kept_many(NAMES, ["durov", "nobody", "new"]) == {
        "durov": "user 1", "nobody": None, "new": MISSING,
    }  # fmt: skip
    with server.client() as client:
        assert 590 < client.ttl("vkcd:names:1:durov") <= 600
        assert 50 < client.ttl("vkcd:names:1:nobody") <= 60
    figures = other.stats()
    assert (figures.engine, figures.state, figures.hits, figures.misses) == ("redis", "ok", 2, 1)


def test_live_objects_stay_in_their_process(server: RedisServer, opened: Open) -> None:
    """A space without a format is not shared, and works as in memory."""
    one, other = opened(server.url), opened(server.url)
    answer = object()
    assert one.computed("things", "x", lambda: answer) is answer
    assert one.kept("things", "x") is answer
    assert other.kept("things", "x") is None


def test_tables_are_shared(server: RedisServer, opened: Open) -> None:
    """A frame reaches another process as the same table."""
    one, other, frames = opened(server.url), opened(server.url), Space[pa.Table]("frames", codec=ARROW)
    table = pa.table({"day": list(range(1000))})
    one.keep(frames, ("own", 7), table)
    assert other.kept(frames, ("own", 7)) == table


def test_more_keys_than_one_command_names(server: RedisServer, opened: Open) -> None:
    """Any number of keys is kept and read."""
    cache = opened(server.url)
    names = {number: f"name {number}" for number in range(AT_ONCE * 2 + 1)}
    cache.keep_many(NAMES, names)
    assert cache.kept_many(NAMES, names) == names


def test_an_answer_too_large_to_share_stays_here(server: RedisServer, opened: Open) -> None:
    """What exceeds its space's bound is kept in this process, and the smaller one before it is forgotten."""
    one, other = opened(server.url), opened(server.url)
    small = Space[str]("small", codec=json_of(_text), max_bytes=100)
    one.keep(small, "x", "old")
    one.keep(small, "x", "n" * 200)
    assert one.kept(small, "x") == "n" * 200
    assert one.computed(small, "y", lambda: "m" * 200) == one.kept(small, "y")
    assert one.computed(small, "y", lambda: "never") == "m" * 200
    assert (other.kept(small, "x"), other.kept(small, "y")) == (None, None)


@pytest.mark.parametrize(
    "found",
    [b"", b"foreign", b"VKC0 of an older format", (sealed(NAMES.codec, "x") or b"")[:-1]],  # type: ignore[arg-type]
)
def test_an_entry_that_cannot_be_read_is_a_miss(server: RedisServer, opened: Open, found: bytes) -> None:
    """Foreign, old and cut-off entries are counted and computed anew; nothing fails."""
    cache = opened(server.url)
    with server.client() as client:
        for key in ("a", "b", "c"):
            client.set(f"vkcd:names:1:{key}", found)
    assert cache.kept(NAMES, "a") is None
    assert cache.computed(NAMES, "b", lambda: "anew") == "anew"
    assert cache.take(NAMES, "c") is None
    assert cache.kept(NAMES, "b") == "anew"
    assert cache.stats().corrupt == 3
    assert cache.stats().state == "ok"


def test_an_entry_of_another_type_is_a_miss(server: RedisServer, opened: Open) -> None:
    """A list under our key, and a lock without an end, hold nobody up and are replaced."""
    cache = opened(server.url)
    with server.client() as client:
        for key in ("a", "b", "c"):
            client.rpush(f"vkcd:names:1:{key}", "x")
        client.set("vkcd:names:1:b:lock", "forgotten")
    assert cache.kept(NAMES, "a") is None
    assert cache.computed(NAMES, "b", lambda: "anew") == "anew"
    assert cache.take(NAMES, "c") is None
    assert cache.kept(NAMES, "b") == "anew"
    assert cache.stats().state == "ok"


def test_a_one_time_answer_is_one_caller_s(server: RedisServer, opened: Open) -> None:
    """Of many callers in two processes, one gets what can be taken once."""
    caches = [opened(server.url), opened(server.url)]
    caches[0].keep(TICKETS, "t", "/path")
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda turn: caches[turn % 2].take(TICKETS, "t"), range(16)))
    assert sorted(taken, key=str) == ["/path", *[None] * 15]


def test_a_one_time_answer_taken_elsewhere_is_gone(server: RedisServer, opened: Open) -> None:
    """The copy that the issuing process has is worth nothing once another process took the answer."""
    issuer, other = opened(server.url), opened(server.url)
    issuer.keep(TICKETS, "t", "/path")
    assert other.take(TICKETS, "t") == "/path"
    assert issuer.take(TICKETS, "t") is None


def test_two_processes_compute_a_key_once(server: RedisServer, opened: Open) -> None:
    """While one process computes, the other waits and gets the answer, however long the lease is."""
    one, other = opened(server.url), opened(server.url, Patience(look_s=0.05, lease_s=0.5))
    may_finish = threading.Event()

    def slow() -> str:
        may_finish.wait(20)
        return "answer"

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(other.computed, NAMES, "x", slow)
        eventually(lambda: other.stats().misses == 1)
        second = threads.submit(one.computed, NAMES, "x", lambda: "computed twice")
        eventually(lambda: one.stats().waits == 1)
        with server.client() as client:
            assert client.pttl("vkcd:names:1:x:lock") <= 500
            left = partial(client.pttl, "vkcd:names:1:x:lock")
            for is_renewed in (False, True):
                eventually(partial(_is_over, left, 480, is_renewed))
        may_finish.set()
        assert (first.result(), second.result()) == ("answer", "answer")
    with server.client() as client:
        assert client.exists("vkcd:names:1:x:lock") == 0


def test_an_error_in_one_process_gives_the_other_its_turn(server: RedisServer, opened: Open) -> None:
    """An error is not kept: the process that waited computes at once."""
    one, other = opened(server.url), opened(server.url)
    may_fail = threading.Event()

    def failing() -> str:
        may_fail.wait(20)
        raise ValueError("away")

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(one.computed, NAMES, "x", failing)
        eventually(lambda: one.stats().misses == 1)
        second = threads.submit(other.computed, NAMES, "x", lambda: "computed")
        eventually(lambda: other.stats().waits == 1)
        may_fail.set()
        with pytest.raises(ValueError, match="away"):
            first.result()
        assert second.result() == "computed"


def test_nobody_waits_for_ever_for_another_process(server: RedisServer, opened: Open) -> None:
    """A turn that never ends is waited for within bounds; then the answer is computed here too."""
    cache = opened(server.url, Patience(look_s=0.05, others_s=0.3))
    with server.client() as client:
        client.set("vkcd:names:1:x:lock", "another", px=60_000)
        assert cache.computed(NAMES, "x", lambda: "mine") == "mine"
        assert client.get("vkcd:names:1:x:lock") == b"another"


def _is_over(read: Callable[[], int], bound: int, wanted: bool) -> bool:
    return (read() > bound) is wanted


CHILD = """
import sys, time
from pathlib import Path
from core.cache import Patience, Space, json_of, open_cache
url, folder, name, seconds = sys.argv[1], Path(sys.argv[2]), sys.argv[3], float(sys.argv[4])
cache = open_cache(url, patience=Patience(lease_s=1.0, look_s=0.1))
(folder / f"ready-{name}").touch()
while not (folder / "go").exists():
    time.sleep(0.001)
def compute():
    with open(folder / "computed", "a") as log:
        log.write(name)
    time.sleep(seconds)
    return "the answer of " + name
print(cache.computed(Space("slow", codec=json_of(str)), "x", compute))
cache.close()
"""


def _child(server: RedisServer, folder: Path, name: str, seconds: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, server.url, str(folder), name, str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


@pytest.mark.slow
def test_real_processes_compute_a_key_once(server: RedisServer, tmp_path: Path) -> None:
    """Of four processes that ask at the same moment one computes and all get its answer."""
    children = [_child(server, tmp_path, name, 1.5) for name in "abcd"]
    eventually(lambda: len(list(tmp_path.glob("ready-*"))) == 4)
    (tmp_path / "go").touch()
    answers = {child.communicate(timeout=60)[0] for child in children}
    computed = (tmp_path / "computed").read_text()
    assert len(computed) == 1
    assert answers == {f"the answer of {computed}\n"}


@pytest.mark.slow
def test_a_dead_process_loses_its_turn(server: RedisServer, tmp_path: Path) -> None:
    """When the process that computes is killed, another one computes after the lease."""
    (tmp_path / "go").touch()
    dying = _child(server, tmp_path, "a", 600)
    eventually((tmp_path / "computed").exists)
    waiting = _child(server, tmp_path, "b", 0)
    eventually((tmp_path / "ready-b").exists)
    os.kill(dying.pid, signal.SIGKILL)
    dying.communicate()
    assert waiting.communicate(timeout=60)[0] == "the answer of b\n"
    assert (tmp_path / "computed").read_text() == "ab"


def test_a_server_over_tcp_with_a_password_is_used(opened: Open, noticed: list[CacheError]) -> None:
    """Host, port, password and database of the address are used, and nothing is noticed."""
    server = RedisServer("--requirepass", "planted-password", port=free_port())
    try:
        cache = opened(f"redis://:planted-password@127.0.0.1:{server.port}/3?timeout_s=2")
        cache.keep(NAMES, "x", "kept")
        with server.client("planted-password") as client:
            client.select(3)
            assert client.exists("vkcd:names:1:x") == 1
        assert cache.stats().state == "ok"
        assert noticed == []
    finally:
        server.close()


def test_a_closed_cache_answers_from_memory(server: RedisServer, opened: Open) -> None:
    """Who still asks after the end gets an answer, not an error."""
    cache = opened(server.url, QUICK)
    cache.close()
    assert cache.computed(NAMES, "x", lambda: "computed") == "computed"
    assert cache.kept(NAMES, "x") == "computed"
