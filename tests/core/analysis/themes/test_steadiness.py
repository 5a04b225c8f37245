"""Steadiness: topics are matched whatever their order, and words that stand together are coherent."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest

from core.analysis.themes.documents import documents
from core.analysis.themes.naming import names
from core.analysis.themes.steadiness import coherence, found_again, jaccard, subsample

TEXTS = documents(pa.array([[1, 2, 3], [1, 2], [1, 2, 4], [5, 6], [5, 7], [8]], pa.list_(pa.int32())))


def test_jaccard_is_of_sets() -> None:
    """Two of four different words in common is a half, nothing in common is nothing."""
    assert jaccard([[1, 2, 3]], [[3, 2, 9], [7], []]).tolist() == [[0.5, 0.0, 0.0]]
    assert jaccard([[]], [[]]).tolist() == [[0.0]]


def test_topics_are_found_in_any_order() -> None:
    """The same topics in another order are all found again, and no topic is found for two."""
    tops = [[1, 2], [3, 4], [5, 6]]
    assert found_again(tops, [[5, 6], [2, 1], [3, 4]]).tolist() == [1, 1, 1]
    assert sorted(found_again([[1, 2], [1, 2]], [[1, 2], [8, 9]])) == [0, 1]


def test_a_subsample_is_nine_in_ten() -> None:
    """A subsample holds different texts, nine in ten of them, by its seed."""
    one, same, other = (subsample(50, seed) for seed in (1, 1, 2))
    assert len({*one}) == len(one) == 45
    assert one.tolist() == same.tolist() != other.tolist()


def test_coherence_is_the_mean_of_npmi() -> None:
    """The coherence agrees with a loop over pairs and texts; a pair that never meets counts -1."""
    sets = [{1, 2, 3}, {1, 2}, {1, 2, 4}, {5, 6}, {5, 7}, {8}]

    def share(*words: int) -> float:
        return sum({*words} <= text for text in sets) / len(sets)

    def npmi(a: int, b: int) -> float:
        return math.log(share(a, b) / share(a) / share(b)) / -math.log(share(a, b)) if share(a, b) else -1.0

    for top in ([1, 2], [2, 1, 3, 4], [1, 5], [5, 6, 7, 8]):
        wanted = np.mean([npmi(a, b) for a, b in combinations(top, 2)])
        assert coherence(TEXTS, [top])[0] == pytest.approx(wanted, abs=1e-9)
    assert math.isnan(coherence(TEXTS, [[1]])[0])


def test_a_topic_is_named_by_what_sets_it_apart() -> None:
    """Of a topic's heavy words the keyest come first; where no text belongs to it the heaviest do."""
    topics = np.array([1, 1, 1, 2, 2, 0])
    lemmas = np.arange(1, 9)
    assert names(TEXTS, lemmas, topics, [[3, 1, 2], [6, 5]], 2) == [[1, 2], [5, 6]]
    assert names(TEXTS, lemmas, np.zeros(6, dtype=np.int64), [[3, 1, 2]], 2) == [[3, 1]]
