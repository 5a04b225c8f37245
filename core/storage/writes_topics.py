"""Topics: keep a fit, and note which topic each comment has by it."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from core.storage.bulk import naive, write_batch
from core.storage.reads_topics import StoredFit
from core.storage.store import Store, Transaction

NEXT_FIT: Final = """
select coalesce(max(fit_id), 0) + 1
from topic_fits
"""

FORGET_FIT: Final = """
delete from topic_fits
where question = $question
"""

ADD_FIT: Final = """
insert into topic_fits by name
select
    $fit_id as fit_id,
    $question as question,
    $topics as topics,
    $seed as seed,
    $engine as engine,
    $made_version as made_version,
    $made_at::timestamp as made_at,
    $documents as documents,
    $texts as texts,
    $lemmas::varchar[] as lemmas,
    $weights::double[] as weights,
    $components::blob as components,
    $described as described
"""

FORGET_OTHERS: Final = """
delete from topic_assignments
where fit_id is distinct from $fit_id
"""

FORGET_PLACES: Final = """
delete from topic_assignments
where (source, comment_id) in (select (source, comment_id) from batch)
"""

# Sources may have been deleted since their texts were read.
ADD_PLACES: Final = """
insert into topic_assignments by name
select source, comment_id, topic, share, mark, $fit_id as fit_id
from batch
where source in (select distinct source from comments)
"""


def write_fit(store: Store, fit: StoredFit, places: pa.Table) -> int:
    """Keep a fit in place of the one its question had, with all comments' places by it; return its number.

    The number that `fit` has does not count: it gets the next one.
    """
    with store.writing("topics") as transaction:
        cursor = transaction.cursor
        fit_id = int(cursor.execute(NEXT_FIT).fetchall()[0][0])
        cursor.execute(FORGET_FIT, {"question": fit.question})
        values = {
            "fit_id": fit_id,
            "question": fit.question,
            "topics": fit.topics,
            "seed": fit.seed,
            "engine": fit.engine,
            "made_version": fit.made_version,
            "made_at": naive(fit.made_at),
            "documents": fit.documents,
            "texts": fit.texts,
            "lemmas": fit.lemmas,
            "weights": fit.weights.tolist(),
            "components": fit.components.astype("<f4").tobytes(),
            "described": fit.described,
        }
        cursor.execute(ADD_FIT, values)
        _place(transaction, fit_id, places)
    return fit_id


def write_places(store: Store, fit_id: int, places: pa.Table) -> None:
    """Note the topics of comments by a fit, and forget those of any other fit.

    `places` is [source, comment_id, mark, topic, share].
    """
    with store.writing("topics") as transaction:
        _place(transaction, fit_id, places)


def _place(transaction: Transaction, fit_id: int, places: pa.Table) -> None:
    transaction.cursor.execute(FORGET_OTHERS, {"fit_id": fit_id})
    write_batch(transaction.cursor, FORGET_PLACES, places)
    write_batch(transaction.cursor, ADD_PLACES, places, fit_id=fit_id)
