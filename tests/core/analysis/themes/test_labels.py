"""Labels as a split of everything: by value, over time, by source, within any query."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.query import Query
from core.storage import writes_coding
from core.storage.reads_labels import Label
from core.storage.store import Store
from tests.builders import at, comment, source
from tests.core.enriched import answer, enriched


@pytest.fixture
def labelled() -> Iterator[Store]:
    """Open two posts with four comments in two weeks; two coders do not agree about one of them."""
    first = [comment(1), comment(2, published_at=at(24 * 8))]
    opened = enriched([*first, *(comment(n, source="wall:-1_3") for n in (1, 2))], [source()])
    writes_coding.write_labels(
        opened,
        [
            Label("wall:-1_2", 1, "тема", "вода", "Анна", ""),
            Label("wall:-1_2", 1, "тема", "дороги", "Борис", ""),
            Label("wall:-1_2", 2, "тема", "вода", "Анна", ""),
            Label("wall:-1_3", 1, "тема", "вода", "Анна", ""),
            Label("wall:-1_3", 1, "тема", "вода", "Борис", ""),
            Label("wall:-1_3", 2, "важно", "да", "Анна", ""),
        ],
    )
    yield opened
    opened.close()


NAMES = ("source", "label", "value", "comments", "coders")


def told(store: Store, query: Query | None = None, **params: str) -> list[tuple[object, ...]]:
    """Return the rows as (source, label, value, comments, coders)."""
    rows = answer(store, "labels", query or Query(), **params).rows
    return [tuple(row[name] for name in NAMES) for row in rows]


def test_values_are_counted_by_comments_not_by_coders(labelled: Store) -> None:
    """Two people who say the same of a comment are one comment; who disagree stand under both values."""
    assert told(labelled) == [
        (None, "тема", "вода", 3, 2),
        (None, "важно", "да", 1, 1),
        (None, "тема", "дороги", 1, 1),
    ]


def test_one_label_within_any_query(labelled: Store) -> None:
    """The filters hold for labels as for everything else."""
    assert told(labelled, Query(source=("wall:-1_2",)), called="тема") == [
        (None, "тема", "вода", 2, 1),
        (None, "тема", "дороги", 1, 1),
    ]
    assert told(labelled, Query(text="нигде")) == []


def test_labels_by_source_and_over_time(labelled: Store) -> None:
    """Each source and each week has its own counts."""
    assert [row[:4] for row in told(labelled, over="source", called="тема")] == [
        ("wall:-1_2", "тема", "вода", 2),
        ("wall:-1_2", "тема", "дороги", 1),
        ("wall:-1_3", "тема", "вода", 1),
    ]
    weeks = answer(labelled, "labels", over="week", called="тема").rows
    assert len({row["period"] for row in weeks}) == 2
    assert sum(row["comments"] for row in weeks) == 4
