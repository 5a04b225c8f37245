"""The few operations on Arrow columns that reading texts needs, with types."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute

Column: TypeAlias = "pa.Array[Any]"
Chunked: TypeAlias = "pa.ChunkedArray[Any]"
Indices: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

_arrow: Any = pa  # its published types know only some of the arguments it takes
_compute: Any = pyarrow.compute


def whole(column: Chunked | Column) -> Column:
    """Return a column in one piece."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def texts(column: Chunked | Column) -> list[str]:
    """Return a column of texts without nulls as Python's."""
    found: list[str] = column.to_pylist()  # type: ignore[assignment]  # a column of texts without nulls
    return found


def numbers(column: Chunked | Column) -> np.ndarray[Any, Any]:
    """Return a column of numbers or truths without nulls as numpy's."""
    return np.asarray(whole(column).to_numpy(zero_copy_only=False))


def taken(column: Chunked | Column, places: Indices) -> Column:
    """Return the values at these places."""
    found: Column = _compute.take(whole(column), pa.array(places))
    return found


def flattened(lists: Chunked | Column) -> Column:
    """Return what all lists hold, one after the other."""
    found: Column = _compute.list_flatten(whole(lists))
    return found


def lengths(lists: Chunked | Column) -> Indices:
    """Return how many values each list has; a null has none."""
    found = _compute.fill_null(_compute.list_value_length(whole(lists)), 0)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)


def lists_of(offsets: Indices, values: Column) -> Column:
    """Return lists of values: list i holds `values[offsets[i]:offsets[i + 1]]`."""
    found: Column = _arrow.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), values)
    return found


def places_in(values: Column, among: Column) -> Indices:
    """Return where each value stands in `among`, -1 for one that does not."""
    found = _compute.fill_null(_compute.index_in(values, among), -1)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)


def encoded(column: Column) -> tuple[Indices, Column]:
    """Return a column as places in its different values, and those."""
    found = _compute.dictionary_encode(column)
    return np.asarray(found.indices.to_numpy(), dtype=np.int64), found.dictionary


def joined(*columns: Column) -> Column:
    """Return columns one after the other."""
    found: Column = _arrow.concat_arrays(list(columns))
    return found


def different(column: Column) -> Column:
    """Return the different values, in order of appearance."""
    found: Column = _compute.unique(column)
    return found
