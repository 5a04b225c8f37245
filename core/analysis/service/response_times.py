"""The response clock: how long questions wait for an answer, over time, by hour, weekday and source."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from core.analysis.described import Analysis, Asked, Cell, Choice, Found, ResultField, WholeNumber
from core.analysis.service.questions import CURVES, RULE, curve_of, notes_of, share_of, summary_of, told
from core.analysis.service.survival import Curve
from core.storage import reads_service as reads

MAX_PERIODS: Final = 2_000
SHORTEST: Final[dict[str, timedelta]] = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=28),
}
POINTS: Final = (0.0, 0.25, 0.5, 1, 2, 3, 6, 12, 24, 36, 48, 72, 96, 120, 144, 168, 240, 336, 504, 720)
"""Hours at which the curve is told."""


def curve_rows(curve: Curve) -> list[dict[str, Cell]]:
    """Return which share was answered within each of POINTS, as far as it was watched."""
    rows: list[dict[str, Cell]] = []
    for hours in POINTS:
        found = curve.share_within(hours)
        if found is not None:
            waiting = int((curve.hours >= hours).sum())
            rows.append({"hours": hours, "waiting": waiting, "n": found.n, **told("answered_share", found)})
    return rows


def group_rows(asked: pd.DataFrame) -> list[dict[str, Cell]]:
    """Return the clock of each group, `key` being its place in order."""
    rows: list[dict[str, Cell]] = []
    for key, group in asked[["key", "author", "is_answered", "hours"]].groupby("key", sort=True):
        curve = curve_of(group)
        rows.append(
            {
                "key": _plain(key),
                "n": len(group),
                "answered": int(group["is_answered"].sum()),
                "waiting": int((~group["is_answered"]).sum()),
                **told("answered_share", share_of(group, "is_answered")),
                **told("median_hours", curve.time_of(0.5)),
                **told("within_1h_share", curve.share_within(1.0)),
                **told("within_24h_share", curve.share_within(24.0)),
            }
        )
    return rows


def keyed(asked: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the questions with the `key` of their group: a local period, hour or weekday, or a source."""
    minute = asked["minute"].to_numpy(dtype=np.int64)
    days = minute // 1440
    if by == "source":
        return asked.assign(key=asked["source"].astype(str))
    if by == "month":
        months = (np.datetime64("0001-01-01", "D") + days).astype("datetime64[M]").astype(np.int64)
        return asked.assign(key=months)
    keys = {
        "day": days,
        "week": days // 7 * 7,
        "weekday": days % 7 + 1,
        "hour": minute // 60 % 24,
        "hour_of_week": minute // 60 % 168,
    }
    return asked.assign(key=keys[by])


def _plain(key: Hashable) -> Cell:
    return key if isinstance(key, str) else int(key)  # type: ignore[call-overload]  # a number


def _named(row: dict[str, Cell], by: str, tz: str, titles: dict[str, str]) -> dict[str, Cell | datetime]:
    """Return a row with the columns that say which group it is of."""
    key = row["key"]
    if isinstance(key, str):
        return {**row, "source": key, "title": titles.get(key, "")}
    number = int(key or 0)
    if by in SHORTEST:
        return {**row, "period": _beginning(number, by, tz)}
    if by == "weekday":
        return {**row, "weekday": number}
    return {**row, "hour": number % 24, **({"weekday": number // 24 + 1} if by == "hour_of_week" else {})}


def _beginning(number: int, by: str, tz: str) -> datetime:
    """Return when a numbered local period begins, as naive UTC; days count from 0001-01-01."""
    if by == "month":
        months = 1970 * 12 + number
        first = date(months // 12, months % 12 + 1, 1)
    else:
        first = date(1, 1, 1) + timedelta(days=number)
    local = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(tz))
    return local.astimezone(UTC).replace(tzinfo=None)


def _work(asked: Asked) -> Found:
    by = str(asked.params["by"])
    if by in SHORTEST:
        asked.refuse_long(SHORTEST[by], MAX_PERIODS, "by")
    found = reads.questions(asked.store, asked.query, asked.cancel)
    summary = summary_of(found)
    notes = notes_of(summary)
    if summary["answered"] is None:
        return Found(_frame([]), summary, notes)
    if by == "curve":
        return Found(_frame(curve_rows(curve_of(found))), summary, notes)
    grouped = keyed(found, by)
    if by == "source":
        most = grouped["key"].value_counts().head(int(asked.params["top"])).index
        grouped = grouped[grouped["key"].isin(most)]
    rows = group_rows(grouped)
    titles = {}
    if by == "source":
        rows.sort(key=lambda row: (-int(row["n"] or 0), str(row["key"])))
        titles = reads.titles(asked.store, [str(row["key"]) for row in rows], asked.cancel)
    return Found(_frame([_named(row, by, asked.query.tz, titles) for row in rows]), summary, notes)


def _frame(rows: list[dict[str, Cell]] | list[dict[str, Cell | datetime]]) -> pd.DataFrame:
    return pd.DataFrame({each.name: [row.get(each.name) for row in rows] for each in FIELDS}, dtype=object)


def _ends(name: str, unit: str, meaning: str) -> tuple[ResultField, ...]:
    return (
        ResultField(name, "number", unit, meaning),
        ResultField(f"{name}_low", "number", unit, "Lower end of its 95 % interval."),
        ResultField(f"{name}_high", "number", unit, "Upper end of its 95 % interval; null: not known yet."),
    )


FIELDS: Final = (
    ResultField("hours", "number", "hours", "Of the curve: how long after the question; null for groups."),
    ResultField("period", "time", "", "When the period begins; null for other groups."),
    ResultField("weekday", "integer", "", "1 (Monday) to 7, of when it was asked; null for other groups."),
    ResultField("hour", "integer", "", "0 to 23, of when it was asked; null for other groups."),
    ResultField("source", "text", "", "Key of the source; null for other groups."),
    ResultField("title", "text", "", "Its title, often empty; null for other groups."),
    ResultField("n", "integer", "comments", "Questions that the figures are about."),
    ResultField(
        "answered", "integer", "comments", "Those answered by who runs the page; null for the curve."
    ),
    ResultField("waiting", "integer", "comments", "Those open; of the curve: those still waiting then."),
    *_ends("answered_share", "0 to 1", "Share answered; of the curve: within `hours`."),
    *_ends("median_hours", "hours", "Within how long half are answered; null: not known yet."),
    *_ends("within_1h_share", "0 to 1", "Share answered within an hour."),
    *_ends("within_24h_share", "0 to 1", "Share answered within a day."),
)

ANALYSIS: Final = Analysis(
    name="response_times",
    version=1,
    group="service",
    reads_texts=True,
    parameters=(
        Choice(
            "by",
            "curve",
            ("curve", "day", "week", "month", "weekday", "hour", "hour_of_week", "source"),
            "The curve of all questions, or the clock of groups; local time of when it was asked.",
        ),
        WholeNumber("top", 50, 1, 500, "How many sources, those with most questions first."),
    ),
    fields=FIELDS,
    method=RULE + CURVES + " Too few to say, and null, below 30 questions or 5 askers.",
    work=_work,
)
