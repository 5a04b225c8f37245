"""Texts as weights of lemmas: what is rare or gathers under a post tells more, what is everywhere little."""

from __future__ import annotations

import math
import random

import numpy as np
import pyarrow as pa
import pytest

from core.analysis.themes.documents import Documents, documents, gathered, present, vocabulary, weighed


def made(*texts: list[int], sources: list[int] | None = None) -> Documents:
    """Build documents of these lemmas."""
    lists = pa.array(texts, pa.list_(pa.int32()))
    return documents(lists, None if sources is None else np.array(sources))


def test_texts_keep_their_lemmas() -> None:
    """Empty and missing texts are texts without lemmas; some of the texts are those texts, in their order."""
    texts = documents(pa.array([[1, 2], [], None, [3]], pa.list_(pa.int32())))
    assert (texts.count, texts.lemmas.tolist(), texts.rows().tolist()) == (4, [1, 2, 3], [0, 0, 3])
    some = texts.some(np.array([3, 1, 0]))
    assert (some.offsets.tolist(), some.lemmas.tolist()) == ([0, 1, 1, 3], [3, 1, 2])


def test_rare_and_common_lemmas_are_set_aside() -> None:
    """A lemma of two texts tells nothing of a topic, one of more than half of the texts neither."""
    texts = made(*([1, 2] for _ in range(3)), *([1, 3] for _ in range(2)), *([4, 9] for _ in range(3)))
    assert vocabulary(texts).lemmas.tolist() == [2, 4, 9]


def test_under_one_post_the_weight_is_the_inverse_document_frequency() -> None:
    """Where all texts stand under one post nothing gathers: the weight is the smoothed idf alone."""
    texts = made(*([1] for _ in range(3)), *([2] for _ in range(4)), *([5 + n] for n in range(3)))
    found = vocabulary(texts)
    assert found.lemmas.tolist() == [1, 2]
    assert found.weights == pytest.approx([math.log(11 / 4) + 1, math.log(11 / 5) + 1])


def test_what_gathers_under_a_post_weighs_more() -> None:
    """Of two lemmas in as many texts the one of a single post tells more than the one of all posts."""
    texts = made(*([1 if n < 4 else 2] for n in range(8)), sources=[0, 0, 0, 0, 0, 1, 2, 3])
    found = vocabulary(texts)
    assert found.weights[0] > found.weights[1]


def test_gathering_is_measured_against_chance() -> None:
    """Lemmas dealt out at random stand under as many posts as chance has it, so the ratio is about one."""
    chance = random.Random(2)  # noqa: S311 - a seeded draw, not cryptography
    sources = [chance.randrange(40) for _ in range(2000)]
    texts = made(*([chance.randrange(20)] for _ in sources), sources=sources)
    lemmas, counts = np.unique(texts.lemmas, return_counts=True)
    assert gathered(texts, lemmas, counts) == pytest.approx(np.ones(20), abs=0.12)
    alone = made(*([7] for _ in range(6)), *([8] for _ in range(6)), sources=[0] * 6 + [1, 2, 3, 4, 5, 6])
    expected = sum(1 - (1 - n / 12) ** 6 for n in [6, 1, 1, 1, 1, 1, 1])
    assert gathered(alone, np.array([7, 8]), np.array([6, 6])) == pytest.approx([expected, expected / 6])


def test_rows_have_length_one() -> None:
    """A row is as long as any other, however many lemmas its text has; without a known lemma it is empty."""
    texts = made(*([1, 2] for _ in range(3)), *([3, 4, 5] for _ in range(3)), [99])
    matrix = weighed(texts, vocabulary(texts)).toarray()
    assert np.linalg.norm(matrix, axis=1) == pytest.approx([1.0] * 6 + [0.0])
    assert present(texts, np.array([], dtype=np.int64)).shape == (7, 0)
