"""The mood of replies: the mean of positive minus negative probability, -1 to 1, with its interval.

Replies within a cluster (a thread, or all that one author wrote) are alike; the interval is that of
`core.analysis.mood.grouped` for means, moved from 0..1 to -1..1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from core.analysis.described import Asked, Note, ResultField
from core.analysis.mood import grouped
from core.analysis.mood.trust import notes_for
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N

METHOD: Final = (
    "Mood: the mean of positive minus negative probability over the replies that the model judged, null "
    "below 30 of them or 5 {clusters}; its 95 % interval takes {clusters} as clusters (Bell & McCaffrey "
    "2002)."
)
DIGITS: Final = 6
"""Further ones depend on the order in which threads add."""
_EPSILON: Final = 1e-12


def summed(links: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return the sums that `told` takes per group of `keys`, those who answer being the clusters.

    `links` has [answering, judged, lean, lean_squares] and the keys; so has the answer, but a group whose
    replies were not judged has no row.
    """
    judged = links[links["judged"] > 0]
    cells = judged.groupby([*keys, "answering"], sort=False)[["judged", "lean", "lean_squares"]].sum()
    size, lean = cells["judged"].astype(float), cells["lean"]
    n = size.groupby(level=list(range(len(keys)))).transform("sum")
    weight = 1 / np.maximum(1 - size / n, _EPSILON)
    parts = pd.DataFrame(
        {
            "n": size,
            "clusters": 1.0,
            "size_products": weight * size**2,
            "size_2": size**2,
            "size_3": size**3,
            "size_4": size**4,
            "lean": lean,
            "lean_squares_within": cells["lean_squares"],
            "lean_squares": weight * lean**2,
            "lean_products": weight * lean * size,
        }
    )
    return parts.groupby(level=list(range(len(keys)))).sum().reset_index()


def told(sums: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return [mood, mood_low, mood_high, mood_n] by the keys, NaN but for `mood_n` where too few to say."""
    enough = sums[(sums["n"] >= MIN_N) & (sums["clusters"] >= MIN_CLUSTERS)]
    # Where all replies have one mood their spread is a rounding error, which may be nothing in one place.
    with np.errstate(divide="ignore"):
        found = grouped.mean(enough, "lean")
    ends = {"mood": found.value, "mood_low": found.low, "mood_high": found.high}
    moods = pd.DataFrame({name: np.round(2 * each - 1, DIGITS) for name, each in ends.items()}, enough.index)
    counts = sums[list(keys)].assign(mood_n=sums["n"].astype("int64"))
    return counts.join(moods).set_index(list(keys))[[*ends, "mood_n"]]


def with_moods(
    rows: pd.DataFrame, moods: pd.DataFrame, keys: Sequence[str], prefix: str = ""
) -> pd.DataFrame:
    """Return the rows with the moods of their keys; who was not judged has none, of n = 0."""
    joined = rows.join(moods.add_prefix(prefix), on=list(keys))
    return joined.fillna({f"{prefix}mood_n": 0})


def notes(asked: Asked, rows: pd.DataFrame, *columns: str) -> tuple[Note, ...]:
    """Return what a reader must know of moods: whether they were checked, and how many are not told."""
    if not len(rows):
        return ()
    few = int(rows[list(columns)].isna().sum().sum())
    told_of = (Note("replies_mood_few", {"cells": few, "least": MIN_N, "clusters": MIN_CLUSTERS}),)
    return (*notes_for(asked, "sentiment"), *(told_of if few else ()))


def fields(of: str, prefix: str = "") -> tuple[ResultField, ...]:
    """Return the columns of a mood; `of` says whose, such as "replies it got"."""
    return (
        ResultField(f"{prefix}mood", "number", "-1 to 1", f"Mean mood of {of}; null: too few to say."),
        ResultField(f"{prefix}mood_low", "number", "-1 to 1", "Lower end of its 95 % interval."),
        ResultField(f"{prefix}mood_high", "number", "-1 to 1", "Upper end of its 95 % interval."),
        ResultField(f"{prefix}mood_n", "integer", "replies", "How many of them the model judged."),
    )
