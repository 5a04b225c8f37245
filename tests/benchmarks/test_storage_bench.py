"""A million comments: what each question of a page takes, beside the bare engine; how fast pages are written.

Run with `make bench`; the tables are the result, the assertions only catch a step back of an order.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core.models import Page
from core.query import Query
from core.storage import reads, writes
from core.storage.store import Store
from tests.builders import author, comment, page

pytestmark = pytest.mark.bench

ROWS = 1_000_000
WRITTEN = 100_000
WORDS = [
    "привет", "погода", "ёлка", "кот", "Москва", "сегодня", "никогда", "очень",
    "цены", "рост", "мир", "дорога", "почему", "хорошо", "плохо", "спасибо",
]  # fmt: skip
START = datetime(2024, 1, 1, tzinfo=UTC)

WORLD = """
insert into observations
select
    'wall:-' || (number % 7 + 1) || '_' || (number % 400 + 1),
    number,
    case when hash(number * 11) % 3 = 0 then number - number % 400 + 1 end,
    null, null,
    (hash(number * 7) % 150_000)::bigint * (hash(number * 13) % 97_000)::bigint % 150_000 + 1,
    null, false,
    timestamp '2024-01-01' + to_seconds((hash(number) % 63_072_000)::bigint),
    list_aggregate(
        list_transform(
            range(4 + (hash(number * 17) % 16)::bigint),
            lambda place: $words[1 + (hash(number * 31 + place) % len($words))::integer]
        ),
        'string_agg', ' '
    ) || ' ' || number,
    least(hash(number * 3) % 40, hash(number * 5) % 40)::bigint,
    case when hash(number * 19) % 10 = 0 then 3 else 0 end,
    case when hash(number * 23) % 9 = 0 then ['photo'] else [] end,
    hash(number * 29) % 200 = 0, false, null, 'bench', timestamp '2026-01-02', $version, number % 1_000_000,
    false
from range($rows) as numbers(number)
"""

BARE = {
    "figures": """
        select count(*), count(root_id), count(distinct author_id), count(distinct source), sum(likes),
            min(published_at), max(published_at), count(*) filter (state = 'deleted'),
            count(*) filter (state = 'edited'), count(*) filter (len(attachments) > 0)
        from comments""",
    "per day": """
        select date_trunc('day', published_at + interval 3 hour) as day, count(*), count(root_id),
            count(distinct author_id)
        from comments group by day order by day""",
    "per month": """
        select date_trunc('month', published_at + interval 3 hour) as month, count(*), count(root_id),
            count(distinct author_id)
        from comments group by month order by month""",
    "per hour": """
        select date_trunc('hour', published_at + interval 3 hour) as hour, count(*), count(root_id),
            count(distinct author_id)
        from comments group by hour order by hour""",
    "hour x weekday": """
        select isodow(published_at + interval 3 hour) as day, hour(published_at + interval 3 hour) as hour,
            count(*)
        from comments group by day, hour""",
    "hour x weekday, New York": """
        select isodow(timezone('America/New_York', published_at::timestamptz)) as day,
            hour(timezone('America/New_York', published_at::timestamptz)) as hour, count(*)
        from comments group by day, hour""",
    "top sources": """
        select source, count(*) as n, count(distinct author_id), sum(likes)
        from comments group by source order by n desc limit 20""",
    "top authors": """
        select author_id, count(*) as n, count(root_id), sum(likes)
        from comments group by author_id order by n desc limit 20""",
    "likes": "select likes, count(*) from comments group by likes",
    "replies": "select replies, count(*) from comments where root_id is null group by replies",
    "first 50 rows": "select * from comments order by published_at, source, comment_id limit 50",
    "50 rows by likes": "select * from comments order by likes desc, source, comment_id limit 50",
    "rows 500,000-500,050": """
        select * from comments order by published_at, source, comment_id limit 50 offset 500_000""",
    "word, count": "select count(*) from comments where contains(lower(text), 'ёлка')",
    "word, per day": """
        select date_trunc('day', published_at + interval 3 hour) as day, count(*), count(distinct author_id)
        from comments where contains(lower(text), 'ёлка') group by day order by day""",
    "month and source, figures": """
        select count(*), count(distinct author_id), sum(likes) from comments
        where published_at >= '2025-02-28 21:00' and published_at < '2025-03-31 21:00'
            and source = 'wall:-1_15'""",
    "evening hours, per day": """
        select date_trunc('day', published_at + interval 3 hour) as day, count(*), count(distinct author_id)
        from comments where hour(published_at + interval 3 hour) in (18, 19, 20, 21) group by day""",
    "regex, count": "select count(*) from comments where regexp_matches(text, 'к.т')",
    "sources": "select source, count(*), count(root_id) from comments group by source",
    "choices of source": "select source, count(*) from comments group by source",
    "choices of every filter": """
        select source, author_id, hour, root_id, state, likes, count(*)
        from (
            select source, author_id, hour(published_at + interval 3 hour) as hour,
                root_id is null as root_id, least(likes, 100) as likes,
                case when is_deleted then 'deleted' else 'live' end as state
            from comments
        )
        group by grouping sets ((source), (author_id), (hour), (root_id, state, likes))""",
}

EVERYTHING = Query()
WORD = Query(text="ёлка")
OURS: dict[str, Callable[[Store], object]] = {
    "figures": lambda store: reads.figures(store, EVERYTHING),
    "per day": lambda store: reads.per_period(store, EVERYTHING, "day"),
    "per month": lambda store: reads.per_period(store, EVERYTHING, "month"),
    "per hour": lambda store: reads.per_period(store, EVERYTHING, "hour"),
    "hour x weekday": lambda store: reads.per_hour_weekday(store, EVERYTHING),
    "hour x weekday, New York": lambda store: reads.per_hour_weekday(store, Query(tz="America/New_York")),
    "top sources": lambda store: reads.top_sources(store, EVERYTHING, 20),
    "top authors": lambda store: reads.top_authors(store, EVERYTHING, 20),
    "likes": lambda store: reads.likes_histogram(store, EVERYTHING),
    "replies": lambda store: reads.replies_histogram(store, EVERYTHING),
    "first 50 rows": lambda store: reads.comments(store, EVERYTHING, 50),
    "50 rows by likes": lambda store: reads.comments(store, Query(sort="-likes"), 50),
    "rows 500,000-500,050": lambda store: reads.window(store, EVERYTHING, 500_000, 50),
    "word, count": lambda store: reads.count(store, WORD),
    "word, per day": lambda store: reads.per_period(store, WORD, "day"),
    "month and source, figures": lambda store: reads.figures(
        store, Query(since=date(2025, 3, 1), until=date(2025, 3, 31), source=("wall:-1_15",))
    ),
    "evening hours, per day": lambda store: reads.per_period(store, Query(hour=(18, 19, 20, 21)), "day"),
    "regex, count": lambda store: reads.count(store, Query(regex="к.т")),
    "sources": reads.sources,
    "choices of source": lambda store: reads.facets(store, EVERYTHING, "source"),
    "choices of every filter": lambda store: reads.every_facet(store, EVERYTHING),
}


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Make a database file with a million folded comments."""
    path: Path = tmp_path_factory.mktemp("bench") / "comments.duckdb"
    store = Store.open(f"duckdb:///{path}", clock=lambda: datetime.now(UTC))
    with store.writing("bench") as transaction:
        transaction.cursor.execute(WORLD, {"rows": ROWS, "words": WORDS, "version": transaction.version})
        transaction.unfolded = ROWS
    began = time.perf_counter()
    writes.fold(store)
    _say(f"fold of {ROWS:,} comments: {time.perf_counter() - began:.1f} s")
    yield store
    store.close()


def best_ms(run: Callable[[], object]) -> float:
    """Return the best of three runs after one to warm up, in milliseconds."""
    times = []
    for _ in range(4):
        began = time.perf_counter()
        run()
        times.append((time.perf_counter() - began) * 1000)
    return min(times[1:])


def test_each_question_of_a_page(million: Store) -> None:
    """Each question over a million comments answers in a fraction of a second, near the bare time."""
    _say(f"{'question':<28}{'ours, ms':>10}{'bare, ms':>10}{'ratio':>8}")
    slow = []
    for name, ask in OURS.items():

        def bare(name: str = name) -> object:
            with million.reading() as cursor:
                return cursor.execute(BARE[name]).fetchall()

        ours_ms, bare_ms = best_ms(lambda ask=ask: ask(million)), best_ms(bare)  # type: ignore[misc]
        _say(f"{name:<28}{ours_ms:>10.1f}{bare_ms:>10.1f}{ours_ms / bare_ms:>8.2f}")
        if ours_ms > 1000:
            slow.append(name)
    assert slow == []


def test_an_export_of_everything(million: Store) -> None:
    """All rows in order leave the database as a stream, without being held in memory."""
    before, began, rows = _rss_mb(), time.perf_counter(), 0
    peak = before
    with reads.export_reader(million, EVERYTHING, 10_000) as reader:
        for batch in reader:
            rows += batch.num_rows
            peak = max(peak, _rss_mb())
    took = time.perf_counter() - began

    _say(f"export of {rows:,} rows: {took:.1f} s, memory from {before:.0f} to {peak:.0f} MB")
    assert rows == ROWS


def test_looking_while_collecting(million: Store) -> None:
    """With thousands of comments not folded yet a question still answers at once, and the fold is short."""
    writes.write_pages(million, "run", list(_pages(9_000)), START)
    waiting = million.unfolded
    unfolded_ms = best_ms(lambda: reads.per_period(million, EVERYTHING, "day"))
    began = time.perf_counter()
    writes.fold(million)

    folded_ms = (time.perf_counter() - began) * 1000
    _say(f"per day with {waiting:,} rows not folded: {unfolded_ms:.0f} ms; their fold: {folded_ms:.0f} ms")
    assert not million.unfolded


@pytest.mark.parametrize("size", [2_500, 10_000])
def test_the_rate_of_writing(tmp_path: Path, size: int) -> None:
    """Pages become committed rows at tens of thousands of comments a second."""
    store = Store.open(f"duckdb:///{tmp_path / 'c.duckdb'}", clock=lambda: datetime.now(UTC))
    pages = list(_pages(WRITTEN))
    step = size // 100
    began = time.perf_counter()
    for first in range(0, len(pages), step):
        writes.write_pages(store, "run", pages[first : first + step], START)
    took = time.perf_counter() - began
    _say(f"{WRITTEN / took:,.0f} comments/s written and folded, in batches of {size:,}")
    assert WRITTEN / took > 10_000
    store.close()


def _pages(count: int) -> Iterator[Page]:
    """Make pages of 100 comments with texts and JSON of ordinary length."""
    chance = random.Random(1)  # noqa: S311 a seeded draw, not cryptography
    for first in range(0, count, 100):
        source = f"wall:-9_{first // 5000 + 1}"
        comments = [
            comment(
                number,
                " ".join(chance.choices(WORDS, k=10)),
                source=source,
                author_id=chance.randrange(1, 50_000),
                published_at=START + timedelta(seconds=number),
                raw=b'{"id":%d,"from_id":1,"date":1700000000,"text":"%s"}' % (number, b"x" * 150),
            )
            for number in range(first + 1, first + 101)
        ]
        authors = tuple(author(each.author_id, f"Author {each.author_id}") for each in comments)
        yield page(*comments, call=f"roots:{first}", authors=authors)


def _say(line: str) -> None:
    print(f"\n{line}", end="")  # noqa: T201


def _rss_mb() -> float:
    """Return the memory this process holds, in MB (Linux; elsewhere 0)."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * 4096 / 1e6 if status.exists() else 0.0
