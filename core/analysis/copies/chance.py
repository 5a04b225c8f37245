"""How often accounts would act together by chance: the same texts, times and places, the authors shuffled.

Authors are shuffled among comments that stood next to each other: then each account keeps how much it wrote
where and when, and each text, link, answer and second stays where it is. What two accounts share more often
than in nearly all shuffles is more than the background of these very data.

An edge joins two accounts; its weight is the number of different things they shared, its surprise
-log10 P(X >= weight), X Poisson with the mean that the shuffle gives this pair, so that accounts that write
much are not held against those that write little. Its p is the share of shuffles in which any edge at all
surprises as much: the single-step maxT of P. H. Westfall, S. S. Young, Resampling-based Multiple Testing,
1993, section 2.3, with the observed one counted in (B. Phipson, G. K. Smyth, Statistical Applications in
Genetics and Molecular Biology 9(1), 2010, article 39). It holds whatever the surprise's own distribution is,
and for all pairs of accounts at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from scipy import sparse, special

from core.analysis.copies.moves import Moves, Pairs, Pattern
from core.analysis.copies.shingles import Ids
from core.unique import unique

Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]

RUN: Final = 100
"""About so many neighbouring comments exchange their authors where contents are compared."""
SHORT_RUN: Final = 30
"""And where moments are, so that those exchange them who were there at about the same time."""
AT_ONCE: Final = 20_000
"""Pairs of accounts whose mean is worked out at a time, so that memory stays flat."""
LEAST_P: Final = 1e-300
ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Search:
    """How patterns are looked for: the interval in seconds, things shared at least, shuffles, seed."""

    within_s: int
    repeats: int
    shuffles: int
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Pairs of accounts (numbers of `Moves.author`, one below two) that shared things repeatedly.

    `weight` is how many different things, `expected` how many a shuffle gives on average, `p` as above.
    """

    one: Ids
    two: Ids
    weight: Ids
    expected: Numbers
    p: Numbers

    def __len__(self) -> int:
        """Return how many edges there are."""
        return len(self.one)


def runs(moves: Moves, pattern: Pattern) -> Ids:
    """Return for each move the number of the run of neighbouring moves that exchange their authors.

    For contents a run is of one source, or of one owner's sources that have few comments each; for answers
    and moments always of one source. It has RUN (SHORT_RUN) to twice as many moves, or all there are.
    """
    if pattern in {"co_reply", "co_timing"}:
        return _cut(moves, moves.source, moves.source, SHORT_RUN)
    sizes = np.bincount(moves.source) if len(moves) else np.zeros(0, dtype=np.int64)
    is_large = sizes[moves.source] >= RUN
    return _cut(moves, moves.owner, np.where(is_large, moves.source + 1, 0), RUN)


def _cut(moves: Moves, first: Ids, second: Ids, size: int) -> Ids:
    order = np.lexsort((moves.second, second, first))
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = (np.diff(first[order]) != 0) | (np.diff(second[order]) != 0)
    group = np.cumsum(begins) - 1
    counts = np.bincount(group) if len(order) else np.zeros(0, dtype=np.int64)
    within = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    pieces = np.maximum(1, counts // size)
    piece = np.minimum(within // size, pieces[group] - 1)
    found = np.empty(len(order), dtype=np.int64)
    found[order] = (np.cumsum(pieces) - pieces)[group] + piece
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Field:
    """What stays the same in every shuffle: places by run, pairs of places, and what a shuffle gives a pair.

    `rates` (authors x runs) is an author's share of each run, `reach` the pairs that lead from there to each
    run; `reached` are the places of its values as single sorted numbers.
    """

    authors: Ids
    run: Ids
    one: Ids
    two: Ids
    thing: Ids
    rates: sparse.csr_array
    reach: sparse.csr_array
    reached: Ids

    def edges(self, authors: Ids, repeats: int) -> tuple[Ids, Ids, Ids]:
        """Return the pairs of authors who share at least `repeats` things, and how many."""
        number, things = self.rates.shape[0], int(self.thing.max(initial=0)) + 1
        a, b = authors[self.one], authors[self.two]
        differ = a != b
        low, high = np.minimum(a, b)[differ], np.maximum(a, b)[differ]
        triples = unique((low * number + high) * things + self.thing[differ])
        pairs = triples // things
        begins = np.flatnonzero(np.diff(pairs, prepend=-1))
        weight = np.diff(np.append(begins, len(pairs)))
        often = pairs[begins[weight >= repeats]]
        return often // number, often % number, weight[weight >= repeats]

    def expected(self, one: Ids, two: Ids) -> Numbers:
        """Return how many pairs of moves these authors make on average over all shuffles.

        A run of n moves, k of them an author's, gives each place to that author with probability k / n.
        """
        runs_of = np.diff(self.rates.indptr)
        is_longer = runs_of[two] > runs_of[one]
        one, two = np.where(is_longer, two, one), np.where(is_longer, one, two)
        found = np.zeros(len(one))
        for start in range(0, len(one), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            found[part] = self._met(one[part], two[part], runs_of[two[part]])
        return found

    def _met(self, one: Ids, two: Ids, counts: Ids) -> Numbers:
        edge = np.repeat(np.arange(len(one)), counts)
        at = np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts)
        at += self.rates.indptr[two][edge]
        sought = one[edge] * self.rates.shape[1] + self.rates.indices[at]
        place = np.minimum(np.searchsorted(self.reached, sought), max(0, len(self.reached) - 1))
        product = self.rates.data[at] * self.reach.data[place] * (self.reached[place] == sought)
        found: Numbers = np.bincount(edge, product, minlength=len(one)).astype(np.float64)
        return found

    def shuffled(self, chance: np.random.Generator) -> Ids:
        """Return the authors of all places, exchanged within each run."""
        return self.authors[np.argsort(self.run + chance.random(len(self.run)))]


class _Means:
    """What a shuffle gives pairs of authors, worked out once: those that write much come up again."""

    def __init__(self, field: _Field) -> None:
        self.field = field
        self._keys = np.zeros(0, dtype=np.int64)
        self._values = np.zeros(0)

    def of(self, one: Ids, two: Ids) -> Numbers:
        """Return the expected weight of each pair; the pairs are sorted, each is there once."""
        keys = one * self.field.rates.shape[0] + two
        is_new = ~np.isin(keys, self._keys, assume_unique=True)
        if is_new.any():
            all_keys = np.concatenate([self._keys, keys[is_new]])
            values = np.concatenate([self._values, self.field.expected(one[is_new], two[is_new])])
            order = np.argsort(all_keys, kind="stable")
            self._keys, self._values = all_keys[order], values[order]
        found: Numbers = self._values[np.searchsorted(self._keys, keys)]
        return found


def calibrated(moves: Moves, pairs: Pairs, run: Ids, search: Search) -> Edges:
    """Return the accounts that shared `repeats` things or more, each with its p over so many shuffles."""
    repeats = search.repeats
    names, field = _field(moves, pairs, run)
    one, two, weight = field.edges(field.authors, repeats)
    means = _Means(field)
    expected = means.of(one, two)
    if not len(one):
        return Edges(one, two, weight, expected, expected)
    chance = np.random.default_rng(search.seed)
    highest = np.array([_highest(means, chance, repeats) for _ in range(search.shuffles)])
    reached = (highest[:, None] >= surprise(weight, expected) - ROUNDING).sum(axis=0)
    return Edges(names[one], names[two], weight, expected, (1 + reached) / (1 + search.shuffles))


def surprise(weight: Ids, expected: Numbers) -> Numbers:
    """Return -log10 of the probability that a Poisson number of this mean is the weight or more."""
    found: Numbers = -np.log10(np.maximum(special.pdtrc(weight - 1, expected), LEAST_P))
    return found


def _highest(means: _Means, chance: np.random.Generator, repeats: int) -> float:
    field = means.field
    one, two, weight = field.edges(field.shuffled(chance), repeats)
    return float(surprise(weight, means.of(one, two)).max(initial=0.0))


def _field(moves: Moves, pairs: Pairs, run: Ids) -> tuple[Ids, _Field]:
    """Return the authors' numbers and what stays, of the runs alone in which a pair has a part."""
    involved = np.zeros(int(run.max(initial=-1)) + 1, dtype=np.bool_)
    involved[run[pairs.one]] = involved[run[pairs.two]] = True
    rows = np.flatnonzero(involved[run])
    rows = rows[np.argsort(run[rows], kind="stable")]
    place = np.full(len(moves), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    names, authors = np.unique(moves.author[rows], return_inverse=True)
    authors = authors.astype(np.int64)
    number = np.unique(run[rows], return_inverse=True)[1].astype(np.int64)
    one, two = place[pairs.one], place[pairs.two]
    runs_in = int(number.max(initial=-1)) + 1
    counts = sparse.coo_array((np.ones(len(rows)), (authors, number)), shape=(len(names), runs_in)).tocsr()
    sizes = np.maximum(np.bincount(number, minlength=runs_in), 1)
    rates = (counts @ sparse.diags_array(1 / sizes)).tocsr()
    meets = sparse.coo_array((np.ones(len(one)), (number[one], number[two])), shape=(runs_in, runs_in))
    reach = (rates @ (meets + meets.T)).tocsr()
    reach.sort_indices()
    reached = np.repeat(np.arange(len(names)), np.diff(reach.indptr)) * runs_in + reach.indices
    return names, _Field(authors, number, one, two, pairs.thing, rates, reach, reached)
