"""The cursor that a holder of the database works with: it keeps account of what runs, and can be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, ParamSpec, Self, TypeVar

import duckdb
import pandas as pd
import pyarrow as pa

Kind = Literal["read", "export", "write", "note"]
Reason = Literal["timed_out", "cancelled"]
Bound = Mapping[str, Any] | Sequence[Any] | None

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class Ran:
    """A statement that ran: its text, what was bound, and the seconds spent inside the engine for it."""

    sql: str
    values: Bound
    seconds: float = 0.0


class Lent:
    """A cursor with the engine's methods; one thread uses it, the watchdog stops it.

    Once it was stopped nothing runs any more: an interrupt that comes between two statements is not lost.
    """

    __slots__ = (
        "_cursor", "_ran", "_slow_s", "began_s", "cancel", "deadline_s", "inside_s", "kind", "leave", "slow",
        "statements", "stop", "stopped_s",
    )  # fmt: skip

    def __init__(
        self,
        kind: Kind,
        slow_s: float,
        leave: Callable[[], None],
        limit_s: float,
        cancel: threading.Event | None = None,
    ) -> None:
        self._cursor: duckdb.DuckDBPyConnection
        self._ran = Ran("", None)
        self._slow_s = slow_s
        self.kind = kind
        self.leave = leave
        self.cancel = cancel
        self.began_s = time.monotonic()
        self.deadline_s = self.began_s + limit_s
        self.inside_s: float | None = None
        self.stop: Reason | None = None
        self.stopped_s = 0.0
        self.statements = 0
        self.slow: list[Ran] = []

    def on(self, cursor: duckdb.DuckDBPyConnection) -> Self:
        """Work on this cursor of the engine."""
        self._cursor = cursor
        return self

    @property
    def sql(self) -> str:
        """Return the statement that ran last."""
        return self._ran.sql

    def execute(self, statement: str, values: Bound = None) -> Self:
        """Run a statement."""
        self.settle()
        self._ran = Ran(statement, values)
        self.statements += 1
        self._inside(self._cursor.execute, statement, values)
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row of the answer."""
        return self._inside(self._cursor.fetchone)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return all rows of the answer that are left."""
        return self._inside(self._cursor.fetchall)

    def df(self) -> pd.DataFrame:
        """Return the answer as a pandas frame."""
        return self._inside(self._cursor.df)

    def to_arrow_table(self) -> pa.Table:
        """Return the answer as an Arrow table."""
        return self._inside(self._cursor.to_arrow_table)

    def to_arrow_reader(self, batch_rows: int) -> pa.RecordBatchReader:
        """Return the answer as a stream of Arrow batches of about so many rows."""
        reader = self._inside(self._cursor.to_arrow_reader, batch_rows)
        return pa.RecordBatchReader.from_batches(reader.schema, self._pulled(reader))

    def register(self, name: str, rows: object) -> None:
        """Let statements of this cursor read rows under a name."""
        self._inside(self._cursor.register, name, rows)

    def unregister(self, name: str) -> None:
        """Forget rows that were registered."""
        self._inside(self._cursor.unregister, name)

    def interrupt(self) -> None:
        """Ask the engine to leave what it is at; for another thread."""
        self._cursor.interrupt()

    def settle(self) -> None:
        """Close the account of the statement that ran last."""
        if self._ran.seconds >= self._slow_s and self._ran.sql:
            self.slow.append(self._ran)
        self._ran = Ran("", None)

    def _inside(self, act: Callable[P, R], *given: P.args, **named: P.kwargs) -> R:
        if self.stop is not None:
            raise duckdb.InterruptException(self.stop)
        began_s = self.inside_s = time.monotonic()
        try:
            answer = act(*given, **named)
        finally:
            self.inside_s = None
            self._ran.seconds += time.monotonic() - began_s
        # What came of a statement that was stopped meanwhile is not taken for whole.
        if self.stop is not None:  # pragma: no cover - only when the stop comes just as the statement ends
            raise duckdb.InterruptException(self.stop)
        return answer

    def _pulled(self, reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
        """Pull batch by batch; Arrow tells what the engine says as an OSError."""
        try:
            while (batch := self._inside(next, reader, None)) is not None:
                yield batch
        except OSError as error:
            raise duckdb.OperationalError(str(error)) from error
