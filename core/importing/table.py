"""Read a whole file into the table storage takes, and the source it becomes.

Texts stay byte for byte what they were; a comment's id is its row number, so equal texts stay two comments,
and the key is made from the file's bytes, so the same file is the same source.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson
import pyarrow as pa

from core.errors import ImportRefused, TaskCancelled
from core.importing.guess import guess_mapping
from core.importing.mapping import Mapping, checked
from core.importing.preview import SAMPLE_ROWS, opened_upload
from core.importing.threads import Key, Threads, reply_counts
from core.importing.upload import Cell, Opened, Row, Tally, Upload
from core.importing.values import (
    DayOrder,
    day_order,
    is_blank,
    moment_of,
    text_of,
    types_of,
    whole_of,
)
from core.models import Progress, Source, SourceKind, SourceRef
from core.query import DEFAULT_TZ

BATCH_ROWS: Final = 10_000
KEY_DIGITS: Final = 12

_COLUMNS: Final[list[tuple[str, pa.DataType]]] = [
    ("comment_id", pa.int64()),
    ("root_id", pa.int64()),
    ("parent_id", pa.int64()),
    ("author_id", pa.int64()),
    ("author_name", pa.string()),
    ("published_at", pa.timestamp("us")),
    ("text", pa.string()),
    ("likes", pa.int64()),
    ("replies", pa.int64()),
    ("attachments", pa.list_(pa.string())),
    ("raw", pa.binary()),
]
SCHEMA: Final = pa.schema(_COLUMNS)
"""Times are naive UTC, as storage keeps them."""

NOTES: Final = {
    "bad_dates": "dates could not be read and stay empty",
    "bad_numbers": "likes or replies are not whole numbers and stay empty",
    "bad_author_ids": "author ids are not numbers; the author is known by name only",
    "unknown_parents": "answers are to comments that are not in the file",
    "repeated_ids": "comment ids occur twice; answers go to the first",
    "short_rows": "rows end early; the missing cells are empty",
    "renamed_columns": "columns had no name or one already taken",
    "lone_surrogates": "rows had half characters, replaced by U+FFFD",
    "already_here": "rows are here since an earlier import of this file; to read it in another way, "
    "delete its source first",
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was put right while reading: its code in NOTES, how often, and the first example."""

    code: str
    count: int
    example: str

    def __str__(self) -> str:
        return f"{self.count} {NOTES[self.code]}" + (f" (first: {self.example})" if self.example else "")


@dataclass(frozen=True, slots=True)
class Imported:
    """A file as storage takes it, with the mapping that was used and what had to be put right."""

    source: Source
    rows: pa.Table
    mapping: Mapping
    notes: tuple[Note, ...] = ()


def read(
    content: bytes | Path,
    filename: str,
    mapping: Mapping | None = None,
    *,
    cancel: threading.Event | None = None,
    report: Callable[[Progress], None] | None = None,
) -> Imported:
    """Read the file; raises ImportRefused or TaskCancelled. What `mapping` leaves open is guessed."""
    upload, given = Upload(content, filename), checked(mapping or Mapping())
    opened = opened_upload(upload, given)
    with closing(opened.rows) as rows:
        sample = list(islice(rows, SAMPLE_ROWS))
        used = guess_mapping(opened, sample, given)
        _refuse_unknown(used, opened, sample)
        reader = _Reader(used, ZoneInfo(used.tz or DEFAULT_TZ), _order(used, sample), opened.tally)
        for batch in _batches(chain(sample, rows)):
            _stop_if(cancel)
            reader.take(batch)
            if report:
                report(Progress(reader.count, opened.total_rows, unit="rows"))
    if not reader.count:
        raise ImportRefused("The file has no rows.", hint="Choose another file.", reason="empty")
    table = reader.table()
    notes = tuple(
        Note(code, count, opened.tally.examples.get(code, "")) for code, count in opened.tally.counts.items()
    )
    told = replace(
        used,
        encoding=opened.encoding,
        delimiter=opened.delimiter,
        has_header=opened.has_header,
        sheet=opened.sheet,
    )
    return Imported(_source(upload, opened, used, reader.count), table, told, notes)


@dataclass(slots=True)
class _Reader:
    mapping: Mapping
    zone: ZoneInfo
    order: DayOrder
    tally: Tally
    count: int = 0
    parts: list[pa.RecordBatch] = field(default_factory=list)
    threads: Threads = field(default_factory=Threads)

    def take(self, rows: list[Row]) -> None:
        """Turn the next rows into a batch."""
        values: dict[str, list[Any]] = {name: [] for name in SCHEMA.names}
        for row in rows:
            self.count += 1
            for name, value in self._values(row).items():
                values[name].append(value)
        for name in ("root_id", "parent_id"):
            values[name] = [None] * len(rows)
        self.parts.append(
            pa.RecordBatch.from_arrays(
                [pa.array(values[each.name], each.type) for each in SCHEMA], schema=SCHEMA
            )
        )

    def table(self) -> pa.Table:
        """Return all rows, their answers linked by row number."""
        table = pa.Table.from_batches(self.parts, SCHEMA)
        if not (self.mapping.column("parent_id") or self.mapping.column("root_id")):
            return table
        roots, parents = self.threads.resolved(self.tally)
        table = _with(_with(table, "root_id", roots), "parent_id", parents)
        if self.mapping.column("replies"):
            return table
        return _with(table, "replies", reply_counts(roots))

    def _values(self, row: Row) -> dict[str, Any]:
        cells = {name: row.cells.get(column) for column, name in self.mapping.columns}
        self._note_ids(cells)
        author_id, author_name = self._author(cells)
        return {
            "comment_id": self.count,
            "author_id": author_id,
            "author_name": author_name,
            "published_at": self._moment(cells.get("published_at")),
            "text": self._text(cells.get("text")),
            "likes": self._whole(cells.get("likes")),
            "replies": self._whole(cells.get("replies")),
            "attachments": types_of(cells.get("attachments")),
            "raw": row.raw,
        }

    def _text(self, cell: Cell) -> str | None:
        text = text_of(cell)
        if text and self.mapping.guarded:
            return text.removeprefix("'")  # what our CSV for Excel puts in front, see `core.export.guard`
        return text

    def _author(self, cells: dict[str, Cell]) -> tuple[int | None, str | None]:
        cell = cells.get("author_id")
        number = whole_of(cell)
        name = self._text(cells.get("author_name")) or None
        if number is None and not is_blank(cell):
            self.tally.add("bad_author_ids", cell)
            name = name or self._text(cell)
        return number, name

    def _moment(self, cell: Cell) -> datetime | None:
        if is_blank(cell):
            return None
        moment = moment_of(cell, self.zone, self.order)
        if moment is None:
            self.tally.add("bad_dates", cell)
            return None
        return moment.astimezone(UTC).replace(tzinfo=None)

    def _whole(self, cell: Cell) -> int | None:
        number = whole_of(cell)
        if number is None and not is_blank(cell):
            self.tally.add("bad_numbers", cell)
        return number

    def _note_ids(self, cells: dict[str, Cell]) -> None:
        scope = text_of(cells.get("source")) or ""
        own, parent, root = (_key(scope, cells.get(name)) for name in ("comment_id", "parent_id", "root_id"))
        self.threads.add(own, parent, root, self.tally)


def _key(scope: str, cell: Cell) -> Key | None:
    text = (text_of(cell) or "").strip()
    return (scope, text) if text not in {"", "0", "root", "null", "None"} else None


def _with(table: pa.Table, name: str, values: list[Any]) -> pa.Table:
    index = SCHEMA.get_field_index(name)
    return table.set_column(index, SCHEMA.field(index), pa.array(values, pa.int64()))


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH_ROWS)):
        yield batch


def _stop_if(cancel: threading.Event | None) -> None:
    if cancel is not None and cancel.is_set():
        raise TaskCancelled("The import was cancelled.", hint="Nothing of the file was kept.")


def _order(mapping: Mapping, sample: list[Row]) -> DayOrder:
    column = mapping.column("published_at")
    return day_order([row.cells.get(column) for row in sample]) if column else "day first"


def _refuse_unknown(mapping: Mapping, opened: Opened, sample: list[Row]) -> None:
    if mapping.column("text") is None:
        raise ImportRefused(
            "None of the columns looks like the text of comments.",
            hint="Choose the column that holds the text.",
            reason="no_text",
            columns=", ".join(opened.columns),
        )
    known = set(opened.columns).union(*(row.cells for row in sample))
    missing = [column for column, _ in mapping.columns if column not in known]
    if missing:
        raise ImportRefused(
            "The file has no column '{column}'.",
            hint="It has: {columns}.",
            reason="no_column",
            column=missing[0],
            columns=", ".join(opened.columns),
        )


def _source(upload: Upload, opened: Opened, mapping: Mapping, count: int) -> Source:
    digest = upload.sha256()
    facts = {
        "filename": upload.filename,
        "bytes": upload.size,
        "sha256": digest,
        "kind": opened.kind,
        "encoding": opened.encoding,
        "delimiter": opened.delimiter,
        "sheet": opened.sheet,
        "mapping": mapping.as_dict(),
    }
    return Source(
        SourceRef(SourceKind.IMPORT, import_id=digest[:KEY_DIGITS]),
        title=upload.filename,
        declared_comments=count,
        raw=orjson.dumps(facts),
    )
