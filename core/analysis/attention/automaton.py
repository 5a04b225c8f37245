"""Periods that stand out: those with a high robust z, or those in the high state of an automaton."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy.special import ndtri

from core.analysis.attention.levels import Counts, Numbers

Flags = np.ndarray[Any, np.dtype[np.bool_]]


def threshold(periods: int, false_alarms: float) -> float:
    """Return the z above which so many of `periods` normal values are expected together (Bonferroni)."""
    return float(-ndtri(min(0.5, false_alarms / max(periods, 1))))


def high_states(counts: Counts, level: Numbers, scaling: float, scale: float, false_alarms: float) -> Flags:
    """Tell in which periods the cheapest path of an automaton is in the state of `scaling` times the level.

    J. Kleinberg, "Bursty and hierarchical structure in streams", Data Mining and Knowledge Discovery 7
    (2003) 373-397, section 2 (KDD 2002), with Poisson counts per period of a varying level in place of gaps,
    costs divided by the squared dispersion. Entering the high state costs ln(periods / false_alarms): the
    likelihood ratio of a Poisson null reaches that after a given start with probability at most false_alarms
    / periods (J. Ville 1939), so that at most `false_alarms` bursts are expected in it.
    """
    gains = (counts * math.log(scaling) - level * (scaling - 1)) / scale**2
    return _cheapest(gains, math.log(max(len(counts), 1) / false_alarms))


def runs(flags: Flags) -> tuple[Counts, Counts]:
    """Return the first positions of the runs of true values, and the positions after their last ones."""
    steps = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    return np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)


def _cheapest(gains: Numbers, entry: float) -> Flags:
    """Return where the best path is high; only the difference of the two states' gains matters (Viterbi)."""
    entered = np.zeros(len(gains), dtype=bool)
    left = np.zeros(len(gains), dtype=bool)
    ahead = -entry
    for place, gain in enumerate(gains.tolist()):
        # `ahead` is the gain of being high less that of being low, before this period.
        left[place] = ahead > 0
        entered[place] = ahead <= -entry
        ahead = min(max(ahead, -entry), 0.0) + gain
    return _followed(entered, left, is_high=ahead > 0)


def _followed(entered: Flags, left: Flags, *, is_high: bool) -> Flags:
    """Walk the best path back from its last state."""
    path = np.zeros(len(entered), dtype=bool)
    for place in range(len(entered) - 1, -1, -1):
        path[place] = is_high
        is_high = not entered[place] if is_high else bool(left[place])
    return path
