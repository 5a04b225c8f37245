"""Intervals from sums over authors: the same as from the authors themselves, and true in most worlds."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.lexis.clustered import Sums, Whole, intervals
from core.analysis.stats import clustered
from core.analysis.stats.clusters import Sample

Counts = np.ndarray[tuple[int], np.dtype[np.float64]]
DEALT = ("few", "heavy")


def sums(hits: Counts, sizes: Counts, alone: float | None = None) -> tuple[Sums, Whole]:
    """Add up one word over authors as the database does."""
    size = float(sizes.sum())
    weight = 1 / (1 - sizes / size)
    one = Sums(
        np.array([hits.sum()]),
        np.array([(weight * hits**2).sum()]),
        np.array([(weight * hits * sizes).sum()]),
    )
    powers = tuple(float((sizes**power).sum()) for power in (2, 3, 4))
    products = float((weight * sizes**2).sum())
    return one, Whole(size, alone or size, len(sizes), products, (powers[0], powers[1], powers[2]))


def world(seed: int, share: float, dealt: str) -> tuple[Counts, Counts]:
    """Deal comments to 300 authors, each with a habit of their own around `share`; return (hits, sizes)."""
    chance = np.random.default_rng(seed)
    sizes = 1 + chance.poisson(4, 300) if dealt == "few" else np.ceil(chance.lognormal(0.5, 1.2, 300))
    habits = chance.beta(share * 9, (1 - share) * 9, 300)
    hits = chance.binomial(sizes.astype(int), habits)
    return hits.astype(float), sizes.astype(float)


@pytest.mark.parametrize("dealt", DEALT)
@pytest.mark.parametrize("share", [0.02, 0.1, 0.5])
def test_sums_give_the_interval_of_the_authors(share: float, dealt: str) -> None:
    """The interval from sums is the one that `stats.clustered.share` finds from all authors, within 3 %."""
    hits, sizes = world(1, share, dealt)
    (value,), (low,), (high,) = intervals(*sums(hits, sizes))
    known = clustered.share(Sample(hits, sizes, (np.arange(300),)))
    assert known is not None
    assert value == pytest.approx(known.value)
    assert high - low == pytest.approx(known.high - known.low, rel=0.03)


@pytest.mark.slow
@pytest.mark.parametrize("dealt", DEALT)
@pytest.mark.parametrize("share", [0.1, 0.5])
def test_the_interval_holds_the_truth(share: float, dealt: str) -> None:
    """In 500 worlds of authors with habits of their own the 95 % interval holds the truth in 92 to 98 %."""
    held = 0
    for seed in range(500):
        _, (low,), (high,) = intervals(*sums(*world(seed, share, dealt)))
        held += low <= share <= high
    assert 460 <= held <= 490


@pytest.mark.slow
@pytest.mark.parametrize("dealt", DEALT)
def test_the_interval_of_votes_holds_the_truth(dealt: str) -> None:
    """Where each author has one vote, shared by their comments, the interval holds the truth as often."""
    held = 0
    for seed in range(500):
        hits, sizes = world(seed, 0.1, dealt)
        alone = 300**2 / float((1 / sizes).sum())
        _, (low,), (high,) = intervals(*sums(hits / sizes, np.ones(300), alone))
        held += low <= 0.1 <= high
    assert 460 <= held <= 490


def test_comments_of_different_authors_are_independent() -> None:
    """With a comment each the interval is Wilson's own, but for Student's t."""
    hits = np.array([1.0] * 80 + [0.0] * 120)
    (value,), (low,), (high,) = intervals(*sums(hits, np.ones(200)))
    assert value == 0.4
    assert (low, high) == (pytest.approx(0.334606, abs=2e-3), pytest.approx(0.469163, abs=2e-3))


@pytest.mark.parametrize(("authors", "each"), [(29, 1), (4, 30)])
def test_too_few_comments_or_authors_say_nothing(authors: int, each: int) -> None:
    """Below the stated numbers there is no share."""
    found = intervals(*sums(np.ones(authors), np.full(authors, float(each))))
    assert all(np.isnan(values).all() for values in found)
