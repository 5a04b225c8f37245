"""How far two sets are apart in one measure: both values, their difference, and its p-value."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.analysis.contrast.measures import Lengths, Pair, at
from core.analysis.stats import clustered
from core.analysis.stats.clusters import Codes, Sample
from core.analysis.stats.intervals import Estimate, Numbers, apart, normal_quantile
from core.analysis.stats.permutation import CELLS, TIE, PerAuthor, permutation_test

Told = Estimate | None


@dataclass(frozen=True, slots=True)
class Contrast:
    """A measure in both sets; what is None has too little to stand on."""

    name: str
    a: Told
    b: Told
    difference: Told
    p: float | None
    n_a: int
    n_b: int


def contrasted(pair: Pair, lengths: Lengths, resamples: int, seed: int) -> Contrast:
    """Return both values of a measure, their difference and the p-value of none."""
    if pair.kind == "share":
        a, b = clustered.share(pair.a), clustered.share(pair.b)
        difference = clustered.share_difference(pair.a, pair.b)
    elif pair.kind == "mean":
        a, b = clustered.mean(pair.a, 0.0), clustered.mean(pair.b, 0.0)
        difference = clustered.mean_difference(pair.a, pair.b, 0.0)
    else:
        a = _median(pair.a, lengths.words, lengths.in_a)
        b = _median(pair.b, lengths.words, lengths.in_b)
        difference = None if a is None or b is None else _median_difference(a, b)
    tested = permutation_test(_per_unit(pair), resamples, seed)
    p = None if tested is None else tested.p
    if pair.by_author is not None:
        of_a, of_b = pair.by_author
        scaled_a, scaled_b, scaled = (each / pair.scale for each in (of_a, of_b, of_a - of_b))
        a, b, difference = _wider(a, scaled_a, 0.0), _wider(b, scaled_b, 0.0), _wider(difference, scaled)
        p = None if p is None else max(p, sign_flips(of_a - of_b, resamples, seed))
    n_a, n_b = (round(float(each.sizes.sum()) / pair.scale) for each in (pair.a, pair.b))
    return Contrast(
        pair.name,
        _scaled(a, pair.scale),
        _scaled(b, pair.scale),
        _scaled(difference, pair.scale),
        p,
        n_a,
        n_b,
    )


def sign_flips(differences: Numbers, resamples: int, seed: int) -> float:
    """Return the two-sided p-value of differences that sum to 0 by chance: each may as well be turned round.

    R. A. Fisher, The Design of Experiments, 1935, section 21. Equal ones are drawn together.
    """
    kinds, often = np.unique(differences, return_counts=True)
    chance = np.random.default_rng(seed)
    found, hits = abs(float(differences.sum())), 0
    step = max(1, CELLS // max(1, len(kinds)))
    for start in range(0, resamples, step):
        kept = chance.binomial(often, 0.5, (min(step, resamples - start), len(kinds)))
        hits += int((np.abs((2 * kept - often) @ kinds) >= found * (1 - TIE)).sum())
    return (1 + hits) / (1 + resamples)


def _wider(found: Told, of_authors: Numbers, floor: float = -np.inf) -> Told:
    """Return an interval widened by the variance of a sum over authors who might as well be others."""
    if found is None:
        return None
    half = normal_quantile() * float(np.sqrt((of_authors**2).sum()))
    low = found.value - float(np.hypot(found.value - found.low, half))
    return replace(
        found, low=max(low, floor), high=found.value + float(np.hypot(found.high - found.value, half))
    )


def _median(sample: Sample, words: Numbers, often: Numbers) -> Told:
    """Return a median length by Woodruff's method, from the share of comments at or below it."""
    below = clustered.share(sample)
    if below is None:
        return None
    value = at(words, often, 0.5)
    low = at(words, often, max(0.0, 0.5 - (below.value - below.low)))
    high = at(words, often, min(1.0, 0.5 + (below.high - below.value)))
    return Estimate(value, min(low, value), max(high, value), below.n)


def _median_difference(a: Estimate, b: Estimate) -> Estimate:
    """Return the difference of two medians, taken to be independent."""
    low, high = apart(a, b, 0.0)
    return Estimate(a.value - b.value, low, high, a.n + b.n)


def _scaled(found: Told, scale: float) -> Told:
    if found is None:
        return None
    return replace(
        found,
        value=found.value * scale,
        low=found.low * scale,
        high=found.high * scale,
        n=round(found.n / scale),
    )


def _per_unit(pair: Pair) -> PerAuthor:
    """Return the sums of each unit in both sets; of the median those longer than the median of both."""
    totals_a, totals_b = pair.longer if pair.longer is not None else (pair.a.totals, pair.b.totals)
    codes, named = pd.factorize(np.concatenate([pair.units_a, pair.units_b]))
    of_a, of_b = codes[: len(pair.units_a)], codes[len(pair.units_a) :]

    def summed(of: Codes, values: Numbers) -> Numbers:
        return np.bincount(of, np.asarray(values, dtype=float), len(named)).astype(np.float64)

    return PerAuthor(
        summed(of_a, totals_a), summed(of_a, pair.a.sizes), summed(of_b, totals_b), summed(of_b, pair.b.sizes)
    )
