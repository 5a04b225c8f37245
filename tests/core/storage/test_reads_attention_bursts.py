"""Comments per hour and day for bursts, and what leads spans of time."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from core.models import Comment
from core.query import Query
from core.storage import reads_attention_bursts as reads
from core.storage import writes
from core.storage.store import Store
from core.storage.zones import minute_of
from tests.builders import at, comment, page, source
from tests.core.enriched import enriched

NEW_YORK = "America/New_York"
HOUR = 60


def spans(*hours: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Return begins and ends of spans, in hours after noon, as UTC minutes."""
    begins, ends = zip(*[(minute_of(at(first)), minute_of(at(after))) for first, after in hours], strict=True)
    return np.array(begins), np.array(ends)


@pytest.mark.parametrize("tz", [NEW_YORK, "Asia/Kolkata", "UTC"])
def test_hours_are_instants_and_days_are_local(filled: tuple[Store, list[Comment]], tz: str) -> None:
    """An hour that comes twice when clocks go back is two; a day is the local one."""
    store, comments = filled
    zone = ZoneInfo(tz)
    hours: Counter[int] = Counter()
    days: Counter[int] = Counter()
    for each in comments:
        if each.published_at is not None:
            local = each.published_at.astimezone(zone)
            hours[minute_of(each.published_at) - local.minute] += 1
            days[(local.replace(tzinfo=None) - datetime(1, 1, 1)).days * 1440] += 1  # noqa: DTZ001 - local
    for step, expected in (("hour", hours), ("day", days)):
        begins, counts = reads.per_step(store, Query(tz=tz), step)
        assert dict(zip(begins.tolist(), counts.tolist(), strict=True)) == dict(expected)
        assert begins.tolist() == sorted(begins.tolist())


def test_spans_have_their_comments_and_authors(store: Store) -> None:
    """A span holds what was written from its first minute to before its end, others nothing."""
    rows = [comment(n, published_at=at(n / 4), author_id=n % 2 + 1) for n in range(12)]
    writes.write_pages(store, "run", [page(*rows)], at(1))
    found = reads.participants(store, Query(), *spans((0, 1), (2, 2.25), (50, 51)))
    assert found.to_dict("list") == {"number": [0, 1], "comments": [4, 1], "authors": [2, 1]}


def test_the_leading_source_of_each_span(store: Store) -> None:
    """Of equal ones the first by key leads; `elsewhere` counts what it has outside of all spans."""
    rows = [
        ("wall:-1_1", 0),
        ("wall:-1_2", 0),
        ("wall:-1_2", 2),
        ("wall:-1_2", 9),
        ("wall:-1_1", 9),
        ("wall:-1_1", 8),
    ]
    made = [comment(n, source=key, published_at=at(hour)) for n, (key, hour) in enumerate(rows, 1)]
    for key in ("wall:-1_1", "wall:-1_2"):
        writes.write_pages(store, "run", [page(*(each for each in made if str(each.source) == key))], at(1))
    found = reads.leading_sources(store, Query(), *spans((0, 1), (2, 3)))
    assert found["source"].tolist() == ["wall:-1_1", "wall:-1_2"]
    assert found["title"].tolist() == ["", ""]
    assert (found["comments"].tolist(), found["elsewhere"].tolist()) == ([1, 1], [2, 1])


def test_the_leading_author_may_have_only_a_name(store: Store) -> None:
    """An imported author has no id; comments without an author lead nothing."""
    named = pa.table({"author_name": ["Пётр"] * 2, "published_at": [at(0).replace(tzinfo=None)] * 2})
    writes.write_import(store, source("import:file", published_at=None), named)
    known = [(None, 2), (None, 2), (5, 0), (5, 2), (5, 5)]
    rows = [comment(n, author_id=who, published_at=at(hour)) for n, (who, hour) in enumerate(known)]
    writes.write_pages(store, "run", [page(*rows)], at(1))
    found = reads.leading_authors(store, Query(), *spans((0, 1), (2, 3)))
    assert found["author_id"].isna().tolist() == [True, False]
    assert found["author_name"].tolist() == ["Пётр", ""]
    assert (found["comments"].tolist(), found["elsewhere"].tolist()) == ([2, 1], [0, 1])


def test_the_text_that_was_repeated() -> None:
    """Copies are alike but for case and marks; short clichés and texts said once are no copies."""
    long = "Подпишите обращение о ремонте двора"
    texts = [(long, 0), (long.upper() + "!!!", 0), ("ура", 0), ("ура", 0), ("ура", 0), (long, 2), (long, 8)]
    made = enriched(
        [comment(n, text, published_at=at(hour), author_id=n) for n, (text, hour) in enumerate(texts, 1)]
    )
    found = reads.leading_copies(made, Query(), *spans((0, 1), (2, 3)))
    assert found["number"].tolist() == [0]
    assert found["comments"].tolist() == [2]
    assert found["elsewhere"].tolist() == [1]
    narrowed = reads.leading_copies(made, Query(lemma="обращение"), *spans((0, 1)))
    assert pd.Series(narrowed["comments"]).tolist() == [2]
