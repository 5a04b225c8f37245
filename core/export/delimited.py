"""CSV in two dialects: `data` for programs, exact; `excel` for spreadsheets in Russia, guarded.

In both an absent value is nothing at all and an empty text is `""`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from core.export.arrays import (
    Column,
    count,
    either,
    found,
    is_list,
    is_text,
    joined,
    joined_rows,
    patched,
    swapped,
)
from core.export.cells import bounded, line_bytes, local_text, plain, utc_text
from core.export.guard import TRIGGERS, guard
from core.export.job import Batches, Job
from core.wording.columns import header


@dataclass(frozen=True, slots=True)
class Form:
    """How one dialect writes; `unquoted` is the pattern of text that has to stand in quotes."""

    mark: bytes
    separator: str
    line_end: str
    unquoted: str
    is_for_excel: bool


FORMS: Final = {
    "data": Form(b"", ",", "\n", '^$|[",\r\n]', is_for_excel=False),
    "excel": Form(b"\xef\xbb\xbf", ";", "\r\n", '^$|[";\r\n]', is_for_excel=True),
}


def render(schema: pa.Schema, batches: Batches, job: Job) -> Iterator[bytes | memoryview]:
    """Yield the file in pieces: first the header line, then one piece per batch."""
    form = FORMS[job.dialect]
    tz = job.query.tz if form.is_for_excel else ""
    names = [_quoted(header(name, job.headers, tz), form) for name in schema.names]
    yield form.mark + (form.separator.join(names) + form.line_end).encode()
    for batch in bounded(batches):
        pieces: list[object] = []
        for column in batch.columns:
            pieces += [_cells(column, job, form), form.separator]
        yield line_bytes(joined_rows(*pieces[:-1], form.line_end))


def _quoted(name: str, form: Form) -> str:
    is_plain = not any(each in name for each in (form.separator, '"', "\r", "\n"))
    return name if is_plain else '"' + name.replace('"', '""') + '"'


def _cells(column: Column, job: Job, form: Form) -> Column:
    kind = column.type
    if pa.types.is_timestamp(kind):
        return local_text(column, job.zone) if form.is_for_excel else utc_text(column)
    if pa.types.is_floating(kind) and form.is_for_excel:
        return swapped(column.cast(pa.string()), ".", ",")
    if not (is_text(kind) or is_list(kind)):
        return column.cast(pa.string())
    text = plain(column)
    if form.is_for_excel:
        text = patched(text, TRIGGERS, guard)
    return _in_quotes(text, form)


def _in_quotes(text: Column, form: Form) -> Column:
    needed = found(text, form.unquoted)
    if not count(needed):
        return text
    return either(needed, joined('"', swapped(text, '"', '""'), '"'), text)
