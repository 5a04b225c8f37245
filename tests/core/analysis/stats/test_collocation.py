"""Collocation: printed reference values, and a second implementation in plain Python."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.analysis.stats import collocation


def _one(*counts: float) -> list[np.ndarray[tuple[int], np.dtype[np.float64]]]:
    return [np.array([count]) for count in counts]


def test_values_of_a_small_text() -> None:
    """Pairs of a text of 13 have the printed G2, t and PMI, such as 16.048286 for 4 in 4 and 4."""
    assert collocation.g2(*_one(4, 4, 4), 13)[0] == pytest.approx(16.048286, abs=5e-7)
    assert collocation.t_score(*_one(4, 4, 4), 13)[0] == pytest.approx(1.384615, abs=5e-7)
    assert collocation.g2(*_one(2, 4, 2), 13)[0] == pytest.approx(5.617221, abs=5e-7)
    assert collocation.t_score(*_one(2, 4, 2), 13)[0] == pytest.approx(0.979071, abs=5e-7)
    assert collocation.g2(*_one(1, 1, 1), 13)[0] == pytest.approx(7.050924, abs=5e-7)
    assert collocation.pmi(*_one(1, 1, 1), 13)[0] == pytest.approx(3.700440, abs=5e-7)
    assert collocation.pmi(*_one(1, 2, 1), 13)[0] == pytest.approx(2.700440, abs=5e-7)


def test_npmi_of_known_probabilities() -> None:
    """p(x) = 0.2, p(y) = 0.1 and p(xy) = 0.05 give 0.305865; always and never together give 1 and -1."""
    assert collocation.npmi(*_one(5, 20, 10), 100)[0] == pytest.approx(0.305865, abs=5e-7)
    found = collocation.npmi(np.array([7, 0, 9]), np.array([7, 4, 9]), np.array([7, 5, 9]), 9)
    assert found == pytest.approx([1.0, -1.0, 1.0])


def test_log_dice_tops_at_14() -> None:
    """Two words that only occur together have 14, and each halving of the share takes one."""
    found = collocation.log_dice(np.array([8, 4]), np.array([8, 8]), np.array([8, 8]))
    assert found == pytest.approx([14.0, 13.0])


def test_a_pair_that_never_occurs() -> None:
    """PMI and logDice are minus infinity and t has no value; nothing is divided by zero aloud."""
    none = _one(0, 3, 4)
    assert collocation.pmi(*none, 20)[0] == -math.inf
    assert collocation.log_dice(*none)[0] == -math.inf
    assert math.isnan(collocation.t_score(*none, 20)[0])
    assert collocation.g2(*none, 20)[0] > 0


def test_measures_agree_with_their_formulas() -> None:
    """On random tables each agrees with a plain loop to 1e-9."""
    chance = np.random.default_rng(9)
    pair = chance.integers(1, 30, 200)
    first, second = pair + chance.integers(0, 50, 200), pair + chance.integers(0, 50, 200)
    total = 400
    found = (
        collocation.g2(pair, first, second, total),
        collocation.pmi(pair, first, second, total),
        collocation.npmi(pair, first, second, total),
        collocation.log_dice(pair, first, second),
        collocation.t_score(pair, first, second, total),
    )
    for at, (xy, x, y) in enumerate(zip(pair.tolist(), first.tolist(), second.tolist(), strict=True)):
        cells = [
            (xy, x * y),
            (x - xy, x * (total - y)),
            (y - xy, (total - x) * y),
            (total - x - y + xy, (total - x) * (total - y)),
        ]
        g2 = 2 * sum(seen * math.log(seen * total / product) for seen, product in cells if seen)
        pmi = math.log2(xy * total / (x * y))
        plain = (
            g2,
            pmi,
            pmi / -math.log2(xy / total),
            14 + math.log2(2 * xy / (x + y)),
            (xy - x * y / total) / math.sqrt(xy),
        )
        assert [each[at] for each in found] == pytest.approx(plain, rel=1e-9, abs=1e-9)
