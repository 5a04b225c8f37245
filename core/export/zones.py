"""Turn whole columns of UTC times into local ones with the zone data Python has.

Arrow's own conversion needs a zone database that Windows lacks. A zone's offset is asked for once per day
in the column, and per value only on the few days it changes.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Micros = NDArray[np.int64]

DAY_US = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def local_micros(micros: Micros, zone: ZoneInfo) -> Micros:
    """Return local wall-clock times for UTC ones, both in microseconds since 1970."""
    if not len(micros):
        return micros
    days, place = np.unique(micros // DAY_US, return_inverse=True)
    first = _offsets(days * DAY_US, zone)
    last = _offsets(days * DAY_US + DAY_US - 1, zone)
    offsets = first[place]
    changing = (first != last)[place]
    if changing.any():
        offsets[changing] = _offsets(micros[changing], zone)
    moved: Micros = micros + offsets
    return moved


def _offsets(micros: NDArray[Any], zone: ZoneInfo) -> Micros:
    return np.array([_offset(int(each), zone) for each in micros], dtype=np.int64)


def _offset(micros: int, zone: ZoneInfo) -> int:
    try:
        offset = (_EPOCH + timedelta(microseconds=micros)).astimezone(zone).utcoffset()
    except OverflowError:
        return 0
    return (offset or timedelta()) // timedelta(microseconds=1)
