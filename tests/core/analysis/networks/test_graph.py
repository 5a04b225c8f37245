"""A graph is what its edges say, and its plain figures are those of the textbooks."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest

from core.analysis.networks.graph import Edges, density, graph_of, reciprocity, returned, without_loops
from tests.core.analysis.networks.answers import both_ways, drawn_at_random, edges_of


def test_equal_pairs_are_added_up_and_their_moods_averaged_by_weight() -> None:
    """A pair given twice is one edge; an unknown mood does not count."""
    graph = graph_of(
        edges_of([(5, -2, 1), (5, -2, 3), (5, 9, 2), (-2, 5, 1)], [1.0, 0.0, math.nan, math.nan])
    )
    assert graph.ids.tolist() == [-2, 5, 9]
    assert graph.source.tolist() == [0, 1, 1]
    assert graph.target.tolist() == [1, 0, 2]
    assert graph.weight.tolist() == [1, 4, 2]
    assert graph.mood is not None
    np.testing.assert_array_equal(graph.mood, [math.nan, 0.25, math.nan])


def test_the_order_of_the_edges_does_not_matter() -> None:
    """Shuffled edges make the same graph."""
    rows = drawn_at_random(3)
    one, other = graph_of(edges_of(rows)), graph_of(edges_of(rows[::-1]))
    assert np.array_equal(one.keys(), other.keys())
    assert np.array_equal(one.weight, other.weight)


def test_an_edge_without_a_weight_is_none() -> None:
    """Weights of 0, below it and unknown ones are left out, with the nodes that have no other edge."""
    graph = graph_of(edges_of([(1, 2, 0), (3, 4, -1), (5, 6, math.nan), (1, 7, 2)]))
    assert graph.ids.tolist() == [1, 7]


def test_no_edges_make_an_empty_graph() -> None:
    """Nothing in, nothing out: figures are unknown, not 0 and not an error."""
    graph = graph_of(edges_of([]))
    assert (graph.nodes, graph.edges) == (0, 0)
    assert math.isnan(density(graph))
    assert math.isnan(reciprocity(graph))


def test_loops_are_set_aside_on_request() -> None:
    """Answers to oneself are dropped, the others keep weight and mood."""
    left = without_loops(edges_of([(1, 1, 5), (1, 2, 3)], [0.5, -0.5]))
    assert (left.source.tolist(), left.weight.tolist()) == ([1], [3])
    assert left.mood is not None
    assert left.mood.tolist() == [-0.5]


def test_reciprocity_of_the_reference() -> None:
    """Two of the four edges a-b, c-b, b-a, d-b are returned."""
    graph = graph_of(edges_of([(1, 2, 1), (3, 2, 1), (2, 1, 1), (4, 2, 1)]))
    assert reciprocity(graph) == 0.5
    assert returned(graph).tolist() == [True, True, False, False]


def test_density_of_the_karate_club() -> None:
    """Zachary's club has the published density."""
    assert round(density(both_ways(nx.karate_club_graph())), 6) == 0.139037


@pytest.mark.parametrize("seed", range(5))
def test_figures_agree_with_another_program(seed: int) -> None:
    """Density and reciprocity are networkx's to 1e-9."""
    rows = drawn_at_random(seed)
    ours = graph_of(edges_of(rows))
    theirs = nx.DiGraph([row[:2] for row in rows])
    assert density(ours) == pytest.approx(nx.density(theirs), abs=1e-9)
    assert reciprocity(ours) == pytest.approx(nx.overall_reciprocity(theirs), abs=1e-9)


def test_the_matrix_holds_the_weights() -> None:
    """Rows are sources, columns are targets."""
    rows = drawn_at_random(8, nodes=12, edges=40)
    graph = graph_of(edges_of(rows))
    dense = graph.adjacency().toarray()
    for source, target, weight in rows:
        places = np.searchsorted(graph.ids, [source, target])
        assert dense[places[0], places[1]] == weight
    assert dense.sum() == sum(row[2] for row in rows)
    assert np.array_equal(graph.undirected().toarray(), dense + dense.T)


def test_ids_of_vk_stay_exact() -> None:
    """Large and negative ids come out as they went in."""
    big = 2**53 + 1
    graph = graph_of(Edges(np.array([big]), np.array([-big]), np.array([1.0])))
    assert graph.ids.tolist() == [-big, big]
