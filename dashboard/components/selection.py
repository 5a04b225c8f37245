"""What a click or a brush on a chart means: changes to the query, never state of its own.

Events come from the browser and are believed only as far as they parse; anything else changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.query import Query
from dashboard import state
from dashboard.charts import activity, picks
from dashboard.charts.picks import Pick

CLEARED: Mapping[str, tuple[str, ...]] = {
    "activity": ("since", "until"),
    "rhythm": ("weekday", "hour"),
    "sources": ("source",),
    "authors": ("author",),
    "likes": ("likes_min",),
}
"""The filters of each chart: what its button clears, and what it ignores when it draws."""


def apply(key: str) -> None:
    """Apply the events that the board `key` has sent since the last time."""
    for event in state.events(key):
        happened(event)


def happened(event: Mapping[str, Any]) -> None:
    """Open the comment or make the changes that an event asks for."""
    if opened := comment(event):
        state.look(comment=opened)
        return
    changes = meaning(event, state.current().query)
    if changes:
        state.change(**changes)


def comment(event: Mapping[str, Any]) -> str:
    """Return the key of the comment that a click asks to open, empty for any other event."""
    if event.get("kind") != "click" or _told(event, "field") != picks.OPEN:
        return ""
    key = str(event.get("key") or "")
    return key if len(key) < state.LONGEST_KEY else ""


def meaning(event: Mapping[str, Any], query: Query) -> dict[str, Any]:
    """Return the changes of the query that an event asks for; none for an event that makes no sense."""
    chart = str(event.get("chart"))
    if event.get("kind") == "clear" and chart in CLEARED:
        blank = Query()
        return {name: getattr(blank, name) for name in CLEARED[chart]}
    field = _told(event, "field") or _FIELDS.get(chart, "")
    try:
        if field == picks.TIME:
            return _time(event, query)
        if field:
            return _row(event, query, field)
        return _cell(event, query) if chart == "rhythm" else {}
    except (KeyError, TypeError, ValueError, OverflowError):
        return {}


def _told(event: Mapping[str, Any], name: str) -> str:
    """Return what a chart said of itself, as far as the browser brought it back."""
    meta = event.get("meta")
    return str(meta.get(name) or "") if isinstance(meta, Mapping) else ""


def _row(event: Mapping[str, Any], query: Query, field: str) -> dict[str, Any]:
    """Return what the row of an answer sets."""
    pick = Pick(field, (), has_many=field == "author")
    if field not in picks.FIELD_NAMES:
        return {}
    if event["kind"] == "clear":
        blank = Query()
        return {name: getattr(blank, name) for name in pick.fields}
    return picks.change(query, pick, str(event["key"] or ""))


def _time(event: Mapping[str, Any], query: Query) -> dict[str, Any]:
    if event["kind"] == "clear":
        return {"since": None, "until": None}
    if _told(event, "unit") == picks.SPAN:
        return _span(str(event["key"]), query)
    unit = next(each for each in (*activity.UNITS, None) if each is None or each == event["meta"]["unit"])
    if unit is None:
        return {}
    low, high = (event["low"], event["high"]) if event["kind"] == "brush" else (event["x"], event["x"])
    since, until = activity.window(_moment(low), _moment(high), unit, query.tz)
    if (since, until) == (query.since, query.until):
        return {"since": None, "until": None}
    return {"since": since, "until": until}


def _span(key: str, query: Query) -> dict[str, Any]:
    """Return the time between two local moments, as instants; the same time again lets it go."""
    zone = ZoneInfo(query.tz)
    first, last = (_moment(each).replace(tzinfo=zone).astimezone(UTC) for each in key.split("/"))
    since, until = min(first, last), max(first, last) - timedelta(seconds=1)
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


def _moment(text: object) -> datetime:
    """Read what Plotly calls a moment: local, without an offset, to the second at most."""
    return datetime.fromisoformat(str(text).replace(" ", "T")[:19]).replace(tzinfo=None)


_FIELDS: Mapping[str, str] = {
    "activity": picks.TIME,
    "sources": "source",
    "authors": "author",
    "likes": "likes_min",
}
"""What the rows of the Overview's charts set; charts of answers say it themselves."""
