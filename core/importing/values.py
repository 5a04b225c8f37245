"""Read single cells: a moment, a whole number, a list of attachment types. What cannot be read is None."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from core.importing.upload import Cell

DayOrder = Literal["day first", "month first"]

_ISO_LIKE: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_SPLIT: Final = re.compile(
    r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:(?:,?\s+|T|\s+в\s+|,?\s*-\s*)(\d{1,2}):(\d{2})(?::(\d{2}))?)?\Z"
)
_ZONE_WORDS: Final = re.compile(r"\s*(?:UTC|GMT|Z)\Z")
_SLASHES: Final = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}")
_DIGITS: Final = re.compile(r"\d{8,17}(?:\.\d+)?\Z")
_WHOLE: Final = re.compile(r"[-+]?\d+(?:[.,]0+)?\Z")
_SPACES: Final = str.maketrans("", "", " \u00a0\u202f\u2009")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MAX_INT: Final = 2**63 - 1


def moment_of(cell: Cell, zone: ZoneInfo, order: DayOrder = "day first") -> datetime | None:
    """Read a moment as aware UTC: ISO 8601, Unix time in s, ms or us, or `31.12.2025 23:59`.

    A moment without an offset is in `zone`; `order` decides `03/04/2025`.
    """
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, datetime):
        return _in_utc(cell, zone)
    if isinstance(cell, int | float):
        return _unix(float(cell)) if abs(cell) >= 1e7 else None
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    if _DIGITS.match(text):
        return _unix(float(text))
    return _written(text, zone, order)


def day_order(cells: list[Cell]) -> DayOrder:
    """Tell from a column's first values whether `03/04/2025` is in March or in April."""
    found = [_SLASHES.match(cell.strip()) for cell in cells if isinstance(cell, str)]
    pairs = [(int(each[1]), int(each[2])) for each in found if each]
    if any(second > 12 for _, second in pairs) and all(first <= 12 for first, _ in pairs):
        return "month first"
    return "day first"


def whole_of(cell: Cell) -> int | None:
    """Read a whole number; spaces between thousands and a fraction of zeros are fine."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int):
        number = cell
    elif isinstance(cell, float):
        if not cell.is_integer():
            return None
        number = int(cell)
    elif isinstance(cell, str):
        if cell.isdecimal() and len(cell) < 19:
            return int(cell)
        text = cell.translate(_SPACES)
        if not _WHOLE.match(text):
            return None
        number = int(re.split("[.,]", text)[0])
    else:
        return None
    return number if abs(number) <= _MAX_INT else None


def text_of(cell: Cell) -> str | None:
    """Return the cell as text, a text exactly as it is."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, list):
        return json.dumps(cell, ensure_ascii=False, default=str)
    return str(cell)


def types_of(cell: Cell) -> list[str]:
    """Read attachment types: a list of words or of VK's objects, or words between commas."""
    if isinstance(cell, list):
        named = [each.get("type") if isinstance(each, dict) else each for each in cell]
        return [str(each) for each in named if each]
    if not isinstance(cell, str):
        return []
    return [part.strip() for part in re.split("[,;]", cell.strip("[] ")) if part.strip()]


def is_blank(cell: Cell) -> bool:
    """Tell whether the cell holds nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _written(text: str, zone: ZoneInfo, order: DayOrder) -> datetime | None:
    moment = _iso(text, zone)
    if moment is not None:
        return moment
    found = _SPLIT.match(_ZONE_WORDS.sub("", text))
    if found:
        in_zone = ZoneInfo("UTC") if _ZONE_WORDS.search(text) else zone
        return _from_parts([int(part or 0) for part in found.groups()], found[0], in_zone, order)
    return _iso(_ZONE_WORDS.sub("+00:00", text), zone)


def _iso(text: str, zone: ZoneInfo) -> datetime | None:
    if not _ISO_LIKE.match(text):
        return None
    try:
        return _in_utc(datetime.fromisoformat(text), zone)
    except ValueError:
        return None


def _from_parts(parts: list[int], text: str, zone: ZoneInfo, order: DayOrder) -> datetime | None:
    first, second, third, hour, minute, sec = parts
    if first > 31:
        year, month, day = first, second, third
    elif order == "month first" and "/" in text:
        month, day, year = first, second, third
    else:
        day, month, year = first, second, third
    if year < 100:
        year += 2000
    try:
        return _in_utc(datetime(year, month, day, hour, minute, sec), zone)  # noqa: DTZ001 - the zone follows
    except ValueError:
        return None


def _unix(number: float) -> datetime | None:
    for limit, scale in ((1e11, 1), (1e14, 1e3), (1e17, 1e6)):
        if number < limit:
            whole, rest = divmod(number, scale)
            return _EPOCH + timedelta(seconds=whole, microseconds=round(rest * 1e6 / scale))
    return None


def _in_utc(moment: datetime, zone: ZoneInfo) -> datetime | None:
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return aware.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
