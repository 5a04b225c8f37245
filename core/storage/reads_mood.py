"""Mood and rudeness of comments by group: sums over authors and posts.

Comments that the model does not judge (other languages, no words) are left out.
"""

from __future__ import annotations

import threading
from typing import Final, Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None
Over = Literal["day", "week", "month", "source", "community", "topic", "author_group", "language"]

# `who` wrote: a comment whose author nobody knows is its own, numbered below all authors. The clusters of a
# way are authors, posts, or what an author wrote under a post. `weight` corrects the residual of a cluster
# for its leverage. Sums of the whole come as the row without a key.
BY_GROUP: Final = """
with chosen as (
    select
        source, comment_id, kind, author_no, is_post_author, minute_no, lang, sentiment,
        toxicity::double as toxicity
    from {rows}{featured}
    where {where} and sentiment is not null
),
judged as (
    select
        KEY as key,
        hash(chosen.source) as post,
        coalesce(
            author_no, -9223372036854775808 + (hash(chosen.source, chosen.comment_id) // 8)::bigint
        ) as who,
        sentiment,
        toxicity
    from chosen
    JOINED
),
cells as (
    select
        key,
        who,
        post,
        count(*)::double as size,
        count(*) filter (sentiment = 'negative')::double as negative,
        count(*) filter (sentiment = 'neutral')::double as neutral,
        count(*) filter (sentiment = 'positive')::double as positive,
        count(*) filter (sentiment = 'unsure')::double as unsure,
        count(*) filter (toxicity >= $threshold)::double as toxic,
        sum(toxicity) as toxicity,
        sum(toxicity * toxicity) as toxicity_2
    from judged
    group by key, who, post
),
whole_cells as (
    select who, post, TOTALS
    from cells
    group by who, post
),
clusters as (
    select 'author' as way, false as is_whole, key, who, TOTALS
    from cells
    where key is not null
    group by key, who
    union all by name
    select 'post' as way, false as is_whole, key, TOTALS
    from cells
    where key is not null
    group by key, post
    union all by name
    select 'author' as way, true as is_whole, who, TOTALS
    from whole_cells
    group by who
    union all by name
    select 'post' as way, true as is_whole, TOTALS
    from whole_cells
    group by post
),
crossed as (
    select false as is_whole, key, BOTH
    from cells
    where key is not null
    group by key
    union all by name
    select true as is_whole, BOTH
    from whole_cells
),
totals as (
    select is_whole, key, sum(size) as n
    from clusters
    where way = 'author'
    group by is_whole, key
    qualify is_whole or $top = 0 or row_number() over (partition by is_whole order by n desc, key) <= $top
),
weighed as (
    select clusters.*, 1 / greatest(1 - size / n, 1e-9) as weight
    from clusters
    join totals on clusters.is_whole = totals.is_whole and clusters.key is not distinct from totals.key
),
summed as (
    select
        is_whole,
        key,
        sum(size) filter (way = 'author') as n,
        count(*) filter (way = 'author' and who >= -6917529027641081856) as authors,
        SUMS
        sum(toxicity_2) filter (way = 'author') as toxicity_squares_within
    from weighed
    group by is_whole, key
)
select summed.*, crossed.* exclude (is_whole, key)
from summed
join crossed on summed.is_whole = crossed.is_whole and summed.key is not distinct from crossed.key
order by summed.is_whole desc, summed.key
"""

MEASURES: Final = ("negative", "neutral", "positive", "unsure", "toxic", "toxicity")
WAYS: Final = {"author": "", "post": "post_"}
"""What the sums over clusters of a way begin with."""
_TOTALS: Final = ", ".join(f"sum({name}) as {name}" for name in ("size", *MEASURES, "toxicity_2"))
_CLUSTERS: Final = "".join(
    f"""count(*) filter (way = '{way}') as {prefix}clusters,
        sum(weight * size * size) filter (way = '{way}') as {prefix}size_products,
        sum(size ** 2) filter (way = '{way}') as {prefix}size_2,
        sum(size ** 3) filter (way = '{way}') as {prefix}size_3,
        sum(size ** 4) filter (way = '{way}') as {prefix}size_4,
        """
    for way, prefix in WAYS.items()
)
_SUMS: Final = "\n        ".join(
    [f"sum({name}) filter (way = 'author') as {name}," for name in MEASURES]
    + [
        f"sum(weight * {name} * {name}) filter (way = '{way}') as {prefix}{name}_squares, "
        f"sum(weight * {name} * size) filter (way = '{way}') as {prefix}{name}_products,"
        for name in MEASURES
        for way, prefix in WAYS.items()
    ]
)
_BOTH: Final = "sum(size * size) as both_size_products, " + ", ".join(
    f"sum({name} * {name}) as both_{name}_squares, sum({name} * size) as both_{name}_products"
    for name in MEASURES
)
_DAY: Final = "(date '0001-01-01' + ({minute} // 1440)::integer)::timestamp"
KEYS: Final[dict[Over, str]] = {
    "day": _DAY,
    "week": "(date '0001-01-01' + ({minute} // 10080 * 7)::integer)::timestamp",
    "month": "date_trunc('month', date '0001-01-01' + ({minute} // 1440)::integer)::timestamp",
    "source": "chosen.source",
    "community": "case when kind <> 'import' then split_part(split_part(chosen.source, ':', 2), '_', 1) "
    "else 'import' end",
    "topic": "topics.topic",
    "author_group": "case when author_no is null then 'unknown' "
    "when author_no between -4611686018427387904 and -1 then 'community' "
    "when is_post_author then 'post_author' "
    "when firsts.source = chosen.source then 'newcomer' else 'regular' end",
    "language": "lang",
}
_TOPICS: Final = """left join topic_assignments as topics
        on chosen.source = topics.source and chosen.comment_id = topics.comment_id"""
# Under which source an author wrote first, in the whole dataset.
_FIRSTS: Final = """left join (
        select author_no as first_author, arg_min(source, (minute_no, comment_id)) as source
        from {plain}
        where author_no is not null and minute_no is not null
        group by author_no
    ) as firsts on author_no = firsts.first_author"""
_JOINED: Final[dict[Over, str]] = {"topic": _TOPICS, "author_group": _FIRSTS}
STATEMENTS: Final[dict[Over, str]] = {
    over: BY_GROUP.replace("KEY as", f"{key} as")
    .replace("JOINED", _JOINED.get(over, ""))
    .replace("TOTALS", _TOTALS)
    .replace("        SUMS\n", f"        {_CLUSTERS}{_SUMS}\n")
    .replace("BOTH", _BOTH)
    for over, key in KEYS.items()
}
PERIODS: Final = ("day", "week", "month")


def by_group(
    store: Store, query: Query, over: Over, *, threshold: float, top: int, cancel: Cancel = None
) -> pd.DataFrame:
    """Return sums over clusters for the whole (`is_whole`, first) and each key, of groups the `top` largest.

    A key is a naive local time for periods, of which none is left out (but empty ones), else the group's
    name. The columns are [is_whole, key, n, authors], the sums over authors [clusters, size_products, size_2,
    size_3, size_4], each x of MEASURES and [x_squares, x_products]; the same over posts with `post_` before
    each name; [both_size_products, both_x_squares, both_x_products] over an author's comments under a post,
    without weights; toxicity_squares_within. See `analysis.mood.grouped`.
    """
    most = 0 if over in PERIODS else top
    return ask.frame(store, query, STATEMENTS[over], threshold=threshold, top=most, cancel=cancel)
