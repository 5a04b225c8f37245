"""Krippendorff's alpha: the published example, a second implementation, and an oracle."""

from __future__ import annotations

import itertools

import krippendorff
import numpy as np
import pytest

from core.analysis.stats.reliability import MISSING, alpha, alpha_interval

# Krippendorff 2011, section C: four observers, twelve units, values 1 to 5.
PUBLISHED = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""


def _published() -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    rows = [
        [MISSING if value == "." else int(value) for value in row.split()] for row in PUBLISHED.split("\n")
    ]
    return np.array([row for row in rows if row], dtype=np.int64).T


def _plain_alpha(codes: list[list[int]]) -> float:
    """Return alpha by the coincidence matrix, one ordered pair of values at a time."""
    coincidences: dict[tuple[int, int], float] = {}
    for unit in codes:
        values = [value for value in unit if value != MISSING]
        for a, b in itertools.permutations(range(len(values)), 2):
            key = values[a], values[b]
            coincidences[key] = coincidences.get(key, 0.0) + 1 / (len(values) - 1)
    of_class: dict[int, float] = {}
    for (a, _), often in coincidences.items():
        of_class[a] = of_class.get(a, 0.0) + often
    n = sum(of_class.values())
    observed = sum(often for (a, b), often in coincidences.items() if a != b)
    expected = sum(of_class[a] * of_class[b] for a, b in itertools.permutations(of_class, 2))
    return 1 - (n - 1) * observed / expected


def _coded(units: int, seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Return three coders who say the truth in seven of ten comments and skip one in five."""
    chance = np.random.default_rng(seed)
    truth = chance.integers(0, 3, (units, 1))
    codes = np.where(chance.random((units, 3)) < 0.7, truth, chance.integers(0, 3, (units, 3)))
    return np.where(chance.random((units, 3)) < 0.2, MISSING, codes)


def test_the_published_example() -> None:
    """Four observers with missing values agree with alpha 0.743."""
    assert alpha(_published()) == pytest.approx(0.743, abs=5e-4)


def test_alpha_is_that_of_the_coincidence_matrix() -> None:
    """On random tables with missing values it agrees with a plain loop to 1e-9."""
    for seed in range(20):
        codes = _coded(60, seed)
        assert alpha(codes) == pytest.approx(_plain_alpha(codes.tolist()), rel=1e-9, abs=1e-9)
        seen = np.where(codes == MISSING, np.nan, codes.astype(float)).T
        oracle = krippendorff.alpha(reliability_data=seen, level_of_measurement="nominal")
        assert alpha(codes) == pytest.approx(oracle, rel=1e-9, abs=1e-9)


def test_without_variation_there_is_no_alpha() -> None:
    """Nothing coded twice, or one value throughout, has no alpha instead of a perfect one."""
    assert alpha(np.array([[0, MISSING], [MISSING, 1]])) is None
    assert alpha(np.zeros((40, 2), dtype=np.int64)) is None
    assert alpha(np.zeros((0, 2), dtype=np.int64)) is None


def test_the_interval_is_seeded_and_needs_thirty() -> None:
    """The same seed gives the same ends around alpha; fewer than thirty comments seen by two give none."""
    codes = _coded(80, 1)
    found = alpha_interval(codes, 500, seed=4)
    assert found is not None
    assert found == alpha_interval(codes, 500, seed=4)
    assert found.low < found.value < found.high
    assert found.n == int(((codes != MISSING).sum(axis=1) >= 2).sum())
    assert alpha_interval(codes[:20], 500, seed=4) is None
