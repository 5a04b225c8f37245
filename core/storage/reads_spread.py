"""How the comments of a query spread by likes and by replies."""

from __future__ import annotations

import threading

import pandas as pd

from core.query import Query
from core.storage.looking import Look, Question, looking
from core.storage.store import Store

# Lower bounds of the bars of a histogram; the last one is open.
BUCKETS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)

LIKES = """
select likes as value, count(*) as comments
from {rows}
where {where} and likes is not null
group by likes
"""

REPLIES = """
select replies as value, count(*) as comments
from {rows}
where {where} and root_id is null
group by replies
"""


def likes_histogram(store: Store, query: Query, cancel: threading.Event | None = None) -> pd.DataFrame:
    """Return [bucket, low, high, comments] by likes; comments whose likes are unknown are left out."""
    with looking(store, query, cancel) as look:
        return likes_of(look)


def replies_histogram(store: Store, query: Query, cancel: threading.Event | None = None) -> pd.DataFrame:
    """Return [bucket, low, high, comments] of root comments by the replies VK declares for them."""
    with looking(store, query, cancel) as look:
        return replies_of(look)


def likes_of(look: Look) -> pd.DataFrame:
    """Return the histogram of likes of a look."""
    return _histogram(look.frame(Question(LIKES)))


def replies_of(look: Look) -> pd.DataFrame:
    """Return the histogram of replies of a look."""
    return _histogram(look.frame(Question(REPLIES)))


def _histogram(counts: pd.DataFrame) -> pd.DataFrame:
    """Sum exact counts into BUCKETS, empty ones included; `high` of the last is missing (Int64)."""
    highs = [after - 1 for after in BUCKETS[1:]]
    edges = [float(low) for low in BUCKETS] + [float("inf")]
    sums = counts["comments"].groupby(
        pd.cut(counts["value"], edges, right=False, labels=list(BUCKETS)), observed=False
    )
    return pd.DataFrame(
        {
            "bucket": [_label(low, high) for low, high in zip(BUCKETS, [*highs, None], strict=True)],
            "low": list(BUCKETS),
            "high": pd.array([*highs, None], dtype="Int64"),
            "comments": sums.sum().to_numpy(dtype="int64"),
        }
    )


def _label(low: int, high: int | None) -> str:
    if high is None:
        return f"{low}+"
    return str(low) if low == high else f"{low}–{high}"
