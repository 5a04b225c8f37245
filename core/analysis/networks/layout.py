"""Where the nodes of a small graph stand: communities as separate discs, nothing on top of anything.

Fruchterman & Reingold 1991, "Graph drawing by force-directed placement", Software: Practice and Experience
21(11), runs inside each community's disc; ties that leave it only turn the node towards their other end. The
discs are packed first, those with many ties beside each other, and in the end overlapping marks are pushed
apart. Meant for some hundred nodes: every pair of nodes is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from core.analysis.networks.graph import Ids, Numbers, summed

Points = np.ndarray[Any, np.dtype[np.float64]]

SMALLEST: Final = 0.2
LARGEST: Final = 1.0
"""Radii of marks, in units of the distance two tied nodes take to each other."""
ROOM: Final = 0.45
GAP: Final = 0.12
ROUNDS: Final = 120
OUTWARD: Final = 0.04
COMPASS: Final = 24
MOST_PUSHES: Final = 400
TINY: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Positions (n x 2) and radii of the marks in one unit; the longer half of the picture is 1."""

    points: Points
    radius: Numbers


def laid_out(
    source: Ids, target: Ids, weight: Numbers, community: Ids, size: Numbers, *, seed: int
) -> Layout:
    """Return the layout of nodes 0..n-1 with edges between them; the same seed gives the same picture.

    A mark grows with the square root of `size`. Two marks never overlap.
    """
    if not len(size):
        return Layout(np.zeros((0, 2)), np.zeros(0))
    number = np.unique(community, return_inverse=True)[1].astype(np.int64)
    radius = _radii(size)
    disc = 1.15 * np.sqrt(np.bincount(number, (radius + ROOM) ** 2)) + GAP
    centre = packed(disc, _ties(number[source], number[target], weight, len(disc)))
    points = _forced(
        source=source,
        target=target,
        weight=weight,
        number=number,
        radius=radius,
        centre=centre,
        disc=disc,
        seed=seed,
    )
    points = _apart(points, radius)
    return _scaled(points, radius)


def packed(disc: Numbers, ties: Points) -> Points:
    """Return centres (n x 2) of discs that do not overlap, the largest in the middle, tied ones near.

    `ties` is the symmetric n x n matrix of weights. A disc goes to the best free place beside a placed one.
    """
    centre = np.zeros((len(disc), 2))
    order = np.lexsort((np.arange(len(disc)), -disc))
    angle = np.arange(COMPASS) * (2 * np.pi / COMPASS)
    compass = np.column_stack([np.cos(angle), np.sin(angle)])
    for place in range(1, len(order)):
        done, new = order[:place], order[place]
        reach = disc[done] + disc[new] + GAP
        spots = (centre[done, None, :] + reach[:, None, None] * compass[None, :, :]).reshape(-1, 2)
        away = np.linalg.norm(spots[:, None, :] - centre[None, done, :], axis=2)
        pull = ties[new, done]
        cost = np.linalg.norm(spots, axis=1) + away @ (pull / max(pull.sum(), TINY))
        cost[(away < reach - 1e-9).any(axis=1)] = np.inf
        centre[new] = spots[int(np.argmin(cost))]
    return centre


def _radii(size: Numbers) -> Numbers:
    share = np.sqrt(np.maximum(size, 0.0) / max(float(size.max()), TINY))
    radii: Numbers = SMALLEST + (LARGEST - SMALLEST) * share
    return radii


def _ties(source: Ids, target: Ids, weight: Numbers, n: int) -> Points:
    ties = summed(source * n + target, weight, n * n).reshape(n, n)
    both: Points = ties + ties.T
    np.fill_diagonal(both, 0.0)
    return both


def _forced(
    *,
    source: Ids,
    target: Ids,
    weight: Numbers,
    number: Ids,
    radius: Numbers,
    centre: Points,
    disc: Numbers,
    seed: int,
) -> Points:
    """Return where forces leave the nodes, each held inside the disc of its community."""
    room = np.maximum(disc[number] - radius - GAP, 0.0)
    points = centre[number] + _scattered(len(number), seed) * room[:, None]
    wanted = np.square(radius[:, None] + radius + ROOM) * (number[:, None] == number)
    np.fill_diagonal(wanted, 0.0)
    pull = (np.log1p(weight) / np.log1p(weight).max()) if len(weight) else weight
    pull = np.where(number[source] == number[target], pull, OUTWARD * pull)
    for step in range(ROUNDS):
        force = _pushes(points, wanted) + _pulls(points, source, target, pull)
        length = np.linalg.norm(force, axis=1)
        hottest = np.maximum(0.3 * room, GAP) * (1 - step / ROUNDS)
        points = points + force * (np.minimum(length, hottest) / np.maximum(length, TINY))[:, None]
        away = points - centre[number]
        far = np.linalg.norm(away, axis=1)
        points = centre[number] + away * (np.minimum(far, room) / np.maximum(far, TINY))[:, None]
    return points


def _scattered(n: int, seed: int) -> Points:
    """Return n points drawn evenly from the unit disc."""
    chance = np.random.default_rng(seed)
    angle, far = chance.uniform(0, 2 * np.pi, n), np.sqrt(chance.uniform(0, 1, n))
    return np.column_stack([far * np.cos(angle), far * np.sin(angle)])


def _pushes(points: Points, room: Points) -> Points:
    """Return the repulsion of all pairs: `room`, the wanted distance squared, over distance."""
    strength = room / np.maximum(_squares(points), 1e-4)
    pushes: Points = points * strength.sum(axis=1)[:, None] - np.einsum("ij,jk->ik", strength, points)
    return pushes


def _squares(points: Points) -> Points:
    """Return the squared distance of every point from every other."""
    x, y = points[:, 0], points[:, 1]
    squares: Points = np.square(x[:, None] - x) + np.square(y[:, None] - y)
    return squares


def _pulls(points: Points, source: Ids, target: Ids, pull: Numbers) -> Points:
    """Return the attraction along edges: distance squared, times how heavy the edge is."""
    away = points[target] - points[source]
    force = away * (pull * np.minimum(np.linalg.norm(away, axis=1), 2.0))[:, None]
    return _felt(source, target, force, len(points))


def _felt(plus: Ids, minus: Ids, force: Points, n: int) -> Points:
    """Return per node the forces it feels: as they are at one end, reversed at the other."""
    axes = [summed(plus, force[:, axis], n) - summed(minus, force[:, axis], n) for axis in (0, 1)]
    return np.column_stack(axes)


def _apart(points: Points, radius: Numbers) -> Points:
    """Return the points moved until no two marks overlap, each pair by half of what it lacks."""
    wanted = radius[:, None] + radius + GAP
    limit = np.triu(np.square(wanted - GAP / 2), 1)
    for _ in range(MOST_PUSHES):
        one, other = np.nonzero(_squares(points) < limit)
        if not len(one):
            return points
        away = points[one] - points[other]
        # Two nodes on the very same spot part sideways.
        away[np.abs(away).max(axis=1) < TINY] = (TINY, 0.0)
        far = np.linalg.norm(away, axis=1)
        push = away * ((wanted[one, other] / far - 1) / 2)[:, None]
        points = points + _felt(one, other, push, len(points))
    # Rare: what still overlaps is given room by widening the whole picture.
    far_apart = np.sqrt(np.maximum(_squares(points), TINY**2)) + np.diag(np.full(len(points), np.inf))
    return points * float(max(1.0, (wanted / far_apart).max()))


def _scaled(points: Points, radius: Numbers) -> Layout:
    low, high = (points - radius[:, None]).min(axis=0), (points + radius[:, None]).max(axis=0)
    half = float((high - low).max()) / 2
    return Layout((points - (low + high) / 2) / half, radius / half)
