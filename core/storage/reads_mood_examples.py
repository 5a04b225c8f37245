"""Single comments as examples of a mood, with the words that speak most for it.

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
