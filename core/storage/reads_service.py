"""Comments that ask, and the first answers they got from who runs the page and from others."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None

# Official is what the owner of the source or the author of the post wrote. Questions are those of the query,
# answers are looked for in the whole dataset. In topics, which have no threads, the topic is the thread.
# Deleted comments neither ask nor answer. Of several candidates an addressed one counts before others.
QUESTIONS = """
with seen as materialized (
    select
        source as seen_source,
        max(last_seen_at) as seen_at,
        case when any_value(kind) <> 'import'
            then split_part(split_part(source, ':', 2), '_', 1)::bigint end as owner_id
    from {plain}
    group by source
),
questions as materialized (
    select
        comments.source,
        comment_id,
        case when kind = 'topic' then 0 else coalesce(root_id, comment_id) end as thread,
        author_id,
        coalesce(
            author_no, -9223372036854775808 + (hash(source, comment_id) // 8)::bigint
        ) as author,
        published_at as asked_at,
        {minute} as minute,
        owner_id,
        greatest(seen_at, published_at) as seen_at,
        root_id is null as is_root,
        case when copy_length >= $copy_length then copy_hash end as copy_hash
    from {rows}{featured} as comments
    join seen on source = seen_source
    where {where} and is_question and state <> 'deleted' and published_at is not null
        and not is_post_author and not coalesce(author_id = owner_id, false)
),
official as materialized (
    select
        comments.source,
        comment_id,
        root_id,
        case when kind = 'topic' then 0 else coalesce(root_id, comment_id) end as thread,
        parent_id,
        reply_to_user,
        published_at
    from {plain} as comments
    join seen on source = seen_source
    where state <> 'deleted' and published_at is not null and (is_post_author or author_id = owner_id)
),
named as materialized (
    select official.*, coalesce(mentions, []) as mentions
    from official
    left join features on official.source = features.source and official.comment_id = features.comment_id
),
addressed as (
    select source, comment_id, thread, published_at,
        unnest(list_distinct(list_prepend(reply_to_user, mentions))) as addressee
    from named
),
spoken as (
    select questions.*
    from questions
    semi join named on questions.source = named.source and questions.thread = named.thread
),
candidates as (
    select
        questions.source,
        questions.comment_id,
        official.comment_id as answer_id,
        official.published_at,
        0 as distance
    from official
    join questions on official.source = questions.source and official.parent_id = questions.comment_id
    where official.published_at >= asked_at
    union all
    select spoken.source, spoken.comment_id, addressed.comment_id, addressed.published_at, 0
    from spoken
    asof join addressed
        on spoken.source = addressed.source and spoken.thread = addressed.thread
        and spoken.author_id = addressed.addressee and spoken.asked_at <= addressed.published_at
    union all
    select spoken.source, spoken.comment_id, unaddressed.comment_id, unaddressed.published_at, 1
    from spoken
    asof join (
        select *
        from named
        where reply_to_user is null and len(mentions) = 0 and (parent_id is null or parent_id = root_id)
    ) as unaddressed
        on spoken.source = unaddressed.source and spoken.thread = unaddressed.thread
        and spoken.asked_at <= unaddressed.published_at
),
answers as (
    select
        source,
        comment_id,
        arg_min(answer_id, (distance, published_at, answer_id)) as answer_id,
        arg_min(published_at, (distance, published_at, answer_id)) as answered_at,
        min(distance) = 0 as is_addressed
    from candidates
    group by source, comment_id
),
by_others as (
    select distinct questions.source, questions.comment_id
    from questions
    join {plain} as comments
        on comments.source = questions.source and comments.parent_id = questions.comment_id
    where comments.parent_id is not null and comments.state <> 'deleted'
        and comments.published_at >= asked_at
        and comments.author_id is distinct from questions.author_id
        and not coalesce(comments.author_id = questions.owner_id, false) and not comments.is_post_author
)
select
    questions.source,
    questions.comment_id,
    author,
    asked_at,
    minute,
    is_root,
    copy_hash,
    answer_id,
    is_addressed,
    by_others.comment_id is not null as is_answered_by_others,
    answered_at is not null as is_answered,
    epoch(coalesce(answered_at, seen_at) - asked_at) / 3600 as hours,
    epoch(seen_at - asked_at) / 3600 as age_hours
from questions
left join answers on questions.source = answers.source and questions.comment_id = answers.comment_id
left join by_others on questions.source = by_others.source and questions.comment_id = by_others.comment_id
order by asked_at, questions.source, questions.comment_id
"""

TEXTS = """
with wanted as (
    select unnest($sources::varchar[]) as source, unnest($ids::bigint[]) as comment_id
)
select
    comments.source,
    comments.comment_id,
    comments.text,
    comments.author_id,
    coalesce(comments.author_name, authors.name, '') as author_name,
    comments.likes,
    comments.replies,
    coalesce(sources_now.title, '') as title
from {plain} as comments
join wanted on comments.source = wanted.source and comments.comment_id = wanted.comment_id
left join {authors} as authors on comments.author_id = authors.author_id
left join sources_now on comments.source = sources_now.source
"""

TITLES = """
select source, coalesce(title, '') as title
from sources_now
where source in (select unnest($sources::varchar[]))
"""

SHORTEST_COPY = 20
"""Texts of fewer letters are alike by chance: they are no copies of each other."""


def questions(store: Store, query: Query, cancel: Cancel = None) -> pd.DataFrame:
    """Return a row per comment that asks, oldest first, with what became of it.

    The columns are [source, comment_id, author (a number), asked_at (naive UTC), minute (local), is_root,
    copy_hash, answer_id, is_addressed, is_answered_by_others, is_answered, hours, age_hours]. `hours` is how
    long it took to the first answer of who runs the page, or was waited for one until the source was last
    collected; `age_hours` the latter for all. Who runs the page asks no questions here.
    """
    return ask.frame(store, query, QUESTIONS, cancel=cancel, copy_length=SHORTEST_COPY)


def texts(store: Store, sources: Sequence[str], ids: Sequence[int], cancel: Cancel = None) -> pd.DataFrame:
    """Return [source, comment_id, text, author_id, author_name, likes, replies, title] of these comments."""
    found = ask.frame(store, Query(), TEXTS, cancel=cancel, sources=list(sources), ids=list(ids))
    return found.astype({"author_id": "Int64", "likes": "Int64"})


def titles(store: Store, sources: Sequence[str], cancel: Cancel = None) -> dict[str, str]:
    """Return the titles of these sources, as far as they are known."""
    return dict(ask.rows(store, Query(), TITLES, cancel=cancel, sources=list(sources)))
