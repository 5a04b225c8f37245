"""Look into a file before it is imported: its columns, its first rows, and what they seem to mean."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from core.errors import ImportRefused
from core.importing import delimited, json_rows, sheets
from core.importing.guess import guess_mapping
from core.importing.mapping import Mapping, checked
from core.importing.upload import Kind, Opened, Upload
from core.importing.values import text_of

SAMPLE_ROWS: Final = 200
SHOWN_ROWS: Final = 20
MAX_BYTES: Final = 2**30
_COUNTED_BYTES: Final = 20 * 2**20


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds, as far as its first rows tell; `total_rows` is None when counting would be dear."""

    filename: str
    kind: Kind
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    guess: Mapping
    encoding: str | None
    delimiter: str | None
    has_header: bool
    sheets: tuple[str, ...]
    sheet: str | None
    total_rows: int | None

    def as_dict(self) -> dict[str, Any]:
        """Return the preview as JSON values."""
        return {
            "filename": self.filename,
            "kind": self.kind,
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "guess": self.guess.as_dict(),
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "has_header": self.has_header,
            "sheets": list(self.sheets),
            "sheet": self.sheet,
            "total_rows": self.total_rows,
        }


def peek(content: bytes | Path, filename: str, mapping: Mapping | None = None) -> Preview:
    """Look into the file; raises ImportRefused. `mapping` overrules how it is read, not what it means."""
    upload, given = Upload(content, filename), checked(mapping or Mapping())
    opened = opened_upload(upload, given, SAMPLE_ROWS + 1)
    with closing(opened.rows) as rows:
        sample = list(islice(rows, SAMPLE_ROWS))
    shown = sample[:SHOWN_ROWS]
    return Preview(
        filename=filename,
        kind=opened.kind,
        columns=opened.columns,
        rows=tuple(tuple(text_of(row.cells.get(name)) for name in opened.columns) for row in shown),
        guess=guess_mapping(opened, sample, given),
        encoding=opened.encoding,
        delimiter=opened.delimiter,
        has_header=opened.has_header,
        sheets=opened.sheets,
        sheet=opened.sheet,
        total_rows=_total(upload, given, opened),
    )


def opened_upload(upload: Upload, mapping: Mapping, limit: int = 0) -> Opened:
    """Open a file of any kind, told by its content; `limit` rows are enough when it is not 0."""
    if upload.size > MAX_BYTES:
        raise ImportRefused(
            "The file is larger than 1 GiB.", hint="Split it into several files.", reason="too_large"
        )
    if not upload.size:
        raise ImportRefused("The file is empty.", hint="Choose another file.", reason="empty")
    if sheets.looks_like_workbook(upload):
        return sheets.open_rows(upload, mapping, limit)
    if json_rows.looks_like_json(upload):
        return json_rows.open_rows(upload, mapping)
    return delimited.open_rows(upload, mapping)


def _total(upload: Upload, mapping: Mapping, opened: Opened) -> int | None:
    if opened.total_rows is not None:
        return opened.total_rows
    if upload.size > _COUNTED_BYTES:
        return None
    try:
        return sum(1 for _ in opened_upload(upload, mapping).rows)
    except ImportRefused:
        return None
