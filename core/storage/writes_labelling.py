"""Labels in steps that can be taken back: one for many comments, those of a file, some taken off.

What each step replaces or takes off is put away, see `label_steps`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.query import Query
from core.storage import ask
from core.storage.bulk import naive, write_batch
from core.storage.label_steps import Step, StepKind, begun, remember, settled
from core.storage.reads_comments import parts_of
from core.storage.reads_labels import ARE_CHOSEN, Chosen, Label
from core.storage.store import Store
from core.storage.writes_coding import batch_of

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

FROM_FILE: Final = """
insert into labels by name
select *, $labelled_at::timestamp as labelled_at, $number::integer as labelling
from batch
anti join labels using (source, comment_id, name, value, coder, note)
"""

TAKE_OFF: Final = f"""
insert into labels_replaced by name
select $number::integer as number, *
from labels
where {ARE_CHOSEN}
"""

# Where several are taken off, no one name or value says what they were.
TAKEN_OFF: Final = """
select
    count(*),
    case when count(distinct name) = 1 then min(name) else '' end,
    case when count(distinct (name, value)) = 1 then min(value) else '' end
from labels_replaced
where number = $number
"""

DROP_TAKEN_OFF: Final = """
delete from labels
where (source, comment_id, name, coder) in (
    select (source, comment_id, name, coder)
    from labels_replaced
    where number = $number
)
"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a coder says under a name, of whatever comments; `note` may be empty."""

    name: str
    value: str
    coder: str
    note: str = ""


def label_matching(store: Store, query: Query, judgement: Judgement) -> int:
    """Label every comment of a query; return how many were not labelled so before.

    Raises QueryError for a filter the database cannot read.
    """
    with store.writing("labels") as transaction:
        number = begun(transaction)
        values = _values(store, judgement, number)
        unfolded = transaction.unfolded > 0
        asked = ask.prepared(transaction.cursor, query, MATCHING, unfolded=unfolded, values=values)
        transaction.cursor.execute(asked.sql, asked.values)
        return settled(store, transaction, _step(number, judgement))


def label_chosen(store: Store, keys: Sequence[str], judgement: Judgement) -> int:
    """Label comments by key; return how many were not labelled so before. One that is not here has none.

    Raises NotFound for what is no key.
    """
    parts = [parts_of(key) for key in keys]
    with store.writing("labels") as transaction:
        number = begun(transaction)
        values = {
            **_values(store, judgement, number),
            "sources": [source for source, _ in parts],
            "ids": [comment_id for _, comment_id in parts],
        }
        unfolded = transaction.unfolded > 0
        asked = ask.prepared(transaction.cursor, Query(), CHOSEN, unfolded=unfolded, values=values)
        transaction.cursor.execute(asked.sql, asked.values)
        return settled(store, transaction, _step(number, judgement))


def label_from_file(store: Store, labels: Sequence[Label], coder: str) -> int:
    """Keep labels that `coder` took from a file; return how many said anything new.

    Of equal comment, name and coder the last one counts. What is said again as it stands keeps its moment.
    """
    batch = batch_of(labels)
    with store.writing("labels") as transaction:
        number = begun(transaction)
        labelled_at = naive(store.now())
        write_batch(transaction.cursor, FROM_FILE, batch, labelled_at=labelled_at, number=number)
        return settled(store, transaction, Step(number, StepKind.IMPORTED, coder))


def take_off(store: Store, chosen: Chosen, coder: str) -> int:
    """Take the chosen labels off, as a step of `coder`; return how many there were."""
    with store.writing("labels") as transaction:
        cursor, number = transaction.cursor, begun(transaction)
        cursor.execute(TAKE_OFF, {**chosen.values, "number": number})
        taken, name, value = cursor.execute(TAKEN_OFF, {"number": number}).fetchall()[0]
        transaction.is_void = not taken
        if taken:
            cursor.execute(DROP_TAKEN_OFF, {"number": number})
            remember(store, transaction, Step(number, StepKind.REMOVED, coder, name, value, taken))
    return int(taken)


def _values(store: Store, judgement: Judgement, number: int) -> dict[str, object]:
    return {
        "name": judgement.name,
        "value": judgement.value,
        "coder": judgement.coder,
        "note": judgement.note,
        "labelled_at": naive(store.now()),
        "number": number,
    }


def _step(number: int, judgement: Judgement) -> Step:
    return Step(number, StepKind.GIVEN, judgement.coder, judgement.name, judgement.value)
