"""How far to trust topics: whether another fit finds them again, and whether their words stand together.

Stability: Greene, O'Callaghan & Cunningham 2014, "How many topics? Stability analysis for topic models", ECML
PKDD, section 3: topics of two fits are matched one to one (Kuhn 1955) by the Jaccard similarity of their top
words. Coherence: Lau, Newman & Baldwin 2014, EACL, 530-539, the mean NPMI of pairs of top words (Bouma 2009),
by the texts in which both stand; a pair that never does counts -1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from core.analysis.stats.collocation import npmi
from core.analysis.themes.documents import Documents, Ids, Numbers, present

TOP: Final = 10
KEPT: Final = 0.9


def jaccard(left: Sequence[Sequence[int]], right: Sequence[Sequence[int]]) -> Numbers:
    """Return the Jaccard similarity of every set on the left with every one on the right, 0 of empty ones."""
    found = np.zeros((len(left), len(right)))
    for row, one in enumerate(left):
        for column, other in enumerate(right):
            together = len({*one} | {*other})
            found[row, column] = len({*one} & {*other}) / together if together else 0.0
    return found


def found_again(tops: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> Numbers:
    """Return for each topic how alike the one is that another fit has for it, 0 to 1, matched one to one."""
    # Loading it takes a while, and only the process that fits needs it.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    alike = jaccard(tops, others)
    rows, columns = linear_sum_assignment(-alike)
    matched = np.zeros(len(tops))
    matched[rows] = alike[rows, columns]
    return matched


def subsample(count: int, seed: int) -> Ids:
    """Return the positions of nine texts in ten, drawn without putting back, in their order."""
    chance = np.random.default_rng(seed)
    return np.sort(chance.permutation(count)[: max(1, round(KEPT * count))]).astype(np.int64)


def coherence(texts: Documents, tops: Sequence[Sequence[int]]) -> Numbers:
    """Return the coherence of each topic's lemmas (numbers), -1 to 1; NaN with fewer than two lemmas."""
    return np.array([_npmi_of(texts, np.array(sorted(top), dtype=np.int64)) for top in tops])


def _npmi_of(texts: Documents, lemmas: Ids) -> float:
    if len(lemmas) < 2:
        return float("nan")
    held = present(texts, lemmas)
    together = (held.T @ held).toarray()
    first, second = np.triu_indices(len(lemmas), 1)
    alone = np.diag(together)
    return float(npmi(together[first, second], alone[first], alone[second], texts.count).mean())
