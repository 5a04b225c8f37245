"""What is trained on what, with which weights: the recipe of both models.

Labels are evened out within each kind of text, so that the model does not learn that diaries are sad and news
neutral. Toxic comments of VK count as negative, the others, weakly, as neutral: they are the only texts here
that look like what is scored. Ridges and weights were chosen on the held-out figures of core.text.train.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from core.text.training.corpora import INVENTED, LISTED, NEGATIVE, NEUTRAL, Example
from core.text.training.design import Design, Negated, cut, designed
from core.text.training.fitting import Fitted, fit

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Integers: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

MOOD_RIDGE: Final = 15.0
RUDE_RIDGE: Final = 3.0
EVENED_AT_MOST: Final = 3.0
"""A rare label counts so many times at most, a frequent one so many times less."""
INVENTED_COUNTS: Final = 5.0
LISTED_COUNTS: Final = 0.3
TOXIC_COUNTS: Final = 2.0
CIVIL_COUNTS: Final = 0.3


@dataclass(frozen=True, slots=True)
class Pool:
    """All labelled texts with one design: first `examples` with moods, then comments of VK, `rude`."""

    examples: Sequence[Example]
    rude: Sequence[Example]
    design: Design
    negated: Negated

    @property
    def comments(self) -> Integers:
        """Return the rows of the comments of VK."""
        return np.arange(len(self.examples), len(self.examples) + len(self.rude))


def pooled(examples: Sequence[Example], rude: Sequence[Example]) -> Pool:
    """Return labelled texts, cut and designed together."""
    design, negated = designed(cut([each.text for each in (*examples, *rude)]))
    return Pool(examples, rude, design, negated)


def mood_model(pool: Pool, without: str = "") -> Fitted:
    """Fit the model of moods, leaving out one corpus or one community of VK, and every copy of its texts."""
    texts = [*pool.examples, *pool.rude]
    labels = np.array(
        [each.label for each in pool.examples] + [NEGATIVE if each.label else NEUTRAL for each in pool.rude]
    )
    counts = [TOXIC_COUNTS if each.label else CIVIL_COUNTS for each in pool.rude]
    importance = np.concatenate([importances(pool.examples), counts])
    kept = others(texts, without)
    return fit(pool.design.rows(kept), labels[kept], importance[kept], MOOD_RIDGE)


def rude_model(pool: Pool, without: str = "") -> Fitted:
    """Fit the model of toxicity, leaving out one community; two columns of weights, civil and toxic.

    Both count the same, since communities differ in how many are toxic; Platt's line brings the rate back.
    """
    kept = others(pool.rude, without)
    labels = np.array([each.label for each in pool.rude])[kept]
    design = pool.design.rows(pool.comments[kept])
    evened = len(labels) / 2 / np.bincount(labels)
    return fit(design, labels, evened[labels], RUDE_RIDGE)


def others(texts: Sequence[Example], without: str) -> Integers:
    """Return the rows of texts outside a corpus that have no copy in it."""
    held = {each.key for each in texts if each.corpus == without}
    return np.array(
        [
            row
            for row, each in enumerate(texts)
            if each.corpus != without and (not each.key or each.key not in held)
        ],
        dtype=np.int64,
    )


def importances(examples: Sequence[Example]) -> Numbers:
    """Return how much each text counts: labels evened out within its kind of text."""
    own = {INVENTED: INVENTED_COUNTS, LISTED: LISTED_COUNTS}
    groups = Counter(each.group for each in examples)
    cells = Counter((each.group, each.label) for each in examples)
    return np.array(
        [
            own.get(each.corpus) or _evened(groups[each.group], cells[each.group, each.label])
            for each in examples
        ]
    )


def _evened(texts: int, with_label: int) -> float:
    wanted = texts / 3 / with_label
    return min(max(wanted, 1 / EVENED_AT_MOST), EVENED_AT_MOST)
