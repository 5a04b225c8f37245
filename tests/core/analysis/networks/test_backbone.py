"""The disparity filter keeps what is unlikely, and nothing where nothing stands out."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.networks.backbone import LEVEL, disparity, strongest
from core.analysis.networks.graph import graph_of
from tests.core.analysis.networks.answers import drawn_at_random, edges_of, slow_alpha


@pytest.mark.parametrize("seed", range(3))
def test_alpha_is_the_integral_of_the_paper(seed: int) -> None:
    """Every edge's alpha is that of the published integral, taken term by term, to 1e-9."""
    rows = drawn_at_random(seed, nodes=25, edges=150)
    graph = graph_of(edges_of(rows))
    expected = [slow_alpha(rows, *graph.ids[[a, b]]) for a, b in zip(graph.source, graph.target, strict=True)]
    assert disparity(graph).tolist() == pytest.approx(expected, abs=1e-9)


def test_a_heavy_edge_stands_out_and_a_lone_one_does_not() -> None:
    """Ninety of 99 answers to one of ten is unlikely; the only edge of both its ends says nothing."""
    rows = [(1, 2, 90.0), *((1, 10 + other, 1.0) for other in range(9)), (50, 51, 1000.0)]
    alpha = dict(zip([row[:2] for row in rows], disparity(graph_of(edges_of(rows))), strict=True))
    assert alpha[1, 2] == pytest.approx((1 - 90 / 99) ** 9, abs=1e-15)
    assert alpha[50, 51] == 1
    assert sum(value < LEVEL for value in alpha.values()) == 1


def test_equal_weights_have_no_backbone() -> None:
    """Where every answer is one of a kind, no edge is called special."""
    rows = [(a, b, 1.0) for a, b, _ in drawn_at_random(5)]
    assert not (disparity(graph_of(edges_of(rows))) < LEVEL).any()


def test_the_strongest_edges_of_each_end() -> None:
    """An edge stays when it is among the k heaviest of either end."""
    source, target = np.array([0, 0, 0, 3]), np.array([1, 2, 3, 2])
    assert strongest(source, target, np.array([1.0, 5.0, 3.0, 4.0]), 1).tolist() == [True, True, False, True]
    assert strongest(source, target, np.array([1.0, 5.0, 3.0, 4.0]), 2).all()


def test_no_edges_have_no_strongest() -> None:
    """Nothing in, nothing out."""
    none = np.zeros(0, dtype=np.int64)
    assert strongest(none, none, np.zeros(0), 2).tolist() == []
