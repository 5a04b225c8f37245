"""Roll-ups: whatever happened to the comments, their counts are those of the comments."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from core.models import Comment, SourceKind
from core.query import Query
from core.storage import folding, reads, writes
from core.storage.looking import Look, looking
from core.storage.migrations import Migration, read_migrations
from core.storage.reads_figures import AUTHORS, TOTALS, totals_of
from core.storage.reads_periods import RHYTHM, counts_of, rhythm_of
from core.storage.reads_ranks import authors_of, sources_of
from core.storage.reads_spread import likes_of, replies_of
from core.storage.rolled import BY_AUTHOR, BY_HOUR, is_within
from core.storage.store import Store
from tests.builders import at, comment, page, seeds, source, tombstone
from tests.core.storage import world
from tests.core.storage.log_model import SOURCES, Log
from tests.core.storage.world import Filled

OWN = ("wall:-9_1", "video:5_6")
KEYS = (*SOURCES, *OWN)
FILE = "import:0123456789ab"
ZONES = ("Europe/Moscow", "America/New_York", "UTC", "Asia/Kolkata", "Australia/Lord_Howe")
DAYS = (date(2026, 2, 27), date(2026, 3, 2), date(2026, 3, 8), date(2026, 11, 1))

ASKED: dict[str, Callable[[Look], Any]] = {
    "totals": totals_of,
    "authors": lambda look: look.row(AUTHORS),
    "hours": lambda look: counts_of(look, "hour").to_dict("list"),
    "days": lambda look: counts_of(look, "day").to_dict("list"),
    "weeks": lambda look: counts_of(look, "week").to_dict("list"),
    "months": lambda look: counts_of(look, "month").to_dict("list"),
    "rhythm": lambda look: rhythm_of(look).to_dict("list"),
    "sources": lambda look: sources_of(look, 3).astype(str).to_dict("list"),
    "leading": lambda look: authors_of(look, 3).rows.astype(str).to_dict("list"),
    "ranked": lambda look: authors_of(look, 3).authors,
    "likes": lambda look: likes_of(look).to_dict("list"),
    "replies": lambda look: replies_of(look).to_dict("list"),
}


def rolled(store: Store, query: Query) -> dict[str, Any]:
    """Ask everything where it costs least."""
    with looking(store, query) as look:
        look.set_aside()
        return {name: ask(look) for name, ask in ASKED.items()}


def scanned(store: Store, query: Query) -> dict[str, Any]:
    """Ask everything of the comments themselves."""
    with looking(store, query) as look:
        look.unfolded = True
        return {name: ask(look) for name, ask in ASKED.items()}


def moments(chance: random.Random) -> datetime | None:
    """Draw a date, now and then none, around clock changes and within hours."""
    if chance.random() < 0.1:
        return None
    begin = chance.choice([*world.CHANGES, at(0), at(24 * 9)])
    return begin + timedelta(seconds=chance.choice([-3600, -1, 0, 1, 1799, 3600]) * chance.randint(0, 40))


def drawn(chance: random.Random, number: int) -> Comment:
    """Draw a comment, or what is left of one."""
    if chance.random() < 0.1:
        return tombstone(number, source=chance.choice(OWN), published_at=moments(chance))
    return comment(
        number,
        chance.choice(["кот", "дом", ""]),
        source=chance.choice(OWN),
        published_at=moments(chance),
        author_id=chance.choice([1, 2, 3, -4, None]),
        root_id=chance.choice([None, None, 3]),
        likes=chance.choice([None, 0, 1, 7, 1500]),
        replies=chance.choice([0, 1, 12]),
        attachments=chance.choice([(), ("photo",)]),
    )


def file(chance: random.Random) -> pa.Table:
    """Draw a file of comments by named authors, half of them without a date."""
    rows = range(chance.randint(1, 5))
    return pa.table(
        {
            "author_name": [chance.choice(["Анна", "Пётр", None]) for _ in rows],
            "published_at": pa.array(
                [chance.choice([None, datetime(2026, 3, 1, 5, 7)]) for _ in rows],  # noqa: DTZ001
                pa.timestamp("us"),
            ),
            "text": ["кот" for _ in rows],
        }
    )


def step(store: Store, log: Log, chance: random.Random) -> None:
    """Let something happen: pages, edits, deletions, a file, a source that is thrown away, a fold."""
    log.step()
    for key in OWN:
        comments = [each for each in (drawn(chance, n) for n in range(1, 9)) if str(each.source) == key]
        if comments:
            writes.write_pages(store, "run", [page(*comments, source=key)], at(chance.randint(0, 20)))
    if chance.random() < 0.3:
        writes.write_import(store, source(FILE, "Файл"), file(chance))
    if chance.random() < 0.3:
        writes.delete_source(store, chance.choice([*OWN, FILE]))
    if chance.random() < 0.7:
        writes.fold(store)


def asked(chance: random.Random) -> Query:
    """Draw a query, mostly one whose fields the roll-ups know."""
    given: dict[str, Any] = {
        "source": (*chance.sample(KEYS, 2), FILE),
        "kind": (chance.choice([SourceKind.WALL, SourceKind.IMPORT]),),
        "since": chance.choice([*DAYS[:2], datetime(2026, 3, 2, 10, tzinfo=UTC), at(0.25)]),
        "until": chance.choice(DAYS[2:]),
        "level": chance.choice(["root", "reply"]),
        "hour": tuple(chance.sample(range(24), 12)),
        "weekday": tuple(chance.sample(range(1, 8), 4)),
        "text": "кот",
        "likes_min": 1,
    }
    names = chance.sample(sorted(given), chance.choice([0, 0, 1, 1, 2, 3]))
    return Query(tz=chance.choice(ZONES), **{name: given[name] for name in names})


@pytest.mark.parametrize("seed", seeds([2], 10))
def test_counts_are_those_of_the_comments(store: Store, seed: int) -> None:
    """After any history, each question is answered as a scan of all comments answers it."""
    chance, log = random.Random(seed), Log(store, seed)  # noqa: S311 a seeded draw, not cryptography
    for _ in range(4):
        step(store, log, chance)
        for query in (Query(), *(asked(chance) for _ in range(3))):
            assert rolled(store, query) == scanned(store, query), query
    writes.fold(store)
    assert rolled(store, Query()) == scanned(store, Query())


def test_a_page_is_what_its_reads_are(filled: Filled) -> None:
    """The Overview asked at once holds what each of its reads returns alone, also for a dear condition."""
    store, _ = filled
    for query in (Query(), Query(text="кот"), Query(text="кот", hour=(15, 16), tz="America/New_York")):
        page_of = reads.overview(store, query, 3)

        assert page_of.figures == reads.figures(store, query)
        assert page_of.totals == reads.totals(store, query)
        hours = reads.per_period(store, query, "hour").drop(columns="authors")
        assert page_of.hours.to_dict("list") == hours.to_dict("list")
        assert page_of.rhythm.equals(reads.per_hour_weekday(store, query))
        assert page_of.sources.equals(reads.top_sources(store, query, 3))
        assert page_of.authors.rows.equals(reads.top_authors(store, query, 3))
        assert page_of.likes.equals(reads.likes_histogram(store, query))
        assert page_of.replies.equals(reads.replies_histogram(store, query))


@pytest.mark.parametrize(
    "query",
    [
        Query(level="root"),
        Query(level="reply", since=at(1)),
        Query(until=at(20), hour=(15, 16)),
        Query(since=date(2026, 3, 2), until=date(2026, 3, 3), source=(OWN[0],)),
    ],
)
def test_each_field_of_the_counts_is_that_of_the_comments(filled: Filled, query: Query) -> None:
    """What the counts can tell of levels, times and sources is what the comments say."""
    store, _ = filled
    assert rolled(store, query) == scanned(store, query)


@pytest.mark.parametrize("unit", ["hour", "day", "week", "month"])
def test_counts_per_period_are_those_with_authors(filled: Filled, unit: reads.Unit) -> None:
    """Leaving authors out changes nothing else."""
    store, _ = filled

    for query in (Query(), Query(level="root"), Query(likes_min=1, tz="Asia/Kolkata")):
        whole = reads.per_period(store, query, unit).drop(columns="authors")
        assert reads.counts_per_period(store, query, unit).to_dict("list") == whole.to_dict("list")


@pytest.mark.parametrize(
    ("query", "by_hour", "by_author"),
    [
        (Query(), True, True),
        (Query(source=("wall:-1_2",), level="root"), True, True),
        (Query(since=date(2026, 3, 1), hour=(1,)), True, False),
        (Query(since=at(0.5)), False, False),
        (Query(until=at(1)), False, False),
        (Query(hour=(1,), tz="Asia/Kolkata"), False, False),
        (Query(level="root", tz="Asia/Kolkata"), True, True),
        (Query(likes_min=1), False, False),
    ],
)
def test_which_queries_the_counts_answer(query: Query, by_hour: bool, by_author: bool) -> None:
    """Fields the counts do not know, zones of half hours and moments within an hour are for the comments."""
    minutes = (1_065_000_000, 1_065_400_000)

    assert is_within(query, BY_HOUR, minutes, local=False) is by_hour
    assert is_within(query, BY_AUTHOR, minutes, local=False) is by_author


def test_folded_comments_are_not_read_for_totals(store: Store) -> None:
    """Without comments the counts still answer: that is what makes them quick."""
    writes.write_pages(store, "run", [page(comment(1), comment(2))], at(1))
    writes.fold(store)
    with store.writing("test") as transaction:
        transaction.cursor.execute("delete from comments")

    with looking(store, Query()) as look:
        assert look.row(TOTALS)[0] == 2
        assert look.frame(RHYTHM)["comments"].tolist() == [2]


def test_an_older_database_is_counted_when_it_is_opened(tmp_path: Path) -> None:
    """What was folded before there were counts is counted by the step of the schema that brings them."""
    path = f"duckdb:///{tmp_path / 'c.duckdb'}"
    older = Store.open(path, clock=at, migrations=[each for each in read_migrations() if not brings(each)])
    writes.write_pages(older, "run", [page(comment(1), comment(2, published_at=None))], at(1))
    with older.writing("fold") as transaction:
        transaction.cursor.execute(folding.RESOLVE_COMMENTS)
        transaction.cursor.execute(folding.FOLD_COMMENTS)
        transaction.cursor.execute(folding.MARK_FOLDED, {"version": transaction.version})
        transaction.unfolded = 0
    older.close()

    store = Store.open(path, clock=at)
    assert not store.unfolded
    assert reads.totals(store, Query()).comments == 2
    assert rolled(store, Query()) == scanned(store, Query())
    assert rolled(store, replace(Query(), level="root")) == scanned(store, replace(Query(), level="root"))
    store.close()


def brings(step: Migration) -> bool:
    """Tell whether a step of the schema, or one after it, brings the counts."""
    (number,) = [each.number for each in read_migrations() if "table hour_counts" in each.sql]
    return step.number >= number
