"""How the values of a query are read from a URL and written into one; what cannot be read raises Unfit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.models import SourceRef
from core.templates import Unfit

Moment = date | datetime

LONGEST_TEXT = 1000
"""Characters of what is looked for."""

_WHOLE = re.compile(r"-?[0-9]{1,19}")
_SHARE = re.compile(r"0(\.[0-9]{1,6})?|1(\.0{1,6})?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_DAY = date(1970, 1, 2)
_LAST_DAY = date(9000, 1, 1)


def start(moment: Moment | None, zone: ZoneInfo) -> datetime | None:
    """Return the instant at which a day or instant begins, UTC."""
    if moment is None or isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), tzinfo=zone).astimezone(UTC)


def end(moment: Moment | None, zone: ZoneInfo) -> datetime | None:
    """Return the instant before which everything of a day or instant lies, UTC."""
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return moment + timedelta(microseconds=1)
    return datetime.combine(moment + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)


def read_source(text: str) -> str:
    """Read the key of a source."""
    try:
        return str(SourceRef.parse(text))
    except ValueError:
        raise Unfit("A source looks like wall:-1_2, topic:-1_2 or import:0123456789ab.") from None


def read_post(text: str) -> str:
    """Read a post as `-1_2`, or the key of a source."""
    return read_source(text if ":" in text else f"wall:{text}")


def read_root(text: str) -> str:
    """Read the key of a thread's first comment."""
    source, _, comment = text.rpartition(":")
    if not _WHOLE.fullmatch(comment) or comment.startswith("-"):
        raise Unfit("A thread is named by its first comment, such as wall:-1_2:3.")
    return f"{read_source(source)}:{int(comment)}"


def read_moment(text: str) -> Moment:
    """Read a day or an instant with its offset."""
    try:
        moment = date.fromisoformat(text) if _DAY.fullmatch(text) else datetime.fromisoformat(text)
    except ValueError:
        raise Unfit("A day is written 2026-03-01, an instant 2026-03-01T12:00:00Z.") from None
    if not _FIRST_DAY <= date(moment.year, moment.month, moment.day) <= _LAST_DAY:
        raise Unfit("A date lies between 1970-01-02 and 9000-01-01.")
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise Unfit("An instant needs its offset, such as 2026-03-01T12:00:00Z.")
    return moment.astimezone(UTC)


def write_moment(moment: Moment | None) -> str:
    """Write a day or an instant."""
    if isinstance(moment, datetime):
        return moment.isoformat().replace("+00:00", "Z")
    return moment.isoformat() if moment else ""


def number(low: int, high: int) -> Callable[[str], int]:
    """Return what reads whole numbers from `low` to `high`."""

    def read(text: str) -> int:
        value = int(text) if _WHOLE.fullmatch(text) else low - 1
        if not low <= value <= high:
            raise Unfit("A whole number from {low} to {high} is expected.", low=low, high=high)
        return value

    return read


def choice(*allowed: str) -> Callable[[str], str]:
    """Return what reads one of some words."""

    def read(text: str) -> str:
        if text not in allowed:
            raise Unfit("It is one of: {allowed}.", allowed=allowed)
        return text

    return read


def read_bool(text: str) -> bool:
    """Read true or false."""
    return choice("true", "false")(text) == "true"


def read_text(text: str) -> str:
    """Read a text that is not empty."""
    if not text.strip():
        raise Unfit("The search text is empty.")
    if len(text) > LONGEST_TEXT:
        raise Unfit("The search text is longer than {most:,} characters.", most=LONGEST_TEXT)
    return text.strip()


def read_share(text: str) -> float:
    """Read a number from 0 to 1."""
    if not _SHARE.fullmatch(text):
        raise Unfit("A number from 0 to 1 is expected, such as 0.5.")
    return float(text)


def write_share(value: float) -> str:
    """Write a number from 0 to 1, to six places."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def read_label(text: str) -> str:
    """Read a label as name and value."""
    name, _, value = text.partition(":")
    if not name.strip() or not value.strip() or len(text) > 200:
        raise Unfit("A label is written name:value, such as sentiment:negative.")
    return f"{name.strip()}:{value.strip()}"


def read_mark(kinds: Sequence[str]) -> Callable[[str], str]:
    """Return what reads a mark as its kind and name."""

    def read(text: str) -> str:
        kind, _, name = text.partition(":")
        is_good = kind in kinds and 0 < len(name.strip()) <= 1000
        if not is_good or (kind == "mention" and not _WHOLE.fullmatch(name.strip())):
            raise Unfit(
                "A mark is written kind:name, such as hashtag:#news; kinds: {allowed}.", allowed=tuple(kinds)
            )
        return f"{kind}:{name.strip()}"

    return read


def read_zone(text: str) -> str:
    """Read a time zone."""
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unfit("A time zone looks like Europe/Moscow.") from None
