"""The one owner of the database: opens and migrates it, lends cursors to readers, lets in one writer.

A reader sees one snapshot for as long as it holds its cursor. Each committed transaction raises the dataset
version by one and appends a row that says when and why.
"""

from __future__ import annotations

import contextlib
import math
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from core.errors import QueryTimedOut, StorageError
from core.storage.migrations import Migration, migrate, read_migrations
from core.storage.opening import connect, first_line, path_of, unusable

READERS = 16
READER_WAIT_S = 30.0
QUERY_TIMEOUT_S = 60.0
INTERRUPT_EVERY_S = 0.05

LAST_VERSION = """
select coalesce(max(version), 0)
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

    cursor: duckdb.DuckDBPyConnection
    version: int
    unfolded: int
    is_void: bool = False


class Store:
    """An open database; build it with `Store.open`, share it between threads, close it once."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        clock: Callable[[], datetime],
        query_timeout_s: float,
        readers: int,
        reader_wait_s: float,
    ) -> None:
        self._connection = connection
        self._clock = clock
        self._query_timeout_s = query_timeout_s
        self._reader_wait_s = reader_wait_s
        self._readers = threading.BoundedSemaphore(readers)
        self._writer = threading.Lock()
        self._lend = threading.Lock()
        self._version = int(_value(connection, LAST_VERSION))
        self._unfolded = int(_value(connection, UNFOLDED))

    @classmethod
    def open(
        cls,
        url: str,
        *,
        clock: Callable[[], datetime],
        query_timeout_s: float = QUERY_TIMEOUT_S,
        readers: int = READERS,
        reader_wait_s: float = READER_WAIT_S,
        migrations: list[Migration] | None = None,
    ) -> Store:
        """Open (and create) the database `duckdb:///path` or `duckdb:///:memory:`, migrated.

        `clock` returns aware UTC; a query runs `query_timeout_s` seconds at most, `readers` at a time;
        the next one waits `reader_wait_s` seconds at most for its turn.
        Raises ConfigurationError for another engine, StorageError when the file cannot be used.
        """
        path = path_of(url)
        connection = connect(path)
        try:
            migrate(connection, migrations or read_migrations(), _naive(clock()))
            return cls(connection, clock, query_timeout_s, readers, reader_wait_s)
        except duckdb.Error as error:
            connection.close()
            raise unusable(path, error) from error
        except StorageError:
            connection.close()
            raise

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
    def reading(self, timeout_s: float | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor on one snapshot; None means the store's own limit in seconds, `math.inf` none.

        Raises QueryTimedOut when it ran past the limit, StorageError when no cursor came free or
        the database refused.
        """
        if not self._readers.acquire(timeout=self._reader_wait_s):
            raise StorageError(
                "The database is busy: all readers are taken.", hint="Wait a little and try again."
            )
        try:
            with self._cursor() as cursor, _limit(cursor, timeout_s or self._query_timeout_s):
                cursor.execute("begin")
                yield cursor
        finally:
            self._readers.release()

    @contextlib.contextmanager
    def writing(self, cause: str) -> Iterator[Transaction]:
        """Hold the one writer's transaction: commit at the end, roll back on any error.

        `cause` says in a word why the version rises. Raises StorageError when the database refuses.
        """
        with self._writer, self._committing() as cursor:
            transaction = Transaction(cursor, self._version + 1, self._unfolded)
            yield transaction
            if transaction.is_void:
                return
            cursor.execute(
                RAISE_VERSION,
                {"version": transaction.version, "committed_at": _naive(self._clock()), "cause": cause},
            )
            cursor.execute("commit")
            self._unfolded = transaction.unfolded
            self._version = transaction.version

    @contextlib.contextmanager
    def noting(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Hold the writer's transaction for what is no data: it commits without raising the version.

        Raises StorageError when the database refuses.
        """
        with self._writer, self._committing() as cursor:
            yield cursor
            cursor.execute("commit")

    @contextlib.contextmanager
    def _committing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor inside a transaction that its holder commits; translate what the database says."""
        with self._cursor() as cursor:
            try:
                cursor.execute("begin")
                yield cursor
            except duckdb.Error as error:
                raise StorageError(
                    f"The database refused to write: {first_line(error)}",
                    hint="Nothing of this step was kept; see that the disk has room, then try again.",
                ) from error

    def close(self) -> None:
        """Close the database; nothing can be read or written after."""
        with self._writer:
            self._connection.close()

    @contextlib.contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a connection of its own; closing it rolls back what was not committed."""
        try:
            with self._lend:
                cursor = self._connection.cursor()
        except duckdb.Error as error:
            raise StorageError("The database is closed.", hint="Start the program again.") from error
        try:
            yield cursor
        finally:
            cursor.close()


@contextlib.contextmanager
def _limit(cursor: duckdb.DuckDBPyConnection, limit_s: float) -> Iterator[None]:
    """Interrupt the cursor's query after `limit_s` seconds; translate what the database says."""
    done = threading.Event()
    watch = threading.Thread(target=_interrupt_after, args=(cursor, done, limit_s), daemon=True)
    if math.isfinite(limit_s):
        watch.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise QueryTimedOut(
            f"The query took longer than {limit_s:g} s and was stopped.",
            hint="Narrow the filters, for example the dates, and try again.",
            limit_s=limit_s,
        ) from error
    except duckdb.Error as error:
        raise StorageError(f"The database refused to read: {first_line(error)}") from error
    finally:
        done.set()
        if watch.ident is not None:
            watch.join()


def _interrupt_after(cursor: duckdb.DuckDBPyConnection, done: threading.Event, limit_s: float) -> None:
    """Interrupt until it is done: an interrupt between two statements would be lost."""
    if not done.wait(limit_s):
        cursor.interrupt()
        while not done.wait(INTERRUPT_EVERY_S):
            cursor.interrupt()


def _value(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    row = connection.execute(statement).fetchone()
    assert row is not None
    return int(row[0])


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)
