"""Comments of a query over time, and through the hours of the week, by the clock of its zone."""

from __future__ import annotations

import threading
from typing import Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.looking import Look, either, looking
from core.storage.rolled import BY_HOUR
from core.storage.store import Store

Unit = Literal["hour", "day", "week", "month"]
Cancel = threading.Event | None

# Whole numbers are grouped by, and few steps become moments; a month is summed up from its days.
PER_PERIOD = """
with steps as (
    COUNTED
),
begun as (
    select timestamp '0001-01-01' + to_minutes((step * $minutes)::bigint) as begin, comments, replies
    from steps
)
select
    case when $unit = 'month' then date_trunc('month', begin)::timestamp else begin end as period,
    sum(comments)::bigint as comments,
    sum(replies)::bigint as replies
from begun
group by period
order by period
"""

STEPS_OF_ROWS = """
select {minute} // $minutes as step, count(*) as comments, count(root_id) as replies
from {rows}
where {where} and minute_no is not null
group by step
"""

STEPS_BY_HOUR = """
select
    {minute} // $minutes as step,
    sum(comments) as comments,
    coalesce(sum(comments) filter (is_reply), 0) as replies
from hour_counts
where {where} and minute_no is not null
group by step
"""

STEPS: dict[Unit, int] = {"hour": 60, "day": 1440, "week": 10_080, "month": 1440}

WITH_AUTHORS = """
select
    PERIOD as period,
    count(*) as comments,
    count(root_id) as replies,
    count(distinct author_no) as authors
from {rows}
where {where} and minute_no is not null
group by period
order by period
"""

BEGINS: dict[Unit, str] = {
    "hour": "timestamp '0001-01-01' + to_hours({minute} // 60)",
    "day": "(date '0001-01-01' + ({minute} // 1440)::integer)::timestamp",
    "week": "(date '0001-01-01' + ({minute} // 10080 * 7)::integer)::timestamp",
    "month": "date_trunc('month', date '0001-01-01' + ({minute} // 1440)::integer)::timestamp",
}
PER_UNIT: dict[Unit, str] = {unit: WITH_AUTHORS.replace("PERIOD", begin) for unit, begin in BEGINS.items()}

PER_HOUR_OF_WEEK = """
with hours as (
    COUNTED
)
select hour_of_week // 24 + 1 as weekday, hour_of_week % 24 as hour, comments
from hours
order by hour_of_week
"""

HOURS_OF_ROWS = """
select {minute} // 60 % 168 as hour_of_week, count(*) as comments
from {rows}
where {where} and minute_no is not null
group by hour_of_week
"""

HOURS_BY_HOUR = """
select {minute} // 60 % 168 as hour_of_week, sum(comments)::bigint as comments
from hour_counts
where {where} and minute_no is not null
group by hour_of_week
"""

COUNTS = either(PER_PERIOD, STEPS_OF_ROWS, STEPS_BY_HOUR, BY_HOUR)
RHYTHM = either(PER_HOUR_OF_WEEK, HOURS_OF_ROWS, HOURS_BY_HOUR, BY_HOUR)


def per_period(store: Store, query: Query, unit: Unit, cancel: Cancel = None) -> pd.DataFrame:
    """Return [period, comments, replies, authors]; periods without comments are left out.

    `period` is the naive local time in the query's zone at which it begins, a week on Monday.
    """
    return ask.frame(store, query, PER_UNIT[unit], cancel=cancel).astype({"period": "datetime64[us]"})


def counts_per_period(store: Store, query: Query, unit: Unit, cancel: Cancel = None) -> pd.DataFrame:
    """Return [period, comments, replies] as `per_period` does, but much faster: no authors are told apart."""
    with looking(store, query, cancel) as look:
        return counts_of(look, unit)


def per_hour_weekday(store: Store, query: Query, cancel: Cancel = None) -> pd.DataFrame:
    """Return [weekday 1-7 (Monday first), hour 0-23, comments] in the query's zone, empty cells left out."""
    with looking(store, query, cancel) as look:
        return rhythm_of(look)


def counts_of(look: Look, unit: Unit) -> pd.DataFrame:
    """Return [period, comments, replies] of a look."""
    return look.frame(COUNTS, unit=unit, minutes=STEPS[unit]).astype({"period": "datetime64[us]"})


def rhythm_of(look: Look) -> pd.DataFrame:
    """Return [weekday, hour, comments] of a look."""
    return look.frame(RHYTHM)
