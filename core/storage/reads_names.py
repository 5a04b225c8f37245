"""What to call the choices of filters that are stored as numbers: authors and topics."""

from __future__ import annotations

from typing import Final

import orjson
import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

TOPIC_NAMES: Final = """
select described
from topic_fits
where fit_id = (select max(fit_id) from topic_assignments)
limit 1
"""

NAMED_AUTHORS: Final = """
with known as (
    select author_id, name
    from {authors}
    where contains(replace(lower(name), 'ё', 'е'), $text) or author_id = $id
)
select known.author_id, known.name, coalesce(written.comments, 0) as comments
from known
left join (
    select author_id, count(*) as comments
    from {rows}
    where {where} and author_id in (select author_id from known)
    group by author_id
) as written on known.author_id = written.author_id
order by comments desc, known.author_id
limit $limit
"""


def topic_names(store: Store) -> dict[int, str]:
    """Return the names of the topics by which comments are placed now, empty before any were found."""
    rows = ask.rows(store, Query(), TOPIC_NAMES)
    return (
        {number: str(each["name"]) for number, each in enumerate(orjson.loads(rows[0][0]), 1)} if rows else {}
    )


def named_authors(store: Store, query: Query, text: str, number: int | None, limit: int) -> pd.DataFrame:
    """Return [author_id, name, comments] of authors whose name holds a text (folded) or who have that id.

    `comments` are those of the query whoever wrote them; who wrote none comes last, with 0.
    """
    return ask.frame(store, query.without("author"), NAMED_AUTHORS, text=text, id=number, limit=limit)
