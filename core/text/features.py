"""From units of texts to features of comments: a pure function over arrays, run in worker processes.

A chunk of comments comes as numbers of units (into a table of facts about the distinct ones) with offsets, so
that nothing here loops over comments: sums are differences of running totals, sets are unique numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyarrow as pa

from core.text import tongues
from core.text.arrays import Chunked, Column, Indices, lists_of, numbers, taken, texts
from core.text.probabilities import MOODS, Calibration, moods, probabilities, toxicity
from core.text.scoring import Model
from core.unique import unique

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

KINDS: Final = ("word", "number", "mark", "emoji")
SCORED_LANGS: Final = ("ru", "unknown")
OBSCENE: Final = 1
INSULT: Final = 2
THREAT: Final = 4
PAIRED_BY: Final = "norm"


@dataclass(frozen=True, slots=True)
class Chunk:
    """The units of some comments: `units[offsets[i]:offsets[i + 1]]` are rows of `facts`.

    `facts` has the columns of the vocabulary; `texts` the cleaned texts, for the detector of languages;
    `is_threat` what the patterns over whole texts found.
    """

    offsets: Indices
    units: Indices
    facts: pa.Table
    texts: Column
    is_threat: Column


def featured(chunk: Chunk, model: Model, calibration: Calibration) -> pa.Table:
    """Return [words, lemmas, length, lang, scores, probabilities, sentiment, toxicity, tags, emoji]."""
    kinds = _codes(chunk.facts["kind"], KINDS)[chunk.units]
    is_word = kinds == 0
    lang = _languages(chunk, is_word)
    scored = _scored(chunk, model, calibration, is_word, np.isin(lang, SCORED_LANGS))
    tags = numbers(chunk.facts["tags"])[chunk.units]
    any_tag = sum(
        (_sums(chunk.offsets, (tags & bit) > 0) > 0).astype(np.int8) * bit
        for bit in (OBSCENE, INSULT, THREAT)
    )
    threat = numbers(chunk.is_threat)
    columns: dict[str, Column] = {
        "words": _lists(chunk.offsets, chunk.units, is_word, chunk.facts["word_id"]),
        "lemmas": _sets(chunk, is_word),
        "length": pa.array(_sums(chunk.offsets, is_word).astype(np.int32)),
        "lang": pa.array(lang.tolist(), pa.string()),
        **scored,
        "tags": pa.array((np.asarray(any_tag) | threat * THREAT).astype(np.int8)),
        "emoji": _lists(chunk.offsets, chunk.units, kinds == 3, chunk.facts["word"]),
    }
    return pa.table(columns)


def _codes(column: Chunked, names: tuple[str, ...]) -> Indices:
    """Return the place of each value in `names`."""
    places = {name: place for place, name in enumerate(names)}
    return np.array([places[value] for value in texts(column)], dtype=np.int64)


def _sums(offsets: Indices, values: np.ndarray[Any, Any]) -> Numbers:
    """Return the sum of values over each comment's units."""
    totals = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    return np.asarray(totals[offsets[1:]] - totals[offsets[:-1]])


def _kept_offsets(offsets: Indices, kept: Flags) -> Indices:
    counted: Indices = np.concatenate([[0], np.cumsum(kept)])
    return counted[offsets]


def _lists(offsets: Indices, units: Indices, kept: Flags, column: Chunked) -> Column:
    """Return for each comment the values of those of its units that are kept, in order."""
    return lists_of(_kept_offsets(offsets, kept), taken(column, units[kept]))


def _sets(chunk: Chunk, is_word: Flags) -> Column:
    """Return the different lemmas of each comment that carry meaning, by number."""
    is_stop = numbers(chunk.facts["is_stop"])
    rows = np.repeat(np.arange(len(chunk.offsets) - 1), np.diff(chunk.offsets))
    kept = is_word & ~is_stop[chunk.units]
    lemmas = numbers(chunk.facts["lemma_id"])[chunk.units[kept]]
    different = unique(rows[kept].astype(np.int64) << 32 | lemmas.astype(np.int64))
    ends = np.searchsorted(different >> 32, np.arange(len(chunk.offsets)))
    return lists_of(ends, pa.array((different & 0xFFFFFFFF).astype(np.int32)))


def _languages(chunk: Chunk, is_word: Flags) -> np.ndarray[Any, Any]:
    """Return the language of each comment: by its words where they tell, else by the detector."""
    hints = np.array(texts(chunk.facts["hint"]), dtype=np.str_)
    is_known = numbers(chunk.facts["is_known"])[chunk.units] & is_word
    hinted = {lang: _sums(chunk.offsets, (hints == lang)[chunk.units] & is_word) for lang in tongues.HINTED}
    words, known = _sums(chunk.offsets, is_word), _sums(chunk.offsets, is_known)
    lang = tongues.decisions(words, known, hinted)
    asked = np.flatnonzero(lang == "")
    if len(asked):
        lang[asked] = texts(tongues.detected(taken(chunk.texts, asked)))
    return lang


def _scored(
    chunk: Chunk, model: Model, calibration: Calibration, is_word: Flags, is_scored: Flags
) -> dict[str, Column]:
    """Return scores and calibrated probabilities of sentiment and toxicity, and the label of sentiment."""
    facts, units, offsets = chunk.facts, chunk.units, chunk.offsets
    pair_places, pair_values = _pairs(chunk, model, is_word)
    sums = {}
    for column, name in enumerate((*MOODS, "toxic")):
        values = numbers(facts[name])[units].astype(np.float64)
        if len(pair_places):
            values[pair_places] += pair_values[:, column]
        sums[name] = _sums(offsets, values)
    paired = np.zeros(len(units))
    paired[pair_places] = 1.0
    parts = {name: _sums(offsets, numbers(facts[name])[units] + paired) for name in ("parts", "toxic_parts")}
    z = np.stack([sums[name] / np.sqrt(parts["parts"] + 1) for name in MOODS], axis=1)
    z += np.asarray(model.sentiment_bias)
    z_toxic = sums["toxic"] / np.sqrt(parts["toxic_parts"] + 1) + model.toxicity_bias
    is_empty = ~(is_scored & (np.diff(offsets) > 0))
    shares = probabilities(z, calibration)
    return {
        **{f"score_{name}": _floats(z[:, place], is_empty) for place, name in enumerate(MOODS)},
        **{name: _floats(shares[:, place], is_empty) for place, name in enumerate(MOODS)},
        "sentiment": pa.array(moods(shares, calibration), pa.string(), mask=is_empty),
        "score_toxic": _floats(z_toxic, is_empty),
        "toxicity": _floats(toxicity(z_toxic, calibration), is_empty),
    }


def _floats(values: Numbers, is_missing: Flags) -> Column:
    return pa.array(values.astype(np.float32), pa.float32(), mask=is_missing)


def _pairs(chunk: Chunk, model: Model, is_word: Flags) -> tuple[Indices, Numbers]:
    """Return at which units a pair of neighbouring words that the model knows begins, and what it adds."""
    names, keys, values = _pair_index(model)
    if not len(keys) or len(chunk.units) < 2:
        return np.array([], dtype=np.int64), np.zeros((0, 4))
    places = {name: place for place, name in enumerate(names)}
    of_fact = np.array([places.get(name, -1) for name in texts(chunk.facts[PAIRED_BY])], dtype=np.int64)
    numbers = np.where(is_word, of_fact[chunk.units], -1)
    is_last = np.zeros(len(numbers), dtype=bool)
    is_last[chunk.offsets[1:][np.diff(chunk.offsets) > 0] - 1] = True
    begins = np.flatnonzero((numbers[:-1] >= 0) & (numbers[1:] >= 0) & ~is_last[:-1])
    sought = numbers[begins] * len(names) + numbers[begins + 1]
    at = np.minimum(np.searchsorted(keys, sought), len(keys) - 1)
    is_known = keys[at] == sought
    return begins[is_known], values[at[is_known]]


@lru_cache(maxsize=2)
def _pair_index(model: Model) -> tuple[list[str], Indices, Numbers]:
    """Return the words that stand in pairs, the pairs as sorted numbers, and what each adds."""
    first, second = texts(model.pairs["first"]), texts(model.pairs["second"])
    names = sorted({*first, *second})
    places = {name: place for place, name in enumerate(names)}
    keys = np.array(
        [places[one] * len(names) + places[two] for one, two in zip(first, second, strict=True)],
        dtype=np.int64,
    )
    order = np.argsort(keys)
    values = np.stack([numbers(model.pairs[name]) for name in (*MOODS, "toxic")], axis=1)
    return names, keys[order], values[order].astype(np.float64)
