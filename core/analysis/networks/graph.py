"""A directed, weighted graph of authors (or words), kept as flat arrays.

Edges are sorted by source and target and stand there once each, so that a pair is found by bisection and the
compressed sparse rows are the arrays themselves. Nodes are positions 0..n-1 into `ids`, which ascend.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

Ids: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Who answers whom: signed VK ids, a positive weight (how often), a mean mood in -1..1 (NaN: not known).

    All arrays are of one length; a pair may occur several times.
    """

    source: Ids
    target: Ids
    weight: Numbers
    mood: Numbers | None = None

    def where(self, hit: Flags) -> Edges:
        """Return the edges at which `hit` is true."""
        mood = None if self.mood is None else self.mood[hit]
        return Edges(self.source[hit], self.target[hit], self.weight[hit], mood)


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Each pair once: `source` and `target` are positions into `ids`, sorted by source, then target."""

    ids: Ids
    source: Ids
    target: Ids
    weight: Numbers
    mood: Numbers | None = None

    @property
    def nodes(self) -> int:
        """Return the number of nodes."""
        return len(self.ids)

    @property
    def edges(self) -> int:
        """Return the number of directed edges."""
        return len(self.source)

    def keys(self) -> Ids:
        """Return one ascending number per edge, source * nodes + target."""
        keys: Ids = self.source * self.nodes + self.target
        return keys

    def adjacency(self) -> sparse.csr_array:
        """Return the n x n matrix whose row is the source, column the target, value the weight."""
        starts = np.zeros(self.nodes + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.source, minlength=self.nodes), out=starts[1:])
        return sparse.csr_array((self.weight, self.target, starts), shape=(self.nodes, self.nodes))

    def undirected(self) -> sparse.csr_array:
        """Return the symmetric matrix of weights in both directions together."""
        adjacency = self.adjacency()
        return (adjacency + adjacency.T).tocsr()


def graph_of(edges: Edges) -> Graph:
    """Return the graph of the edges: equal pairs added up, their moods averaged by weight.

    An edge whose weight is not above 0 is no edge.
    """
    if not (edges.weight > 0).all():
        edges = edges.where(edges.weight > 0)
    # By hashing: there are far fewer nodes than ends of edges.
    places, ids = pd.factorize(np.concatenate([edges.source, edges.target]), sort=True)
    source, target = np.split(places.astype(np.int64), 2)
    keys, pair = np.unique(source * len(ids) + target, return_inverse=True)
    weight = summed(pair, edges.weight, len(keys))
    mood = None if edges.mood is None else weighted_mean(pair, edges.mood, edges.weight, len(keys))
    nodes = max(1, len(ids))
    return Graph(ids.astype(np.int64), keys // nodes, keys % nodes, weight, mood)


def without_loops(edges: Edges) -> Edges:
    """Return the edges between two different nodes."""
    return edges.where(edges.source != edges.target)


def weighted_mean(group: Ids, values: Numbers, weight: Numbers, groups: int) -> Numbers:
    """Return the weighted mean of the known values per group, NaN for a group without any."""
    weight = np.where(np.isnan(values), 0.0, weight)
    total = summed(group, weight, groups)
    weighed = summed(group, weight * np.nan_to_num(values), groups)
    means: Numbers = np.divide(weighed, total, out=np.full(groups, np.nan), where=total > 0)
    return means


def summed(group: Ids, values: Numbers, groups: int) -> Numbers:
    """Return the sum of the values per group 0..groups-1."""
    return np.bincount(group, values, minlength=groups).astype(np.float64, copy=False)


def density(graph: Graph) -> float:
    """Return which share of the n * (n - 1) possible directed edges exists; NaN below two nodes.

    Wasserman & Faust 1994, Social Network Analysis, chapter 4. Loops are not looked for.
    """
    possible = graph.nodes * (graph.nodes - 1)
    return graph.edges / possible if possible else float("nan")


def returned(graph: Graph) -> Flags:
    """Tell for each edge whether the edge the other way exists; a loop is not returned."""
    keys = graph.keys()
    if not len(keys):
        return np.zeros(0, dtype=np.bool_)
    back = graph.target * graph.nodes + graph.source
    place = np.minimum(np.searchsorted(keys, back), len(keys) - 1)
    flags: Flags = (keys[place] == back) & (graph.source != graph.target)
    return flags


def reciprocity(graph: Graph) -> float:
    """Return which share of the edges is returned; NaN without edges.

    Newman 2010, Networks: An Introduction, section 7.10: r = sum of A_ij A_ji / m.
    """
    return float(returned(graph).mean()) if graph.edges else float("nan")
