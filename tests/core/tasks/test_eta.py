"""The remaining time of a task, from what was seen of it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from core.tasks.eta import MAX_SAMPLES, Pace


def pace(samples: Iterable[tuple[float, int]]) -> Pace:
    """Return the pace of these (seconds, done)."""
    found = Pace()
    for now_s, done in samples:
        found.seen(now_s, done)
    return found


def test_a_steady_task_is_estimated_around_its_pace() -> None:
    """At one unit a second the rest takes about as many seconds as units are missing."""
    found = pace((float(second), second) for second in range(11)).remaining(100)
    assert found is not None
    low, high = found
    assert low < 90 < high
    assert high - low < 40


def test_a_task_that_slows_down_gets_a_wider_range() -> None:
    """When the last stretch was slower, the range reaches from the old pace to the new."""
    found = pace([(0.0, 0), (5.0, 50), (10.0, 60)]).remaining(100)
    assert found is not None
    assert found[0] < 40 * 10 / 60 <= 40 * 5 / 10 < found[1]


def test_nothing_is_guessed_from_nothing() -> None:
    """Without a total, a second sample, time or progress there is no estimate."""
    assert Pace().remaining(10) is None
    assert pace([(0.0, 0), (5.0, 5)]).remaining(None) is None
    assert pace([(0.0, 0)]).remaining(10) is None
    assert pace([(0.0, 0), (0.1, 5)]).remaining(10) is None
    assert pace([(0.0, 3), (5.0, 3)]).remaining(10) is None


def test_what_a_checkpoint_had_is_no_pace() -> None:
    """Nine hundred found done in the first second say nothing about the hundred that are left."""
    resumed = [(0.0, 0), (0.2, 500), (0.8, 900), *((float(second), 900 + second) for second in range(1, 11))]
    found = pace(resumed).remaining(1000)
    assert found is not None
    assert found[0] < 90 < found[1]
    assert found[0] > 60


def test_the_range_shrinks_and_is_never_upside_down() -> None:
    """On the way of a steady task both ends fall, though samples are let go; at the end it is nil."""
    seen = Pace()
    ranges = []
    for second in range(10 * MAX_SAMPLES):
        seen.seen(float(second), second)
        if found := seen.remaining(10 * MAX_SAMPLES - 1):
            ranges.append(found)
    assert all(low <= high for low, high in ranges)
    assert all(before[1] >= after[1] and before[0] >= after[0] for before, after in pairwise(ranges))
    assert ranges[-1] == (0.0, 0.0)
    assert len(seen.samples) <= MAX_SAMPLES
