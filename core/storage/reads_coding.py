"""What people coded: samples, their comments without the model's answer, and codings beside it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None
SampleKind = Literal["stratified", "instructive"]

SAMPLES: Final = """
select
    coding_samples.sample_id, kind, query, size, seed, engine, made_at,
    count(coding_items.place)::integer
from coding_samples
left join coding_items using (sample_id)
group by all
order by made_at desc, coding_samples.sample_id
"""

# Blind: nothing here says what the model thinks. What was deleted with its source is no part of it any more.
ITEMS: Final = """
select
    coding_items.place,
    source || ':' || comment_id as comment_key,
    comments.text,
    comments.root_id,
    comments.published_at
from coding_items
join {rows} as comments using (source, comment_id)
where coding_items.sample_id = $sample_id
order by coding_items.place
"""

CODED: Final = """
with wanted as (
    select distinct source, comment_id
    from labels
    where name = $name
),
inside as (
    select source, comment_id
    from {rows}
    where {where} and (source, comment_id) in (select (source, comment_id) from wanted)
)
select
    coding_items.sample_id,
    coding_items.place,
    source || ':' || comment_id as comment_key,
    coding_items.stratum,
    coding_items.stratum_size,
    coding_items.times,
    features.sentiment,
    features.toxicity::double as toxicity,
    features.score_negative::double as score_negative,
    features.score_neutral::double as score_neutral,
    features.score_positive::double as score_positive,
    features.score_toxic::double as score_toxic,
    labels.value,
    labels.coder,
    inside.source is not null as is_inside
from coding_items
join coding_samples using (sample_id)
join labels using (source, comment_id)
join features using (source, comment_id)
left join inside using (source, comment_id)
where labels.name = $name and coding_samples.kind = 'stratified' and features.sentiment is not null
order by coding_items.sample_id, coding_items.place, labels.labelled_at, labels.coder
"""

LABELLED: Final = """
select
    source || ':' || comment_id as comment_key,
    comments.text,
    score_negative::double as score_negative,
    score_neutral::double as score_neutral,
    score_positive::double as score_positive,
    score_toxic::double as score_toxic,
    labels.value,
    labels.coder
from labels
join {rows}{featured} as comments using (source, comment_id)
where labels.name = $name and sentiment is not null and comments.text is not null
order by source, comment_id, labels.labelled_at, labels.coder
"""

STRATA: Final = """
select
    sentiment || case when toxicity >= 0.5 then '+toxic' else '' end as stratum,
    count(*) as comments
from {rows}{featured}
where {where} and sentiment is not null and state <> 'deleted' and length > 0
group by stratum
order by stratum
"""

# Each comment is as likely as any other of its stratum; equal texts are counted but coded once. Enough of the
# first ones by a seeded hash are looked at that so many different texts are among them.
DRAWN: Final = """
with open as (
    select
        source,
        comment_id,
        sentiment || case when toxicity >= 0.5 then '+toxic' else '' end as stratum,
        case when copy_hash is null then hash(source, comment_id) else copy_hash end as text_hash,
        hash($seed::bigint, source, comment_id) as chance
    from {rows}{featured}
    where {where} and sentiment is not null and state <> 'deleted' and length > 0
),
first_ones as (
    select *
    from open
    qualify row_number() over (partition by stratum order by chance, source, comment_id) <= $looked_at
),
told as (
    select
        *,
        row_number() over (
            partition by stratum, text_hash order by chance, source, comment_id
        ) = 1 as is_first
    from first_ones
),
counted as (
    select
        *,
        sum(is_first::integer) over (partition by stratum order by chance, source, comment_id) as texts
    from told
)
select
    stratum,
    arg_min(source, chance) as source,
    arg_min(comment_id, chance) as comment_id,
    count(*)::integer as times
from counted
join (select unnest($strata::varchar[]) as stratum, unnest($wanted::integer[]) as wanted) using (stratum)
where texts <= wanted
group by stratum, text_hash
order by min(chance), stratum
"""

# The least sure of mood: the two likeliest are nearly equal. What is coded already teaches no more.
DOUBTFUL: Final = """
with open as (
    select
        source,
        comment_id,
        case when copy_hash is null then hash(source, comment_id) else copy_hash end as text_hash,
        lemmas,
        list_sort([negative, neutral, positive], 'desc') as shares,
        hash($seed::bigint, source, comment_id) as chance
    from {rows}{featured}
    where {where} and sentiment is not null and state <> 'deleted' and len(lemmas) > 0
        and (source, comment_id) not in (select (source, comment_id) from labels)
),
unlike as (
    select
        arg_min(source, chance) as source,
        arg_min(comment_id, chance) as comment_id,
        any_value(lemmas) as lemmas,
        min(shares[1] - shares[2]) as margin,
        min(chance) as chance
    from open
    where shares[1] - shares[2] < 0.5
    group by text_hash
)
select source, comment_id, lemmas
from unlike
order by margin, chance
limit $most
"""

MOST_CODED: Final = """
select coalesce(max(coded), 0)
from (
    select count(distinct place) as coded
    from coding_items
    join coding_samples using (sample_id)
    join labels using (source, comment_id)
    where kind = 'stratified' and labels.name = $name and labels.value in (select unnest($values::varchar[]))
    group by sample_id
)
"""

CALIBRATION: Final = """
select number, body, made_at
from calibrations
order by number desc
limit 1
"""


LOCAL_MODEL: Final = """
select name, version, changed, weights
from local_models
where number = $number
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample that was drawn: from which query (JSON of URL parameters), how, and how many texts it has."""

    sample_id: str
    kind: SampleKind
    query: str
    size: int
    seed: int
    engine: str
    made_at: datetime
    items: int


def samples(store: Store) -> list[Sample]:
    """Return every sample, the last drawn first."""
    return [Sample(*row) for row in ask.rows(store, Query(), SAMPLES)]


def items(store: Store, sample_id: str) -> pd.DataFrame:
    """Return [place, comment_key, text, root_id, published_at] of a sample, in its random order."""
    return ask.frame(store, Query(), ITEMS, sample_id=sample_id)


def coded(store: Store, query: Query, name: str, cancel: Cancel = None) -> pd.DataFrame:
    """Return a row per coding of a text of a stratified sample, with what the model says now.

    The columns are [sample_id, place, comment_key, stratum, stratum_size, times, sentiment, toxicity, scores,
    value, coder, is_inside]; `is_inside` tells whether the comment is of the query.
    """
    return ask.frame(store, query, CODED, name=name, cancel=cancel)


def labelled(store: Store, name: str) -> pd.DataFrame:
    """Return [comment_key, text, scores, value, coder] of every label with that name, sampled or not."""
    return ask.frame(store, Query(), LABELLED, name=name)


def strata(store: Store, query: Query, cancel: Cancel = None) -> dict[str, int]:
    """Return how many comments each stratum of a query has: those whose mood the model can tell."""
    return {str(name): int(size) for name, size in ask.rows(store, query, STRATA, cancel=cancel)}


def drawn(store: Store, query: Query, wanted: dict[str, int], seed: int, looked_at: int) -> pd.DataFrame:
    """Return [stratum, source, comment_id, times] of so many different texts per stratum, in random order."""
    return ask.frame(
        store,
        query,
        DRAWN,
        seed=seed,
        strata=list(wanted),
        wanted=list(wanted.values()),
        looked_at=looked_at,
    )


def doubtful(store: Store, query: Query, most: int, seed: int) -> pd.DataFrame:
    """Return [source, comment_id, lemmas] of texts that the model is least sure of, the least sure first."""
    return ask.frame(store, query, DOUBTFUL, most=most, seed=seed)


def most_coded(store: Store, name: str, values: Sequence[str], cancel: Cancel = None) -> int:
    """Return how many texts were coded with such values in the stratified sample where it was most."""
    return int(ask.row(store, Query(), MOST_CODED, name=name, values=list(values), cancel=cancel)[0])


def calibration(store: Store) -> tuple[int, str, datetime] | None:
    """Return the number, the JSON and the moment of the calibration that counts; None for the model's own."""
    found = ask.rows(store, Query(), CALIBRATION)
    return (int(found[0][0]), str(found[0][1]), found[0][2]) if found else None


def local_model(store: Store, number: int) -> tuple[str, int, bytes, bytes]:
    """Return the name and version of a model trained here, which rows it changed, and their weights."""
    name, version, changed, weights = ask.row(store, Query(), LOCAL_MODEL, number=number)
    return str(name), int(version), bytes(changed), bytes(weights)
