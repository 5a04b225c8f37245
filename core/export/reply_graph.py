"""The reply network of a query as tables for a file: authors as nodes, who answers whom as links."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa

from core.errors import TaskCancelled
from core.export.graphs import GraphNote
from core.export.job import Job
from core.storage import reads_replies
from core.storage.store import Store

GraphWriter: TypeAlias = Callable[[pa.Table, pa.Table, GraphNote], Iterator[bytes | memoryview]]

SEED: Final = 1
"""Of the communities: what `reply_network` starts from where nobody asks for another."""
EVIDENCE: Final = ("by_comment", "by_user", "by_mention", "by_thread")


def reply_graph(store: Store, job: Job, cancel: threading.Event) -> tuple[pa.Table, pa.Table, GraphNote]:
    """Return nodes, links and what the file says of itself; raises TaskCancelled once `cancel` is set.

    Nodes, by number: [id, label, is_community, in_degree, out_degree, in_strength, out_strength, pagerank,
    community]; `id` is the author's, or `name:` and the name. Links: [source, target, weight, mood, judged,
    by_comment, by_user, by_mention, by_thread]; `mood` is the mean of the `judged` replies, -1 to 1. Replies
    to oneself and those of or to somebody unknown are left out.
    """
    if cancel.is_set():
        raise TaskCancelled("The export was cancelled.", hint="Start it again when it is needed.")
    counted = reads_replies.links(store, job.query, cancel)
    known = counted.dropna(subset=["answering", "answered"])
    known = known[known["answering"] != known["answered"]].astype({"answering": "int64", "answered": "int64"})
    nodes = _nodes(known)
    people = reads_replies.people(store, job.query, nodes["author_no"], cancel)
    keys = people.set_index("author_no")["key"]
    named = people.rename(columns={"key": "id", "author_name": "label"})
    nodes = named[["author_no", "id", "label", "is_community"]].merge(nodes, on="author_no")
    nodes["label"] = nodes["label"].where(nodes["label"] != "", None)
    note = GraphNote(
        f"Who answers whom: {job.address}; dataset version {job.version}; Louvain communities, seed {SEED}",
        job.made_at,
    )
    return _table(nodes.drop(columns="author_no")), _table(_links(known, keys)), note


def _nodes(known: pd.DataFrame) -> pd.DataFrame:
    # They load what finds communities, which takes seconds; only who asks for a network does.
    from core.analysis.networks.centrality import degrees, pagerank  # noqa: PLC0415
    from core.analysis.networks.communities import partition  # noqa: PLC0415
    from core.analysis.networks.graph import Edges, graph_of  # noqa: PLC0415

    source, target = (known[name].to_numpy(dtype=np.int64) for name in ("answering", "answered"))
    graph = graph_of(Edges(source, target, known["replies"].to_numpy(dtype=float)))
    counted, groups = degrees(graph), partition(graph, seed=SEED)
    return pd.DataFrame(
        {
            "author_no": graph.ids,
            "in_degree": counted.incoming,
            "out_degree": counted.outgoing,
            "in_strength": counted.in_strength.astype(np.int64),
            "out_strength": counted.out_strength.astype(np.int64),
            "pagerank": pagerank(graph),
            "community": groups.labels,
        }
    )


def _links(known: pd.DataFrame, keys: pd.Series[str]) -> pd.DataFrame:
    mean = (known["lean"] / known["judged"].where(known["judged"] > 0)).astype(float)
    return pd.DataFrame(
        {
            "source": known["answering"].map(keys),
            "target": known["answered"].map(keys),
            "weight": known["replies"],
            "mood": (2 * mean - 1).round(6),
            "judged": known["judged"],
            **{name: known[name] for name in EVIDENCE},
        }
    )


def _table(frame: pd.DataFrame) -> pa.Table:
    texts = {name: pa.string() for name in ("id", "label", "source", "target")}
    plain = pa.Table.from_pandas(frame, preserve_index=False)
    kinds = [pa.field(each.name, texts.get(each.name, each.type)) for each in plain.schema]
    return plain.cast(pa.schema(kinds)).replace_schema_metadata(None)
