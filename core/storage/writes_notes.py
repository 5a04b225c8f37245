"""What the program notes for itself: tasks, schedules, calls counted per token. No data, so no version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from core.storage.bulk import naive, write_batch
from core.storage.store import Store

CallsRow = tuple[date, str, str, int]

WRITE_TASKS = """
merge into tasks
using (select id, body, $changed_at as changed_at from batch) as given
on tasks.id = given.id
when matched then update by name
when not matched then insert by name
"""

DELETE_TASKS = """
delete from tasks
where id in (select unnest($ids::varchar[]))
"""

WRITE_SCHEDULES = """
merge into schedules
using (select id, body, $changed_at as changed_at from batch) as given
on schedules.id = given.id
when matched then update by name
when not matched then insert by name
"""

DELETE_SCHEDULES = """
delete from schedules
where id in (select unnest($ids::varchar[]))
"""

ADD_CALLS = """
merge into token_calls
using (
    select day, token, method, sum(calls)::bigint as calls
    from batch
    group by day, token, method
) as given
on token_calls.day = given.day and token_calls.token = given.token and token_calls.method = given.method
when matched then update set calls = token_calls.calls + given.calls
when not matched then insert by name
"""


def write_tasks(store: Store, rows: Sequence[tuple[str, str]]) -> None:
    """Note tasks as they are now, in one transaction: (id, JSON); of an id given twice the last counts."""
    _write(store, WRITE_TASKS, rows)


def delete_tasks(store: Store, ids: Sequence[str]) -> None:
    """Forget tasks; unknown ids are fine."""
    _delete(store, DELETE_TASKS, ids)


def write_schedules(store: Store, rows: Sequence[tuple[str, str]]) -> None:
    """Note schedules as they are now, in one transaction: (id, JSON); of an id twice the last counts."""
    _write(store, WRITE_SCHEDULES, rows)


def delete_schedules(store: Store, ids: Sequence[str]) -> None:
    """Forget schedules; unknown ids are fine."""
    _delete(store, DELETE_SCHEDULES, ids)


def write_calls(store: Store, rows: Sequence[CallsRow]) -> None:
    """Add calls made since the last time: (UTC day, token id, method, how many)."""
    if not rows:
        return
    batch = pa.table(
        {
            "day": pa.array([day for day, _, _, _ in rows], pa.date32()),
            "token": pa.array([token for _, token, _, _ in rows], pa.string()),
            "method": pa.array([method for _, _, method, _ in rows], pa.string()),
            "calls": pa.array([calls for _, _, _, calls in rows], pa.int64()),
        }
    )
    with store.noting() as cursor:
        write_batch(cursor, ADD_CALLS, batch)


def _write(store: Store, statement: str, rows: Sequence[tuple[str, str]]) -> None:
    bodies = dict(rows)
    batch = pa.table({"id": pa.array(bodies, pa.string()), "body": pa.array(bodies.values(), pa.string())})
    with store.noting() as cursor:
        write_batch(cursor, statement, batch, changed_at=naive(store.now()))


def _delete(store: Store, statement: str, ids: Sequence[str]) -> None:
    if ids:
        with store.noting() as cursor:
            cursor.execute(statement, {"ids": list(ids)})
