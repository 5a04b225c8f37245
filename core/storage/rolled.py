"""Which queries the roll-ups answer, and the conditions of a query over their rows."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from core.query import Query
from core.storage.conditions import CONDITIONS, Conditions, Values
from core.storage.zones import minute_of, offsets

HOUR: Final = 60

BY_HOUR: Final = frozenset({"source", "kind", "since", "until", "level", "hour", "weekday"})
BY_AUTHOR: Final = frozenset({"source", "kind", "level"})
"""The fields whose conditions the rows of `hour_counts` and of `author_counts` can tell."""


def is_within(query: Query, keys: frozenset[str], minutes: tuple[int, int], *, local: bool) -> bool:
    """Tell whether rows of whole hours between the UTC `minutes` answer a query; `local`: by local time.

    A zone that is half an hour off, or a moment within an hour, cuts through such rows.
    """
    active = {*query.active()}
    if active - keys:
        return False
    if not all(_is_hour(moment) for moment in query.bounds()):
        return False
    return not (local or active & {"hour", "weekday"}) or _is_whole(query.tz, minutes)


def _is_hour(moment: datetime | None) -> bool:
    return moment is None or not (moment.minute or moment.second or moment.microsecond)


def _is_whole(tz: str, minutes: tuple[int, int]) -> bool:
    return not any(ahead % HOUR or (before or 0) % HOUR for before, ahead in offsets(tz, *minutes))


def _since(query: Query, minute: str, bound: Values) -> str:
    del minute
    since, _ = query.bounds()
    assert since is not None
    return f"minute_no >= {bound.bind('since', minute_of(since))}"


def _until(query: Query, minute: str, bound: Values) -> str:
    del minute
    _, before = query.bounds()
    assert before is not None
    return f"minute_no < {bound.bind('until', minute_of(before))}"


def _level(query: Query, minute: str, bound: Values) -> str:
    del minute, bound
    return "not is_reply" if query.level == "root" else "is_reply"


CONDITIONS_BY_HOUR: Final[Conditions] = {
    **{name: CONDITIONS[name] for name in ("source", "kind", "hour", "weekday")},
    "since": _since,
    "until": _until,
    "level": _level,
}
