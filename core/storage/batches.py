"""Values as Arrow tables, column by column: the shape in which they are appended to the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from core.models import Author, Comment, Page, Source, SourceRef, SourceState
from core.storage.columns import IMPORT_SCHEMA

StateRow = tuple[SourceRef, SourceState, int | None, int]

_THREAD = pa.struct([("root_id", pa.int64()), ("declared", pa.int64()), ("embedded", pa.int64())])
_EXTRA = pa.struct([("key", pa.string()), ("value", pa.string())])


def comment_table(comments: Sequence[Comment]) -> pa.Table:
    """Build the log rows of comments."""
    keys: dict[SourceRef, str] = {}
    sources = [keys.get(each.source) or keys.setdefault(each.source, str(each.source)) for each in comments]
    return pa.table(
        {
            "source": pa.array(sources, pa.string()),
            "comment_id": pa.array([each.comment_id for each in comments], pa.int64()),
            "root_id": pa.array([each.root_id for each in comments], pa.int64()),
            "parent_id": pa.array([each.parent_id for each in comments], pa.int64()),
            "reply_to_user": pa.array([each.reply_to_user for each in comments], pa.int64()),
            "author_id": pa.array([each.author_id for each in comments], pa.int64()),
            "is_post_author": pa.array([each.is_post_author for each in comments], pa.bool_()),
            "published_at": _times([each.published_at for each in comments]),
            "text": pa.array([each.text for each in comments], pa.string()),
            "likes": pa.array([each.likes for each in comments], pa.int64()),
            "replies": pa.array([each.replies for each in comments], pa.int64()),
            "attachments": _texts([each.attachments for each in comments]),
            "is_deleted": pa.array([each.is_deleted for each in comments], pa.bool_()),
            "is_placeholder": pa.array([each.is_placeholder for each in comments], pa.bool_()),
            "raw": pa.array([each.raw or None for each in comments], pa.binary()),
        }
    )


def imported_table(key: str, comments: pa.Table) -> pa.Table:
    """Bring an imported table to the columns of the log."""
    rows = comments.num_rows
    columns: dict[str, Any] = {
        "comment_id": pa.array(range(1, rows + 1), pa.int64()),
        "source": pa.array([key] * rows, pa.string()),
        "replies": pa.array([0] * rows, pa.int64()),
        "attachments": pa.array([[]] * rows, pa.list_(pa.string())),
        "is_post_author": pa.array([False] * rows, pa.bool_()),
        "is_deleted": pa.array([False] * rows, pa.bool_()),
        "is_placeholder": pa.array([False] * rows, pa.bool_()),
    }
    for spec in IMPORT_SCHEMA:
        if spec.name in comments.column_names:
            given = comments[spec.name].cast(spec.type)
            columns[spec.name] = pc.coalesce(given, columns[spec.name]) if spec.name in columns else given
    return pa.table(columns)


def author_table(authors: Sequence[Author]) -> pa.Table:
    """Build the log rows of authors."""
    return pa.table(
        {
            "author_id": pa.array([each.author_id for each in authors], pa.int64()),
            "name": pa.array([each.name for each in authors], pa.string()),
            "screen_name": pa.array([each.screen_name for each in authors], pa.string()),
            "deactivated": pa.array([each.deactivated for each in authors], pa.string()),
        }
    )


def page_table(pages: Sequence[Page]) -> pa.Table:
    """Build the checkpoint rows of pages."""
    threads = [
        [
            {"root_id": root, "declared": declared, "embedded": embedded}
            for root, declared, embedded in each.threads
        ]
        for each in pages
    ]
    extra = [[{"key": key, "value": value} for key, value in each.extra.items()] for each in pages]
    return pa.table(
        {
            "source": pa.array([str(each.source) for each in pages], pa.string()),
            "call": pa.array([each.call for each in pages], pa.string()),
            "declared_total": pa.array([each.declared_total for each in pages], pa.int64()),
            "declared_level": pa.array([each.declared_level for each in pages], pa.int64()),
            "threads": pa.array(threads, pa.list_(_THREAD)),
            "thread_root": pa.array([each.thread_root for each in pages], pa.int64()),
            "level_items": pa.array([each.level_items for each in pages], pa.int64()),
            "refused_code": pa.array([each.refused_code for each in pages], pa.int32()),
            "bytes_received": pa.array([each.bytes_received for each in pages], pa.int64()),
            "extra": pa.array(extra, pa.list_(_EXTRA)),
        }
    )


def source_table(sources: Sequence[Source]) -> pa.Table:
    """Build the log rows of sources."""
    return pa.table(
        {
            "source": pa.array([str(each.ref) for each in sources], pa.string()),
            "title": pa.array([each.title for each in sources], pa.string()),
            "text": pa.array([each.text for each in sources], pa.string()),
            "published_at": _times([each.published_at for each in sources]),
            "author_id": pa.array([each.author_id for each in sources], pa.int64()),
            "likes": pa.array([each.likes for each in sources], pa.int64()),
            "reposts": pa.array([each.reposts for each in sources], pa.int64()),
            "views": pa.array([each.views for each in sources], pa.int64()),
            "declared_comments": pa.array([each.declared_comments for each in sources], pa.int64()),
            "is_pinned": pa.array([each.is_pinned for each in sources], pa.bool_()),
            "raw": pa.array([each.raw or None for each in sources], pa.binary()),
        }
    )


def state_table(states: Sequence[StateRow]) -> pa.Table:
    """Build the rows of how complete sources are."""
    return pa.table(
        {
            "source": pa.array([str(ref) for ref, _, _, _ in states], pa.string()),
            "state": pa.array([str(state) for _, state, _, _ in states], pa.string()),
            "declared": pa.array([declared for _, _, declared, _ in states], pa.int64()),
            "refused_code": pa.array([code for _, _, _, code in states], pa.int32()),
        }
    )


def _texts(lists: Sequence[Sequence[str]]) -> pa.Array[Any]:
    """Build a list column from its flat parts, faster than from nested Python lists."""
    offsets = [0]
    for each in lists:
        offsets.append(offsets[-1] + len(each))
    flat = pa.array(list(chain.from_iterable(lists)), pa.string())
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), flat)


def _times(moments: Sequence[datetime | None]) -> pa.Array[Any]:
    """Build a naive UTC time column from aware moments."""
    return pa.array(moments, pa.timestamp("us", tz="UTC")).cast(pa.timestamp("us"))
