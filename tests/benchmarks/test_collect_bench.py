"""The collector beside other ways of reading, its rate as the server saw it, and its speed without a limit.

Run with `make bench`; every table is one run on one world, the assertions are the promises. BENCH_BIG=1 adds
the million, which takes minutes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from core.sandbox.stories import TOKENS
from tests.benchmarks.collect_worlds import WORLDS, all_walls
from tests.benchmarks.collecting import Collected, Noted, collected, collected_apart
from tests.benchmarks.cost import costs
from tests.benchmarks.rivals import Read, Sequential, WithVkApi, minimum

pytestmark = pytest.mark.bench

RATE = 3.0
LATENCY_S = 0.3
SEQUENTIAL_GAP_S = 0.335
VK_API_GAP_S = 0.34
LONGEST_RUN_S = 60.0
ANSWER_S = 0.5
SIZES = (100_000, 300_000, *([1_000_000] if os.environ.get("BENCH_BIG") else []))
GROWTH_MB = 200


@pytest.mark.parametrize("name", WORLDS)
def test_the_collector_beside_others(name: str) -> None:
    """Requests stay near the least possible, and all comments come many times sooner than one by one."""
    with WORLDS[name]() as world:
        truth = world.truth()
        simple = Sequential(world, 0.0).run()
        with_tools = WithVkApi(world, 0.0)
        first = _copy(with_tools.run())
        complete = with_tools.complete()
        least = minimum(simple)
        world.order(rate=RATE, latency=LATENCY_S, reset_stats=True)
        ours = collected(world.server.url, world.links, rate=RATE, with_ids=True)
        refused = _refused_for_rate(world.stats())
        simple_s, simple_how = _seconds(
            simple, max(SEQUENTIAL_GAP_S, LATENCY_S), lambda: Sequential(world, SEQUENTIAL_GAP_S).run()
        )
        tools_s, tools_how = _seconds(
            complete, VK_API_GAP_S + LATENCY_S, lambda: _run_completely(WithVkApi(world, VK_API_GAP_S))
        )
        first_s = tools_s * first.requests / complete.requests
    _say(f"{name}: {len(truth):,} comments; {RATE:g} requests/s, {LATENCY_S} s latency")
    _say(f"{'':<44}{'requests':>9}{'found':>8}{'seconds':>9}")
    found = len(truth.intersection(ours.ids)) / len(truth)
    _row("(a) this collector", ours.requests, found, ours.seconds)
    _row(f"(b) one call after the other{simple_how}", simple.requests, _share(simple.found, truth), simple_s)
    _row(f"(c) vk_api{tools_how}", first.requests, _share(first.found, truth), first_s)
    _row(f"    vk_api, complete{tools_how}", complete.requests, _share(complete.found, truth), tools_s)
    _row("least possible", least, 1.0, None)
    _say(
        f"    (a) is {simple_s / ours.seconds:.1f} x faster than (b), {tools_s / ours.seconds:.1f} x than (c)"
        f" complete; requests {ours.requests / least:.2f} of the least"
    )
    assert truth == set(ours.ids)
    assert len(ours.ids) == len(set(ours.ids))
    assert refused == 0
    assert ours.requests <= max(1.07 * least, least + 3)
    if least >= 30:
        assert simple_s / ours.seconds >= 20
        assert tools_s / ours.seconds >= 15


def test_the_rate_as_the_server_saw_it() -> None:
    """Never more starts in a second than allowed, and at least 95 % of them while work is waiting."""
    _say(f"{RATE:g} requests/s per token, answers after {ANSWER_S} s")
    _say(f"{'tokens':<8}{'requests':>9}{'starts used':>13}{'most in any second':>20}{'error 6':>9}")
    for count in (1, 2, 3):
        tokens = [TOKENS.USER, f"{TOKENS.USER}-2", f"{TOKENS.USER}-3"][:count]
        throttles: list[Noted] = []

        def noted(per_second: float, throttles: list[Noted] = throttles) -> Noted:
            throttles.append(Noted(per_second))
            return throttles[-1]

        with all_walls(40_000 * count) as world:
            collected(world.server.url, world.links, rate=0)  # a server that makes its comments is late
            world.order(rate=RATE, latency=ANSWER_S, reset_stats=True)
            ours = collected(world.server.url, world.links, rate=RATE, tokens=tokens, throttle=noted)
            stats = world.stats()
        used = min(_used(throttle) for throttle in throttles)
        most = max(stats["max_starts_by_token"].values())
        refused = _refused_for_rate(stats)
        _say(f"{count:<8}{ours.requests:>9}{used:>12.1%} {most:>20}{refused:>9}")
        assert most <= RATE
        assert refused == 0
        assert used >= 0.95


def test_the_speed_without_a_limit() -> None:
    """Tens of thousands of comments a second become committed rows, in memory that does not grow."""
    _say("no limit, the server in a process of its own, a collector in a process of its own")
    _say(f"{'comments':<11}{'seconds':>8}{'comments/s':>12}{'processor s':>13}{'MB read':>9}{'peak MB':>9}")
    runs: list[Collected] = []
    for size in SIZES:
        with all_walls(size) as world:
            collected_apart(world.server.url, world.links)  # the server makes its comments only once
            run = collected_apart(world.server.url, world.links)
            if size == SIZES[0]:
                spent = costs(world)
        runs.append(run)
        speed = run.comments / run.seconds
        _say(
            f"{run.comments:<11,}{run.seconds:>8.1f}{speed:>12,.0f}{run.cpu_seconds:>13.1f}"
            f"{run.megabytes:>9.0f}{run.peak_mb:>9.0f}"
        )
    _say("where a comment's time goes, microseconds of processor time, each step alone:")
    for step, micros in spent.items():
        _say(f"    {step:<32}{micros:>7.2f}")
    assert runs[0].comments / runs[0].seconds >= 20_000
    assert runs[-1].peak_mb - runs[0].peak_mb <= GROWTH_MB


def _run_completely(tools: WithVkApi) -> Read:
    tools.run()
    return tools.complete()


def _copy(read: Read) -> Read:
    return Read(read.requests, set(read.found), list(read.lost_posts), [], read.seconds)


def _seconds(unlimited: Read, gap_s: float, run: Callable[[], Read]) -> tuple[float, str]:
    """Return the seconds at the limit: measured, or worked out from the requests where that takes long."""
    computed = unlimited.seconds + unlimited.requests * gap_s
    return (computed, ", computed") if computed > LONGEST_RUN_S else (run().seconds, "")


def _share(found: set[int], truth: set[int]) -> float:
    return len(found & truth) / len(truth)


def _used(throttle: Noted) -> float:
    """Return the share of permitted starts used by a token between its first second and its last two."""
    moments = sorted(start.moment for start in throttle.noted)
    inside = [each for each in moments if moments[0] + 1 <= each <= moments[-1] - 2]
    gaps = [after - before for before, after in pairwise(inside)]
    return len(gaps) / sum(gaps) / RATE


def _refused_for_rate(stats: dict[str, Any]) -> int:
    return sum(outcomes.get("error6", 0) for outcomes in stats["calls"].values())


def _row(name: str, requests: int, found: float, seconds: float | None) -> None:
    _say(f"{name:<44}{requests:>9}{found:>8.1%}" + ("" if seconds is None else f"{seconds:>9.1f}"))


def _say(line: str) -> None:
    print(f"\n{line}", end="")  # noqa: T201
