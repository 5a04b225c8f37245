"""What changed since a version or a moment.

A change is a step between two observations of a comment: first seen, another text, gone, back again. Since a
version, a step counts when that version's log did not show it yet, however late an observation was written;
since a moment, when it was seen after. Only comments observed since are looked at.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import orjson
import pyarrow as pa

from core.query import Query
from core.storage import ask
from core.storage.columns import SCHEMA
from core.storage.refusals import foreign_cursor
from core.storage.store import Store

Since = int | datetime


class ChangeKind(StrEnum):
    """What happened to a comment."""

    NEW = "new"
    EDITED = "edited"
    DELETED = "deleted"
    RESTORED = "restored"


class Evidence(StrEnum):
    """By what a comment is called deleted; nothing for one that is not."""

    NONE = ""
    TOMBSTONE = "tombstone"
    ABSENT = "absent"


BY_KIND = """
select
    count(*) filter (kind = 'new'),
    count(*) filter (kind = 'edited'),
    count(*) filter (kind = 'deleted'),
    count(*) filter (kind = 'restored')
from changes
"""

COUNTS = f"""
with {{steps}},
asked as (
    select source, comment_id
    from {{rows}}
    where {{where}}
)
{BY_KIND}
semi join asked using (source, comment_id)
"""

COUNTS_OF_RUN = f"""
with {{steps}}
{BY_KIND}
where version in (
    select version
    from observations
    where run_id = $run_id and version > $since_version::integer
)
"""

CHANGES = """
with {steps},
changed as (
    select
        comments.*,
        changes.kind as change,
        changes.changed_at,
        changes.text_before,
        changes.evidence,
        changes.version,
        changes.ordinal,
        case when $is_newest_first then -epoch_us(changed_at) else epoch_us(changed_at) end as place,
        list_position(['new', 'edited', 'deleted', 'restored'], changes.kind) as change_no
    from {rows} as comments
    join changes on comments.source = changes.source and comments.comment_id = changes.comment_id
    where len($kinds::varchar[]) = 0 or changes.kind in (select unnest($kinds::varchar[]))
),
page as (
    select *
    from changed
    where ({where})
        and (
            $after_place::bigint is null
            or (place, source, comment_id, version, ordinal, change_no) > (
                $after_place::bigint,
                $after_source::varchar,
                $after_id::bigint,
                $after_version::integer,
                $after_ordinal::integer,
                $after_change::integer
            )
        )
    order by place, source, comment_id, version, ordinal, change_no
    limit $limit
)
select
    comments.change,
    comments.changed_at,
    comments.text_before,
    comments.evidence,
    comments.place,
    comments.version,
    comments.ordinal,
    comments.change_no,
    {columns}
from page as comments
{joins}
order by place, comments.source, comments.comment_id, version, ordinal, change_no
"""

# What orders changes, and under which names the last row of a page is bound for the next one.
PLACE = ("place", "source", "comment_id", "version", "ordinal", "change_no")
AFTER = ("after_place", "after_source", "after_id", "after_version", "after_ordinal", "after_change")


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """How many changes of each kind."""

    new: int = 0
    edited: int = 0
    deleted: int = 0
    restored: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One change: when it was seen (aware UTC), the comment as it is now (one row), its text before.

    `text_before` is the last text VK showed before the change, None when there was none.
    """

    kind: ChangeKind
    changed_at: datetime
    comment: pa.Table
    text_before: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Some changes, the cursor of those after them, and the dataset version to ask from next time."""

    changes: tuple[Change, ...]
    next: str | None
    version: int

    @property
    def rows(self) -> pa.Table:
        """Return the comments of the changes, one row each, in the contract's columns."""
        return pa.concat_tables([each.comment for each in self.changes] or [SCHEMA.empty_table()])


def change_counts(store: Store, query: Query, since: Since) -> ChangeCounts:
    """Count the changes of a query's comments since a version or an aware moment, by kind.

    They are those that `changes` lists: the filters are about the comment as it is now.
    """
    return ChangeCounts(*map(int, ask.row(store, query, COUNTS, **_bounds(since))))


def change_counts_of(store: Store, run_id: str, since: int) -> ChangeCounts:
    """Count the changes that one run has seen since a version: what others write meanwhile is not its own."""
    return ChangeCounts(*map(int, ask.row(store, Query(), COUNTS_OF_RUN, run_id=run_id, **_bounds(since))))


def changes(
    store: Store,
    query: Query,
    since: Since,
    limit: int,
    cursor: str | None = None,
    *,
    kinds: Sequence[ChangeKind] = (),
) -> ChangePage:
    """Return the next `limit` changes of a query's comments since a version or an aware moment.

    The filters are about the comment as it is now. Order: when it was seen, the newest first with the sort
    `-date`. A bad cursor raises QueryError.
    """
    version = store.version()
    is_newest_first = query.sort == "-date"
    after = _read_cursor(cursor, is_newest_first) if cursor else (None,) * len(PLACE)
    found = ask.table(
        store,
        query,
        CHANGES,
        **_bounds(since),
        is_newest_first=is_newest_first,
        kinds=[str(kind) for kind in kinds],
        **dict(zip(AFTER, after, strict=True)),
        limit=limit + 1,
    )
    shown = found.slice(0, limit)
    rows = shown.select(SCHEMA.names).cast(SCHEMA)
    steps = shown.select(["change", "changed_at", "text_before", "evidence"]).to_pylist()
    page = tuple(
        Change(
            ChangeKind(step["change"]),
            step["changed_at"].replace(tzinfo=UTC),
            rows.slice(index, 1),
            step["text_before"],
            Evidence(step["evidence"]),
        )
        for index, step in enumerate(steps)
    )
    return ChangePage(page, _write_cursor(found, limit, is_newest_first), version)


def _bounds(since: Since) -> dict[str, Any]:
    if isinstance(since, datetime):
        return {"since_version": None, "since_at": since.astimezone(UTC).replace(tzinfo=None)}
    return {"since_version": since, "since_at": None}


def _write_cursor(found: pa.Table, limit: int, is_newest_first: bool) -> str | None:
    """Return the place of the last row shown as opaque text, None when no rows follow it."""
    if found.num_rows <= limit:
        return None
    place = [found[name][limit - 1].as_py() for name in PLACE]
    return base64.urlsafe_b64encode(orjson.dumps([is_newest_first, *place])).decode().rstrip("=")


def _read_cursor(cursor: str, is_newest_first: bool) -> tuple[Any, ...]:
    try:
        packed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        order, *place = orjson.loads(packed)
        is_good = order == is_newest_first and [type(each) for each in place] == [
            int,
            str,
            int,
            int,
            int,
            int,
        ]
    except (binascii.Error, ValueError, TypeError):
        is_good = False
    if not is_good:
        raise foreign_cursor(cursor)
    return tuple(place)
