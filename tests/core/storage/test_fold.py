"""The fold: reads are equal before and after, at any moment, in any order, after a crash."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from core.errors import StorageError
from core.query import Query
from core.storage import folding, reads, writes
from core.storage.store import Store
from tests.builders import at, comment, page, seeds
from tests.core.storage.log_model import COMPARED, Log, in_order, state_of

pytestmark = pytest.mark.slow


def everything(store: Store) -> list[dict[str, Any]]:
    """Read all comments in all columns."""
    rows: list[dict[str, Any]] = reads.comments(store, Query(), 1000).rows.to_pylist()
    return rows


@pytest.mark.parametrize("seed", seeds(range(3), 9))
def test_reads_are_equal_before_and_after_a_fold_and_right(store: Store, seed: int) -> None:
    """Random batches, some late, some folded in between: each read is what the whole log says."""
    log = Log(store, seed)
    for _ in range(12):
        log.step()
        before = everything(store)
        figures = reads.figures(store, Query())
        if log.chance.random() < 0.5:
            writes.fold(store)
            assert everything(store) == before
            assert reads.figures(store, Query()) == figures
        found = {row["comment_key"]: tuple(row[name] for name in COMPARED) for row in before}
        assert found == {
            key: tuple(each.replace(tzinfo=None) if isinstance(each, datetime) else each for each in state)
            for key, state in ((key, state_of(seen)) for key, seen in in_order(log.seen).items())
        }


def test_a_fold_with_nothing_to_do_does_nothing(store: Store) -> None:
    """Folding twice is folding once: the version rises once."""
    writes.write_pages(store, "run", [page(comment(1))], at(1))
    writes.fold(store)
    version = store.version()

    writes.fold(store)

    assert store.version() == version
    assert not store.unfolded


def test_a_long_collection_is_folded_on_the_way(store: Store) -> None:
    """What waits for the fold stays bounded, so that reads stay quick however much is collected."""
    batches = [
        page(*(comment(number) for number in range(first, first + 10_000)))
        for first in (1, 10_001, 20_001, 30_001)
    ]
    waiting = []
    for batch in batches:
        writes.write_pages(store, "run", [batch], at(1))
        waiting.append(store.unfolded)

    assert waiting == [10_000, 20_000, 30_000, 0]
    assert reads.count(store, Query()) == 40_000


def test_a_fold_that_breaks_off_can_be_run_again(tmp_path: Path) -> None:
    """A crash before the commit leaves the mark and the rows as they were, also for the next process."""
    store = Store.open(f"duckdb:///{tmp_path / 'c.duckdb'}", clock=at)
    writes.write_pages(store, "run", [page(comment(1), comment(2))], at(1))
    before = everything(store)

    def crash() -> None:
        with store.writing("fold") as transaction:
            transaction.cursor.execute(folding.RESOLVE_COMMENTS)
            transaction.cursor.execute(folding.FOLD_COMMENTS)
            transaction.cursor.execute("insert into folds values ('the power goes off')")

    with pytest.raises(StorageError):
        crash()
    store.close()

    again = Store.open(f"duckdb:///{tmp_path / 'c.duckdb'}", clock=at)
    assert again.unfolded
    assert everything(again) == before
    writes.fold(again)
    assert everything(again) == before
    again.close()
