"""The interval of a rate that was counted in whole clusters: known values, likeness, and nothing found."""

from __future__ import annotations

import random

import pytest

from core.analysis.uncertainty import Interval, design_effect, rate


def test_single_draws_give_wilsons_interval() -> None:
    """Clusters of one are a simple sample: 10 of 100 lies between 5.5 % and 17.4 %."""
    found = rate([(1, 1)] * 10 + [(0, 1)] * 90)
    assert found is not None
    assert (found.low, found.estimate, found.high) == pytest.approx((0.0552, 0.1, 0.1744), abs=0.0005)


def test_nothing_found_is_the_rule_of_three() -> None:
    """Without any event the rate may still be as high as three in the sample."""
    found = rate([(0, 1)] * 300)
    assert found is not None
    assert (found.low, found.estimate, found.high) == pytest.approx((0.0, 0.0, 0.01))


def test_nothing_looked_at_has_no_rate() -> None:
    """An empty sample says nothing instead of zero."""
    assert rate([]) is None
    assert rate([(0, 0)]) is None


def test_clusters_that_are_alike_widen_the_interval() -> None:
    """The same share is less sure when all of it comes from one of ten sources."""
    spread, lumped = rate([(5, 50)] * 10), rate([(50, 50)] + [(0, 50)] * 9)
    assert spread is not None
    assert lumped is not None
    assert spread.estimate == lumped.estimate
    assert lumped.high - lumped.low > 2 * (spread.high - spread.low)
    assert design_effect([(1, 1), (0, 1)]) >= 1


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """Of samples drawn from a population of unlike sources at least nine in ten intervals hold its rate."""
    chance = random.Random(7)  # noqa: S311 - a repeatable population
    population = []
    for _ in range(2_000):
        size, share = chance.randint(5, 80), chance.betavariate(1, 19)
        population.append((sum(chance.random() < share for _ in range(size)), size))
    truth = sum(events for events, _ in population) / sum(size for _, size in population)
    found = [rate(chance.sample(population, 60)) for _ in range(300)]
    held = sum(each is not None and each.low <= truth <= each.high for each in found)
    assert held >= 270


def test_an_interval_says_how_many_others_it_means() -> None:
    """Between one in ten and three in ten of fifty is five to fifteen."""
    assert Interval(0.1, 0.2, 0.3).of(50) == (5, 15)
