"""The reply network: who answers whom, as tables, figures and a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from core.analysis.networks.backbone import LEVEL, disparity
from core.analysis.networks.centrality import Degrees, degrees, pagerank
from core.analysis.networks.clustering import clustering
from core.analysis.networks.communities import Partition, between, expected_modularity, partition
from core.analysis.networks.drawing import Drawing, drawn
from core.analysis.networks.graph import (
    Edges,
    Flags,
    Graph,
    Numbers,
    density,
    graph_of,
    returned,
    weighted_mean,
    without_loops,
)

CLOSE_LOOK: Final = 250_000
"""Up to so many edges, transitivity and the modularity by chance are counted, too."""
NAMED_COMMUNITIES: Final = 12


@dataclass(frozen=True, slots=True)
class NetworkFigures:
    """The network in numbers; NaN is what could not be said.

    `weight`: all answers between two different authors; `self_answers`: those to oneself, left out of
    everything else. `modularity_by_chance`: what the same answers dealt out at random come to, to hold
    `modularity` against; `stability`: mean adjusted Rand index over `runs` of Louvain. Transitivity and
    modularity by chance are NaN above 250,000 edges.
    """

    nodes: int
    edges: int
    weight: float
    self_answers: float
    density: float
    reciprocity: float
    transitivity: float
    communities: int
    modularity: float
    modularity_by_chance: float
    stability: float
    runs: int
    backbone_edges: int
    mood: float
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The reply network described.

    `nodes`: [author_id, in_degree, out_degree, in_strength, out_strength, pagerank, community, returned,
    mood_in, mood_out], by PageRank; `returned` is the share of those answered who answered back, NaN without.
    `edges`: [source, target, weight, mood, alpha, backbone, returned], ids of authors.
    `between`: [source, target, weight, mood] of the 12 largest communities, -1 for all others.
    `drawn_nodes`: the rows of `nodes` that are drawn, with x, y, radius; `drawn_edges`: those of `edges`.
    `left_out`: edges between drawn nodes that are not drawn.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    between: pd.DataFrame
    drawn_nodes: pd.DataFrame
    drawn_edges: pd.DataFrame
    left_out: int
    figures: NetworkFigures


def described(edges: Edges, *, seed: int, top: int = 300) -> Network:
    """Return the network of the edges, `top` (up to 500) of its nodes drawn; one seed, one result.

    An author who answers only their own comments is no node.
    """
    graph = graph_of(without_loops(edges))
    counted = degrees(graph)
    groups = partition(graph, seed=seed)
    alpha = disparity(graph, counted)
    back = returned(graph)
    nodes = _node_frame(graph, counted, groups, back)
    ties = _edge_frame(graph, alpha, back)
    picture = drawn(graph, groups.labels, counted.strength, alpha, most=top, seed=seed)
    order = np.lexsort((graph.ids, -nodes["pagerank"].to_numpy()))
    return Network(
        nodes=nodes.iloc[order].reset_index(drop=True),
        edges=ties,
        between=between(graph, groups.labels, NAMED_COMMUNITIES),
        drawn_nodes=_with_places(nodes, picture),
        drawn_edges=ties.iloc[picture.edges["edge"].to_numpy()].reset_index(drop=True),
        left_out=picture.left_out,
        figures=_figures(edges, graph, groups, alpha, back, seed=seed),
    )


def _node_frame(graph: Graph, counted: Degrees, groups: Partition, back: Flags) -> pd.DataFrame:
    n = graph.nodes
    answered_back = np.bincount(graph.source, back, minlength=n)
    has_out = counted.outgoing > 0
    moods = (np.full(n, np.nan), np.full(n, np.nan))
    if graph.mood is not None:
        received = weighted_mean(graph.target, graph.mood, graph.weight, n)
        moods = (received, weighted_mean(graph.source, graph.mood, graph.weight, n))
    return pd.DataFrame(
        {
            "author_id": graph.ids,
            "in_degree": counted.incoming,
            "out_degree": counted.outgoing,
            "in_strength": counted.in_strength,
            "out_strength": counted.out_strength,
            "pagerank": pagerank(graph),
            "community": groups.labels,
            "returned": np.divide(answered_back, counted.outgoing, out=np.full(n, np.nan), where=has_out),
            "mood_in": moods[0],
            "mood_out": moods[1],
        }
    )


def _edge_frame(graph: Graph, alpha: Numbers, back: Flags) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "source": graph.ids[graph.source],
            "target": graph.ids[graph.target],
            "weight": graph.weight,
            "mood": np.full(graph.edges, np.nan) if graph.mood is None else graph.mood,
            "alpha": alpha,
            "backbone": alpha < LEVEL,
            "returned": back,
        }
    )


def _with_places(nodes: pd.DataFrame, picture: Drawing) -> pd.DataFrame:
    shown = nodes.iloc[picture.nodes["node"].to_numpy()].reset_index(drop=True)
    return pd.concat([shown, picture.nodes[["x", "y", "radius"]]], axis=1)


def _figures(
    edges: Edges, graph: Graph, groups: Partition, alpha: Numbers, back: Flags, *, seed: int
) -> NetworkFigures:
    is_small = graph.edges <= CLOSE_LOOK
    loops = edges.weight[(edges.source == edges.target) & (edges.weight > 0)]
    nothing = float("nan")
    whole = np.zeros(graph.edges, dtype=np.int64)
    mood = nothing if graph.mood is None else float(weighted_mean(whole, graph.mood, graph.weight, 1)[0])
    return NetworkFigures(
        nodes=graph.nodes,
        edges=graph.edges,
        weight=float(graph.weight.sum()),
        self_answers=float(loops.sum()),
        density=density(graph),
        reciprocity=float(back.mean()) if graph.edges else nothing,
        transitivity=clustering(graph).transitivity if is_small else nothing,
        communities=groups.communities,
        modularity=groups.modularity,
        modularity_by_chance=expected_modularity(graph, seed=seed) if is_small else nothing,
        stability=groups.stability,
        runs=groups.runs,
        backbone_edges=int((alpha < LEVEL).sum()),
        mood=mood,
        seed=seed,
    )
