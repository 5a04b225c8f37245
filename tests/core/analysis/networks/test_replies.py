"""The reply network described: tables, figures and picture say the same, and true, things."""

from __future__ import annotations

import math
from dataclasses import astuple

import numpy as np
import pandas as pd
import pytest

from core.analysis.networks.backbone import LEVEL
from core.analysis.networks.graph import Edges
from core.analysis.networks.replies import described
from tests.core.analysis.networks.answers import drawn_at_random, edges_of, planted

SMALL = [(1, -9, 3.0), (2, -9, 1.0), (-9, 1, 2.0), (1, 2, 1.0), (3, 3, 4.0)]


def test_a_small_network_by_hand() -> None:
    """Degrees, strengths, what was returned and the moods of four answers between three authors."""
    made = described(edges_of(SMALL, [1.0, -1.0, 0.5, math.nan, 1.0]), seed=1)
    rows = made.nodes.set_index("author_id")
    assert sorted(rows.index) == [-9, 1, 2]
    community = rows.loc[-9]
    assert community[["in_degree", "out_degree", "in_strength", "out_strength"]].tolist() == [2, 1, 4, 2]
    assert rows["returned"].to_dict() == {-9: 1.0, 1: 0.5, 2: 0.0}
    assert community["mood_in"] == 0.5
    assert rows.loc[1, "mood_out"] == 1.0
    assert math.isnan(rows.loc[2, "mood_in"])
    figures = made.figures
    assert (figures.nodes, figures.edges, figures.weight, figures.self_answers) == (3, 4, 7.0, 4.0)
    assert figures.reciprocity == 0.5
    assert figures.density == pytest.approx(4 / 6)
    assert figures.mood == pytest.approx((3 - 1 + 1) / 6)


def test_tables_and_figures_agree() -> None:
    """Sums over nodes, over edges and between communities are the figures."""
    made = described(edges_of(planted(5, groups=4, size=60, ties=500, stray=300)), seed=3)
    figures, nodes, edges = made.figures, made.nodes, made.edges
    assert (
        nodes["in_strength"].sum() == edges["weight"].sum() == made.between["weight"].sum() == figures.weight
    )
    assert (len(nodes), len(edges)) == (figures.nodes, figures.edges)
    assert nodes["pagerank"].sum() == pytest.approx(1)
    assert nodes["pagerank"].is_monotonic_decreasing
    assert nodes["community"].nunique() == figures.communities
    assert edges["backbone"].sum() == (edges["alpha"] < LEVEL).sum() == figures.backbone_edges
    assert edges["returned"].mean() == figures.reciprocity


def test_the_picture_is_part_of_the_tables() -> None:
    """What is drawn has the numbers of the tables, and drawn edges end at drawn nodes."""
    made = described(edges_of(planted(6, groups=5, size=100, ties=1500, stray=900)), seed=3, top=80)
    assert 70 <= len(made.drawn_nodes) <= 80
    assert made.drawn_nodes.columns.tolist() == [*made.nodes.columns, "x", "y", "radius"]
    both = made.drawn_nodes.merge(made.nodes, on=list(made.nodes.columns))
    assert len(both) == len(made.drawn_nodes)
    assert len(made.drawn_edges.merge(made.edges, on=["source", "target", "weight"])) == len(made.drawn_edges)
    ends = set(made.drawn_edges["source"]) | set(made.drawn_edges["target"])
    assert ends == set(made.drawn_nodes["author_id"])


def test_one_seed_gives_one_result() -> None:
    """A second call and another order of the edges change nothing at all."""
    rows = planted(7, groups=3, size=80, ties=400, stray=200)
    one, other = described(edges_of(rows), seed=5), described(edges_of(rows[::-1]), seed=5)
    assert one.figures.seed == 5
    assert astuple(one.figures) == pytest.approx(astuple(other.figures), nan_ok=True, abs=0)
    pd.testing.assert_frame_equal(one.nodes, other.nodes)
    pd.testing.assert_frame_equal(one.drawn_nodes, other.drawn_nodes)


def test_a_null_world_is_not_called_structured() -> None:
    """Where authors are dealt out at random modularity is that of chance and the runs disagree."""
    rows = planted(8, groups=6, size=60, ties=500, stray=200)
    chance = np.random.default_rng(1)
    targets = chance.permutation([row[1] for row in rows])
    real = described(edges_of(rows), seed=1).figures
    null = described(
        edges_of((a, int(b), w) for (a, _, w), b in zip(rows, targets, strict=True)), seed=1
    ).figures
    assert real.modularity - real.modularity_by_chance > 0.2
    assert abs(null.modularity - null.modularity_by_chance) < 0.03
    assert real.stability > 0.95
    assert null.stability < 0.5


@pytest.mark.parametrize("rows", [[], [(1, 1, 2.0)]])
def test_no_answers_between_authors(rows: list[tuple[int, int, float]]) -> None:
    """Without answers to others the tables are empty and the figures unknown."""
    made = described(edges_of(rows), seed=1)
    assert (len(made.nodes), len(made.edges), len(made.drawn_nodes), len(made.between)) == (0, 0, 0, 0)
    assert (made.figures.nodes, made.figures.communities) == (0, 0)
    assert math.isnan(made.figures.reciprocity)


def test_a_single_answer() -> None:
    """Two authors and one answer are drawn beside each other."""
    made = described(edges_of([(1, 2, 1.0)]), seed=1)
    assert made.figures.reciprocity == 0
    assert len(made.drawn_nodes) == 2
    assert not made.edges["backbone"].any()


def test_moods_may_be_missing() -> None:
    """Without moods the columns are there, and unknown."""
    made = described(edges_of(drawn_at_random(2)), seed=1)
    assert made.nodes["mood_in"].isna().all()
    assert math.isnan(made.figures.mood)


@pytest.mark.slow
def test_a_hundred_thousand_authors_are_drawn_readable() -> None:
    """Out of 100,000 authors and 300,000 answers some hundred are drawn, with few edges each."""
    chance = np.random.default_rng(1)
    popular = chance.pareto(1.2, 100_000) + 1
    source, target = chance.choice(100_000, (2, 300_000), p=popular / popular.sum())
    made = described(Edges(source, target, np.ones(300_000)), seed=1)
    assert 290 <= len(made.drawn_nodes) <= 300
    assert len(made.drawn_edges) <= 600
    points, radius = made.drawn_nodes[["x", "y"]].to_numpy(), made.drawn_nodes["radius"].to_numpy()
    apart = np.linalg.norm(points[:, None] - points[None, :], axis=2)
    np.fill_diagonal(apart, np.inf)
    assert (apart > radius[:, None] + radius[None, :]).all()
