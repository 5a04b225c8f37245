"""The choices of all filters at once, each with the comments it would leave."""

from __future__ import annotations

import threading
from typing import Any, Final

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.reads_facets_apart import LIKES_FROM, TOXICITY_FROM, facets
from core.storage.store import Store

Cancel = threading.Event | None

# One pass over the comments, whatever is counted: a search through their texts is what takes long. Counts
# over rows set aside take longer, and a large union of them has been seen never to end.
TOGETHER: Final = """
with picked as (
    select
        source, comment_id, author_id, kind, root_id is null as is_root, state, has_attachments,
        {minute} // 60 % 168 as hour_of_week,
        (likes >= 1)::integer + (likes >= 5)::integer + (likes >= 10)::integer + (likes >= 50)::integer
            + (likes >= 100)::integer as liked,
        sentiment,
        lang,
        (toxicity::double >= 0.5)::integer + (toxicity::double >= 0.7)::integer
            + (toxicity::double >= 0.9)::integer as toxic
    from {rows}{featured}
    where {where}
),
labelled as (
    select source, comment_id, list_sort(list_distinct(list(name || ':' || value))) as label
    from labels
    group by source, comment_id
)
select
    source, author_id, hour_of_week, kind, is_root, state, has_attachments, liked, sentiment, lang, toxic,
    topic, label, count(*) as comments
from picked
left join (select source, comment_id, topic from topic_assignments) using (source, comment_id)
left join labelled using (source, comment_id)
group by grouping sets (
    (source), (author_id), (hour_of_week), (kind, is_root, state, has_attachments, liked),
    (sentiment, lang, toxic), (topic), (label)
)
"""

# Of all comments nothing needs to be joined.
OWN_OF_ALL: Final = """
select source, author_id, hour_of_week, kind, is_root, state, has_attachments, liked, count(*) as comments
from (
    select
        source, author_id, kind, root_id is null as is_root, state, has_attachments,
        {minute} // 60 % 168 as hour_of_week,
        (likes >= 1)::integer + (likes >= 5)::integer + (likes >= 10)::integer + (likes >= 50)::integer
            + (likes >= 100)::integer as liked
    from {rows}
)
group by grouping sets (
    (source), (author_id), (hour_of_week), (kind, is_root, state, has_attachments, liked)
)
"""

SAID_BY_ALL: Final = """
select
    sentiment,
    lang,
    (toxicity::double >= 0.5)::integer + (toxicity::double >= 0.7)::integer
        + (toxicity::double >= 0.9)::integer as toxic,
    null::integer as topic,
    count(*) as comments
from features
group by all
union all by name
select topic, count(*) as comments
from topic_assignments
group by topic
"""

COUNT: Final = """
select count(*)
from {rows}
where {where}
"""

SETS: Final = ("topic", "label")
BOUNDS: Final = ("likes_min", "toxicity_min")
EVERYTHING: Final = 10**9


def every_facet(
    store: Store, query: Query, limit: int = 1000, cancel: Cancel = None
) -> dict[str, pd.DataFrame]:
    """Return [value, comments] by field of FACETS, what `facets` returns, in one pass over the comments.

    Only a field that the query filters is asked by itself, without its filter. Topics and labels are among
    them once there are any.
    """
    if query.active():
        counted = ask.frame(store, query, TOGETHER, cancel=cancel)
    else:
        own = ask.frame(store, query, OWN_OF_ALL, cancel=cancel)
        counted = pd.concat([own, ask.frame(store, query, SAID_BY_ALL, cancel=cancel)], ignore_index=True)
    found = _by_field(counted, limit)
    apart = [field for field in query.active() if field in found]
    if "label" not in found:
        apart.append("label")
    found |= {field: _apart(store, query, field, limit) for field in apart}
    return {field: frame for field, frame in found.items() if field not in SETS or len(frame)}


def _apart(store: Store, query: Query, field: str, limit: int) -> pd.DataFrame:
    """Return the choices of a field that is asked by itself; what the query holds is among them."""
    frame = facets(store, query, field, limit)
    held = getattr(query, field)
    if field in BOUNDS and held not in {*frame["value"]}:
        (comments,) = ask.row(store, query, COUNT)
        return pd.concat([frame, pd.DataFrame({"value": [held], "comments": [comments]})], ignore_index=True)
    if len(frame) < limit or not isinstance(held, tuple) or set(held) <= {*frame["value"]}:
        return frame
    every = facets(store, query, field, EVERYTHING)
    return pd.concat([frame, every[every["value"].isin(held)]]).drop_duplicates("value", ignore_index=True)


def _by_field(counted: pd.DataFrame, limit: int) -> dict[str, pd.DataFrame]:
    """Part counts by field: a group of some fields leaves the columns of all others empty."""
    rows = counted[counted["kind"].notna()]
    rows = rows.assign(level=rows["is_root"].map({True: "root", False: "reply"}))
    week = counted[counted["hour_of_week"].notna()].astype({"hour_of_week": "int64"})
    week = week.assign(hour=week["hour_of_week"] % 24, weekday=week["hour_of_week"] // 24 + 1)
    return {
        "source": _summed(counted, "source", limit),
        "author": _summed(counted.astype({"author_id": "Int64"}), "author_id", limit),
        **{field: _summed(rows, field, limit) for field in ("kind", "level", "state", "has_attachments")},
        **{field: _summed(week, field, limit).sort_values("value") for field in ("hour", "weekday")},
        "likes_min": _reached(rows, "liked", LIKES_FROM),
        "sentiment": _summed(counted, "sentiment", limit),
        "lang": _summed(counted, "lang", limit),
        "toxicity_min": _reached(counted, "toxic", TOXICITY_FROM),
        "topic": _summed(counted.astype({"topic": "Int64"}), "topic", limit),
        **({"label": _summed(counted.explode("label"), "label", limit)} if "label" in counted else {}),
    }


def _summed(counted: pd.DataFrame, column: str, limit: int) -> pd.DataFrame:
    sums = counted.groupby(column)["comments"].sum().rename_axis("value").reset_index()
    return sums.sort_values(["comments", "value"], ascending=[False, True], ignore_index=True).head(limit)


def _reached(counted: pd.DataFrame, column: str, bounds: tuple[Any, ...]) -> pd.DataFrame:
    """Count for each bound the comments that reach it; bounds that none reaches are left out."""
    sums = [
        int(counted.loc[counted[column] >= place, "comments"].sum()) for place in range(1, len(bounds) + 1)
    ]
    frame = pd.DataFrame({"value": list(bounds), "comments": sums})
    return frame[frame["comments"] > 0].reset_index(drop=True)
