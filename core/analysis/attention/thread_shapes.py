"""The shapes of threads, rebuilt from who answers whom: arrays in, one row per thread out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from core.analysis.attention.certainty import told
from core.analysis.described import Cell
from core.analysis.networks import virality
from core.analysis.stats import clustered
from core.analysis.stats.clusters import Sample

Ids = np.ndarray[Any, np.dtype[np.int64]]
MEASURED = ("comments", "authors", "depth", "width", "virality", "latency")


def shapes(thread: Ids, ids: Ids, root: Ids, answered: Ids) -> tuple[pd.DataFrame, int]:
    """Return [thread, depth, width, virality] of threads of two or more comments, and the circular comments.

    What a comment answered may not be there: then it answers the root, and where that is not there either,
    the thread's first comment by number.
    """
    numbers, counts = np.unique(thread, return_inverse=True, return_counts=True)[1:]
    kept = counts[numbers] > 1
    thread, ids, root, answered = thread[kept], ids[kept], root[kept], answered[kept]
    if not len(thread):
        return pd.DataFrame({"thread": thread, "depth": ids, "width": ids, "virality": ids.astype(float)}), 0
    order = np.lexsort((ids, ids != root, thread))
    first = np.concatenate([[True], np.diff(thread[order]) != 0])
    heads = order[first][np.cumsum(first) - 1]
    head = np.empty(len(thread), dtype=np.int64)
    head[order] = heads
    parent = virality.parent_positions(thread, ids, answered)
    places = np.arange(len(thread))
    parent = np.where((parent < 0) | (parent == places), head, parent)
    parent = np.where(head == places, -1, parent)
    made = virality.forest(parent)
    found = virality.trees(made)
    shaped = found.assign(thread=thread[found["root"].to_numpy()])
    # Comments in a circle stand apart as trees of their own: the tree of the thread's head is the thread.
    shaped = shaped[head[found["root"].to_numpy()] == found["root"].to_numpy()]
    return shaped[["thread", "depth", "width", "virality"]].reset_index(drop=True), made.circular


def distributions(threads: pd.DataFrame) -> dict[str, Cell]:
    """Return median and P90 of each measure over threads, and reciprocity, clustered by source.

    `threads` has [source, comments, authors, depth, width, virality, latency, pairs, mutual].
    """
    post = pd.factorize(threads["source"])[0].astype(np.int64)
    found: dict[str, Cell] = {"threads": len(threads)}
    for name in MEASURED:
        values = threads[name].to_numpy(dtype=float, na_value=np.nan)
        known = ~np.isnan(values)
        for label, at in (("median", 0.5), ("p90", 0.9)):
            found |= told(f"{name}_{label}", clustered.quantile(values[known], at, (post[known],)))
    mutual, pairs = (threads[name].to_numpy(dtype=float) for name in ("mutual", "pairs"))
    return {**found, **told("reciprocity", clustered.share(Sample(mutual, pairs, (post,))))}
