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


def found(store: Store) -> pa.Table:
    """Return [source, comment_id, kind, name] of all names that are kept."""
    with store.reading() as cursor:
        return cursor.execute(FOUND).to_arrow_table()
