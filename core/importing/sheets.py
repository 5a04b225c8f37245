"""Rows of an Excel workbook, read by another process so that a hostile file cannot harm this one."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import datetime
from itertools import chain
from pathlib import Path
from threading import Timer
from typing import IO, Any, Final

import orjson

from core.errors import ImportRefused
from core.importing.layout import unique_names
from core.importing.mapping import Mapping
from core.importing.names import KNOWN, plain_name
from core.importing.upload import Cell, Opened, Row, Tally, Upload

MEMORY_BYTES: Final = 3 * 2**30
TIMEOUT_S: Final = 600.0
MAX_ENTRIES: Final = 2_000
MAX_UNPACKED: Final = 2 * 2**30
MAX_RATIO: Final = 100
_SMALL: Final = 50 * 2**20
_WORKER: Final = Path(__file__).with_name("sheet_worker.py")

_ERRORS: Final = {
    "password": ("The workbook is protected by a password.", "Save it without one."),
    "broken": ("The workbook is damaged or not one.", "Open it in Excel and save it again as .xlsx."),
    "memory": (
        "The workbook needs more memory than is allowed.",
        "Delete stray cells far below or to the right, or save it as CSV.",
    ),
    "no_sheet": ("The workbook has no such sheet, or no rows at all.", "Choose another sheet."),
}


def looks_like_workbook(upload: Upload) -> bool:
    """Tell whether the file is a zip, as workbooks are."""
    return upload.head(4) == b"PK\x03\x04"


def open_rows(upload: Upload, mapping: Mapping, limit: int = 0) -> Opened:
    """Open the workbook, `limit` rows of it or all (0); raises ImportRefused."""
    check_package(upload)
    lines = _lines(upload, mapping.sheet or "", limit)
    about = next(lines)
    first: list[Any] = next(lines, [])
    has_header = _has_header(first) if mapping.has_header is None else mapping.has_header
    header = [_text(cell) for cell in first] if has_header else [""] * len(first)
    columns, changed = unique_names(header)
    tally = Tally()
    if has_header and changed:
        tally.counts["renamed_columns"] = changed
    return Opened(
        "xlsx",
        columns,
        _rows(lines if has_header else chain([first], lines), columns),
        tally,
        has_header=has_header,
        sheets=tuple(about["sheets"]),
        sheet=about["sheet"],
        total_rows=max(0, about["rows"] - has_header),
    )


def check_package(upload: Upload) -> None:
    """Refuse what is no workbook, and what would unpack to far more than it is."""
    try:
        with upload.open() as file, zipfile.ZipFile(file) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _refusal("broken") from error
    names = {entry.filename for entry in entries[: MAX_ENTRIES + 1]}
    if "xl/workbook.xml" not in names and "xl/workbook.bin" not in names:
        raise ImportRefused(
            "The archive is not an Excel workbook.", hint="Unpack it and choose a file.", reason="foreign"
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    is_bomb = unpacked > _SMALL and unpacked / packed > MAX_RATIO
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or is_bomb:
        raise ImportRefused(
            "The workbook would unpack to far more than its size.",
            hint="Save the sheet with the comments as CSV.",
            reason="too_large",
        )


def _lines(upload: Upload, sheet: str, limit: int) -> Iterator[Any]:
    """Yield what the worker says, parsed: first about the workbook, then its rows."""
    with upload.on_disk() as path:
        command = [sys.executable, "-P", str(_WORKER), str(path), sheet, str(MEMORY_BYTES), str(limit)]
        worker = subprocess.Popen(  # noqa: S603 - our own script
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        timer = Timer(TIMEOUT_S, worker.kill)
        timer.start()
        try:
            assert worker.stdout is not None
            with closing(worker.stdout) as output:
                yield from _parsed(output)
            if worker.wait() != 0:
                raise _refusal("memory")
        finally:
            timer.cancel()
            worker.kill()
            worker.wait()


def _parsed(output: IO[bytes]) -> Iterator[Any]:
    is_first = True
    for line in output:
        value = orjson.loads(line)
        if isinstance(value, dict) and "error" in value:
            raise _refusal(value["error"])
        yield value
        is_first = False
    if is_first:
        raise _refusal("memory")  # it was ended before it could say anything


def _refusal(reason: str) -> ImportRefused:
    message, hint = _ERRORS[reason]
    return ImportRefused(message, hint=hint, reason=reason)


def _rows(lines: Iterator[list[Any]], columns: tuple[str, ...]) -> Generator[Row]:
    for line in lines:
        if all(cell == "" for cell in line):
            continue
        cells: dict[str, Cell] = {name: _cell(value) for name, value in zip(columns, line, strict=False)}
        yield Row(cells, orjson.dumps(cells))


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        text = str(value["at"])
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return text
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value  # type: ignore[no-any-return]


def _text(value: Any) -> str:
    cell = _cell(value)
    return cell if isinstance(cell, str) else str(cell)


def _has_header(first: list[Any]) -> bool:
    texts = [cell for cell in first if cell != ""]
    if any(isinstance(cell, str) and plain_name(cell) in KNOWN for cell in texts):
        return True
    return len(first) > 1 and bool(texts) and all(isinstance(cell, str) and len(cell) <= 60 for cell in texts)
