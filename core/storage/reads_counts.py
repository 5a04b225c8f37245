"""How many comments of a query each author or each source has, without saying whose they are."""

from __future__ import annotations

import threading
from typing import Any, Literal

import numpy as np

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Over = Literal["author", "source"]

PER_AUTHOR = """
select count(*) as comments
from {rows}
where {where} and author_no is not null
group by author_no
order by comments
"""

PER_SOURCE = """
select count(*) as comments
from {rows}
where {where}
group by source
order by comments
"""

PER: dict[Over, str] = {"author": PER_AUTHOR, "source": PER_SOURCE}


def comments_per(
    store: Store, query: Query, over: Over, cancel: threading.Event | None = None
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the number of comments of each author or source, fewest first."""
    return ask.frame(store, query, PER[over], cancel=cancel)["comments"].to_numpy(dtype="int64")
