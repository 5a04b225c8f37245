"""How far the texts of a query have been read."""

from __future__ import annotations

import threading
from typing import Final

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None

# Features belong to comments with a text, one row each: where the numbers agree, nothing waits.
WAITING: Final = """
select (select count(text) from {plain}) > (select count(*) from features)
"""

UNREAD: Final = """
select count(*)
from {rows}{featured}
where {where} and text is not null and engine is null
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
    (is_waiting,) = ask.row(store, query, WAITING, cancel=cancel)
    return int(ask.row(store, query, UNREAD, cancel=cancel)[0]) if is_waiting else 0
