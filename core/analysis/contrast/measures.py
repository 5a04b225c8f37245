"""What two sets are compared by: each measure as sums over authors, posts or days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from core.analysis.stats.clusters import Codes, Sample
from core.analysis.stats.intervals import MIN_CLUSTERS, Numbers
from core.storage.reads_contrast import UNKNOWN_BELOW

MAX_DAYS: Final = 20_000
HOURS: Final = 24.0

# name: (sum of the value, number of comments looked at, sum of squares of the value)
SHARES: Final[dict[str, tuple[str, str]]] = {
    "reply_share": ("replies", "comments"),
    "question_share": ("questions", "read"),
    "negative_share": ("negative", "judged"),
    "positive_share": ("positive", "judged"),
    "deleted_share": ("deleted", "comments"),
    "attachment_share": ("attachments", "standing"),
    "link_share": ("links", "read"),
    "night_share": ("night", "dated"),
}
MEANS: Final[dict[str, tuple[str, str, str]]] = {
    "likes_per_comment": ("likes", "liked", "likes_squares"),
    "toxicity": ("toxicity", "judged", "toxicity_squares"),
}
NAMES: Final = (
    "comments_per_day",
    "comments_per_author",
    "reply_share",
    "likes_per_comment",
    "question_share",
    "negative_share",
    "positive_share",
    "toxicity",
    "deleted_share",
    "attachment_share",
    "link_share",
    "night_share",
    "median_length",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure of both sets: a share, a mean, or the share at most as long as a median (`lengths`).

    `units` are what is permuted in the rows of each: authors, or days. `longer` has, for the median alone,
    the sums of comments longer than the median of both; `by_author`, for comments per day alone, what each
    author adds to it in both sets.
    """

    name: str
    kind: str
    a: Sample
    b: Sample
    units_a: Codes
    units_b: Codes
    scale: float = 1.0
    longer: tuple[Numbers, Numbers] | None = None
    by_author: tuple[Numbers, Numbers] | None = None


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many comments of each set have so many words, ascending."""

    words: Numbers
    in_a: Numbers
    in_b: Numbers

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Lengths:
        """Take them out of what `reads_contrast.lengths` gives."""
        return cls(*(frame[name].to_numpy(dtype=float) for name in ("length", "in_a", "in_b")))

    def medians(self) -> tuple[float, float, float]:
        """Return the medians of the first set, of the second and of both; 0 where there is nothing."""
        one, two, both = (
            at(self.words, often, 0.5) for often in (self.in_a, self.in_b, self.in_a + self.in_b)
        )
        return one, two, both


def at(values: Numbers, often: Numbers, share: float) -> float:
    """Return the least of values (ascending), occurring so often, with that share of all at or below it."""
    if not often.sum():
        return 0.0
    place = int(np.searchsorted(np.cumsum(often), round(share * float(often.sum()), 9), side="left"))
    return float(values[min(place, len(values) - 1)])


def pairs(cells: pd.DataFrame, days: pd.DataFrame) -> Iterator[Pair]:
    """Yield every measure in the order of NAMES."""
    made = {each.name: each for each in (*_by_cells(cells), _per_author(cells), _per_day(days, cells))}
    yield from (made[name] for name in NAMES)


def _by_cells(cells: pd.DataFrame) -> Iterator[Pair]:
    a, b = cells[cells["in_a"]], cells[cells["in_b"]]
    for name, (events, looked) in SHARES.items():
        yield _pair(name, "share", (a, events, looked, None), (b, events, looked, None))
    for name, (total, looked, squares) in MEANS.items():
        yield _pair(name, "mean", (a, total, looked, squares), (b, total, looked, squares))
    longer = (_numbers(a, "longer"), _numbers(b, "longer"))
    found = _pair(
        "median_length", "lengths", (a, "to_median_a", "measured", None), (b, "to_median_b", "measured", None)
    )
    yield replace(found, longer=longer)


Rows = tuple[pd.DataFrame, str, str, str | None]


def _pair(name: str, kind: str, a: Rows, b: Rows) -> Pair:
    """Return a measure clustered by author and post; by author alone where a set has few posts."""
    posts = min(frame.loc[frame[looked] > 0, "post"].nunique() for frame, _, looked, _ in (a, b))
    by = ("author", "post") if posts >= MIN_CLUSTERS else ("author",)
    samples = [
        Sample(
            _numbers(frame, total),
            _numbers(frame, looked),
            tuple(_codes(frame, each) for each in by),
            None if squares is None else _numbers(frame, squares),
        )
        for frame, total, looked, squares in (a, b)
    ]
    return Pair(name, kind, samples[0], samples[1], _codes(a[0], "author"), _codes(b[0], "author"))


def _per_author(cells: pd.DataFrame) -> Pair:
    """Return comments per author: each known author is one that was looked at."""
    known = cells[cells["author"] > UNKNOWN_BELOW]
    samples, units = [], []
    for name in ("in_a", "in_b"):
        wrote = known[known[name]].groupby("author")["comments"].sum()
        authors = wrote.index.to_numpy(dtype=np.int64)
        samples.append(Sample(wrote.to_numpy(dtype=float), np.ones(len(wrote)), (authors,)))
        units.append(authors)
    return Pair("comments_per_author", "mean", samples[0], samples[1], units[0], units[1])


def _per_day(days: pd.DataFrame, cells: pd.DataFrame) -> Pair:
    """Return comments per day: each local day from the first to the last of a set, empty ones too.

    Days are what clusters and is permuted: comments come in bursts. They weigh 24 hours each. That a few
    authors may write most of them is what `by_author` is for.
    """
    samples, units = [], []
    for name in ("in_a", "in_b"):
        seen = days.loc[days[name] > 0, ["day", name]]
        numbers = seen["day"].to_numpy(dtype=np.int64)
        span = int(numbers.max() - numbers.min()) + 1 if len(numbers) else 0
        every = np.arange(span if span <= MAX_DAYS else 0, dtype=np.int64) + (numbers.min() if span else 0)
        counts = np.zeros(len(every))
        if len(every):
            counts[numbers - numbers.min()] = seen[name].to_numpy(dtype=float)
        samples.append(Sample(counts, np.full(len(every), HOURS), (every,)))
        units.append(every)
    return Pair(
        "comments_per_day",
        "mean",
        samples[0],
        samples[1],
        units[0],
        units[1],
        scale=HOURS,
        by_author=_rates(cells, len(units[0]), len(units[1])),
    )


def _rates(cells: pd.DataFrame, days_a: int, days_b: int) -> tuple[Numbers, Numbers]:
    """Return the comments per day of each author in both sets, who is in neither with a date left out."""
    codes, named = pd.factorize(cells["author"])
    found = [
        np.bincount(codes, np.where(cells[name], cells["dated"], 0.0), len(named)) / max(1, number)
        for name, number in (("in_a", days_a), ("in_b", days_b))
    ]
    kept = found[0] + found[1] > 0
    return np.asarray(found[0][kept]), np.asarray(found[1][kept])


def _numbers(frame: pd.DataFrame, name: str) -> Numbers:
    return np.asarray(frame[name].to_numpy(dtype=float))


def _codes(frame: pd.DataFrame, name: str) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.asarray(frame[name].to_numpy(dtype=np.int64))
