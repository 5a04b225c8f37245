"""What a chart is taken away as: the text of its CSV file, and a name that every system can store."""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from core.export.guard import guard
from dashboard.charts.figure import Cell, Chart, Table

LONGEST: Final = 100
"""Letters of a file's name: in Cyrillic twice as many bytes, of which disks allow 255."""

_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)


def csv_text(table: Table) -> str:
    """Return the file's text as RFC 4180 has it; the byte order mark is for Excel.

    Texts that a spreadsheet could run are guarded as in every export; numbers stay numbers, with a point.
    """
    file = io.StringIO()
    lines = csv.writer(file, lineterminator="\r\n")
    lines.writerow([guard(name) for name in table.columns])
    lines.writerows([_cell(cell) for cell in row] for row in table.rows)
    return f"\ufeff{file.getvalue()}"


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return guard(cell)
    return None if cell is not None and cell != cell else cell  # noqa: PLR0124 - what is not a number


def file_name(chart: Chart) -> str:
    """Return the name of a chart's files, without their ending: its title and period, letters kept."""
    told = ", ".join(part for part in (chart.title, chart.period) if part)
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub(" ", told.replace(": ", " – ")))
    name = name[:LONGEST].strip(" .")
    return f"_{name}" if _RESERVED.match(name) else name or "chart"
