"""Which words stand near a word that is looked for, and how many comments hold them anyway."""

from __future__ import annotations

import threading
from typing import Final

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.reads_words_context import HITS, Sought
from core.storage.store import Store

Cancel = threading.Event | None

# Each comment opens one row that is marked, even one without a lemma: comments are counted along.
BESIDE: Final = (
    HITS
    + """,
near as (
    select
        hash(source, comment_id) as comment_no,
        who,
        unnest(list_concat(
            words[greatest(place - $window, 1):place - 1],
            words[place + length:place + length + $window - 1]
        )) as word_id
    from hits
),
beside as (
    select vocabulary.lemma_id, count(distinct near.comment_no) as pair, count(distinct near.who) as authors
    from near
    join vocabulary using (word_id)
    where not vocabulary.is_stop and near.word_id not in (select word_id from starts)
    group by vocabulary.lemma_id
    having count(distinct near.comment_no) >= $least
),
read as (
    select unnest(lemmas) as lemma_id, unnest([1]) as opens
    from features
    semi join (select source, comment_id from {rows} where ({where})) as asked using (source, comment_id)
),
anyway as (
    select lemma_id, count(*) as of_word, count(opens) as comments
    from read
    group by lemma_id
)
select
    lemmas.lemma,
    beside.pair,
    beside.authors,
    anyway.of_word,
    (select count(distinct (source, comment_id)) from hits) as of_node,
    (select count(distinct who) from hits) as of_authors,
    (select sum(comments)::bigint from anyway) as of_comments
from beside
join anyway using (lemma_id)
join lemmas using (lemma_id)
order by beside.pair desc, lemmas.lemma
"""
)


def beside(
    store: Store, query: Query, looked_for: Sought, *, window: int, least: int, cancel: Cancel = None
) -> pd.DataFrame:
    """Return the lemmas that stand within `window` words of what is looked for, in `least` comments or more.

    The columns are [lemma, pair (comments), authors (unknown ones are one each), of_word (comments that hold
    the lemma anywhere), of_node (comments that hold what is looked for), of_authors (who wrote those),
    of_comments (all that were read)].
    """
    return ask.frame(
        store,
        query,
        BESIDE,
        other=looked_for.beside,
        phrases=looked_for.phrases,
        window=window,
        least=least,
        cancel=cancel,
    )
