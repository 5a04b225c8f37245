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

FACET_SENTIMENT = """
select sentiment as value, count(*) as comments
from {rows}{featured}
where {where} and sentiment is not null
group by sentiment
order by comments desc, value
limit $limit
"""

FACET_LANG = """
select lang as value, count(*) as comments
from {rows}{featured}
where {where} and lang is not null
group by lang
order by comments desc, value
limit $limit
"""

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

FACETS: Final = {
    "source": FACET_SOURCE,
    "kind": FACET_KIND,
    "author": FACET_AUTHOR,
    "level": FACET_LEVEL,
    "state": FACET_STATE,
    "has_attachments": FACET_HAS_ATTACHMENTS,
    "hour": FACET_HOUR,
    "weekday": FACET_WEEKDAY,
    "sentiment": FACET_SENTIMENT,
    "lang": FACET_LANG,
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
