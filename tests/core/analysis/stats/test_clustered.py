"""Shares, means, quantiles and differences in clusters: plain formulas, likeness, and silence."""

from __future__ import annotations

import math
import time
from collections import defaultdict

import numpy as np
import pytest
from scipy import stats as oracle

from core.analysis.stats.clustered import mean, mean_difference, quantile, share, share_difference
from core.analysis.stats.clusters import Sample, looked_at, spread
from core.analysis.stats.intervals import wilson
from tests.core.analysis.stats.worlds import world


def _plain_variance(sample: Sample, keys: list[tuple[int, ...]], value: float) -> float:
    """Return the variance between clusters of the given keys, one row at a time."""
    totals: dict[tuple[int, ...], float] = defaultdict(float)
    sizes: dict[tuple[int, ...], float] = defaultdict(float)
    for key, total, size in zip(keys, sample.totals.tolist(), sample.sizes.tolist(), strict=True):
        totals[key] += total
        sizes[key] += size
    n = sum(sizes.values())
    return sum(((totals[key] - value * sizes[key]) / n) ** 2 / (1 - sizes[key] / n) for key in totals)


def test_single_comments_have_wilsons_interval() -> None:
    """Without clusters the share of 80 in 200 has Wilson's interval with t for the normal quantile."""
    found = share(Sample(np.repeat([1.0, 0.0], [80, 120]), np.ones(200)))
    assert found is not None
    low, high = wilson(0.4, 199, float(oracle.t.ppf(0.975, 199)))
    assert (found.value, found.low, found.high) == pytest.approx((0.4, float(low), float(high)), rel=1e-9)
    assert found.n == 200


def test_the_variance_is_that_between_clusters() -> None:
    """By one and by two ways of clustering it agrees with a plain loop over rows to 1e-9."""
    for seed in range(5):
        sample = world(seed, 40, 15).events(range(40), 0.3)
        value = float(sample.totals.mean())
        within = value * (1 - value)
        author, post = (codes.tolist() for codes in sample.by)
        of_author = _plain_variance(sample, [(each,) for each in author], value)
        of_post = _plain_variance(sample, [(each,) for each in post], value)
        of_both = _plain_variance(sample, list(zip(author, post, strict=True)), value)
        one = spread(Sample(sample.totals, sample.sizes, sample.by[:1]), value, within)
        assert one.variance == pytest.approx(of_author, rel=1e-9)
        two = spread(sample, value, within)
        expected = max(of_author + of_post - of_both, within / len(author))
        assert two.variance == pytest.approx(expected, rel=1e-9)


def test_rows_may_be_summed_before() -> None:
    """Comments one by one and their sums per author and post give the same interval."""
    sample = world(1, 60, 20).events(range(60), 0.4)
    cells, place = np.unique(np.stack(sample.by), axis=1, return_inverse=True)
    summed = Sample(np.bincount(place, sample.totals), np.bincount(place).astype(float), (cells[0], cells[1]))
    one, other = share(sample), share(summed)
    assert one is not None
    assert other is not None
    assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high), rel=1e-9)


def test_clusters_that_are_alike_widen() -> None:
    """The same events lumped into few authors are known less well."""
    events, sizes = np.repeat([1.0, 0.0], [100, 100]), np.ones(200)
    spread_out = share(Sample(events, sizes, (np.arange(200) % 20,)))
    lumped = share(Sample(events, sizes, (np.arange(200) // 10,)))
    assert spread_out is not None
    assert lumped is not None
    assert lumped.high - lumped.low > 2 * (spread_out.high - spread_out.low)


def test_nothing_found_in_few_authors_is_less_sure_than_in_many() -> None:
    """Without any event the upper end still looks at how the comments cluster, by post too."""
    none, sizes, one_by_one = np.zeros(500), np.ones(500), np.arange(500)
    few = share(Sample(none, sizes, (one_by_one % 10,)))
    many = share(Sample(none, sizes, (one_by_one,)))
    both = share(Sample(none, sizes, (one_by_one, one_by_one % 10)))
    assert few is not None
    assert many is not None
    assert both is not None
    assert (few.value, few.low) == (0.0, 0.0)
    assert few.high > 2 * many.high
    assert both.high > many.high


def test_too_few_comments_or_authors_say_nothing() -> None:
    """Below thirty comments or five authors there is no interval, of any kind, for any sample."""
    few = Sample(np.ones(29), np.ones(29))
    lumped = Sample(np.ones(100), np.ones(100), (np.arange(100) % 4,))
    enough = Sample(np.arange(100) % 2.0, np.ones(100), (np.arange(100),))
    assert [share(few), mean(few), share(lumped), mean(lumped)] == [None] * 4
    assert share_difference(enough, lumped) is None
    assert mean_difference(lumped, enough) is None
    assert quantile(np.ones(29), 0.5) is None
    assert quantile(np.array([]), 0.5) is None


def test_rows_without_comments_are_not_looked_at() -> None:
    """An author who wrote nothing here changes nothing."""
    chance = np.random.default_rng(1)
    events, sizes = chance.integers(0, 3, 50), np.full(50, 3)
    more = Sample(np.append(events, 0), np.append(sizes, 0), (np.arange(51),))
    assert share(more) == share(Sample(events, sizes, (np.arange(50),)))


def test_a_mean_of_symmetric_values_has_the_t_interval() -> None:
    """Without clusters or skewness the interval is Student's, with one degree of freedom less than values."""
    values = np.concatenate([np.linspace(-3, 3, 51)])
    found = mean(Sample(values, np.ones(51), (), values**2))
    assert found is not None
    expected = oracle.t.interval(0.95, 50, loc=0.0, scale=values.std(ddof=1) / math.sqrt(51))
    assert (found.low, found.high) == pytest.approx(expected, rel=1e-9)


def test_a_skewed_mean_reaches_further_up() -> None:
    """Likes are skewed: the upper half is longer, the lower end stays at the floor or above."""
    likes = np.random.default_rng(2).lognormal(0, 1.5, 60)
    found = mean(Sample(likes, np.ones(60), (), likes**2), floor=0.0)
    assert found is not None
    assert found.high - found.value > 1.2 * (found.value - found.low)
    assert found.low >= 0.0


def test_equal_values_have_no_width() -> None:
    """Where all values are the same the mean is that value, and a difference of two such is exact."""
    same = Sample(np.full(40, 2.0), np.ones(40), (np.arange(40),), np.full(40, 4.0))
    other = Sample(np.full(40, 5.0), np.ones(40), (np.arange(40),), np.full(40, 25.0))
    found, apart = mean(same), mean_difference(other, same)
    assert found is not None
    assert apart is not None
    assert (found.low, found.value, found.high) == (2.0, 2.0, 2.0)
    assert (apart.low, apart.value, apart.high) == (3.0, 3.0, 3.0)


def test_a_quantile_occurred() -> None:
    """The median is the least value with half at or below it, between two values that occurred."""
    values = np.arange(1.0, 101.0)
    found = quantile(values, 0.5)
    assert found is not None
    assert found.value == 50.0
    assert found.low in values
    assert found.high in values
    assert (found.low, found.high) == pytest.approx((41, 60), abs=2)


def test_the_same_authors_on_both_sides_narrow_a_difference() -> None:
    """Each author's mood cancels where he wrote in both sets, and does not where others wrote."""
    here = world(3, 400, 10)
    first, second = here.events(range(200), 0.5), here.events(range(200), 0.5)
    strangers = here.events(range(200, 400), 0.5)
    by_author = [Sample(each.totals, each.sizes, each.by[:1]) for each in (first, second, strangers)]
    paired, unpaired = share_difference(*by_author[:2]), share_difference(by_author[0], by_author[2])
    assert paired is not None
    assert unpaired is not None
    assert paired.high - paired.low < unpaired.high - unpaired.low
    assert paired.value == pytest.approx(float(first.totals.mean() - second.totals.mean()))
    assert paired.n == len(first.totals) + len(second.totals)


def test_a_set_does_not_differ_from_itself() -> None:
    """The same comments on both sides differ by nothing, to a tenth of how unsure their share is."""
    sample = world(4, 50, 10).events(range(50), 0.5)
    by_author = Sample(sample.totals, sample.sizes, sample.by[:1])
    alone, found = share(by_author), share_difference(by_author, by_author)
    assert alone is not None
    assert found is not None
    assert found.value == 0.0
    assert found.high - found.low < 0.1 * (alone.high - alone.low)


def test_looked_at_keeps_squares_beside_their_rows() -> None:
    """Rows that are left out take their squares along."""
    kept = looked_at(Sample(np.array([1.0, 9.0]), np.array([1, 0]), (), np.array([1.0, 81.0])))
    assert kept.squares is not None
    assert kept.squares.tolist() == [1.0]


@pytest.mark.bench
def test_fifty_thousand_authors_at_once() -> None:
    """A share over 50,000 authors, summed, takes less than 0.3 s."""
    chance = np.random.default_rng(1)
    sizes = chance.zipf(1.8, 50_000).clip(1, 2000)
    start = time.perf_counter()
    assert share(Sample(chance.binomial(sizes, 0.2), sizes, (np.arange(50_000),))) is not None
    assert time.perf_counter() - start < 0.3
