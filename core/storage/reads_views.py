"""Views that readers saved by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from core.query import Query
from core.storage import ask
from core.storage.store import Store

VIEWS: Final = """
select id, name, page, params, saved_at
from saved_views
order by saved_at desc, id
"""

Params = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SavedView:
    """A page and the parameters of its address under a name; the language is not among them.

    The parameters are as they were saved: whoever opens the view reads them as those of any link.
    """

    id: str
    name: str
    page: str
    params: Params
    saved_at: datetime


def views(store: Store) -> list[SavedView]:
    """Return the saved views of a dataset, the last saved first; raises Busy, StorageError."""
    return [saved_view(*row) for row in ask.rows(store, Query(), VIEWS)]


def saved_view(view_id: str, name: str, page: str, params: str, saved_at: datetime) -> SavedView:
    """Read a row; parameters that are none of an address are left out, so that no view is lost for them."""
    return SavedView(view_id, name, page, _params(params), saved_at)


def _params(body: str) -> Params:
    try:
        found: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        key: tuple(str(each) for each in values) for key, values in found.items() if isinstance(values, list)
    }
