"""Weights of their own for the words of labelled comments: the model's as a prior, the labels as evidence.

The change of the weights maximises the likelihood of the labels under a Gaussian prior around the model that
was there (C. Chelba, A. Acero, Computer Speech and Language 20, 2006, 382-399). Scores of labelled texts by
changes that never saw them calibrate what comes out, since the ones it learned from flatter it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
from scipy import optimize, special

from core.storage import reads_texts
from core.storage.store import Store
from core.text.arrays import encoded, flattened, lengths, whole
from core.text.hashed import slots
from core.text.patterns import PATTERNS
from core.text.probabilities import Calibration
from core.text.scoring import Model
from core.text.words import studied

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Codes: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

TIGHTNESS: Final = 1.0
"""How strongly weights are held where they were: the inverse variance of the prior."""
FOLDS: Final = 5
STEPS: Final = 200
TINY: Final = 1e-10


@dataclass(frozen=True, slots=True)
class Examples:
    """Labelled comments as the model sees them: a row of `features` each, columns the numbers in `slots`.

    `scores` are what the model gives them, columns as SCORES.
    """

    features: Numbers
    slots: Codes
    scores: Numbers


def examples(store: Store, model: Model, keys: list[str]) -> tuple[Examples, list[str]]:
    """Return comments as the model sees them, and their keys in the order of the rows."""
    parts = [key.rpartition(":") for key in keys]
    wanted = pa.table(
        {
            "source": pa.array([source for source, _, _ in parts], pa.string()),
            "comment_id": pa.array([int(number) for _, _, number in parts], pa.int64()),
            "is_again": pa.array([False] * len(parts), pa.bool_()),
        }
    )
    rows = reads_texts.cleaned(store, wanted, PATTERNS)
    lists = whole(rows["units"])
    units, distinct = encoded(flattened(lists))
    known = studied(distinct)
    seen = _slots_of(known)
    spoken: list[list[str]] = lists.to_pylist()  # type: ignore[assignment]  # lists without nulls
    moods, toxic = model.scores(spoken, known)
    ends = np.concatenate([[0], np.cumsum(lengths(lists))]).astype(np.int64)
    per_row = [
        np.concatenate([seen[unit] for unit in units[start:end]] or [np.zeros(0, dtype=np.int64)])
        for start, end in pairwise(ends)
    ]
    every = np.unique(np.concatenate(per_row)).astype(np.int64)
    features = np.zeros((len(per_row), len(every)))
    for row, found in enumerate(per_row):
        np.add.at(features[row], np.searchsorted(every, found), 1 / np.sqrt(len(found) + 1))
    named = zip(rows["source"].to_pylist(), rows["comment_id"].to_pylist(), strict=True)
    return Examples(features, every, np.column_stack([moods, toxic])), [
        f"{source}:{number}" for source, number in named
    ]


def _slots_of(known: pa.Table) -> list[Codes]:
    """Return the features of each distinct unit."""
    found: list[Codes] = [np.zeros(0, dtype=np.int64)] * known.num_rows
    for rows, numbers in slots(known):
        for row, each in zip(rows, numbers, strict=True):
            found[int(row)] = each[each > 0].astype(np.int64)
    return found


def changed(
    told: Examples, scores: Numbers, codes: Codes, weights: Numbers, maps: tuple[Numbers, Numbers]
) -> Numbers:
    """Return what to add to the weights of the features (rows) of each score (columns).

    `scores` are what the model gives now; `maps` turn scores into logits, a row per class, and its offsets.
    """
    duals = _solved(told.features @ told.features.T, scores, codes, weights, maps)
    return np.asarray(told.features.T @ duals, dtype=float)


def out_of_fold_scores(
    told: Examples,
    scores: Numbers,
    codes: Codes,
    weights: Numbers,
    maps: tuple[Numbers, Numbers],
    *,
    seed: int,
) -> Numbers:
    """Return the scores of each comment by weights that were changed by the others alone."""
    folds = np.random.default_rng(seed).permutation(len(codes)) % FOLDS
    alike, found = told.features @ told.features.T, scores.copy()
    for fold in range(FOLDS):
        kept, rest = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        duals = _solved(alike[np.ix_(kept, kept)], scores[kept], codes[kept], weights[kept], maps)
        found[rest] += alike[np.ix_(rest, kept)] @ duals
    return found


def maps_of(calibration: Calibration, *, is_toxicity: bool) -> tuple[Numbers, Numbers]:
    """Return how scores become logits of classes: of not toxic and toxic, or of the three moods."""
    if is_toxicity:
        slope, offset = calibration.toxicity_map
        return np.array([[0.0], [slope]]), np.array([0.0, offset])
    return np.asarray(calibration.sentiment_map), np.asarray(calibration.sentiment_offset)


def with_change(model: Model, told: Examples, change: Numbers, columns: list[int]) -> Model:
    """Return the model with changed weights of some scores, by their places in SCORES."""
    table = model.table.copy()
    for place, column in enumerate(columns):
        table[told.slots, column] += change[:, place].astype(np.float32)
    return replace(model, table=table, source=None)


def _solved(
    alike: Numbers, scores: Numbers, codes: Codes, weights: Numbers, maps: tuple[Numbers, Numbers]
) -> Numbers:
    """Return how much of each comment's features to add to the weights of each score.

    The best change is such a sum of comments (G. Kimeldorf, G. Wahba, Journal of Mathematical Analysis and
    Applications 33, 1971, 82-95), so `alike`, the products of their features, is all that matters.
    """
    matrix, offset = maps
    truth = np.eye(len(matrix))[codes]
    size, vectors = np.linalg.eigh(alike)
    roots = np.sqrt(np.maximum(size, TINY))
    axes, shape = vectors * roots, scores.shape

    def loss(flat: Numbers) -> tuple[float, Numbers]:
        along = flat.reshape(shape)
        mapped = (scores + axes @ along) @ matrix.T + offset
        total = special.logsumexp(mapped, axis=1)
        value = float((weights * (total - (mapped * truth).sum(axis=1))).sum())
        errors = weights[:, None] * (np.exp(mapped - total[:, None]) - truth)
        slope = axes.T @ (errors @ matrix) + TIGHTNESS * along
        return value + TIGHTNESS / 2 * float((flat**2).sum()), slope.ravel()

    found = optimize.minimize(
        loss, np.zeros(scores.size), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}
    )
    return np.asarray((vectors / roots) @ found.x.reshape(shape), dtype=float)
