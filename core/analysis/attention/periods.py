"""The hours or days between the first comment and the last one, none left out, and when they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np

from core.analysis.attention.levels import Counts
from core.storage.reads_attention_bursts import Step
from core.storage.zones import EPOCH, minute_of, offsets

MINUTES: Final[dict[Step, int]] = {"hour": 60, "day": 1440}
Times = np.ndarray[Any, np.dtype[np.datetime64]]


@dataclass(frozen=True, slots=True, eq=False)
class Periods:
    """Every period with its number of comments; `local` numbers them by local time from a Monday's midnight.

    `begins` is in minutes since 0001-01-01: UTC for hours, local for days.
    """

    step: Step
    tz: str
    begins: Counts
    counts: Counts
    local: Counts

    def edges(self, places: Counts) -> Counts:
        """Return the UTC minute at which each period begins; one place after the last one is its end."""
        length = MINUTES[self.step]
        begins: Counts = self.begins[0] + places * length
        if self.step == "hour":
            return begins
        zone = ZoneInfo(self.tz)
        moments = (EPOCH.replace(tzinfo=None) + timedelta(minutes=int(each)) for each in begins)
        return np.array(
            [minute_of(each.replace(tzinfo=zone).astimezone(UTC)) for each in moments], dtype=np.int64
        )


def filled(begins: Counts, comments: Counts, step: Step, tz: str) -> Periods:
    """Return every period from the first to the last, those without comments as 0."""
    if not len(begins):
        return Periods(step, tz, begins, comments, begins)
    length = MINUTES[step]
    places = (begins - begins[0]) // length
    every = begins[0] + np.arange(int(places[-1]) + 1) * length
    counts = np.zeros(len(every), dtype=np.int64)
    np.add.at(counts, places, comments)
    ahead = _ahead(every, tz) if step == "hour" else 0
    return Periods(step, tz, every, counts, (every + ahead) // length)


def moments(minutes: Counts) -> Times:
    """Return minutes since 0001-01-01 UTC as naive times in UTC."""
    times: Times = np.datetime64("0001-01-01T00:00", "us") + minutes.astype("timedelta64[m]")
    return times


def _ahead(minutes: Counts, tz: str) -> Counts:
    """Return how many minutes the zone is ahead of UTC at each UTC minute."""
    *changes, (_, last) = offsets(tz, int(minutes[0]), int(minutes[-1]))
    before = np.array([minute for minute, _ in changes], dtype=np.int64)
    values = np.array([*(ahead for _, ahead in changes), last], dtype=np.int64)
    return values[np.searchsorted(before, minutes, side="right")]
