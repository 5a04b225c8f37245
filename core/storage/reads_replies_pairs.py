"""Pairs of authors who answer each other, and the mood of what one author says to another."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Final

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.reads_replies import told
from core.storage.store import Store

Cancel = threading.Event | None

ONLY: Final = """
    and author_no in (select unnest($answering::bigint[]))
"""

PAIRS: Final = """,
links as (
    select
        answering,
        answered,
        count(*) as replies,
        count(*) filter (evidence = 'comment') as by_comment,
        count(*) filter (evidence = 'user') as by_user,
        count(*) filter (evidence = 'mention') as by_mention,
        count(*) filter (evidence = 'thread') as by_thread,
        count(*) filter (is_top) as at_top
    from told
    group by answering, answered
),
whole as (
    select
        coalesce(sum(replies) filter (answering <> answered), 0)::bigint as all_replies,
        coalesce(sum(by_comment) filter (answering <> answered), 0)::bigint as by_comment,
        coalesce(sum(by_user) filter (answering <> answered), 0)::bigint as by_user,
        coalesce(sum(by_mention) filter (answering <> answered), 0)::bigint as by_mention,
        coalesce(sum(by_thread) filter (answering <> answered), 0)::bigint as by_thread,
        coalesce(sum(at_top), 0)::bigint as at_top,
        coalesce(sum(replies) filter (answering = answered), 0)::bigint as self_replies,
        coalesce(sum(replies) filter (answering is null or answered is null), 0)::bigint as unknown
    from links
),
sided as (
    select
        least(answering, answered) as low,
        greatest(answering, answered) as high,
        coalesce(sum(replies) filter (answering < answered), 0)::bigint as by_low,
        coalesce(sum(replies) filter (answering > answered), 0)::bigint as by_high
    from links
    where answering <> answered
    group by low, high
),
counted as (
    select count(*) as all_pairs, count(*) filter (by_low > 0 and by_high > 0) as mutual_pairs
    from sided
),
ranked as (
    select
        case when by_low >= by_high then low else high end as author_no,
        case when by_low >= by_high then high else low end as other_no,
        greatest(by_low, by_high) as sent,
        least(by_low, by_high) as received
    from sided
    order by by_low + by_high desc, low, high
    limit $top
),
wanted as (
    select author_no as answering, other_no as answered
    from ranked
    union all
    select other_no, author_no
    from ranked
),
SUMS
select *
from whole
cross join counted
left join ranked on true
left join summed
    on (answering = author_no and answered = other_no)
    or (answering = other_no and answered = author_no)
order by sent + received desc, author_no, other_no, answering = author_no desc
"""

# Sums over threads, `weight` correcting the residual of a thread for its leverage.
SUMS: Final = """
leaning as (
    select
        chosen.answering,
        chosen.answered,
        chosen.source,
        thread,
        (features.positive::double - features.negative::double + 1) / 2 as lean
    from (select * from told semi join wanted using (answering, answered)) as chosen
    join features on chosen.source = features.source and chosen.comment_id = features.comment_id
    where features.positive is not null
),
cells as (
    select
        answering,
        answered,
        count(*)::double as size,
        sum(lean) as lean,
        sum(lean * lean) as squares
    from leaning
    group by answering, answered, source, thread
),
weighed as (
    select
        *,
        1 / greatest(1 - size / sum(size) over (partition by answering, answered), 1e-12) as weight
    from cells
),
summed as (
    select
        answering,
        answered,
        sum(size) as n,
        count(*) as clusters,
        sum(weight * size * size) as size_products,
        sum(size ** 2) as size_2,
        sum(size ** 3) as size_3,
        sum(size ** 4) as size_4,
        sum(lean) as lean,
        sum(squares) as lean_squares_within,
        sum(weight * lean * lean) as lean_squares,
        sum(weight * lean * size) as lean_products
    from weighed
    group by answering, answered
)"""

MOODS: Final = """,
wanted as (
    select unnest($answering::bigint[]) as answering, unnest($answered::bigint[]) as answered
),
SUMS
select *
from summed
order by answering, answered
"""


def pairs(store: Store, query: Query, top: int, cancel: Cancel = None) -> pd.DataFrame:
    """Return the `top` pairs of authors with most replies between them, beside the figures of all replies.

    [all_replies, by_comment, by_user, by_mention, by_thread, at_top, self_replies, unknown, all_pairs,
    mutual_pairs] are the same in each row; [author_no, other_no, sent, received] are missing in the one row
    that there is without pairs. Of the two, `author_no` answers more often. A pair has one row for each
    direction in which replies were judged, with what `moods` returns, or one row without.
    """
    found = ask.frame(store, query, told() + PAIRS.replace("SUMS", SUMS), top=top, cancel=cancel)
    numbers = ("author_no", "other_no", "sent", "received", "answering", "answered")
    return found.astype(dict.fromkeys(numbers, "Int64"))


def moods(
    store: Store, query: Query, answering: Iterable[int], answered: Iterable[int], cancel: Cancel = None
) -> pd.DataFrame:
    """Return sums of the mood of replies from one author to another, over threads, for the pairs given.

    [answering, answered, n, clusters, size_products, size_2, size_3, size_4, lean, lean_squares_within,
    lean_squares, lean_products], as `core.analysis.mood.grouped` takes them; a pair whose replies were not
    judged has no row.
    """
    both = {"answering": [*map(int, answering)], "answered": [*map(int, answered)]}
    return ask.frame(store, query, told(ONLY) + MOODS.replace("SUMS", SUMS), **both, cancel=cancel)
