"""What stands against a set of comments: all the rest."""

from __future__ import annotations

from datetime import date

import pytest

from core.query import Query
from core.storage import reads_contrast
from tests.builders import at, comment, tombstone
from tests.core.enriched import enriched


@pytest.mark.parametrize(
    ("query", "authors", "sources"),
    [
        (Query(), 0, 0),
        (Query(author=(7,)), 1, 1),
        (Query(source=("wall:-1_3",)), 2, 1),
        (Query(until=date(2026, 1, 1)), 2, 2),
        (Query(since=date(2026, 1, 1)), 0, 1),
    ],
)
def test_the_rest_is_all_that_a_query_leaves_out(query: Query, authors: int, sources: int) -> None:
    """Authors and sources of the rest are counted once, also of comments that a filter can say nothing of."""
    store = enriched(
        (
            comment(1, "Один", author_id=7),
            comment(2, "Два", author_id=8),
            comment(3, "Три", source="wall:-1_3", author_id=7, published_at=at(5)),
            tombstone(4, published_at=None),
        )
    )
    assert reads_contrast.rest(store, query) == (authors, sources)
