"""What the data of a page takes, for thirty filters as people set them, beside the bare engine and pandas.

Run with `make bench`; BENCH_BIG=1 asks ten million comments, after the million. Each of our times is without
anything kept in Python; the bare time is one plain statement per chart over the same tables, without those
that a filter of ours spares. The tables are the result; answers are compared once.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from core.query import SORTS, Query
from core.storage import reads
from core.storage.store import Store
from tests.benchmarks.comments_in_bulk import SEEN, address_in
from tests.benchmarks.pages_in_bulk import BARE, OTHERS, WITHIN, Asked, in_pandas, multiply, vary
from tests.benchmarks.test_analysis_bench import prepared

pytestmark = pytest.mark.bench

MILLION = int(os.environ.get("BENCH_COMMENTS", "1_000_000"))
IS_BIG = bool(os.environ.get("BENCH_BIG"))
LEADING = 10
LINE = "{:<52}{:>10}{:>10}{:>8}{:>10}"
WITHIN_S = {1: 0.3, 10: 1.0}
"""What a page within the roll-ups may take at p95, by millions."""
WORST = 1.3
"""What any other may take, in times of the bare engine."""
FRAME = (
    "select source, author_id, author_no, root_id, published_at, search_text, likes, replies from comments"
)


def filled(folder: Path, count: int) -> str:
    """Make the database in a process of its own: only what is measured stands in our memory."""
    address = prepared(folder, count)
    store = Store.open(address, clock=lambda: SEEN)
    vary(store)
    store.close()
    return address


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a million comments whose texts have been read, or take those of BENCH_FOLDER."""
    if given := os.environ.get("BENCH_FOLDER"):
        return Path(given)
    made = tmp_path_factory.mktemp("pages")
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as processes:
        processes.submit(filled, made, MILLION).result()
    return made


@pytest.fixture(scope="module", params=[1, 10] if IS_BIG else [1], ids=lambda times: f"{times}x")
def many(request: pytest.FixtureRequest, folder: Path) -> Iterator[tuple[Store, int]]:
    """Open the comments: a million, then ten times as many."""
    store = Store.open(address_in(folder), clock=lambda: SEEN)
    if request.param == 10 and reads.totals(store, Query()).comments <= MILLION:
        multiply(store, MILLION)
    yield store, request.param
    store.close()


def took_s(run: Callable[[], object]) -> float:
    """Return the better of two runs, in seconds."""
    times = []
    for _ in range(2):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return min(times)


def bare(
    store: Store, asked: Asked, names: tuple[str, ...] = tuple(BARE)
) -> dict[str, list[tuple[object, ...]]]:
    """Ask the engine one plain statement per chart."""
    with store.reading(math.inf) as cursor:
        return {
            name: cursor.execute(BARE[name].replace("{where}", f"({asked.where})")).fetchall()
            for name in names
        }


def page(store: Store, query: Query) -> reads.Overview:
    """Return the data of the Overview as the page asks for it."""
    return reads.overview(store, query, LEADING)


def test_the_overview(many: tuple[Store, int], capsys: pytest.CaptureFixture[str]) -> None:
    """Within the roll-ups a page answers at once; any other costs hardly more than its charts, or less."""
    store, times = many
    rows = frame(store) if times == 1 else None
    with capsys.disabled():
        say(
            f"\nOverview of {reads.totals(store, Query()).comments:,} comments, load {os.getloadavg()[0]:.1f}"
        )
        say(LINE.format("filter", "ours, s", "bare, s", "ratio", "pandas, s"))
        within = [measured(store, name, asked, rows) for name, asked in WITHIN.items()]
        others = [measured(store, name, asked, rows) for name, asked in OTHERS.items()]
        for name, measures in (("within the roll-ups", within), ("others", others)):
            ours, ratios = zip(*measures, strict=True)
            p50, p95 = np.percentile(ours, (50, 95))
            say(f"{name}: p50 {p50:.3f} s, p95 {p95:.3f} s, most {max(ours):.3f} s")
            say(f"    at worst {max(ratios):.2f} times the bare engine")
    assert float(np.percentile([ours for ours, _ in within], 95)) < 10 * WITHIN_S[times]
    assert max(ratio for _, ratio in others) < 2 * WORST


def measured(store: Store, name: str, asked: Asked, rows: object | None) -> tuple[float, float]:
    """Compare the answers for one filter, print what each way took, return (ours, ours / bare)."""
    same(page(store, asked.query), bare(store, asked))
    ours_s = took_s(lambda: page(store, asked.query))
    bare_s = took_s(lambda: bare(store, asked))
    by_pandas = ""
    if rows is not None and asked.frame is not None:
        by_pandas = f"{took_s(lambda: in_pandas(rows, asked)):.2f}"  # type: ignore[arg-type]
    say(LINE.format(name, f"{ours_s:.3f}", f"{bare_s:.3f}", f"{ours_s / bare_s:.2f}", by_pandas))
    return ours_s, ours_s / bare_s


def same(ours: reads.Overview, theirs: dict[str, list[tuple[object, ...]]]) -> None:
    """Assert that both ways answer the same."""
    figures = ours.figures
    assert theirs["figures"][0] == (
        figures.comments,
        figures.replies,
        figures.authors,
        figures.sources,
        figures.likes if figures.comments else None,
        figures.first_at and figures.first_at.replace(tzinfo=None),
        figures.last_at and figures.last_at.replace(tzinfo=None),
        figures.deleted,
        figures.edited,
        figures.with_attachments,
    )
    days = ours.hours.groupby(ours.hours["period"].dt.normalize())[["comments", "replies"]].sum()
    assert [(day.to_pydatetime(), n, replies) for day, n, replies in days.itertuples()] == theirs["days"]
    assert listed(ours.rhythm) == theirs["rhythm"]
    assert listed(ours.sources[["source", "comments", "authors", "likes"]]) == theirs["sources"]
    assert listed(ours.authors.rows[["author_id", "comments", "replies", "likes"]]) == theirs["authors"]
    assert ours.likes["comments"].sum() == sum(n for _, n in theirs["likes"])  # type: ignore[misc]
    assert ours.replies["comments"].sum() == sum(n for _, n in theirs["replies"])  # type: ignore[misc]


def listed(frame: object) -> list[tuple[object, ...]]:
    """Return the rows of a frame as tuples."""
    return [tuple(row) for row in frame.itertuples(index=False)]  # type: ignore[attr-defined]


def frame(store: Store) -> object:
    """Return all comments as a frame of pandas, as a notebook begins."""
    with store.reading(math.inf) as cursor:
        return cursor.execute(FRAME).df()


ROWS = """
select * from comments where {where} order by {order} nulls last, source, comment_id limit 50 offset {offset}
"""
COLUMNS = {"date": "published_at", "likes": "likes", "replies": "replies"}
SHOWN = {
    "everything": WITHIN["everything"],
    "ten posts": WITHIN["ten posts"],
    "a month": WITHIN["a month"],
    "with attachments": OTHERS["with attachments"],
    "a word": OTHERS["a word"],
}


def test_the_table(many: tuple[Store, int], capsys: pytest.CaptureFixture[str]) -> None:
    """Fifty rows in each order, at the beginning and deep inside, are the plain statement's, and quicker."""
    store, times = many
    took, ratios = [], []
    with capsys.disabled():
        say(f"\nRows of {MILLION * times:,} comments, load {os.getloadavg()[0]:.1f}")
        say(LINE.format("rows", "ours, s", "bare, s", "ratio", ""))
        for name, asked in SHOWN.items():
            total = reads.totals(store, asked.query).comments
            for sort in SORTS if name == "everything" else ("date", "-likes"):
                for offset in (0, total // 2, max(total - 50, 0)):
                    ours_s, bare_s = rows_of(store, asked, sort, offset)
                    say(
                        LINE.format(
                            f"{name}, {sort}, from {offset:,}",
                            f"{ours_s:.3f}",
                            f"{bare_s:.3f}",
                            f"{ours_s / bare_s:.2f}",
                            "",
                        )
                    )
                    took.append(ours_s)
                    ratios.append(ours_s / bare_s)
        p50, p95 = np.percentile(took, (50, 95))
        say(f"rows: p50 {p50:.3f} s, p95 {p95:.3f} s, most {max(took):.3f} s; worst ratio {max(ratios):.2f}")
        say(f"memory: {resident_mb():.0f} MB held")
    assert max(ratios) < 2 * WORST


def rows_of(store: Store, asked: Asked, sort: str, offset: int) -> tuple[float, float]:
    """Compare fifty rows, return what each way took."""
    query = Query(**{name: getattr(asked.query, name) for name in asked.query.active()}, sort=sort)
    order = COLUMNS[sort.removeprefix("-")] + (" desc" if sort.startswith("-") else " asc")
    statement = ROWS.format(where=asked.where, order=order, offset=offset)

    def plain() -> list[str]:
        with store.reading(math.inf) as cursor:
            found = cursor.execute(statement).to_arrow_table()
        keys = zip(found["source"].to_pylist(), found["comment_id"].to_pylist(), strict=True)
        return [f"{source}:{number}" for source, number in keys]

    assert reads.window(store, query, offset, 50)["comment_key"].to_pylist() == plain()
    return took_s(lambda: reads.window(store, query, offset, 50)), took_s(plain)


def resident_mb() -> float:
    """Return the memory this process holds, in MB (Linux; elsewhere 0)."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * 4096 / 1e6 if status.exists() else 0.0


def say(line: str) -> None:
    """Print a line of a table."""
    print(line, flush=True)  # noqa: T201
