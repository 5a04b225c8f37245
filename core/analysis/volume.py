"""Volume: how many comments, replies and authors there were in each hour, day, week or month."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from core.analysis import activity
from core.analysis.described import Analysis, Asked, Choice, ResultField
from core.storage import reads

MAX_PERIODS: Final = 200_000
SHORTEST: Final[dict[activity.Unit, timedelta]] = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=28),
}


def volume(frame: pd.DataFrame, unit: activity.Unit, tz: str) -> pd.DataFrame:
    """Return [period, comments, replies, authors] with no period left out, `period` in naive UTC.

    `frame` has the naive local beginnings of the periods that hold anything.
    """
    filled = activity.fill(frame, unit)
    zone = ZoneInfo(tz)
    begins = [each.to_pydatetime().replace(tzinfo=zone) for each in filled["period"]]
    return filled.assign(
        period=pd.to_datetime(pd.Series(begins, dtype=object), utc=True).dt.tz_localize(None)
    )


def _read(asked: Asked) -> tuple[pd.DataFrame, activity.Unit, str]:
    unit: activity.Unit = asked.params["per"]
    asked.refuse_long(SHORTEST[unit], MAX_PERIODS, "per")
    return reads.per_period(asked.store, asked.query, unit, asked.cancel), unit, asked.query.tz


ANALYSIS: Final = Analysis(
    name="volume",
    version=1,
    parameters=(Choice("per", "day", tuple(SHORTEST), "Length of a period in `tz`; weeks begin on Monday."),),
    fields=(
        ResultField("period", "time", "", "When the period begins."),
        ResultField("comments", "integer", "comments", "Comments written in it."),
        ResultField("replies", "integer", "comments", "Those that are replies."),
        ResultField("authors", "integer", "authors", "Different authors of them."),
    ),
    method="Counts by local time, from the first comment's period to the last one's, empty periods as 0. "
    "Comments without a date are left out.",
    read=_read,
    compute=volume,
)
