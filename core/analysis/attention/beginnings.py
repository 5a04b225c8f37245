"""First comments: how long posts wait for one."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from core.analysis.attention.certainty import told
from core.analysis.described import Analysis, Asked, Cell, Found, Note, ResultField, WholeNumber
from core.analysis.stats import clustered
from core.analysis.stats.clusters import Sample
from core.analysis.stats.intervals import MIN_N
from core.storage import reads_attention_posts as reads


def waiting(hours: pd.Series) -> dict[str, Cell]:
    """Return median and P90 of the hours until the first comment, and the share within an hour."""
    values = hours.to_numpy(dtype=float)
    within = Sample((values <= 1).astype(float), np.ones(len(values)))
    return {
        "posts": len(values),
        **told("median_hours", clustered.quantile(values, 0.5)),
        **told("p90_hours", clustered.quantile(values, 0.9)),
        **told("within_hour", clustered.share(within)),
    }


def _work(asked: Asked) -> Found:
    found = reads.firsts(asked.store, asked.query, asked.cancel)
    few = (Note("posts_few", {"posts": len(found), "least": MIN_N}),) if len(found) < MIN_N else ()
    return Found(found.head(asked.params["top"]), waiting(found["hours"]), (Note("first_of_query"), *few))


ANALYSIS: Final = Analysis(
    name="first_comments",
    version=1,
    group="attention",
    parameters=(WholeNumber("top", 20, 1, 1000, "How many posts to name, most comments first."),),
    fields=(
        ResultField("source", "text", "", "Key of the post."),
        ResultField("title", "text", "", "Its title, often empty."),
        ResultField("published_at", "time", "", "When it was published."),
        ResultField("first_at", "time", "", "When its first comment of the query was written."),
        ResultField("hours", "number", "hours", "Time between the two."),
        ResultField(
            "is_by_post_author", "boolean", "", "Whether the post's own author wrote the first comment."
        ),
        ResultField("comments", "integer", "comments", "Comments of the query under it."),
    ),
    method="Time from a post to its first comment of the query, over posts with a date that have one; a "
    "post nobody commented on has no time. Median and P90 with Woodruff's (1952) 95 % interval, "
    "the share within an hour with Wilson's (1927); below 30 posts they are null.",
    work=_work,
)
