"""Words that stand together in a query's comments: sequences of two or three, and pairs within a few words.

Everything stays inside a comment, counts in base form, and passes over punctuation. A sequence counts once in
a comment.
"""

from __future__ import annotations

import math
import threading
from typing import Final

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.clusters import SIZES_SQL
from core.storage.store import Store

Cancel = threading.Event | None

COPY_LENGTH: Final = 40
"""From this many letters and digits on equal texts are copies, and count once."""

# Words that carry no meaning may stand inside a sequence, not at its ends.
_READ: Final = """
with chosen as (
    select
        coalesce(author_no, -9223372036854775808 + (hash(source, comment_id) // 8)::bigint) as who,
        words,
        hash(source, comment_id) as comment_no,
        case when copy_length >= $copy_length then copy_hash end as copied
    from {rows}{featured}
    where {where} and engine is not null
),
first_copies as (
    select copied, min(comment_no) as comment_no
    from chosen
    where copied is not null
    group by copied
    having count(*) > 1
),
kept as (
    select chosen.who, (row_number() over ())::integer as nth, chosen.words
    from chosen
    left join first_copies using (copied)
    where first_copies.comment_no is null or first_copies.comment_no = chosen.comment_no
),
"""

_PAIRS: Final = """
every as (
    select who, nth, unnest(words[:-2]) as word_1, unnest(words[2:]) as word_2
    from kept
    where len(words) > 1
),
sequences as (
    select distinct every.who, every.nth, v1.lemma_id as first, v2.lemma_id as second, -1 as third
    from every
    join vocabulary as v1 on every.word_1 = v1.word_id and not v1.is_stop
    join vocabulary as v2 on every.word_2 = v2.word_id and not v2.is_stop
),
"""

_TRIPLES: Final = """
every as (
    select
        who,
        nth,
        unnest(words[:-3]) as word_1,
        unnest(words[2:-2]) as word_2,
        unnest(words[3:]) as word_3
    from kept
    where len(words) > 2
),
sequences as (
    select distinct
        every.who,
        every.nth,
        v1.lemma_id as first,
        v2.lemma_id as second,
        v3.lemma_id as third
    from every
    join vocabulary as v1 on every.word_1 = v1.word_id and not v1.is_stop
    join vocabulary as v3 on every.word_3 = v3.word_id and not v3.is_stop
    join vocabulary as v2 on every.word_2 = v2.word_id
),
"""

_TOLD: Final = (
    """
counted as (
    select first, second, third, count(*) as comments
    from sequences
    group by first, second, third
    having count(*) >= $least
    order by comments desc, first, second, third
    limit $top
),"""
    + SIZES_SQL
    + """
used as (
    select first, second, third, who, count(*)::double as hits
    from sequences
    semi join counted using (first, second, third)
    group by first, second, third, who
),
told as (
    select
        used.first,
        used.second,
        used.third,
        sum(used.hits)::bigint as comments,
        count(*) filter (used.who >= -6917529027641081856) as authors,
        sum(sizes.weight * used.hits * used.hits) as squares,
        sum(sizes.weight * used.hits * sizes.size) as products
    from used
    join sizes using (who)
    group by used.first, used.second, used.third
)
select
    concat_ws(' ', one.lemma, two.lemma, three.lemma) as ngram,
    told.comments,
    told.authors,
    told.squares,
    told.products,
    whole.*
from told
join lemmas as one on told.first = one.lemma_id
join lemmas as two on told.second = two.lemma_id
left join lemmas as three on told.third = three.lemma_id
cross join whole
order by told.comments desc, ngram
"""
)

BIGRAMS: Final = _READ + _PAIRS + _TOLD
TRIGRAMS: Final = _READ + _TRIPLES + _TOLD
NGRAMS: Final[dict[int, str]] = {2: BIGRAMS, 3: TRIGRAMS}

# How often each word stands first and second among all pairs is counted over pairs, so that the four cells of
# a pair add up (S. Evert, Corpora and collocations, 2008, section 3.1).
WINDOWED: Final = (
    _READ
    + """
gaps as (
    select unnest(range(1, $window + 1)) as gap
),
every as (
    select
        kept.nth,
        unnest(kept.words[:-1 - gaps.gap]) as word_1,
        unnest(kept.words[1 + gaps.gap:]) as word_2
    from kept
    cross join gaps
    where len(kept.words) > gaps.gap
),
pairs as (
    select distinct every.nth, v1.lemma_id as first, v2.lemma_id as second
    from every
    join vocabulary as v1 on every.word_1 = v1.word_id and not v1.is_stop
    join vocabulary as v2 on every.word_2 = v2.word_id and not v2.is_stop
    where v1.lemma_id <> v2.lemma_id
),
counted as (
    select first, second, count(*) as pair
    from pairs
    group by first, second
),
frequent as (
    select *
    from counted
    where pair >= $least
),
voices as (
    select pairs.first, pairs.second, count(distinct kept.who) as authors
    from pairs
    semi join frequent using (first, second)
    join kept using (nth)
    group by pairs.first, pairs.second
),
firsts as (
    select first, sum(pair) as of_first
    from counted
    group by first
),
seconds as (
    select second, sum(pair) as of_second
    from counted
    group by second
)
select
    frequent.first,
    frequent.second,
    frequent.pair,
    voices.authors,
    firsts.of_first::bigint as of_first,
    seconds.of_second::bigint as of_second,
    (select sum(pair) from counted)::bigint as pairs
from frequent
join voices using (first, second)
join firsts using (first)
join seconds using (second)
order by frequent.first, frequent.second
"""
)


def ngrams(
    store: Store, query: Query, size: int, *, least: int, top: int, cancel: Cancel = None
) -> pd.DataFrame:
    """Return the `top` sequences of 2 or 3 lemmas that at least `least` comments hold, most comments first.

    The columns are [ngram, comments, authors] and the sums over authors that intervals need, as in
    `reads_words.frequent`.
    """
    return ask.frame(store, query, NGRAMS[size], least=least, top=top, copy_length=COPY_LENGTH, cancel=cancel)


def pairs(store: Store, query: Query, window: int, least: int, cancel: Cancel = None) -> pd.DataFrame:
    """Return pairs of different lemmas, the second within `window` words after the first, once a comment.

    The columns are [first, second (numbers of lemmas), pair (comments), authors (unknown ones are one each),
    of_first, of_second (pairs that begin or end so), pairs (all)].
    """
    return ask.frame(
        store,
        query,
        WINDOWED,
        window=window,
        least=least,
        copy_length=COPY_LENGTH,
        timeout_s=math.inf,
        cancel=cancel,
    )
