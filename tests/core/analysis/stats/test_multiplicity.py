"""Benjamini and Hochberg: against SciPy, against the step-up rule, and around missing values."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats as oracle

from core.analysis.stats.multiplicity import benjamini_hochberg


def test_adjusted_values_are_scipys() -> None:
    """On random p-values, ties and ends included, they agree with SciPy to 1e-9."""
    p_values = np.random.default_rng(1).random(500) ** 3
    p_values[:6] = [0.0, 0.0, 1.0, 1.0, 0.5, 0.5]
    assert benjamini_hochberg(p_values) == pytest.approx(oracle.false_discovery_control(p_values), rel=1e-9)


def test_what_is_rejected_is_what_the_step_up_rule_rejects() -> None:
    """At a rate of 5 % exactly those stand below it that lie at or before the last p_(i) <= i / m * 0.05."""
    p_values = np.random.default_rng(2).random(200) ** 4
    ordered = sorted(p_values.tolist())
    last = max((i for i, p in enumerate(ordered, 1) if p <= i / 200 * 0.05), default=0)
    assert int((benjamini_hochberg(p_values) <= 0.05).sum()) == last > 0


def test_missing_values_stay_and_do_not_count() -> None:
    """NaN stays NaN, and the others are adjusted as if it had not been asked; nothing gives nothing."""
    found = benjamini_hochberg(np.array([0.01, np.nan, 0.04]))
    assert found == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)
    assert len(benjamini_hochberg(np.array([]))) == 0
