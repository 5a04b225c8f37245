"""Both clustering coefficients are those of the textbooks."""

from __future__ import annotations

import math

import networkx as nx
import pytest

from core.analysis.networks.clustering import clustering
from core.analysis.networks.graph import graph_of
from tests.core.analysis.networks.answers import both_ways, drawn_at_random, edges_of


def test_the_karate_club() -> None:
    """Zachary's club has the published transitivity and average clustering."""
    found = clustering(both_ways(nx.karate_club_graph()))
    assert (round(found.transitivity, 6), round(found.average, 6)) == (0.255682, 0.570638)


@pytest.mark.parametrize("at_once", [1, 50, 2_000_000])
def test_another_program_agrees(at_once: int) -> None:
    """Directed edges count once, and the portions in which triangles are sought change nothing."""
    rows = drawn_at_random(4)
    theirs = nx.Graph([row[:2] for row in rows])
    found = clustering(graph_of(edges_of(rows)), at_once)
    assert found.transitivity == pytest.approx(nx.transitivity(theirs), abs=1e-9)
    assert found.average == pytest.approx(nx.average_clustering(theirs), abs=1e-9)


def test_without_any_chance_of_a_triangle() -> None:
    """A single tie has none, no ties say nothing."""
    assert clustering(graph_of(edges_of([(1, 2, 1)]))).transitivity == 0
    assert math.isnan(clustering(graph_of(edges_of([]))).transitivity)
