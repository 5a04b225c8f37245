"""What comments hold besides words: emoji, stickers, hashtags, links, domains and mentions."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final, Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.clusters import SIZES_SQL
from core.storage.conditions import LISTS
from core.storage.store import Store

Mark = Literal["emoji", "sticker", "hashtag", "domain", "link", "mention"]
Cancel = threading.Event | None

_MARKED: Final = """
with kept as (
    select
        coalesce(author_no, -9223372036854775808 + (hash(source, comment_id) // 8)::bigint) as who,
        hash(source, comment_id) as comment_no,
        (LIST)::varchar[] as marks
    from {rows}{featured}
    where {where} and (engine is not null or $mark = 'sticker')
),
"""

MARKS: Final = (
    _MARKED
    + """
used as (
    select who, comment_no, unnest(marks) as name
    from kept
    where len(marks) > 0
),
per_comment as (
    select who, name, comment_no, count(*) as uses
    from used
    group by who, name, comment_no
),
counted as (
    select name, sum(uses)::bigint as uses, count(*) as comments, count(distinct who) as clusters
    from per_comment
    group by name
    order by comments desc, uses desc, name
    limit $top
),"""
    + SIZES_SQL
    + """
per_author as (
    select name, who, count(*)::double as hits
    from per_comment
    semi join counted using (name)
    group by name, who
),
told as (
    select
        per_author.name,
        count(*) filter (per_author.who >= -6917529027641081856) as authors,
        sum(sizes.weight * hits * hits) as squares,
        sum(sizes.weight * hits * size) as products
    from per_author
    join sizes using (who)
    group by per_author.name
)
select counted.name, counted.uses, counted.comments, told.* exclude (name), whole.*
from counted
join told using (name)
cross join whole
order by counted.comments desc, counted.uses desc, counted.name
"""
)

NAMES: Final = """
select author_id::varchar as name, any_value(name) as label
from {authors}
where author_id::varchar in (select unnest($names::varchar[])) and name is not null
group by author_id
"""


def marks(
    store: Store, query: Query, mark: Mark, top: int, *, folded: bool, cancel: Cancel = None
) -> pd.DataFrame:
    """Return the `top` marks of a kind that most comments hold, with uses, comments, authors.

    The columns are [name, uses, comments, authors] and the sums over authors that intervals need, as in
    `reads_words.frequent`. `folded` makes emoji of all skin tones one. A mention's name is the number of who
    is mentioned, communities negative.
    """
    kind = "any_tone" if folded and mark == "emoji" else mark
    return ask.frame(store, query, MARKS.replace("LIST", LISTS[kind]), mark=kind, top=top, cancel=cancel)


def names(store: Store, ids: Sequence[str], cancel: Cancel = None) -> dict[str, str]:
    """Return what the authors of these numbers are called, by number, where that is known."""
    found = ask.frame(store, Query(), NAMES, names=[*ids], cancel=cancel)
    return dict(zip(found["name"], found["label"], strict=True))
