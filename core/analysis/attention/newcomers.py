"""Newcomers and regulars: who writes for the first time in a period, who returns, who stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from core.analysis.attention.certainty import Numbers, share_interval, share_told
from core.analysis.described import Analysis, Asked, Choice, Found, Note, ResultField, WholeNumber
from core.storage import reads_attention_authors as reads

MAX_PERIODS: Final = 10_000
SHORTEST: Final[dict[reads.Step, timedelta]] = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=28),
}


def loyal(frame: pd.DataFrame, after: int) -> pd.DataFrame:
    """Return the periods, none left out, with the shares of newcomers, who stayed, and regulars.

    Who stayed is known of a period only when `after` whole periods have passed since.
    """
    if frame.empty:
        return frame
    numbers = frame["period"]
    every = pd.RangeIndex(int(numbers.min()), int(numbers.max()) + 1, name="period")
    filled = frame.set_index("period").reindex(every, fill_value=0).reset_index()
    is_over = filled["period"] + after < int(numbers.max())
    stayed = share_interval(filled["stayed"], filled["newcomers"].where(is_over, 0))
    return filled.assign(
        returning=filled["authors"] - filled["newcomers"],
        stayed=filled["stayed"].where(is_over),
        **_named("new", share_interval(filled["newcomers"], filled["authors"])),
        **_named("stay", stayed),
        **_named("regular", share_interval(filled["regulars"], filled["authors"])),
    )


def beginning(period: int, per: reads.Step, tz: str) -> datetime:
    """Return when a numbered local period begins, as naive UTC."""
    days = {"day": period, "week": period * 7}.get(per)
    first = (
        date(1, 1, 1) + timedelta(days=days) if days is not None else date(period // 12, period % 12 + 1, 1)
    )
    local = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(tz))
    return local.astimezone(UTC).replace(tzinfo=None)


def _named(name: str, ends: tuple[Numbers, ...]) -> dict[str, Numbers]:
    return dict(zip((f"{name}_share", f"{name}_low", f"{name}_high"), ends, strict=True))


def _work(asked: Asked) -> Found:
    per: reads.Step = asked.params["per"]
    weeks = asked.params["weeks"]
    asked.refuse_long(SHORTEST[per], MAX_PERIODS, "per")
    found = reads.newcomers(asked.store, asked.query, per, asked.params["after"], weeks, cancel=asked.cancel)
    frame = loyal(found, asked.params["after"])
    begins = [beginning(int(each), per, asked.query.tz) for each in frame["period"]]
    frame = frame.assign(starts=np.array(begins, dtype="datetime64[us]"))
    for name in (each.name for each in FIELDS if each.name not in frame):
        frame[name] = None
    authors, regulars, once = reads.loyalty(asked.store, asked.query, weeks, asked.cancel)
    summary = {
        "authors": authors,
        "newcomers": int(found["newcomers"].sum()),
        **share_told("regular_share", regulars, authors),
        **share_told("once_share", once, authors),
    }
    return Found(frame, summary, (Note("newcomers_since", {"weeks": weeks}),))


def _share(name: str, meaning: str, n: str) -> tuple[ResultField, ...]:
    unit = "share of authors"
    return (
        ResultField(f"{name}_share", "number", unit, f"{meaning}; n = `{n}`."),
        ResultField(f"{name}_low", "number", unit, "Lower end of its 95 % interval."),
        ResultField(f"{name}_high", "number", unit, "Upper end of its 95 % interval."),
    )


FIELDS: Final = (
    ResultField("starts", "time", "", "When the period begins."),
    ResultField("comments", "integer", "comments", "Comments of known authors written in it."),
    ResultField("authors", "integer", "authors", "Different authors of them."),
    ResultField("newcomers", "integer", "authors", "Those whose first comment in the whole dataset it has."),
    ResultField("returning", "integer", "authors", "The others."),
    ResultField("newcomer_comments", "integer", "comments", "Comments of the newcomers."),
    *_share("new", "Part of the authors that is new", "authors"),
    ResultField(
        "stayed", "integer", "authors", "Newcomers who wrote again soon; null while that is not over."
    ),
    *_share("stay", "Part of the newcomers who stayed", "newcomers"),
    ResultField("regulars", "integer", "authors", "Authors of the period who write in many weeks."),
    *_share("regular", "Part of the authors that is regular", "authors"),
)

ANALYSIS: Final = Analysis(
    name="newcomers",
    version=1,
    group="attention",
    parameters=(
        Choice("per", "week", ("day", "week", "month"), "Length of a period in `tz`; weeks begin on Monday."),
        WholeNumber("after", 4, 1, 60, "Who writes again within so many periods after the first has stayed."),
        WholeNumber("weeks", 4, 2, 520, "In how many different weeks a regular wrote at least."),
    ),
    fields=FIELDS,
    method="New is an author whose first comment in the whole dataset, whatever the query is, stands in "
    "the period. Stayed: wrote again, within the query, in one of the next `after` periods; known "
    "once these are over. Regular: wrote, within the query, in `weeks` or more different local "
    "weeks. Shares of authors with Wilson's (1927) 95 % interval; below 30 authors they are null.",
    work=_work,
)
