"""Many rows in one statement: the only way in which rows are handed to the engine.

What other programs call bulk_create is an insert, and bulk_update a merge, over `write_batch`; their
get_many_by_ids is `reads.comments_by_keys`. A row at a time would pay for a statement and a commit each.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from core.storage.cursors import Lent


def write_batch(cursor: Lent, statement: str, batch: pa.Table, **values: Any) -> None:
    """Run an insert or a merge over rows that it reads under the name `batch`."""
    cursor.register("batch", batch)
    cursor.execute(statement, values)
    cursor.unregister("batch")


def read_batch(cursor: Lent, statement: str, batch: pa.Table, **values: Any) -> pa.Table:
    """Return the answer of a question about rows that it reads under the name `batch`."""
    cursor.register("batch", batch)
    answer = cursor.execute(statement, values).to_arrow_table()
    cursor.unregister("batch")
    return answer


def naive(moment: datetime) -> datetime:
    """Return an aware moment as tables hold it: UTC without a zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)
