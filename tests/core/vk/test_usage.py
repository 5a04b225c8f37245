"""Counting calls: per day, token and method, those inside packs one by one, kept over a restart."""

from __future__ import annotations

import threading
from datetime import date

from core.vk.client import Meter
from core.vk.execute import ApiCall
from core.vk.usage import Usage
from tests.core.vk.several import A, Clock, ManyTokens, refused


def test_calls_inside_a_pack_count_one_by_one() -> None:
    """A pack of 25 is one execute and 25 calls; a repeated call is counted again."""
    vk = ManyTokens(lambda request, method: None if method == "execute" else 1)
    api = vk.connect(A, clock=Clock())
    api.all([ApiCall("wall.get", {})] * 25 + [ApiCall("users.get", {})], threading.Event(), Meter())
    (state,) = api.tokens()
    assert state.calls_today == {"execute": 1, "wall.get": 25, "users.get": 1}
    assert state.limits["wall.get"] == 5000
    vk.answering = lambda request, method: refused(10)
    api.all([ApiCall("users.get", {})], threading.Event(), Meter())
    assert api.tokens()[0].calls_today["users.get"] == 3


def test_counts_are_drained_once_and_restored() -> None:
    """What is stored is only what is new; after a restart the day goes on where it was."""
    clock = Clock()
    usage = Usage(clock)
    usage.add("t", "wall.get", 3)
    assert usage.drain() == [(date(2026, 5, 4), "t", "wall.get", 3)]
    usage.add("t", "wall.get")
    rows = usage.drain()
    assert rows == [(date(2026, 5, 4), "t", "wall.get", 1)]
    assert usage.drain() == []
    later = Usage(clock)
    later.restore([(date(2026, 5, 4), "t", "wall.get", 4), (date(2026, 5, 3), "t", "wall.get", 9)])
    assert (later.today("t"), later.today("other"), later.drain()) == ({"wall.get": 4}, {}, [])


def test_a_day_is_a_day_of_utc() -> None:
    """At midnight UTC the count begins anew, and what was counted before is still stored for its day."""
    clock = Clock()
    usage = Usage(clock)
    usage.add("t", "wall.get", 2)
    clock.advance(hours=12)
    assert usage.today("t") == {}
    assert usage.drain() == [(date(2026, 5, 4), "t", "wall.get", 2)]


def test_many_threads_lose_no_count() -> None:
    """Counts from several threads add up."""
    usage = Usage(Clock())
    threads = [
        threading.Thread(target=lambda: [usage.add("t", "wall.get") for _ in range(500)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert usage.today("t") == {"wall.get": 2000}
