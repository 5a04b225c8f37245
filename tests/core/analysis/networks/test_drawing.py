"""What is drawn of a network: few nodes and edges, chosen by backbone and strength, none alone."""

from __future__ import annotations

import numpy as np

from core.analysis.networks.backbone import LEVEL, disparity
from core.analysis.networks.centrality import degrees
from core.analysis.networks.drawing import Drawing, drawn
from core.analysis.networks.graph import Graph, graph_of
from tests.core.analysis.networks.answers import drawn_at_random, edges_of, planted


def picture(graph: Graph, most: int) -> Drawing:
    """Return the drawing of a graph whose nodes are all of one community."""
    community = np.zeros(graph.nodes, dtype=np.int64)
    return drawn(graph, community, degrees(graph).strength, disparity(graph), most=most, seed=1)


def test_a_small_network_is_drawn_whole() -> None:
    """While nodes and edges are few, nothing is left out."""
    graph = graph_of(edges_of(drawn_at_random(1, nodes=60, edges=120)))
    made = picture(graph, 100)
    assert made.nodes["node"].tolist() == list(range(graph.nodes))
    assert made.edges["edge"].tolist() == list(range(graph.edges))
    assert made.left_out == 0


def test_a_large_network_is_drawn_readable() -> None:
    """At most so many nodes, at most some edges per node, and every drawn node has a drawn edge."""
    graph = graph_of(edges_of(planted(1, groups=5, size=200, ties=6000, stray=4000)))
    made = picture(graph, 150)
    assert 140 <= len(made.nodes) <= 150
    assert len(made.edges) <= 2 * len(made.nodes)
    edges = made.edges["edge"].to_numpy()
    ends = np.concatenate([graph.source[edges], graph.target[edges]])
    assert set(ends.tolist()) == set(made.nodes["node"])
    inside = np.isin(graph.source, made.nodes["node"]) & np.isin(graph.target, made.nodes["node"])
    assert made.left_out == inside.sum() - len(edges) > 0


def test_the_backbone_comes_first() -> None:
    """An edge that stands out is drawn before the strongest authors are."""
    loud = [(a, b, 10.0) for a in range(12) for b in range(12) if a != b]
    quiet = [(100, 101, 60.0), *((100, 110 + other, 1.0) for other in range(8))]
    graph = graph_of(edges_of([*loud, *quiet]))
    assert (disparity(graph) < LEVEL).sum() == 1
    made = picture(graph, 4)
    assert {100, 101} <= set(graph.ids[made.nodes["node"]].tolist())
    assert made.edges["backbone"].sum() == 1


def test_hubs_that_never_meet_are_drawn_with_their_answers() -> None:
    """Of separate stars the centres are drawn with some of their leaves, never as lonely dots."""
    stars = [(1000 * hub + leaf + 1, 1000 * hub, 1.0) for hub in range(1, 6) for leaf in range(100 * hub)]
    graph = graph_of(edges_of(stars))
    made = picture(graph, 50)
    drawn_ids = set(graph.ids[made.nodes["node"]].tolist())
    assert 5000 in drawn_ids
    assert len(made.edges) == len(made.nodes) - len({each // 1000 for each in drawn_ids})


def test_nothing_is_drawn_of_nothing() -> None:
    """An empty graph has an empty drawing."""
    made = picture(graph_of(edges_of([])), 10)
    assert (len(made.nodes), len(made.edges), made.left_out) == (0, 0, 0)
