"""Labels that people gave to comments, page by page or those of one coder in one sample."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import orjson
import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.refusals import foreign_cursor
from core.storage.store import Store

ARE_CHOSEN: Final = """
    (len($keys::varchar[]) = 0 or source || ':' || comment_id in (select unnest($keys::varchar[])))
    and (len($names::varchar[]) = 0 or name in (select unnest($names::varchar[])))
    and (len($coders::varchar[]) = 0 or coder in (select unnest($coders::varchar[])))
"""
"""Which labels `Chosen` names: the condition of its `values`."""

LABELS: Final = f"""
select source, comment_id, name, value, coder, note, labelled_at
from labels
where {ARE_CHOSEN}
    and (source, comment_id, name, coder)
        > ($after_source::varchar, $after_comment::bigint, $after_name::varchar, $after_coder::varchar)
order by source, comment_id, name, coder
limit $limit
"""

OWN: Final = """
select coding_items.place, labels.name, labels.value, labels.note
from coding_items
join labels using (source, comment_id)
where coding_items.sample_id = $sample_id and labels.coder = $coder
order by coding_items.place, labels.name
"""

CODERS: Final = """
select labels.coder, labels.name, count(*)::integer
from coding_items
join labels using (source, comment_id)
where coding_items.sample_id = $sample_id
group by all
order by labels.coder, labels.name
"""

BEFORE_ALL: Final = ("", -(2**63), "", "")


@dataclass(frozen=True, slots=True)
class Label:
    """What a coder says of a comment under a name; the one value of that comment, name and coder."""

    source: str
    comment_id: int
    name: str
    value: str
    coder: str
    note: str
    labelled_at: datetime | None = None

    @property
    def comment_key(self) -> str:
        """Return the key of the comment."""
        return f"{self.source}:{self.comment_id}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which labels: of any of the comments, names and coders; an empty one chooses all."""

    keys: Sequence[str] = ()
    names: Sequence[str] = ()
    coders: Sequence[str] = ()

    @property
    def values(self) -> dict[str, list[str]]:
        """Return what the condition is asked with."""
        return {"keys": list(self.keys), "names": list(self.names), "coders": list(self.coders)}


def labels(
    store: Store, chosen: Chosen, limit: int, cursor: str | None = None
) -> tuple[list[Label], str | None]:
    """Return some labels in order of comment, name and coder, and the cursor of what follows.

    Raises QueryError for a cursor that is none of this list.
    """
    after = BEFORE_ALL if cursor is None else _read(cursor)
    rows = ask.rows(
        store,
        Query(),
        LABELS,
        **chosen.values,
        after_source=after[0],
        after_comment=after[1],
        after_name=after[2],
        after_coder=after[3],
        limit=limit + 1,
    )
    found = [Label(*row) for row in rows]
    shown = found[:limit]
    return shown, _written(shown[-1]) if len(found) > limit else None


def own(store: Store, sample_id: str, coder: str) -> pd.DataFrame:
    """Return [place, name, value, note] of what a coder said of a sample's comments."""
    return ask.frame(store, Query(), OWN, sample_id=sample_id, coder=coder)


def coders(store: Store, sample_id: str) -> dict[str, dict[str, int]]:
    """Return how many of a sample's comments each coder judged, by coder and name."""
    found: dict[str, dict[str, int]] = {}
    for coder, name, number in ask.rows(store, Query(), CODERS, sample_id=sample_id):
        found.setdefault(str(coder), {})[str(name)] = int(number)
    return found


def _written(last: Label) -> str:
    packed = orjson.dumps([last.source, last.comment_id, last.name, last.coder])
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _read(cursor: str) -> tuple[str, int, str, str]:
    try:
        packed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        source, comment_id, name, coder = orjson.loads(packed)
        is_good = isinstance(comment_id, int) and all(isinstance(each, str) for each in (source, name, coder))
    except (binascii.Error, ValueError, TypeError):
        is_good = False
    if not is_good:
        raise foreign_cursor(cursor)
    return source, comment_id, name, coder
