"""What the filters ask of the database while somebody is choosing: nothing here is worth keeping."""

from __future__ import annotations

import pandas as pd

from core.query import Query
from core.storage import reads
from core.storage.search import folded
from core.storage.store import Store
from dashboard import services


def check(query: Query) -> None:
    """Raise QueryError for a search of a query that cannot be read."""
    reads.check(_store(query), query)


def word_forms(query: Query) -> dict[str, list[str]]:
    """Return the words that each word of a query's lemma search means, none without one."""
    return reads.word_forms(_store(query), query) if query.lemma is not None else {}


def named_authors(query: Query, text: str, number: int | None, limit: int) -> pd.DataFrame:
    """Return authors by a part of their name or their id, with their comments under the other filters."""
    return reads.named_authors(_store(query), query, folded(text), number, limit)


def _store(query: Query) -> Store:
    return services.current().workspace(query).store
