"""Texts that several comments share word for word: how often, whose, where and when.

A text is short below `$letters` letters and digits or below `$words` words, and a cliche when at least
`$authors` authors wrote it on at least `$days` days of the query's time zone with at most `$busiest` of its
comments on one of them. All else that at least `$least` comments share is a copy.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None

CLUSTERS: Final = """
with used as materialized (
    select
        source,
        comment_id,
        author_no,
        published_at,
        {minute} // 1440 as day,
        copy_hash,
        copy_length < $letters or length < $words as is_short
    from {rows}{featured}
    where {where}
        and copy_hash is not null
        and ($with_short or (copy_length >= $letters and length >= $words))
),
repeated as (
    select copy_hash, count(*) as comments, any_value(is_short) as is_short
    from used
    group by copy_hash
    having count(*) >= $least
),
shared as materialized (
    select used.*
    from used
    semi join repeated using (copy_hash)
),
per_day as (
    select copy_hash, day, count(*) as comments
    from shared
    group by copy_hash, day
),
days as (
    select copy_hash, count(day) as days, max(comments) filter (day is not null) as busiest
    from per_day
    group by copy_hash
),
writers as (
    select copy_hash, count(distinct author_no) as authors
    from shared
    group by copy_hash
),
told as (
    select
        repeated.copy_hash,
        repeated.comments,
        writers.authors,
        days.days,
        days.busiest,
        case
            when is_short then 'short'
            when writers.authors >= $authors and days.days >= $days
                and days.busiest <= $busiest * repeated.comments then 'cliche'
            else 'copy'
        end as kind
    from repeated
    join days using (copy_hash)
    join writers using (copy_hash)
),
ranked as (
    select *
    from told
    where authors >= $least_authors and ($with_cliches or kind <> 'cliche')
    order by comments desc, copy_hash
    limit $top
),
placed as (
    select
        copy_hash,
        arg_min(
            struct_pack(source := source, comment_id := comment_id),
            (published_at is null, published_at, source, comment_id)
        ) as opening,
        count(distinct source) as sources,
        min(published_at) as first_at,
        max(published_at) as last_at
    from shared
    semi join ranked using (copy_hash)
    group by copy_hash
),
located as (
    select
        ranked.copy_hash::varchar as copy,
        ranked.kind,
        ranked.comments,
        ranked.authors,
        placed.sources,
        ranked.days,
        ranked.busiest,
        placed.opening.source,
        placed.opening.comment_id,
        placed.first_at,
        placed.last_at,
        datediff('second', placed.first_at, placed.last_at) / 3600.0 as spread_hours,
        ranked.copy_hash
    from ranked
    join placed using (copy_hash)
),
totals as (
    select coalesce(sum(comments) filter (kind = 'cliche'), 0)::bigint as cliches
    from told
)
select located.* exclude (copy_hash), totals.cliches
from totals
left join located on true
order by located.comments desc, located.copy_hash
"""

PER_SOURCE: Final = """
with used as materialized (
    select source, copy_hash, copy_length < $letters or length < $words as is_short
    from features
    semi join (select source, comment_id from {rows} where {where}) as asked using (source, comment_id)
    where copy_hash is not null
),
repeated as (
    select copy_hash
    from used
    group by copy_hash
    having count(*) >= $least
)
select
    source,
    count(*) as looked,
    count(repeated.copy_hash) filter (not is_short) as copied,
    count(repeated.copy_hash) filter (is_short) as short
from used
left join repeated using (copy_hash)
group by source
order by source
"""

SHOWN: Final = """
with wanted as (
    select unnest($sources::varchar[]) as source, unnest($comment_ids::bigint[]) as comment_id
)
select
    shown.source,
    shown.comment_id,
    shown.source || ':' || shown.comment_id as first_key,
    shown.author_id as first_author_id,
    coalesce(shown.author_name, authors.name, '') as first_author_name,
    shown.text
from {rows} as shown
join wanted on shown.source = wanted.source and shown.comment_id = wanted.comment_id
left join {authors} as authors on shown.author_id = authors.author_id
"""


def clusters(
    store: Store, query: Query, wanted: Mapping[str, Any], limits: Mapping[str, Any], cancel: Cancel = None
) -> tuple[pd.DataFrame, int]:
    """Return a row per text that several comments share, most used first, and how many comments are cliches.

    `wanted` has `top`, `least_authors`, `with_short` and `with_cliches`; `limits` what tells these apart.
    Columns: copy, kind (copy, cliche, short), comments, authors, sources, days, busiest (comments on the
    busiest day), first_at, last_at (naive UTC), spread_hours, and of the first comment first_key,
    first_author_id (Int64), first_author_name, text.
    """
    found = ask.frame(store, query, CLUSTERS, cancel=cancel, **wanted, **limits)
    cliches = int(found["cliches"].iloc[0])
    found = found[found["copy"].notna()]
    return with_first(store, query, found, cancel), cliches


def per_source(store: Store, query: Query, limits: Mapping[str, int], cancel: Cancel = None) -> pd.DataFrame:
    """Return [source, looked, copied, short]: comments whose text others share, short ones apart.

    `limits` are `least`, `letters` and `words`.
    """
    return ask.frame(store, query, PER_SOURCE, cancel=cancel, **limits)


def with_first(store: Store, query: Query, frame: pd.DataFrame, cancel: Cancel = None) -> pd.DataFrame:
    """Return the frame with text and author of the comments that its source and comment_id name."""
    told = shown(store, query, list(frame["source"]), list(frame["comment_id"]), cancel)
    return frame.merge(told, "left", on=["source", "comment_id"])


def shown(
    store: Store, query: Query, sources: Sequence[str], comment_ids: Sequence[int], cancel: Cancel = None
) -> pd.DataFrame:
    """Return [source, comment_id, first_key, first_author_id, first_author_name, text] of comments."""
    numbers = [int(each) for each in comment_ids]
    found = ask.frame(store, query, SHOWN, cancel=cancel, sources=list(sources), comment_ids=numbers)
    return found.astype({"first_author_id": "Int64"})
