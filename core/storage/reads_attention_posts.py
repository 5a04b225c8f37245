"""How soon after a post its comments came: the first one, and how old the post was at all of them."""

from __future__ import annotations

import threading

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None

FIRSTS = """
with posts as (
    select source, title, published_at as begun_at
    from sources_now
    where published_at is not null
),
firsts as (
    select
        source,
        min(published_at) as first_at,
        arg_min(is_post_author, published_at) as is_by_post_author,
        count(*) as comments
    from {rows}
    join posts using (source)
    where {where} and published_at >= begun_at
    group by source
)
select
    firsts.source,
    posts.title,
    posts.begun_at as published_at,
    firsts.first_at,
    firsts.is_by_post_author,
    firsts.comments,
    datediff('second', posts.begun_at, firsts.first_at) / 3600 as hours
from firsts
join posts using (source)
order by firsts.comments desc, firsts.source
"""

# Whole hours of a post's age up to which comments are counted; the last bucket takes what is older.
BUCKETS = """
with posts as (
    select source, datediff('minute', timestamp '0001-01-01', published_at) as begun, seen_at
    from sources_now
    where published_at is not null
),
aged as (
    select source, minute_no - begun as age, last_seen_at
    from {rows}
    join posts using (source)
    where {where} and minute_no >= begun
),
counted as (
    select
        source,
        case
            when age < 60 then 1
            when age < 120 then 2
            when age < 180 then 3
            when age < 360 then 6
            when age < 720 then 12
            when age < 1440 then 24
            when age < 2880 then 48
            when age < 4320 then 72
            when age < 7200 then 120
            when age < 10080 then 168
            when age < 20160 then 336
            when age < 43200 then 720
            else 1000000
        end as hours,
        count(*) as comments,
        max(last_seen_at) as last_seen_at
    from aged
    group by source, hours
)
select
    source,
    hours,
    comments,
    (datediff('minute', timestamp '0001-01-01', greatest(last_seen_at, seen_at)) - begun) / 60 as seen_for
from counted
join posts using (source)
order by source, hours
"""

# A half-life is an age in the middle of the sorted ages; the ends of its interval are order statistics.
AGES = """
with posts as (
    select
        source,
        title,
        published_at as begun_at,
        datediff('minute', timestamp '0001-01-01', published_at) as begun,
        seen_at
    from sources_now
    where published_at is not null
),
aged as (
    select source, minute_no - begun as age, last_seen_at
    from {rows}
    join posts using (source)
    where {where} and minute_no >= begun and minute_no < begun + $window * 60
),
sorted as (
    select
        source,
        count(*) as comments,
        avg(age) as mean_age,
        max(last_seen_at) as last_seen_at,
        list_sort(list(age)) as ages
    from aged
    group by source
)
select
    sorted.source,
    posts.title,
    posts.begun_at as published_at,
    sorted.comments,
    case
        when greatest(sorted.last_seen_at, posts.seen_at) < posts.begun_at + to_hours($window)
            then 'too young'
        when sorted.comments < $least then 'too few'
        else 'measured'
    end as state,
    sorted.mean_age / 60 as mean_hours,
    (ages[(comments + 1) // 2] + ages[comments // 2 + 1]) / 120 as half_life_hours,
    ages[round(comments / 2 - 0.979982 * sqrt(comments))::bigint] / 60 as low,
    ages[round(comments / 2 + 0.979982 * sqrt(comments))::bigint + 1] / 60 as high
from sorted
join posts using (source)
order by sorted.comments desc, sorted.source
"""


def firsts(store: Store, query: Query, cancel: Cancel = None) -> pd.DataFrame:
    """Return [source, title, published_at, first_at, is_by_post_author, comments, hours] of posts.

    Most comments first. Times are naive UTC; `hours` passed from the post to its first comment of the query.
    Sources without a date of their own and comments that are older than their source are left out.
    """
    return ask.frame(store, query, FIRSTS, cancel=cancel)


def by_age(store: Store, query: Query, cancel: Cancel = None) -> pd.DataFrame:
    """Return [source, hours, comments, seen_for]: comments by the age that the post had.

    `hours` is the end of a span of ages (1, 2, 3, 6 ... 720; 1,000,000 for what is older); `seen_for` how
    many hours after its publication the post was looked at last, as far as this row's comments tell.
    """
    return ask.frame(store, query, BUCKETS, cancel=cancel)


def half_lives(store: Store, query: Query, window: int, least: int, cancel: Cancel = None) -> pd.DataFrame:
    """Return [source, title, published_at, comments, state, mean_hours, half_life_hours, low, high] of posts.

    Most comments first, of the comments that came before the post was `window` hours old. `state` is `too
    young` of a post that was looked at for a shorter time, `too few` of one with fewer than `least` such
    comments, else `measured`. `half_life_hours` is the median age of the post at these comments; its
    interval are the order statistics around the median (David & Nagaraja 2003, 7.1): of ten or more comments
    they are there.
    """
    return ask.frame(store, query, AGES, cancel=cancel, window=window, least=least)
