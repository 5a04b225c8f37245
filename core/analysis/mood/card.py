"""The card of the model on the reader's own data: how right it is, how sure it may be, whether labels help.

Figures weigh each coded text by how many comments it stands for. Calibration error: M. P. Naeini, G. F.
Cooper, M. Hauskrecht, AAAI 2015, 2901-2907, over equally many comments per bin. Whether recalibration helps
is told by the logarithmic score of texts by maps that never saw them (cross-validation), with the t interval
of the difference.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import pandas as pd

from core.analysis.mood.judged import (
    CLASSES,
    Codes,
    Judged,
    by_coder,
    coded_of,
    codings,
    one_each,
    weights_of,
)
from core.analysis.stats.classification import ClassScore, confusion, macro_f1, scores
from core.analysis.stats.coded import Coded
from core.analysis.stats.intervals import MIN_N, Estimate, Numbers, t_quantile
from core.analysis.stats.reliability import alpha_interval
from core.query import Query
from core.storage.store import Store
from core.text.calibrating import CODES, own_calibration, standing
from core.text.fitting import out_of_fold, out_of_fold_toxicity
from core.text.learned import scores_of
from core.text.probabilities import Calibration, probabilities, toxicity

Verdict = Literal["helps", "harms", "unclear", "too_few"]
COVERAGES: Final = (1.0, 0.8, 0.6, 0.5)
BINS: Final = 5
RESAMPLES: Final = 2000
TINY: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Quality:
    """How good probabilities are: accuracy of the surest shares of comments, macro-F1, errors of calibration.

    `accuracy` is by coverage; `log_loss` the mean surprise of the truth, in nats.
    """

    accuracy: dict[float, float]
    macro_f1: float
    ece: float
    log_loss: float


@dataclass(frozen=True, slots=True)
class Gain:
    """Probabilities by the model's own map and by maps fitted to the other labels; `verdict` compares them.

    `difference` is by how much the surprise falls, with its 95 % interval.
    """

    before: Quality
    after: Quality
    difference: Estimate
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Card:
    """What coding says of the model; figures are None where too few texts are coded to say.

    `confusion` has a row per true class and a column per class the model says, in comments they stand for.
    `macro_f1` takes the likeliest class even where the model abstains. `labels` are the texts that the
    standing calibration was learned from, 0 for the model's own.
    """

    name: Judged
    sample_id: str
    coded: int
    least: int
    classes: tuple[str, ...]
    scores: tuple[ClassScore, ...]
    confusion: Numbers
    macro_f1: Estimate | None
    alpha: Estimate | None
    coders: int
    gain: Gain | None
    labels: int

    @property
    def verdict(self) -> Verdict:
        """Tell whether recalibrating on these labels helps."""
        return "too_few" if self.gain is None else self.gain.verdict


def card(store: Store, name: Judged, sample_id: str | None = None, seed: int = 1) -> Card:
    """Return the card of a sample, by default of the stratified one in which most texts are coded."""
    every = codings(store, Query(), name)
    chosen = _largest(every) if sample_id is None else sample_id
    given = every[every["sample_id"] == chosen]
    told = one_each(given, name)
    coded, now = coded_of(told, name), standing(store)
    is_enough = len(told) >= MIN_N
    learned = told[told["code"] < len(CODES[name])].reset_index(drop=True)
    gain = None
    if len(learned) >= MIN_N and learned["code"].nunique() > 1:
        gain = _gain(name, learned, own_calibration(now.model), seed)
    classes, forced = CLASSES[name], _forced(name, learned, now.calibration)
    return Card(
        name=name,
        sample_id=chosen,
        coded=len(told),
        least=MIN_N,
        classes=classes,
        scores=scores(coded, len(classes)) if is_enough else (),
        confusion=confusion(coded, len(classes)),
        macro_f1=macro_f1(forced, len(CODES[name]), RESAMPLES, seed),
        alpha=alpha_interval(by_coder(given, name), RESAMPLES, seed),
        coders=int(given["coder"].nunique()),
        gain=gain,
        labels=now.labels.get(name, 0),
    )


def _largest(every: pd.DataFrame) -> str:
    """Return the sample in which most texts are coded, the empty text where none is."""
    sizes = every.groupby("sample_id")["place"].nunique()
    return str(sizes.idxmax()) if len(sizes) else ""


def _forced(name: Judged, learned: pd.DataFrame, calibration: Calibration) -> Coded:
    """Return coded texts with the likeliest class even where the model abstains."""
    shares = _shares(name, learned, calibration)
    return replace(coded_of(learned, name), predicted=shares.argmax(axis=1).astype(np.int64))


def _shares(name: Judged, told: pd.DataFrame, calibration: Calibration) -> Numbers:
    """Return the probability of each class, a row per text."""
    values = scores_of(name, told)
    return _both(toxicity(values, calibration)) if name == "toxicity" else probabilities(values, calibration)


def _both(toxic: Numbers) -> Numbers:
    return np.column_stack([1 - toxic, toxic])


def _gain(name: Judged, learned: pd.DataFrame, start: Calibration, seed: int) -> Gain:
    coded = coded_of(learned, name)
    values, codes, weights = scores_of(name, learned), coded.true, weights_of(coded)
    before = _shares(name, learned, start)
    if name == "toxicity":
        after = _both(out_of_fold_toxicity(values, codes, weights, start, seed))
    else:
        after = out_of_fold(values, codes, weights, start, seed)
    fallen = surprise(before, codes) - surprise(after, codes)
    difference = _weighted_mean(fallen, weights)
    verdict: Verdict = "helps" if difference.low > 0 else "harms" if difference.high < 0 else "unclear"
    return Gain(quality(before, codes, weights), quality(after, codes, weights), difference, verdict)


def quality(shares: Numbers, codes: Codes, weights: Numbers) -> Quality:
    """Return how good the probabilities of classes are, a row of them per text of a known class."""
    sure, is_right = shares.max(axis=1), shares.argmax(axis=1) == codes
    order = np.argsort(-sure, kind="stable")
    covered = np.cumsum(weights[order]) / weights.sum()
    accuracy = {}
    for coverage in COVERAGES:
        rows = order[: int(np.searchsorted(covered, coverage - 1e-9)) + 1]
        accuracy[coverage] = float(np.average(is_right[rows], weights=weights[rows]))
    bins = np.minimum((covered * BINS - 1e-9).astype(int), BINS - 1)
    ece = 0.0
    for each in np.unique(bins):
        rows = order[bins == each]
        gap = np.average(is_right[rows], weights=weights[rows]) - np.average(
            sure[rows], weights=weights[rows]
        )
        ece += abs(float(gap)) * float(weights[rows].sum() / weights.sum())
    return Quality(
        accuracy,
        _macro_f1(shares.argmax(axis=1), codes, weights),
        ece,
        float(np.average(surprise(shares, codes), weights=weights)),
    )


def surprise(shares: Numbers, codes: Codes) -> Numbers:
    """Return minus the logarithm of the probability that the true class was given."""
    return np.asarray(-np.log(np.maximum(shares[np.arange(len(codes)), codes], TINY)), dtype=float)


def _macro_f1(said: Codes, codes: Codes, weights: Numbers) -> float:
    found = []
    for each in np.unique(codes):
        hits = float(weights[(said == each) & (codes == each)].sum())
        found.append(2 * hits / float(weights[said == each].sum() + weights[codes == each].sum()))
    return float(np.mean(found))


def _weighted_mean(values: Numbers, weights: Numbers) -> Estimate:
    """Return a weighted mean with its t interval, linearised."""
    size = len(values)
    value = float(np.average(values, weights=weights))
    error = float(np.sqrt(((weights * (values - value)) ** 2).sum() * size / (size - 1))) / float(
        weights.sum()
    )
    half = t_quantile(size - 1) * error
    return Estimate(value, value - half, value + half, size)
