"""What a click or a brush on a chart means: changes to the query, never state of its own.

Events come from the browser and are believed only as far as they parse; anything else changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.models import SourceRef
from core.query import Query
from dashboard import state
from dashboard.charts import activity

CLEARED: Mapping[str, tuple[str, ...]] = {
    "activity": ("since", "until"),
    "rhythm": ("weekday", "hour"),
    "sources": ("source",),
    "authors": ("author",),
    "likes": ("likes_min",),
}
"""The filters of each chart: what its button clears, and what it ignores when it draws."""


def apply(key: str) -> None:
    """Apply the event that the board `key` has just sent."""
    changes = meaning(state.event(key), state.current().query)
    if changes:
        state.change(**changes)


def meaning(event: Mapping[str, Any], query: Query) -> dict[str, Any]:
    """Return the changes of the query that an event asks for; none for an event that makes no sense."""
    chart = str(event.get("chart"))
    if event.get("kind") == "clear" and chart in CLEARED:
        blank = Query()
        return {name: getattr(blank, name) for name in CLEARED[chart]}
    try:
        return _MEANINGS[chart](event, query)
    except (KeyError, TypeError, ValueError, OverflowError):
        return {}


def _time(event: Mapping[str, Any], query: Query) -> dict[str, Any]:
    unit = next(each for each in (*activity.UNITS, None) if each is None or each == event["meta"]["unit"])
    if unit is None:
        return {}
    low, high = (event["low"], event["high"]) if event["kind"] == "brush" else (event["x"], event["x"])
    since, until = activity.window(_moment(low), _moment(high), unit, query.tz)
    if (since, until) == (query.since, query.until):
        return {"since": None, "until": None}
    return {"since": since, "until": until}


def _cell(event: Mapping[str, Any], query: Query) -> dict[str, Any]:
    hour, weekday = int(event["x"]), int(event["y"])
    if not (0 <= hour <= 23 and 1 <= weekday <= 7):
        return {}
    if (query.weekday, query.hour) == ((weekday,), (hour,)):
        return {"weekday": (), "hour": ()}
    return {"weekday": (weekday,), "hour": (hour,)}


def _source(event: Mapping[str, Any], query: Query) -> dict[str, Any]:
    return {"source": _toggled(query.source, str(SourceRef.parse(str(event["key"]))))}


def _author(event: Mapping[str, Any], query: Query) -> dict[str, Any]:
    return {"author": _toggled(query.author, int(event["key"]))}


def _likes(event: Mapping[str, Any], query: Query) -> dict[str, Any]:
    low = int(event["key"])
    return {"likes_min": None if low <= 0 or low == query.likes_min else low}


def _toggled(held: tuple[Any, ...], value: object) -> tuple[Any, ...]:
    return tuple(each for each in held if each != value) if value in held else (*held, value)


def _moment(text: object) -> datetime:
    """Read what Plotly calls a moment: local, without an offset, to the second at most."""
    return datetime.fromisoformat(str(text).replace(" ", "T")[:19]).replace(tzinfo=None)


_MEANINGS = {"activity": _time, "rhythm": _cell, "sources": _source, "authors": _author, "likes": _likes}
