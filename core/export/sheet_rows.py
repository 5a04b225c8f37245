"""Rows of a batch as the XML of a worksheet: every text an inline string, so that nothing is a formula.

What a workbook cannot hold is changed and counted: control characters become U+FFFD, text over 32,767
UTF-16 units is cut. Numbers Excel would round stand as text, and so do dates its calendar lacks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
from xlsxwriter.utility import xl_col_to_name

from core.export.arrays import (
    Column,
    beyond,
    count,
    different,
    either,
    finite,
    found,
    is_list,
    is_text,
    joined,
    joined_rows,
    longer,
    patched,
    replaced,
    texts,
)
from core.export.cells import local_text, micros_of, null_mask, plain
from core.export.job import Changes
from core.export.zones import DAY_US, local_micros

MAX_UNITS: Final = 32_767
FIRST_KEYS: Final = 100
MAX_NUMBER: Final = 999_999_999_999_999
_EXCEL_1970: Final = 25_569
_FIRST_DATE_US: Final = -25_508 * DAY_US  # 1900-03-01: before it Excel counts a day that never was
_LAST_DATE_US: Final = 2_932_897 * DAY_US  # 10000-01-01
CONTROL: Final = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ufffe\uffff]"
_NEEDS_ESCAPE: Final = "[&<>\\r\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_"
_CONTROL_RE: Final = re.compile(CONTROL)
_CODE_RE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_XML: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


@dataclass(slots=True)
class Counter:
    """Counts changed cells per column and keeps the first keys."""

    cells: dict[str, int] = field(default_factory=dict)
    keys: dict[str, None] = field(default_factory=dict)

    def add(self, column: str, hit: Column, keys: Column) -> None:
        """Count the rows where `hit` is true."""
        cells = count(hit)
        if not cells:
            return
        self.cells[column] = self.cells.get(column, 0) + cells
        room = FIRST_KEYS - len(self.keys)
        if room > 0:
            self.keys.update(dict.fromkeys(texts(keys.filter(hit).slice(0, room))))

    def changes(self) -> Changes:
        """Return the counts as a value."""
        return Changes(dict(self.cells), tuple(self.keys))


@dataclass(slots=True)
class SheetRows:
    """Renders batches; `date_style` is the number of the workbook's date format."""

    zone: ZoneInfo
    date_style: str
    replaced: Counter = field(default_factory=Counter)
    cut: Counter = field(default_factory=Counter)

    def render(self, batch: pa.RecordBatch, first_row: int) -> Column:
        """Return one `<row>` per row of the batch, numbered from `first_row` (1 is the sheet's top)."""
        numbers = pa.array(np.arange(first_row, first_row + batch.num_rows)).cast(pa.string())
        keys = batch.column(0).cast(pa.string())
        cells: list[Any] = []
        for index, (name, column) in enumerate(zip(batch.schema.names, batch.columns, strict=True)):
            at = joined(f'<c r="{xl_col_to_name(index)}', numbers, '"')
            cells.append(self._cells(name, column, at, keys))
        return joined_rows('<row r="', numbers, '">', *cells, "</row>")

    def _cells(self, name: str, column: Column, at: Column, keys: Column) -> Column:
        kind = column.type
        if is_text(kind) or is_list(kind):
            return _text_cell(at, self._fit(name, plain(column), keys))
        if pa.types.is_timestamp(kind):
            return self._times(column, at)
        if pa.types.is_boolean(kind):
            return joined(at, ' t="b"><v>', column.cast(pa.int8()).cast(pa.string()), "</v></c>")
        if pa.types.is_floating(kind):
            return joined(at, "><v>", finite(column).cast(pa.string()), "</v></c>")
        return _number_cell(at, column)

    def _fit(self, name: str, text: Column, keys: Column) -> Column:
        maybe = longer(text, MAX_UNITS)
        if count(maybe):
            shorter = replaced(text, maybe, cut_units)
            self.cut.add(name, different(text, shorter), keys)
            text = shorter
        self.replaced.add(name, found(text, CONTROL), keys)
        return patched(text, _NEEDS_ESCAPE, _escaped)

    def _times(self, column: Column, at: Column) -> Column:
        micros = local_micros(micros_of(column), self.zone)
        serials = np.round(micros / DAY_US + _EXCEL_1970, 9)
        numbers = pa.array(serials, mask=null_mask(column)).cast(pa.string())
        cells = joined(at, f' s="{self.date_style}"><v>', numbers, "</v></c>")
        outside = (micros < _FIRST_DATE_US) | (micros >= _LAST_DATE_US)
        if not outside.any():
            return cells
        return either(pa.array(outside), _text_cell(at, local_text(column, self.zone)), cells)


def cut_units(text: str) -> str:
    """Return the text cut to what a cell holds, 32,767 UTF-16 units, never through a character."""
    if len(text) <= MAX_UNITS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_UNITS:
        return text
    return units[: 2 * MAX_UNITS].decode("utf-16-le", "ignore")


def _escaped(text: str) -> str:
    return _CODE_RE.sub("_x005F_", _CONTROL_RE.sub("\ufffd", text)).translate(_XML)


def _text_cell(at: Column, text: Column) -> Column:
    return joined(at, ' t="inlineStr"><is><t xml:space="preserve">', text, "</t></is></c>")


def _number_cell(at: Column, column: Column) -> Column:
    digits = column.cast(pa.string())
    cells = joined(at, "><v>", digits, "</v></c>")
    if column.type.bit_width < 64:
        return cells
    long = beyond(column, MAX_NUMBER)
    return either(long, _text_cell(at, digits), cells) if count(long) else cells
