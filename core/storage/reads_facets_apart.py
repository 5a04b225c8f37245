"""The choices of one filter, each with the comments it would leave."""

from __future__ import annotations

from typing import Final

import pandas as pd

from core.errors import QueryError
from core.query import Query
from core.storage import ask
from core.storage.store import Store

LIKES_FROM: Final = (1, 5, 10, 50, 100)
TOXICITY_FROM: Final = (0.5, 0.7, 0.9)
"""The lower bounds that are offered."""

# The choices of a column: what it is, where it says anything, and how they are ordered.
FACET = """
select VALUE as value, count(*) as comments
from {rows}READ
where {where}KNOWN
group by value
order by ORDER
limit $limit
"""
MOST_FIRST: Final = "comments desc, value"
DATED: Final = " and minute_no is not null"

FACET_LIKES_MIN = """
select bound as value, sum(comments)::bigint as comments
from (select likes, count(*) as comments from {rows} where {where} and likes >= 1 group by likes)
join (select unnest([1, 5, 10, 50, 100]) as bound) on likes >= bound
group by bound
order by bound
limit $limit
"""

FACET_TOXICITY_MIN = """
select bound / 10 as value, sum(comments)::bigint as comments
from (
    select least(floor(toxicity::double * 10), 9) as tenth, count(*) as comments
    from {rows}{featured}
    where {where} and toxicity::double >= 0.5
    group by tenth
)
join (select unnest([5, 7, 9]) as bound) on tenth >= bound
group by bound
order by bound
limit $limit
"""

FACET_TOPIC = """
select topic as value, count(*) as comments
from (select source, comment_id from {rows} where {where})
join topic_assignments using (source, comment_id)
group by topic
order by comments desc, value
limit $limit
"""

FACET_LABEL = """
select value, count(*) as comments
from (
    select distinct source, comment_id, name || ':' || value as value
    from labels
    semi join (select source, comment_id from {rows} where {where}) using (source, comment_id)
)
group by value
order by comments desc, value
limit $limit
"""


def _of(value: str, known: str = "", order: str = MOST_FIRST, read: str = "") -> str:
    parts = {"VALUE": value, "KNOWN": known, "ORDER": order, "READ": read}
    statement = FACET
    for slot, part in parts.items():
        statement = statement.replace(slot, part)
    return statement


def _featured(column: str) -> str:
    return _of(column, f" and {column} is not null", read="{featured}")


FACETS: Final = {
    "source": _of("source"),
    "kind": _of("kind"),
    "author": _of("author_id", " and author_id is not null"),
    "level": _of("case when root_id is null then 'root' else 'reply' end"),
    "state": _of("state"),
    "has_attachments": _of("has_attachments"),
    "hour": _of("{minute} // 60 % 24", DATED, "value"),
    "weekday": _of("{minute} // 1440 % 7 + 1", DATED, "value"),
    "sentiment": _featured("sentiment"),
    "lang": _featured("lang"),
    "likes_min": FACET_LIKES_MIN,
    "toxicity_min": FACET_TOXICITY_MIN,
    "topic": FACET_TOPIC,
    "label": FACET_LABEL,
}


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
