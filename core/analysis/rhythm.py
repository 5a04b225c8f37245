"""Rhythm: comments per hour of the week, allowing for how often each such hour was."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pandas as pd

from core.analysis import activity
from core.analysis.described import Analysis, Asked, ResultField
from core.storage import reads

MAX_HOURS: Final = 1_000_000


def rhythm(frame: pd.DataFrame, figures: reads.Figures, tz: str) -> pd.DataFrame:
    """Return [weekday, hour, comments, hours, per_hour] for all 168 hours of the week; without dates none."""
    if figures.first_at is None or figures.last_at is None:
        return pd.DataFrame(columns=["weekday", "hour", "comments", "hours", "per_hour"])
    return activity.rhythm(frame, figures.first_at, figures.last_at, tz)


def _read(asked: Asked) -> tuple[pd.DataFrame, reads.Figures, str]:
    asked.refuse_long(timedelta(hours=1), MAX_HOURS, "from")
    return reads.per_hour_weekday(asked.store, asked.query, asked.cancel), asked.figures, asked.query.tz


ANALYSIS: Final = Analysis(
    name="rhythm",
    version=1,
    parameters=(),
    fields=(
        ResultField("weekday", "integer", "", "1 = Monday, in `tz`."),
        ResultField("hour", "integer", "", "0 to 23, in `tz`."),
        ResultField("comments", "integer", "comments", "Comments written in that hour of that weekday."),
        ResultField("hours", "integer", "hours", "How many such hours the time covered touches."),
        ResultField("per_hour", "number", "comments per hour", "Comments per such hour; null without any."),
    ),
    method="Counts by local weekday and hour, divided by the number of such hours between the first and the "
    "last comment, so that ten days do not make one weekday look twice as busy.",
    read=_read,
    compute=rhythm,
)
