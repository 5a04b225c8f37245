"""Texts as rows of a matrix: which lemmas they have, and how much each lemma tells.

A text is short, so a lemma counts once in it. Its weight is the inverse document frequency (Sparck Jones
1972, in the smoothed form ln((1 + n) / (1 + df)) + 1), more for a lemma that gathers under few posts: what
a post is about is said there again and again, thanks and complaints are said everywhere (Church & Gale
1995, "Poisson mixtures", Natural Language Engineering 1(2), on words that come in bursts). Every row has
length 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from core.unique import unique

Ids: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]

FEWEST: Final = 3
"""In how many texts a lemma must stand to be looked at: once or twice tells nothing of a topic."""
MOST_LEMMAS: Final = 8000
MOST_SHARE: Final = 0.5
"""A lemma that stands in more than half of the texts does not tell them apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Documents:
    """Texts as numbers of lemmas: text `i` has `lemmas[offsets[i]:offsets[i + 1]]`, each lemma once.

    `sources` numbers the post that each text stands under.
    """

    offsets: Ids
    lemmas: Ids
    sources: Ids

    @property
    def count(self) -> int:
        """Return the number of texts."""
        return len(self.offsets) - 1

    def rows(self) -> Ids:
        """Return the text of every lemma."""
        return np.repeat(np.arange(self.count), np.diff(self.offsets))

    def some(self, chosen: Ids) -> Documents:
        """Return the texts at these positions, in their order."""
        lengths = np.diff(self.offsets)[chosen]
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
        lemmas = self.lemmas[np.repeat(self.offsets[chosen], lengths) + within]
        return Documents(offsets, lemmas, self.sources[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The lemmas that are looked at, by ascending number, and how much each tells."""

    lemmas: Ids
    weights: Numbers


def documents(lists: pa.Array[Any], sources: Ids | None = None) -> Documents:
    """Return an Arrow array of lists of numbers as documents; a missing list is an empty text.

    Without `sources` all texts stand under one.
    """
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy()
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    lemmas = pc.list_flatten(lists).to_numpy().astype(np.int64)
    return Documents(offsets, lemmas, np.zeros(len(lists), dtype=np.int64) if sources is None else sources)


def vocabulary(texts: Documents) -> Vocabulary:
    """Return the lemmas that may tell topics apart: in at least `FEWEST` texts and at most half of them.

    Of more than `MOST_LEMMAS` those in most texts stay.
    """
    lemmas, counts = np.unique(texts.lemmas, return_counts=True)
    is_useful = (counts >= FEWEST) & (counts <= max(FEWEST, MOST_SHARE * texts.count))
    lemmas, counts = lemmas[is_useful], counts[is_useful]
    kept = np.sort(np.lexsort((lemmas, -counts))[:MOST_LEMMAS])
    lemmas, counts = lemmas[kept], counts[kept]
    idf = np.log((1 + texts.count) / (1 + counts)) + 1
    return Vocabulary(lemmas, idf * (1 + np.log(np.maximum(gathered(texts, lemmas, counts), 1.0))))


def gathered(texts: Documents, lemmas: Ids, counts: Ids) -> Numbers:
    """Return under how many posts each lemma would stand by chance, over under how many it does.

    By chance: were the `counts` texts of each lemma dealt out among the posts in proportion to their texts,
    with n of all N texts a post would miss it with probability (1 - n / N) ** count.
    """
    held = present(texts, lemmas).tocoo()
    posts = int(texts.sources.max(initial=0)) + 1
    met = unique(held.col.astype(np.int64) * posts + texts.sources[held.row]) // posts
    sizes, often = np.unique(np.bincount(texts.sources), return_counts=True)
    missed = (1 - sizes / max(1, texts.count)) ** counts[:, None]
    expected: Numbers = ((1 - missed) * often).sum(axis=1)
    return expected / np.bincount(met, minlength=len(lemmas))


def present(texts: Documents, lemmas: Ids) -> sparse.csr_array:
    """Return the texts x lemmas matrix of ones where a text has a lemma; `lemmas` ascend."""
    if not len(lemmas):
        return sparse.csr_array((texts.count, 0))
    places = np.minimum(np.searchsorted(lemmas, texts.lemmas), len(lemmas) - 1)
    is_known = lemmas[places] == texts.lemmas
    rows, places = texts.rows()[is_known], places[is_known]
    shape = (texts.count, len(lemmas))
    return sparse.csr_array((np.ones(len(rows)), (rows, places)), shape=shape)


def weighed(texts: Documents, words: Vocabulary) -> sparse.csr_array:
    """Return the texts x lemmas matrix of weights, every row of length 1, or 0 without any known lemma."""
    matrix = present(texts, words.lemmas)
    matrix.data *= words.weights[matrix.indices]
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    scale = np.divide(1.0, lengths, out=np.zeros(len(lengths)), where=lengths > 0)
    matrix.data *= np.repeat(scale, np.diff(matrix.indptr))
    return matrix
