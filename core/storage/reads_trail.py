"""What the log said about tasks, as it was written down."""

from __future__ import annotations

from core.query import Query
from core.storage import ask
from core.storage.store import Store
from core.storage.writes_trail import LineRow

LINES = """
select task, ordinal, said_at, level, event, body
from task_lines
where task = $task
order by ordinal
"""

LAST_ORDINAL = """
select coalesce(max(ordinal), 0) as ordinal
from task_lines
"""


def lines(store: Store, task: str) -> list[LineRow]:
    """Return the lines of a task, the oldest first: (task, ordinal, moment, level, event, JSON of values)."""
    return [
        (of, ordinal, at, level, event, body)
        for of, ordinal, at, level, event, body in ask.rows(store, Query(), LINES, task=task)
    ]


def last_ordinal(store: Store) -> int:
    """Return the highest ordinal of any line, 0 when there is none."""
    ((ordinal,),) = ask.rows(store, Query(), LAST_ORDINAL)
    return int(ordinal)
