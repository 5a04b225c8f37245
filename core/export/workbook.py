"""The frame of a workbook, made by XlsxWriter: sheets, header row, widths, filter, and the sheets of words.

The rows themselves are streamed into the data sheets by `xlsx`. The frame is made twice: before the rows,
for the XML that goes in front of them, and after, when the sheets' lengths and the notes are known.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from core.errors import ExportError
from core.export.about import Line, column_lines, sheet_names
from core.export.balance import HEADER_ROW, BalanceLine, balance_lines
from core.export.job import Job
from core.export.sheet_rows import MAX_NUMBER
from core.wording.balance_columns import BALANCE_WORDS
from core.wording.columns import header, words_of

DATE_FORMAT: Final = "yyyy-mm-dd hh:mm:ss"
_DATE_CELL: Final = re.compile(r'<c r="A2" s="(\d+)">')


@dataclass(frozen=True, slots=True)
class DataSheet:
    """The XML of one data sheet around its rows; `date_style` is the number of the date format."""

    head: str
    tail: str
    date_style: str


def part_name(index: int) -> str:
    """Return the name inside the package of the data sheet with this index, from 0."""
    return f"xl/worksheets/sheet{index + 1}.xml"


def frame(columns: Sequence[str], lengths: Sequence[int], lines: Sequence[Line], job: Job) -> bytes:
    """Make a workbook with a data sheet per length (in rows), the balance, `lines`, and the columns.

    Without `lines` it is for its data sheets alone, and the others stay empty.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": sheet_names(job.headers).data, "created": job.made_at.replace(tzinfo=None)})
    bold, date = book.add_format({"bold": True}), book.add_format({"num_format": DATE_FORMAT})
    names = sheet_names(job.headers)
    for index, length in enumerate(lengths):
        sheet = book.add_worksheet(names.data if index == 0 else f"{names.data} {index + 1}")
        sheet.autofilter(0, 0, length, len(columns) - 1)
        _fill_data(sheet, columns, job, bold, date)
    _fill_balance(book.add_worksheet(names.balance), balance_lines(job) if lines else [], bold)
    _fill_words(book.add_worksheet(names.about), lines, (28, 100), bold)
    _fill_words(book.add_worksheet(names.columns), column_lines(columns, job), (24, 28, 90), bold)
    book.close()
    return target.getvalue()


def data_sheets(book: bytes, count: int) -> list[DataSheet]:
    """Return the XML of the first `count` sheets of a frame, cut around the rows."""
    with zipfile.ZipFile(BytesIO(book)) as package:
        return [_cut(package.read(part_name(index)).decode()) for index in range(count)]


def _fill_data(sheet: Worksheet, columns: Sequence[str], job: Job, bold: Format, date: Format) -> None:
    sheet.freeze_panes(1, 0)
    for index, name in enumerate(columns):
        sheet.set_column(index, index, words_of(name).width)
    for index, name in enumerate(columns):
        sheet.write_string(0, index, header(name, job.headers, job.query.tz), bold)
    sheet.write_number(1, 0, 0, date)  # the cell that tells the number of the date format


def _fill_balance(sheet: Worksheet, lines: Sequence[BalanceLine], bold: Format) -> None:
    for index, words in enumerate(BALANCE_WORDS):
        sheet.set_column(index, index, words.width)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    for row, line in enumerate(lines):
        is_bold = row in (0, HEADER_ROW, len(lines) - 1)
        for column, value in enumerate(line):
            if isinstance(value, int) and abs(value) <= MAX_NUMBER:
                sheet.write_number(row, column, value, bold if is_bold else None)
            elif value is not None:
                sheet.write_string(row, column, str(value), bold if is_bold else None)


def _fill_words(sheet: Worksheet, lines: Sequence[Line], widths: Sequence[int], bold: Format) -> None:
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            if isinstance(value, int):
                sheet.write_number(row, column, value)
            else:
                sheet.write_string(row, column, value, None if column else bold)


def _cut(xml: str) -> DataSheet:
    style = _DATE_CELL.search(xml)
    head_end = xml.find("</row>") + len("</row>")
    tail_start = xml.find("</sheetData>")
    if style is None or tail_start < head_end:
        raise ExportError("The workbook's frame has an unknown form.", hint="Install the pinned XlsxWriter.")
    head = re.sub(r"<dimension [^>]*/>", "", xml[:head_end])
    return DataSheet(head, xml[tail_start:], style[1])
