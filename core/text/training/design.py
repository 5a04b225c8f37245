"""Texts as matrices: which units each text has, which features each unit has.

The product of both is never made: scores are (texts x units) @ (units x features) @ weights, as in use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
from scipy import sparse

from core.storage import reads_texts
from core.storage.store import Store
from core.text.arrays import texts
from core.text.hashed import BUCKETS, CLASSES, RESERVED, slots
from core.text.patterns import PATTERNS
from core.text.polarity import BLAME, GOOD, PRAISE
from core.text.scoring import neighbours, word_norms
from core.text.words import studied

Matrix: TypeAlias = Any
Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Integers: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

NEGATIONS: Final = ("не", "ни", "нет", "нету", "без")
NOT_GOOD: Final = len(CLASSES) + 1
NOT_BAD: Final = len(CLASSES) + 2
GREETING: Final = len(CLASSES) + 3
"""Numbers of the features that pairs of words have, not units: negated praise, negated blame, a greeting."""
OF_PAIRS: Final = (NOT_GOOD, NOT_BAD, GREETING)
GREETINGS: Final = frozenset(
    {
        *(
            ("добрый", "день"),
            ("добрый", "вечер"),
            ("доброе", "утро"),
            ("доброго", "дня"),
            ("доброго", "вечера"),
        ),
        *(("доброго", "утра"), ("доброго", "времени"), ("доброй", "ночи"), ("доброго", "здоровья")),
    }
)
"""They wish well by habit: a greeting is no praise."""

assert max(OF_PAIRS) < RESERVED


@dataclass(frozen=True, slots=True)
class Design:
    """Some texts: `units` has a row per text, `features` a row per unit, `parts` the features of each unit.

    The last units stand for the kinds of pairs, in the order of OF_PAIRS.
    """

    units: Matrix
    features: Matrix
    parts: Numbers

    def rows(self, chosen: Integers) -> Design:
        """Return the design of some of the texts."""
        return replace(self, units=self.units[chosen])

    def lengths(self) -> Numbers:
        """Return what the sum over each text is divided by."""
        return np.asarray(np.sqrt(self.units @ self.parts + 1.0))


@dataclass(frozen=True, slots=True)
class Negated:
    """Which words a negation turns, by normal form: praise and blame."""

    praise: frozenset[str]
    blame: frozenset[str]


def cut(lines: Sequence[str]) -> list[list[str]]:
    """Return the units of each text, cut by the same patterns as in use."""
    store = Store.open("duckdb:///:memory:", clock=lambda: datetime.now(UTC))
    try:
        found = reads_texts.units(store, pa.array(lines, pa.string()), PATTERNS)
    finally:
        store.close()
    lists: list[list[str]] = found.to_pylist()  # type: ignore[assignment]  # lists of texts without nulls
    return lists


def designed(lists: Sequence[Sequence[str]]) -> tuple[Design, Negated]:
    """Return the design of texts that were cut into units, and the words of them that a negation turns."""
    distinct = sorted({unit for units in lists for unit in units})
    places = {unit: place for place, unit in enumerate(distinct)}
    known = studied(pa.array(distinct, pa.string()))
    features, parts = _features(known)
    negated = _negated(known)
    norms = word_norms(known)
    counts = _counts([[places[unit] for unit in units] for units in lists], len(distinct))
    turns = np.array([_turns([norms[places[unit]] for unit in units], negated) for units in lists])
    units = sparse.hstack([counts, sparse.csr_matrix(turns.reshape(-1, len(OF_PAIRS)))]).tocsr()
    return Design(units, features, parts), negated


def _features(known: pa.Table) -> tuple[Matrix, Numbers]:
    """Return (units x buckets) with the units of pairs last, and the number of features of each."""
    rows, columns = [known.num_rows + np.arange(len(OF_PAIRS))], [np.array(OF_PAIRS)]
    for units, numbers in slots(known):
        at, place = np.nonzero(numbers)
        rows.append(units[at])
        columns.append(numbers[at, place])
    row, column = np.concatenate(rows), np.concatenate(columns)
    shape = (known.num_rows + len(OF_PAIRS), BUCKETS)
    matrix = sparse.csr_matrix((np.ones(len(row), dtype=np.float32), (row, column)), shape=shape)
    return matrix, np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()


def _counts(lists: Sequence[Sequence[int]], width: int) -> Matrix:
    indices = np.array([place for places in lists for place in places], dtype=np.int64)
    ends = np.concatenate([[0], np.cumsum([len(places) for places in lists])])
    ones = np.ones(len(indices), dtype=np.float32)
    return sparse.csr_matrix((ones, indices, ends), shape=(len(lists), width))


def _negated(known: pa.Table) -> Negated:
    """Return the words of the vocabulary that are praise, and that are blame."""
    pairs = [
        (norm, lemma)
        for norm, lemma in zip(word_norms(known), texts(known["lemma"]), strict=True)
        if norm is not None
    ]
    good = PRAISE | GOOD
    praise = frozenset(norm for norm, lemma in pairs if norm in good or lemma in good)
    blame = frozenset(norm for norm, lemma in pairs if norm in BLAME or lemma in BLAME)
    return Negated(praise, blame - praise)


def _turns(norms: Sequence[str | None], negated: Negated) -> tuple[int, int, int]:
    """Return how many words of praise and of blame stand right after a negation, and how many greetings."""
    pairs = neighbours(norms)
    turned = [second for first, second in pairs if first in NEGATIONS]
    return (
        sum(word in negated.praise for word in turned),
        sum(word in negated.blame for word in turned),
        sum(pair in GREETINGS for pair in pairs),
    )
