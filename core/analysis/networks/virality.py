"""The shape of many conversations at once: depth, width, size and structural virality of trees.

Every figure comes from pointer doubling (Wyllie 1979): in round t each comment knows its ancestor 2 ** t
steps above, so a chain of a million replies takes twenty rounds, and a round is one pass over flat arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.analysis.networks.graph import Ids, Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Per comment: `tree` (position of its root), `depth` (0 at the root), `size` of the subtree with itself.

    `circular` counts comments whose parents went in a circle; each of them was made a root.
    """

    tree: Ids
    depth: Ids
    size: Ids
    circular: int


def parent_positions(group: Ids, ids: Ids, parent_ids: Ids) -> Ids:
    """Return the position of each comment's parent, -1 where it has none or the parent is not there.

    Comments are told apart by `group` (any whole number, such as a post's position) and `ids` together; a
    parent is of the same group. Of equal comments the first counts.
    """
    if not len(ids):
        return np.zeros(0, dtype=np.int64)
    groups = np.unique(group, return_inverse=True)[1].astype(np.int64)
    distinct, numbers = np.unique(np.concatenate([ids, parent_ids]), return_inverse=True)
    own, wanted = np.split(numbers.astype(np.int64), 2)
    keys = groups * len(distinct) + own
    order = np.argsort(keys, kind="stable")
    sought = groups * len(distinct) + wanted
    place = order[np.minimum(np.searchsorted(keys, sought, sorter=order), len(keys) - 1)]
    positions: Ids = np.where(keys[place] == sought, place, -1).astype(np.int64)
    return positions


def forest(parent: Ids) -> Forest:
    """Return root, depth and subtree size of every comment; `parent` holds positions, -1 for a root."""
    n = len(parent)
    parent, circular = _without_circles(parent)
    depth = np.zeros(n, dtype=np.int64)
    size = np.ones(n)
    root = np.arange(n)
    above = parent.copy()
    step = 1
    climbing = np.flatnonzero(above >= 0)
    while len(climbing):
        ancestor = above[climbing]
        # All within 2 ** t below is counted; what is added lies from there to 2 ** (t + 1) below.
        size += np.bincount(ancestor, size[climbing], minlength=n)
        # Depth is known as far as 2 ** t - 1 steps; that of the ancestor reaches as far again.
        depth[climbing] = step + depth[ancestor]
        root[climbing] = root[ancestor]
        above[climbing] = above[ancestor]
        climbing = climbing[above[climbing] >= 0]
        step *= 2
    return Forest(root, depth, size.astype(np.int64), circular)


def structural_virality(made: Forest) -> Numbers:
    """Return the mean distance between two different comments of each tree, at its root's position; else NaN.

    Goel, Anderson, Hofman & Watts 2016, "The structural virality of online diffusion", Management Science
    62(1), 180-196, eq. 1. An edge above a subtree of s of n comments lies on s * (n - s) paths (Wiener 1947,
    J. Am. Chem. Soc. 69(1), 17-20), so that the sum takes one pass. NaN for a tree of one comment.
    """
    whole = made.size[made.tree].astype(float)
    paths = np.bincount(made.tree, made.size * (whole - made.size), minlength=len(made.tree))
    pairs = whole * (whole - 1) / 2
    virality: Numbers = np.divide(
        paths, pairs, out=np.full(len(whole), np.nan), where=(pairs > 0) & (made.depth == 0)
    )
    return virality


def trees(made: Forest) -> pd.DataFrame:
    """Return [root, size, depth, width, virality], one row per tree in order of the roots' positions.

    `depth` is the longest way down in steps, `width` the most comments at one depth (Goel et al. 2016).
    """
    roots = np.flatnonzero(made.depth == 0)
    deepest = np.zeros(len(made.tree), dtype=np.int64)
    np.maximum.at(deepest, made.tree, made.depth)
    return pd.DataFrame(
        {
            "root": roots,
            "size": made.size[roots],
            "depth": deepest[roots],
            "width": _widest(made)[roots],
            "virality": structural_virality(made)[roots],
        }
    )


def _widest(made: Forest) -> Ids:
    """Return the most comments at one depth, at each root's position."""
    widest = np.zeros(len(made.tree), dtype=np.int64)
    if len(made.tree):
        levels = int(made.depth.max()) + 1
        at, counts = np.unique(made.tree * levels + made.depth, return_counts=True)
        np.maximum.at(widest, at // levels, counts)
    return widest


def _without_circles(parent: Ids) -> tuple[Ids, int]:
    """Return the parents with every comment on a circle made a root, and how many those were."""
    above = parent
    for _ in range(len(parent).bit_length()):
        climbing = above >= 0
        if not climbing.any():
            return parent, 0
        above = np.where(climbing, above[above], -1)
    # Who still climbs after as many steps as there are comments stands on a circle or below one.
    circle = np.unique(above[above >= 0])
    cut = parent.copy()
    cut[circle] = -1
    return cut, len(circle)
