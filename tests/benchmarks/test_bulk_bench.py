"""Many rows at once against a row at a time, with our own writes and reads, at 1k, 10k and 100k rows.

Run with `make bench`; the tables are the result. A row at a time is timed on a part where all would take
minutes; the print says of how many.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import duckdb
import pytest

from core.models import Comment
from core.storage import reads, writes
from core.storage.store import Store
from tests.builders import comment, page

pytestmark = pytest.mark.bench

Row = TypeVar("Row")

SIZES = (1_000, 10_000, 100_000)
SINGLE = 1_000
START = datetime(2024, 1, 1, tzinfo=UTC)
WORDS = ["привет", "погода", "ёлка", "кот", "Москва", "сегодня", "никогда", "очень", "цены", "рост"]

INSERT = """
insert into observations by name
select
    $source as source, $comment_id as comment_id, false as is_post_author, $text as text, $likes as likes,
    0 as replies, []::varchar[] as attachments, false as is_deleted, false as is_placeholder, 'run' as run_id,
    timestamp '2024-01-01' as seen_at, $version as version, 0 as ordinal
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty database file."""
    opened = Store.open(f"duckdb:///{tmp_path / 'c.duckdb'}", clock=lambda: datetime.now(UTC))
    yield opened
    opened.close()


@pytest.mark.parametrize("size", SIZES)
def test_comments_are_written_in_batches(store: Store, size: int) -> None:
    """Pages of a hundred in transactions of 2,500 beat a comment per transaction and per statement by far."""
    rows = comments(size)
    pages = [page(*rows[at : at + 100], call=f"roots:{at}") for at in range(0, size, 100)]

    def batches() -> None:
        for first in range(0, len(pages), 25):
            writes.write_pages(store, "run", pages[first : first + 25], START)
        writes.fold(store)

    def one_commit_each(part: Sequence[Comment]) -> None:
        for each in part:
            writes.write_pages(store, "run", [page(each, call=f"roots:{each.comment_id}")], START)

    def one_statement_each(part: Sequence[Comment]) -> None:
        with store.writing("bench") as transaction:
            for each in part:
                values = {
                    "source": str(each.source),
                    "comment_id": each.comment_id,
                    "text": each.text,
                    "likes": each.likes,
                    "version": transaction.version,
                }
                transaction.cursor.execute(INSERT, values)

    batch_s = seconds(batches)
    told("write, one statement each", size, batch_s, *scaled(one_statement_each, rows))
    ratio = told("write, one commit each", size, batch_s, *scaled(one_commit_each, rows))
    assert ratio > 2


@pytest.mark.parametrize("size", SIZES)
def test_comments_are_read_by_many_keys(store: Store, size: int) -> None:
    """Many keys in one statement beat a question per key by far."""
    rows = comments(size)
    for first in range(0, size, 10_000):
        writes.write_pages(store, "run", [page(*rows[first : first + 10_000], call=f"roots:{first}")], START)
    writes.fold(store)
    keys = [f"{each.source}:{each.comment_id}" for each in rows]
    random.Random(1).shuffle(keys)  # noqa: S311 a seeded draw, not cryptography

    def one_by_one(part: Sequence[str]) -> None:
        for key in part:
            reads.comment(store, key)

    batch_s = seconds(lambda: reads.comments_by_keys(store, keys))
    ratio = told("read by key", size, batch_s, *scaled(one_by_one, keys[:SINGLE], len(keys)))
    assert ratio > 2


@pytest.mark.parametrize("size", SIZES[:2])
def test_notes_are_merged_in_batches(store: Store, size: int) -> None:
    """Tasks noted together beat a transaction per task, for new ones and for known ones."""
    rows = [(f"task-{number}", '{"state": "queued"}') for number in range(size)]

    def one_by_one(part: Sequence[tuple[str, str]]) -> None:
        for task_id, body in part:
            writes.write_tasks(store, [(task_id, body)])

    for what in ("create", "update"):
        batch_s = seconds(lambda: writes.write_tasks(store, rows))
        told(f"notes, {what}", size, batch_s, *scaled(one_by_one, rows))


def test_the_cost_of_a_quick_read(store: Store) -> None:
    """Places, watch and accounts cost a fraction of the engine's own part of a one-row read."""

    def ours() -> None:
        for _ in range(500):
            with store.reading() as cursor:
                cursor.execute("select 1").fetchone()

    engine = duckdb.connect()

    def bare() -> None:
        for _ in range(500):
            with engine.cursor() as cursor:
                cursor.execute("begin")
                cursor.execute("select 1").fetchone()

    ours()
    rounds = [(seconds(ours), seconds(bare)) for _ in range(7)]
    ours_us, bare_us = (min(times) / 500 * 1e6 for times in zip(*rounds, strict=True))
    print(f"\none-row read: {ours_us:.0f} us, bare engine {bare_us:.0f} us", end="")  # noqa: T201
    engine.close()


def comments(size: int) -> list[Comment]:
    """Make comments with texts of ordinary length."""
    chance = random.Random(1)  # noqa: S311 a seeded draw, not cryptography
    texts = itertools.islice(iter(lambda: " ".join(chance.choices(WORDS, k=10)), None), size)
    return [comment(number, text, likes=number % 7) for number, text in enumerate(texts, 1)]


def seconds(run: Callable[[], object]) -> float:
    """Return how long something takes."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def scaled(run: Callable[[Sequence[Row]], object], rows: Sequence[Row], size: int = 0) -> tuple[float, int]:
    """Return the seconds for all rows, worked out from a part of them, and how many that part has."""
    part = rows[:SINGLE]
    return seconds(lambda: run(part)) * (size or len(rows)) / len(part), len(part)


def told(what: str, size: int, batch_s: float, single_s: float, timed: int) -> float:
    """Print a line of the result and return how many times faster the batch is."""
    ratio = single_s / batch_s
    note = "" if timed >= size else f"  (worked out from {timed:,})"
    print(  # noqa: T201
        f"\n{what:<28}{size:>9,} rows: batch {batch_s:8.3f} s, row by row {single_s:9.2f} s, "
        f"{ratio:7.1f} x{note}",
        end="",
    )
    return ratio
