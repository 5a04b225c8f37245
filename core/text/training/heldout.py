"""Scores of texts that a model was not trained on: one corpus, or one community, left out at a time.

D. Arp et al., "Dos and don'ts of machine learning in computer security", USENIX Security 2022, on why figures
from random splits flatter. Copies of held-out texts are left out of training too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from scipy import optimize, special

from core.text.training.corpora import MOOD_CORPORA, NEGATIVE, POSITIVE
from core.text.training.measures import Quality, quality
from core.text.training.recipe import Pool, mood_model, rude_model
from core.text.training.spotcheck import EARLIER, LATER, digest, labels

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Integers: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

CHECKS: Final = {"vk, earlier": EARLIER, "vk, later": LATER}
TWO_SIDED: Final = "xed"
"""The corpus without neutral texts: it is scored a second time between the other two moods alone."""
SIDES: Final = (NEGATIVE, POSITIVE)
RIGHT_ENOUGH: Final = 0.7
THRESHOLDS: Final = np.round(np.arange(0.34, 0.9, 0.01), 2)


@dataclass(frozen=True, slots=True)
class Held:
    """Raw scores of texts and their labels: `rows` are the texts' places in the pool's design."""

    rows: Integers
    scores: Numbers
    labels: Integers


def held_moods(pool: Pool) -> dict[str, Held]:
    """Return scores of every corpus of moods, and of the judged comments of VK, by models without them."""
    corpora = np.array([each.corpus for each in pool.examples])
    told = np.array([each.label for each in pool.examples])
    found = {}
    for corpus in MOOD_CORPORA:
        rows = np.flatnonzero(corpora == corpus)
        scores = mood_model(pool, without=corpus).scores(pool.design.rows(rows))
        found[corpus] = Held(rows, scores, told[rows])
    return found | _judged(pool)


def held_rude(pool: Pool) -> dict[str, Held]:
    """Return log-odds of toxicity of every community, by models that never saw it."""
    found = {}
    for community, places in communities(pool).items():
        rows = pool.comments[places]
        scores = rude_model(pool, without=community).scores(pool.design.rows(rows))
        told = np.array([pool.rude[place].label for place in places])
        found[community] = Held(rows, scores[:, 1] - scores[:, 0], told)
    return found


def communities(pool: Pool) -> dict[str, Integers]:
    """Return the places of each community's comments among those of VK."""
    names = np.array([each.corpus for each in pool.rude])
    return {str(name): np.flatnonzero(names == name) for name in np.unique(names)}


def _judged(pool: Pool) -> dict[str, Held]:
    """Return scores of the judged comments of VK that are here, by models without their community."""
    scores = np.zeros((len(pool.rude), 3))
    for community, places in communities(pool).items():
        model = mood_model(pool, without=community)
        scores[places] = model.scores(pool.design.rows(pool.comments[places]))
    digests = [digest(each.key) for each in pool.rude]
    found = {}
    for name, check in CHECKS.items():
        told = labels(check)
        places = np.array([place for place, each in enumerate(digests) if each in told], dtype=np.int64)
        moods = np.array([told[digests[place]] for place in places], dtype=np.int64)
        if len(places):
            found[name] = Held(pool.comments[places], scores[places], moods)
    return found


def temperature(held: Mapping[str, Held]) -> float:
    """Return by what scores are multiplied before the softmax, the same for all, so that they are calibrated.

    One number, fitted on held-out scores of which each corpus has the same say, the judged comments together
    too: C. Guo et al., "On calibration of modern neural networks", ICML 2017, section 4.2. More parameters
    fitted these corpora and not the next one. XED has no neutral texts and no say.
    """
    sets = [[each] for name, each in held.items() if name not in {TWO_SIDED, *CHECKS}]
    judged = [each for name, each in held.items() if name in CHECKS]
    sets += [judged] if judged else []
    scores = [np.vstack([each.scores for each in parts]) for parts in sets]
    told = [np.concatenate([each.labels for each in parts]) for parts in sets]

    def loss(factor: float) -> float:
        losses = [_log_loss(factor * rows, labels) for rows, labels in zip(scores, told, strict=True)]
        return float(np.mean(losses))

    return float(optimize.minimize_scalar(loss, bounds=(0.1, 5.0), method="bounded").x)


def _log_loss(scores: Numbers, told: Integers) -> float:
    chosen = scores[np.arange(len(told)), told]
    return float((special.logsumexp(scores, axis=1) - chosen).mean())


def platt(held: Mapping[str, Held]) -> tuple[float, float]:
    """Return slope and offset of the line from log-odds to calibrated ones (Platt 1999)."""
    scores = np.concatenate([each.scores for each in held.values()])
    told = np.concatenate([each.labels for each in held.values()])

    def loss(line: Numbers) -> float:
        mapped = line[0] * scores + line[1]
        return float((np.logaddexp(0, mapped) - told * mapped).mean())

    slope, offset = optimize.minimize(loss, np.array([1.0, 0.0]), method="BFGS").x
    return float(slope), float(offset)


def unsure_below(held: Mapping[str, Held], factor: float) -> float:
    """Return the lowest threshold from which RIGHT_ENOUGH of the labels are right, on each corpus."""
    asked = [held[name] for name in MOOD_CORPORA if name != TWO_SIDED]
    shares = [special.softmax(factor * each.scores, axis=1) for each in asked]
    for threshold in THRESHOLDS:
        rights = [
            _rightness(share, each.labels, threshold) for share, each in zip(shares, asked, strict=True)
        ]
        if min(rights) >= RIGHT_ENOUGH:
            return float(threshold)
    return float(THRESHOLDS[-1])


def _rightness(shares: Numbers, told: Integers, threshold: float) -> float:
    """Return the share of right labels among those that are given."""
    is_given = shares.max(axis=1) >= threshold
    return float((shares.argmax(axis=1) == told)[is_given].mean()) if is_given.any() else 1.0


def mood_quality(shares: Mapping[str, Numbers], held: Mapping[str, Held]) -> dict[str, Quality]:
    """Return the figures of probabilities of held-out moods, those of TWO_SIDED also between two alone."""
    found = {name: quality(share, held[name].labels) for name, share in shares.items()}
    sides = shares[TWO_SIDED][:, SIDES]
    told = np.searchsorted(SIDES, held[TWO_SIDED].labels)
    found[f"{TWO_SIDED}, two moods"] = quality(sides / sides.sum(axis=1, keepdims=True), told)
    return found


def rude_quality(held: Mapping[str, Held], line: tuple[float, float]) -> dict[str, Quality]:
    """Return the figures of held-out communities, and of all of them together."""
    slope, offset = line
    shares = {name: special.expit(slope * each.scores + offset) for name, each in held.items()}
    told = {name: each.labels for name, each in held.items()}
    shares["both"], told["both"] = (np.concatenate(list(each.values())) for each in (shares, told))
    return {name: quality(np.column_stack([1 - share, share]), told[name]) for name, share in shares.items()}
