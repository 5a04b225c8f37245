"""Intervals for 100,000 authors: in a process against a thread, and how late another thread is meanwhile.

Run with `make bench`; the table is the result, the assertions only catch a step back of an order.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from core.analysis.concentration import gini, top_share
from core.analysis.resampling import concentration
from core.compute import Compute

pytestmark = pytest.mark.bench

AUTHORS = 100_000
RESAMPLES = 10_000
FEW = 100
TICK_S = 0.001
LINE = "{:<34}{:>9}{:>16}{:>16}"


def counts() -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Draw how many comments each author wrote: most of them one, a few of them thousands."""
    return np.minimum(np.random.default_rng(1).zipf(1.9, AUTHORS), 5000)


def one_by_one(values: np.ndarray[tuple[int], np.dtype[np.int64]], resamples: int) -> None:
    """Resample as the textbook says it: draw every count anew, each time."""
    chance = np.random.default_rng(1)
    for _ in range(resamples):
        drawn = chance.choice(values, len(values))
        gini(drawn), top_share(drawn, 0.01), top_share(drawn, 0.1)


def python_loop(rounds: int) -> int:
    """Compute in Python alone, which holds the interpreter."""
    total = 0
    for number in range(rounds):
        total += number * number % 7
    return total


@pytest.fixture
def compute() -> Iterator[Compute]:
    """Give one process that runs already, with its modules loaded."""
    made = Compute(1)
    made.run(concentration, counts(), 1, 1, cancel=threading.Event())
    yield made
    made.close()


def beside(work: Callable[[], object]) -> tuple[float, float, float]:
    """Do it in another thread; return its seconds, and the usual and 99th lateness of a ticking one here."""
    late: list[float] = []
    with ThreadPoolExecutor(1) as threads:
        began = time.perf_counter()
        running = threads.submit(work)
        while not running.done():
            before = time.perf_counter()
            time.sleep(TICK_S)
            late.append(time.perf_counter() - before - TICK_S)
        took = time.perf_counter() - began
    return took, float(np.quantile(late, 0.5)), float(np.quantile(late, 0.99))


def test_a_process_leaves_the_others_alone(compute: Compute, capsys: pytest.CaptureFixture[str]) -> None:
    """Heavy work in a process takes about as long as in a thread, and other threads hardly notice it."""
    cancel, values = threading.Event(), counts()
    found = {
        "nothing": beside(lambda: time.sleep(1)),
        "intervals, in this process": beside(lambda: concentration(values, RESAMPLES, 1)),
        "intervals, in Compute": beside(
            lambda: compute.run(concentration, values, RESAMPLES, 1, cancel=cancel)
        ),
        "Python loop, in this process": beside(lambda: python_loop(20_000_000)),
        "Python loop, in Compute": beside(lambda: compute.run(python_loop, 20_000_000, cancel=cancel)),
    }
    began = time.perf_counter()
    one_by_one(values, FEW)
    naive_s = (time.perf_counter() - began) * RESAMPLES / FEW
    with capsys.disabled():
        print(f"\n{RESAMPLES:,} resamples of {AUTHORS:,} authors")  # noqa: T201
        print(LINE.format("work in another thread", "took", "late, median", "late, 99 %"))  # noqa: T201
        for name, (took, usual, rare) in found.items():
            print(LINE.format(name, f"{took:.2f} s", f"{usual * 1e3:.2f} ms", f"{rare * 1e3:.2f} ms"))  # noqa: T201
        print(f"drawn one by one it would take about {naive_s:.0f} s")  # noqa: T201
    assert found["intervals, in Compute"][0] < 10 * found["intervals, in this process"][0] + 1
    assert naive_s > found["intervals, in Compute"][0]


def test_what_a_process_costs(capsys: pytest.CaptureFixture[str]) -> None:
    """The first computation starts a process; the next ones pay for the way there and back alone."""
    values, cancel = counts(), threading.Event()
    made = Compute(1)
    seconds = []
    for _ in range(20):
        began = time.perf_counter()
        made.run(concentration, values, 0, 1, cancel=cancel)
        seconds.append(time.perf_counter() - began)
    made.close()
    with capsys.disabled():
        later = float(np.median(seconds[1:]))
        print(f"\nfirst computation {seconds[0] * 1e3:.0f} ms, later ones {later * 1e3:.1f} ms")  # noqa: T201
    assert later < seconds[0]
