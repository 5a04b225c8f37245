"""What is counted at the database: waits, holds, failures, slow statements; and how it is all told."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NoReturn

import duckdb

from core.errors import Busy, DashboardError, QueryTimedOut, StorageError, TaskCancelled
from core.log import logger
from core.metrics import Metrics
from core.storage.cursors import Kind, Lent
from core.storage.refusals import is_damage, not_read
from core.storage.slow import SlowLog

KINDS: Final[tuple[Kind, ...]] = ("read", "export", "write", "note")


@dataclass(frozen=True, slots=True)
class StoreStats:
    """How the database fares: places and who waits for them, and what happened since the start.

    `queries` counts statements; `stuck` those that do not react to being stopped, now. `last_committed_at`
    (aware UTC) is None before the first commit; a later one than now means that a clock is wrong. `damage`
    is what a question met last that could not read a part of the file.
    """

    version: int
    unfolded: int
    readers: int
    readers_busy: int
    readers_waiting: int
    exports: int
    exports_busy: int
    writers_waiting: int
    queries: int
    slow: int
    timed_out: int
    stuck: int
    last_committed_at: datetime | None
    damage: StorageError | None = None


class Accounts:
    """Counts for `StoreStats` and for the process's metrics; safe to use from any thread."""

    def __init__(self, metrics: Metrics, slow: SlowLog) -> None:
        self.slow = slow
        self.queries = 0
        self.timed_out = 0
        self.damage: StorageError | None = None
        self._metrics = metrics
        self._lock = threading.Lock()
        # Looked up once: finding a child of a metric takes longer than counting.
        self._held = {kind: metrics.query_seconds.labels(kind) for kind in KINDS}
        self._waited = {kind: metrics.query_wait_seconds.labels(kind) for kind in KINDS}

    def waited(self, kind: Kind, seconds: float) -> None:
        """Count the wait for a place."""
        self._waited[kind].observe(seconds)

    def failed(self, reason: Literal["timed_out", "cancelled", "busy", "refused"]) -> None:
        """Count a failure."""
        self._metrics.query_failures.labels(reason).inc()

    def turned_away(self, kind: Kind, wait_s: float, cancel: threading.Event | None) -> NoReturn:
        """Raise what who got no place is told: TaskCancelled or Busy."""
        if cancel is not None and cancel.is_set():
            self.failed("cancelled")
            raise TaskCancelled("The question to the database was cancelled.")
        self.failed("busy")
        if kind == "export":
            raise Busy(
                "As many downloads are running as can at a time.",
                hint="Wait for one of them to end, then try again.",
            )
        if kind == "read":
            raise Busy(
                "The database is busy: no reader came free in {wait_s} s.",
                hint="Wait a little and try again.",
                wait_s=wait_s,
            )
        raise Busy(
            "The database is busy: the turn to write did not come in {wait_s} s.",
            hint="Wait a little and try again.",
            wait_s=wait_s,
        )

    def settle(self, lent: Lent) -> None:
        """Count what a holder did, and put its slow statements into the log."""
        lent.settle()
        self._held[lent.kind].observe(time.monotonic() - lent.began_s)
        with self._lock:
            self.queries += lent.statements
        for ran in lent.slow:
            self._metrics.slow_queries.inc()
            self.slow.note(lent.kind, ran)

    def stopped(self, lent: Lent, error: duckdb.Error) -> DashboardError:
        """Say why a reader's query ended early."""
        if lent.stop is None:
            self.failed("refused")
            refused = not_read(error)
            if is_damage(error):
                self.damage = refused
            return refused
        self.failed(lent.stop)
        if lent.stop == "cancelled":
            return TaskCancelled("The question to the database was cancelled.")
        with self._lock:
            self.timed_out += 1
        limit_s = round(lent.deadline_s - lent.began_s, 3)
        return QueryTimedOut(
            "The query took longer than {limit_s} s and was stopped.",
            hint="Narrow the filters, for example the dates, and try again.",
            limit_s=limit_s,
        )

    @staticmethod
    def say_stuck(lent: Lent, seconds: float) -> None:
        """Log a query that does not react to being stopped; its place is given to others."""
        logger(__name__).error(
            "A query does not react to being stopped; its place is given to others",
            query_kind=lent.kind,
            seconds=round(seconds, 1),
            sql=lent.sql.strip(),
        )
