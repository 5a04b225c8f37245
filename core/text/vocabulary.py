"""What is known of each distinct word: studied once by worker processes, numbered, kept in the database."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Final

import numpy as np
import pyarrow as pa

from core.compute import Compute
from core.storage import writes_features
from core.storage.store import Store
from core.text.arrays import (
    Column,
    different,
    flattened,
    joined,
    lengths,
    numbers,
    places_in,
    taken,
    texts,
    whole,
)
from core.text.scoring import Model
from core.text.words import studied

PIECE: Final = 20_000
COLUMNS: Final = (
    *("word_id", "word", "kind", "norm", "lemma_id", "is_stop", "is_known", "hint", "tags"),
    *("negative", "neutral", "positive", "parts", "toxic", "toxic_parts", "engine"),
)


def studied_and_scored(words: Column, model: Model) -> pa.Table:
    """Return what `studied` says of each word, with its contributions to the model's scores."""
    known = studied(words)
    scored = model.contributions(known)
    for name in scored.column_names:
        known = known.append_column(name, scored[name])
    return known


class Vocabulary:
    """The vocabulary of one database for one engine; chunks that meet the same new word study it once."""

    def __init__(
        self, store: Store, compute: Compute, model: Model, engine: str, cancel: threading.Event
    ) -> None:
        self._store = store
        self._compute = compute
        self._model = model
        self._engine = engine
        self._cancel = cancel
        self._lock = threading.Lock()

    def facts(self, words: Column) -> pa.Table:
        """Return the vocabulary's row for each of these distinct words, in their order."""
        with self._lock:
            known = writes_features.known_words(self._store, words, self._engine)
            new = np.flatnonzero(places_in(words, whole(known["word"])) < 0)
            if len(new):
                known = pa.concat_tables([known, self._learn(taken(words, new)).cast(known.schema)])
        return known.take(places_in(words, whole(known["word"])))

    def _learn(self, words: Column) -> pa.Table:
        """Study new words, number them and their lemmas, and keep them; return their rows."""
        found = self._studied(words)
        found = found.append_column("engine", pa.repeat(self._engine, found.num_rows))
        every = different(joined(whole(found["lemma"]), flattened(found["lemmas"])))
        numbered, lemmas, next_word, next_lemma = writes_features.known_numbers(self._store, words, every)
        lemma_ids = _numbered(lemmas, "lemma", "lemma_id")
        new_lemmas = [each for each in texts(every) if each not in lemma_ids]
        lemma_ids |= dict(zip(new_lemmas, count(next_lemma), strict=False))
        word_ids = _numbered(numbered, "word", "word_id")
        fresh = count(next_word)
        ids = [word_ids[each] if each in word_ids else next(fresh) for each in texts(found["word"])]
        rows = found.append_column("word_id", pa.array(ids, pa.int32())).append_column(
            "lemma_id", pa.array([lemma_ids[each] for each in texts(found["lemma"])], pa.int32())
        )
        stops = set(texts(found.filter(found["is_stop"])["lemma"]))
        writes_features.write_words(
            self._store,
            rows.select(list(COLUMNS)),
            pa.table(
                {
                    "lemma_id": pa.array([lemma_ids[each] for each in new_lemmas], pa.int32()),
                    "lemma": pa.array(new_lemmas, pa.string()),
                    "is_stop": pa.array([each in stops for each in new_lemmas], pa.bool_()),
                }
            ),
            _forms(found, ids, lemma_ids),
        )
        return rows.select(list(COLUMNS))

    def _studied(self, words: Column) -> pa.Table:
        """Study words in worker processes, as many at a time as there are."""
        pieces = [words.slice(start, PIECE) for start in range(0, len(words), PIECE)]
        workers = min(len(pieces), self._compute.stats().workers)
        with ThreadPoolExecutor(workers, thread_name_prefix="study") as pool:
            studies = pool.map(
                lambda piece: self._compute.run(studied_and_scored, piece, self._model, cancel=self._cancel),
                pieces,
            )
            return pa.concat_tables(list(studies))


def _numbered(rows: pa.Table, name: str, number: str) -> dict[str, int]:
    return dict(zip(texts(rows[name]), map(int, numbers(rows[number])), strict=True))


def _forms(found: pa.Table, ids: list[int], lemma_ids: dict[str, int]) -> pa.Table:
    """Return [word_id, lemma_id] for every plausible lemma of every word."""
    return pa.table(
        {
            "word_id": pa.array(np.repeat(np.array(ids), lengths(found["lemmas"])), pa.int32()),
            "lemma_id": pa.array([lemma_ids[each] for each in texts(flattened(found["lemmas"]))], pa.int32()),
        }
    )
