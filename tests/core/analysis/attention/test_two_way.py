"""Intervals from sums over clusters: they agree with those from single comments, and hold the truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.analysis.attention import engagement, two_way
from core.analysis.stats import clustered
from core.analysis.stats.clusters import Sample
from tests.core.analysis.attention.clusters_of import ways_of, world

WORLDS = 500
MEAN = float(np.exp(0.4**2))


def spread_of(values: np.ndarray, author: np.ndarray, post: np.ndarray) -> tuple[float, two_way.Spread]:
    """Return the mean of values and how unsure it is."""
    mean = float(values.mean())
    added = values - mean
    ways = ways_of({"mean": added}, author, post)
    return mean, two_way.spread("mean", len(values), float((added**2).sum()), ways)


@pytest.mark.soak
def test_the_mean_is_covered() -> None:
    """In 500 worlds alike by author and by post the interval holds the true mean in 92 to 98 of 100."""
    chance = np.random.default_rng(1)
    hits = 0
    for _ in range(WORLDS):
        mean, spread = spread_of(*world(chance))
        low, high = spread.around(mean, low=0.0)
        hits += low <= MEAN <= high
    assert 0.92 <= hits / WORLDS <= 0.98


def test_a_share_is_covered() -> None:
    """The share of comments without a like too, while a naive interval misses it far more often."""
    chance = np.random.default_rng(2)
    truth = float(np.mean([(world(chance, 20_000)[0] == 0).mean() for _ in range(60)]))
    hits = 0
    for _ in range(WORLDS):
        values, author, post = world(chance)
        mean, spread = spread_of((values == 0).astype(float), author, post)
        low, high = spread.share(mean)
        hits += low <= truth <= high
    assert 0.92 <= hits / WORLDS <= 0.98


def test_it_agrees_with_single_comments() -> None:
    """Sums over clusters give nearly the ends that the statistics of single comments give."""
    values, author, post = world(np.random.default_rng(3))
    mean, spread = spread_of(values, author, post)
    ones = np.ones(len(values))
    found = clustered.mean(Sample(values.astype(float), ones, (author, post), values.astype(float) ** 2), 0.0)
    assert found is not None
    assert spread.around(mean) == pytest.approx((found.low, found.high), rel=0.02)


def test_few_posts_leave_authors_alone() -> None:
    """Under one post the comments tell of this post: authors are the clusters."""
    values, author, _ = world(np.random.default_rng(4))
    one = spread_of(values, author, np.zeros(len(values), dtype=np.int64))[1]
    found = clustered.mean(
        Sample(values.astype(float), np.ones(len(values)), (author,), values.astype(float) ** 2)
    )
    assert found is not None
    assert one.around(found.value) == pytest.approx((found.low, found.high), rel=0.02)


def test_nothing_seen_is_not_nothing_there() -> None:
    """Of comments that none have a like, the share with one may still be some percent."""
    spread = spread_of(np.zeros(100), np.arange(100), np.arange(100) % 10)[1]
    low, high = spread.share(0.0)
    assert low == 0
    assert 0.03 < high < 0.4


def test_too_few_comments_or_authors_say_nothing() -> None:
    """Below 30 comments or 5 authors every figure is null."""
    ways = ways_of({"mean": np.zeros(40)}, np.arange(40) % 4, np.arange(40))
    assert not two_way.is_told(40, ways)
    assert not two_way.is_told(0, pd.DataFrame())
    values, often = np.array([0.0, 2.0]), np.array([20.0, 20.0])
    assert all(np.isnan(row[1]) for row in engagement.measured(values, often, ways))
