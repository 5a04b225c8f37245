"""Changes: what was edited or deleted, by source, topic or period, and how long it took to be noticed."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from core.analysis.attention.certainty import Numbers, design_effect, share_interval, told
from core.analysis.described import Analysis, Asked, Cell, Choice, Found, Note, ResultField, WholeNumber
from core.analysis.stats import clustered
from core.analysis.stats.clusters import Sample
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N
from core.storage import reads_attention_changes as reads

CHANGES: Final = ("deleted", "edited")


def rates(sums: pd.DataFrame) -> pd.DataFrame:
    """Return the groups with the shares deleted and edited and their intervals."""
    n, clusters, sizes, checked = _floats(sums, "comments", "clusters", "sizes", "checked")
    known = np.where(checked >= MIN_N, 1.0, np.nan)
    shares: dict[str, Numbers] = {}
    for name in CHANGES:
        events, squares, products = _floats(sums, name, f"{name}_squares", f"{name}_products")
        share = events / np.maximum(n, 1)
        between = np.maximum(squares - 2 * share * products + share**2 * sizes, 0.0)
        effect = design_effect(between, share, n, clusters, sizes)
        ends = [end * known for end in share_interval(events, n, effect, clusters)]
        shares |= dict(zip((f"{name}_share", f"{name}_low", f"{name}_high"), ends, strict=True))
    return sums.assign(**shares)


def whole(per_source: pd.DataFrame, noticed: pd.DataFrame) -> dict[str, Cell]:
    """Return the shares of all comments, and the median hours until a change was noticed."""
    found: dict[str, Cell] = {}
    sizes = per_source["comments"].to_numpy(dtype=float)
    is_known = per_source["checked"].sum() >= MIN_N
    for name in CHANGES:
        share = clustered.share(Sample(per_source[name].to_numpy(dtype=float), sizes)) if is_known else None
        of_state = noticed[noticed["state"] == name]
        hours, post = of_state["hours"].to_numpy(dtype=float), of_state["post"].to_numpy()
        found |= {name: int(per_source[name].sum()), **told(f"{name}_share", share)}
        found |= told(f"{name}_noticed_hours", clustered.quantile(hours, 0.5, (post,)))
    return found


def _floats(frame: pd.DataFrame, *names: str) -> list[Numbers]:
    return [frame[name].to_numpy(dtype=float) for name in names]


def _work(asked: Asked) -> Found:
    store, query, cancel = asked.store, asked.query, asked.cancel
    frame = rates(reads.changes(store, query, asked.params["by"], asked.params["top"], cancel))
    per_source = reads.per_source(store, query, cancel)
    summary = whole(per_source, reads.noticed(store, query, cancel))
    once = int(per_source["comments"].sum() - per_source["checked"].sum())
    notes = [Note("changes_noticed")]
    if once:
        notes.append(Note("changes_seen_once", {"comments": once}))
    if frame["deleted_share"].isna().any():
        notes.append(Note("changes_few", {"least": MIN_N, "clusters": MIN_CLUSTERS}))
    return Found(frame, summary, tuple(notes))


def _share(name: str, meaning: str) -> tuple[ResultField, ...]:
    unit = "share of comments"
    return (
        ResultField(name, "integer", "comments", f"Comments that {meaning}."),
        ResultField(f"{name}_share", "number", unit, "Part of all comments; n = `comments`."),
        ResultField(f"{name}_low", "number", unit, "Lower end of its 95 % interval."),
        ResultField(f"{name}_high", "number", unit, "Upper end of its 95 % interval."),
    )


ANALYSIS: Final = Analysis(
    name="changes",
    version=1,
    group="attention",
    parameters=(
        Choice("by", "source", ("source", "topic", "week", "month"), "What the comments are grouped by."),
        WholeNumber("top", 20, 1, 1000, "How many groups: those with most comments, or the latest periods."),
    ),
    fields=(
        ResultField("name", "text", "", "The source's key, the topic's number, or the date a period begins."),
        ResultField("title", "text", "", "The source's title, often empty."),
        ResultField("comments", "integer", "comments", "Comments of the query."),
        ResultField(
            "checked", "integer", "comments", "Those looked at again, so that a change could be seen."
        ),
        *_share("deleted", "are known to have been deleted"),
        *_share("edited", "were edited and not deleted"),
    ),
    method="Deleted is what VK shows as deleted, or what a complete pass over its place no longer showed;"
    " edited is what was seen with another text. Shares with Wilson's interval over the effective "
    "size, authors within a source or else sources as clusters (Kish 1965, 6.5; Korn & Graubard "
    "1998); in the summary over all sources, with the median time from writing to noticing "
    "(Woodruff 1952). Below 30 comments looked at again or 5 clusters they are null.",
    work=_work,
)
