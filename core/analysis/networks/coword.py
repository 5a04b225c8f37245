"""Words (or hashtags, entities) that stand in the same comments more often than each alone would make them.

Counts are of documents, a word that a comment repeats counts once; give authors as documents, and one loud
author counts once as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from scipy import sparse

from core.analysis.networks.backbone import LEVEL, disparity
from core.analysis.networks.communities import Partition, partition
from core.analysis.networks.drawing import drawn
from core.analysis.networks.graph import Edges, Graph, Ids, Numbers, graph_of, summed

Measure = Literal["cosine", "npmi"]
MINIMUM: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """How many documents hold both words of a pair, `first` < `second`; `alone`: documents per word.

    Words are positions into `alone`; `documents` is the number of all documents, wordless ones included.
    """

    first: Ids
    second: Ids
    together: Ids
    alone: Ids
    documents: int


@dataclass(frozen=True, slots=True, eq=False)
class Coword:
    """The co-word network.

    `nodes`: [term, documents, degree, strength, community], words with a tie; `edges`: [source, target,
    together, cosine, npmi, alpha, backbone], each pair once. `drawn_nodes` adds x, y, radius to some of
    `nodes`; `drawn_edges` are some of `edges`, `left_out` counts those that would hide the others.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    drawn_nodes: pd.DataFrame
    drawn_edges: pd.DataFrame
    left_out: int
    modularity: float
    stability: float


def cooccurrence(document: Ids, term: Ids, *, terms: int, documents: int) -> Pairs:
    """Return the pairs of words 0..terms-1 from one row per occurrence; for up to a few thousand words."""
    rows = np.unique(document, return_inverse=True)[1]
    shape = (int(rows.max(initial=-1)) + 1, terms)
    held = sparse.csr_array((np.ones(len(rows), dtype=np.int64), (rows, term)), shape=shape)
    held.data[:] = 1
    both = sparse.coo_array(sparse.triu(held.T @ held, 1))
    alone = np.bincount(held.indices, minlength=terms).astype(np.int64)
    first, second = (axis.astype(np.int64) for axis in both.coords)
    return Pairs(first, second, both.data.astype(np.int64), alone, documents)


def cosine(pairs: Pairs) -> Numbers:
    """Return together / sqrt(first * second) per pair, 0..1.

    Ochiai 1957; as a measure of co-words: van Eck & Waltman 2009, JASIST 60(8), 1635-1651.
    """
    scores: Numbers = pairs.together / np.sqrt(
        pairs.alone[pairs.first] * pairs.alone[pairs.second].astype(float)
    )
    return scores


def npmi(pairs: Pairs) -> Numbers:
    """Return the normalised pointwise mutual information per pair, -1..1.

    Bouma 2009, "Normalized (pointwise) mutual information in collocation extraction", GSCL:
    ln(p(x, y) / (p(x) p(y))) / -ln p(x, y). -1 is never together, 0 as often as by chance, 1 always.
    """
    both = pairs.together / pairs.documents
    apart = pairs.alone[pairs.first] / pairs.documents * (pairs.alone[pairs.second] / pairs.documents)
    with np.errstate(divide="ignore", invalid="ignore"):
        scores: Numbers = np.log(both / apart) / -np.log(both)
    scores[both == 1.0] = 1.0
    scores[both == 0.0] = -1.0
    return scores


def coword(
    pairs: Pairs, *, measure: Measure = "cosine", minimum: int = MINIMUM, seed: int, top: int = 100
) -> Coword:
    """Return the network of pairs found in at least `minimum` documents, `top` words of it drawn.

    Weights are the measure; a pair that is no more frequent than by chance (NPMI not above 0) is no tie.
    """
    scores = {"cosine": cosine(pairs), "npmi": npmi(pairs)}
    tied = np.flatnonzero((pairs.together >= minimum) & (scores["npmi"] > 0))
    tied = tied[np.lexsort((pairs.second[tied], pairs.first[tied]))]
    first, second, weight = pairs.first[tied], pairs.second[tied], scores[measure][tied]
    graph = graph_of(Edges(np.append(first, second), np.append(second, first), np.append(weight, weight)))
    once = np.flatnonzero(graph.source < graph.target)
    half = Graph(graph.ids, graph.source[once], graph.target[once], graph.weight[once])
    alpha = disparity(graph)[once]
    groups = partition(graph, seed=seed)
    strength = summed(graph.source, graph.weight, graph.nodes)
    nodes = _node_frame(graph, groups, strength, pairs.alone)
    edges = _edge_frame(
        half, alpha, pairs.together[tied], {name: each[tied] for name, each in scores.items()}
    )
    picture = drawn(half, groups.labels, strength, alpha, most=top, seed=seed)
    shown = nodes.iloc[picture.nodes["node"].to_numpy()].reset_index(drop=True)
    return Coword(
        nodes=nodes,
        edges=edges,
        drawn_nodes=pd.concat([shown, picture.nodes[["x", "y", "radius"]]], axis=1),
        drawn_edges=edges.iloc[picture.edges["edge"].to_numpy()].reset_index(drop=True),
        left_out=picture.left_out,
        modularity=groups.modularity,
        stability=groups.stability,
    )


def _node_frame(graph: Graph, groups: Partition, strength: Numbers, alone: Ids) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "term": graph.ids,
            "documents": alone[graph.ids],
            "degree": np.bincount(graph.source, minlength=graph.nodes),
            "strength": strength,
            "community": groups.labels,
        }
    )


def _edge_frame(graph: Graph, alpha: Numbers, together: Ids, scores: dict[str, Numbers]) -> pd.DataFrame:
    """Return each pair once, in the order of the graph's edges, which is that of the pairs."""
    return pd.DataFrame(
        {
            "source": graph.ids[graph.source],
            "target": graph.ids[graph.target],
            "together": together,
            **scores,
            "alpha": alpha,
            "backbone": alpha < LEVEL,
        }
    )
