"""How far a collection is, by a clock that the tests turn."""

from __future__ import annotations

from itertools import pairwise

from core.collect.progress import ProgressLine
from core.models import Progress
from core.vk.client import Meter


def told(steps: list[tuple[float, int, int]], total: int) -> list[Progress]:
    """Return the reports of (seconds, done, of which from the checkpoint)."""
    reports: list[Progress] = []
    moment = [0.0]
    line = ProgressLine(reports.append, lambda: moment[0], Meter())
    for now_s, done, restored in steps:
        moment[0] = now_s
        line.tell(done, total, "collect.comments", restored)
    return reports


def test_what_the_checkpoint_had_is_no_pace() -> None:
    """Nine hundred restored over three seconds do not make the hundred that are left look like a moment."""
    restoring = [(float(second), 300 * second, 300 * second) for second in range(4)]
    reading = [(3.0 + second, 900 + second, 900) for second in range(1, 21)]
    last = told([*restoring, *reading], 1000)[-1]
    assert (last.done, last.fraction) == (920, 0.92)
    assert last.eta_s is not None
    low, high = last.eta_s
    assert 60 < low < 80 < high


def test_the_range_shrinks_on_a_steady_way() -> None:
    """Low is never above high, and both fall to nothing at the end."""
    ranges = [
        each.eta_s for each in told([(float(second), second, 0) for second in range(301)], 300) if each.eta_s
    ]
    assert all(low <= high for low, high in ranges)
    assert all(after[1] <= before[1] for before, after in pairwise(ranges))
    assert ranges[-1] == (0.0, 0.0)
