"""Authors over time: who is new and who returns in each period, and what single authors do."""

from __future__ import annotations

import threading
from typing import Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Step = Literal["day", "week", "month"]
Cancel = threading.Event | None

# Periods are numbered by local time: days and weeks from 0001-01-01, a Monday, months from January of year 0.
# Who is new is told by the whole dataset, not by the query.
NEWCOMERS = """
with dated as (
    select
        author_no,
        case $per
            when 'day' then {minute} // 1440
            when 'week' then {minute} // 10080
            else year(date '0001-01-01' + ({minute} // 1440)::integer) * 12
                + month(date '0001-01-01' + ({minute} // 1440)::integer) - 1
        end as period,
        {minute} // 10080 as week
    from {rows}
    where {where} and author_no is not null and minute_no is not null
),
firsts as (
    select author_no, min(minute_no) as minute_no
    from {rows}
    where author_no is not null and minute_no is not null
    group by author_no
),
begun as (
    select
        author_no,
        case $per
            when 'day' then {minute} // 1440
            when 'week' then {minute} // 10080
            else year(date '0001-01-01' + ({minute} // 1440)::integer) * 12
                + month(date '0001-01-01' + ({minute} // 1440)::integer) - 1
        end as first_period
    from firsts
),
active as (
    select author_no, period, count(*) as comments
    from dated
    group by author_no, period
),
stayed as (
    select distinct author_no
    from active
    join begun using (author_no)
    where period > first_period and period <= first_period + $within
),
regulars as (
    select author_no
    from (select distinct author_no, week from dated)
    group by author_no
    having count(*) >= $weeks
)
select
    active.period,
    sum(active.comments)::bigint as comments,
    count(*) as authors,
    count(*) filter (active.period = begun.first_period) as newcomers,
    coalesce(sum(active.comments) filter (active.period = begun.first_period), 0)::bigint
        as newcomer_comments,
    count(*) filter (active.period = begun.first_period and stayed.author_no is not null) as stayed,
    count(regulars.author_no) as regulars
from active
join begun using (author_no)
left join stayed using (author_no)
left join regulars using (author_no)
group by active.period
order by active.period
"""

LOYALTY = """
with counted as (
    select author_no, count(*) as comments, count(distinct {minute} // 10080) as weeks
    from {rows}
    where {where} and author_no is not null
    group by author_no
)
select
    count(*) as authors,
    count(*) filter (weeks >= $weeks) as regulars,
    count(*) filter (comments = 1) as once
from counted
"""

# Only numbers made from a name lie below -2^62, see `author_no`; ids do not. A reply without a parent answers
# the root of its thread. Who answered is told by the whole dataset: a filter that keeps one author keeps no
# answer to them.
AUTHORS = """
with ranked as (
    select author_no, count(*) as comments
    from {rows}
    where {where} and author_no is not null
    group by author_no
    order by comments desc, author_no
    limit $top
),
own as (
    select
        author_no, source, comment_id, root_id, likes, published_at, is_post_author, author_name,
        {minute} // 1440 as day,
        {minute} // 60 % 24 < 6 as is_night
    from {rows}
    semi join ranked using (author_no)
    where {where}
),
by_source as (
    select
        author_no,
        source,
        count(*)::double as n,
        count(root_id)::double as replies,
        count(likes)::double as known,
        coalesce(sum(likes), 0)::double as likes
    from own
    group by author_no, source
),
over_sources as (
    select
        author_no,
        count(*) as sources,
        sum(n * n) as sizes,
        sum(replies * replies) as reply_squares,
        sum(replies * n) as reply_products,
        sum(known)::bigint as known,
        sum(likes)::bigint as likes,
        sum(known * known) as known_sizes,
        sum(likes * likes) as like_squares,
        sum(likes * known) as like_products
    from by_source
    group by author_no
),
by_day as (
    select author_no, day, count(*)::double as n, count(*) filter (is_night)::double as night
    from own
    where day is not null
    group by author_no, day
),
over_days as (
    select
        author_no,
        count(*) as active_days,
        sum(n)::bigint as dated,
        sum(night)::bigint as night,
        sum(n * n) as day_sizes,
        sum(night * night) as night_squares,
        sum(night * n) as night_products
    from by_day
    group by author_no
),
stretches as (
    select author_no, count(*) as days
    from (
        select author_no, day - row_number() over (partition by author_no order by day) as stretch
        from by_day
    )
    group by author_no, stretch
),
longest as (
    select author_no, max(days) as longest_run
    from stretches
    group by author_no
),
answers as (
    select source, coalesce(parent_id, root_id) as comment_id, author_no as answering
    from {plain}
    where coalesce(parent_id, root_id) is not null
),
received as (
    select own.author_no, count(*) as replies_received
    from answers
    join own using (source, comment_id)
    where answers.answering is distinct from own.author_no
    group by own.author_no
),
described as (
    select
        author_no,
        count(*) as comments,
        count(root_id) as replies,
        min(published_at) as first_at,
        max(published_at) as last_at,
        bool_or(is_post_author) as is_post_author,
        any_value(author_name) as author_name
    from own
    group by author_no
)
select
    case when described.author_no >= -4611686018427387904 then described.author_no end as author_id,
    coalesce(described.author_name, authors.name, '') as author_name,
    described.author_no between -4611686018427387904 and -1 as is_community,
    described.is_post_author,
    described.comments,
    described.replies,
    described.first_at,
    described.last_at,
    over_sources.* exclude (author_no),
    coalesce(over_days.active_days, 0) as active_days,
    coalesce(over_days.dated, 0) as dated,
    coalesce(over_days.night, 0) as night,
    over_days.day_sizes,
    over_days.night_squares,
    over_days.night_products,
    coalesce(longest.longest_run, 0) as longest_run,
    coalesce(received.replies_received, 0) as replies_received
from described
join over_sources using (author_no)
left join over_days using (author_no)
left join longest using (author_no)
left join received using (author_no)
left join {authors} as authors on described.author_no = authors.author_id
order by described.comments desc, described.author_no
"""


def newcomers(
    store: Store, query: Query, per: Step, after: int, weeks: int, *, cancel: Cancel = None
) -> pd.DataFrame:
    """Return [period, comments, authors, newcomers, newcomer_comments, stayed, regulars] of local periods.

    `period` is a number: days or weeks since Monday 0001-01-01, or months since January of year 0. A
    newcomer's first comment in the whole dataset is of that period; who stayed wrote again within `after`
    periods; a regular wrote in `weeks` or more different weeks. Comments without a date or an author are
    left out.
    """
    return ask.frame(store, query, NEWCOMERS, cancel=cancel, per=per, within=after, weeks=weeks)


def loyalty(store: Store, query: Query, weeks: int, cancel: Cancel = None) -> tuple[int, int, int]:
    """Return how many authors there are, how many wrote in `weeks` or more weeks, and how many only once."""
    authors, regulars, once = ask.row(store, query, LOYALTY, cancel=cancel, weeks=weeks)
    return authors, regulars, once


def authors(store: Store, query: Query, top: int, cancel: Cancel = None) -> pd.DataFrame:
    """Return what the `top` authors with most comments do, with sums of squares over their sources and days.

    `replies_received` counts comments of others in the query that answer them; `night` is midnight to six in
    the query's zone; `longest_run` counts local days in a row. `author_id` is missing (Int64) for one who
    has only a name.
    """
    found = ask.frame(store, query, AUTHORS, cancel=cancel, top=top)
    return found.astype({"author_id": "Int64"})
