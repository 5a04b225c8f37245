"""The product-limit curve: textbook values, its clusters, and how often its intervals hold the truth."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.service.survival import Curve, kaplan_meier
from core.analysis.stats.intervals import t_quantile, wilson

# The 6-MP group of Freireich and others, 1963: weeks in remission, the textbook example of the estimator.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def curve(hours: list[float], happened: list[int], by: list[int] | None = None) -> Curve:
    """Build a curve; every one is a cluster of its own unless `by` is given."""
    return kaplan_meier(
        np.array(hours, dtype=float), np.array(happened, dtype=bool), np.array(by or range(len(hours)))
    )


def test_the_curve_is_the_textbooks() -> None:
    """The shares left after 6, 7, 10, 13, 16, 22 and 23 weeks are those that every textbook prints."""
    found = curve([float(each) for each in WEEKS], RELAPSED)
    assert found.steps.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert found.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert [round(float(each), 4) for each in found.left] == [
        0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482,
    ]  # fmt: skip


def test_alone_the_variance_is_greenwoods() -> None:
    """Where every question has an asker of its own the variance is Greenwood's but for the leverage."""
    hours, happened = [float(each) for each in WEEKS * 2], RELAPSED * 2
    found = curve(hours, happened)
    gone, at_risk = found.gone[:4].astype(float), found.at_risk[:4].astype(float)
    greenwood = float((gone / (at_risk * (at_risk - gone))).sum()) * 42 / 41
    left = float(found.left[3])
    low, high = wilson(1 - left, (1 - left) / (left * greenwood), t_quantile(41))
    share = found.share_within(13.0)
    assert share is not None
    assert (share.value, share.n) == (pytest.approx(1 - left), 42)
    assert (share.low, share.high) == (pytest.approx(float(low)), pytest.approx(float(high)))


def test_without_waiting_the_share_is_a_plain_one() -> None:
    """When all were answered the share within a time is the number of those answered by then."""
    found = curve([float(each) for each in range(1, 41)], [1] * 40)
    assert [getattr(found.share_within(hours), "value", None) for hours in (10.0, 40.0, 99.0)] == [
        pytest.approx(0.25), 1.0, 1.0,
    ]  # fmt: skip
    half = found.time_of(0.5)
    assert half.value == 20
    assert half.low is not None
    assert half.high is not None
    assert 12 < half.low < 20 < half.high < 28


def test_what_was_not_watched_is_not_said() -> None:
    """A time that fewer reached has no value or no upper end, nor a share beyond what anybody waited."""
    found = curve([1.0] * 10 + [5.0] * 30, [1] * 10 + [0] * 30)
    assert found.time_of(0.5).value is None
    assert found.time_of(0.2).value == 1
    assert found.time_of(0.2).high is None
    assert found.share_within(24.0) is None


def test_few_are_too_few() -> None:
    """Below thirty questions or five askers there are no shares and no times."""
    for found in (curve([1.0] * 20, [1] * 20), curve([1.0] * 40, [1] * 40, [1, 2] * 20), curve([], [])):
        assert found.share_within(2.0) is None
        assert found.time_of(0.5).value is None


def test_nothing_happened_is_a_share_with_an_end() -> None:
    """None of forty answered is 0 up to some share, wider where few askers asked them."""
    alone = curve([9.0] * 40, [0] * 40).share_within(9.0)
    together = curve([9.0] * 40, [0] * 40, [n // 8 for n in range(40)]).share_within(9.0)
    assert alone is not None
    assert together is not None
    assert (alone.value, alone.low, together.value) == (0, 0, 0)
    assert 0.05 < alone.high < together.high < 0.5


def test_intervals_hold_the_truth() -> None:
    """In 300 worlds of askers who wait alike, 91 to 98 in 100 intervals hold the share and the median."""
    far = np.exp(np.random.default_rng(0).normal(0, 0.8, 200_000))
    times = np.random.default_rng(1).exponential(10 / far)
    truth = float((times <= 5).mean()), float(np.median(times))
    hits = np.zeros(2)
    for seed in range(300):
        chance = np.random.default_rng(seed)
        by = np.repeat(np.arange(40), chance.geometric(0.3, 40))
        waits = chance.exponential(10 / np.exp(chance.normal(0, 0.8, 40))[by])
        until = chance.exponential(20, len(by))
        found = kaplan_meier(np.minimum(waits, until), waits <= until, by)
        share, median = found.share_within(5.0), found.time_of(0.5)
        assert share is not None
        hits[0] += share.low <= truth[0] <= share.high
        hits[1] += (median.low or 0) <= truth[1] <= (median.high or np.inf)
    assert all(0.91 <= each <= 0.98 for each in hits / 300), hits / 300
