"""Likes and replies of comments: how they are spread, by author and source, and what posts have."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Of = Literal["likes", "replies"]
Cancel = threading.Event | None

# Likes are of any comment, replies of a root: VK declares them for threads. What is unknown is left out.
HISTOGRAM = """
with valued as (
    select case when $of = 'likes' then likes when root_id is null then replies end as value
    from {rows}
    where {where}
)
select value, count(*) as comments
from valued
where value is not null
group by value
order by value
"""

# A comment whose author is unknown is an author of its own. Every sum is of what a comment adds to a figure
# less the figure itself, so that sums over clusters are what the clusters add.
CLUSTERED = """
with influences as (
    select unnest($values::bigint[]) as value, unnest($influences::double[]) as influence
),
valued as (
    select
        (hash(source) >> 1)::bigint as post,
        coalesce(author_no, (hash(source, comment_id) >> 1)::bigint) as author,
        case when $of = 'likes' then likes when root_id is null then replies end as value
    from {rows}
    where {where}
),
cells as materialized (
    select
        post,
        author,
        count(*)::double as n,
        sum(value) - $mean * count(*) as mean,
        count(*) filter (value = 0) - $none * count(*) as none,
        count(*) filter (value <= $median) - $to_median * count(*) as median,
        count(*) filter (value <= $p90) - $to_p90 * count(*) as p90,
        sum(influence) as gini
    from valued
    join influences using (value)
    group by post, author
),
clusters as (
    select 'both' as way, n, mean, none, median, p90, gini
    from cells
    union all
    select 'author', sum(n), sum(mean), sum(none), sum(median), sum(p90), sum(gini)
    from cells
    group by author
    union all
    select 'post', sum(n), sum(mean), sum(none), sum(median), sum(p90), sum(gini)
    from cells
    group by post
)
select
    way,
    count(*)::double as clusters,
    sum(n * n) as sizes,
    sum(mean * mean) as mean,
    sum(none * none) as none,
    sum(median * median) as median,
    sum(p90 * p90) as p90,
    sum(gini * gini) as gini
from clusters
group by way
"""

POSTS = """
with counted as (
    select source, count(*) as comments
    from {rows}
    where {where}
    group by source
)
select
    counted.source,
    counted.comments,
    posts.views,
    posts.likes,
    posts.reposts,
    coalesce(posts.declared_comments, counted.comments) as declared
from counted
left join sources_now as posts using (source)
order by counted.source
"""

SOURCES = """
with counted as (
    select source, count(*) as comments
    from {rows}
    where {where}
    group by source
    order by comments desc, source
    limit $top
),
by_author as (
    select
        source,
        coalesce(author_no, (hash(source, comment_id) >> 1)::bigint) as author,
        author_no is not null as is_named,
        count(*) as comments,
        count(likes) as known,
        coalesce(sum(likes), 0)::double as likes,
        count(*) filter (likes > 0) as liked,
        count(*) filter (root_id is null) as roots,
        sum(replies) filter (root_id is null) as replies
    from {rows}
    semi join counted using (source)
    where {where}
    group by source, author, is_named
),
summed as (
    select
        source,
        sum(comments)::bigint as comments,
        count(*) as clusters,
        count(*) filter (is_named) as authors,
        sum(comments * comments)::double as comment_squares,
        sum(known)::bigint as known,
        sum(likes)::bigint as likes,
        sum(likes * likes) as like_squares,
        sum(likes * known) as like_products,
        sum(known * known)::double as known_squares,
        sum(liked)::bigint as liked,
        sum(liked * liked)::double as liked_squares,
        sum(liked * known)::double as liked_products,
        sum(roots)::bigint as roots,
        coalesce(sum(replies), 0)::bigint as replies
    from by_author
    group by source
)
select
    summed.*,
    coalesce(posts.title, '') as title,
    posts.views,
    posts.likes as post_likes,
    posts.reposts,
    coalesce(posts.declared_comments, summed.comments) as declared
from summed
left join sources_now as posts using (source)
order by summed.comments desc, summed.source
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of values that occur so often: shares are of all values, `to_` those at most the quantile."""

    n: int
    mean: float
    none: float
    median: float
    to_median: float
    p90: float
    to_p90: float


def histogram(store: Store, query: Query, of: Of, cancel: Cancel = None) -> pd.DataFrame:
    """Return [value, comments]: how many comments have so many likes, or roots so many replies."""
    return ask.frame(store, query, HISTOGRAM, cancel=cancel, of=of)


def clustered(
    store: Store, query: Query, of: Of, influences: pd.DataFrame, figures: Figures, *, cancel: Cancel = None
) -> pd.DataFrame:
    """Return what clusters add to figures: [clusters, sizes, mean, none, median, p90, gini] by `way`.

    The rows are `author`, `post` and `both`: how many such clusters there are, the sum of their squared
    sizes, and for each figure the sum over clusters of the squared sum of (what a comment adds - the
    figure). `influences` has [value, influence], the influence on Gini.
    """
    bound = {
        "values": influences["value"].tolist(),
        "influences": influences["influence"].tolist(),
        "mean": figures.mean,
        "none": figures.none,
        "median": figures.median,
        "to_median": figures.to_median,
        "p90": figures.p90,
        "to_p90": figures.to_p90,
    }
    return ask.frame(store, query, CLUSTERED, cancel=cancel, of=of, **bound).set_index("way")


def posts(store: Store, query: Query, cancel: Cancel = None) -> pd.DataFrame:
    """Return [source, comments, views, likes, reposts, declared] of every source with comments of the query.

    `views`, `likes` and `reposts` are the post's own, missing where nobody said them; `declared` is its own
    number of comments, or else that of the query.
    """
    return ask.frame(store, query, POSTS, cancel=cancel)


def sources(store: Store, query: Query, top: int, cancel: Cancel = None) -> pd.DataFrame:
    """Return counts, sums and sums of squares over authors of the `top` sources with most comments."""
    return ask.frame(store, query, SOURCES, cancel=cancel, top=top)
