"""Concentration with its intervals, against formulas written another way and draws made one by one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.analysis.concentration import gini, top_share
from core.analysis.resampling import CELLS, concentration, intervals, lorenz

COUNTS = np.array([1, 1, 1, 1, 2, 2, 3, 5, 8, 40])


def _table(
    counts: list[int], resamples: int = 200, seed: int = 1
) -> list[tuple[str, float, float, float, float]]:
    found = concentration(np.array(counts, dtype="int64"), resamples, seed)
    columns = [found[name].tolist() for name in ("measure", "at", "value", "low", "high")]
    return list(zip(*columns, strict=True))


def test_the_estimates_are_those_of_the_plain_formulas() -> None:
    """Gini is half the mean difference of all pairs over the mean; a top share is what the largest hold."""
    rows = _table(COUNTS.tolist())
    n, mean = len(COUNTS), COUNTS.mean()
    pairs = np.abs(COUNTS[:, None] - COUNTS[None, :]).sum() / n**2
    assert rows[0][0] == "gini"
    assert math.isnan(rows[0][1])
    assert rows[0][2] == pytest.approx(pairs / 2 / mean)
    assert rows[1][:3] == ("top_share", 0.01, pytest.approx(40 / 64))
    assert rows[2][:3] == ("top_share", 0.1, pytest.approx(40 / 64))


def test_the_curve_encloses_half_of_gini() -> None:
    """The area between the Lorenz curve and the diagonal, doubled, is Gini; the curve goes from 0 to 1."""
    counts = np.arange(1, 201)
    at, held = lorenz(counts, points=len(counts) + 1)
    assert (at[0], held[0], at[-1], held[-1]) == (0, 0, 1, 1)
    assert np.all(np.diff(held) > 0)
    area = float(((held[1:] + held[:-1]) / 2 * np.diff(at)).sum())
    assert 1 - 2 * area == pytest.approx(gini(counts))


def test_equal_counts_give_the_diagonal() -> None:
    """Where all have the same nobody stands out, and there is nothing to be unsure about."""
    rows = _table([4] * 50)
    assert rows[0][2:] == (pytest.approx(0), pytest.approx(0), pytest.approx(0))
    assert all(row[1] == pytest.approx(row[2]) for row in rows if row[0] == "lorenz")


def test_resamples_are_spread_as_draws_one_by_one() -> None:
    """Drawing how often each count occurs gives the intervals that drawing every count gives."""
    counts = np.random.default_rng(3).geometric(0.2, 400)
    chance = np.random.default_rng(4)
    drawn = [chance.choice(counts, len(counts)) for _ in range(4000)]
    naive = np.quantile(
        [[gini(each), top_share(each, 0.01), top_share(each, 0.1)] for each in drawn], [0.025, 0.975], axis=0
    )
    found = intervals(counts, (0.01, 0.1), 4000, seed=5)
    assert found == pytest.approx(naive, abs=0.01)


def test_each_resample_is_measured_exactly() -> None:
    """The formulas over frequencies are those over the counts themselves."""
    from core.analysis.resampling import _ginis, _held_by_top

    values, drawn = np.array([1.0, 2.0, 7.0]), np.array([[3, 2, 1], [0, 0, 6], [6, 0, 0], [1, 4, 1]])
    for row, measured in zip(drawn, _ginis(values, drawn, drawn @ values), strict=True):
        assert measured == pytest.approx(gini(np.repeat(values, row)))
    for top in (1, 2, 4, 6):
        held = [np.sort(np.repeat(values, row))[::-1][:top].sum() for row in drawn]
        assert _held_by_top(values, drawn, top) == pytest.approx(held)


def test_an_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """Of many samples drawn from one population, nearly 95 % have its Gini inside their interval."""
    chance = np.random.default_rng(6)
    population = chance.geometric(0.3, 50_000)
    truth = gini(population)
    assert truth is not None
    inside = 0
    for number in range(200):
        low, high = intervals(chance.choice(population, 300), (), 300, seed=number)[:, 0]
        inside += low <= truth <= high
    assert 0.88 <= inside / 200 <= 0.99


def test_the_seed_decides() -> None:
    """The same seed gives the same intervals, another one others; the estimates stay."""
    first, again, other = (_table(COUNTS.tolist(), seed=seed) for seed in (1, 1, 2))
    assert [row[3:] for row in first[:3]] == [row[3:] for row in again[:3]]
    assert [row[2] for row in first] == [row[2] for row in other]
    assert first[0][3:] != other[0][3:]


def test_large_draws_come_in_parts() -> None:
    """How many resamples fit into memory at a time changes nothing of what is drawn."""
    counts = np.arange(1, 1001)
    resamples = CELLS // len(counts) * 2 + 100
    drawn = np.random.default_rng(1).multinomial(len(counts), np.full(1000, 0.001), resamples)
    expected = np.quantile([gini(np.repeat(counts, row)) for row in drawn], [0.025, 0.975])
    assert intervals(counts, (), resamples, seed=1)[:, 0] == pytest.approx(expected)


@pytest.mark.parametrize(("counts", "resamples"), [([7], 100), ([1, 2, 3], 0)])
def test_there_is_no_interval_without_a_draw(counts: list[int], resamples: int) -> None:
    """One author cannot vary, and nobody asked for resamples: the ends are missing, the estimate is not."""
    row = _table(counts, resamples)[0]
    assert not math.isnan(row[2])
    assert all(math.isnan(end) for end in row[3:])


def test_nothing_counted_gives_no_rows() -> None:
    """Without any author there is nothing to say."""
    assert _table([]) == []
