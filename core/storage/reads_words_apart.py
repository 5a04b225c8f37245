"""Which words two sets of comments use: votes for each word on either side, and what the votes stand on.

A comment that is in both sets counts in the first alone. A long text that was posted several times in a set
counts once there. One vote is a comment; or an author, whose comments share the vote between them, so that a
loud author weighs no more than a quiet one and nobody's number of comments shifts a share.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Per = Literal["authors", "comments"]
Cancel = threading.Event | None

COPY_LENGTH: Final = 40
"""From this many letters and digits on equal texts are copies, not what everybody says."""

# Who has no known author is left out where authors vote, and is a cluster of its own where comments do.
# `voice` is what a voter weighs in all, `weight` corrects the residual of a cluster for its leverage.
_VOTERS: Final = """
with chosen as (
    select
        case when $per_author then author_no
            else coalesce(author_no, -9223372036854775808 + (hash(source, comment_id) // 8)::bigint)
            end as who,
        lemmas,
        coalesce({where}, false) as is_a,
        coalesce({other}, false) as is_b,
        case when copy_length >= $copy_length then hash(copy_hash, coalesce({where}, false)) end as copied,
        case when copy_length >= $copy_length then hash(source, comment_id) end as place
    from {rows}{featured}
    where engine is not null and (({where}) or ({other}))
),
first_copies as (
    select copied, min(place) as place, count(*) - 1 as more
    from chosen
    where copied is not null and who is not null
    group by copied
    having count(*) > 1
),
kept as (
    select chosen.who, chosen.lemmas, chosen.is_a
    from chosen
    left join first_copies using (copied)
    where chosen.who is not null and (first_copies.place is null or first_copies.place = chosen.place)
),
voters as (
    select who, is_a, count(*)::double as size, case when $per_author then 1 else count(*) end as voice
    from kept
    group by who, is_a
)
"""

# What the votes for the words `wanted` stand on, each in a row for either side.
_STOOD: Final = """
weighed as (
    select *, 1 / greatest(1 - voice / sum(voice) over (partition by is_a), 1e-9) as weight
    from voters
),
sides as (
    select
        is_a,
        sum(voice)::double as of,
        case when $per_author then count(*) ** 2 / sum(1 / size) else sum(size) end as alone,
        sum(size)::bigint as of_comments,
        count(*) as clusters,
        sum(weight * voice * voice)::double as size_products,
        sum(voice ** 2)::double as size_2,
        sum(voice ** 3)::double as size_3,
        sum(voice ** 4)::double as size_4
    from weighed
    group by is_a
),
used as (
    select who, is_a, lemma_id, count(*) as comments
    from (select who, is_a, unnest(lemmas) as lemma_id from kept)
    semi join wanted using (lemma_id)
    group by who, is_a, lemma_id
),
told as (
    select
        used.lemma_id,
        used.is_a,
        sum(used.comments)::bigint as comments,
        count(*) filter (used.who >= -6917529027641081856) as authors,
        sum(used.comments * weighed.voice / weighed.size)::double as hits,
        sum(weighed.weight * (used.comments * weighed.voice / weighed.size) ** 2)::double as squares,
        sum(weighed.weight * used.comments * weighed.voice / weighed.size * weighed.voice)::double as products
    from used
    join weighed on used.who = weighed.who and used.is_a = weighed.is_a
    group by used.lemma_id, used.is_a
),
stood as (
    select
        wanted.lemma_id,
        lemmas.lemma,
        sides.*,
        coalesce(told.comments, 0) as comments,
        coalesce(told.authors, 0) as authors,
        coalesce(told.hits, 0) as hits,
        coalesce(told.squares, 0) as squares,
        coalesce(told.products, 0) as products
    from wanted
    join lemmas on wanted.lemma_id = lemmas.lemma_id
    cross join sides
    left join told on wanted.lemma_id = told.lemma_id and sides.is_a = told.is_a
)
"""

# Sums are rounded: their last digits depend on which thread adds first. What the likeliest words stand on, by
# the G2 of `core.analysis.stats.keyness`, comes with the votes: to ask for it afterwards takes as long again.
VOTED: Final = (
    _VOTERS
    + """,
votes as (
    select unnest(kept.lemmas) as lemma_id, kept.is_a, voters.voice / voters.size as vote
    from kept
    join voters on kept.who = voters.who and kept.is_a = voters.is_a
),
counted as (
    select
        lemma_id,
        round(sum(case when is_a then vote else 0 end), 9)::double as a,
        round(sum(case when is_a then 0 else vote end), 9)::double as b,
        count(*) as comments
    from votes
    group by lemma_id
),
whole as (
    select
        sum(voice) filter (is_a)::double as of_a,
        sum(voice) filter (not is_a)::double as of_b,
        (select count(*) from chosen where is_a and is_b) as in_both,
        (select sum(more) from first_copies)::bigint as copies
    from voters
),
likelihoods as (
    select
        lemma_id,
        comments,
        a * of_b >= b * of_a as is_more_in_a,
        a * ln(greatest(a * of_both / (word * of_a), 1e-99))
            + b * ln(greatest(b * of_both / (word * of_b), 1e-99))
            + (of_a - a) * ln(greatest((of_a - a) * of_both / ((of_both - word) * of_a), 1e-99))
            + (of_b - b) * ln(greatest((of_b - b) * of_both / ((of_both - word) * of_b), 1e-99)) as half_g2
    from (select *, a + b as word, of_a + of_b as of_both from counted cross join whole)
    where comments >= $least
),
wanted as (
    select lemma_id
    from likelihoods
    qualify row_number() over (
        partition by is_more_in_a
        order by half_g2 desc, comments desc, lemma_id
    ) <= $top
),"""
    + _STOOD
    + """,
gathered as (
    select lemma_id, list(stood order by is_a desc) as stood_on
    from stood
    group by lemma_id
)
select
    counted.*,
    whole.*,
    gathered.stood_on
from counted
cross join whole
left join gathered on counted.lemma_id = gathered.lemma_id
order by counted.lemma_id
"""
)


@dataclass(frozen=True, slots=True)
class Likely:
    """The `top` likeliest words of each side among those in `least` comments or more."""

    top: int
    least: int


def votes(
    store: Store, query: Query, other: Query | None, per: Per, likely: Likely, *, cancel: Cancel = None
) -> pd.DataFrame:
    """Return the votes for every word in the query's comments (a) and in the other set, None: the rest (b).

    The columns are [lemma_id, a, b, comments (in both sets together)] and, the same in each row, [of_a, of_b
    (all votes), in_both (comments that are in both sets), copies (comments left out as such)]. `stood_on`
    tells of the likeliest words what their votes stand on, None for others: a record for a, then one for b,
    with lemma_id, lemma, is_a, comments, authors, hits (votes), the sums over voters that intervals need,
    squares and products, and the same for all words of a side of (votes), alone, of_comments, clusters,
    size_products, size_2, size_3, size_4; see `analysis.lexis.clustered`. A side without comments has none.
    """
    return ask.frame(
        store,
        query,
        VOTED,
        other=other,
        per_author=per == "authors",
        copy_length=COPY_LENGTH,
        top=likely.top,
        least=likely.least,
        cancel=cancel,
    )
