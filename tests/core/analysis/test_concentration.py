"""Concentration, against values computed by hand."""

from __future__ import annotations

import pytest

from core.analysis.concentration import gini, top_share


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([5, 5, 5, 5], 0.0),
        ([0, 0, 0, 10], 0.75),
        ([1, 2, 3, 4], 0.25),
        ([4, 1, 3, 2], 0.25),
        ([7], 0.0),
    ],
)
def test_gini_is_what_a_hand_computes(counts: list[int], expected: float) -> None:
    """Equal counts give 0, one of four having all gives 3/4, and 1-2-3-4 gives 1/4 in any order."""
    assert gini(counts) == pytest.approx(expected)


def test_gini_equals_the_mean_difference() -> None:
    """The coefficient is half the mean absolute difference of all pairs over the mean."""
    counts = [1, 1, 2, 3, 5, 8, 40]
    n, mean = len(counts), sum(counts) / len(counts)
    pairs = sum(abs(a - b) for a in counts for b in counts) / n**2

    assert gini(counts) == pytest.approx(pairs / 2 / mean)


def test_the_top_share_takes_whole_authors() -> None:
    """A tenth of 30 authors is 3, of 31 it is 4, of 5 it is 1."""
    assert top_share([10, *[1] * 29]) == pytest.approx(12 / 39)
    assert top_share([10, *[1] * 30]) == pytest.approx(13 / 40)
    assert top_share([1, 2, 3, 4, 10]) == pytest.approx(0.5)


def test_nothing_has_no_concentration() -> None:
    """Without comments there is no number to show."""
    assert gini([]) is None
    assert gini([0, 0]) is None
    assert top_share([]) is None
