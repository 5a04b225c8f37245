"""PageRank is exact, and degrees count what they say."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from core.analysis.networks.centrality import degrees, pagerank
from core.analysis.networks.graph import graph_of
from tests.core.analysis.networks.answers import both_ways, drawn_at_random, edges_of, slow_pagerank


def test_pagerank_of_the_reference() -> None:
    """The four nodes a-b, c-b, b-a, d-b have the published ranks."""
    ranks = pagerank(graph_of(edges_of([(1, 2, 1), (3, 2, 1), (2, 1, 1), (4, 2, 1)])))
    assert np.round(ranks, 5).tolist() == [0.44527, 0.47973, 0.0375, 0.0375]


def test_pagerank_of_the_karate_club() -> None:
    """Zachary's two leaders have their exact ranks; the often printed ones are networkx's, stopped early."""
    club = nx.karate_club_graph()
    ranks = pagerank(both_ways(club))
    printed, exact = (nx.pagerank(club, weight=None, tol=tol, max_iter=1000) for tol in (1e-6, 1e-13))
    assert [round(printed[node], 6) for node in (0, 33)] == [0.097002, 0.100918]
    assert [ranks[0], ranks[33]] == pytest.approx([exact[0], exact[33]], abs=1e-9)
    assert [ranks[0], ranks[33]] == pytest.approx([0.097002, 0.100918], abs=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_pagerank_agrees_with_two_other_ways(seed: int) -> None:
    """The linear equations and networkx give the same ranks to 1e-9, dangling nodes and weights included."""
    rows = drawn_at_random(seed, nodes=50, edges=90)
    graph = graph_of(edges_of(rows))
    solved = slow_pagerank(rows)
    theirs = nx.DiGraph()
    theirs.add_weighted_edges_from(rows)
    iterated = nx.pagerank(theirs, tol=1e-13, max_iter=1000)
    assert any(theirs.out_degree(each) == 0 for each in theirs)
    ours = dict(zip(graph.ids.tolist(), pagerank(graph).tolist(), strict=True))
    assert ours == pytest.approx(solved, abs=1e-9)
    assert ours == pytest.approx(iterated, abs=1e-9)


def test_pagerank_of_nothing_is_nothing() -> None:
    """A graph without nodes has no ranks."""
    assert pagerank(graph_of(edges_of([]))).tolist() == []


def test_degrees_count_people_and_strengths_count_answers() -> None:
    """Degree is the number of others, strength how often."""
    counted = degrees(graph_of(edges_of([(1, 2, 3), (1, 3, 1), (2, 1, 2)])))
    assert counted.outgoing.tolist() == [2, 1, 0]
    assert counted.incoming.tolist() == [1, 1, 1]
    assert counted.out_strength.tolist() == [4, 2, 0]
    assert counted.in_strength.tolist() == [2, 3, 1]
    assert counted.strength.tolist() == [6, 5, 1]
