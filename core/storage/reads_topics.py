"""Topics: texts to find them in, the fits that are kept, comments to place, and how many have which topic."""

from __future__ import annotations

import threading
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None
Numbers = np.ndarray[Any, np.dtype[np.float64]]

# Copies of a text are one text here, and which ones are drawn depends on nothing but the text and the seed.
DRAWN: Final = """
with texts as (
    select copy_hash, any_value(lemmas) as lemmas, min(source) as source
    from {rows}{featured}
    where {where} and copy_hash is not null and len(lemmas) >= $fewest
    group by copy_hash
)
select lemmas, source, (select count(*) from texts)::integer as texts
from texts
order by hash(copy_hash, $seed), copy_hash
limit $most
"""

# What was read, and what is left of it; other versions change nothing that is fitted.
TEXTS_VERSION: Final = """
select coalesce(max(version), 0)
from dataset_versions
where cause in ('features', 'delete')
"""

ENGINE: Final = """
select coalesce(max(engine), '')
from features
"""

LEMMAS: Final = """
select lemma_id, min(lemma) as lemma
from lemmas
where lemma_id in (select unnest($ids::integer[]))
group by lemma_id
"""

LEMMA_IDS: Final = """
select lemma, min(lemma_id) as lemma_id
from lemmas
where lemma in (select unnest($lemmas::varchar[]))
group by lemma
"""

FIT: Final = """
select
    fit_id,
    question,
    topics,
    seed,
    engine,
    made_version,
    made_at,
    documents,
    texts,
    lemmas,
    weights,
    components,
    described
from topic_fits
where case when $question::varchar is null
    then fit_id = (select max(fit_id) from topic_assignments)
    else question = $question end
order by fit_id desc
limit 1
"""

UNPLACED: Final = """
with read as (
    select source, comment_id, mark, lemmas
    from {rows}{featured}
    where {where} and engine is not null
)
select
    read.source,
    read.comment_id,
    read.mark,
    hash(read.lemmas) as text_no,
    case when len(read.lemmas) >= $fewest then read.lemmas end as lemmas
from read
anti join (select source, comment_id, mark from topic_assignments where fit_id = $fit) as placed
    on read.source = placed.source and read.comment_id = placed.comment_id and read.mark = placed.mark
"""

# A comment without an author is an author of its own.
PER_AUTHOR: Final = """
select
    topic,
    coalesce(author_no, (hash(source, comment_id) >> 1)::bigint) as author,
    count(*) as comments,
    count_if(len(lemmas) < $fewest) as short
from (
    select source, comment_id, author_no, lemmas
    from {rows}{featured}
    where {where} and engine is not null
)
join (select source, comment_id, topic from topic_assignments where fit_id = $fit)
    using (source, comment_id)
group by topic, author
order by author, topic
"""

EXAMPLES: Final = """
with placed as (
    select topic, source || ':' || comment_id as comment_key, copy_hash, share * least(len(lemmas), 12) as
    fits
    from (
        select source, comment_id, copy_hash, lemmas
        from {rows}{featured}
        where {where} and engine is not null
    )
    join (select source, comment_id, topic, share from topic_assignments where fit_id = $fit and topic > 0)
        using (source, comment_id)
),
texts as (
    select topic, copy_hash, min(comment_key) as comment_key, max(fits) as fits
    from placed
    group by topic, copy_hash
)
select topic, max_by(comment_key, (fits, hash(comment_key)), 3) as keys
from texts
group by topic
order by topic
"""


@dataclass(frozen=True, slots=True, eq=False)
class StoredFit:
    """Topics that were found: `components` is topics x lemmas, `described` JSON about each topic.

    `made_at` is aware UTC; `documents` texts were fitted out of `texts` different ones.
    """

    fit_id: int
    question: str
    topics: int
    seed: int
    engine: str
    made_version: int
    made_at: datetime
    documents: int
    texts: int
    lemmas: list[str]
    weights: Numbers
    components: Numbers
    described: str


FIT_COLUMNS: Final = tuple(each.name for each in fields(StoredFit))


def drawn_texts(
    store: Store, query: Query, *, fewest: int, most: int, seed: int, cancel: Cancel = None
) -> pa.Table:
    """Return [lemmas (numbers), source, texts (how many there are)] of texts with at least `fewest` lemmas.

    Copies are one text, under the first source by key. Of more than `most` a sample that the seed decides.
    """
    return ask.table(store, query, DRAWN, fewest=fewest, most=most, seed=seed, cancel=cancel)


def texts_version(store: Store) -> int:
    """Return the version of the dataset by which texts that were read last changed."""
    with store.reading() as cursor:
        found = cursor.execute(TEXTS_VERSION).fetchall()
    return int(found[0][0])


def engine_of(store: Store) -> str:
    """Return what has read the texts, '' while nothing was read."""
    with store.reading() as cursor:
        found = cursor.execute(ENGINE).fetchall()
    return str(found[0][0])


def lemma_texts(store: Store, ids: list[int]) -> dict[int, str]:
    """Return the lemmas of these numbers."""
    with store.reading() as cursor:
        return dict(cursor.execute(LEMMAS, {"ids": ids}).fetchall())


def lemma_numbers(store: Store, lemmas: list[str]) -> dict[str, int]:
    """Return the numbers of these lemmas; one that no text has any more is left out."""
    with store.reading() as cursor:
        return dict(cursor.execute(LEMMA_IDS, {"lemmas": lemmas}).fetchall())


def stored_fit(store: Store, question: str | None = None) -> StoredFit | None:
    """Return the fit of a question; without a question the one by which comments are placed now."""
    with store.reading() as cursor:
        rows = cursor.execute(FIT, {"question": question}).fetchall()
    if not rows:
        return None
    columns = dict(zip(FIT_COLUMNS, rows[0], strict=True))
    made = np.frombuffer(columns["components"], dtype="<f4").astype(np.float64)
    columns["components"] = made.reshape(columns["topics"], len(columns["lemmas"]))
    columns["weights"] = np.array(columns["weights"], dtype=np.float64)
    columns["made_at"] = columns["made_at"].replace(tzinfo=UTC)
    return StoredFit(**columns)


def unplaced(store: Store, query: Query, fit: int, *, fewest: int, cancel: Cancel = None) -> pa.Table:
    """Return [source, comment_id, mark, text_no, lemmas] of the comments that a fit was not applied to.

    `text_no` is equal for equal lists of lemmas; a list with fewer than `fewest` lemmas is null.
    """
    return ask.table(store, query, UNPLACED, fit=fit, fewest=fewest, cancel=cancel)


def per_author(store: Store, query: Query, fit: int, *, fewest: int, cancel: Cancel = None) -> pd.DataFrame:
    """Return [topic, author, comments, short]: how many comments of the query each author has in each topic.

    Only comments that the fit was applied to count; `short` are those with fewer than `fewest` lemmas.
    """
    return ask.frame(store, query, PER_AUTHOR, fit=fit, fewest=fewest, cancel=cancel)


def examples(store: Store, query: Query, fit: int, cancel: Cancel = None) -> dict[int, list[str]]:
    """Return keys of up to three comments per topic, of different texts that belong to it most plainly."""
    return dict(ask.rows(store, query, EXAMPLES, fit=fit, cancel=cancel))
