"""Communities: exact modularity, planted groups found, chance not mistaken for structure."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest

from core.analysis.networks.communities import (
    agreement,
    between,
    expected_modularity,
    modularity,
    partition,
    runs_for,
    stability,
)
from core.analysis.networks.graph import graph_of, without_loops
from tests.core.analysis.networks.answers import both_ways, drawn_at_random, edges_of, planted


def test_the_karate_club_is_parted_as_well_as_is_known() -> None:
    """The best of the runs reaches the published optimum of 0.4188 to 0.4198."""
    club = both_ways(nx.karate_club_graph())
    found = partition(club, seed=1)
    assert 0.4187 < found.modularity < 0.4199
    assert found.communities == 4


@pytest.mark.parametrize("seed", range(5))
def test_modularity_agrees_with_another_program(seed: int) -> None:
    """For any labels it is networkx's of the graph without directions, to 1e-9."""
    rows = drawn_at_random(seed)
    graph = graph_of(edges_of(rows))
    labels = np.random.default_rng(seed).integers(0, 5, graph.nodes)
    theirs = nx.Graph()
    for source, target, weight in rows:
        known = theirs.get_edge_data(source, target, {"weight": 0.0})["weight"]
        theirs.add_edge(source, target, weight=known + weight)
    groups = [set(graph.ids[labels == label].tolist()) for label in range(5)]
    assert modularity(graph, labels) == pytest.approx(
        nx.community.modularity(theirs, [group for group in groups if group]), abs=1e-9
    )


def test_the_modularity_of_a_partition_is_that_of_its_labels() -> None:
    """What is reported is counted from what is returned."""
    graph = graph_of(edges_of(drawn_at_random(9)))
    found = partition(graph, seed=4)
    assert found.modularity == pytest.approx(modularity(graph, found.labels), abs=1e-12)


def test_planted_groups_are_found() -> None:
    """Six groups with few stray answers come out as they were made, in every run."""
    graph = graph_of(edges_of(planted(1, groups=6, size=40, ties=400, stray=200)))
    found = partition(graph, seed=7)
    assert agreement(found.labels, graph.ids // 40) == 1
    assert found.stability == 1
    assert found.modularity > expected_modularity(graph, seed=7) + 0.3


def test_chance_is_seen_to_be_chance() -> None:
    """Without groups the runs disagree, and modularity is that of dealt-out answers."""
    graph = graph_of(edges_of(planted(2, groups=1, size=300, ties=1500, stray=0)))
    found = partition(graph, seed=1)
    assert found.stability < 0.4
    assert found.modularity == pytest.approx(expected_modularity(graph, seed=2), abs=0.02)


def test_heavy_answers_do_not_look_like_structure() -> None:
    """Weights are dealt out answer by answer, so that two who talk much do not raise what chance gives."""
    chance = np.random.default_rng(5)
    popular = chance.pareto(1.2, 300) + 1
    pairs = chance.choice(300, (6000, 2), p=popular / popular.sum())
    graph = graph_of(without_loops(edges_of((int(a), int(b), 1.0) for a, b in pairs)))
    assert partition(graph, seed=1).modularity == pytest.approx(expected_modularity(graph, seed=1), abs=0.02)


def test_one_seed_gives_one_partition_however_the_edges_lie() -> None:
    """Neither a second call nor another order of the edges changes a label."""
    rows = planted(3, groups=4, size=50, ties=200, stray=200)
    one = partition(graph_of(edges_of(rows)), seed=11)
    other = partition(graph_of(edges_of(rows[::-1])), seed=11)
    assert np.array_equal(one.labels, other.labels)
    assert one.stability == other.stability


def test_communities_are_numbered_by_size() -> None:
    """Number 0 is the largest."""
    found = partition(graph_of(edges_of(drawn_at_random(1, nodes=80, edges=120))), seed=1)
    sizes = np.bincount(found.labels)
    assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)


@pytest.mark.parametrize("seed", range(4))
def test_every_community_hangs_together(seed: int) -> None:
    """Between two members there is a way inside the community."""
    rows = drawn_at_random(seed, nodes=150, edges=220)
    graph = graph_of(edges_of(rows))
    found = partition(graph, seed=seed)
    theirs = nx.Graph([row[:2] for row in rows])
    for label in range(found.communities):
        assert nx.is_connected(theirs.subgraph(graph.ids[found.labels == label].tolist()))


def test_agreement_of_the_published_example() -> None:
    """The adjusted Rand index of 0 0 1 1 and 0 0 1 2 is 4/7, of the same partition under other names 1."""
    left, right = np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2])
    assert agreement(left, right) == pytest.approx(4 / 7, abs=1e-12)
    assert agreement(left, 1 - left) == 1
    assert agreement(np.zeros(4, dtype=np.int64), np.zeros(4, dtype=np.int64)) == 1


def test_agreement_by_chance_is_none() -> None:
    """Labels dealt out at random agree by 0 on average."""
    chance = np.random.default_rng(1)
    found = [agreement(*chance.integers(0, 4, (2, 200))) for _ in range(300)]
    assert abs(np.mean(found)) < 0.003


def test_a_single_run_has_no_stability() -> None:
    """There is nothing to compare it with."""
    assert math.isnan(stability([np.array([0, 1])]))


def test_nothing_has_no_communities() -> None:
    """A graph without edges is not parted."""
    found = partition(graph_of(edges_of([])), seed=1)
    assert (found.communities, found.runs) == (0, 0)
    assert math.isnan(found.modularity)


def test_larger_graphs_get_fewer_runs() -> None:
    """Ten runs up to 100,000 edges, never less than two."""
    assert [runs_for(edges) for edges in (0, 100_000, 250_000, 5_000_000)] == [10, 10, 4, 2]


def test_answers_between_communities_add_up() -> None:
    """The small ones go under -1, no answer is lost, moods are averaged by weight."""
    graph = graph_of(edges_of([(1, 2, 3), (1, 3, 1), (4, 1, 2), (4, 2, 2)], [1.0, -1.0, 0.5, -0.5]))
    table = between(graph, np.array([0, 0, 1, 2]), 2)
    rows = {(row.source, row.target): (row.weight, row.mood) for row in table.itertuples()}
    assert rows == {(0, 0): (3, 1.0), (0, 1): (1, -1.0), (-1, 0): (4, 0.0)}
