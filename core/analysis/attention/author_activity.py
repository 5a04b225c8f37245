"""What the most active authors do: how often and when they write, and what they get for it."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from core.analysis.attention.certainty import Numbers, design_effect, share_interval
from core.analysis.described import Analysis, Asked, ResultField, WholeNumber
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N
from core.storage import reads_attention_authors as reads


def cards(sums: pd.DataFrame) -> pd.DataFrame:
    """Return the authors with shares of replies and of the night and likes per comment, with intervals."""
    comments, dated, replies, night = _floats(sums, "comments", "dated", "replies", "night")
    reply_share = replies / comments
    night_share = night / np.maximum(dated, 1)
    over_sources = _between(sums, "reply", "sizes", reply_share)
    over_days = np.nan_to_num(_between(sums, "night", "day_sizes", night_share))
    of_replies = design_effect(over_sources, reply_share, comments, sums["sources"], sums["sizes"])
    of_night = design_effect(over_days, night_share, dated, sums["active_days"], sums["day_sizes"])
    mean, low, high = _likes(sums)
    return sums.assign(
        likes_per_comment=mean,
        likes_low=low,
        likes_high=high,
        **_named("reply", share_interval(replies, comments, of_replies, sums["sources"])),
        **_named("night", share_interval(night, dated, of_night, sums["active_days"])),
    )


def _likes(sums: pd.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
    """Return likes per comment and the t interval over sources (Cochran 1977, 6.4); NaN with too little."""
    known, likes, sources = _floats(sums, "known", "likes", "sources")
    mean = np.where(known >= MIN_N, likes / np.maximum(known, 1), np.nan)
    spread = sources / np.maximum(sources - 1, 1) * _between(sums, "like", "known_sizes", mean)
    half = stdtrit(np.maximum(sources - 1, 1), 0.975) * np.sqrt(spread) / np.maximum(known, 1)
    half = np.where(sources >= MIN_CLUSTERS, half, np.nan)
    return np.where(np.isnan(half), np.nan, mean), np.maximum(mean - half, 0.0), mean + half


def _between(sums: pd.DataFrame, name: str, sizes: str, mean: Numbers) -> Numbers:
    squares, products, own = _floats(sums, f"{name}_squares", f"{name}_products", sizes)
    return np.asarray(np.maximum(squares - 2 * mean * products + mean**2 * own, 0.0), dtype=float)


def _floats(frame: pd.DataFrame, *names: str) -> list[Numbers]:
    return [frame[name].to_numpy(dtype=float, na_value=np.nan) for name in names]


def _named(name: str, ends: tuple[Numbers, ...]) -> dict[str, Numbers]:
    return dict(zip((f"{name}_share", f"{name}_low", f"{name}_high"), ends, strict=True))


def _read(asked: Asked) -> tuple[pd.DataFrame]:
    return (reads.authors(asked.store, asked.query, asked.params["top"], asked.cancel),)


def _interval(name: str, unit: str) -> tuple[ResultField, ResultField]:
    return (
        ResultField(f"{name}_low", "number", unit, "Lower end of its 95 % interval."),
        ResultField(f"{name}_high", "number", unit, "Upper end of its 95 % interval."),
    )


ANALYSIS: Final = Analysis(
    name="author_activity",
    version=2,
    group="attention",
    parameters=(WholeNumber("top", 20, 1, 1000, "How many authors to name, most comments first."),),
    fields=(
        ResultField("author_id", "integer", "", "Communities negative; null for one who has only a name."),
        ResultField("author_name", "text", "", "As it was last seen."),
        ResultField("is_community", "boolean", "", "Whether a community wrote."),
        ResultField("is_post_author", "boolean", "", "Whether the author wrote under a post of their own."),
        ResultField("comments", "integer", "comments", "Comments of the query."),
        ResultField("sources", "integer", "sources", "Different sources they stand under."),
        ResultField("active_days", "integer", "days", "Different local days with a comment."),
        ResultField("longest_run", "integer", "days", "Most local days in a row with a comment."),
        ResultField("first_at", "time", "", "The first of these comments."),
        ResultField("last_at", "time", "", "The last of these comments."),
        ResultField("known", "integer", "comments", "Comments whose likes are known."),
        ResultField("likes_per_comment", "number", "likes", "Mean over the known ones."),
        *_interval("likes", "likes"),
        ResultField(
            "replies_received",
            "integer",
            "comments",
            "Comments of others that answer these, whatever the filters keep of them.",
        ),
        ResultField("replies", "integer", "comments", "Own comments that are replies."),
        ResultField("reply_share", "number", "share of comments", "Part that is replies; n = `comments`."),
        *_interval("reply", "share of comments"),
        ResultField("dated", "integer", "comments", "Comments with a date."),
        ResultField("night_share", "number", "share of comments", "Part from 0 to 6 in `tz`; n = `dated`."),
        *_interval("night", "share of comments"),
    ),
    method="Counts, most comments first; equal ones by key. A reply without a parent answers the root of "
    "its thread. Shares with Wilson's interval over the effective size, sources (for the night: "
    "days) as clusters (Kish 1965, 6.5); likes per comment with the ratio's linearised variance "
    "over sources (Cochran 1977, 6.4) and Student's t. Below 30 comments, or 5 sources or days, "
    "they are null.",
    read=_read,
    compute=cards,
)
