"""What the models see of one unit of a comment: numbered features, the same in training and in use.

A unit's features depend on the unit alone, so weights are summed once per distinct unit and never per
comment. Letters, word and lemma are hashed into a table of weights: Weinberger et al. 2009, "Feature hashing
for large scale multitask learning" (here without the sign). Classes of units (a word of praise, an obscene
root, a question mark) have numbers of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa

from core.text.arrays import numbers, texts
from core.text.polarity import (
    BLAME,
    BLAME_EMOJI,
    BLAME_SIGNS,
    CLOSE_ADDRESS,
    GOOD,
    LAUGH,
    POLITE_ADDRESS,
    PRAISE,
    PRAISE_EMOJI,
    PRAISE_SIGNS,
    SCORN,
    TROUBLE,
)

Slots: TypeAlias = "np.ndarray[Any, np.dtype[np.int32]]"
Places: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
Flags: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"
Hashes: TypeAlias = "np.ndarray[Any, np.dtype[np.uint32]]"

BUCKETS: Final = 1 << 18
RESERVED: Final = 64
"""Numbers below this are classes of units; 0 is no feature at all."""
WORD_CLASSES: Final = {
    "praise": PRAISE,
    "good": GOOD,
    "laugh": LAUGH,
    "blame": BLAME,
    "trouble": TROUBLE,
    "scorn": SCORN,
    "close_address": CLOSE_ADDRESS,
    "polite_address": POLITE_ADDRESS,
}
CLASSES: Final = (
    *WORD_CLASSES,
    *("praise_sign", "blame_sign", "praise_emoji", "blame_emoji"),
    *("obscene", "insult", "threat", "unknown", "number", "question", "shout", "dots", "emoji"),
)
NGRAMS: Final = (2, 3, 4, 5)
LONGEST: Final = 24
"""Letters of a word that count."""
PIECE: Final = 8_192

_STEP: Final = np.uint32(16_777_619)
_NORM_SALT: Final = 101
_LEMMA_SALT: Final = 202


def slots(studied: pa.Table) -> Iterator[tuple[Places, Slots]]:
    """Yield rows of `studied` and their features, a row each, padded with 0; every row comes once.

    `studied` has a row per distinct unit, with the columns kind, norm, lemma, is_known and tags. Units of
    similar length come together, so that little is padding.
    """
    norms, lemmas = texts(studied["norm"]), texts(studied["lemma"])
    kinds = np.array(texts(studied["kind"]), dtype=np.str_)
    lengths = np.where(kinds == "word", [len(norm) for norm in norms], 0)
    order = np.argsort(lengths, kind="stable")
    classes = _classes(kinds, norms, lemmas, studied)
    for start in range(0, len(order), PIECE):
        rows = order[start : start + PIECE]
        is_word = kinds[rows] == "word"
        own = [norms[row] for row in rows]
        whole = np.where(kinds[rows] == "number", 0, _whole(own, _NORM_SALT))
        lemma = np.where(is_word, _whole([lemmas[row] for row in rows], _LEMMA_SALT), 0)
        letters = _ngrams([word if flag else "" for word, flag in zip(own, is_word, strict=True)])
        yield rows, np.hstack([letters, whole[:, None], lemma[:, None], classes[rows]]).astype(np.int32)


def _ngrams(words: Sequence[str]) -> Slots:
    """Return the buckets of the letter n-grams of words, their ends marked; 0 where a word has no more."""
    codes = _codes([f"^{word[:LONGEST]}$" if word else "" for word in words])
    width = codes.shape[1]
    lengths = (codes > 0).sum(axis=1)[:, None]
    found = []
    for size in NGRAMS:
        count = width - size + 1
        if count < 1:
            continue
        hashes = np.full((len(words), count), size * 7_919, dtype=np.uint32)
        for place in range(size):
            hashes = (hashes ^ codes[:, place : count + place]) * _STEP
        found.append(np.where(np.arange(count) + size <= lengths, _bucket(hashes), 0))
    return np.hstack(found) if found else np.zeros((len(words), 0), dtype=np.int32)


def _whole(strings: Sequence[str], salt: int) -> Slots:
    """Return the bucket of each text as a whole."""
    codes = _codes(strings)
    hashes = np.full(len(strings), salt, dtype=np.uint32)
    for column in codes.T:
        hashes = np.where(column > 0, (hashes ^ column) * _STEP, hashes)
    return _bucket(hashes)


def _codes(strings: Sequence[str]) -> Hashes:
    """Return the code points of texts, a row each, padded with 0."""
    padded = np.array(strings, dtype=np.str_)
    return padded.view(np.uint32).reshape(len(strings), -1)


def _bucket(hashes: Hashes) -> Slots:
    """Spread hashes over the buckets (C. Wellons, hash-prospector, two rounds of multiply and shift)."""
    mixed = hashes ^ (hashes >> np.uint32(15))
    mixed = mixed * np.uint32(0x2C1B3C6D)
    mixed = mixed ^ (mixed >> np.uint32(12))
    mixed = mixed * np.uint32(0x297A2D39)
    mixed = mixed ^ (mixed >> np.uint32(15))
    return np.asarray(mixed % np.uint32(BUCKETS - RESERVED) + np.uint32(RESERVED), dtype=np.int32)


def _classes(
    kinds: np.ndarray[Any, Any], norms: Sequence[str], lemmas: Sequence[str], studied: pa.Table
) -> Slots:
    """Return the number of each class a unit belongs to, 0 where it does not; a column per class."""
    tags = numbers(studied["tags"])
    word, mark, emoji = kinds == "word", kinds == "mark", kinds == "emoji"
    flags = {
        **{name: word & _either(norms, lemmas, words) for name, words in WORD_CLASSES.items()},
        "praise_sign": mark & _flags(norm in PRAISE_SIGNS or norm[:1] == ")" for norm in norms),
        "blame_sign": mark & _flags(norm in BLAME_SIGNS or norm[:1] == "(" for norm in norms),
        "praise_emoji": emoji & _flags(norm[:1] in PRAISE_EMOJI for norm in norms),
        "blame_emoji": emoji & _flags(norm[:1] in BLAME_EMOJI for norm in norms),
        "obscene": (tags & 1) > 0,
        "insult": (tags & 2) > 0,
        "threat": (tags & 4) > 0,
        "unknown": word & ~numbers(studied["is_known"]).astype(bool),
        "number": kinds == "number",
        "question": mark & _flags("?" in norm for norm in norms),
        "shout": mark & _flags("!" in norm for norm in norms),
        "dots": mark & _flags(".." in norm or "…" in norm for norm in norms),
        "emoji": emoji,
    }
    columns = [flags[name] * (place + 1) for place, name in enumerate(CLASSES)]
    return np.column_stack(columns).astype(np.int32)


def _either(norms: Sequence[str], lemmas: Sequence[str], words: frozenset[str]) -> Flags:
    return _flags(norm in words or lemma in words for norm, lemma in zip(norms, lemmas, strict=True))


def _flags(values: Iterator[bool]) -> Flags:
    return np.fromiter(values, dtype=bool)
