"""Names in comments: which comments to look at, and what was found in them."""

from __future__ import annotations

import threading
from typing import Final

import pyarrow as pa

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None

# Which comments are drawn depends on nothing but their keys and the seed; no author: one of its own.
SAMPLED: Final = """
select
    source,
    comment_id,
    coalesce(author_no, (hash(source, comment_id) >> 1)::bigint) as author,
    text,
    sentiment
from {rows}{featured}
where {where} and text <> ''
order by hash(source, comment_id, $seed), source, comment_id
limit $size
"""

WITH_TEXT: Final = """
select count(*)
from {rows}
where {where} and text <> ''
"""

SCANNED: Final = """
select count(*)
from entity_scans
where fingerprint = $fingerprint
"""

HAS_ANY: Final = """
select count(*)
from (select name from entities limit 1)
"""

# A name is one choice whatever kinds it was taken for; what the query holds is among them however rare.
MOST_NAMED: Final = """
with inside as (
    select source, comment_id
    from {rows}
    where {where}
),
named as (
    select name, count(distinct (source, comment_id)) as comments
    from entities
    semi join inside using (source, comment_id)
    group by name
    order by list_contains($held::varchar[], name) desc, comments desc, name
    limit $limit
)
select name, comments
from named
order by comments desc, name
"""

FOUND: Final = """
select source, comment_id, kind, name
from entities
order by source, comment_id, kind, name
"""


def sampled(store: Store, query: Query, *, size: int, seed: int, cancel: Cancel = None) -> pa.Table:
    """Return [source, comment_id, author, text, sentiment] of at most `size` comments that the seed draws."""
    return ask.table(store, query, SAMPLED, size=size, seed=seed, cancel=cancel)


def with_text(store: Store, query: Query, cancel: Cancel = None) -> int:
    """Return how many comments of a query have a text."""
    return int(ask.row(store, query, WITH_TEXT, cancel=cancel)[0])


def was_scanned(store: Store, fingerprint: str) -> bool:
    """Tell whether the names that are kept are those of this sample."""
    with store.reading() as cursor:
        return bool(cursor.execute(SCANNED, {"fingerprint": fingerprint}).fetchall()[0][0])


def most_named(store: Store, query: Query, limit: int) -> dict[str, int]:
    """Return the names that most of a query's comments mention, with these comments; its own are left aside.

    Counted are the comments that were looked at last; none where nothing was.
    """
    with store.reading() as cursor:
        if not cursor.execute(HAS_ANY).fetchall()[0][0]:
            return {}
    held = list(query.entity)
    rows = ask.rows(store, query.without("entity"), MOST_NAMED, held=held, limit=max(limit, len(held)))
    return {str(name): int(comments) for name, comments in rows}


def found(store: Store) -> pa.Table:
    """Return [source, comment_id, kind, name] of all names that are kept."""
    with store.reading() as cursor:
        return cursor.execute(FOUND).to_arrow_table()
