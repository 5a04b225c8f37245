"""A real database in memory for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.models import Comment
from core.storage.store import Store
from tests.builders import at
from tests.core.storage import world


@pytest.fixture
def store() -> Iterator[Store]:
    """Open an empty database in memory whose clock stands at noon."""
    opened = Store.open("duckdb:///:memory:", clock=at)
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=[True, False], ids=["folded", "half folded"])
def filled(request: pytest.FixtureRequest) -> Iterator[tuple[Store, list[Comment]]]:
    """Open a database with the small world in it, for tests that only read."""
    opened = Store.open("duckdb:///:memory:", clock=at)
    yield opened, world.fill(opened, folded=request.param)
    opened.close()
