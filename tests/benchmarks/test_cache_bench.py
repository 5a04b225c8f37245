"""Cached against not cached, in memory and in Redis, in one run: names, link previews, frames of a page.

Run with `make bench`; the table is the result, the assertions only catch a cache that does not help.
"""

from __future__ import annotations

import os
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from core.cache import Cache, Space, open_cache
from core.cache.frames import ARROW
from core.collect.targets import resolve, resolve_names
from core.links import recognise
from core.query import Query
from core.sandbox import process
from core.sandbox.stories import TOKENS
from core.storage import reads, writes
from core.storage.store import Store
from core.vk.api import connect
from core.vk.client import Meter
from tests.redis_server import NO_REDIS, RedisServer, eventually, redis_path
from tests.running import running_app

pytestmark = pytest.mark.bench

ROWS = 200_000
TIMES = 30
FRAMES = Space[pa.Table]("bench_frames", codec=ARROW)
LINKS = "https://vk.com/gorod_lipovsk https://vk.com/wall-1_1 https://vk.com/nobody_of_that_name"

WORLD = """
insert into observations by name
select
    'wall:-' || (number % 7 + 1) || '_' || (number % 400 + 1) as source,
    number as comment_id,
    case when hash(number * 11) % 3 = 0 then number - number % 400 + 1 end as root_id,
    (hash(number * 7) % 30_000)::bigint + 1 as author_id,
    false as is_post_author,
    timestamp '2024-01-01' + to_seconds((hash(number) % 63_072_000)::bigint) as published_at,
    'comment ' || number as text,
    least(hash(number * 3) % 40, hash(number * 5) % 40)::bigint as likes,
    case when hash(number * 19) % 10 = 0 then 3 else 0 end as replies,
    []::varchar[] as attachments,
    false as is_deleted,
    false as is_placeholder,
    'bench' as run_id,
    timestamp '2026-01-02' as seen_at,
    $version as version,
    number as ordinal
from range($rows) as numbers(number)
"""

Work = Callable[[], object]
Frame = Callable[[Store, Query], pd.DataFrame]
QUESTIONS: dict[str, Frame] = {
    "per day": lambda store, query: reads.per_period(store, query, "day"),
    "hour x weekday": reads.per_hour_weekday,
    "top sources": lambda store, query: reads.top_sources(store, query, 20),
    "top authors": lambda store, query: reads.top_authors(store, query, 20),
    "likes": reads.likes_histogram,
    "replies": reads.replies_histogram,
}


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    """Return a running server; without the program the benchmark is skipped by name."""
    if redis_path() is None:
        pytest.skip(NO_REDIS)
    running = RedisServer()
    yield running
    running.close()


@pytest.fixture(scope="module")
def caches(server: RedisServer) -> Iterator[dict[str, Cache]]:
    """Return a cache of each engine."""
    opened = {"memory": open_cache("memory://"), "Redis": open_cache(server.url)}
    yield opened
    for cache in opened.values():
        cache.close()


def _ms(work: Work, times: int = TIMES) -> float:
    """Return the median of how long something takes."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def _frame(cache: Cache, key: tuple[str, int], compute: Callable[[], pa.Table]) -> pd.DataFrame:
    return cache.computed(FRAMES, key, compute).to_pandas()


def _line(what: str, plain: float, cached: dict[str, float]) -> None:
    told = "".join(f"  {name} {ms:8.3f} ms = {plain / ms:6.0f} x" for name, ms in cached.items())
    sys.stdout.write(f"{what:34} not cached {plain:9.2f} ms{told}\n")


@pytest.mark.parametrize(("rate", "said"), [(0.0, "no limit"), (3.0, "3 calls a second")])
def test_names_and_links(caches: dict[str, Cache], rate: float, said: str) -> None:
    """Looking names and titles up again costs no call to VK; here VK is the synthetic one over HTTP."""
    sys.stdout.write(f"\nNames and links, synthetic VK over loopback HTTP, {said}\n")
    vk_process = process.start(2000, 7, rate)
    try:
        times = TIMES if rate == 0 else 4
        for what, ask in (("a name", resolve_names), ("a preview of 3 links", resolve)):

            def look_up(cache: Cache, ask: Callable[..., object] = ask) -> Work:
                vk = connect(vk_process.url, (TOKENS.USER,), rate, cache=cache)
                links = recognise("https://vk.com/gorod_lipovsk" if ask is resolve_names else LINKS)
                more = (threading.Event(), Meter()) if ask is resolve_names else ()
                return lambda: ask(links, vk, *more)

            def anew(look_up: Callable[[Cache], Work] = look_up) -> Work:
                asked = [look_up(Cache()) for _ in range(times)]
                return lambda: asked.pop()()  # noqa: PLW0108 - each is asked once

            cached = {}
            for name, cache in caches.items():
                warm = look_up(cache)
                warm()
                cached[name] = _ms(warm)
            _line(what, _ms(anew(), times), cached)
            assert max(cached.values()) < 1000
    finally:
        vk_process.stop()


@pytest.mark.parametrize("engine", ["memory", "Redis"])
def test_link_previews_over_the_api(server: RedisServer, engine: str) -> None:
    """The first preview of links asks VK, those after it do not: seen by a client of the API."""
    settings = {"VK_REQUESTS_PER_SECOND": "3", "CACHE_URL": server.url if engine == "Redis" else ""}
    with running_app(settings) as app:
        eventually(lambda: app.api.get("/health/ready").json()["checks"]["vk"]["status"] == "ok", 60)

        def preview(text: str) -> Work:
            return lambda: app.api.post("/links/resolve", json={"text": text, "network": True}).json()

        app.api.post(
            "/links/resolve", json={"text": "https://vk.com/gorod_lipovsk", "network": True}, timeout=60
        )
        names = iter(range(100))
        anew = _ms(lambda: preview(f"{LINKS} https://vk.com/new_name_{next(names)}")(), 5)  # noqa: PLW0108
        cached = _ms(preview(LINKS))
        sys.stdout.write(f"\nPOST /links/resolve, 3 calls a second ({os.cpu_count()} cores)\n")
        _line("a preview, one name new", anew, {engine: cached})


def test_frames_of_a_page(caches: dict[str, Cache], tmp_path: Path) -> None:
    """What a page's charts are made of is counted once per version of the data."""
    store = Store.open(f"duckdb:///{tmp_path / 'bench.duckdb'}", clock=lambda: datetime.now(UTC))
    try:
        with store.writing("bench") as batch:
            batch.cursor.execute(WORLD, {"rows": ROWS, "version": batch.version})
            batch.unfolded = ROWS
        writes.fold(store)
        assert reads.figures(store, Query()).comments == ROWS
        sys.stdout.write(f"\nFrames of a page over {ROWS:,} comments\n")
        query = Query()
        totals = [0.0, 0.0, 0.0]
        for what, ask in QUESTIONS.items():

            def counted(ask: Frame = ask) -> pa.Table:
                return pa.Table.from_pandas(ask(store, query), preserve_index=False)

            plain = _ms(counted)
            key = what, store.version()
            cached = {name: _ms(partial(_frame, cache, key, counted)) for name, cache in caches.items()}
            _line(what, plain, cached)
            totals = [total + ms for total, ms in zip(totals, (plain, *cached.values()), strict=True)]
        _line("all six", totals[0], dict(zip(caches, totals[1:], strict=True)))
        assert totals[1] < totals[0]
    finally:
        store.close()


def _load(cache: Cache, table: pa.Table, number: int, longest: list[float], stop: threading.Event) -> None:
    while not stop.is_set():
        began = time.perf_counter()
        cache.computed(FRAMES, f"load{number}", lambda: table)
        longest[number] = max(longest[number], time.perf_counter() - began)


def test_what_an_answer_costs_and_what_an_outage_does(caches: dict[str, Cache], server: RedisServer) -> None:
    """A hit takes well under a millisecond; at the moment of an outage nobody waits much over 0.25 s."""
    table = pa.table({"owner": [1]})
    sys.stdout.write("\nOne hit, and the longest call while the server is stopped and killed\n")
    for name, cache in caches.items():
        cache.keep(FRAMES, "hit", table)
        took = _ms(lambda cache=cache: cache.kept(FRAMES, "hit"), 2000)
        sys.stdout.write(f"{name:8} {took * 1000:7.0f} us a hit\n")
    cache = caches["Redis"]
    for what, away, back in (("SIGSTOP", server.pause, server.go_on), ("SIGKILL", server.kill, server.start)):
        longest, stop = [0.0] * 8, threading.Event()
        threads = [
            threading.Thread(target=_load, args=(cache, table, number, longest, stop)) for number in range(8)
        ]
        for thread in threads:
            thread.start()
        eventually(partial(all, longest))
        away()
        gone = time.perf_counter()
        eventually(lambda: cache.stats().state == "degraded")
        told = time.perf_counter() - gone
        back()
        began = time.perf_counter()
        eventually(lambda: cache.stats().state == "ok", 60)
        recovered = time.perf_counter() - began
        stop.set()
        for thread in threads:
            thread.join()
        sys.stdout.write(
            f"{what}: degraded after {told:.2f} s, longest of all calls {max(longest):.2f} s, "
            f"recovered {recovered:.1f} s after the server came back\n"
        )
