"""The few operations on whole Arrow columns that rendering needs, with types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute

Column: TypeAlias = "pa.Array[Any]"
_compute: Any = pyarrow.compute  # its published types know only some of the arguments it takes


def joined(*pieces: object) -> Column:
    """Join arrays and constants row by row; a null anywhere makes the row null."""
    rows: Column = _compute.binary_join_element_wise(*pieces, "")
    return rows


def joined_rows(*pieces: object) -> Column:
    """Join arrays and constants row by row; a null counts as nothing."""
    rows: Column = _compute.binary_join_element_wise(
        *pieces, "", null_handling="replace", null_replacement=""
    )
    return rows


def joined_lists(lists: Column) -> Column:
    """Join each list of texts with commas."""
    rows: Column = _compute.binary_join(lists, ",")
    return rows


def found(strings: Column, pattern: str) -> Column:
    """Tell in which strings the pattern (RE2) is found; a null has nothing in it."""
    return filled(_compute.match_substring_regex(strings, pattern), value=False)


def longer(strings: Column, limit_bytes: int) -> Column:
    """Tell which strings take more bytes than that."""
    return filled(_compute.greater(_compute.binary_length(strings), limit_bytes), value=False)


def different(left: Column, right: Column) -> Column:
    """Tell where two columns differ; nulls do not."""
    return filled(_compute.not_equal(left, right), value=False)


def beyond(numbers: Column, limit: int) -> Column:
    """Tell which numbers are further from zero than that."""
    outside = _compute.or_(_compute.greater(numbers, limit), _compute.less(numbers, -limit))
    return filled(outside, value=False)


def finite(numbers: Column) -> Column:
    """Return the numbers with null for infinities and what is not a number."""
    return either(_compute.is_finite(numbers), numbers, pa.scalar(None, numbers.type))


def filled(column: Column, value: object) -> Column:
    """Return the column with `value` for nulls."""
    full: Column = _compute.fill_null(column, value)
    return full


def either(hit: Column, yes: object, no: object) -> Column:
    """Take from `yes` where `hit` is true, from `no` where it is false, null where it is null."""
    rows: Column = _compute.if_else(hit, yes, no)
    return rows


def swapped(strings: Column, part: str, by: str) -> Column:
    """Return the strings with every `part` replaced."""
    rows: Column = _compute.replace_substring(strings, part, by)
    return rows


def count(hit: Column) -> int:
    """Return how many are true."""
    return int(_compute.sum(hit).as_py() or 0)


def patched(strings: Column, pattern: str, fix: Callable[[str], str]) -> Column:
    """Return the strings with `fix` applied to those in which `pattern` (RE2) is found."""
    return replaced(strings, found(strings, pattern), fix)


def replaced(strings: Column, hit: Column, fix: Callable[[str], str]) -> Column:
    """Return the strings with `fix` applied where `hit` is true."""
    if not count(hit):
        return strings
    fixed = pa.array([fix(text) for text in texts(strings.filter(hit))], pa.string())
    rows: Column = _compute.replace_with_mask(strings, hit, fixed)
    return rows


def texts(strings: Column) -> list[str]:
    """Return the strings that are not null as a list."""
    return [text for text in strings.to_pylist() if text is not None]


def is_text(kind: pa.DataType) -> bool:
    """Tell whether a column holds text."""
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def is_list(kind: pa.DataType) -> bool:
    """Tell whether a column holds lists."""
    return pa.types.is_list(kind) or pa.types.is_large_list(kind)
