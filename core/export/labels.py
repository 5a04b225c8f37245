"""Labels as a file: a CSV that a Russian Excel opens by a double click and `core.importing` reads back."""

from __future__ import annotations

import csv
import io
from typing import Final

import pyarrow as pa

from core.export.guard import guard

COLUMNS: Final = ("comment_key", "name", "value", "coder", "note")
MARK: Final = "\ufeff"


def label_file(rows: pa.Table) -> bytes:
    """Return labels, a table of COLUMNS, as a file: `;`, UTF-8 with BOM, formulas guarded."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in zip(*(rows[name].to_pylist() for name in COLUMNS), strict=True):
        writer.writerow([guard(str(cell)) for cell in row])
    return f"{MARK}{target.getvalue()}".encode()
