"""What a reader of conversations sees: a page of hits inside their threads, and where a comment stands.

A page is one statement however many threads it touches. Of each thread come its root, the hits, and what the
hits answer up to the root; the rest is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
import pyarrow as pa

from core.errors import NotFound
from core.links import attachment_url
from core.query import Query
from core.storage import ask
from core.storage.columns import SCHEMA, SORT_COLUMNS
from core.storage.filters import Position
from core.storage.reads_comments import COUNT, parts_of
from core.storage.store import Store

# Places first, as for a page of rows. Threads are followed by their numbers alone: no text is read but that
# of the comments that are shown. A root is its own affair: joined by one column, a scan skips most of the
# table. `union` ends where imported files hold comments that answer in a circle.
CONVERSATIONS: Final = """
with recursive places as materialized (
    select source, comment_id, root_id, parent_id, row_number() over (order by {order}) as number
    from (
        select source, comment_id, root_id, parent_id, published_at, likes, replies
        from {rows}
        where {where}
        order by {order}
        limit $limit offset $offset
    ) as found
),
roots as materialized (
    select distinct source, coalesce(root_id, comment_id) as root_id
    from places
),
threads as materialized (
    select comments.source, comments.comment_id, comments.parent_id, roots.root_id
    from {plain} as comments
    join roots on comments.source = roots.source and comments.root_id = roots.root_id
),
kept as (
    select source, comment_id, parent_id
    from places
    union
    select threads.source, threads.comment_id, threads.parent_id
    from kept
    join threads on threads.source = kept.source and threads.comment_id = kept.parent_id
),
wanted as materialized (
    select source, comment_id
    from kept
    union
    select source, root_id
    from roots
),
sizes as (
    select source, root_id, count(*) as answers
    from threads
    group by all
),
chosen as (
    select comments.*
    from {plain} as comments
    semi join wanted on comments.source = wanted.source and comments.comment_id = wanted.comment_id
)
select {columns}, places.number, coalesce(sizes.answers, 0) as answers
from chosen as comments
left join places on comments.source = places.source and comments.comment_id = places.comment_id
left join sizes
    on comments.source = sizes.source and coalesce(comments.root_id, comments.comment_id) = sizes.root_id
{joins}
"""

STANDING: Final = """
select published_at, likes, replies
from {rows}
where ({where}) and source = $source and comment_id = $comment_id
"""

GIVEN: Final = """
with wanted as materialized (
    select unnest($sources::varchar[]) as source, unnest($ids::bigint[]) as comment_id
)
select source || ':' || comment_id, name, value, coder, note
from labels
semi join wanted using (source, comment_id)
order by source, comment_id, name, coder
"""

# The newest observation that shows attachments; a tombstone shows none.
SEEN_WITH: Final = """
with wanted as materialized (
    select unnest($sources::varchar[]) as source, unnest($ids::bigint[]) as comment_id
)
select source || ':' || comment_id, arg_max(raw, (seen_at, version, ordinal))
from observations
semi join wanted using (source, comment_id)
where octet_length(raw) > 0 and len(attachments) > 0 and not starts_with(source, 'import:')
group by all
"""

_FIELDS: Final[list[pa.Field[Any]]] = [
    *SCHEMA,
    pa.field("number", pa.int64()),
    pa.field("answers", pa.int64()),
]
CONVERSATION_SCHEMA: Final = pa.schema(_FIELDS)


@dataclass(frozen=True, slots=True)
class Given:
    """A label of a comment, without the comment."""

    name: str
    value: str
    coder: str
    note: str


def conversations(store: Store, query: Query, offset: int, limit: int) -> pa.Table:
    """Return the hits number `offset` (from 0) to `offset + limit` of a query with what they stand in.

    The columns are the contract's, then `number`, a hit's place among those returned (from 1, null for what
    is there as context), and `answers`, how many replies its thread has here. Rows come in no order.
    """
    return ask.table(store, query, CONVERSATIONS, offset=offset, limit=limit).cast(CONVERSATION_SCHEMA)


def place_of(store: Store, query: Query, key: str) -> int | None:
    """Return which hit of a query a comment is, from 1; None when it is none."""
    try:
        source, comment_id = parts_of(key)
    except NotFound:
        return None
    found = ask.table(store, query, STANDING, source=source, comment_id=comment_id)
    if not found.num_rows:
        return None
    column, _ = SORT_COLUMNS[query.sort]
    after = Position(found[column][0].as_py(), source, comment_id)
    every, later = ask.row(store, query, COUNT), ask.table(store, query, COUNT, after=after)
    return int(every[0]) - int(later.column(0)[0].as_py())


def given(store: Store, keys: Sequence[str]) -> dict[str, list[Given]]:
    """Return the labels of comments by comment, in order of name and coder."""
    found: dict[str, list[Given]] = {}
    for key, *label in _about(store, GIVEN, keys):
        found.setdefault(str(key), []).append(Given(*label))
    return found


def attached(store: Store, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the addresses of what hangs on comments, by comment in the order of attachments; '' for none."""
    found: dict[str, tuple[str, ...]] = {}
    for key, raw in _about(store, SEEN_WITH, keys):
        item = orjson.loads(raw)
        listed = item.get("attachments") if isinstance(item, dict) else None
        found[str(key)] = tuple(attachment_url(each) for each in listed or () if isinstance(each, dict))
    return found


def _about(store: Store, template: str, keys: Sequence[str]) -> Sequence[tuple[Any, ...]]:
    """Ask about some comments by key; about none nothing is asked."""
    parts = [parts_of(key) for key in keys]
    if not parts:
        return ()
    sources, ids = zip(*parts, strict=True)
    return ask.rows(store, Query(), template, sources=list(sources), ids=list(ids))
