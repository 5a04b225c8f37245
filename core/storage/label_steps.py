"""Steps of labelling: what somebody did to labels at once, kept in mind until it is taken back.

A step has a number. Labels that it gave carry the number; labels that it took the place of, or took off, are
put away under it. Taking a step back restores what stood before. What was said of a comment again since then
stays.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Final

from core.query import Query
from core.storage import ask
from core.storage.bulk import naive
from core.storage.store import Store, Transaction

NEXT: Final = """
select coalesce(max(number), 0) + 1
from labellings
"""

COUNT_GIVEN: Final = """
select count(*)
from labels
where labelling = $number
"""

PUT_REPLACED_AWAY: Final = """
insert into labels_replaced by name
select $number::integer as number, labels.*
from labels
semi join (
    select source, comment_id, name, coder
    from labels
    where labelling = $number
) as given using (source, comment_id, name, coder)
where labelling is distinct from $number
"""

DROP_REPLACED: Final = """
delete from labels
where labelling is distinct from $number
    and (source, comment_id, name, coder) in (
        select (source, comment_id, name, coder)
        from labels
        where labelling = $number
    )
"""

REMEMBER: Final = """
insert into labellings by name
select
    $number::integer as number, $kind as kind, $coder as coder, $name as name, $value as value,
    $labels as comments, $made_at::timestamp as made_at
"""

LAST: Final = """
select number, kind, coder, name, value, comments
from labellings
where coder = $coder
order by number desc
limit 1
"""

COUNT_CHANGED: Final = """
select count(*)
from (
    select source, comment_id, name, coder
    from labels
    where labelling = $number
    union
    select source, comment_id, name, coder
    from labels_replaced
    anti join (
        select source, comment_id, name, coder
        from labels
        where labelling is distinct from $number
    ) as others using (source, comment_id, name, coder)
    where number = $number
)
"""

# What a step put away belongs beneath the next step that wrote in the same place, if one did; a label given
# without a step since then lies between the two and stays, whatever is taken back.
ABOVE: Final = """
    select source, comment_id, name, coder, min(number) as number
    from (
        select source, comment_id, name, coder, labelling as number
        from labels
        union all by name
        select source, comment_id, name, coder, labelling as number
        from labels_replaced
        union all by name
        select source, comment_id, name, coder, number
        from labels_replaced
    ) as written
    where number > $number
    group by source, comment_id, name, coder
"""

UNDER_LATER: Final = (
    f"""
    update labels_replaced
    set number = above.number
    from ({ABOVE}) as above
    where labels_replaced.number = $number
        and labels_replaced.source = above.source
        and labels_replaced.comment_id = above.comment_id
        and labels_replaced.name = above.name
        and labels_replaced.coder = above.coder
        and (above.number, above.source, above.comment_id, above.name, above.coder) not in (
            select (number, source, comment_id, name, coder)
            from labels_replaced
            where labelling is distinct from $number
        )
    """,
    """
    delete from labels_replaced
    where labelling = $number
    """,
    f"""
    delete from labels_replaced
    where number = $number
        and (source, comment_id, name, coder) in (
            select (source, comment_id, name, coder)
            from ({ABOVE}) as above
        )
    """,
)

TAKE_BACK: Final = (
    """
    delete from labels
    where labelling = $number
    """,
    """
    insert into labels by name
    select * exclude (number)
    from labels_replaced
    anti join labels using (source, comment_id, name, coder)
    where number = $number
    """,
    """
    delete from labels_replaced
    where number = $number
    """,
    """
    delete from labellings
    where number = $number
    """,
)


class StepKind(StrEnum):
    """What a step did: one label for many comments, labels taken off, labels from a file."""

    GIVEN = "given"
    REMOVED = "removed"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Step:
    """What `coder` did to so many labels at once; `name` and `value` are empty where there are several."""

    number: int
    kind: StepKind
    coder: str
    name: str = ""
    value: str = ""
    labels: int = 0


def begun(transaction: Transaction) -> int:
    """Return the number of the step that begins."""
    return int(transaction.cursor.execute(NEXT).fetchall()[0][0])


def settled(store: Store, transaction: Transaction, step: Step) -> int:
    """Put away what the labels of a step replace; return how many it gave. One that gave nothing is none."""
    number = {"number": step.number}
    given = int(transaction.cursor.execute(COUNT_GIVEN, number).fetchall()[0][0])
    transaction.is_void = not given
    if given:
        transaction.cursor.execute(PUT_REPLACED_AWAY, number)
        transaction.cursor.execute(DROP_REPLACED, number)
        remember(store, transaction, replace(step, labels=given))
    return given


def remember(store: Store, transaction: Transaction, step: Step) -> None:
    """Keep a step in mind, so that it can be taken back."""
    values = {**asdict(step), "kind": str(step.kind), "made_at": naive(store.now())}
    transaction.cursor.execute(REMEMBER, values)


def last_step(store: Store, coder: str) -> Step | None:
    """Return what somebody did last to labels here, None when nothing is left to take back."""
    found = ask.rows(store, Query(), LAST, coder=coder)
    if not found:
        return None
    number, kind, *about = found[0]
    return Step(number, StepKind(kind), *about)


def take_back(store: Store, number: int) -> int:
    """Undo a step; return how many labels went, came back, or are what they were before it."""
    with store.writing("labels") as transaction:
        cursor, values = transaction.cursor, {"number": number}
        for statement in UNDER_LATER:
            cursor.execute(statement, values)
        changed = int(cursor.execute(COUNT_CHANGED, values).fetchall()[0][0])
        for statement in TAKE_BACK:
            cursor.execute(statement, values)
    return changed
