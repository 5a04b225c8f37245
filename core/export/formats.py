"""The table of formats, and the two ways out: a whole file on disk, or a stream of bytes.

A file appears under its name only when it is complete; until then it lies beside it under another.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, get_args

import pyarrow as pa

from core.errors import ExportError, StorageError, TaskCancelled
from core.export import columnar, delimited, graphs, lines, xlsx
from core.export.balance import balanced
from core.export.job import Batches, Dialect, ExportNote, Headers, Job, Written
from core.export.reply_graph import GraphWriter, reply_graph
from core.models import Progress
from core.query import Query
from core.storage import reads
from core.storage.store import Store

BATCH_ROWS: Final = 10_000
CHUNK_BYTES: Final = 2**20

Clock = Callable[[], datetime]
Report = Callable[[Progress], None]
Pieces = Callable[[pa.Schema, Batches, Job], Iterator[bytes | memoryview]]
FileWriter = Callable[[pa.Schema, Batches, Path, Job], Written]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write comments: `pieces` renders as it goes, `whole` needs a file to seek in.

    `graph` writes who answers whom among the comments instead of the comments.
    """

    name: str
    suffix: str
    media_type: str
    pieces: Pieces | None = None
    whole: FileWriter | None = None
    graph: GraphWriter | None = None
    batch_rows: int = BATCH_ROWS
    has_balance: bool = False


FORMATS: Final = {
    each.name: each
    for each in (
        Format("csv", ".csv", "text/csv; charset=utf-8", pieces=delimited.render),
        Format("jsonl", ".jsonl", "application/x-ndjson", pieces=lines.render),
        Format(
            "parquet",
            ".parquet",
            "application/vnd.apache.parquet",
            whole=columnar.write,
            batch_rows=100_000,
        ),
        Format(
            "xlsx",
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            whole=xlsx.write,
            has_balance=True,
        ),
        Format("graphml", ".graphml", "application/graphml+xml", graph=graphs.graphml),
        Format("gexf", ".gexf", "application/gexf+xml", graph=graphs.gexf),
    )
}


def format_named(name: str) -> Format:
    """Return the format of that name; raises ExportError that lists the known ones."""
    known = FORMATS.get(name)
    if known is None:
        raise ExportError(
            "There is no export format '{format}'.", hint="Known: {known}.", format=name, known=tuple(FORMATS)
        )
    return known


def write(
    format_name: str,
    store: Store,
    query: Query,
    path: Path,
    *,
    dialect: Dialect = "data",
    headers: Headers = "en",
    clock: Clock | None = None,
    cancel: threading.Event | None = None,
    report: Report | None = None,
) -> ExportNote:
    """Write the rows of the query to `path` in its order; raises ExportError or TaskCancelled.

    Memory stays flat however many rows there are. A file of that name is replaced at the end, at once. The
    rows of a network are its links.
    """
    form = format_named(format_name)
    job = _job(form, store, query, dialect=dialect, headers=headers, clock=clock)
    total = reads.count(store, query, cancel) if report else None
    half = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        if form.graph is not None:
            written = _write_graph(form.graph, store, half, job, cancel or threading.Event())
        else:
            with reads.export_reader(store, query, form.batch_rows, cancel) as reader:
                batches = _watched(reader, cancel or threading.Event(), report, total)
                written = write_batches(form, reader.schema, batches, half, job)
        note = _note(form, written, half)
        half.replace(path)
    except OSError as error:
        raise ExportError(
            "The file '{file}' cannot be written: {reason}.",
            hint="Check the free space and the rights of the folder.",
            file=path.name,
            reason=error.strerror or str(error),
        ) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
    return note


def stream(
    format_name: str,
    store: Store,
    query: Query,
    *,
    dialect: Dialect = "data",
    headers: Headers = "en",
    clock: Clock | None = None,
    folder: Path | None = None,
    cancel: threading.Event | None = None,
) -> Iterator[bytes]:
    """Yield the file's bytes; CSV, JSONL and networks as they are read, the others from a temporary file.

    An unknown format or option is refused by the call itself, before the first byte is asked for; once
    `cancel` is set the next step raises TaskCancelled.
    """
    stop = cancel or threading.Event()
    form = format_named(format_name)
    job = _job(form, store, query, dialect=dialect, headers=headers, clock=clock)
    if form.graph is not None:
        return _stream_graph(form.graph, store, job, stop)
    if form.pieces is None:
        return _stream_file(form, store, job, folder, stop)
    return _stream_pieces(form, form.pieces, store, job, stop)


def write_batches(form: Format, schema: pa.Schema, batches: Batches, target: Path, job: Job) -> Written:
    """Write batches that are already being read; the target is a file of the caller's."""
    if form.whole is not None:
        return form.whole(schema, batches, target, job)
    assert form.pieces is not None
    rows = 0

    def counted() -> Batches:
        nonlocal rows
        for batch in batches:
            rows += batch.num_rows
            yield batch

    with target.open("wb", buffering=CHUNK_BYTES) as file:
        for piece in form.pieces(schema, counted(), job):
            file.write(piece)
    return Written(rows)


def _job(
    form: Format, store: Store, query: Query, *, dialect: Dialect, headers: Headers, clock: Clock | None
) -> Job:
    if dialect not in get_args(Dialect):
        raise ExportError(
            "There is no CSV dialect '{dialect}'.",
            hint="Known: {known}.",
            dialect=dialect,
            known=get_args(Dialect),
        )
    if headers not in get_args(Headers):
        raise ExportError(
            "There are no headers in '{headers}'.",
            hint="Known: {known}.",
            headers=headers,
            known=get_args(Headers),
        )
    made_at = clock() if clock else datetime.now(UTC)
    balance = balanced(store, query) if form.has_balance else ()
    return Job(query, store.version(), made_at, dialect, headers, balance)


def _watched(
    reader: pa.RecordBatchReader, cancel: threading.Event, report: Report | None, total: int | None
) -> Batches:
    done = 0
    for batch in reader:
        if cancel.is_set():
            raise TaskCancelled("The export was cancelled.", hint="Start it again when it is needed.")
        yield batch
        done += batch.num_rows
        if report:
            report(Progress(done, total))


def _note(form: Format, written: Written, path: Path) -> ExportNote:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ExportNote(
        form.name,
        written.rows,
        path.stat().st_size,
        digest,
        written.sheets,
        written.replaced,
        written.cut,
    )


def _stream_pieces(
    form: Format, pieces: Pieces, store: Store, job: Job, cancel: threading.Event
) -> Iterator[bytes]:
    with reads.export_reader(store, job.query, form.batch_rows, cancel) as reader:
        for piece in pieces(reader.schema, iter(reader), job):
            yield bytes(piece)


def _stream_graph(
    write_graph: GraphWriter, store: Store, job: Job, cancel: threading.Event
) -> Iterator[bytes]:
    nodes, edges, note = reply_graph(store, job, cancel)
    for piece in write_graph(nodes, edges, note):
        yield bytes(piece)


def _write_graph(
    write_graph: GraphWriter, store: Store, target: Path, job: Job, cancel: threading.Event
) -> Written:
    nodes, edges, note = reply_graph(store, job, cancel)
    with target.open("wb", buffering=CHUNK_BYTES) as file:
        for piece in write_graph(nodes, edges, note):
            file.write(piece)
    return Written(edges.num_rows)


def _stream_file(
    form: Format, store: Store, job: Job, folder: Path | None, cancel: threading.Event
) -> Iterator[bytes]:
    path: Path | None = None
    try:
        handle, name = tempfile.mkstemp(suffix=form.suffix, dir=folder)
        os.close(handle)
        path = Path(name)
        with reads.export_reader(store, job.query, form.batch_rows, cancel) as reader:
            batches = _watched(reader, cancel, None, None)
            write_batches(form, reader.schema, batches, path, job)
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
    except OSError as error:
        raise StorageError(
            "The file '{file}' cannot be written: {reason}.",
            hint="Check the free space and the rights of the folder.",
            file=f"export{form.suffix}",
            reason=error.strerror or str(error),
        ) from error
    finally:
        if path is not None:
            path.unlink(missing_ok=True)
