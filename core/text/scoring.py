"""The shipped models of mood and rudeness: linear, and a sum over the units of a comment.

What a unit adds to a score depends on the unit alone (and on pairs of neighbours), so a million comments are
scored by sums over the distinct words: z = sum of contributions / sqrt(number of features + 1) + bias. How
the weights were made: core.text.train; what they can and cannot do: docs/models.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa

from core.text.arrays import numbers, texts
from core.text.hashed import slots

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Weights: TypeAlias = "np.ndarray[Any, np.dtype[np.float32]]"
Three: TypeAlias = tuple[float, float, float]

WEIGHTS: Final = Path(__file__).with_name("weights") / "moods.npz"
SCORES: Final = ("negative", "neutral", "positive", "toxic")


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights of the features of core.text.hashed, with a calibration fitted on texts left out of training.

    `table`: one row per bucket, columns as SCORES, row 0 (no feature) all zero. `pairs`: [first, second,
    *SCORES], added where two neighbouring word units have these norms; a pair counts as one part of each
    score.
    Probabilities are softmax(sentiment_map @ z + sentiment_offset), rows negative, neutral, positive, and
    sigmoid(a * z + b) with (a, b) = toxicity_map. Below `unsure_below` the likeliest label is not given.
    """

    name: str
    version: int
    table: Weights
    pairs: pa.Table
    sentiment_bias: Three
    sentiment_map: tuple[Three, Three, Three]
    sentiment_offset: Three
    unsure_below: float
    toxicity_bias: float
    toxicity_map: tuple[float, float]
    source: Path | None = None

    @classmethod
    def load(cls, path: Path | None = None) -> Model:
        """Read weights from a file, by default the shipped ones, which are read once per process."""
        return shipped() if path is None else _read(path)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to other processes as the name of its file, where it has one: they read it once."""
        if self.source == WEIGHTS:
            return shipped, ()
        return Model, tuple(getattr(self, name) for name in self.__slots__)

    def contributions(self, studied: pa.Table) -> pa.Table:
        """Return [negative, neutral, positive, parts, toxic, toxic_parts] of each unit, in order."""
        sums = np.zeros((studied.num_rows, len(SCORES)), dtype=np.float32)
        parts = np.zeros(studied.num_rows, dtype=np.int32)
        for rows, buckets in slots(studied):
            sums[rows] = self.table[buckets].sum(axis=1)
            parts[rows] = (buckets > 0).sum(axis=1)
        columns = {name: pa.array(sums[:, place]) for place, name in enumerate(SCORES)}
        counted = pa.array(parts)
        return pa.table(
            {
                **{name: columns[name] for name in SCORES[:3]},
                "parts": counted,
                "toxic": columns["toxic"],
                "toxic_parts": counted,
            }
        )

    def scores(self, comments: Sequence[Sequence[str]], studied: pa.Table) -> tuple[Numbers, Numbers]:
        """Return (z of sentiment, a row of three each; z of toxicity) of comments given as lists of units.

        The plain reference for what the text engine does in bulk. `studied` has a row for every unit (column
        `word`).
        """
        added = self.contributions(studied)
        places = {word: place for place, word in enumerate(texts(studied["word"]))}
        values = np.column_stack([numbers(added[name]) for name in SCORES]).astype(np.float64)
        parts = numbers(added["parts"]).astype(np.float64)
        words = word_norms(studied)
        paired = pair_values(self.pairs)
        bias = np.array([*self.sentiment_bias, self.toxicity_bias])
        found = np.zeros((len(comments), len(SCORES)))
        for row, comment in enumerate(comments):
            at = [places[unit] for unit in comment]
            pairs = [paired[pair] for pair in neighbours([words[place] for place in at]) if pair in paired]
            total = values[at].sum(axis=0) + (np.sum(pairs, axis=0) if pairs else 0.0)
            found[row] = total / np.sqrt(parts[at].sum() + len(pairs) + 1) + bias
        return found[:, :3], found[:, 3]


def neighbours(words: Sequence[str | None]) -> list[tuple[str, str]]:
    """Return the pairs of neighbouring words of one comment; None stands for a unit that is no word."""
    return [(first, second) for first, second in pairwise(words) if first is not None and second is not None]


def pair_values(pairs: pa.Table) -> dict[tuple[str, str], Numbers]:
    """Return what each pair of neighbouring words adds to the scores."""
    values = np.column_stack([numbers(pairs[name]) for name in SCORES]).astype(np.float64)
    names = zip(texts(pairs["first"]), texts(pairs["second"]), strict=True)
    return dict(zip(names, values, strict=True))


def word_norms(studied: pa.Table) -> list[str | None]:
    """Return the norm of each unit that is a word."""
    kinds, norms = texts(studied["kind"]), texts(studied["norm"])
    return [norm if kind == "word" else None for kind, norm in zip(kinds, norms, strict=True)]


@cache
def shipped() -> Model:
    """Return the model that comes with the program."""
    return _read(WEIGHTS)


def _read(path: Path) -> Model:
    """Read a model from the arrays that core.text.train wrote; nothing in such a file can run."""
    with np.load(path, allow_pickle=False) as file:
        kept = {name: file[name] for name in file.files}
    table = np.zeros((int(kept["buckets"]), len(SCORES)), dtype=np.float32)
    table[np.cumsum(kept["steps"], dtype=np.int64)] = kept["weights"]
    joined = bytes(kept["pair_names"]).decode("utf-8")
    names = joined.split("\n") if joined else []
    columns = {"first": pa.array(names[0::2], pa.string()), "second": pa.array(names[1::2], pa.string())}
    for place, name in enumerate(SCORES):
        columns[name] = pa.array(kept["pair_weights"][:, place].astype(np.float32))
    negative, neutral, positive, toxic = (float(value) for value in kept["bias"])
    rows = [_three(row) for row in kept["map"]]
    slope, offset = (float(value) for value in kept["toxicity_map"])
    return Model(
        name=bytes(kept["name"]).decode("utf-8"),
        version=int(kept["version"]),
        table=table,
        pairs=pa.table(columns),
        sentiment_bias=(negative, neutral, positive),
        sentiment_map=(rows[0], rows[1], rows[2]),
        sentiment_offset=rows[3],
        unsure_below=float(kept["unsure_below"]),
        toxicity_bias=toxic,
        toxicity_map=(slope, offset),
        source=path,
    )


def _three(row: Numbers) -> Three:
    first, second, third = (float(value) for value in row)
    return first, second, third
