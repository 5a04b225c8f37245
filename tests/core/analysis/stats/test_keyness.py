"""Keyness: printed reference values, and a second implementation in plain Python."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats as oracle

from core.analysis.stats import keyness

A, B = np.array([10, 5, 1]), np.array([4, 6, 10])


def _plain_g2(a: int, b: int, total_a: int, total_b: int, *, four: bool) -> float:
    """Return signed G2 as a sum over the cells of the table."""
    both = total_a + total_b
    cells = [(a, (a + b) * total_a / both), (b, (a + b) * total_b / both)]
    if four:
        others = both - a - b
        cells += [(total_a - a, others * total_a / both), (total_b - b, others * total_b / both)]
    value = 2 * sum(seen * math.log(seen / expected) for seen, expected in cells if seen)
    return value if a / total_a >= b / total_b else -value


def test_two_cells_are_those_of_the_ucrel_wizard() -> None:
    """Two cells of 120 in 10,000 against 60 in 12,000 give 32.820962."""
    assert keyness.g2_two_cells(np.array([120]), np.array([60]), 10_000, 12_000)[0] == pytest.approx(
        32.820962, abs=5e-7
    )


def test_four_cells_count_the_other_words_too() -> None:
    """All four cells of the same table give 33.090498, and 7 of 10 against 2 of 9 give 4.534939."""
    assert keyness.g2(np.array([120]), np.array([60]), 10_000, 12_000)[0] == pytest.approx(
        33.090498, abs=5e-7
    )
    assert keyness.g2(np.array([7]), np.array([2]), 10, 9)[0] == pytest.approx(4.534939, abs=5e-7)


def test_a_word_that_one_side_lacks_has_a_g2() -> None:
    """A count of zero adds nothing: 0 against 3 in 33 and 36 is 3.903525, on the side of B."""
    found = keyness.g2_two_cells(np.array([0, 3]), np.array([3, 3]), 33, 36)
    assert found == pytest.approx([-3.903525, 0.011353], abs=5e-7)


def test_words_of_the_toy_lean_to_their_side() -> None:
    """G2 is positive for words of A and negative for words of B."""
    found = keyness.g2_two_cells(A, B, 16, 20)
    assert found == pytest.approx([4.169349, 0.004539, -6.675600], abs=5e-7)


@pytest.mark.parametrize("four", [True, False])
def test_g2_is_the_sum_over_cells(four: bool) -> None:
    """On random tables, zeros and whole corpora included, both agree with a plain loop to 1e-9."""
    chance = np.random.default_rng(3)
    a, b = chance.integers(0, 40, 300), chance.integers(0, 40, 300)
    a[:3], b[:3] = [0, 50, 50], [0, 0, 70]
    measure = keyness.g2 if four else keyness.g2_two_cells
    plain = [_plain_g2(int(x), int(y), 50, 70, four=four) for x, y in zip(a, b, strict=True)]
    assert measure(a, b, 50, 70) == pytest.approx(plain, rel=1e-9, abs=1e-9)


def test_log_ratio_is_in_doublings() -> None:
    """120 in 10,000 is 1.263034 doublings of 60 in 12,000; a count of zero is taken as a half."""
    assert keyness.log_ratio(np.array([120]), np.array([60]), 10_000, 12_000)[0] == pytest.approx(
        1.263034, abs=5e-7
    )
    assert keyness.log_ratio(np.array([0]), np.array([4]), 100, 100)[0] == pytest.approx(-3.0)


def test_p_value_is_chi_squared() -> None:
    """The p-value of G2 is the upper tail of chi-squared with one degree of freedom, whatever the sign."""
    values = np.array([0.0, 3.841459, -10.83, 33.0])
    assert keyness.p_value(values) == pytest.approx(oracle.chi2.sf(np.abs(values), 1), rel=1e-9)


def test_log_odds_with_the_pooled_prior() -> None:
    """With the pooled counts as prior the toy has the deltas, variances and z-scores of the reference."""
    found = keyness.log_odds(A, B, A + B)
    assert found.delta == pytest.approx([0.593064, 0.019418, -0.693147], abs=5e-7)
    assert found.variance == pytest.approx([0.097222, 0.121324, 0.130952], abs=5e-7)
    assert found.z == pytest.approx([1.902035, 0.055749, -1.915441], abs=5e-7)


def test_log_odds_with_a_flat_prior() -> None:
    """A hundredth per word leaves the words' own odds: z of 3.203986, 0.097169 and -2.584632."""
    found = keyness.log_odds(A, B, np.full(3, 0.01))
    assert found.z == pytest.approx([3.203986, 0.097169, -2.584632], abs=5e-7)


def test_log_odds_agree_with_equations_16_20_and_22() -> None:
    """On random counts, with the prior scaled to 500, they agree with a plain loop to 1e-9."""
    chance = np.random.default_rng(5)
    a, b, pooled = (chance.integers(0, 30, 200) for _ in range(3))
    found = keyness.log_odds(a, b, pooled + 1, prior_total=500)
    prior = [float(each) * 500 / float((pooled + 1).sum()) for each in pooled + 1]
    for word in range(200):
        odds = [
            math.log((counts[word] + prior[word]) / (counts.sum() + 500 - counts[word] - prior[word]))
            for counts in (a, b)
        ]
        variance = 1 / (a[word] + prior[word]) + 1 / (b[word] + prior[word])
        assert found.delta[word] == pytest.approx(odds[0] - odds[1], rel=1e-9, abs=1e-9)
        assert found.z[word] == pytest.approx((odds[0] - odds[1]) / math.sqrt(variance), rel=1e-9, abs=1e-9)
