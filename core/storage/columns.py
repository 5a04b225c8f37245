"""The columns of a comment in every answer and export, their types, and the order of rows.

Rows come by the sort key of the query, unknown values last in both directions, and equal ones by source
(as text) and comment id (as a number), both ascending. Without a sort key: oldest first. The comment id of
an imported row is its number in the file.
"""

from __future__ import annotations

import pyarrow as pa

_TIME: pa.DataType = pa.timestamp("us")

# Contract order, then what the text engine read: null until it did. Times are naive UTC. `attachments` are
# types such as "photo", `tags` obscenity, insult and threat.
_FIELDS: list[tuple[str, pa.DataType]] = [
    ("comment_key", pa.string()),
    ("source", pa.string()),
    ("kind", pa.string()),
    ("owner_id", pa.int64()),
    ("item_id", pa.int64()),
    ("comment_id", pa.int64()),
    ("root_id", pa.int64()),
    ("parent_id", pa.int64()),
    ("author_id", pa.int64()),
    ("author_name", pa.string()),
    ("author_is_community", pa.bool_()),
    ("is_post_author", pa.bool_()),
    ("published_at", _TIME),
    ("text", pa.string()),
    ("likes", pa.int64()),
    ("replies", pa.int64()),
    ("attachments", pa.list_(pa.string())),
    ("state", pa.string()),
    ("edited_at", _TIME),
    ("deleted_at", _TIME),
    ("first_seen_at", _TIME),
    ("last_seen_at", _TIME),
    ("url", pa.string()),
    ("lang", pa.string()),
    ("sentiment", pa.string()),
    ("negative", pa.float64()),
    ("neutral", pa.float64()),
    ("positive", pa.float64()),
    ("toxicity", pa.float64()),
    ("tags", pa.list_(pa.string())),
    ("is_question", pa.bool_()),
]
SCHEMA = pa.schema(_FIELDS)
COLUMNS: tuple[str, ...] = tuple(SCHEMA.names)

# What a table handed to `writes.write_import` may hold; what is left out is null (`comment_id`: 1, 2, ...).
_IMPORT_FIELDS: list[tuple[str, pa.DataType]] = [
    ("comment_id", pa.int64()),
    ("root_id", pa.int64()),
    ("parent_id", pa.int64()),
    ("author_id", pa.int64()),
    ("author_name", pa.string()),
    ("published_at", _TIME),
    ("text", pa.string()),
    ("likes", pa.int64()),
    ("replies", pa.int64()),
    ("attachments", pa.list_(pa.string())),
    ("raw", pa.binary()),
]
IMPORT_SCHEMA = pa.schema(_IMPORT_FIELDS)

# Sort name -> (column, descending). Ties: source, comment_id, ascending.
SORT_COLUMNS: dict[str, tuple[str, bool]] = {
    "date": ("published_at", False),
    "-date": ("published_at", True),
    "likes": ("likes", False),
    "-likes": ("likes", True),
    "replies": ("replies", False),
    "-replies": ("replies", True),
}
