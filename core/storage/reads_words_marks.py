"""What comments hold besides words: emoji, stickers, hashtags, links, domains and mentions."""

from __future__ import annotations

import threading
from typing import Final, Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.clusters import SIZES_SQL
from core.storage.store import Store

Mark = Literal["emoji", "sticker", "hashtag", "domain", "link", "mention"]
Cancel = threading.Event | None

# A list of marks for each comment, whatever is counted. Selectors of the text or picture form of an emoji
# tell nothing apart; tones of skin do, unless they are folded. VK's other kinds of stickers end in the same
# word.
_MARKED: Final = """
with kept as (
    select
        coalesce(author_no, -9223372036854775808 + (hash(source, comment_id) // 8)::bigint) as who,
        hash(source, comment_id) as comment_no,
        case $mark
            when 'emoji' then list_transform(
                emoji,
                lambda each: regexp_replace(
                    each, case when $folded then '[\\x{{FE0E}}\\x{{FE0F}}\\x{{1F3FB}}-\\x{{1F3FF}}]'
                        else '[\\x{{FE0E}}\\x{{FE0F}}]' end, '', 'g'
                )
            )
            when 'sticker' then list_filter(attachments, lambda each: ends_with(each, 'sticker'))
            when 'hashtag' then hashtags
            when 'domain' then domains
            when 'link' then links
            else mentions::varchar[]
        end as marks
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
where author_id::varchar in (select unnest($names::varchar[]))
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
    return ask.frame(store, query, MARKS, mark=mark, top=top, folded=folded, cancel=cancel)


def names(store: Store, ids: list[str], cancel: Cancel = None) -> pd.DataFrame:
    """Return [name, label]: what the authors of these numbers are called, where that is known."""
    return ask.frame(store, Query(), NAMES, names=ids, cancel=cancel)
