"""The remaining time of a task, from what was seen of it."""

from __future__ import annotations

from core.tasks.eta import remaining


def test_a_steady_task_is_estimated_around_its_pace() -> None:
    """At one unit a second the rest takes about as many seconds as units are missing."""
    found = remaining([(float(second), second) for second in range(11)], 100)
    assert found is not None
    low, high = found
    assert low < 90 < high
    assert high - low < 40


def test_a_task_that_slows_down_gets_a_wider_range() -> None:
    """When the last stretch was slower, the range reaches from the old pace to the new."""
    samples = [(0.0, 0), (5.0, 50), (10.0, 60)]
    found = remaining(samples, 100)
    assert found is not None
    assert found[0] < 40 * 10 / 60 <= 40 * 5 / 10 < found[1]


def test_nothing_is_guessed_from_nothing() -> None:
    """Without a total, a second sample, time or progress there is no estimate."""
    assert remaining([(0.0, 0), (5.0, 5)], None) is None
    assert remaining([(0.0, 0)], 10) is None
    assert remaining([(0.0, 0), (0.1, 5)], 10) is None
    assert remaining([(0.0, 3), (5.0, 3)], 10) is None
