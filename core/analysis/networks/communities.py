"""Groups of nodes that answer each other more than chance would have it, and how far to trust them.

Louvain: Blondel, Guillaume, Lambiotte & Lefebvre 2008, J. Stat. Mech. P10008, without directions. It
depends on the order of the nodes, so it runs several times: the best run counts, and how alike the runs
are is its stability. A community that hangs together only through others is split (Traag, Waltman & van Eck
2019, Scientific Reports 9, 5233, describe this defect), which never lowers the modularity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sknetwork.clustering import Louvain

from core.analysis.networks.graph import Edges, Graph, Ids, graph_of, summed, weighted_mean, without_loops

MOST_RUNS: Final = 10
FEWEST_RUNS: Final = 2
EDGE_BUDGET: Final = 1_000_000
"""How many edges the runs may go over together before there are fewer runs; keeps a million edges quick."""
PASS_GAIN: Final = 3e-3
LEVEL_GAIN: Final = 1e-3
"""Gains in modularity below which a pass over the nodes, and a level, is the last one."""


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """A community per node, numbered by size from 0; `stability` is 1 where all runs agree, 0 by chance."""

    labels: Ids
    modularity: float
    stability: float
    runs: int

    @property
    def communities(self) -> int:
        """Return the number of communities."""
        return int(self.labels.max()) + 1 if len(self.labels) else 0


def runs_for(edges: int) -> int:
    """Return how often a graph of that many edges is partitioned."""
    return max(FEWEST_RUNS, min(MOST_RUNS, EDGE_BUDGET // max(1, edges)))


def partition(graph: Graph, *, seed: int, runs: int | None = None) -> Partition:
    """Return the best of several runs of Louvain, all drawn from one seed (0 or more)."""
    if not graph.edges:
        return Partition(np.arange(graph.nodes), float("nan"), float("nan"), 0)
    runs = runs or runs_for(graph.edges)
    weights = graph.undirected()
    seeds = np.random.default_rng(seed).integers(0, 2**31, size=runs).tolist()
    found = [_connected(weights, _louvain(weights, each)) for each in seeds]
    quality = [_modularity(weights, labels) for labels in found]
    best = int(np.argmax(quality))
    return Partition(_by_size(found[best]), quality[best], stability(found), runs)


def modularity(graph: Graph, labels: Ids) -> float:
    """Return the modularity of a partition of the graph without directions; NaN without edges.

    Newman 2004, "Analysis of weighted networks", Phys. Rev. E 70, 056131: Q = sum of
    (A_ij - s_i s_j / 2m) / 2m over pairs of one community, the weights of both directions added up.
    """
    return _modularity(graph.undirected(), labels) if graph.edges else float("nan")


def expected_modularity(graph: Graph, *, seed: int) -> float:
    """Return the modularity Louvain finds once every single answer goes to the target of another one.

    How often each node answers and is answered stays, whom it answers becomes chance; a graph without
    communities has a modularity above 0, too (Guimera, Sales-Pardo & Amaral 2004, Phys. Rev. E 70, 025101).
    Weights are read as counts, rounded and at least 1; answers to oneself that arise are left out.
    """
    often = np.maximum(1, np.rint(graph.weight).astype(np.int64))
    source = np.repeat(graph.source, often)
    dealt = np.random.default_rng(seed).permutation(np.repeat(graph.target, often))
    chance = graph_of(without_loops(Edges(source, dealt, np.ones(len(source)))))
    return partition(chance, seed=seed, runs=1).modularity


def stability(partitions: Sequence[Ids]) -> float:
    """Return the mean adjusted Rand index over all pairs of partitions; NaN with one alone."""
    pairs = [agreement(left, right) for left, right in combinations(partitions, 2)]
    return float(np.mean(pairs)) if pairs else float("nan")


def agreement(left: Ids, right: Ids) -> float:
    """Return the adjusted Rand index of two partitions: 1 for the same, 0 on average by chance.

    Hubert & Arabie 1985, "Comparing partitions", Journal of Classification 2, 193-218, eq. 5.
    """
    cells = np.unique(left * (right.max(initial=0) + 1) + right, return_counts=True)[1]
    both, rows, columns = (_pairs(counts) for counts in (cells, np.bincount(left), np.bincount(right)))
    expected = rows * columns / max(1.0, _pairs(np.array([len(left)])))
    most = (rows + columns) / 2
    return (both - expected) / (most - expected) if most != expected else 1.0


def between(graph: Graph, labels: Ids, most: int) -> pd.DataFrame:
    """Return [source, target, weight, mood]: how much one community answers another, and in which mood.

    The `most` largest are named by their number, all others by -1; a pair without answers has no row.
    """
    named = np.where(labels < most, labels, -1)
    codes = (named[graph.source] + 1) * (most + 1) + named[graph.target] + 1
    pairs, place = np.unique(codes, return_inverse=True)
    weight = summed(place, graph.weight, len(pairs))
    mood = np.full(len(pairs), np.nan)
    if graph.mood is not None:
        mood = weighted_mean(place, graph.mood, graph.weight, len(pairs))
    source, target = pairs // (most + 1) - 1, pairs % (most + 1) - 1
    return pd.DataFrame({"source": source, "target": target, "weight": weight, "mood": mood})


def _louvain(weights: sparse.csr_array, seed: int) -> Ids:
    method = Louvain(
        modularity="newman",
        shuffle_nodes=True,
        random_state=seed,
        tol_optimization=PASS_GAIN,
        tol_aggregation=LEVEL_GAIN,
        return_probs=False,
        return_aggregate=False,
    )
    labels: Ids = method.fit_predict(sparse.csr_matrix(weights)).astype(np.int64)
    return labels


def _modularity(weights: sparse.csr_array, labels: Ids) -> float:
    """Return the sum over communities of (weight inside / total) - (strength / total) ** 2."""
    strength = weights.sum(axis=1)
    total = float(strength.sum())
    rows = np.repeat(labels, np.diff(weights.indptr))
    inside = float(weights.data[rows == labels[weights.indices]].sum())
    shares = np.bincount(labels, strength) / total
    return inside / total - float((shares**2).sum())


def _connected(weights: sparse.csr_array, labels: Ids) -> Ids:
    """Return the connected parts of the communities as communities of their own."""
    rows = np.repeat(np.arange(len(labels)), np.diff(weights.indptr))
    inside = labels[rows] == labels[weights.indices]
    ends = (rows[inside], weights.indices[inside])
    linked = sparse.csr_matrix((np.ones(len(ends[0]), dtype=np.int8), ends), shape=weights.shape)
    parts: Ids = connected_components(linked, directed=False)[1].astype(np.int64)
    return parts


def _by_size(labels: Ids) -> Ids:
    """Return the labels renumbered from the largest community to the smallest, then by the first node."""
    _, first, place, counts = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -counts))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    renumbered: Ids = number[place]
    return renumbered


def _pairs(counts: np.ndarray[Any, np.dtype[np.int64]]) -> float:
    sizes = counts.astype(float)
    return float((sizes * (sizes - 1) / 2).sum())
