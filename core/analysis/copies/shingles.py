"""Which texts may be alike, without comparing all with all: min-hashes of word pairs, looked up in bands.

A. Broder, "On the resemblance and containment of documents", 1997: two texts have the same smallest hash of
their shingles with the probability of the sets' Jaccard resemblance. J. Leskovec, A. Rajaraman, J. Ullman,
Mining of Massive Datasets, chapter 3.4: with BANDS bands of ROWS hashes, texts of resemblance s meet in at
least one band with probability 1 - (1 - s ** ROWS) ** BANDS. Shingles are pairs of neighbouring words: two
words changed among ten leave s at 5/13 or more, so that 98 % of such texts meet; one among five, 94 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from core.unique import merged

Ids: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Hashes: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]

SHINGLE: Final = 2
BANDS: Final = 24
ROWS: Final = 2
NEIGHBOURS: Final = 4
"""With how many others of its bucket a text is paired: clusters are joined over pairs, so that a few do."""

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Texts as numbers of words: text i is `words[offsets[i]:offsets[i + 1]]`, of SHINGLE words or more."""

    words: Ids
    offsets: Ids

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self.offsets) - 1

    @property
    def lengths(self) -> Ids:
        """Return the number of words of each text."""
        lengths: Ids = np.diff(self.offsets)
        return lengths


def candidates(texts: Texts, seed: int) -> tuple[Ids, Ids]:
    """Return the pairs of texts (positions, first below second, each pair once) that meet in a band."""
    if len(texts) < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    shingles, starts = _shingles(texts)
    draws = np.random.default_rng(seed).integers(0, 2**63, size=(BANDS, ROWS, 2), dtype=np.uint64)
    found = np.zeros(0, dtype=np.int64)
    order = np.arange(len(texts))
    for band in draws:
        key = np.zeros(len(texts), dtype=np.uint64)
        for factor, shift in band:
            smallest = np.minimum.reduceat(shingles * (factor | np.uint64(1)) + shift, starts)
            key = mixed(key ^ smallest)
        # The order of the band before: texts that met there stand next to each other here, too.
        order = order[np.argsort(key[order], kind="stable")]
        found = merged(found, np.sort(_neighbours(key[order], order)))
    return found // len(texts), found % len(texts)


def _shingles(texts: Texts) -> tuple[Hashes, Ids]:
    """Return the hashes of all shingles, text by text, and where each text's begin."""
    words = mixed(texts.words.astype(np.uint64) + np.uint64(1))
    hashes = words.copy()
    for ahead in range(1, SHINGLE):
        hashes[:-ahead] = mixed(hashes[:-ahead] * _GOLDEN ^ words[ahead:])
    counts = texts.lengths - SHINGLE + 1
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    within = np.arange(int(counts.sum())) - np.repeat(starts, counts)
    return hashes[np.repeat(texts.offsets[:-1], counts) + within], starts


def _neighbours(keys: Hashes, order: Ids) -> Ids:
    """Return pairs of texts with the same key, as numbers low * texts + high; `keys` are sorted."""
    pairs = []
    for ahead in range(1, min(NEIGHBOURS, len(keys) - 1) + 1):
        same = np.flatnonzero(keys[:-ahead] == keys[ahead:])
        one, two = order[same], order[same + ahead]
        pairs.append(np.minimum(one, two) * len(order) + np.maximum(one, two))
    return np.concatenate(pairs)


def mixed(values: Hashes) -> Hashes:
    """Spread numbers over 64 bits (S. Vigna's splitmix64, 2014, after Steele, Lea & Flood)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Hashes = values ^ (values >> np.uint64(31))
    return mixed
