"""Names for topics: the lemmas that set a topic's texts apart from all other texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from core.analysis.stats.keyness import g2
from core.analysis.themes.documents import Documents, Ids, Numbers, present


def names(
    texts: Documents, lemmas: Ids, topics: Ids, tops: Sequence[Sequence[int]], most: int
) -> list[list[int]]:
    """Return up to `most` lemmas (numbers) per topic, the most telling first.

    `topics` is the topic of each text, 0 for none. A topic is named by those of its heaviest lemmas
    (`tops`) that are keyest in its texts against all others, and by the heaviest themselves where no text
    belongs to it.
    """
    counts = counted(texts, lemmas, topics, len(tops))
    sizes = np.bincount(topics, minlength=len(tops) + 1)[1:]
    named: list[list[int]] = []
    for topic, top in enumerate(tops):
        places = np.searchsorted(lemmas, np.array(top, dtype=np.int64))
        scores = _keyness(counts[:, places], topic, int(sizes[topic]), texts.count)
        order = np.argsort(-scores, kind="stable")
        named.append([int(lemmas[places[place]]) for place in order[:most]])
    return named


def counted(texts: Documents, lemmas: Ids, topics: Ids, most: int) -> Numbers:
    """Return in how many texts each lemma stands: row 0 of all texts, row t of those of topic t."""
    held = present(texts, lemmas)
    shape = (most + 1, texts.count)
    belongs = sparse.csr_array((np.ones(texts.count), (topics, np.arange(texts.count))), shape=shape)
    counts: Numbers = (belongs @ held).toarray()
    counts[0] = held.sum(axis=0)
    return counts


def _keyness(counts: Numbers, topic: int, size: int, texts: int) -> Numbers:
    """Return how much more than elsewhere lemmas stand in a topic's texts; 0 where it has none, or all."""
    if not 0 < size < texts:
        return np.zeros(counts.shape[1])
    inside = counts[topic + 1]
    return g2(inside, counts[0] - inside, size, texts - size)
