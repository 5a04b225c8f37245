"""Reads of more rows than fit into one buffer of the engine."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.storage.store import Store

ROWS = 1_000_000

FILL = """
insert into comments by name
select
    'wall:-1_2' as source, 'wall' as kind, range as comment_id, false as is_post_author, 0 as replies,
    [] as attachments, false as has_attachments, false as is_placeholder, 'live' as state,
    timestamp '2026-01-01' as first_seen_at, timestamp '2026-01-01' as last_seen_at
from range($rows)
"""

OBSERVE = """
insert into observations by name
select
    source, comment_id, is_post_author, replies, attachments, false as is_deleted, is_placeholder,
    'run' as run_id, first_seen_at as seen_at, 1 as version, 0 as ordinal
from comments
"""

FOLDED = "insert into folds values (1)"


@pytest.mark.slow
def test_an_unordered_read_of_everything_ends(tmp_path: Path) -> None:
    """All comments can be read unordered: the engine once waited for ever for a view's empty branch."""
    store = Store.open(f"duckdb:///{tmp_path / 'large.duckdb'}", clock=lambda: datetime.now(UTC))
    with store.writing("test") as transaction:
        transaction.cursor.execute(FILL, {"rows": ROWS})
        transaction.cursor.execute(OBSERVE)
        transaction.cursor.execute(FOLDED)
    found: list[int] = []

    def read() -> None:
        with store.reading() as cursor:
            found.append(len(cursor.execute("select comment_id from comments_now").fetchall()))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(20)
    assert found == [ROWS]
    store.close()
