"""Comments over time: periods without comments made visible, and the rhythm of the week per hour that was."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

Unit = Literal["hour", "day", "week", "month"]

_STEPS: dict[Unit, str] = {"hour": "h", "day": "D", "week": "7D", "month": "MS"}


def fill(
    frame: pd.DataFrame, unit: Unit, since: datetime | None = None, until: datetime | None = None
) -> pd.DataFrame:
    """Return the frame with a row for every period from `since` to `until` (both inside), missing ones as 0.

    `period` and both ends are naive local times; an end left out is the frame's own first or last period.
    """
    periods = frame["period"]
    if frame.empty and (since is None or until is None):
        return frame
    first = _start(pd.Timestamp(since) if since else periods.min(), unit)
    last = _start(pd.Timestamp(until) if until else periods.max(), unit)
    every = pd.date_range(first, last, freq=_STEPS[unit], unit="us", name="period")
    filled = frame.set_index("period").reindex(every, fill_value=0)
    return filled.reset_index()


def summed(hours: pd.DataFrame, unit: Unit) -> pd.DataFrame:
    """Return [period, comments, replies] of longer periods from those of hours, all in naive local time."""
    at = hours["period"]
    if unit == "hour" or hours.empty:
        return hours
    begin = at.dt.normalize()
    if unit == "week":
        begin -= pd.to_timedelta(at.dt.day_of_week, unit="D")
    elif unit == "month":
        begin -= pd.to_timedelta(at.dt.day - 1, unit="D")
    counts = hours.assign(period=begin).groupby("period", as_index=False)[["comments", "replies"]].sum()
    return counts.astype({"period": at.dtype})


def rhythm(frame: pd.DataFrame, first: datetime, last: datetime, tz: str) -> pd.DataFrame:
    """Return [weekday 1-7, hour 0-23, comments, hours, per_hour] for all 168 hours of the week in `tz`.

    `hours` says how many such hours the time from `first` to `last` (aware UTC) touches, so that a range of
    ten days does not make Monday look twice as busy; `per_hour` is missing (NaN) where there was none.
    """
    week = pd.MultiIndex.from_product([range(1, 8), range(24)], names=["weekday", "hour"])
    comments = frame.set_index(["weekday", "hour"])["comments"].reindex(week, fill_value=0)
    hours = _hours_of_week(first, last, tz)
    per_hour = np.divide(
        comments.to_numpy(dtype=float), hours, out=np.full(len(week), np.nan), where=hours > 0
    )
    return week.to_frame(index=False).assign(
        comments=comments.to_numpy(dtype="int64"), hours=hours, per_hour=per_hour
    )


def _start(moment: pd.Timestamp, unit: Unit) -> pd.Timestamp:
    """Return the beginning of the period that holds a moment."""
    if unit == "hour":
        return moment.floor("h")
    day = moment.normalize()
    if unit == "week":
        return day - pd.Timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day


def _hours_of_week(first: datetime, last: datetime, tz: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Count the local hours from `first` to `last` by weekday and hour; a repeated hour counts twice."""
    local = first.astimezone(ZoneInfo(tz))
    begin = (first - (local - local.replace(minute=0, second=0, microsecond=0))).astimezone(UTC)
    every = pd.date_range(begin, last.astimezone(UTC), freq="h").tz_convert(tz)
    return np.bincount(every.day_of_week.to_numpy() * 24 + every.hour.to_numpy(), minlength=168)
