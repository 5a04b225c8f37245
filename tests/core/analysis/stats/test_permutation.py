"""Permuting whole authors: exact enumeration, false alarms as often as stated, and real differences found."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from core.analysis.stats.permutation import PerAuthor, permutation_test


def _split(totals: list[float], sizes: list[int], in_a: list[bool]) -> PerAuthor:
    where = np.array(in_a)
    y, n = np.array(totals, dtype=float), np.array(sizes, dtype=float)
    return PerAuthor(
        np.where(where, y, 0), np.where(where, n, 0), np.where(where, 0, y), np.where(where, 0, n)
    )


def _plain_statistic(rows: list[tuple[float, float, float, float]]) -> float:
    """Return the studentised difference of rows (total and size in A, total and size in B)."""
    n_a, n_b = sum(row[1] for row in rows), sum(row[3] for row in rows)
    mean_a, mean_b = sum(row[0] for row in rows) / n_a, sum(row[2] for row in rows) / n_b
    residuals = [(ya - mean_a * na) / n_a - (yb - mean_b * nb) / n_b for ya, na, yb, nb in rows]
    return abs(mean_a - mean_b) / math.sqrt(sum(each**2 for each in residuals))


def test_p_is_that_of_all_deals() -> None:
    """Ten authors dealt five and five in all 252 ways have the p-value that drawing comes to."""
    totals, sizes = [9.0, 8, 2, 7, 1, 6, 3, 5, 4, 0], [10, 9, 8, 8, 7, 9, 12, 11, 6, 10]
    in_a = [True, True, False, True, False, True, False, True, False, False]
    authors = list(zip(totals, sizes, strict=True))

    def statistic(chosen: set[int]) -> float:
        return _plain_statistic(
            [(*pair, 0.0, 0.0) if at in chosen else (0.0, 0.0, *pair) for at, pair in enumerate(authors)]
        )

    found = statistic({at for at, inside in enumerate(in_a) if inside})
    every = [statistic(set(chosen)) for chosen in itertools.combinations(range(10), 5)]
    exact = sum(each >= found * (1 - 1e-9) for each in every) / len(every)
    drawn = permutation_test(_split(totals, sizes, in_a), 20_000, seed=1)
    assert drawn is not None
    assert drawn.p == pytest.approx(exact, abs=0.01)


def test_p_is_that_of_all_swaps() -> None:
    """Eight authors in both groups, swapped in all 256 ways, have the p-value that drawing comes to."""
    rows = [(5.0, 6.0, 1.0, 5.0), (4, 5, 2, 6), (6, 8, 3, 7), (2, 5, 2, 5), (7, 9, 2, 6), (1, 4, 2, 5)]
    rows += [(3.0, 5.0, 1.0, 4.0), (4.0, 6.0, 3.0, 5.0)]
    every = [
        _plain_statistic(
            [(*row[2:], *row[:2]) if swap else row for row, swap in zip(rows, swaps, strict=True)]
        )
        for swaps in itertools.product((False, True), repeat=8)
    ]
    exact = sum(each >= _plain_statistic(rows) * (1 - 1e-9) for each in every) / len(every)
    drawn = permutation_test(PerAuthor(*np.array(rows).T), 20_000, seed=1)
    assert drawn is not None
    assert drawn.p == pytest.approx(exact, abs=0.01)


def test_authors_of_many_kinds_are_dealt_one_by_one() -> None:
    """Values that never repeat have the same p-value as the few kinds they are near to."""
    chance = np.random.default_rng(2)
    sizes, in_a = chance.integers(1, 4, 4000), chance.random(4000) < 0.5
    totals = sizes * (2.0 + in_a * 0.05)
    totals = totals + chance.integers(-1, 2, 4000)
    kinds = permutation_test(_split(totals.tolist(), sizes.tolist(), in_a.tolist()), 1999, seed=1)
    blurred = totals + chance.normal(0, 1e-6, 4000)
    each = permutation_test(_split(blurred.tolist(), sizes.tolist(), in_a.tolist()), 1999, seed=1)
    assert kinds is not None
    assert each is not None
    assert each.p == pytest.approx(kinds.p, abs=0.02)


def test_p_is_never_zero_and_seeded() -> None:
    """A difference beyond all draws has p = 1 / (1 + draws), the same with the same seed."""
    apart = _split([0.0] * 30 + [3.0] * 29 + [2.0], [3] * 60, [True] * 30 + [False] * 30)
    found = permutation_test(apart, 999, seed=1)
    assert found is not None
    assert found == permutation_test(apart, 999, seed=1)
    assert (found.p, found.n) == (1 / 1000, 180)
    assert found.value == pytest.approx(-89 / 90)


def test_a_difference_without_any_spread_is_as_far_as_can_be() -> None:
    """All of A said yes and all of B no: there is no spread to divide by, and p is small all the same."""
    found = permutation_test(
        _split([1.0] * 40 + [0.0] * 40, [1] * 80, [True] * 40 + [False] * 40), 999, seed=1
    )
    assert found is not None
    assert found.p == 1 / 1000
    same = permutation_test(_split([1.0] * 80, [1] * 80, [True] * 40 + [False] * 40), 99, seed=1)
    assert same is not None
    assert (same.value, same.p) == (0.0, 1.0)


def test_too_few_say_nothing() -> None:
    """Below thirty comments or five authors in a group there is no test."""
    assert permutation_test(_split([1.0] * 40, [1] * 40, [True] * 29 + [False] * 11), 99, seed=1) is None
    assert permutation_test(_split([9.0] * 14, [10] * 14, [True] * 10 + [False] * 4), 99, seed=1) is None


def test_false_alarms_are_as_rare_as_stated() -> None:
    """Of 400 worlds in which loud authors were dealt blindly about 5 % have p <= 0.05, not more than 8 %."""
    alarms = 0
    for seed in range(400):
        chance = np.random.default_rng(seed)
        sizes = np.minimum(chance.zipf(1.7, 80), 200)
        totals = chance.binomial(sizes, chance.beta(0.5, 2, 80))
        in_a = chance.random(80) < 0.4
        found = permutation_test(_split(totals.tolist(), sizes.tolist(), in_a.tolist()), 199, seed=seed)
        alarms += found is not None and found.p <= 0.05
    assert 8 <= alarms <= 32
