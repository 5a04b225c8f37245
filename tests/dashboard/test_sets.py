"""Two sets that are compared are told in words, each with its number and its days."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.query import Query
from core.storage import writes
from dashboard.components import sets
from tests.builders import at, comment, page, source
from tests.own_data import own_data


@pytest.fixture
def filled() -> Iterator[None]:
    """Give the page two posts: one comment under the first, three under the second on later days."""
    with own_data() as store:
        writes.write_sources(store, "run", [source(), source("wall:-1_3", "О погоде")], at())
        later = (comment(n, "Погода", source="wall:-1_3", published_at=at(24 * n)) for n in (2, 3, 4))
        writes.write_pages(store, "run", [page(comment(1, "Первый")), page(*later)], at())
        writes.fold(store)
        yield


@pytest.mark.usefixtures("filled")
def test_the_rest_is_what_is_left() -> None:
    """Its number and its days are those of the comments that the first set has not."""
    one, rest = sets.told(Query(dataset="own", source=("wall:-1_3",)), None, "ru")
    assert one.startswith("A: Где: О погоде, 3\u00a0комментария, ")
    assert rest.startswith("B: все остальные комментарии этих данных, 1\u00a0комментарий, ")
    assert one.rpartition(", ")[2] != rest.rpartition(", ")[2]
    assert "–" in one.rpartition(", ")[2]
    assert "–" not in rest.rpartition(", ")[2]


@pytest.mark.usefixtures("filled")
def test_a_second_set_is_told_by_its_own_filters() -> None:
    """It is of the data of the first, whatever its part of the address leaves out; nothing has no days."""
    everything = Query(dataset="own")
    one, other = sets.told(everything, Query(source=("wall:-1_3",), level="reply"), "en")
    assert one.startswith("A: all comments, 4\u00a0comments, ")
    assert other.startswith("B: ")
    assert "О погоде" in other
    assert other.endswith("0\u00a0comments, no dates")
