"""Threads: how large, deep and wide conversations are, how fast they go, and who answers back."""

from __future__ import annotations

from typing import Final

import pandas as pd

from core.analysis.attention import thread_shapes
from core.analysis.attention.certainty import share_interval, told
from core.analysis.described import Analysis, Asked, Cell, Choice, Found, Note, ResultField, WholeNumber
from core.analysis.stats import clustered
from core.analysis.stats.clusters import Sample
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N
from core.storage import reads_attention_threads as reads

ORDERS: Final = ("comments", "depth", "width", "virality", "authors")


def _work(asked: Asked) -> Found:
    links = reads.links(asked.store, asked.query, asked.cancel)
    asked.report(0.2, "analyze.threads")
    arrays = (links[name].to_numpy() for name in ("thread", "comment_id", "root", "answered"))
    shaped, circular = asked.computed(thread_shapes.shapes, *arrays)
    asked.report(0.5, "analyze.threads")
    threads = reads.threads(asked.store, asked.query, asked.cancel).merge(shaped, on="thread")
    asked.report(0.8, "analyze.threads")
    summary: dict[str, Cell] = asked.computed(thread_shapes.distributions, threads)
    notes = [Note("threads_of_query")]
    if circular:
        notes.append(Note("threads_circular", {"comments": circular}))
    if summary["comments_median"] is None:
        notes.append(Note("threads_few", {"threads": len(threads), "least": MIN_N, "sources": MIN_CLUSTERS}))
    return Found(_rows(asked, threads), {**summary, **_answered(asked)}, tuple(notes))


def _rows(asked: Asked, threads: pd.DataFrame) -> pd.DataFrame:
    order = [asked.params["order"], "comments"]
    top = threads.sort_values(order, ascending=False, kind="stable").head(asked.params["top"])
    ends = share_interval(top["mutual"], top["pairs"])
    names = ("reciprocity", "reciprocity_low", "reciprocity_high")
    return top.assign(
        root=top["source"] + ":" + top["root"].astype(str),
        **dict(zip(names, ends, strict=True)),
    )


def _answered(asked: Asked) -> dict[str, Cell]:
    found = reads.answered(asked.store, asked.query, asked.cancel)
    sample = Sample(found["answered"].to_numpy(dtype=float), found["threads"].to_numpy(dtype=float))
    return told("answered", clustered.share(sample))


ANALYSIS: Final = Analysis(
    name="threads",
    version=1,
    group="attention",
    parameters=(
        Choice("order", "comments", ORDERS, "Which threads to name first."),
        WholeNumber("top", 20, 1, 1000, "How many threads to name."),
    ),
    fields=(
        ResultField("source", "text", "", "Key of the source."),
        ResultField("root", "text", "", "Key of the comment that began it."),
        ResultField("comments", "integer", "comments", "Comments of the query, the first one included."),
        ResultField("authors", "integer", "authors", "Different authors."),
        ResultField("depth", "integer", "steps", "The longest way down from the root."),
        ResultField("width", "integer", "comments", "Most comments at one depth."),
        ResultField("virality", "number", "steps", "Structural virality: mean distance of two comments."),
        ResultField("latency", "number", "minutes", "Median time from a comment to its answer."),
        ResultField("timed", "integer", "comments", "Answers that this median is of."),
        ResultField("pairs", "integer", "pairs", "Pairs of authors of whom one answered the other."),
        ResultField("reciprocity", "number", "share of pairs", "Part that answered both ways; n = `pairs`."),
        ResultField("reciprocity_low", "number", "share of pairs", "Lower end of its 95 % interval."),
        ResultField("reciprocity_high", "number", "share of pairs", "Upper end of its 95 % interval."),
        ResultField("first_at", "time", "", "Its first comment of the query."),
        ResultField("last_at", "time", "", "Its last comment of the query."),
    ),
    method="Trees from the comment that each reply answers; a reply without one answers the root, and so "
    "does one whose parent is not in the query. Depth, width and structural virality: Goel, "
    "Anderson, Hofman & Watts 2016, Management Science 62(1), eq. 1. Reciprocity: pairs of authors"
    " who answered each other over pairs of whom one answered the other, with Wilson's (1927) "
    "interval. The summary has median and P90 over all threads of two or more comments, with "
    "Woodruff's (1952) interval clustered by source, and the share of threads that were answered; "
    "below 30 threads or 5 sources they are null.",
    work=_work,
    is_heavy=True,
)
