"""Local time as whole-number arithmetic: how many minutes a zone is ahead of UTC, and from when to when.

Minutes are counted from 0001-01-01 UTC, as in the column `minute_no`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1, 1, 1, tzinfo=UTC)
DAY_MINUTES = 1440

# Changes of the clock are looked for between these; beyond, the nearest offset counts.
_FIRST = datetime(1950, 1, 1, tzinfo=UTC)
_LAST = datetime(2100, 1, 1, tzinfo=UTC)


def minute_of(moment: datetime) -> int:
    """Return the number of the UTC minute that holds an aware moment."""
    return (moment - EPOCH) // timedelta(minutes=1)


def offsets(tz: str, first_minute: int, last_minute: int) -> list[tuple[int | None, int]]:
    """Return (before this UTC minute, minutes ahead of UTC) in order; the last one holds for ever (None)."""
    low = max(first_minute // DAY_MINUTES, minute_of(_FIRST) // DAY_MINUTES)
    high = min(last_minute // DAY_MINUTES + 1, minute_of(_LAST) // DAY_MINUTES)
    return list(_offsets(tz, min(low, high), high))


@lru_cache(maxsize=256)
def _offsets(tz: str, first_day: int, last_day: int) -> tuple[tuple[int | None, int], ...]:
    zone = ZoneInfo(tz)
    found: list[tuple[int | None, int]] = []
    before = _ahead(zone, first_day * DAY_MINUTES)
    for day in range(first_day, last_day):
        after = _ahead(zone, (day + 1) * DAY_MINUTES)
        if after != before:
            found.append((_change(zone, day * DAY_MINUTES, (day + 1) * DAY_MINUTES), before))
            before = after
    return (*found, (None, before))


def _change(zone: ZoneInfo, low: int, high: int) -> int:
    """Find the first minute after `low` whose offset is another, by halving."""
    start = _ahead(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _ahead(zone, middle) == start else (low, middle)
    return high


def _ahead(zone: ZoneInfo, minute: int) -> int:
    offset = (EPOCH + timedelta(minutes=minute)).astimezone(zone).utcoffset()
    return (offset or timedelta()) // timedelta(minutes=1)
