"""Factorising: texts are rebuilt as well as they can be, each by itself, and placed where most of it is."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import nnls

from core.analysis.themes.factorising import assigned, components, top_words, weights


def drawn(rows: int, columns: int, seed: int = 0) -> sparse.csr_array:
    """Draw a sparse matrix that is not negative."""
    return sparse.csr_array(sparse.random(rows, columns, 0.3, random_state=seed))


def test_weights_are_the_least_squares_of_each_text() -> None:
    """The weights agree with a solver that takes one text at a time, to nine digits."""
    matrix, made = drawn(40, 30), np.abs(np.random.default_rng(1).normal(size=(5, 30)))
    wanted = np.array([nnls(made.T, row)[0] for row in matrix.toarray()])
    assert weights(matrix, made, sweeps=2000) == pytest.approx(wanted, abs=1e-9)


def test_a_text_is_placed_alike_whatever_stands_beside_it() -> None:
    """The weights of a text do not depend on the other texts of a chunk."""
    matrix, made = drawn(40, 30), components(drawn(40, 30), 4, 1)
    together = weights(matrix, made)
    alone = np.vstack([weights(matrix[[row]], made) for row in range(40)])
    assert together == pytest.approx(alone, abs=1e-12)


def test_the_same_seed_finds_the_same_components() -> None:
    """A fit is repeatable to the last digit, from its own start and from a random one."""
    for start in ("nndsvda", "random"):
        first, again = (components(drawn(60, 30), 3, 5, start) for _ in range(2))
        np.testing.assert_array_equal(first, again)
        assert np.linalg.norm(first, axis=1) == pytest.approx(np.ones(3))


def test_components_without_lemmas_place_nothing() -> None:
    """Where a fit's lemmas are all gone no text has a topic."""
    found = weights(sparse.csr_array((3, 0)), np.zeros((2, 0)))
    topics, shares = assigned(found)
    assert (topics.tolist(), shares.tolist()) == ([0, 0, 0], [0, 0, 0])


def test_weak_and_divided_texts_belong_to_none() -> None:
    """A text needs enough of a topic, and more of it than of all others together, to belong to it."""
    topics, shares = assigned(np.array([[0.9, 0.1], [0.05, 0.0], [0.3, 0.31], [0.2, 0.2], [0.0, 0.0]]))
    assert topics.tolist() == [1, 0, 2, 1, 0]
    assert shares == pytest.approx([0.9, 1.0, 0.31 / 0.61, 0.5, 0.0])
    assert assigned(np.array([[0.4, 0.3, 0.3]]))[0].tolist() == [0]


def test_top_words_are_the_heaviest() -> None:
    """A topic's words come heaviest first, and none that has no weight."""
    assert top_words(np.array([[0.1, 0.0, 0.7, 0.2], [0, 0, 0, 0]]), 2) == [[2, 3], []]
