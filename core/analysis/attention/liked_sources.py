"""Engagement by source: likes, replies and comments by views of each of the most discussed sources."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from core.analysis.attention.certainty import Numbers, design_effect, share_interval
from core.analysis.described import Analysis, Asked, Found, Note, ResultField, WholeNumber
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N
from core.storage import reads_attention_engagement as reads


def rates(sums: pd.DataFrame) -> pd.DataFrame:
    """Return the sources with likes per comment, the share liked, and rates by views, with intervals."""
    mean, low, high = _likes_per_comment(sums)
    known, liked = _floats(sums, "known", "liked")
    raw = liked / np.maximum(known, 1)
    between = _between(sums, "liked", raw)
    effect = design_effect(between, raw, known, sums["clusters"], sums["known_squares"])
    shares = share_interval(liked, known, effect, sums["clusters"])
    comments, views = _floats(sums, "comments", "views")
    # Comments of one author come together: the variance of their number is that of a compound Poisson count.
    together = sums["comment_squares"].to_numpy(dtype=float) / comments
    likes, reposts, declared = _floats(
        sums.fillna({"post_likes": 0, "reposts": 0}), "post_likes", "reposts", "declared"
    )
    engaged = likes + reposts + declared
    # Views that are fewer than what they led to are no views of it.
    talk = share_interval(comments, np.where(views >= comments, views, 0), together)
    er_view = share_interval(engaged, np.where(views >= engaged, views, 0))
    return sums.assign(
        likes_per_comment=mean,
        likes_low=low,
        likes_high=high,
        **_named("liked", shares),
        **_named("talk", talk, 1000.0),
        **_named("er_view", er_view, 100.0),
    )


def _likes_per_comment(sums: pd.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
    """Return the mean and its t interval over authors (Cochran 1977, 6.4), NaN where there is too little."""
    known, likes, clusters = _floats(sums, "known", "likes", "clusters")
    is_told = (known >= MIN_N) & (clusters >= MIN_CLUSTERS)
    mean = np.where(is_told, likes / np.maximum(known, 1), np.nan)
    spread = clusters / np.maximum(clusters - 1, 1) * _between(sums, "like", mean)
    half = stdtrit(np.maximum(clusters - 1, 1), 0.975) * np.sqrt(spread) / np.maximum(known, 1)
    return mean, np.maximum(mean - half, 0.0), mean + half


def _between(sums: pd.DataFrame, name: str, mean: Numbers) -> Numbers:
    """Return the sum over authors of (total - mean * comments) squared."""
    squares, products, sizes = _floats(sums, f"{name}_squares", f"{name}_products", "known_squares")
    return np.maximum(squares - 2 * mean * products + mean**2 * sizes, 0.0)


def _floats(frame: pd.DataFrame, *names: str) -> list[Numbers]:
    return [frame[name].to_numpy(dtype=float, na_value=np.nan) for name in names]


def _named(name: str, ends: tuple[Numbers, ...], times: float = 1.0) -> dict[str, Numbers]:
    return {key: each * times for key, each in zip((name, f"{name}_low", f"{name}_high"), ends, strict=True)}


def _work(asked: Asked) -> Found:
    sums = reads.sources(asked.store, asked.query, asked.params["top"], asked.cancel)
    frame = rates(sums)
    is_short = bool(frame["likes_per_comment"].isna().any())
    notes = (Note("engagement_few", {"least": MIN_N, "clusters": MIN_CLUSTERS}),) if is_short else ()
    return Found(frame, notes=(Note("engagement_views"), *notes))


def _interval(name: str, unit: str) -> tuple[ResultField, ResultField]:
    return (
        ResultField(f"{name}_low", "number", unit, "Lower end of its 95 % interval."),
        ResultField(f"{name}_high", "number", unit, "Upper end of its 95 % interval."),
    )


ANALYSIS: Final = Analysis(
    name="engagement_by_source",
    version=2,
    group="attention",
    parameters=(WholeNumber("top", 20, 1, 1000, "How many sources to name, most comments first."),),
    fields=(
        ResultField("source", "text", "", "Key of the source."),
        ResultField("title", "text", "", "Its title, often empty."),
        ResultField("comments", "integer", "comments", "Comments of the query under it."),
        ResultField("authors", "integer", "authors", "Their authors; unknown ones are not counted."),
        ResultField("known", "integer", "comments", "Comments whose likes are known."),
        ResultField("likes_per_comment", "number", "likes", "Mean over the known ones."),
        *_interval("likes", "likes"),
        ResultField("liked", "number", "share of comments", "Part of the known ones with a like."),
        *_interval("liked", "share of comments"),
        ResultField("roots", "integer", "comments", "Comments that are no replies."),
        ResultField("replies", "integer", "replies", "Replies to them, as VK declares them."),
        ResultField("views", "integer", "views", "Views of the post; null where nobody said them."),
        ResultField("talk", "number", "comments per 1000 views", "Comments of the query; n = `views`."),
        *_interval("talk", "comments per 1000 views"),
        ResultField(
            "er_view", "number", "%", "(likes + reposts + comments of the post) / views; n = `views`."
        ),
        *_interval("er_view", "%"),
    ),
    method="Likes per comment: the ratio's linearised variance over authors (Cochran 1977, 6.4) and "
    "Student's t; the share liked: Wilson's interval over the effective size, authors as clusters "
    "(Kish 1965, 6.5). By views: Wilson's interval, for comments widened by how many one author "
    "writes. er_view is Popsters' ERview. Estimates on fewer than 30 comments or views, or 5 "
    "authors, are null.",
    work=_work,
)
