"""Which lemmas stand in the same comments: counts of the most frequent ones, alone and in pairs."""

from __future__ import annotations

import threading
from typing import Final, Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None
Per = Literal["comments", "authors"]

# Of copies one counts; per author, whatever all of an author's comments hold counts once.
OCCURRENCES: Final = """
with occurrences as (
    select distinct DOCUMENT as document, unnest(lemmas) as lemma_id
    from {rows}{featured}
    where {where} and engine is not null and DOCUMENT is not null
),
counted as (
    select lemma_id, count(*) as documents
    from occurrences
    group by lemma_id
    having count(*) >= $least
    order by documents desc, lemma_id
    limit $top
),
chosen as (
    select document, lemma_id
    from occurrences
    semi join counted using (lemma_id)
)
"""

PAIRED: Final = """
select a.lemma_id as first, b.lemma_id as second, count(*) as documents
from chosen as a
join chosen as b on a.document = b.document and a.lemma_id < b.lemma_id
group by a.lemma_id, b.lemma_id
union all
select lemma_id, lemma_id, documents
from counted
order by first, second
"""

COUNTED: Final = """
select count(distinct DOCUMENT)
from {rows}{featured}
where {where} and engine is not null
"""

DOCUMENT: Final[dict[Per, str]] = {"comments": "copy_hash", "authors": "author_no"}


def pairs(
    store: Store, query: Query, *, per: Per, top: int, least: int, cancel: Cancel = None
) -> pd.DataFrame:
    """Return [first, second, documents]: how many documents hold both lemmas, or one (first = second).

    Lemmas are numbers: the `top` in most documents, each in at least `least`. A document is a different
    text, or everything an author wrote.
    """
    statement = (OCCURRENCES + PAIRED).replace("DOCUMENT", DOCUMENT[per])
    return ask.frame(store, query, statement, top=top, least=least, cancel=cancel)


def documents(store: Store, query: Query, *, per: Per, cancel: Cancel = None) -> int:
    """Return the number of documents that were read."""
    return int(ask.row(store, query, COUNTED.replace("DOCUMENT", DOCUMENT[per]), cancel=cancel)[0])
