"""The shape of conversations: what walking from comment to comment gives, for many at once."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.analysis.networks.virality import Forest, forest, parent_positions, structural_virality, trees
from tests.core.analysis.networks.answers import slow_trees


def shapes(parent: list[int]) -> dict[int, tuple[int, int, int, float]]:
    """Return root -> (size, depth, width, virality)."""
    table = trees(forest(np.array(parent)))
    return {row.root: (row.size, row.depth, row.width, row.virality) for row in table.itertuples()}


def test_a_star_and_a_chain_are_the_two_ends() -> None:
    """A star of n has 2 (n - 1) / n, a chain (n + 1) / 3, as the paper says."""
    n = 50
    assert shapes([-1] + [0] * (n - 1))[0] == (n, 1, n - 1, pytest.approx(2 * (n - 1) / n, abs=1e-12))
    assert shapes(list(range(-1, n - 1)))[0] == (n, n - 1, 1, pytest.approx((n + 1) / 3, abs=1e-12))


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_agrees_with_walking(seed: int) -> None:
    """Size, depth, width and mean distance of random forests are those of breadth-first walks, to 1e-9."""
    chance = np.random.default_rng(seed)
    n = 120
    parent = [-1 if chance.random() < 0.1 else int(chance.integers(-1, place)) for place in range(1, n)]
    order = chance.permutation(n)
    shuffled = [0] * n
    for child, above in enumerate([-1, *parent]):
        shuffled[order[child]] = -1 if above < 0 else int(order[above])
    ours, walked = shapes(shuffled), slow_trees(shuffled)
    assert ours.keys() == walked.keys()
    for root, figures in walked.items():
        assert ours[root] == pytest.approx(figures, abs=1e-9, nan_ok=True)


def test_depth_size_and_root_of_each_comment() -> None:
    """Each comment knows how deep it lies, how many hang on it and where it all began."""
    made = forest(np.array([-1, 0, 1, 1, -1, 2]))
    assert made.depth.tolist() == [0, 1, 2, 2, 0, 3]
    assert made.size.tolist() == [5, 4, 2, 1, 1, 1]
    assert made.tree.tolist() == [0, 0, 0, 0, 4, 0]
    assert made.circular == 0


def test_a_comment_alone_has_no_distance() -> None:
    """Of one comment virality is unknown, and it stands at roots only."""
    values = structural_virality(forest(np.array([-1, -1, 1])))
    assert math.isnan(values[0])
    assert values[1] == 1
    assert math.isnan(values[2])


def test_circles_are_cut_and_counted() -> None:
    """Comments that answer each other in a circle become roots; what hangs on them stays."""
    made = forest(np.array([1, 2, 0, 0, 4, -1]))
    assert made.circular == 4
    assert made.depth.tolist() == [0, 0, 0, 1, 0, 0]
    assert trees(made)["size"].tolist() == [2, 1, 1, 1, 1]


def test_no_comments_have_no_trees() -> None:
    """Nothing in, nothing out."""
    made = forest(np.zeros(0, dtype=np.int64))
    assert isinstance(made, Forest)
    assert trees(made).empty
    none = np.zeros(0, dtype=np.int64)
    assert parent_positions(none, none, none).tolist() == []


def test_parents_are_sought_under_their_own_post() -> None:
    """Ids repeat from post to post; a parent that was deleted or never named is none."""
    group = np.array([1, 1, -2, -2, -2])
    ids = np.array([10, 11, 10, 11, 12])
    assert parent_positions(group, ids, np.array([0, 10, 0, 10, 99])).tolist() == [-1, 0, -1, 2, -1]


def test_many_comments_of_any_depth() -> None:
    """A chain of 200,000 and 50,000 short threads come out right, to 1e-9."""
    n = 200_000
    chain = trees(forest(np.arange(n) - 1))
    assert chain.iloc[0].tolist() == [0, n, n - 1, 1, pytest.approx((n + 1) / 3, rel=1e-9)]
    short = trees(forest(np.where(np.arange(n) % 4 == 0, -1, np.arange(n) // 4 * 4)))
    assert short["size"].eq(4).all()
    assert short["virality"].eq(1.5).all()
