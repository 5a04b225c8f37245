"""How often the acquaintances of a node know each other, whatever the direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.analysis.networks.graph import Graph, Ids
from core.unique import unique

WEDGES_AT_ONCE: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Clustering:
    """`transitivity` of the whole graph and the `average` of the nodes' own coefficients.

    A node with fewer than two neighbours counts as 0.
    Newman 2010, Networks: An Introduction, section 7.9; Watts & Strogatz 1998, Nature 393, 440-442.
    """

    transitivity: float
    average: float


def clustering(graph: Graph, at_once: int = WEDGES_AT_ONCE) -> Clustering:
    """Return both coefficients of the graph without directions, weights and loops; NaN without edges.

    Open triangles are tried `at_once` at a time, which bounds the memory.
    """
    low, high = _undirected_pairs(graph)
    if not len(low):
        return Clustering(float("nan"), float("nan"))
    degree = np.bincount(low, minlength=graph.nodes) + np.bincount(high, minlength=graph.nodes)
    possible = degree * (degree - 1) / 2
    found = _triangles(low, high, degree, at_once)
    own = np.divide(found, possible, out=np.zeros(graph.nodes), where=possible > 0)
    wedges = float(possible.sum())
    return Clustering(float(found.sum()) / wedges if wedges else 0.0, float(own.mean()))


def _undirected_pairs(graph: Graph) -> tuple[Ids, Ids]:
    low, high = np.minimum(graph.source, graph.target), np.maximum(graph.source, graph.target)
    keys = unique(low * graph.nodes + high)
    low, high = keys // max(1, graph.nodes), keys % max(1, graph.nodes)
    return low[low != high], high[low != high]


def _triangles(low: Ids, high: Ids, degree: Ids, at_once: int) -> Ids:
    """Return how many triangles each node is part of.

    Every edge points to the end of higher degree (Chiba & Nishizeki 1985, SIAM J. Comput. 14(1)): no node
    then has more than sqrt(2 * edges) edges out, however popular it is, and each triangle is met once.
    """
    n = len(degree)
    order = np.lexsort((np.arange(n), degree))
    rank = np.empty(n, dtype=np.int64)
    rank[order] = np.arange(n)
    tail, head = np.minimum(rank[low], rank[high]), np.maximum(rank[low], rank[high])
    keys = np.sort(tail * n + head)
    tail, head = keys // n, keys % n
    outgoing = np.bincount(tail, minlength=n)
    starts = np.cumsum(outgoing) - outgoing
    wedges = np.cumsum(outgoing[head])
    counts = np.zeros(n, dtype=np.int64)
    start, done = 0, 0
    while start < len(tail):
        stop = max(start + 1, int(np.searchsorted(wedges, done + at_once, side="right")))
        first, middle = tail[start:stop], head[start:stop]
        length = outgoing[middle]
        edge = np.repeat(np.arange(stop - start), length)
        step = np.arange(len(edge)) - np.repeat(np.cumsum(length) - length, length)
        last = head[starts[middle][edge] + step]
        sought = first[edge] * n + last
        closed = keys[np.minimum(np.searchsorted(keys, sought), len(keys) - 1)] == sought
        for corner in (first[edge[closed]], middle[edge[closed]], last[closed]):
            counts += np.bincount(corner, minlength=n)
        start, done = stop, int(wedges[stop - 1])
    return counts[rank]
