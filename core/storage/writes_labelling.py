"""One label for many comments at once: those of a query, or some by key; and the last such taken back.

A labelling is numbered, and what it replaces is kept, so that undoing it restores what stood before. What
was said of a comment again since then stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.query import Query
from core.storage import ask
from core.storage.bulk import naive
from core.storage.reads_comments import parts_of
from core.storage.store import Store, Transaction

NEXT: Final = """
select coalesce(max(number), 0) + 1
from labellings
"""

# A comment that says so already keeps its note and its moment, unless there is another note.
MATCHING: Final = """
insert into labels by name
select
    source, comment_id, $name as name, $value as value, $coder as coder, $note as note,
    $labelled_at::timestamp as labelled_at, $number::integer as labelling
from {rows}
where ({where})
    and (source, comment_id) not in (
        select (source, comment_id)
        from labels
        where name = $name and coder = $coder and value = $value and ($note = '' or note = $note)
    )
"""

CHOSEN: Final = """
insert into labels by name
select
    source, comment_id, $name as name, $value as value, $coder as coder, $note as note,
    $labelled_at::timestamp as labelled_at, $number::integer as labelling
from {rows}
semi join (
    select unnest($sources::varchar[]) as source, unnest($ids::bigint[]) as comment_id
) as wanted using (source, comment_id)
where (source, comment_id) not in (
    select (source, comment_id)
    from labels
    where name = $name and coder = $coder and value = $value and ($note = '' or note = $note)
)
"""

COUNT_GIVEN: Final = """
select count(*)
from labels
where labelling = $number
"""

KEEP_REPLACED: Final = """
insert into labels_replaced by name
select
    $number::integer as number, source, comment_id, labels.name, labels.value, labels.coder, labels.note,
    labels.labelled_at, labels.labelling
from labels
semi join (
    select source, comment_id
    from labels
    where labelling = $number
) as given using (source, comment_id)
where name = $name and coder = $coder and labelling is distinct from $number
"""

DROP_REPLACED: Final = """
delete from labels
where name = $name and coder = $coder and labelling is distinct from $number
    and (source, comment_id) in (select (source, comment_id) from labels where labelling = $number)
"""

REMEMBER: Final = """
insert into labellings by name
select
    $number::integer as number, $name as name, $value as value, $coder as coder, $comments as comments,
    $made_at::timestamp as made_at
"""

LAST: Final = """
select number, name, value, coder, comments, made_at
from labellings
where coder = $coder
order by number desc
limit 1
"""

TAKE_BACK: Final = """
delete from labels
where labelling = $number
"""

RESTORE: Final = """
insert into labels by name
select * exclude (number)
from labels_replaced
anti join labels using (source, comment_id, name, coder)
where number = $number
"""

FORGET: Final = (
    """
    delete from labels_replaced
    where number = $number
    """,
    """
    delete from labellings
    where number = $number
    """,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a coder says under a name, of whatever comments; `note` may be empty."""

    name: str
    value: str
    coder: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Labelling:
    """One judgement given to so many comments at once; `made_at` is aware UTC."""

    number: int
    name: str
    value: str
    coder: str
    comments: int
    made_at: datetime


def label_matching(store: Store, query: Query, judgement: Judgement) -> int:
    """Label every comment of a query; return how many were not labelled so before.

    Raises QueryError for a filter the database cannot read.
    """
    with store.writing("labels") as transaction:
        number = int(transaction.cursor.execute(NEXT).fetchall()[0][0])
        values = _values(store, judgement, number)
        unfolded = transaction.unfolded > 0
        asked = ask.prepared(transaction.cursor, query, MATCHING, unfolded=unfolded, values=values)
        transaction.cursor.execute(asked.sql, asked.values)
        return _settled(store, transaction, judgement, number)


def label_chosen(store: Store, keys: Sequence[str], judgement: Judgement) -> int:
    """Label comments by key; return how many were not labelled so before. One that is not here has none.

    Raises NotFound for what is no key.
    """
    parts = [parts_of(key) for key in keys]
    with store.writing("labels") as transaction:
        number = int(transaction.cursor.execute(NEXT).fetchall()[0][0])
        values = {
            **_values(store, judgement, number),
            "sources": [source for source, _ in parts],
            "ids": [comment_id for _, comment_id in parts],
        }
        unfolded = transaction.unfolded > 0
        asked = ask.prepared(transaction.cursor, Query(), CHOSEN, unfolded=unfolded, values=values)
        transaction.cursor.execute(asked.sql, asked.values)
        return _settled(store, transaction, judgement, number)


def last_labelling(store: Store, coder: str) -> Labelling | None:
    """Return what a coder gave last to comments here, None when nothing is left to take back."""
    found = ask.rows(store, Query(), LAST, coder=coder)
    return Labelling(*found[0]) if found else None


def take_back(store: Store, number: int) -> int:
    """Undo a labelling; return how many of its labels went. What it had replaced stands again."""
    with store.writing("labels") as transaction:
        gone = int(transaction.cursor.execute(COUNT_GIVEN, {"number": number}).fetchall()[0][0])
        for statement in (TAKE_BACK, RESTORE, *FORGET):
            transaction.cursor.execute(statement, {"number": number})
    return gone


def _values(store: Store, judgement: Judgement, number: int) -> dict[str, object]:
    return {
        "name": judgement.name,
        "value": judgement.value,
        "coder": judgement.coder,
        "note": judgement.note,
        "labelled_at": naive(store.now()),
        "number": number,
    }


def _settled(store: Store, transaction: Transaction, judgement: Judgement, number: int) -> int:
    """Put away what the new labels replace and remember the labelling; one that gave nothing is none."""
    cursor = transaction.cursor
    given = int(cursor.execute(COUNT_GIVEN, {"number": number}).fetchall()[0][0])
    transaction.is_void = not given
    if given:
        about = {"number": number, "name": judgement.name, "coder": judgement.coder}
        cursor.execute(KEEP_REPLACED, about)
        cursor.execute(DROP_REPLACED, about)
        made_at = naive(store.now())
        cursor.execute(REMEMBER, {**about, "value": judgement.value, "comments": given, "made_at": made_at})
    return given
