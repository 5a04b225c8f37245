"""The database service: lends cursors to readers, lets writers in one after another, says how it fares.

A reader sees one snapshot for as long as it holds its cursor. Each committed transaction raises the dataset
version by one and appends a row that says when and why. Nobody waits for ever to read, no reader keeps a
writer waiting, and what is past its limit or cancelled is interrupted.
"""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Self

import duckdb

from core.log import logger
from core.metrics import Metrics
from core.storage.accounts import Accounts, StoreStats
from core.storage.bulk import naive
from core.storage.cursors import Bound, Kind, Lent
from core.storage.engine import Engine
from core.storage.limits import (
    EXPORTS,
    NOTE_WAIT_S,
    QUERY_TIMEOUT_S,
    READER_WAIT_S,
    READERS,
    SLOW_QUERY_S,
    STUCK_AFTER_S,
    Limits,
)
from core.storage.migrations import Migration, migrate, read_migrations
from core.storage.opening import path_of
from core.storage.refusals import first_line, not_read, not_written
from core.storage.slow import SlowLog, SlowQuery
from core.storage.turns import Place, Turns
from core.storage.watch import Watchdog

__all__ = ["Lent", "SlowQuery", "Store", "StoreStats", "Transaction"]

EXPLAIN_TIMEOUT_S = 2.0

# What the engine says when a transaction is kept, but the checkpoint after it failed.
DURABLE = "commit succeeded and is durable"

LAST_VERSION = """
select coalesce(max(version), 0), arg_max(committed_at, version)
from dataset_versions
"""

UNFOLDED = """
select
    (
        select count(*)
        from observations
        where version > (select coalesce(max(version), 0) from folds)
    ) + (
        select count(*)
        from author_observations
        where version > (select coalesce(max(version), 0) from folds)
    )
"""

RAISE_VERSION = """
insert into dataset_versions
values ($version, $committed_at, $cause)
"""


@dataclass(slots=True)
class Transaction:
    """What a writer holds: its cursor and the version its commit will make.

    `unfolded` is raised by who appends to the log and set to 0 by who folds; it counts after the commit.
    `is_void` says that nothing is to be kept: the end rolls back and the version stays.
    """

    cursor: Lent
    version: int
    unfolded: int
    is_void: bool = False


class Store:
    """An open database; build it with `Store.open`, share it between threads, close it once."""

    def __init__(
        self,
        path: str,
        clock: Callable[[], datetime],
        limits: Limits,
        migrations: list[Migration],
        metrics: Metrics,
    ) -> None:
        self._clock = clock
        self._limits = limits
        self._migrations = migrations
        self._writers = Turns(1)
        self._readers = Turns(limits.readers)
        self._exports = Turns(limits.exports)
        self._accounts = Accounts(metrics, SlowLog(clock, self._explained))
        self._watchdog = Watchdog(limits.stuck_after_s, self._accounts.say_stuck)
        self._version = 0
        self._unfolded = 0
        self._committed_at: datetime | None = None
        self._engine = Engine(path, self._ready)

    @classmethod
    def open(
        cls,
        url: str,
        *,
        clock: Callable[[], datetime],
        query_timeout_s: float = QUERY_TIMEOUT_S,
        readers: int = READERS,
        exports: int = EXPORTS,
        reader_wait_s: float = READER_WAIT_S,
        note_wait_s: float = NOTE_WAIT_S,
        slow_query_s: float = SLOW_QUERY_S,
        stuck_after_s: float = STUCK_AFTER_S,
        migrations: list[Migration] | None = None,
        metrics: Metrics | None = None,
    ) -> Self:
        """Open (and create) the database `duckdb:///path` or `duckdb:///:memory:`, migrated.

        `clock` returns aware UTC; a query runs `query_timeout_s` seconds at most, `readers` at a time and
        `exports` beside them; the next one waits `reader_wait_s` seconds at most for its turn. What takes
        `slow_query_s` goes into the slow-query log; what does not react for `stuck_after_s` is given up.
        Raises ConfigurationError for another engine, StorageError when the file cannot be used.
        """
        limits = Limits(
            query_timeout_s, readers, exports, reader_wait_s, note_wait_s, slow_query_s, stuck_after_s
        )
        return cls(path_of(url), clock, limits, migrations or read_migrations(), metrics or Metrics())

    def version(self) -> int:
        """Return the dataset version: the number of the last committed transaction."""
        return self._version

    def now(self) -> datetime:
        """Return the moment by the store's clock, aware UTC."""
        return self._clock()

    @property
    def unfolded(self) -> int:
        """Return how many rows of the log are not in the folded state yet."""
        return self._unfolded

    @contextlib.contextmanager
    def reading(
        self,
        timeout_s: float | None = None,
        *,
        cancel: threading.Event | None = None,
        kind: Literal["read", "export"] = "read",
    ) -> Iterator[Lent]:
        """Lend a cursor on one snapshot; None means the store's own limit in seconds, `math.inf` none.

        A download is an "export": it may last for minutes and never takes the place of a page. Raises
        QueryTimedOut when it ran past the limit, TaskCancelled when `cancel` was set, Busy when no cursor
        came free, StorageError when the database refused.
        """
        turns = self._exports if kind == "export" else self._readers
        place = self._take(turns, kind, self._limits.reader_wait_s, cancel)
        limit_s = timeout_s or self._limits.query_timeout_s
        lent = Lent(kind, self._limits.slow_query_s, place.leave, limit_s, cancel)
        try:
            with self._engine.cursor() as cursor, self._watchdog.over(lent.on(cursor)):
                yield lent
        except duckdb.Error as error:
            raise self._accounts.stopped(lent, error) from error
        finally:
            place.leave()
            self._accounts.settle(lent)

    @contextlib.contextmanager
    def writing(self, cause: str) -> Iterator[Transaction]:
        """Hold the one writer's transaction: commit at the end, roll back on any error.

        `cause` says in a word why the version rises. Writers come in the order in which they asked. Raises
        StorageError when the database refuses.
        """
        with self._changing("write", math.inf) as lent:
            transaction = Transaction(lent, self._version + 1, self._unfolded)
            yield transaction
            if transaction.is_void:
                return
            now = self._clock()
            if self._committed_at is not None and now < self._committed_at:
                logger(__name__).warning(
                    "The clock is behind the last commit", now=str(now), last=str(self._committed_at)
                )
            values = {"version": transaction.version, "committed_at": naive(now), "cause": cause}
            lent.execute(RAISE_VERSION, values)
            self._commit(lent)
            self._version, self._unfolded = transaction.version, transaction.unfolded
            self._committed_at = now

    @contextlib.contextmanager
    def noting(self) -> Iterator[Lent]:
        """Hold the writer's transaction for what is no data: it commits without raising the version.

        Raises Busy when its turn did not come in time, StorageError when the database refuses.
        """
        with self._changing("note", self._limits.note_wait_s) as lent:
            yield lent
            self._commit(lent)

    def stats(self) -> StoreStats:
        """Return how the database fares; waits for nothing."""
        return StoreStats(
            version=self._version,
            unfolded=self._unfolded,
            readers=self._readers.places,
            readers_busy=self._readers.busy,
            readers_waiting=self._readers.waiting,
            exports=self._exports.places,
            exports_busy=self._exports.busy,
            writers_waiting=self._writers.waiting,
            queries=self._accounts.queries,
            slow=self._accounts.slow.count,
            timed_out=self._accounts.timed_out,
            stuck=self._watchdog.stuck,
            last_committed_at=self._committed_at,
            damage=self._accounts.damage,
        )

    def slow(self) -> list[SlowQuery]:
        """Return the last slow queries, the newest first."""
        return self._accounts.slow.last()

    def close(self) -> None:
        """Close the database when the writers are done; nothing can be read or written after."""
        place = self._take(self._writers, "write", math.inf)
        self._engine.close()
        place.leave()

    @contextlib.contextmanager
    def _changing(self, kind: Literal["write", "note"], wait_s: float) -> Iterator[Lent]:
        """Lend a cursor inside a transaction that its holder commits; translate what the database says."""
        place = self._take(self._writers, kind, wait_s)
        lent = Lent(kind, self._limits.slow_query_s, place.leave, math.inf)
        try:
            with self._engine.cursor() as cursor:
                yield lent.on(cursor)
        except duckdb.Error as error:
            self._accounts.failed("refused")
            raise not_written(error) from error
        finally:
            place.leave()
            self._accounts.settle(lent)

    def _commit(self, lent: Lent) -> None:
        """Commit; a checkpoint that fails after it takes nothing back, but wants the file opened anew."""
        try:
            lent.execute("commit")
        except duckdb.FatalException as error:
            self._engine.breaks()
            if DURABLE not in first_line(error).lower():
                raise

    def _take(self, turns: Turns, kind: Kind, wait_s: float, cancel: threading.Event | None = None) -> Place:
        began_s = time.monotonic()
        place = turns.take(wait_s, cancel)
        self._accounts.waited(kind, time.monotonic() - began_s)
        return place or self._accounts.turned_away(kind, wait_s, cancel)

    def _ready(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Bring a file that was opened up to date, and read where it stands."""
        migrate(connection, self._migrations, naive(self._clock()))
        self._version, committed_at = connection.execute(LAST_VERSION).fetchall()[0]
        self._committed_at = committed_at.replace(tzinfo=UTC) if committed_at else None
        ((self._unfolded,),) = connection.execute(UNFOLDED).fetchall()

    def _explained(self, statement: str, values: Bound) -> str:
        """Return a plan as JSON; raises StorageError when there is none, as for rows that are gone."""
        lent = Lent("read", math.inf, lambda: None, EXPLAIN_TIMEOUT_S)
        try:
            with self._engine.cursor() as cursor, self._watchdog.over(lent.on(cursor)):
                return str(lent.execute(statement, values).fetchall()[0][1])
        except duckdb.Error as error:
            raise not_read(error) from error
