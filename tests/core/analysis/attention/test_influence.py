"""Gini and quantiles of values that occur so often, and what single values add to Gini."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.attention import influence
from core.analysis.concentration import gini


def test_gini_is_that_of_all_values() -> None:
    """A table of how often gives what the list of all values gives."""
    values = np.random.default_rng(1).zipf(1.8, 3000)
    table, often = np.unique(values, return_counts=True)
    coefficient, influences = influence.gini(table.astype(float), often.astype(float))
    assert coefficient == pytest.approx(gini(values), abs=1e-9)
    assert influences @ often == pytest.approx(0, abs=1e-6)


def test_an_influence_is_what_one_more_value_changes() -> None:
    """Adding a little of a value moves Gini by its influence times that little."""
    values, often = np.array([0.0, 1.0, 5.0, 20.0]), np.array([50.0, 30.0, 15.0, 5.0])
    before, influences = influence.gini(values, often)
    for place in range(4):
        more = often + 1e-5 * 100 * (np.arange(4) == place)
        assert (influence.gini(values, more)[0] - before) / 1e-5 == pytest.approx(influences[place], abs=1e-3)


def test_nothing_but_zeros_has_no_gini() -> None:
    """Where nobody has any, nobody has more than others."""
    coefficient, influences = influence.gini(np.array([0.0]), np.array([9.0]))
    assert np.isnan(coefficient)
    assert influences.tolist() == [0.0]


def test_a_quantile_is_the_least_value_with_the_share() -> None:
    """Of 30 values a tenth are 3, not 4, whatever floating point says."""
    values = np.arange(1.0, 31.0)
    assert influence.at(values, np.ones(30), 0.1) == 3
    assert influence.at(values, np.ones(30), 0.5) == 15
    assert influence.at(values, np.ones(30), 1.0) == 30
    assert influence.at(np.array([0.0, 7.0]), np.array([9.0, 1.0]), 0.9) == 0
