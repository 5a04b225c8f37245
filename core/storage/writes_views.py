"""Saving a view by name, and deleting it. No data, so no version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Final, Literal
from uuid import uuid4

import orjson

from core.errors import QueryError
from core.storage.bulk import naive
from core.storage.cursors import Lent
from core.storage.reads_views import VIEWS, Params, SavedView, saved_view
from core.storage.store import Store

MOST: Final = 300
"""So many views a dataset has at most: a list that is longer helps nobody to find one."""
LONGEST_NAME: Final = 80
MOST_BYTES: Final = 32_000
"""Of parameters: a longer address is refused by browsers and proxies."""
LANGUAGE: Final = "ui"
"""Left out: a colleague sees the view in the language of their own."""

KEEP_VIEW: Final = """
insert into saved_views by name
select
    $id as id, $name as name, $page as page, $params as params, $saved_at::timestamp as saved_at
"""

FORGET_VIEW: Final = """
delete from saved_views
where id = $id
"""

Outcome = Literal["made", "same", "replaced", "taken", "full"]


@dataclass(frozen=True, slots=True)
class Saved:
    """How an attempt to save ended, and the view that has the name now; None where there are too many.

    "taken": another view has the name, and it stays as it was. "same": that view says the same already.
    """

    outcome: Outcome
    view: SavedView | None

    @property
    def is_kept(self) -> bool:
        """Tell whether the view is saved as it was given."""
        return self.outcome in {"made", "same", "replaced"}


def save_view(
    store: Store, name: str, page: str, params: Mapping[str, Sequence[str]], *, replace: bool = False
) -> Saved:
    """Save a view under a name; `replace` lets it take the place, and the id, of one of an equal name.

    Names are equal without regard to case and to spaces around them. Raises QueryError for a name or
    parameters that cannot be kept, Busy, StorageError.
    """
    title, kept = _title(name), _kept(params)
    with store.noting() as cursor:
        views = _views(cursor)
        here = next((each for each in views if each.name.casefold() == title.casefold()), None)
        if here is not None and (here.name, here.page, here.params) == (title, page, kept):
            return Saved("same", here)
        if here is not None and not replace:
            return Saved("taken", here)
        if here is None and len(views) >= MOST:
            return Saved("full", None)
        view = SavedView(here.id if here else uuid4().hex, title, page, kept, store.now())
        _put(cursor, view)
    return Saved("replaced" if here else "made", view)


def delete_view(store: Store, view_id: str) -> SavedView | None:
    """Delete a view and return it, None where there is none of that id; raises Busy, StorageError."""
    with store.noting() as cursor:
        view = next((each for each in _views(cursor) if each.id == view_id), None)
        if view is not None:
            cursor.execute(FORGET_VIEW, {"id": view_id})
    return view


def _title(name: str) -> str:
    """Return a name with single spaces; raises QueryError for an empty or a long one."""
    title = " ".join(name.split())
    if not 1 <= len(title) <= LONGEST_NAME:
        raise QueryError(
            "A view cannot have the name '{value}'.",
            hint="A name has 1 to {most} characters.",
            key="name",
            value=title[:LONGEST_NAME],
            most=LONGEST_NAME,
        )
    return title


def _kept(params: Mapping[str, Sequence[str]]) -> Params:
    """Return the parameters without the language; raises QueryError for more than an address can hold."""
    kept = {key: tuple(values) for key, values in params.items() if key != LANGUAGE}
    if len(_written(kept).encode()) > MOST_BYTES:
        raise QueryError(
            "The view has more parameters than an address can hold.",
            hint="Take some filters away and save it again.",
            key="params",
            value="",
        )
    return kept


def _views(cursor: Lent) -> list[SavedView]:
    rows = cursor.execute(VIEWS).fetchall()
    return [
        saved_view(view_id, name, page, params, saved_at.replace(tzinfo=UTC))
        for view_id, name, page, params, saved_at in rows
    ]


def _put(cursor: Lent, view: SavedView) -> None:
    cursor.execute(FORGET_VIEW, {"id": view.id})
    values = {"id": view.id, "name": view.name, "page": view.page, "params": _written(view.params)}
    cursor.execute(KEEP_VIEW, {**values, "saved_at": naive(view.saved_at)})


def _written(params: Params) -> str:
    return orjson.dumps({key: list(values) for key, values in params.items()}).decode()
