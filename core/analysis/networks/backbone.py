"""Which edges carry the structure of a weighted graph.

Disparity filter: Serrano, Boguna & Vespignani 2009, "Extracting the multiscale backbone of complex weighted
networks", PNAS 106(16), 6483-6488, eq. 2. It asks how likely an edge as heavy as this one is, were the
strength of its node spread over the node's edges at random. Where most weights are 1, as in replies, nothing
stands out and it rightly keeps little: `strongest` then picks a few edges per node, without a claim.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from core.analysis.networks.centrality import Degrees, degrees
from core.analysis.networks.graph import Flags, Graph, Ids, Numbers

LEVEL: Final = 0.05


def disparity(graph: Graph, counted: Degrees | None = None) -> Numbers:
    """Return the alpha of every edge: the smaller of what its source and its target say of it.

    Serrano et al. 2009, eq. 2 solved: (1 - weight / strength) ** (degree - 1), here among the edges out
    of the source and those into the target (the directed form of their Methods). A node with one edge says 1.
    """
    counted = counted or degrees(graph)
    sent = _unlikely(graph.weight, counted.out_strength[graph.source], counted.outgoing[graph.source])
    received = _unlikely(graph.weight, counted.in_strength[graph.target], counted.incoming[graph.target])
    alpha: Numbers = np.minimum(sent, received)
    return alpha


def strongest(source: Ids, target: Ids, weight: Numbers, k: int) -> Flags:
    """Tell which edges are among the k heaviest of either end; of equally heavy ones the first."""
    edge = np.tile(np.arange(len(source)), 2)
    node = np.concatenate([source, target])
    order = np.lexsort((edge, -weight[edge], node))
    ordered = node[order]
    is_first = np.ones(len(ordered), dtype=np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    starts = np.flatnonzero(is_first)
    rank = np.arange(len(ordered)) - np.repeat(starts, np.diff(np.append(starts, len(ordered))))
    kept = np.zeros(len(source), dtype=np.bool_)
    kept[edge[order[rank < k]]] = True
    return kept


def _unlikely(weight: Numbers, strength: Numbers, degree: Ids) -> Numbers:
    rest = np.clip(1.0 - weight / strength, 0.0, 1.0)
    # 0 ** 0 is 1: a node with a single edge has nothing to compare it with.
    powers: Numbers = rest ** (degree - 1)
    return powers
