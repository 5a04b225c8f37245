"""Textbook prevalence estimators: printed toy values, ends of the range, and plain formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import optimize

from core.analysis.stats.prevalence import (
    Predictions,
    adjusted_count,
    onto_simplex,
    prediction_powered,
    rogan_gladen,
    rogan_gladen_interval,
)

TRUE = np.tile([1.0, 1, 0, 0, 1, 0, 0, 0, 1, 0], 20)
PREDICTED = np.tile([1.0, 0, 0, 1, 1, 1, 0, 0, 1, 0], 20)
EVERYWHERE = Predictions(mean=0.4, variance=0.24, number=1000)
CONFUSED = np.array([[0.7, 0.2, 0.1], [0.2, 0.7, 0.2], [0.1, 0.1, 0.7]])


def test_rogan_gladen() -> None:
    """An apparent 0.40 at sensitivity 0.55 and specificity 0.83 is 0.605263; it stays within [0, 1]."""
    assert rogan_gladen(0.40, 0.55, 0.83) == pytest.approx(0.605263, abs=5e-7)
    assert rogan_gladen(0.05, 0.8, 0.9) == 0.0
    assert rogan_gladen(0.95, 0.8, 0.9) == 1.0
    assert rogan_gladen(0.4, 0.5, 0.5) is None


def test_rogan_gladens_interval_holds_its_estimate() -> None:
    """At qualities like these 80 of 200 may be anything from a third to nine tenths."""
    found = rogan_gladen_interval((80, 200), (55, 100), (83, 100))
    assert found is not None
    assert found.value == pytest.approx(0.605263, abs=5e-7)
    assert 0.3 < found.low < 0.4
    assert 0.85 < found.high < 0.95
    assert rogan_gladen_interval((80, 200), (40, 100), (50, 100)) is None


def test_adjusted_count() -> None:
    """The toy matrix turns (0.3, 0.5, 0.2) into (0.233333, 0.6, 0.166667)."""
    found = adjusted_count(CONFUSED, np.array([0.3, 0.5, 0.2]))
    assert found == pytest.approx([0.233333, 0.6, 0.166667], abs=5e-7)


def test_adjusted_count_undoes_the_model() -> None:
    """Whatever the true shares, what the model makes of them leads back to them, many at once."""
    true = np.random.default_rng(1).dirichlet(np.ones(3), 50)
    assert adjusted_count(CONFUSED, true @ CONFUSED.T) == pytest.approx(true, abs=1e-9)


def test_the_nearest_point_of_the_simplex() -> None:
    """The projection agrees with a constrained least-squares solver, and leaves shares as they are."""
    assert onto_simplex(np.array([0.2, 0.3, 0.5])) == pytest.approx([0.2, 0.3, 0.5])
    for values in np.random.default_rng(2).normal(0.3, 0.6, (20, 3)):
        nearest = optimize.minimize(
            lambda point, values=values: ((point - values) ** 2).sum(),
            np.full(3, 1 / 3),
            bounds=[(0, 1)] * 3,
            constraints={"type": "eq", "fun": lambda point: point.sum() - 1},
            options={"ftol": 1e-14},
        )
        assert onto_simplex(values) == pytest.approx(nearest.x, abs=1e-5)


def test_prediction_powered_inference() -> None:
    """400 of 1000 predicted and the coded toy give 0.30, from 0.219427 to 0.380573."""
    found = prediction_powered(TRUE, PREDICTED, EVERYWHERE)
    assert (found.value, found.low, found.high) == pytest.approx((0.30, 0.219427, 0.380573), abs=5e-7)
    assert (found.high - found.value) / 1.959963985 == pytest.approx(0.041110, abs=5e-7)


def test_tuning_takes_the_covariance_over_both_variances() -> None:
    """The best tuning is cov / ((1 + n / N) var) where variances are the same; it narrows the interval."""
    found = prediction_powered(TRUE, PREDICTED, Predictions(0.5, 0.25, 1000), tuning=None)
    cov = float((TRUE * PREDICTED).mean() - TRUE.mean() * PREDICTED.mean())
    tuning = cov / ((1 + 200 / 1000) * 0.25)
    variance = (0.24 - 2 * tuning * cov + tuning**2 * 0.25) / 200 + tuning**2 * 0.25 / 1000
    half = 1.959963984540054 * math.sqrt(variance)
    value = tuning * 0.5 + 0.4 - tuning * 0.5
    assert (found.value, found.low, found.high) == pytest.approx(
        (value, value - half, value + half), rel=1e-9
    )
    plain = prediction_powered(TRUE, PREDICTED, Predictions(0.5, 0.25, 1000))
    assert found.high - found.low < plain.high - plain.low


def test_strata_weigh_by_what_they_stand_for() -> None:
    """A stratum coded three times as densely counts a third as much per comment, in value and variance."""
    stratum = np.repeat([0, 1], 100)
    weight = np.where(stratum == 0, 1.0, 3.0)
    found = prediction_powered(TRUE, PREDICTED, EVERYWHERE, weight=weight, stratum=stratum)
    value, variance = 0.4, 0.24 / 1000
    for part, share in ((stratum == 0, 0.25), (stratum == 1, 0.75)):
        off = TRUE[part] - PREDICTED[part]
        value += share * off.mean()
        variance += share**2 * off.var() / 100
    half = 1.959963984540054 * math.sqrt(variance)
    assert (found.value, found.high) == pytest.approx((value, value + half), rel=1e-9)


def test_predictions_that_say_nothing_are_taken_whole() -> None:
    """Where predictions do not vary at all there is nothing to tune, and the estimate is the coded mean."""
    found = prediction_powered(TRUE, np.ones(200), Predictions(1.0, 0.0, 1000), tuning=None)
    assert found.value == pytest.approx(TRUE.mean())
