"""Small networks for the tests, and the same figures counted in plain Python, as a second opinion."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from itertools import combinations

import networkx as nx
import numpy as np

from core.analysis.networks.graph import Edges, Graph, graph_of

Weighted = tuple[int, int, float]


def edges_of(rows: Iterable[Weighted], moods: Sequence[float] | None = None) -> Edges:
    """Return rows of (source, target, weight) as edges."""
    listed = list(rows)
    source, target = (np.array([row[end] for row in listed], dtype=np.int64) for end in (0, 1))
    weight = np.array([row[2] for row in listed], dtype=float)
    return Edges(source, target, weight, None if moods is None else np.array(moods, dtype=float))


def both_ways(graph: nx.Graph) -> Graph:
    """Return an undirected graph as one with an edge each way, all of weight 1."""
    rows = [(a, b, 1.0) for a, b in graph.edges()]
    return graph_of(edges_of([*rows, *((b, a, weight) for a, b, weight in rows)]))


def drawn_at_random(seed: int, nodes: int = 60, edges: int = 400) -> list[Weighted]:
    """Return distinct weighted pairs of signed ids without loops."""
    chance = np.random.default_rng(seed)
    pairs = {(int(a) - 7, int(b) - 7) for a, b in chance.integers(0, nodes, (edges, 2)) if a != b}
    return [(a, b, float(chance.integers(1, 9))) for a, b in sorted(pairs)]


def planted(seed: int, groups: int, size: int, ties: int, stray: int) -> list[Weighted]:
    """Return a network of groups: `ties` answers inside each, `stray` between any two authors."""
    chance = np.random.default_rng(seed)
    inside = [chance.integers(0, size, (ties, 2)) + group * size for group in range(groups)]
    pairs = np.concatenate([*inside, chance.integers(0, groups * size, (stray, 2))])
    return [(int(a), int(b), 1.0) for a, b in pairs if a != b]


def slow_pagerank(rows: Sequence[Weighted], damping: float = 0.85) -> dict[int, float]:
    """Return PageRank by solving the linear equations, no iteration at all."""
    ids = sorted({end for row in rows for end in row[:2]})
    out: dict[int, float] = defaultdict(float)
    for source, _, weight in rows:
        out[source] += weight
    n = len(ids)
    matrix = np.eye(n)
    for source, target, weight in rows:
        matrix[ids.index(target), ids.index(source)] -= damping * weight / out[source]
    for column, each in enumerate(ids):
        if not out[each]:
            matrix[:, column] -= damping / n
    ranks = np.linalg.solve(matrix, np.full(n, (1 - damping) / n))
    return dict(zip(ids, ranks.tolist(), strict=True))


def slow_alpha(rows: Sequence[Weighted], source: int, target: int) -> float:
    """Return an edge's alpha from the integral of Serrano et al. 2009, eq. 2, written out for each end."""

    def one_end(weights: list[float], weight: float) -> float:
        k, share = len(weights), weight / sum(weights)
        # (k - 1) * integral of (1 - x) ** (k - 2) from 0 to share, term by term of the binomial.
        terms = (math.comb(k - 2, j) * (-1) ** j * share ** (j + 1) / (j + 1) for j in range(max(0, k - 1)))
        return 1 - (k - 1) * math.fsum(terms)

    weight = next(row[2] for row in rows if row[:2] == (source, target))
    sent = [row[2] for row in rows if row[0] == source]
    received = [row[2] for row in rows if row[1] == target]
    return min(one_end(sent, weight), one_end(received, weight))


def slow_trees(parent: Sequence[int]) -> dict[int, tuple[int, int, int, float]]:
    """Return root -> (size, depth, width, mean distance), walking from every comment to every other."""
    near: dict[int, list[int]] = defaultdict(list)
    for child, above in enumerate(parent):
        if above >= 0:
            near[child].append(above)
            near[above].append(child)
    found = {}
    for root in (place for place, above in enumerate(parent) if above < 0):
        down = _distances(near, root)
        levels = list(down.values())
        steps = [_distances(near, a)[b] for a, b in combinations(down, 2)]
        mean = sum(steps) / len(steps) if steps else math.nan
        width = max(levels.count(level) for level in levels)
        found[root] = (len(down), max(levels), width, mean)
    return found


def _distances(near: dict[int, list[int]], start: int) -> dict[int, int]:
    seen = {start: 0}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in near[here]:
            if there not in seen:
                seen[there] = seen[here] + 1
                waiting.append(there)
    return seen
