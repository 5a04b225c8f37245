"""Read every comment that was not read yet: new words are studied once, features are written chunk by chunk.

Whatever stops it, what was written stays, and the next run goes on with the rest. Heavy steps run in worker
processes, which get arrays, never rows; two chunks are under way at a time, so both cores have work.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from core.compute import Compute
from core.errors import TaskCancelled
from core.models import Progress
from core.storage import reads_texts, writes_features
from core.storage.own_models import OwnFile
from core.storage.store import Store
from core.text import arrays
from core.text.arrays import Column, encoded, flattened, lengths, numbers, taken, whole
from core.text.features import Chunk, featured
from core.text.judging import judged
from core.text.patterns import PATTERNS
from core.text.probabilities import Calibration
from core.text.scoring import Model
from core.text.spaced import joined
from core.text.vocabulary import Vocabulary

CHUNK_ROWS: Final = 50_000
AT_ONCE: Final = 2
READ_COLUMNS: Final = ("source", "comment_id", "mark", "copy_hash", "copy_length", "is_question")
LISTS: Final = ("hashtags", "links", "domains", "mentions")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reads texts: the store they are in, the processes, the model and its calibration.

    `own` are models of the reader's own, which judge in place of the shipped one.
    """

    store: Store
    compute: Compute
    model: Model
    calibration: Calibration
    engine: str
    cancel: threading.Event
    own: tuple[OwnFile, ...] = ()


def enrich(reading: Reading, report: Callable[[Progress], None], chunk_rows: int = CHUNK_ROWS) -> int:
    """Write the features of all comments that have none of this engine; return of how many.

    Comments that arrive meanwhile wait for the next run. Raises TaskCancelled once `cancel` is set; what was
    written by then stays.
    """
    wanted = reads_texts.unread(reading.store, reading.engine, reading.cancel)
    total, done = wanted.num_rows, 0
    report(Progress(0, total, "comments", note="enrich.reading"))
    vocabulary = Vocabulary(reading.store, reading.compute, reading.model, reading.engine, reading.cancel)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="enrich") as pool:
        futures = [
            pool.submit(_read_chunk, reading, vocabulary, wanted.slice(start, chunk_rows))
            for start in range(0, total, chunk_rows)
        ]
        try:
            for future in futures:
                done += _answer(future, reading.cancel)
                report(Progress(done, total, "comments", note="enrich.reading"))
        finally:
            for future in futures:
                future.cancel()
    return total


def _answer(future: Future[int], cancel: threading.Event) -> int:
    found = future.result()
    if cancel.is_set():
        raise TaskCancelled("The reading of texts was stopped.")
    return found


def _read_chunk(reading: Reading, vocabulary: Vocabulary, wanted: pa.Table) -> int:
    """Read some comments and write their features; return how many."""
    if reading.cancel.is_set():
        raise TaskCancelled("The reading of texts was stopped.")
    rows = reads_texts.cleaned(reading.store, wanted, PATTERNS, reading.cancel)
    chunk = _chunk(reading, vocabulary, rows)
    features = reading.compute.run(featured, chunk, reading.model, reading.calibration, cancel=reading.cancel)
    columns: dict[str, Any] = {name: rows[name] for name in (*READ_COLUMNS, *LISTS)}
    columns |= {name: features[name] for name in features.column_names}
    is_scored = ~np.asarray(numbers(features["score_negative"].is_null()), dtype=bool)
    for file in reading.own:
        values = (file, whole(rows["text"]), reading.calibration, is_scored)
        columns |= reading.compute.run(judged, *values, cancel=reading.cancel)
    columns["engine"] = pa.repeat(reading.engine, rows.num_rows)
    again = rows.filter(rows["is_again"]).select(["source", "comment_id"])
    writes_features.write_features(reading.store, pa.table(columns), again)
    return rows.num_rows


def _chunk(reading: Reading, vocabulary: Vocabulary, rows: pa.Table) -> Chunk:
    """Turn lists of units into numbers of distinct ones, with what the vocabulary knows of each."""
    lists = _without_gaps(reading, rows)
    units, distinct = encoded(flattened(lists))
    return Chunk(
        offsets=np.concatenate([[0], np.cumsum(lengths(lists))]).astype(np.int64),
        units=units,
        facts=vocabulary.facts(distinct),
        texts=whole(rows["clean"]),
        is_threat=whole(rows["is_threat"]),
    )


def _without_gaps(reading: Reading, rows: pa.Table) -> Column:
    """Return the lists of units; texts with spaced-out letters are cut anew, their letters joined."""
    lists = whole(rows["units"])
    spaced = np.flatnonzero(numbers(rows["is_spaced"]))
    if not len(spaced):
        return lists
    units = reads_texts.units(reading.store, joined(taken(rows["clean"], spaced)), PATTERNS)
    places = np.arange(len(lists))
    places[spaced] = len(lists) + np.arange(len(spaced))
    return taken(arrays.joined(lists, units.cast(lists.type)), places)
