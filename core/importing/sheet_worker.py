"""Read a workbook in a process of its own, and write its rows to standard output as JSON lines.

A workbook of two cells can ask for hundreds of gigabytes and take its process down. So this file is run as
a script with a limit on memory, and imports nothing of ours.

Usage: python sheet_worker.py PATH SHEET MEMORY_BYTES ROWS, an empty SHEET is the first with rows, ROWS 0 all.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

import orjson
from python_calamine import CalamineError, CalamineWorkbook, PasswordError


def main(path: str, sheet: str, memory: str, rows: str) -> int:
    """Write first what the workbook holds, then one array of cells per row."""
    _limit(int(memory))
    try:
        book = CalamineWorkbook.from_path(path)
        _write_sheets(book, sheet, int(rows))
    except PasswordError:
        return _give_up("password")
    except (CalamineError, ValueError):
        return _give_up("broken")
    except MemoryError:
        return _give_up("memory")
    return 0


def _limit(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _write_sheets(book: Any, wanted: str, limit: int) -> None:
    names = book.sheet_names
    name = wanted or next((each for each in names if book.get_sheet_by_name(each).height), "")
    if name not in names:
        _say({"error": "no_sheet", "sheets": names})
        return
    first = book.get_sheet_by_name(name)
    _say({"sheets": names, "sheet": name, "rows": first.height})
    for row in islice(_all_rows(book, names, name, first), limit or None):
        _say(row)


def _all_rows(book: Any, names: list[str], name: str, first: Any) -> Iterator[list[Any]]:
    """Yield the sheet's rows, and those of the sheets it goes on in: same name and a number, same header."""
    header = None
    for row in first.iter_rows():
        header = header or row
        yield row
    number = 2
    while (following := f"{name} {number}") in names:
        rows = book.get_sheet_by_name(following).iter_rows()
        if next(rows, None) != header:
            return
        yield from rows
        number += 1


def _say(value: Any) -> None:
    line = orjson.dumps(value, default=_moment, option=orjson.OPT_PASSTHROUGH_DATETIME)
    sys.stdout.buffer.write(line + b"\n")


def _moment(value: Any) -> Any:
    return {"at": value.isoformat() if hasattr(value, "isoformat") else str(value)}


def _give_up(reason: str) -> int:
    _say({"error": reason})
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
