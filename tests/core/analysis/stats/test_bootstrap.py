"""The studentised bootstrap: near the interval without draws, seeded, and silent with few clusters."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.stats import bootstrap, clustered
from core.analysis.stats.clusters import Sample

CHANCE = np.random.default_rng(1)
SIZES = CHANCE.geometric(0.3, 800)
EVENTS = Sample(CHANCE.binomial(SIZES, CHANCE.beta(1, 3, 800)), SIZES)
LIKES = CHANCE.gamma(2.0, 3.0, 800) * SIZES
MANY = Sample(LIKES, SIZES, (), LIKES**2 / SIZES)


def test_two_ways_to_one_interval() -> None:
    """With many clusters its ends are near those of the interval that is not drawn."""
    for drawn, other in (
        (bootstrap.share(EVENTS, 2000, seed=1), clustered.share(EVENTS)),
        (bootstrap.mean(MANY, 2000, seed=1), clustered.mean(MANY)),
    ):
        assert drawn is not None
        assert other is not None
        width = other.high - other.low
        assert drawn.value == pytest.approx(other.value)
        assert (drawn.low, drawn.high) == pytest.approx((other.low, other.high), abs=0.12 * width)


def test_draws_are_seeded() -> None:
    """The same seed gives the same ends, another one others."""
    assert bootstrap.share(EVENTS, 200, seed=1) == bootstrap.share(EVENTS, 200, seed=1)
    assert bootstrap.share(EVENTS, 200, seed=1) != bootstrap.share(EVENTS, 200, seed=2)


def test_few_clusters_or_one_outcome_say_nothing() -> None:
    """Below fifty clusters, or without both outcomes, there is nothing to draw from."""
    assert bootstrap.mean(Sample(np.ones(49), np.ones(49)), 200, seed=1) is None
    assert bootstrap.share(Sample(np.ones(49), np.ones(49)), 200, seed=1) is None
    assert bootstrap.share(Sample(np.zeros(80), np.ones(80)), 200, seed=1) is None
