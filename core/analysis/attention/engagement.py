"""Engagement: likes and replies per comment, comments per post, and the rates by views."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pandas as pd

from core.analysis.attention import influence, two_way
from core.analysis.attention.engagement_fields import FIELDS, METHOD
from core.analysis.attention.influence import Numbers
from core.analysis.described import Analysis, Asked, Found, Note
from core.analysis.stats import clustered
from core.analysis.stats.clusters import Sample
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N, Estimate
from core.storage import reads_attention_engagement as reads

Row = tuple[str, float, int, float, float]
COLUMNS: Final = ["measure", "value", "n", "low", "high"]
MEASURES: Final = ("mean", "median", "p90", "gini", "none")


def figures_of(values: Numbers, often: Numbers) -> reads.Figures:
    """Return mean, median, P90 and shares of values (ascending) that occur so often."""
    n = float(often.sum())
    median, p90 = influence.at(values, often, 0.5), influence.at(values, often, 0.9)
    none, to_median, to_p90 = (float(often[values <= end].sum()) / n for end in (0, median, p90))
    return reads.Figures(int(n), float(values @ often) / n, none, median, to_median, p90, to_p90)


def measured(values: Numbers, often: Numbers, ways: pd.DataFrame) -> list[Row]:
    """Return mean, median, P90, Gini and the share of 0 of values (ascending) that occur so often.

    `ways` says how clusters differ, see `reads_attention_engagement.clustered`.
    """
    figures = figures_of(values, often)
    coefficient, influences = influence.gini(values, often)
    added = {
        "mean": values - figures.mean,
        "median": (values <= figures.median) - figures.to_median,
        "p90": (values <= figures.p90) - figures.to_p90,
        "gini": influences,
        "none": (values == 0) - figures.none,
    }
    if not two_way.is_told(figures.n, ways):
        return [(name, math.nan, figures.n, math.nan, math.nan) for name in MEASURES]
    spreads = {
        name: two_way.spread(name, figures.n, float(each**2 @ often), ways) for name, each in added.items()
    }

    def quantile(name: str, at: float, below: float) -> two_way.Ends:
        low, high = spreads[name].share(below, around=at)
        return influence.at(values, often, low), influence.at(values, often, high)

    rows = {
        "mean": (figures.mean, spreads["mean"].around(figures.mean, low=0.0)),
        "median": (figures.median, quantile("median", 0.5, figures.to_median)),
        "p90": (figures.p90, quantile("p90", 0.9, figures.to_p90)),
        "gini": (coefficient, spreads["gini"].around(coefficient, 0.0, 1.0)),
        "none": (figures.none, spreads["none"].share(figures.none)),
    }
    return [(name, value, figures.n, *ends) for name, (value, ends) in rows.items()]


def by_posts(posts: pd.DataFrame) -> list[Row]:
    """Return comments per post and rates by views, each a mean over posts, and comments per 1000 views."""
    seen = posts[posts["views"] > 0]
    comments, views = (seen[name].to_numpy(dtype=float) for name in ("comments", "views"))
    likes, reposts, declared = (
        seen[name].fillna(0).to_numpy(dtype=float) for name in ("likes", "reposts", "declared")
    )
    means = {
        "comments_per_post": posts["comments"].to_numpy(dtype=float),
        "er_view": 100 * (likes + reposts + declared) / views,
        "like_rate_view": 100 * likes / views,
        "talk_rate_view": 100 * declared / views,
    }
    rows = [
        _row(name, clustered.mean(Sample(each, np.ones(len(each))), 0.0), len(each))
        for name, each in means.items()
    ]
    per_views = clustered.mean(Sample(1000 * comments, views), 0.0) if len(seen) >= MIN_N else None
    return [*rows, _row("comments_per_1000_views", per_views, len(seen))]


def _work(asked: Asked) -> Found:
    posts = reads.posts(asked.store, asked.query, asked.cancel)
    summary = {"posts": len(posts), "posts_with_views": int((posts["views"] > 0).sum())}
    if not len(posts):
        return Found(pd.DataFrame(columns=COLUMNS), summary)
    rows = [*_of_comments(asked, "likes"), *_of_comments(asked, "replies"), *by_posts(posts)]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    notes = [Note("engagement_views")]
    if len(posts) < MIN_CLUSTERS:
        notes.append(Note("engagement_these_posts", {"posts": len(posts)}))
    if frame.loc[~frame["measure"].str.endswith("gini"), "value"].isna().any():
        notes.append(Note("engagement_few", {"least": MIN_N, "clusters": MIN_CLUSTERS}))
    return Found(frame, summary, tuple(notes))


def _of_comments(asked: Asked, of: reads.Of) -> list[Row]:
    table = reads.histogram(asked.store, asked.query, of, asked.cancel)
    if not len(table):
        return []
    values, often = (table[name].to_numpy(dtype=float) for name in ("value", "comments"))
    influences = table[["value"]].assign(influence=influence.gini(values, often)[1])
    figures = figures_of(values, often)
    ways = reads.clustered(asked.store, asked.query, of, influences, figures, cancel=asked.cancel)
    return [
        (f"{of}_{name}", value, n, low, high) for name, value, n, low, high in measured(values, often, ways)
    ]


def _row(measure: str, found: Estimate | None, n: int) -> Row:
    if found is None:
        return measure, math.nan, n, math.nan, math.nan
    return measure, found.value, n, found.low, found.high


ANALYSIS: Final = Analysis(
    name="engagement",
    version=1,
    group="attention",
    parameters=(),
    fields=FIELDS,
    method=METHOD,
    work=_work,
)
