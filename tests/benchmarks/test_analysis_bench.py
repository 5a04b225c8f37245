"""Analyses of many comments: each that answers at once, and the heavy ones as tasks do them.

Run with `make bench`; BENCH_BIG=1 asks them of a million comments. The naive way starts with all comments in
a frame of Python, before it has worked out anything. The tables are the result.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.analysis.catalogue import ANALYSES
from core.cache import open_cache
from core.compute import Compute
from core.query import Query
from core.storage.store import Store
from core.tasks import analyze
from core.text import engine, enriching
from tests.benchmarks.comments_in_bulk import SEEN, address_in, filled

pytestmark = pytest.mark.bench

COUNT = 1_000_000 if os.environ.get("BENCH_BIG") else 200_000
DOCUMENTS = 200_000
PAIRS_OF = 2_000
LIMIT_S = 600
"""What a task of an analysis may take."""
WORD = {"word": "хороший"}
NEEDED: dict[str, dict[str, Any]] = {"concordance": WORD, "word_tree": WORD, "collocates": WORD}
APART = ("topics", "topics_over", "entities", "coordination_evidence")
"""Those of which another table tells, or that need what another one keeps."""
LINE = "{:<34}{:>12}{:>16}"
ALL_COMMENTS = "select * from comments"


class Asker:
    """Asks for analyses of all comments, each time anew."""

    def __init__(self, folder: Path, count: int) -> None:
        """Fill a database in a process of its own, so that only what is measured stands in our memory."""
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as processes:
            address = processes.submit(prepared, folder, count).result()
        self.store, self.compute = Store.open(address, clock=lambda: SEEN), Compute()

    def seconds(self, name: str, **given: object) -> float:
        """Return how long the answer takes that nothing has kept."""
        cache = open_cache("memory://")
        params = ANALYSES[name].checked({**NEEDED.get(name, {}), **given})
        began = time.perf_counter()
        analyze.run(
            name,
            Query(),
            params,
            store=self.store,
            compute=self.compute,
            cache=cache,
            cancel=threading.Event(),
        )
        took = time.perf_counter() - began
        cache.close()
        return took

    def frame_s(self) -> float:
        """Return how long it takes to read all comments into a frame."""
        began = time.perf_counter()
        with self.store.reading() as cursor:
            cursor.execute(ALL_COMMENTS).df()
        return time.perf_counter() - began

    def close(self) -> None:
        """End its processes and close its database."""
        self.compute.close()
        self.store.close()


def prepared(folder: Path, count: int) -> str:
    """Make a database of so many comments whose texts have been read; return its address."""
    store, compute = filled(folder, count, pasted=count // 50), Compute()
    enriching.enrich(engine.reading(store, compute, threading.Event()), lambda _: None)
    compute.close()
    store.close()
    return address_in(folder)


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """Give the many comments."""
    made = Asker(tmp_path_factory.mktemp("many"), COUNT)
    yield made
    made.close()


def peak_mb() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_answers_at_once(asker: Asker, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever answers at once is quicker than reading the comments into Python."""
    light = [name for name, each in ANALYSES.items() if not each.is_heavy and name not in APART]
    took = {name: asker.seconds(name) for name in light}
    took["words, by authors"] = asker.seconds("words", by="authors")
    took["keyness, by comments"] = asker.seconds("keyness", per="comments")
    peak, frame_s = peak_mb(), asker.frame_s()
    with capsys.disabled():
        print(f"\npeak {peak:.0f} MB; all comments into a frame: {frame_s:.1f} s, {peak_mb():.0f} MB")  # noqa: T201
        print(LINE.format(f"of {COUNT:,} comments", "seconds", "frame / ours"))  # noqa: T201
        for name, seconds in sorted(took.items(), key=lambda each: -each[1]):
            print(LINE.format(name, f"{seconds:.2f}", f"{frame_s / seconds:.1f}"))  # noqa: T201
    assert float(np.median([*took.values()])) < frame_s


def test_heavy_ones(asker: Asker, capsys: pytest.CaptureFixture[str]) -> None:
    """What takes long is a task, and each of them ends within its time."""
    heavy = [name for name, each in ANALYSES.items() if each.is_heavy and name not in APART]
    took = {}
    with capsys.disabled():
        print("\n" + LINE.format(f"tasks over {COUNT:,} comments", "seconds", ""))  # noqa: T201
        for name in heavy:
            took[name] = asker.seconds(name)
            print(LINE.format(name, f"{took[name]:.1f}", ""))  # noqa: T201
    assert max(took.values()) < LIMIT_S


def naive_topics(texts: list[str]) -> None:
    """Find topics as tutorials do: every word as it is written, one factorisation of everything."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    weighed = TfidfVectorizer(min_df=5, max_df=0.5).fit_transform(texts)
    NMF(12, random_state=1, max_iter=200).fit_transform(weighed)


def naive_pairs_s(texts: list[str]) -> float:
    """Return how long it takes to compare each of so many texts with each other one."""
    shingles = [{text[place : place + 4] for place in range(len(text) - 3)} for text in texts]
    began = time.perf_counter()
    for place, one in enumerate(shingles):
        for other in shingles[:place]:
            len(one & other) / max(1, len(one | other))
    return time.perf_counter() - began


def test_topics_and_near_copies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Topics and near-copies of 200,000 comments against what a tutorial would do."""
    asker = Asker(tmp_path, DOCUMENTS)
    ours = {name: asker.seconds(name) for name in ("topics", "near_copies", "topics_over")}
    with asker.store.reading() as cursor:
        rows: list[tuple[Any, ...]] = cursor.execute("select text from comments").fetchall()
    texts = [text for (text,) in rows]
    began = time.perf_counter()
    naive_topics(texts)
    naive = {
        "topics": time.perf_counter() - began,
        "near_copies": naive_pairs_s(texts[:PAIRS_OF]) * (DOCUMENTS / PAIRS_OF) ** 2,
    }
    asker.close()
    with capsys.disabled():
        print("\n" + LINE.format(f"of {DOCUMENTS:,} comments", "seconds", "naive / ours"))  # noqa: T201
        for name, seconds in ours.items():
            ratio = f"{naive[name] / seconds:.1f}" if name in naive else ""
            print(LINE.format(name, f"{seconds:.1f}", ratio))  # noqa: T201
    assert naive["near_copies"] > ours["near_copies"]
