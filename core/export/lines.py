"""JSON Lines: one object per comment, exact text, absent values as null, attachments as a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import orjson
import pyarrow as pa

from core.export.arrays import Column, either, filled, finite, is_list, is_text, joined, joined_lists, patched
from core.export.cells import bounded, line_bytes, plain, utc_text
from core.export.job import Batches, Job

_NEEDS_ESCAPE: Final = r'["\\\x00-\x1f]'


def render(schema: pa.Schema, batches: Batches, job: Job) -> Iterator[bytes | memoryview]:
    """Yield the file in pieces, one per batch; names and times are the same in every language."""
    del job
    names = [orjson.dumps(name).decode() for name in schema.names]
    for batch in bounded(batches):
        pieces: list[object] = []
        for name, column in zip(names, batch.columns, strict=True):
            lead = ("," if pieces else "{") + name + ":"
            pieces += [lead, filled(_values(column), "null")]
        yield line_bytes(joined(*pieces, "}\n"))


def _values(column: Column) -> Column:
    kind = column.type
    if is_list(kind):
        return _lists(column)
    if is_text(kind):
        return _strings(plain(column))
    if pa.types.is_timestamp(kind):
        return joined('"', utc_text(column), '"')
    if pa.types.is_floating(kind):
        return finite(column).cast(pa.string())
    return column.cast(pa.string())


def _strings(text: Column) -> Column:
    return joined('"', patched(text, _NEEDS_ESCAPE, _escaped), '"')


def _escaped(text: str) -> str:
    return orjson.dumps(text)[1:-1].decode()


def _lists(column: Column) -> Column:
    """Render lists of texts; the values are taken by the list's own offsets, so a slice stays one."""
    lists = column.cast(pa.list_(pa.string()))
    assert isinstance(lists, pa.ListArray)
    quoted = pa.ListArray.from_arrays(lists.offsets, filled(_strings(lists.values), "null"))
    return either(column.is_valid(), joined("[", joined_lists(quoted), "]"), pa.scalar(None, pa.string()))
