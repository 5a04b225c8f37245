"""Labels as columns of a comment: `label.<name>`, where coders differ their values joined by ", "."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute

from core.query import Query
from core.storage import ask
from core.storage.store import Store

PREFIX: Final = "label."

NAMES: Final = """
select distinct name
from labels
order by name
"""

SAID: Final = """
with wanted as materialized (
    select unnest($sources::varchar[]) as source, unnest($ids::bigint[]) as comment_id
)
select source || ':' || comment_id, name, string_agg(distinct value, ', ' order by value)
from labels
semi join wanted using (source, comment_id)
group by source, comment_id, name
"""

_compute: Any = pyarrow.compute  # its published types lack the functions of maps


def label_names(store: Store) -> tuple[str, ...]:
    """Return the names of all labels in the database, in order."""
    return tuple(str(name) for (name,) in ask.rows(store, Query(), NAMES))


def label_schema(schema: pa.Schema, names: Sequence[str]) -> pa.Schema:
    """Return a schema with the columns of labels at its end."""
    for name in names:
        schema = schema.append(pa.field(f"{PREFIX}{name}", pa.string()))
    return schema


def with_labels(store: Store, rows: pa.Table) -> pa.Table:
    """Return rows in the contract's columns with a column per name of a label, null where none was given."""
    names = label_names(store)
    if not names:
        return rows
    sources, ids = rows["source"].to_pylist(), rows["comment_id"].to_pylist()
    said = {
        (key, name): value for key, name, value in ask.rows(store, Query(), SAID, sources=sources, ids=ids)
    }
    keys = rows["comment_key"].to_pylist()
    for name in names:
        values = [said.get((key, name)) for key in keys]
        rows = rows.append_column(f"{PREFIX}{name}", pa.array(values, pa.string()))
    return rows


def spread(batch: pa.RecordBatch, names: Sequence[str], schema: pa.Schema) -> pa.RecordBatch:
    """Return a batch whose last column, a map from names to values, became a column per name."""
    *columns, maps = batch.columns
    columns += [_compute.map_lookup(maps, pa.scalar(name), "first") for name in names]
    return pa.RecordBatch.from_arrays(columns, names=schema.names).cast(schema)
