"""Queries that take long, that do not react to being stopped, and disks that are full, without patches."""

from __future__ import annotations

import contextlib
import resource
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa

from core.storage.store import Store

# No join by equality, which a hash table would answer in a tenth of a second.
SLOW = "select count(*) from range(1_000_000) a, range(1_000_000) b where hash(a.range + b.range) = 1"


def rows_after(event: threading.Event) -> pa.RecordBatchReader:
    """Return rows that come when the event is set: whoever reads them reacts to nothing before."""

    def batches() -> Iterator[pa.RecordBatch]:
        event.wait(60)
        yield pa.record_batch({"number": pa.array([1])})

    return pa.RecordBatchReader.from_batches(pa.schema([("number", pa.int64())]), batches())


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something that other threads bring about."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come"
        threading.Event().wait(0.005)


@contextlib.contextmanager
def full_disk(largest: Path, room: int = 0) -> Iterator[None]:
    """Let no file of this process grow beyond the size of this one and `room` bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest.stat().st_size + room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def write_rows(store: Store, rows: int) -> None:
    """Write and commit rows of no meaning, hard to compress, about 40 bytes each."""
    with store.noting() as cursor:
        cursor.execute("create table if not exists bulk (text varchar)")
        cursor.execute("insert into bulk select md5(random()::varchar) from range($rows)", {"rows": rows})
