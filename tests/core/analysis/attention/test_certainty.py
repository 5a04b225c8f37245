"""Estimates as columns and figures."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.attention import certainty
from core.analysis.stats.intervals import Estimate


def test_a_share_is_wilsons() -> None:
    """80 of 200 is 0.4 between 0.334606 and 0.469163; below 30 nothing is said."""
    share, low, high = certainty.share_interval([80, 3], [200, 29])
    assert (share[0], low[0], high[0]) == (
        0.4,
        pytest.approx(0.334606, abs=1e-6),
        pytest.approx(0.469163, abs=1e-6),
    )
    assert np.isnan([share[1], low[1], high[1]]).all()
    assert np.isnan(certainty.share_interval(80, 200, 1.0, 4)[0])


def test_a_share_of_authors_becomes_figures() -> None:
    """Half of 40 authors are half, with ends; of 29 authors only their number is told."""
    found = certainty.share_told("x", 20, 40)
    assert found["x_low"] < found["x"] == 0.5 < found["x_high"]
    assert certainty.share_told("x", 20, 29) == {"x": None, "x_low": None, "x_high": None, "x_n": 29}


def test_the_design_effect_is_one_for_clusters_of_one() -> None:
    """Comments that each stand alone are a simple draw; equal comments of whole clusters count as one."""
    alone = certainty.design_effect([100 * 0.25], [0.5], [100], [100], [100])
    assert alone[0] == pytest.approx(100 / 99)
    whole = certainty.design_effect([10 * 5.0**2], [0.5], [100], [10], [1000])
    assert whole[0] == pytest.approx(10 * 10 / 9)
    assert certainty.design_effect([0.0], [0.0], [100], [10], [1000])[0] == pytest.approx(1.45)


def test_an_estimate_becomes_figures() -> None:
    """What is known has a value, both ends and its n; what is not is null under the same names."""
    found = certainty.told("x", Estimate(0.5, 0.4, 0.6, 30))
    assert found == {"x": 0.5, "x_low": 0.4, "x_high": 0.6, "x_n": 30}
    assert certainty.told("x", None) == dict.fromkeys(found)
