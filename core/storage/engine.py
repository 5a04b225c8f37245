"""The one owner of the connection: lends cursors of it, and opens the file anew after a fatal error.

DuckDB refuses everything after a fatal error, such as a checkpoint on a full disk, until the database is
opened again. What was committed is in the file and its log, so the next holder opens them as if nothing was.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Final

import duckdb

from core.errors import StorageError
from core.log import logger
from core.storage.opening import IN_MEMORY, connect
from core.storage.refusals import closed, invalidated, unusable

REOPEN_WAIT_S: Final = 1.0
CLOSE_WAIT_S: Final = 1.0
INTERRUPT_S: Final = 0.05


class Engine:
    """An open database; `ready` is called with the connection each time the file is opened."""

    def __init__(self, path: str, ready: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
        self.path = path
        self._ready = ready
        self._state = threading.Condition()
        self._lent = 0
        self._asked: list[duckdb.DuckDBPyConnection] = []
        self._is_broken = False
        self._is_closed = False
        self._connection = self._opened()

    @contextlib.contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor inside a transaction; the end rolls back what was not committed.

        Raises StorageError when the database is closed or cannot be opened again, duckdb.Error.
        """
        with self._one() as cursor:
            if self._begins(cursor):
                yield cursor
                return
        with self._one() as cursor:
            cursor.execute("begin")
            yield cursor

    def breaks(self) -> None:
        """Note that the engine is of no use any more: the next cursor comes from the file opened anew."""
        self._is_broken = True

    def close(self) -> None:
        """Close the database, and end what is asked of it just then; no cursor is lent after.

        A thread that is inside the engine when the process ends would take it down with an abort.
        """
        with self._state:
            self._is_closed = True
            until_s = time.monotonic() + CLOSE_WAIT_S
            while self._asked and time.monotonic() < until_s:
                for cursor in self._asked:
                    cursor.interrupt()
                self._state.wait(INTERRUPT_S)
            self._connection.close()

    @contextlib.contextmanager
    def _one(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._state:
            self._state.wait_for(lambda: not (self._is_broken and self._lent), REOPEN_WAIT_S)
            if self._is_closed:
                raise closed()
            if self._is_broken:
                self._reopen()
            cursor = self._connection.cursor()
            self._lent += 1
            self._asked.append(cursor)
        try:
            yield cursor
        except duckdb.FatalException:
            self.breaks()
            raise
        finally:
            with self._state:
                self._asked.remove(cursor)
            cursor.close()
            with self._state:
                self._lent -= 1
                self._state.notify_all()

    def _begins(self, cursor: duckdb.DuckDBPyConnection) -> bool:
        try:
            cursor.execute("begin")
        except duckdb.Error as error:
            self.breaks()
            logger(__name__).error("The database stopped", detail=str(error))
            return False
        return True

    def _reopen(self) -> None:
        """Open the file anew; memory cannot be, nor a file that somebody still has a cursor of."""
        if self._lent or self.path == IN_MEMORY:
            raise invalidated()
        self._connection.close()
        self._connection = self._opened()
        self._is_broken = False
        logger(__name__).warning("The database was opened again after a fatal error", path=self.path)

    def _opened(self) -> duckdb.DuckDBPyConnection:
        connection = connect(self.path)
        try:
            self._ready(connection)
        except duckdb.Error as error:
            connection.close()
            raise unusable(self.path, error) from error
        except StorageError:
            connection.close()
            raise
        return connection
