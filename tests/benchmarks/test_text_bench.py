"""Reading texts: all features of many comments against Python that takes one comment after another.

Run with `make bench`; BENCH_BIG=1 reads a million. The table is the result.
"""

from __future__ import annotations

import os
import re
import threading
import time
from pathlib import Path

import pyarrow as pa
import pytest

from core.compute import Compute
from core.morphology.lemmas import analyser as analyzer
from core.storage import writes
from core.storage.store import Store
from core.text import engine, enriching, tongues
from core.text.scoring import Model
from core.text.words import studied
from tests.benchmarks.comments_in_bulk import SEEN, filled, texts
from tests.builders import comment, page

pytestmark = pytest.mark.bench

COUNT = 1_000_000 if os.environ.get("BENCH_BIG") else 200_000
MORE = COUNT // 100
ONE_BY_ONE = 1_000
LINE = "{:<58}{:>10}{:>14}{:>10}"
UNIT = re.compile(r"[^\W_]+|[)(]{2,}|[!?]+|\.{3,}")


def read(store: Store, compute: Compute) -> float:
    """Read what waits; return the seconds."""
    began = time.perf_counter()
    enriching.enrich(engine.reading(store, compute, threading.Event()), lambda _: None)
    return time.perf_counter() - began


def one_by_one(some: list[str], model: Model) -> float:
    """Read comments as a loop would, everything anew for each; return the seconds for one."""
    began = time.perf_counter()
    for text in some:
        units = UNIT.findall(text.lower().replace("ё", "е")) or ["."]
        known = studied(pa.array(list(dict.fromkeys(units))))
        model.scores([units], known)
        tongues.detected(pa.array([text]))
        hash(" ".join(units))
    return (time.perf_counter() - began) / len(some)


def remembered(some: list[str], model: Model) -> float:
    """Read comments in a loop that remembers each word it met; return the seconds for one."""
    began = time.perf_counter()
    scores: dict[str, tuple[str, list[float]]] = {}
    for text in some:
        units = UNIT.findall(text.lower().replace("ё", "е"))
        new = [unit for unit in dict.fromkeys(units) if unit not in scores]
        if new:
            known = studied(pa.array(new))
            added = model.contributions(known).to_pylist()
            for unit, row in zip(new, added, strict=True):
                lemma = analyzer().analyze(unit)[0].lemma if unit.isalpha() else unit
                scores[unit] = (lemma, [row["negative"], row["neutral"], row["positive"], row["toxic"]])
        sums = [sum(scores[unit][1][place] for unit in units) for place in range(4)]
        tongues.detected(pa.array([text]))
        hash((sums[0], *(scores[unit][0] for unit in units)))
    return (time.perf_counter() - began) / len(some)


def test_features_of_many_comments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From an empty vocabulary all is read at least ten times as fast as one by one; more costs little."""
    store, compute, model = filled(tmp_path, COUNT), Compute(), Model.load()
    try:
        whole = read(store, compute)
        new = [comment(COUNT + n, text) for n, text in enumerate(texts(MORE, seed=2), 1)]
        writes.write_pages(store, "more", [page(*new)], SEEN)
        writes.fold(store)
        more = read(store, compute)
    finally:
        compute.close()
        store.close()
    some = texts(ONE_BY_ONE, seed=5)
    one_by_one(some[:10], model)  # loads the dictionaries
    slow, cached = one_by_one(some, model), remembered(some, model)
    rows = [
        (f"all features of {COUNT:,}, empty vocabulary", whole, whole / COUNT, 1.0),
        (f"{MORE:,} more", more, more / MORE, more / whole),
        (f"one by one, from {ONE_BY_ONE:,}", slow * COUNT, slow, slow * COUNT / whole),
        (
            f"one by one, words remembered, from {ONE_BY_ONE:,}",
            cached * COUNT,
            cached,
            cached * COUNT / whole,
        ),
    ]
    with capsys.disabled():
        print("\n" + LINE.format("", "seconds", "us a comment", "ratio"))  # noqa: T201
        for name, seconds, each, ratio in rows:
            print(LINE.format(name, f"{seconds:.1f}", f"{each * 1e6:.1f}", f"{ratio:.2f}"))  # noqa: T201
    assert slow * COUNT > 10 * whole
