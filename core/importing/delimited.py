"""Rows of a delimited text file, every cell exactly as it stands between its delimiters.

Python's `csv` reads strictly here: a file whose quotes do not pair up is read as one without quoting when
every row then has the same width, and refused otherwise, because a guess would change the texts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from typing import Final

import orjson

from core.errors import ImportRefused
from core.importing.encoding import detect
from core.importing.layout import ONE_COLUMN, Layout, guess_layout, hide_cr, show_cr, unique_names
from core.importing.mapping import Mapping
from core.importing.upload import Cell, Opened, Row, Tally, Upload

MAX_CELL: Final = 16 * 2**20
_SAMPLE: Final = 256 * 1024


def open_rows(upload: Upload, mapping: Mapping) -> Opened:
    """Open the file; raises ImportRefused when it is not a table of text."""
    encoding = mapping.encoding or detect(upload)
    with _text(upload, encoding) as file:
        sample = _read(file, _SAMPLE, encoding)
        is_cut = len(sample) == _SAMPLE
    if not sample.strip():
        raise ImportRefused("The file is empty.", hint="Choose another file.", reason="empty")
    layout = guess_layout(sample, is_cut=is_cut, delimiter=mapping.delimiter, has_header=mapping.has_header)
    quoting = csv.QUOTE_MINIMAL if _quotes_pair_up(upload, encoding, layout) else csv.QUOTE_NONE
    tally = Tally()
    first = next(_records(upload, encoding, layout, quoting), (1, []))[1]
    header = first if layout.has_header else [""] * len(first)
    columns, changed = unique_names(header)
    if layout.has_header and changed:
        tally.counts["renamed_columns"] = changed
    return Opened(
        "csv",
        columns,
        _rows(_records(upload, encoding, layout, quoting), columns, layout.has_header, tally),
        tally,
        encoding=encoding,
        delimiter="" if layout.delimiter == ONE_COLUMN else layout.delimiter,
        has_header=layout.has_header,
        has_mark=encoding == "utf-8-sig",
    )


def _text(upload: Upload, encoding: str, newline: str = "") -> io.TextIOWrapper:
    return io.TextIOWrapper(upload.open(), encoding=encoding, newline=newline)


def _read(file: io.TextIOWrapper, size: int, encoding: str) -> str:
    try:
        return file.read(size)
    except UnicodeDecodeError as error:
        raise _undecodable(encoding) from error


def _undecodable(encoding: str) -> ImportRefused:
    return ImportRefused(
        "The file is not {encoding} text.",
        hint="Choose another encoding.",
        reason="encoding",
        encoding=encoding,
    )


def _quotes_pair_up(upload: Upload, encoding: str, layout: Layout) -> bool:
    """Walk the whole file strictly; a broken quote sends us to reading without quotes, if that is even."""
    try:
        for _ in _records(upload, encoding, layout, csv.QUOTE_MINIMAL):
            pass
    except _BrokenQuotes as broken:
        widths = {len(cells) for _, cells in _records(upload, encoding, layout, csv.QUOTE_NONE)}
        if len(widths) > 1:
            raise ImportRefused(
                "The quotes in the row that begins at line {line} do not pair up.",
                hint='Inside a quoted cell a quote is written twice: "". Save the file again as CSV.',
                reason="quotes",
                line=broken.line,
            ) from broken
        return False
    return True


class _BrokenQuotes(Exception):
    """A quoted cell does not end properly in the row that begins at `line`."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _records(upload: Upload, encoding: str, layout: Layout, quoting: int) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) of every row that is not a blank line."""
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CELL))  # the limit is the whole process's
    with closing(_text(upload, encoding, "\n" if layout.keeps_cr else "")) as file:
        if layout.has_hint:
            file.readline()
        lines = _Lines(file, hides_cr=layout.keeps_cr)
        reader = csv.reader(lines, delimiter=layout.delimiter, quoting=quoting, strict=True)  # type: ignore[arg-type]
        line = 1
        while True:
            try:
                cells = next(reader, None)
            except UnicodeDecodeError as error:
                raise _undecodable(encoding) from error
            except csv.Error as error:
                raise _translated(error, line) from error
            if cells is None:
                return
            if cells:
                yield line, show_cr(cells) if lines.hid_cr else cells
            lines.hid_cr = False
            line = reader.line_num + 1


class _Lines:
    """The lines of a file with lone CRs hidden; `hid_cr` tells if there were any since it was cleared."""

    def __init__(self, file: io.TextIOWrapper, *, hides_cr: bool) -> None:
        self._file = file
        self._hides_cr = hides_cr
        self.hid_cr = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._file)
        if self._hides_cr and "\r" in line:
            self.hid_cr = True
            return hide_cr(line)
        return line


def _translated(error: csv.Error, line: int) -> Exception:
    if "field larger" in str(error):
        return ImportRefused(
            "A cell in the row that begins at line {line} is longer than {most:,} characters.",
            hint="Check the quotes of that row.",
            reason="cell_too_long",
            line=line,
            most=MAX_CELL,
        )
    return _BrokenQuotes(line)


def _rows(
    records: Iterator[tuple[int, list[str]]], columns: Sequence[str], has_header: bool, tally: Tally
) -> Generator[Row]:
    if has_header:
        next(records, None)
    for line, cells in records:
        if len(cells) != len(columns):
            cells = _fitted(line, cells, columns, tally)  # noqa: PLW2901 - the row as it should be
        row: dict[str, Cell] = dict(zip(columns, cells, strict=True))
        yield Row(row, orjson.dumps(row))


def _fitted(line: int, cells: list[str], columns: Sequence[str], tally: Tally) -> list[str]:
    width = len(columns)
    if any(cells[width:]):
        raise ImportRefused(
            "The row at line {line} has {cells} cells, the first row has {columns}.",
            hint="A text with a delimiter or a line break in it has to stand in quotes.",
            reason="ragged",
            line=line,
            cells=len(cells),
            columns=width,
        )
    if len(cells) < width:
        tally.add("short_rows", line)
    return cells[:width] + [""] * (width - len(cells))
