"""Which periods stand out: the two rules, their runs, and what they do on comments that nothing disturbs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm

from core.analysis.attention import automaton, bursts, levels, periods
from core.analysis.attention.bursts import Rules

RUNS = 100


def test_the_threshold_is_bonferronis() -> None:
    """So many normal values above it are expected as were asked for, whatever the number of periods."""
    for n in (10, 1000, 100_000):
        assert n * norm.sf(automaton.threshold(n, 0.05)) == pytest.approx(0.05, rel=1e-6)


def test_the_cheapest_path_is_the_best_of_all_paths() -> None:
    """Of eight periods the automaton finds what trying all 256 paths finds."""
    chance = np.random.default_rng(4)
    for _ in range(30):
        level = np.full(8, 3.0)
        counts = chance.poisson(chance.choice([3, 7], 8))
        found = automaton.high_states(counts, level, 2.0, 1.0, 0.5)
        gains, entry = counts * math.log(2) - level, math.log(8 / 0.5)
        paths = [[bool(number >> place & 1) for place in range(8)] for number in range(256)]

        def gain(path: list[bool], gains: np.ndarray = gains, entry: float = entry) -> float:
            entries = sum(now and not before for before, now in zip([False, *path], path, strict=False))
            return float(gains[path].sum()) - entry * entries

        assert gain(found.tolist()) == pytest.approx(max(map(gain, paths)))


def test_runs_are_from_first_to_after_last() -> None:
    """Neighbours belong together, also at both ends."""
    first, after = automaton.runs(np.array([True, True, False, True]))
    assert (first.tolist(), after.tolist()) == ([0, 3], [2, 4])
    assert not len(automaton.runs(np.zeros(3, dtype=bool))[0])


@pytest.mark.parametrize("method", ["mad", "kleinberg"])
@pytest.mark.parametrize("mean", [0.3, 3.0, 30.0])
def test_quiet_weeks_have_no_bursts(method: str, mean: float) -> None:
    """Of 100 Poisson histories of eight weeks with a daily rhythm at most 5 % (and chance) have a burst."""
    chance = np.random.default_rng(5)
    rhythm = mean * (1 + 0.8 * np.sin(np.arange(8 * 168) * 2 * np.pi / 24))
    rules = Rules(method, 0.05, 2.0, 13, 2)
    begins = np.arange(len(rhythm)) * 60
    alarms = sum(
        bool(len(bursts.found_in(periods.filled(begins, chance.poisson(rhythm), "hour", "UTC"), rules).frame))
        for _ in range(RUNS)
    )
    assert alarms / RUNS <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / RUNS)


@pytest.mark.parametrize("method", ["mad", "kleinberg"])
def test_a_planted_burst_is_found_where_it_is(method: str) -> None:
    """Six hours of five times the usual number are one burst of those hours, with their comments."""
    counts = np.random.default_rng(6).poisson(np.full(8 * 168, 10.0))
    counts[500:506] = 50
    made = periods.filled(np.arange(len(counts)) * 60, counts, "hour", "UTC")
    found = bursts.found_in(made, Rules(method, 0.05, 2.0, 13, 5)).frame
    assert [(row.first, row.after, row.comments) for row in found.itertuples()] == [(500, 506, 300)]
    assert found["low"][0] < 5 < found["high"][0]
    assert found["expected"][0] == pytest.approx(60, abs=15)


def test_a_restless_community_needs_more_to_stand_out() -> None:
    """Where hours always vary tenfold, an hour of twice the median is no burst."""
    chance = np.random.default_rng(7)
    counts = chance.negative_binomial(1, 1 / 11, 8 * 168)
    level = levels.usual(counts, np.arange(len(counts)), levels.WEEK_OF_HOURS, 0)
    assert levels.dispersion(counts, level) > 2
    made = periods.filled(np.arange(len(counts)) * 60, counts, "hour", "UTC")
    assert len(bursts.found_in(made, Rules("mad", 0.05, 2.0, 13, 5)).frame) <= 3
