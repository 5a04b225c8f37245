"""What the log said about tasks, written down: the last lines of each, for as long as the task is known."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from core.storage.bulk import write_batch
from core.storage.store import Store

LineRow = tuple[str, int, str, str, str, str]

APPEND_LINES = """
insert into task_lines by name
select *
from batch
"""

FORGET_LINES = """
delete from task_lines
where task not in (select id from tasks)
    or (task, ordinal) in (
        select task, ordinal
        from task_lines
        qualify row_number() over (partition by task order by ordinal desc) > $kept
    )
"""


def write_lines(store: Store, rows: Sequence[LineRow], kept: int) -> None:
    """Append lines: (task, ordinal, moment, level, event, JSON of the values).

    Each task keeps its last `kept` lines; those of a task that is forgotten go.
    """
    names = ("task", "ordinal", "said_at", "level", "event", "body")
    types = (pa.string(), pa.int64(), pa.string(), pa.string(), pa.string(), pa.string())
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    batch = pa.table(
        {name: pa.array(column, kind) for name, kind, column in zip(names, types, columns, strict=True)}
    )
    with store.noting() as cursor:
        write_batch(cursor, APPEND_LINES, batch)
        cursor.execute(FORGET_LINES, {"kept": kept})
