"""Mood and rudeness of a query's comments by group: sums over authors, and single comments as examples.

Comments that the model does not judge (other languages, no words) are left out.
"""

from __future__ import annotations

import threading
from typing import Final, Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None
Over = Literal["day", "week", "month", "source", "community", "topic", "author_group", "language"]

# `who` wrote: a comment whose author nobody knows is its own, numbered below all authors. `weight` corrects
# the residual of a cluster for its leverage. Sums of the whole come as the row without a key.
BY_GROUP: Final = """
with judged as (
    select
        KEY as key,
        coalesce(
            author_no, -9223372036854775808 + (hash(comments.source, comments.comment_id) // 8)::bigint
        ) as who,
        sentiment,
        toxicity::double as toxicity
    from {rows}{featured} as comments
    JOINED
    where {where} and sentiment is not null
),
cells as (
    select
        key,
        who,
        count(*)::double as size,
        count(*) filter (sentiment = 'negative')::double as negative,
        count(*) filter (sentiment = 'neutral')::double as neutral,
        count(*) filter (sentiment = 'positive')::double as positive,
        count(*) filter (sentiment = 'unsure')::double as unsure,
        count(*) filter (toxicity >= $threshold)::double as toxic,
        sum(toxicity) as toxicity,
        sum(toxicity * toxicity) as toxicity_2
    from judged
    group by key, who
),
all_cells as (
    select *, false as is_whole
    from cells
    where key is not null
    union all by name
    select
        who,
        sum(size) as size,
        sum(negative) as negative,
        sum(neutral) as neutral,
        sum(positive) as positive,
        sum(unsure) as unsure,
        sum(toxic) as toxic,
        sum(toxicity) as toxicity,
        sum(toxicity_2) as toxicity_2,
        true as is_whole
    from cells
    group by who
),
totals as (
    select is_whole, key, sum(size) as n
    from all_cells
    group by is_whole, key
    qualify is_whole or $top = 0 or row_number() over (partition by is_whole order by n desc, key) <= $top
),
weighed as (
    select all_cells.*, 1 / greatest(1 - size / n, 1e-9) as weight
    from all_cells
    join totals on all_cells.is_whole = totals.is_whole and all_cells.key is not distinct from totals.key
)
select
    is_whole,
    key,
    sum(size) as n,
    count(*) filter (who >= -6917529027641081856) as authors,
    count(*) as clusters,
    sum(weight * size * size) as size_products,
    sum(size ** 2) as size_2,
    sum(size ** 3) as size_3,
    sum(size ** 4) as size_4,
    SUMS
    sum(toxicity_2) as toxicity_squares_within
from weighed
group by is_whole, key
order by is_whole desc, key
"""

MEASURES: Final = ("negative", "neutral", "positive", "unsure", "toxic", "toxicity")
_SUMS: Final = "\n    ".join(
    f"sum({name}) as {name}, sum(weight * {name} * {name}) as {name}_squares, "
    f"sum(weight * {name} * size) as {name}_products,"
    for name in MEASURES
)
_DAY: Final = "(date '0001-01-01' + ({minute} // 1440)::integer)::timestamp"
KEYS: Final[dict[Over, str]] = {
    "day": _DAY,
    "week": "(date '0001-01-01' + ({minute} // 10080 * 7)::integer)::timestamp",
    "month": "date_trunc('month', date '0001-01-01' + ({minute} // 1440)::integer)::timestamp",
    "source": "comments.source",
    "community": "case when kind <> 'import' then split_part(split_part(comments.source, ':', 2), '_', 1) "
    "else 'import' end",
    "topic": "topics.topic",
    "author_group": "case when author_no is null then 'unknown' "
    "when author_no between -4611686018427387904 and -1 then 'community' "
    "when is_post_author then 'post_author' "
    "when firsts.source = comments.source then 'newcomer' else 'regular' end",
    "language": "lang",
}
_TOPICS: Final = """left join topic_assignments as topics
        on comments.source = topics.source and comments.comment_id = topics.comment_id"""
# Under which source an author wrote first, in the whole dataset.
_FIRSTS: Final = """left join (
        select author_no as first_author, arg_min(source, (minute_no, comment_id)) as source
        from {plain}
        where author_no is not null and minute_no is not null
        group by author_no
    ) as firsts on author_no = firsts.first_author"""
_JOINED: Final[dict[Over, str]] = {"topic": _TOPICS, "author_group": _FIRSTS}
STATEMENTS: Final[dict[Over, str]] = {
    over: BY_GROUP.replace("KEY as", f"{key} as")
    .replace("JOINED", _JOINED.get(over, ""))
    .replace("    SUMS\n", f"    {_SUMS}\n")
    for over, key in KEYS.items()
}
PERIODS: Final = ("day", "week", "month")

# `because` are the words that add most to the score of the class against the other two, or to rudeness;
# pairs of words, which add little, are left out.
EXAMPLES: Final = """
with judged as (
    select
        source,
        comment_id,
        CERTAINTY as certainty,
        likes,
        case when copy_hash is null then hash(source, comment_id) else copy_hash end as text_hash,
        hash($seed::bigint, source, comment_id) as chance
    from {rows}{featured}
    where {where} and sentiment is not null and state <> 'deleted' and CHOSEN
),
first_ones as (
    select *
    from judged
    order by ORDERED, chance, source, comment_id
    limit $looked_at
),
ordered as (
    select *, row_number() over (order by ORDERED, chance, source, comment_id) as place
    from first_ones
),
unlike as (
    select *
    from ordered
    qualify row_number() over (partition by text_hash order by place) = 1
    order by place
    limit $top
),
different as (
    select
        unlike.place, comments.source, comments.comment_id, comments.text, comments.likes, features.words,
        features.sentiment, features.negative::double as negative, features.neutral::double as neutral,
        features.positive::double as positive, features.toxicity::double as toxicity
    from unlike
    join {plain} as comments on unlike.source = comments.source and unlike.comment_id = comments.comment_id
    join features on unlike.source = features.source and unlike.comment_id = features.comment_id
),
parts as (
    select distinct place, word_id
    from (select place, unnest(words) as word_id from different)
),
told as (
    select place, list(word order by adds desc, word)[1:5] as because
    from (
        select parts.place, vocabulary.word, ADDS as adds
        from parts
        join vocabulary using (word_id)
    )
    where adds > 0
    group by place
)
select
    different.source || ':' || different.comment_id as comment_key,
    different.text, different.likes, different.sentiment,
    different.negative, different.neutral, different.positive, different.toxicity,
    coalesce(array_to_string(told.because, ', '), '') as because,
    (select count(*) from judged) as of_class
from different
left join told using (place)
order by different.place
"""
Class = Literal["negative", "neutral", "positive", "unsure", "toxic"]
Choose = Literal["most_certain", "random", "most_liked"]
_ORDERS: Final[dict[Choose, str]] = {
    "most_certain": "certainty desc",
    "random": "chance",
    "most_liked": "likes desc nulls last",
}
_ADDS: Final[dict[Class, str]] = {
    "negative": "vocabulary.negative - greatest(vocabulary.neutral, vocabulary.positive)",
    "neutral": "vocabulary.neutral - greatest(vocabulary.negative, vocabulary.positive)",
    "positive": "vocabulary.positive - greatest(vocabulary.neutral, vocabulary.negative)",
    "unsure": "greatest(vocabulary.negative, vocabulary.neutral, vocabulary.positive)",
    "toxic": "vocabulary.toxic",
}
_CERTAINTY: Final[dict[Class, str]] = {
    "negative": "negative",
    "neutral": "neutral",
    "positive": "positive",
    "unsure": "-greatest(negative, neutral, positive)",
    "toxic": "toxicity",
}


def by_group(
    store: Store, query: Query, over: Over, *, threshold: float, top: int, cancel: Cancel = None
) -> pd.DataFrame:
    """Return sums over authors for the whole (`is_whole`, first) and each key, of groups the `top` largest.

    A key is a naive local time for periods, of which none is left out (but empty ones), else the group's
    name. The columns are [is_whole, key, n, authors, clusters, size_products, size_2, size_3, size_4], for
    each of MEASURES x the sums [x, x_squares, x_products], and toxicity_squares_within; see
    `analysis.mood.grouped`.
    """
    most = 0 if over in PERIODS else top
    return ask.frame(store, query, STATEMENTS[over], threshold=threshold, top=most, cancel=cancel)


def examples(
    store: Store,
    query: Query,
    of: Class,
    choose: Choose,
    *,
    top: int,
    seed: int,
    threshold: float,
    cancel: Cancel = None,
) -> pd.DataFrame:
    """Return up to `top` comments of a class, exact copies once, with the words that speak most for it.

    The columns are [comment_key, text, likes, sentiment, negative, neutral, positive, toxicity, because,
    of_class].
    """
    chosen = "toxicity >= $threshold" if of == "toxic" else "sentiment = $of"
    values = {"threshold": threshold} if of == "toxic" else {"of": of}
    statement = (
        EXAMPLES.replace("CERTAINTY", _CERTAINTY[of])
        .replace("CHOSEN", chosen)
        .replace("ORDERED", _ORDERS[choose])
        .replace("ADDS", _ADDS[of])
    )
    return ask.frame(store, query, statement, top=top, looked_at=20 * top, seed=seed, cancel=cancel, **values)
