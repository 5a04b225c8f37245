"""Who answers whom: replies of a query counted by author and answered author, and who these authors are.

An author is known by `author_no`. Whom a reply answers is told, in this order, by the comment it answers, by
the user VK says it answers, by the first mention in its text, and, of a reply without any of these, by the
root of its thread.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Final

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None

# Replies in a thread that name no comment have the thread's root for a parent: it says whom they answer only
# where the user who is answered is its author, or where there is nothing else. The answered comment may lie
# outside the query. `features` is joined by hand: rows carry its columns only where the query asks for them.
TOLD: Final = """
with own as (
    select source, comment_id, author_no, root_id, parent_id, reply_to_user
    from {rows}
    where ({where}) AND_ONLY
),
mentioned as (
    select source, comment_id, mentions[1] as mention
    from features
    where len(mentions) > 0
),
replying as (
    select own.*, mentioned.mention
    from own
    left join mentioned on own.source = mentioned.source and own.comment_id = mentioned.comment_id
    where coalesce(own.parent_id, own.root_id, own.reply_to_user, mentioned.mention) is not null
),
evident as (
    select
        replying.*,
        parents.author_no as parent_author,
        case
            when parents.author_no is not null and (
                replying.root_id is null
                or replying.parent_id <> replying.root_id
                or replying.reply_to_user = parents.author_no
            ) then 'comment'
            when replying.reply_to_user is not null then 'user'
            when mention is not null then 'mention'
            when parents.author_no is not null then 'thread'
        end as evidence
    from replying
    left join {plain} as parents
        on replying.source = parents.source
        and coalesce(replying.parent_id, replying.root_id) = parents.comment_id
),
told as (
    select
        source,
        comment_id,
        coalesce(root_id, parent_id, comment_id) as thread,
        root_id is null as is_top,
        author_no as answering,
        case evidence
            when 'user' then reply_to_user
            when 'mention' then mention
            else parent_author
        end as answered,
        evidence
    from evident
)"""

# The lean of a reply is its mood from 0 (negative for sure) to 1 (positive for sure).
LINKS: Final = """,
leaning as (
    select
        case when answered is not null then answering end as answering,
        case when answering is not null then answered end as answered,
        evidence,
        is_top,
        (features.positive::double - features.negative::double + 1) / 2 as lean
    from told
    left join features on told.source = features.source and told.comment_id = features.comment_id
)
select
    answering,
    answered,
    count(*) as replies,
    count(*) filter (evidence = 'comment') as by_comment,
    count(*) filter (evidence = 'user') as by_user,
    count(*) filter (evidence = 'mention') as by_mention,
    count(*) filter (evidence = 'thread') as by_thread,
    count(*) filter (is_top) as at_top,
    count(lean) as judged,
    coalesce(sum(lean), 0) as lean,
    coalesce(sum(lean * lean), 0) as lean_squares
from leaning
group by answering, answered
order by answering, answered
"""

# Only numbers made from a name lie below -2^62, see `author_no`; ids do not.
PEOPLE: Final = """
with asked as (
    select unnest($authors::bigint[]) as author_no
),
seen as (
    select author_no, arg_max(author_name, last_seen_at) as author_name
    from {plain}
    semi join asked using (author_no)
    where author_name is not null
    group by author_no
),
named as (
    select asked.author_no, coalesce(seen.author_name, authors.name, '') as author_name
    from asked
    left join seen on asked.author_no = seen.author_no
    left join {authors} as authors on asked.author_no = authors.author_id
)
select
    author_no,
    case when author_no >= -4611686018427387904 then author_no end as author_id,
    author_name,
    author_no between -4611686018427387904 and -1 as is_community,
    case
        when author_no >= -4611686018427387904 then author_no::varchar else 'name:' || author_name
    end as key
from named
order by author_no
"""


def told(only: str = "") -> str:
    """Return the steps of a statement that end in `told`, a row per reply; `only` narrows the rows."""
    return TOLD.replace("AND_ONLY", only)


def links(store: Store, query: Query, cancel: Cancel = None) -> pd.DataFrame:
    """Return how often each author answers each other one, by number, in which mood, and how that is known.

    [answering, answered, replies, by_comment, by_user, by_mention, by_thread, at_top, judged, lean,
    lean_squares]. Those `at_top` stand in no thread: they answer or mention somebody beside them.
    Replies of unknown authors, or to unknown ones, are one row without either; those to oneself are there.
    `lean` sums the mood of the `judged` replies, each from 0 (negative) to 1 (positive).
    """
    found = ask.frame(store, query, told() + LINKS, cancel=cancel)
    return found.astype({"answering": "Int64", "answered": "Int64"})


def people(store: Store, query: Query, authors: Iterable[int], cancel: Cancel = None) -> pd.DataFrame:
    """Return [author_no, author_id, author_name, is_community, key] of authors, by number.

    `author_id` is missing (Int64) for one who has only a name; `key` is the id as text, or `name:` and the
    name. `author_name` is empty where nobody said it.
    """
    found = ask.frame(store, query, PEOPLE, authors=[*map(int, authors)], cancel=cancel)
    return found.astype({"author_id": "Int64"})
