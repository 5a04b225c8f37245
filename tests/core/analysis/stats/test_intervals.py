"""The intervals everything else is made of, against printed values, SciPy and plain formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats as oracle

from core.analysis.stats.intervals import Estimate, apart, combined, jeffreys, root, wilson


def test_wilsons_printed_values() -> None:
    """80 of 200 lies between 0.334606 and 0.469163; 0 of 20 between 0 and 0.161125."""
    assert [float(end) for end in wilson(0.4, 200)] == pytest.approx((0.334606, 0.469163), abs=5e-7)
    assert [float(end) for end in wilson(0.0, 20)] == pytest.approx((0.0, 0.161125), abs=5e-7)


def test_wilson_is_scipys() -> None:
    """For every count of 37 the ends agree with SciPy to 1e-9."""
    low, high = wilson(np.arange(38) / 37, 37)
    for found in range(38):
        expected = oracle.binomtest(found, 37).proportion_ci(method="wilson")
        assert (low[found], high[found]) == pytest.approx((expected.low, expected.high), rel=1e-9, abs=1e-9)


def test_jeffreys_is_a_beta_with_the_ends_put_right() -> None:
    """Inside it has the quantiles of Beta(x + 1/2, n - x + 1/2); with none or all found an exact end."""
    low, high = jeffreys(np.arange(21) / 20, 20)
    inside = np.arange(1, 20)
    assert low[inside] == pytest.approx(oracle.beta.ppf(0.025, inside + 0.5, 20.5 - inside), rel=1e-9)
    assert high[inside] == pytest.approx(oracle.beta.ppf(0.975, inside + 0.5, 20.5 - inside), rel=1e-9)
    assert (low[0], low[20], high[20]) == pytest.approx((0.0, 0.025 ** (1 / 20), 1.0))
    assert high[0] == pytest.approx(1 - 0.025 ** (1 / 20))


def test_a_sum_combines_the_halves_that_matter() -> None:
    """A positive weight brings its value's own half, a negative one the opposite half."""
    low, high = combined(*(np.array(each) for each in ([1.0, -2.0], [0.5, 0.2], [0.4, 0.1], [0.8, 0.3])))
    assert float(low) == pytest.approx(0.1 - math.hypot(0.1, 2 * 0.1))
    assert float(high) == pytest.approx(0.1 + math.hypot(0.3, 2 * 0.1))


def test_a_difference_narrows_when_the_two_go_together() -> None:
    """Without correlation it is the combined one; with a full one equal halves cancel."""
    a, b = Estimate(0.5, 0.4, 0.6, 100), Estimate(0.3, 0.2, 0.4, 100)
    assert apart(a, b, 0.0) == pytest.approx((0.2 - math.hypot(0.1, 0.1), 0.2 + math.hypot(0.1, 0.1)))
    assert apart(a, b, 1.0) == pytest.approx((0.2, 0.2))


def test_a_root_is_where_the_sum_may_be_zero() -> None:
    """The share r of value - r = 0 has the interval of the value, to the width of the grid."""
    found = root(*(np.array(each) for each in ([1.0, 0.0], [0.0, -1.0], [0.3, 1.0], [0.2, 1.0], [0.5, 1.0])))
    assert found == pytest.approx((0.2, 0.5), abs=0.001)


def test_a_sum_that_is_never_zero_says_nothing() -> None:
    """Where no share solves it the interval is everything, not nothing."""
    assert root(*(np.array(each) for each in ([2.0], [0.0], [1.0], [0.9], [1.1]))) == (0.0, 1.0)
