"""The part of a network that a person can read: some hundred nodes, few edges each, with positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from core.analysis.networks.backbone import LEVEL, strongest
from core.analysis.networks.graph import Flags, Graph, Ids, Numbers
from core.analysis.networks.layout import laid_out

MOST_NODES: Final = 500
"""More than this nobody reads, and the layout looks at every pair."""
EDGES_PER_NODE: Final = 2
FEW_EDGES: Final = 250
"""So many are readable however few the nodes are."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """What is drawn of a graph.

    `nodes`: [node, x, y, radius], `node` a position into the graph; x, y and radius share one unit in which
    the longer half of the picture is 1. `edges`: [edge, backbone], `edge` a position into the graph's edges;
    both ends are drawn. `left_out` counts the edges between drawn nodes that would hide the others.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    left_out: int


def drawn(
    graph: Graph, community: Ids, strength: Numbers, alpha: Numbers, *, most: int, seed: int
) -> Drawing:
    """Return the drawing of at most `most` (up to 500) nodes, the backbone first, then the strongest.

    Nodes come in with edges, from the edge whose weaker end is strongest, so that no drawn node stands alone.
    """
    in_backbone = alpha < LEVEL
    chosen = _chosen(graph, strength, in_backbone, min(most, MOST_NODES))
    place = np.full(graph.nodes, -1)
    place[chosen] = np.arange(len(chosen))
    inside = np.flatnonzero((place[graph.source] >= 0) & (place[graph.target] >= 0))
    source, target, weight = place[graph.source[inside]], place[graph.target[inside]], graph.weight[inside]
    kept = _readable(source, target, weight, alpha[inside], len(chosen))
    layout = laid_out(source, target, weight, community[chosen], strength[chosen], seed=seed)
    nodes = {
        "node": chosen,
        "x": layout.points[:, 0],
        "y": layout.points[:, 1],
        "radius": layout.radius,
    }
    edges = {"edge": inside[kept], "backbone": in_backbone[inside[kept]]}
    return Drawing(pd.DataFrame(nodes), pd.DataFrame(edges), int((~kept).sum()))


def _chosen(graph: Graph, strength: Numbers, in_backbone: Flags, most: int) -> Ids:
    """Return the first nodes that edges bring in: backbone first, then by the strength of both ends."""
    one, other = strength[graph.source], strength[graph.target]
    total = float(strength.sum())
    # In one number, as a sort by several columns takes long: at most 1/2 for the stronger end.
    score = total * in_backbone + np.minimum(one, other) + np.maximum(one, other) / (2 * total)
    order = np.argsort(-score, kind="stable")
    first = np.full(graph.nodes, graph.edges)
    # Where a node occurs several times the last assignment stays, that is its first edge.
    for ends in (graph.source, graph.target):
        best = np.full(graph.nodes, graph.edges)
        best[ends[order[::-1]]] = np.arange(graph.edges)[::-1]
        first = np.minimum(first, best)
    # An edge brings in both its ends or none.
    last = np.sort(first)[most] if graph.nodes > most else graph.edges
    chosen: Ids = np.flatnonzero(first < last)
    return chosen


def _readable(source: Ids, target: Ids, weight: Numbers, alpha: Numbers, nodes: int) -> Flags:
    """Tell which edges to draw: the strongest of each node, then by alpha, then by weight."""
    ties_up = strongest(source, target, weight, 1)
    order = np.lexsort((-weight, alpha, ~ties_up))
    kept = np.zeros(len(source), dtype=np.bool_)
    kept[order[: max(FEW_EDGES, EDGES_PER_NODE * nodes)]] = True
    return kept
