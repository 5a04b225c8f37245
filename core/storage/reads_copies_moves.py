"""Who wrote what, when and in answer to whom, as numbers: what patterns of accounts are looked for in."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final

import pandas as pd
import pyarrow as pa

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None

READ_S: Final = 600.0
"""A million comments are read at once, sorted."""

# A link is told by domain and path: how it is called up and where a click came from makes no other.
MOVES: Final = """
select
    source,
    comment_id,
    author_no,
    epoch(published_at)::bigint as second,
    case when copy_length >= $letters and length >= $words then copy_hash else 0 end as copy_hash,
    coalesce(parent_id, -1) as parent_id,
    coalesce(root_id, comment_id) as thread_id,
    is_post_author or author_no between -4611686018427387904 and -1 as is_official,
    list_distinct(list_concat(
        list_transform(coalesce(links, []), lambda link: regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(link, '^(https?://)?(www\\.|m\\.)?|#.*$', '', 'gi'),
                    '([?&])(utm_[a-z]+|from|ref|si|fbclid|gclid|yclid)=[^&]*', '\\1', 'g'
                ),
                '([?&])&+', '\\1', 'g'
            ),
            '[?&/]+$', ''
        )),
        coalesce(hashtags, [])
    )) as links
from {rows}{featured}
where {where} and author_no is not null and published_at is not null
order by source, second, comment_id
"""

# Only numbers made from a name lie below -2^62, see `author_no`; ids do not.
ACCOUNTS: Final = """
with wanted as (
    select unnest($numbers::bigint[]) as author_no
),
named as (
    select author_no, any_value(author_name) as author_name
    from {rows}
    semi join wanted using (author_no)
    group by author_no
)
select
    wanted.author_no,
    case when wanted.author_no >= -4611686018427387904 then wanted.author_no end as author_id,
    coalesce(named.author_name, authors.name, '') as author_name
from wanted
left join named on wanted.author_no = named.author_no
left join {authors} as authors on wanted.author_no = authors.author_id
"""


def moves(store: Store, query: Query, letters: int, words: int, cancel: Cancel = None) -> pa.Table:
    """Return the dated comments of known authors, by source and time.

    Columns: source, comment_id, author_no, second (since 1970), copy_hash (0 for texts below `letters` or
    `words`, and for unread ones), parent_id (-1: none), thread_id (its root), is_official (a community, or
    who wrote the post), links (domain and path, and hashtags).
    """
    return ask.table(store, query, MOVES, cancel=cancel, timeout_s=READ_S, letters=letters, words=words)


def accounts(store: Store, query: Query, numbers: Sequence[int], cancel: Cancel = None) -> pd.DataFrame:
    """Return [author_no, author_id, author_name]; the id is missing (Int64) for who has only a name."""
    found = ask.frame(store, query, ACCOUNTS, cancel=cancel, numbers=[int(each) for each in numbers])
    return found.astype({"author_id": "Int64"})
