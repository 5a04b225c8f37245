"""Which words a query's comments use: how many comments and authors have each, and in which form most often.

A word is counted once in a comment. Comments that the text engine has not read are left out, and so are words
that carry no meaning of their own.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final, Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.clusters import SIZES_SQL
from core.storage.store import Store

By = Literal["comments", "authors"]
Cancel = threading.Event | None

_READ: Final = """
with kept as (
    select
        coalesce(author_no, -9223372036854775808 + (hash(source, comment_id) // 8)::bigint) as who,
        lemmas
    from {rows}{featured}
    where {where} and engine is not null
),
"""

_TOLD: Final = (
    SIZES_SQL
    + """
used as (
    select who, lemma_id, count(*)::double as hits
    from (select who, unnest(lemmas) as lemma_id from kept)
    semi join counted using (lemma_id)
    group by who, lemma_id
),
told as (
    select
        used.lemma_id,
        sum(used.hits)::bigint as comments,
        count(*) filter (used.who >= -6917529027641081856) as authors,
        sum(sizes.weight * used.hits * used.hits) as squares,
        sum(sizes.weight * used.hits * sizes.size) as products
    from used
    join sizes using (who)
    group by used.lemma_id
)
select told.*, lemmas.lemma, whole.*
from told
join lemmas using (lemma_id)
cross join whole
"""
)

FREQUENT: Final = (
    _READ
    + """
counted as (
    select lemma_id, count(*) as comments
    from (select unnest(lemmas) as lemma_id from kept)
    group by lemma_id
    order by comments desc, lemma_id
    limit $top
),"""
    + _TOLD
    + """
order by told.comments desc, told.lemma_id
"""
)

# No word has more authors than comments: among the first are only words with as many comments as the words of
# most comments have authors at least.
OF_AUTHORS: Final = (
    _READ
    + """
every as (
    select lemma_id, count(*) as comments
    from (select unnest(lemmas) as lemma_id from kept)
    group by lemma_id
),
firsts as (
    select lemma_id
    from every
    order by comments desc, lemma_id
    limit $top
),
known as (
    select lemma_id, count(distinct who) filter (who >= -6917529027641081856) as authors
    from (select who, unnest(lemmas) as lemma_id from kept)
    semi join firsts using (lemma_id)
    group by lemma_id
),
counted as (
    select lemma_id
    from every
    where comments >= (select min(authors) from known)
),"""
    + _TOLD
    + """
order by told.authors desc, told.comments desc, told.lemma_id
limit $top
"""
)

# Both sides are sampled before they meet: joined whole they take three times as long.
FORMS: Final = """
with asked as (
    select source, comment_id
    from {rows}
    where ({where}) and hash(comment_id) % $every::ubigint = 0
),
used as (
    select word_id, count(*) as uses
    from (
        select unnest(words) as word_id
        from features
        semi join asked using (source, comment_id)
        where hash(comment_id) % $every::ubigint = 0
    )
    group by word_id
)
select vocabulary.lemma_id, arg_max(vocabulary.word, (used.uses, -used.word_id)) as form
from used
join vocabulary using (word_id)
where vocabulary.lemma_id in (select unnest($lemmas::integer[]))
group by vocabulary.lemma_id
"""

ENOUGH_FOR_FORMS: Final = 100_000


def frequent(store: Store, query: Query, by: By, top: int, cancel: Cancel = None) -> pd.DataFrame:
    """Return the `top` lemmas that most comments, or most authors, use.

    The columns are [lemma_id, lemma, comments, authors] and the sums over authors that intervals need, see
    `analysis.lexis.clustered`: [squares, products] of each lemma, and of all that was read [of_comments,
    of_authors, clusters, size_products, size_2, size_3, size_4].
    """
    statement = OF_AUTHORS if by == "authors" else FREQUENT
    return ask.frame(store, query, statement, top=top, cancel=cancel)


def forms(store: Store, query: Query, lemmas: Sequence[int], of: int, cancel: Cancel = None) -> pd.DataFrame:
    """Return [lemma_id, form]: the word by which each lemma is used most often.

    Of `of` comments so many are looked at that about a hundred thousand tell, the same ones each time.
    """
    every = max(1, of // ENOUGH_FOR_FORMS)
    return ask.frame(store, query, FORMS, lemmas=list(lemmas), every=every, cancel=cancel)
