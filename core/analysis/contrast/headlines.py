"""The headline results of a set of comments, each with its interval and what it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from core.analysis.concentration import gini
from core.analysis.resampling import intervals
from core.analysis.stats import clustered
from core.analysis.stats.clusters import Codes, Sample
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N, Estimate, normal_quantile
from core.storage.reads_contrast import UNKNOWN_BELOW

TOPICS: Final = 3


@dataclass(frozen=True, slots=True)
class Headline:
    """One result: its value with an interval, None where too few are there to say, and what it names."""

    finding: str
    found: Estimate | None
    n: int
    names: str = ""


def moods(cells: pd.DataFrame) -> list[Headline]:
    """Return the share of negative comments, and that of positive ones less it."""
    negative, positive, judged = (_sums(cells, name) for name in ("negative", "positive", "judged"))
    by, n = _by(cells), int(judged.sum())
    balance = clustered.mean(Sample(positive - negative, judged, by, positive + negative))
    return [
        Headline("negative_share", clustered.share(Sample(negative, judged, by)), n),
        Headline("mood_balance", balance, n),
    ]


def of_cells(cells: pd.DataFrame, hour: int | None, resamples: int, seed: int) -> list[Headline]:
    """Return what sums per author and source tell: moods, rudeness, concentration, hour and source."""
    by, judged = _by(cells), _sums(cells, "judged")
    toxicity = clustered.mean(
        Sample(_sums(cells, "toxicity"), judged, by, _sums(cells, "toxicity_squares")), 0.0
    )
    dated = _sums(cells, "dated")
    in_hour = clustered.share(Sample(_sums(cells, "in_hour"), dated, by))
    return [
        *moods(cells),
        Headline("toxicity", toxicity, int(judged.sum())),
        _gini(cells, resamples, seed),
        _hour(hour, int(dated.sum())),
        Headline("busiest_hour_share", in_hour, int(dated.sum()), "" if hour is None else str(hour)),
        _top_source(cells),
    ]


def topics(found: pd.DataFrame, wanted: list[int]) -> list[Headline]:
    """Return the share of each wanted topic among the comments that topics were looked for in."""
    if found.empty:
        return [Headline(f"topic_{topic}_share", None, 0) for topic in wanted]
    wide = found.pivot_table("comments", ["author", "source"], "topic", aggfunc="sum", fill_value=0.0)
    frame = wide.reset_index()
    looked = wide.to_numpy(dtype=float).sum(axis=1)
    by = _by(frame)
    return [
        Headline(
            f"topic_{topic}_share",
            clustered.share(
                Sample(
                    wide[topic].to_numpy(dtype=float) if topic in wide else np.zeros(len(wide)), looked, by
                )
            ),
            int(looked.sum()),
        )
        for topic in wanted
    ]


def largest_topics(found: pd.DataFrame) -> list[int]:
    """Return the topics with most comments, "no topic" left out."""
    sizes = found[found["topic"] > 0].groupby("topic")["comments"].sum()
    return [int(each) for each in sizes.sort_values(ascending=False, kind="stable").index[:TOPICS]]


def answered(asked: pd.DataFrame) -> Headline:
    """Return the share of questions that who runs the page answered, clustered by asker."""
    events = asked["is_answered"].to_numpy(dtype=float)
    authors = asked["author"].to_numpy(dtype=np.int64)
    found = clustered.share(Sample(events, np.ones(len(events)), (authors,)))
    return Headline("questions_answered_share", found, len(events))


def words(baseline: dict[str, int], found: dict[str, int]) -> Headline:
    """Return Spearman's rank correlation of how frequent the words of the baseline are here and there.

    The interval is that of D. G. Bonett, T. A. Wright, Psychometrika 65, 2000, 23-28, eq. 4.
    """
    names = list(baseline)
    top = ", ".join(sorted(found, key=lambda word: (-found[word], word))[:5])
    here, there = (
        pd.Series([each.get(name, 0) for name in names], dtype=float) for each in (found, baseline)
    )
    if len(names) < MIN_N or here.nunique() < 2 or there.nunique() < 2:
        return Headline("top_words", None, len(names), top)
    value = float(np.clip(here.rank().corr(there.rank()), -1.0, 1.0))
    if value >= 1 - 1e-12:
        return Headline("top_words", Estimate(1.0, 1.0, 1.0, len(names)), len(names), top)
    half = normal_quantile() * np.sqrt((1 + value**2 / 2) / (len(names) - 3))
    low, high = np.tanh(np.arctanh(value) - half), np.tanh(np.arctanh(value) + half)
    return Headline("top_words", Estimate(value, float(low), float(high), len(names)), len(names), top)


def _hour(hour: int | None, n: int) -> Headline:
    if hour is None or n < MIN_N:
        return Headline("busiest_hour", None, n)
    return Headline("busiest_hour", Estimate(float(hour), float(hour), float(hour), n), n, str(hour))


def _gini(cells: pd.DataFrame, resamples: int, seed: int) -> Headline:
    known = cells[cells["author"] > UNKNOWN_BELOW]
    counts = np.sort(known.groupby("author")["comments"].sum().to_numpy(dtype=np.int64))
    if len(counts) < MIN_N:
        return Headline("author_gini", None, len(counts))
    low, high = intervals(counts, (), resamples, seed)[:, 0]
    value = float(gini(counts) or 0.0)
    found = Estimate(value, min(float(low), value), max(float(high), value), len(counts))
    return Headline("author_gini", found, len(counts))


def _top_source(cells: pd.DataFrame) -> Headline:
    sizes = cells.groupby("source")["comments"].sum()
    n = int(sizes.sum())
    if not n:
        return Headline("top_source_share", None, 0)
    top = str(sizes.idxmax())
    comments = _sums(cells, "comments")
    events = np.where((cells["source"] == top).to_numpy(), comments, 0.0)
    authors = cells["author"].to_numpy(dtype=np.int64)
    return Headline("top_source_share", clustered.share(Sample(events, comments, (authors,))), n, top)


def _by(cells: pd.DataFrame) -> tuple[Codes, ...]:
    """Return authors and sources as clusters; authors alone where there are few sources."""
    authors = cells["author"].to_numpy(dtype=np.int64)
    sources, names = pd.factorize(cells["source"])
    return (authors, sources.astype(np.int64)) if len(names) >= MIN_CLUSTERS else (authors,)


def _sums(cells: pd.DataFrame, name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.asarray(cells[name].to_numpy(dtype=float))
