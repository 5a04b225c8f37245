"""How the comments of a query spread: by likes, by replies, and over the choices of one filter."""

from __future__ import annotations

import threading

import pandas as pd

from core.errors import QueryError
from core.query import Query
from core.storage import ask
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

FACET_SOURCE = """
select source as value, count(*) as comments
from {rows}
where {where}
group by source
order by comments desc, value
limit $limit
"""

FACET_KIND = """
select kind as value, count(*) as comments
from {rows}
where {where}
group by kind
order by comments desc, value
limit $limit
"""

FACET_AUTHOR = """
select author_id as value, count(*) as comments
from {rows}
where {where} and author_id is not null
group by author_id
order by comments desc, value
limit $limit
"""

FACET_LEVEL = """
select case when root_id is null then 'root' else 'reply' end as value, count(*) as comments
from {rows}
where {where}
group by value
order by comments desc, value
limit $limit
"""

FACET_STATE = """
select state as value, count(*) as comments
from {rows}
where {where}
group by state
order by comments desc, value
limit $limit
"""

FACET_HAS_ATTACHMENTS = """
select has_attachments as value, count(*) as comments
from {rows}
where {where}
group by has_attachments
order by comments desc, value
limit $limit
"""

FACET_HOUR = """
select {minute} // 60 % 24 as value, count(*) as comments
from {rows}
where {where} and minute_no is not null
group by value
order by value
limit $limit
"""

FACET_WEEKDAY = """
select {minute} // 1440 % 7 + 1 as value, count(*) as comments
from {rows}
where {where} and minute_no is not null
group by value
order by value
limit $limit
"""

FACETS = {
    "source": FACET_SOURCE,
    "kind": FACET_KIND,
    "author": FACET_AUTHOR,
    "level": FACET_LEVEL,
    "state": FACET_STATE,
    "has_attachments": FACET_HAS_ATTACHMENTS,
    "hour": FACET_HOUR,
    "weekday": FACET_WEEKDAY,
}


def likes_histogram(store: Store, query: Query, cancel: threading.Event | None = None) -> pd.DataFrame:
    """Return [bucket, low, high, comments] by likes; comments whose likes are unknown are left out."""
    return _histogram(ask.frame(store, query, LIKES, cancel=cancel))


def replies_histogram(store: Store, query: Query, cancel: threading.Event | None = None) -> pd.DataFrame:
    """Return [bucket, low, high, comments] of root comments by the replies VK declares for them."""
    return _histogram(ask.frame(store, query, REPLIES, cancel=cancel))


def facets(store: Store, query: Query, field: str, limit: int = 1000) -> pd.DataFrame:
    """Return [value, comments] for each choice of a field under the query without that field."""
    if field not in FACETS:
        raise QueryError(
            "There are no counts by '{value}'.",
            hint="It is one of: {known}.",
            key="field",
            value=field,
            known=", ".join(FACETS),
        )
    return ask.frame(store, query.without(field), FACETS[field], limit=limit)


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
