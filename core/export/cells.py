"""Whole columns of a batch as text, without a Python step per row.

Every text format is rendered the same way: each column becomes an Arrow string array, the arrays are
joined to one line per row, and the lines' bytes go to the file as they lie in memory. Only the values a
pattern finds (quotes, control characters) are rewritten in Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from core.export.arrays import Column, is_list, joined, joined_lists, swapped
from core.export.zones import Micros, local_micros

MAX_BATCH_BYTES: Final = 32 * 2**20
"""Rendered text must stay far below the 2 GiB an Arrow string array can hold."""


def bounded(batches: Iterable[pa.RecordBatch], limit: int = MAX_BATCH_BYTES) -> Iterator[pa.RecordBatch]:
    """Yield the batches, cut until each is small enough to be rendered; empty ones are left out."""
    for batch in batches:
        if batch.num_rows > 1 and batch.nbytes > limit:
            half = batch.num_rows // 2
            yield from bounded((batch.slice(0, half), batch.slice(half)), limit)
        elif batch.num_rows:
            yield batch


def line_bytes(lines: Column) -> memoryview:
    """Return the bytes of all lines, one after the other, without a copy."""
    _, offsets, content = lines.buffers()
    if offsets is None or content is None:
        return memoryview(b"")
    ends = memoryview(offsets).cast("i")
    return memoryview(content)[ends[lines.offset] : ends[lines.offset + len(lines)]]


def plain(column: Column) -> Column:
    """Return text as an Arrow string array, a list as its comma-joined parts."""
    if is_list(column.type):
        return joined_lists(column.cast(pa.list_(pa.string())))
    return column.cast(pa.string())


def micros_of(column: Column) -> Micros:
    """Return times as microseconds since 1970 UTC, 0 for nulls."""
    numbers = column.cast(pa.timestamp("us", column.type.tz)).cast(pa.int64())
    return np.asarray(numbers.fill_null(0), dtype=np.int64)


def null_mask(column: Column) -> NDArray[np.bool_]:
    """Return where the column is null."""
    return np.asarray(column.is_null(), dtype=np.bool_)


def utc_text(column: Column) -> Column:
    """Return times as ISO 8601 in UTC with Z; a fraction only where there is one."""
    return _clock_text(micros_of(column), column, "T", "Z")


def local_text(column: Column, zone: ZoneInfo) -> Column:
    """Return times as `2026-03-01 12:00:00` of the zone, the form spreadsheets take for a date."""
    return _clock_text(local_micros(micros_of(column), zone), column, " ", "")


def _clock_text(micros: Micros, column: Column, middle: str, suffix: str) -> Column:
    seconds = pa.array(micros // 1_000_000, pa.timestamp("s"), mask=null_mask(column))
    text = swapped(seconds.cast(pa.string()), " ", middle)
    rest = micros % 1_000_000
    if not rest.any():
        return joined(text, suffix)
    fraction = pa.array([f".{each:06}" if each else "" for each in rest.tolist()], pa.string())
    return joined(text, fraction, suffix)
