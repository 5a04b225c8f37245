"""A layout can be read: nothing on top of anything, communities apart, the same picture every time."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.networks.layout import Layout, laid_out, packed


def distances(points: np.ndarray) -> np.ndarray:
    """Return the distance of every point from every other, infinite from itself."""
    apart = np.linalg.norm(points[:, None] - points[None, :], axis=2)
    np.fill_diagonal(apart, np.inf)
    return apart


def world(nodes: int, groups: int, seed: int) -> tuple[Layout, np.ndarray]:
    """Return a layout of groups with heavy-tailed sizes, ties inside and some across, and the groups."""
    chance = np.random.default_rng(seed)
    group = chance.integers(0, groups, nodes)
    source, target = chance.integers(0, nodes, (2, nodes * 8))
    kept = (source != target) & ((group[source] == group[target]) | (chance.random(nodes * 8) < 0.1))
    weight = chance.integers(1, 20, int(kept.sum())).astype(float)
    size = chance.pareto(1.0, nodes) + 1
    return laid_out(source[kept], target[kept], weight, group, size, seed=seed), group


@pytest.mark.parametrize(("nodes", "groups"), [(30, 3), (120, 6), (300, 25), (300, 1)])
def test_no_mark_lies_on_another(nodes: int, groups: int) -> None:
    """Circles of the stated radii do not touch, and all of them lie in the picture."""
    made, _ = world(nodes, groups, seed=nodes)
    assert (distances(made.points) > made.radius[:, None] + made.radius[None, :]).all()
    assert (np.abs(made.points) + made.radius[:, None] <= 1 + 1e-9).all()


@pytest.mark.parametrize("seed", [1, 2])
def test_communities_stand_apart(seed: int) -> None:
    """Nearly every node is nearest to one of its own, and all to their own centre."""
    made, group = world(200, 8, seed)
    nearest = group[distances(made.points).argmin(axis=1)]
    assert (nearest == group).mean() > 0.9
    centres = np.array([made.points[group == each].mean(axis=0) for each in range(8)])
    spread = np.array(
        [np.linalg.norm(made.points[group == each] - centres[each], axis=1).mean() for each in range(8)]
    )
    assert distances(centres).min() > 1.5 * spread.mean()


def test_tied_nodes_stand_nearer() -> None:
    """Inside a community those who answer each other are nearer than those who do not."""
    ring = np.arange(24)
    made = laid_out(ring, (ring + 1) % 24, np.ones(24), np.zeros(24, dtype=np.int64), np.ones(24), seed=1)
    apart = distances(made.points)
    tied = apart[ring, (ring + 1) % 24].mean()
    assert tied < 0.7 * apart[np.isfinite(apart)].mean()


def test_bigger_is_drawn_bigger() -> None:
    """The mark grows with the size, the largest at most five times as wide as the smallest."""
    made, _ = world(60, 3, seed=4)
    one = laid_out(
        np.array([0]), np.array([1]), np.ones(1), np.zeros(2, dtype=np.int64), np.array([1.0, 100.0]), seed=1
    )
    assert one.radius[1] > 3 * one.radius[0]
    assert made.radius.max() <= 5 * made.radius.min() + 1e-9


def test_the_same_seed_gives_the_same_picture() -> None:
    """Positions are equal to the last bit; another seed gives another picture."""
    assert np.array_equal(world(80, 4, seed=3)[0].points, world(80, 4, seed=3)[0].points)
    same = (np.array([0, 1]), np.array([1, 2]), np.ones(2), np.zeros(3, dtype=np.int64), np.ones(3))
    assert not np.array_equal(laid_out(*same, seed=1).points, laid_out(*same, seed=2).points)


@pytest.mark.parametrize("nodes", [0, 1])
def test_hardly_any_nodes(nodes: int) -> None:
    """Nothing has no places, and one node fills the picture."""
    none = np.zeros(0, dtype=np.int64)
    made = laid_out(none, none, np.zeros(0), np.zeros(nodes, dtype=np.int64), np.ones(nodes), seed=1)
    assert made.points == pytest.approx(np.zeros((nodes, 2)), abs=1e-9)
    assert made.radius.tolist() == [1.0] * nodes


def test_discs_do_not_overlap_and_tied_ones_are_neighbours() -> None:
    """Of many discs two that are tied to each other alone lie side by side."""
    disc = np.array([5.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 1.0, 1.0])
    ties = np.zeros((11, 11))
    ties[3, 10] = ties[10, 3] = 4.0
    apart = distances(packed(disc, ties))
    assert (apart > disc[:, None] + disc[None, :]).all()
    assert apart[10].argmin() == 3
