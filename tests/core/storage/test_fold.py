"""The fold: reads are equal before and after, at any moment, in any order, after a crash."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from core.errors import StorageError
from core.models import Comment, Page
from core.query import Query
from core.storage import reads, writes
from core.storage.store import Store
from tests.builders import at, author, comment, page, tombstone

pytestmark = pytest.mark.slow

Seen = tuple[datetime, Comment]


def observed(chance: random.Random) -> Comment:
    """Draw what VK might show of one of a few comments."""
    number = chance.randint(1, 12)
    source = chance.choice(["wall:-1_2", "topic:-3_4"])
    if chance.random() < 0.25:
        return tombstone(number, source=source, replies=chance.randint(0, 3))
    return comment(
        number,
        chance.choice(["раз", "два", ""]),
        source=source,
        likes=chance.choice([None, 0, 3, 8]),
        replies=chance.randint(0, 3),
        attachments=chance.choice([(), ("photo",)]),
        is_placeholder=chance.random() < 0.1,
    )


def pages(chance: random.Random) -> list[Page]:
    """Draw a batch of pages, now and then with the same comment twice."""
    drawn: dict[Any, list[Comment]] = defaultdict(list)
    for _ in range(chance.randint(0, 8)):
        each = observed(chance)
        drawn[each.source].append(each)
    names = (author(7, chance.choice(["Анна", "Аня"])),)
    return [page(*comments, authors=names) for comments in drawn.values()]


def expected(log: list[Seen]) -> dict[str, tuple[Any, ...]]:
    """Work out each comment's state from everything seen of it, in plain Python."""
    by_key: dict[str, list[Seen]] = defaultdict(list)
    for seen_at, each in log:
        by_key[each.key].append((seen_at, each))
    return {key: _state(sorted(seen, key=lambda one: one[0])) for key, seen in by_key.items()}


def _state(seen: list[Seen]) -> tuple[Any, ...]:
    said: list[tuple[datetime, str]] = []
    text = likes = author_id = edited_at = deleted_at = None
    was_deleted = False
    attachments: tuple[str, ...] = ()
    for seen_at, each in seen:
        likes = each.likes if each.likes is not None else likes
        author_id = each.author_id or author_id
        attachments = attachments if each.is_deleted else each.attachments
        if each.is_deleted and not was_deleted:
            deleted_at = seen_at
        was_deleted = each.is_deleted
        if each.text is not None and not each.is_deleted and not each.is_placeholder:
            if said and said[-1][1] != each.text:
                edited_at = seen_at
            said.append((seen_at, each.text))
        elif each.text is not None:
            text = each.text
    last = seen[-1][1]
    state = "deleted" if last.is_deleted else "edited" if edited_at else "live"
    return (
        said[-1][1] if said else text,
        likes,
        last.replies,
        author_id,
        list(attachments),
        state,
        edited_at,
        deleted_at if last.is_deleted else None,
        seen[0][0],
        seen[-1][0],
    )


COMPARED = (
    "text", "likes", "replies", "author_id", "attachments", "state",
    "edited_at", "deleted_at", "first_seen_at", "last_seen_at",
)  # fmt: skip


def everything(store: Store) -> list[dict[str, Any]]:
    """Read all comments in all columns."""
    rows: list[dict[str, Any]] = reads.comments(store, Query(), 1000).rows.to_pylist()
    return rows


@pytest.mark.parametrize("seed", range(5))
def test_reads_are_equal_before_and_after_a_fold_and_right(store: Store, seed: int) -> None:
    """Random batches, some late, some folded in between: each read is what the whole log says."""
    chance = random.Random(seed)  # noqa: S311 a seeded draw, not cryptography
    log: list[Seen] = []
    for _ in range(12):
        seen_at = at(chance.randint(0, 20))
        batch = pages(chance)
        writes.write_pages(store, "run", batch, seen_at)
        log += [(seen_at, each) for one in batch for each in one.comments]
        before = everything(store)
        figures = reads.figures(store, Query())
        if chance.random() < 0.5:
            writes.fold(store)
            assert everything(store) == before
            assert reads.figures(store, Query()) == figures
        found = {row["comment_key"]: tuple(row[name] for name in COMPARED) for row in before}
        assert found == {
            key: tuple(each.replace(tzinfo=None) if isinstance(each, datetime) else each for each in state)
            for key, state in expected(log).items()
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
            transaction.cursor.execute(writes.RESOLVE_COMMENTS)
            transaction.cursor.execute(writes.FOLD_COMMENTS)
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
