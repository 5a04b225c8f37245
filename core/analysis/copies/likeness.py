"""How alike two texts are, and which texts hang together: exact, over pairs that are worth looking at.

Likeness is the Dice coefficient of what two texts have in common in the same order: 2 * L / (n + m), where L
is the length of the longest common subsequence of their n and m words. Two words changed among ten leave 0.8.
L is computed for many pairs at once by the bit-parallel recurrence of H. Hyyro, "Bit-parallel LCS-length
computation revisited", 2004, on 64 bits: of longer texts the first 64 words count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from core.analysis.copies.shingles import Ids, Texts, candidates, mixed

Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Words: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Bits: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]

MOST_WORDS: Final = 64
FILTERS: Final = 4
CELLS: Final = 1 << 21
"""Words, or pairs of texts, compared at a time, so that memory stays flat."""


def likeness(texts: Texts, one: Ids, two: Ids) -> Numbers:
    """Return how alike the texts at these positions are, 0 to 1, a number per pair."""
    lengths = np.minimum(texts.lengths, MOST_WORDS)
    found = np.zeros(len(one))
    longest = np.maximum(lengths[one], lengths[two])
    order = np.argsort(longest, kind="stable")
    start = 0
    while start < len(order):
        # Pairs of similar length come together, so that little is padding.
        stop = min(len(order), start + max(1, CELLS // int(longest[order[start]])))
        rows = order[start:stop]
        width = int(longest[rows[-1]])
        common = _common(_padded(texts, one[rows], width, -1), _padded(texts, two[rows], width, -2))
        found[rows] = 2 * common / (lengths[one[rows]] + lengths[two[rows]])
        start = stop
    return found


def clusters(texts: Texts, least: float, seed: int) -> Ids:
    """Return the number of each text's cluster, from 0; -1 for a text that is like no other.

    Texts whose likeness is `least` or more are joined, and what they are joined to (single linkage).
    """
    return joined(texts, *candidates(texts, seed), least)


def joined(texts: Texts, one: Ids, two: Ids, least: float) -> Ids:
    """Return the clusters of texts joined by those of these pairs that are alike enough."""
    lengths = np.minimum(texts.lengths, MOST_WORDS)
    possible = np.flatnonzero(2 * most_common(texts, one, two) >= least * (lengths[one] + lengths[two]))
    one, two = one[possible], two[possible]
    alike = likeness(texts, one, two) >= least
    return components(len(texts), one[alike], two[alike])


def most_common(texts: Texts, one: Ids, two: Ids) -> Ids:
    """Return what the longest common subsequence of each pair cannot exceed, at little cost.

    A word that only one of two texts has is none of the common ones. Words are told apart by the bits of a
    Bloom filter (B. Bloom, Communications of the ACM 13(7), 1970): where two share a bit the bound is higher.
    """
    lengths = np.minimum(texts.lengths, MOST_WORDS)
    filters = [*_filters(texts, lengths)]
    found = np.empty(len(one), dtype=np.int64)
    for start in range(0, len(one), CELLS):
        left, right = one[start : start + CELLS], two[start : start + CELLS]
        only_left, only_right = np.zeros(len(left), dtype=np.int64), np.zeros(len(left), dtype=np.int64)
        for bits in filters:
            only_left += np.bitwise_count(bits[left] & ~bits[right])
            only_right += np.bitwise_count(bits[right] & ~bits[left])
        found[start : start + CELLS] = np.minimum(lengths[left] - only_left, lengths[right] - only_right)
    return found


def _filters(texts: Texts, lengths: Ids) -> Iterator[Bits]:
    """Give FILTERS times 64 bits of each text, set by its first MOST_WORDS words."""
    ends = np.cumsum(lengths)
    starts = ends - lengths
    within = np.arange(int(lengths.sum())) - np.repeat(starts, lengths)
    hashes = mixed(texts.words[np.repeat(texts.offsets[:-1], lengths) + within].astype(np.uint64))
    bits = np.left_shift(np.uint64(1), hashes & np.uint64(63))
    at = (hashes >> np.uint64(6)) % np.uint64(FILTERS)
    for number in range(FILTERS):
        yield np.bitwise_or.reduceat(np.where(at == number, bits, np.uint64(0)), starts)


def components(nodes: int, one: Ids, two: Ids) -> Ids:
    """Return the number of each node's connected component, from 0; -1 for a node without any edge."""
    links = sparse.coo_matrix((np.ones(len(one), dtype=np.int8), (one, two)), shape=(nodes, nodes))
    labels = connected_components(links, directed=False)[1]
    is_linked = np.zeros(nodes, dtype=np.bool_)
    is_linked[one] = is_linked[two] = True
    numbers: Ids = np.full(nodes, -1, dtype=np.int64)
    numbers[is_linked] = np.unique(labels[is_linked], return_inverse=True)[1]
    return numbers


def to_middle(texts: Texts, labels: Ids, comments: Ids) -> Numbers:
    """Return how alike each clustered text is to the most used one of its cluster; NaN outside clusters."""
    inside = np.flatnonzero(labels >= 0)
    order = inside[np.lexsort((inside, -comments[inside], labels[inside]))]
    is_first = np.ones(len(order), dtype=np.bool_)
    is_first[1:] = labels[order[1:]] != labels[order[:-1]]
    middle = order[is_first]
    found = np.full(len(texts), np.nan)
    found[inside] = likeness(texts, inside, middle[labels[inside]])
    return found


def _padded(texts: Texts, rows: Ids, width: int, filler: int) -> Words:
    """Return the first `width` words of texts, a row each, filled up with a number that is no word's."""
    places = np.arange(width)
    inside = places < texts.lengths[rows][:, None]
    at = np.minimum(texts.offsets[rows][:, None] + places, len(texts.words) - 1)
    padded: Words = np.where(inside, texts.words[at], filler)
    return padded


def _common(one: Words, two: Words) -> Ids:
    """Return the length of the longest common subsequence of each row (Hyyro 2004, figure 2)."""
    bits = np.left_shift(np.uint64(1), np.arange(one.shape[1], dtype=np.uint64))
    left = np.full(len(one), np.iinfo(np.uint64).max, dtype=np.uint64)
    for column in two.T:
        matches = np.where(one == column[:, None], bits, np.uint64(0)).sum(axis=1, dtype=np.uint64)
        taken = left & matches
        left = (left + taken) | (left - taken)
    lengths: Ids = np.bitwise_count(~left).astype(np.int64)
    return lengths
