"""Topics over time and by source: which share of each period's or source's comments each topic has."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from core.analysis.described import Analysis, Asked, Choice, Found, Note, ResultField
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N, TAIL, normal_quantile, wilson
from core.analysis.themes.documents import Numbers
from core.analysis.themes.keeping import described, kept_note
from core.storage import reads_topic_cells, reads_topics

FIRST_DAY: Final = date(1, 1, 1)
MOST_CELLS: Final = 20_000
SHORTEST: Final = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=28)}


def shares(frame: pd.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
    """Return each row's share of its cell's comments and the ends of its interval, from sums over authors.

    `frame` is as `topics_per_cell` gives it. The variance is that of a ratio over whole clusters (Kish
    1965, Survey Sampling, 6.5), the interval Wilson's over the effective number (Korn & Graubard 1998) with
    Student's t for one degree less than there are authors. Missing where a cell has too few comments or
    authors to say.
    """
    names = ("comments", "squares", "products", "size", "authors", "size_squares")
    hits, squares, products, size, authors, whole = (frame[name].to_numpy(dtype=float) for name in names)
    is_enough = (size >= MIN_N) & (authors >= MIN_CLUSTERS) & frame["topic"].notna().to_numpy()
    size, freedom = np.where(is_enough, size, 1.0), np.where(is_enough, authors - 1, 1.0)
    share = np.clip(hits / size, 0.0, 1.0)
    between = (squares - 2 * share * products + share**2 * whole) * (freedom + 1) / freedom
    simple = size * share * (1 - share)
    effect = np.maximum(np.divide(between, simple, out=np.ones_like(size), where=simple > 0), 1.0)
    # Wilson's ends depend on z * z / n alone, so a wider quantile is a smaller number.
    smaller = (normal_quantile() / stdtrit(freedom, 1 - TAIL)) ** 2
    low, high = wilson(share, size / effect * smaller)
    found = (np.where(is_enough, each, np.nan) for each in (share, low, high))
    return tuple(found)  # type: ignore[return-value]  # three of them


def begins(days: Numbers, tz: str) -> list[datetime]:
    """Return the instants (naive UTC) at which local days begin, given as numbers from 0001-01-01."""
    zone = ZoneInfo(tz)
    starts = (datetime.combine(FIRST_DAY + timedelta(days=int(day)), time(), tzinfo=zone) for day in days)
    return [pd.Timestamp(start).tz_convert("UTC").tz_localize(None).to_pydatetime() for start in starts]


def _work(asked: Asked) -> Found:
    over = asked.params["over"]
    if over != "source":
        asked.refuse_long(SHORTEST[over], MOST_CELLS, "over")
    fit = reads_topics.stored_fit(asked.store)
    frame = reads_topic_cells.topics_per_cell(asked.store, asked.query, over, asked.cancel)
    names = {place: each.name for place, each in enumerate(described(fit), 1)} if fit else {}
    share, low, high = shares(frame)
    columns: dict[str, Any] = {
        **cells(asked, frame),
        "topic": frame["topic"].astype("Int64"),
        "name": [names.get(topic) for topic in frame["topic"]],
        "comments": frame["comments"],
        "n": frame["size"],
        "share": share,
        "low": low,
        "high": high,
    }
    unplaced = int(frame.loc[frame["topic"].isna(), "comments"].sum())
    notes = [kept_note(asked, fit) if fit else Note("topics_none")]
    if fit and unplaced:
        notes.append(Note("topics_unplaced", {"unplaced": unplaced}))
    return Found(columns, {"fit": fit.fit_id if fit else None, "unplaced": unplaced}, tuple(notes))


def cells(asked: Asked, frame: pd.DataFrame) -> dict[str, Any]:
    """Return the columns that say which period or source a row is about, none where it is about all."""
    places = frame["cell"].tolist()
    nothing = [None] * len(places)
    if asked.params["over"] == "source":
        titles = reads_topic_cells.source_titles(asked.store, sorted({*places}))
        return {"period": nothing, "source": places, "title": [titles.get(each, "") for each in places]}
    is_time = asked.params["over"] in SHORTEST
    periods = begins(np.array(places), asked.query.tz) if is_time else nothing
    return {"period": periods, "source": nothing, "title": nothing}


ANALYSIS: Final = Analysis(
    name="topics_over",
    version=1,
    parameters=(
        Choice("over", "week", (*SHORTEST, "source"), "Periods in `tz` (weeks begin on Monday) or sources."),
    ),
    fields=(
        ResultField("period", "time", "", "When the period begins; null by source."),
        ResultField("source", "text", "", "Key of the source; null by period."),
        ResultField("title", "text", "", "Its title, often empty; null by period."),
        ResultField(
            "topic", "integer", "", "Number of the topic, 0: belongs to none; null: was not looked at."
        ),
        ResultField("name", "text", "", "What the topic is called; null for none."),
        ResultField(
            "comments", "integer", "comments", "Comments of the period or source that have the topic."
        ),
        ResultField("n", "integer", "comments", "Its comments that were looked at: the share is of these."),
        ResultField("share", "number", "share of comments", "0 to 1; null where there are too few to say."),
        ResultField("low", "number", "share of comments", "Lower end of the 95 % interval."),
        ResultField("high", "number", "share of comments", "Upper end of the 95 % interval."),
    ),
    method="Counts of comments by the topics that were found last, see `topics`. Intervals: Wilson 1927 "
    "over the effective number of comments, clustered by author (Kish 1965; Korn & Graubard 1998), "
    f"with Student's t. Below {MIN_N} comments or {MIN_CLUSTERS} authors: too few to say. Periods "
    "without comments are left out.",
    group="themes",
    work=_work,
)
