"""One look at the comments of a query: several questions on one snapshot, each asked where it costs least.

What the roll-ups count is asked of them, unless rows of the log are not folded yet. A dear condition, such as
a word in the texts, is worked out once: what it finds is set aside for all questions of the look.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from core.models import CommentState
from core.query import Query
from core.storage import ask
from core.storage.conditions import CONDITIONS, DEAR
from core.storage.cursors import Lent
from core.storage.filters import needs_zone, render
from core.storage.lemma_search import word_ids
from core.storage.rolled import CONDITIONS_BY_HOUR, is_within
from core.storage.store import Store

SPAN: Final = """
select coalesce(min(minute_no), 0), coalesce(max(minute_no) + 59, 0)
from hour_counts
"""

SPAN_NOW: Final = """
select coalesce(min(minute_no), 0), coalesce(max(minute_no), 0)
from comments_now
"""

# Narrow, since it may be all of them.
SET_ASIDE: Final = """
create or replace temp table set_aside as
select
    source,
    case when root_id is not null then true end as root_id,
    author_no,
    published_at,
    minute_no,
    likes,
    replies::integer as replies,
    state::enum ('live', 'edited', 'deleted') as state,
    has_attachments
from {rows}
where {where}
"""
ASIDE: Final = "set_aside"

COUNTED: Final = "COUNTED"
"""Where a statement has what is counted over comments or over a roll-up."""
MANY_LIKES: Final = 50
"""So many likes have few comments."""


@dataclass(frozen=True, slots=True)
class Question:
    """A statement over comments, and perhaps the same over a roll-up that knows the fields `keys`."""

    rows: str
    rolled: str | None = None
    keys: frozenset[str] = frozenset()


def either(template: str, rows: str, rolled: str, keys: frozenset[str]) -> Question:
    """Return a question that goes on alike from what is counted over comments, or over a roll-up."""
    return Question(template.replace(COUNTED, rows), template.replace(COUNTED, rolled), keys)


@dataclass(slots=True)
class Look:
    """What is asked about one query on one snapshot."""

    cursor: Lent
    query: Query
    unfolded: bool
    words: dict[str, list[int]]
    aside: str | None = None
    minutes: tuple[int, int] | None = None

    def set_aside(self) -> None:
        """Work the query's conditions out now, if that pays; later questions read what they found."""
        if is_at_once(self.query) and self.aside is None:
            minutes = self._span() if needs_zone(SET_ASIDE, self.query) else (0, 0)
            asked = render(SET_ASIDE, self.query, unfolded=self.unfolded, minutes=minutes, values=self.words)
            self.cursor.execute(asked.sql, asked.values)
            self.aside = ASIDE

    def frame(self, question: Question, within: tuple[str, ...] = (), **values: Any) -> pd.DataFrame:
        """Return the answer as a frame, of some sources alone if `within` names them."""
        return self._asked(question, within, values).df()

    def table(self, question: Question, **values: Any) -> pa.Table:
        """Return the answer as an Arrow table."""
        return self._asked(question, (), values).to_arrow_table()

    def plain(self, template: str, **values: Any) -> pd.DataFrame:
        """Return the answer to a statement that has no conditions."""
        asked = render(template, Query(), unfolded=self.unfolded, values=values)
        return self.cursor.execute(asked.sql, asked.values).df()

    def row(self, question: Question, **values: Any) -> tuple[Any, ...]:
        """Return the answer's first row, times as aware UTC."""
        return tuple(map(ask.aware, self._asked(question, (), values).fetchall()[0]))

    def _asked(self, question: Question, within: tuple[str, ...], values: dict[str, Any]) -> Lent:
        query = replace(self.query, source=within or self.query.source)
        minutes = self._span() if needs_zone(question.rows, query) else (0, 0)
        local = needs_zone(question.rows)
        rolled = None if self.unfolded else question.rolled
        if rolled and is_within(query, question.keys, minutes, local=local):
            template, conditions, aside = rolled, CONDITIONS_BY_HOUR, None
        else:
            template, conditions, aside = question.rows, CONDITIONS, self.aside
            if aside:
                query = Query(source=within, tz=query.tz)
            else:
                values = {**values, **self.words}
        asked = render(
            template,
            query,
            unfolded=self.unfolded,
            minutes=minutes,
            values=values,
            conditions=conditions,
            aside=aside,
        )
        return self.cursor.execute(asked.sql, asked.values)

    def _span(self) -> tuple[int, int]:
        """Return the first and the last minute of all comments, looked up once."""
        if self.minutes is None:
            span = SPAN_NOW if self.unfolded else SPAN
            self.minutes = self.cursor.execute(span).fetchone() or (0, 0)
        return self.minutes


@contextlib.contextmanager
def looking(store: Store, query: Query, cancel: threading.Event | None = None) -> Iterator[Look]:
    """Hold one snapshot and ask several questions about a query.

    Raises QueryError for a filter the database cannot read, QueryTimedOut, TaskCancelled once `cancel` is
    set, Busy, StorageError.
    """
    with store.reading(cancel=cancel) as cursor:
        unfolded = store.unfolded > 0
        ask.check_regex(cursor, query)
        yield Look(cursor, query, unfolded, word_ids(cursor, query))


def is_dear(query: Query) -> bool:
    """Tell whether a condition of a query reads texts or other tables."""
    return bool(DEAR & {*query.active()})


def is_at_once(query: Query) -> bool:
    """Tell whether several questions are best asked at once: a condition is dear, or leaves few comments."""
    return (
        is_dear(query)
        or bool(query.author or query.root)
        or (bool(query.state) and CommentState.LIVE not in query.state)
        or (query.likes_min or 0) >= MANY_LIKES
    )
