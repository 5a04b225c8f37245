"""How far the texts of a query have been read."""

from __future__ import annotations

import threading
from typing import Final

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None

# Features belong to comments with a text, one row each: the difference of the numbers waits.
WAITING: Final = """
select (select count(text) from {plain}) - (select count(*) from features)
"""

UNREAD: Final = """
select count(*)
from {rows} as asked
where {where} and text is not null and not exists (
    select 1
    from features
    where features.source = asked.source and features.comment_id = asked.comment_id
)
"""


OTHER_ENGINE: Final = """
select count(*) > 0
from (
    select 1
    from features
    where engine <> $engine
    limit 1
)
"""


def has_other_engine(store: Store, engine: str, cancel: Cancel = None) -> bool:
    """Tell whether a text was read by any other engine than this one."""
    return bool(ask.row(store, Query(), OTHER_ENGINE, engine=engine, cancel=cancel)[0])


def unread_in(store: Store, query: Query, cancel: Cancel = None) -> int:
    """Return how many comments of a query have a text that the text engine has not read."""
    (waiting,) = ask.row(store, query, WAITING, cancel=cancel)
    if not waiting or not query.active():
        return max(0, int(waiting))
    return int(ask.row(store, query, UNREAD, cancel=cancel)[0])
