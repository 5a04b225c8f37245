"""How much a node is answered, answers, and how central it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.analysis.networks.graph import Graph, Ids, Numbers, summed

DAMPING: Final = 0.85
TOLERANCE: Final = 1e-11
"""In the sum over all nodes; what is still missing then is at most 6 times as much."""
MAX_ROUNDS: Final = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Degrees:
    """Per node: how many it is answered by and answers (degree), how often (strength)."""

    incoming: Ids
    outgoing: Ids
    in_strength: Numbers
    out_strength: Numbers

    @property
    def strength(self) -> Numbers:
        """Return how often a node takes part in an answer at all."""
        total: Numbers = self.in_strength + self.out_strength
        return total


def degrees(graph: Graph) -> Degrees:
    """Return degrees and strengths of every node (Barrat et al. 2004, PNAS 101(11), 3747)."""
    n = graph.nodes
    return Degrees(
        np.bincount(graph.target, minlength=n).astype(np.int64),
        np.bincount(graph.source, minlength=n).astype(np.int64),
        summed(graph.target, graph.weight, n),
        summed(graph.source, graph.weight, n),
    )


def pagerank(graph: Graph, damping: float = DAMPING, tolerance: float = TOLERANCE) -> Numbers:
    """Return the PageRank of every node, weighted by the edges; the values add up to 1.

    Brin & Page 1998, Computer Networks 30, section 2.1.1, by power iteration; a node without outgoing edges
    passes its rank on to all nodes alike (Langville & Meyer 2004, Internet Mathematics 1(3)).
    """
    n = graph.nodes
    if not n:
        return np.zeros(0)
    out = summed(graph.source, graph.weight, n)
    is_dangling = out == 0
    passes = graph.adjacency().T.tocsr()
    share = np.divide(1.0, out, out=np.zeros(n), where=~is_dangling)
    rank = np.full(n, 1.0 / n)
    for _ in range(MAX_ROUNDS):
        even = damping * rank[is_dangling].sum() + (1.0 - damping)
        following: Numbers = damping * (passes @ (rank * share)) + even / n
        change = float(np.abs(following - rank).sum())
        rank = following
        if change < tolerance:
            break
    return rank
