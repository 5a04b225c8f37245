"""The corrected share of a chart: sums, bounds, shifts, and silence where too few were coded."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.stats.coded import Coded, simple
from core.analysis.stats.correction import corrected_share

COUNTS = np.array([300.0, 500.0, 200.0])


def _coded(table: list[list[int]]) -> Coded:
    """Return comments drawn at random; `table` has how many of each predicted (row) and true class."""
    predicted = [row for row, counts in enumerate(table) for often in counts for _ in range(often)]
    true = [column for counts in table for column, often in enumerate(counts) for _ in range(often)]
    return simple(np.array(predicted), np.array(true))


CODED = _coded([[20, 8, 2], [5, 40, 5], [1, 6, 13]])


def test_each_predicted_class_brings_the_truth_found_in_it() -> None:
    """The share is the sum over predicted classes of their share times the truth coded in them."""
    found = corrected_share(COUNTS, CODED)
    assert found is not None
    expected = [
        0.3 * 20 / 30 + 0.5 * 5 / 50 + 0.2 * 1 / 20,
        0.3 * 8 / 30 + 0.5 * 40 / 50 + 0.2 * 6 / 20,
        0.3 * 2 / 30 + 0.5 * 5 / 50 + 0.2 * 13 / 20,
    ]
    assert [each.value for each in found] == pytest.approx(expected, rel=1e-9)
    assert [each.n for each in found] == [100, 100, 100]


def test_intervals_hold_their_estimate_within_0_and_1() -> None:
    """By both methods, whatever is coded, 0 <= low <= value <= high <= 1 and the values sum to 1."""
    chance = np.random.default_rng(1)
    for seed in range(40):
        true = chance.integers(0, 3, 60)
        coded = simple(np.where(chance.random(60) < 0.6, true, chance.integers(0, 3, 60)), true)
        counts = chance.dirichlet(np.full(3, 0.4)) * 500
        for method in ("prediction-powered", "adjusted count"):
            found = corrected_share(counts, coded, method, seed=seed)
            assert found is not None
            assert sum(each.value for each in found) == pytest.approx(1.0)
            assert all(0 <= each.low <= each.value <= each.high <= 1 for each in found)
            assert {each.method for each in found} == {method}


def test_too_few_coded_say_nothing() -> None:
    """Below thirty coded comments, or with no comments on the chart, there is no corrected share."""
    few = simple(np.zeros(29, dtype=np.int64), np.zeros(29, dtype=np.int64))
    assert corrected_share(COUNTS, few) is None
    assert corrected_share(np.zeros(3), CODED) is None


def test_a_predicted_class_without_coded_comments_is_unknown() -> None:
    """What was predicted but never coded may be anything: it widens every class by its whole share."""
    coded = simple(np.zeros(50, dtype=np.int64), np.zeros(50, dtype=np.int64))
    found = corrected_share(np.array([90.0, 10.0]), coded)
    assert found is not None
    assert found[1].high > 0.1
    assert found[0].low < 0.95


def test_nothing_found_is_not_surely_nothing() -> None:
    """A class that was never coded in fifty comments may still hold some percent."""
    coded = simple(np.zeros(50, dtype=np.int64), np.zeros(50, dtype=np.int64))
    found = corrected_share(np.array([1000.0, 0.0]), coded)
    assert found is not None
    assert (found[1].value, found[1].low) == (0.0, 0.0)
    assert 0.05 < found[1].high < 0.1


def test_the_adjusted_count_follows_other_comments() -> None:
    """Where the chart has other shares than the coded comments it finds them, and the other method cannot."""
    coded = _coded([[80, 30, 0], [20, 70, 0]])
    shown = np.array([0.8 * 0.9 + 0.3 * 0.1, 0.2 * 0.9 + 0.7 * 0.1]) * 1000
    found = corrected_share(
        shown, Coded(coded.predicted, coded.true, coded.weight, coded.stratum), "adjusted count"
    )
    other = corrected_share(shown, coded)
    assert found is not None
    assert other is not None
    assert found[0].value == pytest.approx(0.9)
    assert other[0].value < 0.7


def test_the_adjusted_count_needs_every_class_and_a_model_that_tells_them_apart() -> None:
    """It says nothing with fewer than five of a true class, or where the model answers alike for all."""
    assert corrected_share(COUNTS, _coded([[20, 8, 2], [5, 40, 1], [1, 6, 1]]), "adjusted count") is None
    assert (
        corrected_share(COUNTS, _coded([[10, 10, 10], [10, 10, 10], [10, 10, 10]]), "adjusted count") is None
    )


def test_the_same_seed_gives_the_same_ends() -> None:
    """The adjusted count is drawn with the seed and nothing else."""
    once = corrected_share(COUNTS, CODED, "adjusted count", seed=3)
    assert once == corrected_share(COUNTS, CODED, "adjusted count", seed=3)
    assert once != corrected_share(COUNTS, CODED, "adjusted count", seed=4)
