"""Two sets that stand against each other: what each is of, how many comments it has, of which days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd

from core.query import Query
from core.wording import Lang, count, dates, say
from core.wording.filters import sentence
from dashboard import data
from dashboard.components.chips import named


def told(first: Query, second: Query | None, lang: Lang) -> tuple[str, str]:
    """Say what both sets are of; the second is all the rest where there is none.

    Which data a second set is of is not in its part of the address: it is that of the first.
    """
    one = _said("A", words(first, lang), _extent(first, lang), lang)
    if second is None:
        return one, _said("B", say("analyses.set.rest", lang), _rest(first, lang), lang)
    other = beside(first, second)
    return one, _said("B", words(other, lang), _extent(other, lang), lang)


def beside(first: Query, second: Query) -> Query:
    """Return the second set of the first one's data and clock: only such can be compared."""
    return replace(second, dataset=first.dataset, tz=first.tz)


def words(query: Query, lang: Lang) -> str:
    """Say all filters of a query in a line, or that there is none."""
    names = named(query, data.dataset(query), lang)
    fields = [each for each in query.active() if each != "until" or query.since is None]
    return ", ".join(sentence(query, each, lang, names) for each in fields) or say("analyses.set.all", lang)


def everything(query: Query) -> Query:
    """Return the query of all comments that one is of."""
    return Query(dataset=query.dataset, tz=query.tz)


def left(every: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Return the comments per period that are left of all without those of a set."""
    taken = every["period"].map(own.set_index("period")["comments"]).fillna(0).astype("int64")
    return every.assign(comments=every["comments"] - taken)


def _extent(query: Query, lang: Lang) -> tuple[int, str]:
    """Return how many comments a query has, and their days in words."""
    found, zone = data.totals(query), ZoneInfo(query.tz)
    ends = [each.astimezone(zone).date() for each in (found.first_at, found.last_at) if each is not None]
    return found.comments, _days(ends, lang)


def _rest(first: Query, lang: Lang) -> tuple[int, str]:
    """Return how many comments are left without a query, and their days in words."""
    every = everything(first)
    days = left(data.per_period(every, "day"), data.per_period(first, "day"))
    ends = [each.date() for each in days.loc[days["comments"] > 0, "period"]]
    return data.totals(every).comments - data.totals(first).comments, _days(ends, lang)


def _days(days: Sequence[date], lang: Lang) -> str:
    return dates.period(min(days), max(days), lang) if days else say("analyses.undated", lang)


def _said(name: str, query: str, extent: tuple[int, str], lang: Lang) -> str:
    n, period = extent
    return say(
        "analyses.set", lang, name=name, query=query, comments=count(n, "comments", lang), period=period
    )
