"""How attention fades: the part of the comments that came within so many hours, and half-lives."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pandas as pd

from core.analysis.attention.certainty import Numbers, told
from core.analysis.described import Analysis, Asked, Cell, Choice, Found, Note, ResultField, WholeNumber
from core.analysis.stats import clustered
from core.analysis.stats.clusters import Sample
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N
from core.storage import reads_attention_posts as reads

ROUNDS: Final = 60
HOURS: Final = (1, 2, 3, 6, 12, 24, 48, 72, 120, 168, 336, 720)
WINDOW: Final = Choice(
    "window",
    "168",
    tuple(str(each) for each in HOURS if each >= 24),
    "Hours after publication that are looked at; posts not looked at so long are left out.",
)
LEAST: Final = WholeNumber(
    "least", MIN_N, 10, 1_000_000, "A post with fewer comments within it is too few to say."
)
MEDIAN_METHOD: Final = (
    "Half-life: the median age of the post at its comments, only those within the window, with order "
    "statistics as the interval (David & Nagaraja 2003, 7.1). Over posts: the median with Woodruff's (1952) "
    "interval, null below 30 posts. Fitted: ln 2 / rate of the exponential law cut off at the window, by "
    "maximum likelihood from the mean age (Deemer & Votaw 1955); null where comments do not grow fewer with "
    "age. Posts that were not looked at as long as the window are left out: their later comments are unknown."
)


def curve(buckets: pd.DataFrame, window: int) -> tuple[pd.DataFrame, int]:
    """Return [hours, share, n, posts, low, high] and how many posts were looked at for too short a time.

    `share` is the part of all comments within the window that came within so many hours; comments of a post
    are alike, so the interval is one over posts.
    """
    seen = buckets.groupby("source")["seen_for"].transform("max")
    kept = buckets[(seen >= window) & (buckets["hours"] <= window)]
    too_young = buckets.loc[seen < window, "source"].nunique()
    hours = [each for each in HOURS if each <= window]
    if kept.empty:
        nothing = dict.fromkeys(("share", "low", "high"), math.nan)
        return pd.DataFrame({"hours": hours, "n": 0, "posts": 0, **nothing}), too_young
    table = kept.pivot_table(index="source", columns="hours", values="comments", aggfunc="sum", fill_value=0)
    within = table.reindex(columns=hours, fill_value=0).cumsum(axis=1).to_numpy(dtype=float)
    rows = [
        (each, *_share(within[:, place], within[:, -1])) for place, each in enumerate(hours) if len(within)
    ]
    return pd.DataFrame(rows, columns=["hours", "share", "n", "posts", "low", "high"]), too_young


def fitted_half_life(mean: Numbers, window: float) -> Numbers:
    """Return the half-life of the exponential law cut off at `window` whose mean age is `mean`, by halving.

    Maximum likelihood: mean = 1 / rate - window / (exp(rate window) - 1), W. L. Deemer, D. F. Votaw, Annals
    of Mathematical Statistics 26(3), 1955, 498-504. NaN where the mean is half the window or more.
    """
    mean = np.asarray(mean, dtype=float)
    low, high = np.full(len(mean), 1e-9 / window), np.full(len(mean), 1e6 / window)
    for _ in range(ROUNDS):
        middle = np.sqrt(low * high)
        is_slow = 1 / middle - window / np.expm1(np.minimum(middle * window, 700.0)) > mean
        low, high = np.where(is_slow, middle, low), np.where(is_slow, high, middle)
    return np.where((mean > 0) & (mean < window / 2), math.log(2) / np.sqrt(low * high), np.nan)


def _share(within: Numbers, whole: Numbers) -> tuple[float, int, int, float, float]:
    n, posts = int(whole.sum()), len(whole)
    found = clustered.share(Sample(within, whole))
    if found is None:
        return math.nan, n, posts, math.nan, math.nan
    return found.value, n, posts, found.low, found.high


def _decay(asked: Asked) -> Found:
    window = int(asked.params["window"])
    buckets = reads.by_age(asked.store, asked.query, asked.cancel)
    rows, too_young = curve(buckets, window)
    measured = _known(_half_lives_of(asked))
    summary = {
        "posts": int(rows["posts"].max()) if len(rows) else 0,
        "posts_measured": len(measured),
        **_median(measured["half_life_hours"], "half_life_hours"),
        **_median(measured["fitted_hours"].dropna(), "fitted_hours"),
    }
    notes = [Note("posts_too_young", {"posts": too_young, "hours": window})] if too_young else []
    if len(rows) and rows["share"].isna().any():
        few = {"comments": int(rows["n"].iloc[0]), "posts": int(rows["posts"].iloc[0])}
        notes.append(Note("decay_few", {**few, "least": MIN_N, "least_posts": MIN_CLUSTERS}))
    return Found(rows, summary, tuple(notes))


def _half_lives(asked: Asked) -> Found:
    posts = _half_lives_of(asked)
    measured = _known(posts)
    summary = {
        "posts": len(posts),
        "posts_measured": len(measured),
        **_median(measured["half_life_hours"], "half_life_hours"),
    }
    values = {"hours": int(asked.params["window"]), "least": asked.params["least"]}
    return Found(posts.head(asked.params["top"]), summary, (Note("half_life_posts", values),))


def _half_lives_of(asked: Asked) -> pd.DataFrame:
    """Return the posts; what is too young or has too few comments has no half-life."""
    window = int(asked.params["window"])
    found = reads.half_lives(asked.store, asked.query, window, asked.params["least"], asked.cancel)
    fitted = found.assign(fitted_hours=fitted_half_life(found["mean_hours"].to_numpy(), window))
    names = ["half_life_hours", "low", "high", "fitted_hours"]
    fitted[names] = fitted[names].where(fitted["state"] == "measured")
    return fitted


def _known(posts: pd.DataFrame) -> pd.DataFrame:
    return posts[posts["state"] == "measured"]


def _median(hours: pd.Series, name: str) -> dict[str, Cell]:
    return told(name, clustered.quantile(hours.to_numpy(dtype=float), 0.5))


DECAY: Final = Analysis(
    name="decay",
    version=1,
    group="attention",
    parameters=(WINDOW, LEAST),
    fields=(
        ResultField("hours", "integer", "hours", "Age of the post."),
        ResultField(
            "share", "number", "share of comments", "Part of the window's comments that came before it."
        ),
        ResultField("n", "integer", "comments", "All comments within the window."),
        ResultField("posts", "integer", "posts", "Posts that these comments are under."),
        ResultField("low", "number", "share of comments", "Lower end of the 95 % interval."),
        ResultField("high", "number", "share of comments", "Upper end of the 95 % interval."),
    ),
    method="Share of comments within so many hours, with Wilson's interval over the effective size, posts as "
    "clusters (Korn & Graubard 1998); null below 30 comments or 5 posts. " + MEDIAN_METHOD,
    work=_decay,
)

HALF_LIVES: Final = Analysis(
    name="half_lives",
    version=1,
    group="attention",
    parameters=(
        WINDOW,
        LEAST,
        WholeNumber("top", 20, 1, 1000, "How many posts to name, most comments first."),
    ),
    fields=(
        ResultField("source", "text", "", "Key of the post."),
        ResultField("title", "text", "", "Its title, often empty."),
        ResultField("published_at", "time", "", "When it was published."),
        ResultField("comments", "integer", "comments", "Comments of the query within the window."),
        ResultField("state", "text", "", "`measured`, or why it is not: `too few` comments or `too young`."),
        ResultField("half_life_hours", "number", "hours", "When half of them had come; n = `comments`."),
        ResultField("low", "number", "hours", "Lower end of the 95 % interval."),
        ResultField("high", "number", "hours", "Upper end of the 95 % interval."),
        ResultField("fitted_hours", "number", "hours", "Half-life of the fitted exponential law."),
    ),
    method=MEDIAN_METHOD,
    work=_half_lives,
)
