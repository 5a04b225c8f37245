"""Topics by non-negative matrix factorisation, and the place of any text among them.

Lee & Seung 1999, Nature 401, 788-791: texts x lemmas is about weights x components, nothing negative. The
fit is scikit-learn's coordinate descent from "nndsvda" (Boutsidis & Gallopoulos 2008, Pattern Recognition
41(4)), which starts alike every time. Weights of texts for given components solve a least-squares problem
per text, here with as many sweeps for every text, so that what a text gets does not depend on the texts
beside it.
"""

from __future__ import annotations

import warnings
from typing import Any, Final, Literal

import numpy as np
from scipy import sparse

from core.analysis.themes.documents import Ids, Numbers

Start = Literal["nndsvda", "random"]

MOST_ROUNDS: Final = 200
TOLERANCE: Final = 1e-3
SWEEPS: Final = 12
"""By then no weight of 50,000 real texts moved by 1e-12."""
LEAST_WEIGHT: Final = 0.1
LEAST_SHARE: Final = 0.5


def components(matrix: sparse.csr_array, topics: int, seed: int, start: Start = "nndsvda") -> Numbers:
    """Return the topics x lemmas weights of the factorisation, each row of length 1 (0: an empty topic)."""
    # Loading it takes seconds, and only the process that fits needs it.
    from sklearn.decomposition import NMF  # noqa: PLC0415
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415

    model = NMF(topics, init=start, random_state=seed, max_iter=MOST_ROUNDS, tol=TOLERANCE)
    with warnings.catch_warnings():
        # Enough rounds are enough: how steady the topics are is measured, not taken from the last digits.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(sparse.csr_matrix(matrix))
    found: Numbers = model.components_.astype(np.float64)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    scaled: Numbers = np.divide(found, lengths, out=np.zeros_like(found), where=lengths > 0)
    return scaled


def weights(matrix: sparse.csr_array, made: Numbers, sweeps: int = SWEEPS) -> Numbers:
    """Return the texts x topics weights that rebuild each text best from these components.

    Cyclic coordinate descent of the non-negative least squares (Cichocki & Phan 2009, IEICE Transactions
    E92-A(3), 708-721).
    """
    together: Numbers = np.ascontiguousarray((matrix @ made.T).T)
    grams = made @ made.T
    found = np.zeros_like(together)
    used = np.flatnonzero(np.diag(grams) > 0)
    for _ in range(sweeps):
        for topic in used:
            slope = together[topic] - grams[topic] @ found
            found[topic] = np.maximum(0.0, found[topic] + slope / grams[topic, topic])
    return found.T


def assigned(
    found: Numbers, least_share: float = LEAST_SHARE, least_weight: float = LEAST_WEIGHT
) -> tuple[Ids, Numbers]:
    """Return the topic of each text, from 1, and the share of its weight that this topic has.

    Topic 0 is a text that belongs to none: what the topics say of it is too little or too divided.
    """
    total = found.sum(axis=1)
    best = found.argmax(axis=1) if found.shape[1] else np.zeros(len(found), dtype=np.int64)
    weight = found.max(axis=1, initial=0.0)
    share = np.divide(weight, total, out=np.zeros(len(found)), where=total > 0)
    belongs = (weight >= least_weight) & (share >= least_share)
    return np.where(belongs, best + 1, 0).astype(np.int64), share


def top_words(made: Numbers, most: int) -> list[list[int]]:
    """Return for each topic the positions of its heaviest lemmas, the heaviest first; none without weight."""
    tops: list[list[int]] = []
    for row in made:
        order: np.ndarray[Any, Any] = np.argsort(-row, kind="stable")[:most]
        tops.append([int(place) for place in order if row[place] > 0])
    return tops
