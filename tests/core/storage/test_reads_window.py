"""Windows deep in the list, found by counting, are those that ordering all rows gives."""

from __future__ import annotations

import pytest

from core.query import SORTS, Query
from core.storage import reads, reads_window
from tests.core.storage.world import Filled


@pytest.mark.parametrize("sort", SORTS)
def test_deep_windows_are_the_list(filled: Filled, monkeypatch: pytest.MonkeyPatch, sort: str) -> None:
    """Wherever a window lies, no row is lost or repeated, not among equal values either."""
    store, _ = filled
    monkeypatch.setattr(reads_window, "DEEP", 0)
    for query in (
        Query(sort=sort),
        Query(sort=sort, level="root"),
        Query(sort=sort, has_attachments=True),
        Query(sort=sort, hour=(15, 16), tz="Asia/Kolkata"),
    ):
        listed = reads.comments(store, query, 1000).rows
        for offset in (0, 3, 60, 125, listed.num_rows - 4, listed.num_rows + 5):
            assert reads.window(store, query, offset, 9).equals(listed.slice(offset, 9)), (query, offset)
