"""What choosing a row of an answer does: the same for a click on its chart and for its line in the table.

A row sets one filter of the query, or opens a comment. An answer leaves out the filter that its own rows set,
so that what was chosen keeps its surroundings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from core.query import FIELDS, MARKS, Query
from core.templates import Unfit
from dashboard.charts import activity

Row = Mapping[str, Any]

TIME: Final = "time"
"""Stands for `since` and `until`: the row is a period."""
SPAN: Final = "span"
"""The unit of a row that says when it begins and when it ends."""
ANY_TONE: Final = "any_tone"
"""The kind of sign that an emoji is whose tones of skin are counted as one."""
WEEK_HOUR: Final = "week_hour"
"""Stands for `weekday` and `hour`: the row is an hour of the week."""
OPEN: Final = "open"
"""Not a filter: the row is a comment, which is opened."""
SINGLE: Final = frozenset({"lemma"})
"""Filters that people also type: they count as chosen here only when they say just what a row says."""


SEVERAL: Final = {TIME: ("since", "until"), WEEK_HOUR: ("weekday", "hour")}
"""What stands for several fields of the query."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Which field of the query a row sets, and which fields of the row its value is made of.

    `form` writes the value; `unit` is the length of a period; where `has_many`, the row holds several values
    with ", " between them.
    """

    field: str
    of: tuple[str, ...]
    form: str = "{}"
    unit: str = ""
    has_many: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the query's fields that this sets."""
        if self.field == OPEN:
            return ()
        return SEVERAL.get(self.field, (self.field,))

    def key(self, row: Row) -> str:
        """Return what a row sets, as the address writes it; empty when the row does not say."""
        values = [row.get(name) for name in self.of]
        if any(value in (None, "") or pd.isna(value) for value in values):
            return ""
        return self.form.format(*(_plain(value) for value in values))


_SOURCE: Final = Pick("source", ("source",))
_AUTHOR: Final = Pick("author", ("author_id",))
_LEMMA: Final = Pick("lemma", ("lemma",))
_WEEK_HOUR: Final = Pick(WEEK_HOUR, ("weekday", "hour"), "{}.{}")

UNIT_OF: Final = {
    "volume": "per",
    "newcomers": "per",
    "mood": "over",
    "topics_over": "over",
    "labels": "over",
    "changes": "by",
    "response_times": "by",
    "marks": "mark",
}
"""The parameter that says what the rows of an analysis are."""
BEGINS: Final = {"newcomers": "starts", "changes": "name"}
"""What the beginning of a period is called, where it is not `period`."""

PICKS: Final[dict[tuple[str, str], Pick]] = {
    ("rhythm", ""): _WEEK_HOUR,
    ("sources", ""): _SOURCE,
    ("authors", ""): _AUTHOR,
    ("likes", ""): Pick("likes_min", ("low",)),
    ("bursts", ""): Pick(TIME, ("starts", "ends"), "{}/{}", unit=SPAN),
    ("first_comments", ""): _SOURCE,
    ("half_lives", ""): _SOURCE,
    ("engagement_by_source", ""): _SOURCE,
    ("author_activity", ""): _AUTHOR,
    ("threads", ""): Pick("root", ("root",)),
    ("changes", "source"): Pick("source", ("name",)),
    ("changes", "topic"): Pick("topic", ("key",)),
    ("words", ""): _LEMMA,
    ("keyness", ""): _LEMMA,
    ("collocates", ""): _LEMMA,
    ("ngrams", ""): Pick("lemma", ("ngram",), '"{}"'),
    ("collocations", ""): Pick("lemma", ("first", "second"), '"{} {}"~1'),
    ("concordance", ""): Pick(OPEN, ("comment_key",)),
    **{("marks", kind): Pick("has", ("name",), f"{kind}:{{}}") for kind in MARKS if kind != ANY_TONE},
    ("mood", "source"): Pick("source", ("key",)),
    ("mood", "topic"): Pick("topic", ("key",)),
    ("mood", "language"): Pick("lang", ("group",)),
    ("mood_examples", ""): Pick(OPEN, ("comment_key",)),
    ("topics", ""): Pick("topic", ("topic",)),
    ("topics_over", "source"): _SOURCE,
    ("labels", ""): Pick("label", ("label", "value"), "{}:{}"),
    ("entities", ""): Pick("entity", ("name",)),
    ("coword", ""): Pick("lemma", ("word",)),
    ("reply_network", ""): _AUTHOR,
    ("reply_links", ""): Pick("author", ("source", "target"), "{}, {}", has_many=True),
    ("reply_pairs", ""): Pick("author", ("author_id", "other_id"), "{}, {}", has_many=True),
    ("copies", ""): Pick(OPEN, ("first_key",)),
    ("near_copies", ""): Pick(OPEN, ("first_key",)),
    ("coordination", ""): Pick("author", ("account_ids",), has_many=True),
    ("coordination_evidence", ""): Pick(OPEN, ("second_key",)),
    ("questions", ""): Pick(OPEN, ("comment_key",)),
    ("response_times", "source"): _SOURCE,
    ("response_times", "hour"): Pick("hour", ("hour",)),
    ("response_times", "weekday"): Pick("weekday", ("weekday",)),
    ("response_times", "hour_of_week"): _WEEK_HOUR,
}


MEASURED: Final[dict[str, tuple[str, ...]]] = {"mood": ("sentiment", "toxicity_min")}
"""Filters of what an analysis measures itself: with them its shares would say only what was chosen."""
FIELD_NAMES: Final = frozenset(each.field for each in PICKS.values()) - {OPEN}
"""The fields of the query that rows of answers set, beside the time."""


def of(analysis: str, params: Mapping[str, Any]) -> Pick | None:
    """Return what choosing a row of an analysis does, None when its rows are no filter."""
    what = str(params.get(UNIT_OF.get(analysis, ""), ""))
    if what == "emoji" and params.get("tones") == "one":
        return Pick("has", ("name",), f"{ANY_TONE}:{{}}")
    if what in activity.UNITS:
        return Pick(TIME, (BEGINS.get(analysis, "period"),), unit=what)
    return PICKS.get((analysis, what)) or PICKS.get((analysis, ""))


def seen(query: Query, pick: Pick | None) -> Query:
    """Return the query without what rows set: what an answer shows, the chosen rows marked."""
    return query.without(*pick.fields) if pick else query


def measured(query: Query, analysis: str) -> Query:
    """Return the query without filters of what the analysis measures."""
    return query.without(*MEASURED.get(analysis, ()))


def is_own(query: Query, pick: Pick | None, keys: Iterable[str]) -> bool:
    """Tell whether a filter that people also type was set by one of these rows."""
    if pick is None or pick.field not in SINGLE:
        return True
    value = getattr(query, pick.field)
    return value is None or value in set(keys)


def chosen(query: Query, pick: Pick | None) -> frozenset[str]:
    """Return the values that the query holds of what rows set, as the address writes them."""
    if pick is None or pick.field == OPEN:
        return frozenset()
    if pick.field == TIME:
        return _span(query) if pick.unit == SPAN else _unit(query, pick.unit)
    if pick.field == WEEK_HOUR:
        if not query.weekday and not query.hour:
            return frozenset()
        days, hours = query.weekday or range(1, 8), query.hour or range(24)
        return frozenset(f"{day}.{hour}" for day in days for hour in hours)
    value = getattr(query, pick.field)
    values = value if isinstance(value, tuple) else () if value is None else (value,)
    return frozenset(_WRITERS[pick.field](each) for each in values)


def _span(query: Query) -> frozenset[str]:
    """Return the key of a row that begins and ends as the period of the query does, in local time."""
    if not isinstance(query.since, datetime) or not isinstance(query.until, datetime):
        return frozenset()
    zone = ZoneInfo(query.tz)
    ends = (query.since, query.until + timedelta(seconds=1))
    return frozenset({"/".join(each.astimezone(zone).replace(tzinfo=None).isoformat() for each in ends)})


def _unit(query: Query, unit: str) -> frozenset[str]:
    """Return the key of the row whose period the query holds, neither more nor less of it."""
    first, _ = query.bounds()
    if first is None or unit not in activity.UNITS:
        return frozenset()
    local = first.astimezone(ZoneInfo(query.tz)).replace(tzinfo=None)
    whole = activity.window(local, local, unit, query.tz)
    return frozenset({local.isoformat()} if whole == (query.since, query.until) else ())


def is_chosen(pick: Pick, key: str, held: frozenset[str]) -> bool:
    """Tell whether a row is among what was chosen; of a row of several values, whether it is just these."""
    parts = {*_parts(pick, key)} if key else set[str]()
    return bool(parts) and (parts == held if len(parts) > 1 else parts <= held)


def change(query: Query, pick: Pick, key: str) -> dict[str, Any]:
    """Return what choosing a row changes in the query: it is added or, when it is there, let go.

    Nothing for a key that no filter can be: it may come from a browser.
    """
    if pick.field in {TIME, OPEN} or not key:
        return {}
    if pick.field == WEEK_HOUR:
        return _hour(query, key)
    try:
        values = [_READERS[pick.field](each) for each in _parts(pick, key)]
    except (Unfit, ValueError):
        return {}
    held = getattr(query, pick.field)
    if not isinstance(held, tuple):
        return {pick.field: None if held == values[0] or _is_nothing(values[0]) else values[0]}
    return {pick.field: _several(held, values)}


def _several(held: tuple[Any, ...], values: Sequence[Any]) -> tuple[Any, ...]:
    """Return the values after a row was chosen; pairs and groups, which share authors, replace each other."""
    if len(values) > 1:
        return () if {*values} == {*held} else tuple(values)
    return tuple(each for each in held if each not in values) if values[0] in held else (*held, *values)


def _hour(query: Query, key: str) -> dict[str, Any]:
    """Return the change to one hour of the week, or away from it."""
    weekday, _, hour = key.partition(".")
    try:
        day, at = _READERS["weekday"](weekday), _READERS["hour"](hour)
    except (Unfit, ValueError):
        return {}
    if (query.weekday, query.hour) == ((day,), (at,)):
        return {"weekday": (), "hour": ()}
    return {"weekday": (day,), "hour": (at,)}


def _parts(pick: Pick, key: str) -> Sequence[str]:
    if pick.field == TIME:
        try:
            return ("/".join(datetime.fromisoformat(each).isoformat() for each in key.split("/")),)
        except ValueError:
            return ()
    return key.split(", ") if pick.has_many else (key,)


def _is_nothing(value: object) -> bool:
    """Tell whether a value narrows nothing: a lower bound of 0."""
    return value == 0


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


_READERS: Final = {spec.name: spec.read for spec in FIELDS}
_WRITERS: Final = {spec.name: spec.write for spec in FIELDS}
