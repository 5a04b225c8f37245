"""Excel workbooks at the speed of CSV: rows are rendered by columns and streamed into XlsxWriter's frame.

The package is an ordinary zip, never ZIP64, which Excel often refuses: so a sheet ends where Excel's row
limit or 2 GiB of XML comes near, and the rows go on in the next sheet.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Final

import pyarrow as pa

from core.errors import ExportError
from core.export.about import about_lines
from core.export.cells import bounded, line_bytes
from core.export.job import Batches, Job, Written
from core.export.sheet_rows import SheetRows
from core.export.workbook import DataSheet, data_sheets, frame, part_name


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a sheet ends: rows without the header, and bytes of XML after which no batch is begun."""

    rows: int = 1_048_575
    xml_bytes: int = 1_600 * 2**20


LIMITS: Final = Limits()


def write(schema: pa.Schema, batches: Batches, target: Path, job: Job, limits: Limits = LIMITS) -> Written:
    """Write the workbook; raises ExportError when it would outgrow what Excel opens."""
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1, allowZip64=False) as package:
            return _fill(package, schema, batches, job, limits)
    except zipfile.LargeZipFile as error:
        raise ExportError(
            "The workbook would be larger than Excel opens.",
            hint="Narrow the filters, or take CSV or Parquet.",
        ) from error


def _fill(package: zipfile.ZipFile, schema: pa.Schema, batches: Batches, job: Job, limits: Limits) -> Written:
    columns = schema.names
    first, later = data_sheets(frame(columns, [1, 1], [], job), 2)
    rows = SheetRows(job.zone, first.date_style)
    waiting = _Waiting(bounded(batches))
    lengths: list[int] = []
    while not lengths or waiting.has_more():
        sheet = later if lengths else first
        with package.open(part_name(len(lengths)), "w") as part:
            part.write(sheet.head.encode())
            lengths.append(_stream(part, waiting, rows, limits))
            part.write(_tail(columns, lengths, job).encode())
    written = Written(sum(lengths), len(lengths), rows.replaced.changes(), rows.cut.changes())
    finished = frame(columns, lengths, about_lines(job, written), job)
    _check(data_sheets(finished, len(lengths)), first, later)
    _copy_rest(finished, package)
    return written


def _stream(part: IO[bytes], waiting: _Waiting, rows: SheetRows, limits: Limits) -> int:
    """Write rows until they end or the sheet is full; return their number."""
    count = size = 0
    while count < limits.rows and size < limits.xml_bytes and waiting.has_more():
        batch = waiting.take(limits.rows - count)
        xml = line_bytes(rows.render(batch, count + 2))
        part.write(xml)
        count += batch.num_rows
        size += len(xml)
    return count


def _tail(columns: list[str], lengths: list[int], job: Job) -> str:
    """Return what follows the rows of the last sheet, its filter over the rows it has."""
    return data_sheets(frame(columns, lengths, [], job), len(lengths))[-1].tail


def _check(sheets: list[DataSheet], first: DataSheet, later: DataSheet) -> None:
    """Make sure that the finished frame and the one the rows were streamed into are the same."""
    heads = [first.head] + [later.head] * (len(sheets) - 1)
    if [sheet.head for sheet in sheets] != heads:
        raise ExportError("The workbook's frame changed while it was filled.", hint="Export again.")


def _copy_rest(frame_bytes: bytes, package: zipfile.ZipFile) -> None:
    done = set(package.namelist())
    with zipfile.ZipFile(BytesIO(frame_bytes)) as source:
        for name in source.namelist():
            if name not in done:
                package.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)


class _Waiting:
    """Batches still to be written; the one in front may be taken in parts."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self._front: pa.RecordBatch | None = None

    def has_more(self) -> bool:
        """Tell whether rows are left."""
        if self._front is None:
            self._front = next(self._batches, None)
        return self._front is not None

    def take(self, limit: int) -> pa.RecordBatch:
        """Return the next rows, at most `limit` of them; call `has_more` first."""
        batch = self._front
        assert batch is not None
        self._front = batch.slice(limit) if batch.num_rows > limit else None
        return batch.slice(0, limit)
