"""Labels: one value per comment, name and coder; pages in order; deleted as chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from core.errors import QueryError
from core.query import Query
from core.storage import reads, reads_coding, reads_labels, writes, writes_coding
from core.storage.reads_labels import Chosen
from core.storage.store import Store
from tests.builders import at, comment, page
from tests.core.coded import label

KEYS = ("wall:-1_2:1", "wall:-1_2:2", "wall:-1_2:3")


@pytest.fixture
def store() -> Iterator[Store]:
    """Open a database with three comments, two coders' labels on each."""
    opened = Store.open("duckdb:///:memory:", clock=at)
    writes.write_pages(opened, "run", [page(comment(1), comment(2), comment(3))], at())
    writes.fold(opened)
    given = [label(key, "sentiment", "neutral", coder) for key in KEYS for coder in ("Анна", "Борис")]
    writes_coding.write_labels(opened, given)
    yield opened
    opened.close()


def told(store: Store, chosen: Chosen = Chosen()) -> list[tuple[str, str, str]]:  # noqa: B008 - frozen
    """Return labels as (comment, coder, value)."""
    found, _ = reads_labels.labels(store, chosen, 100)
    return [(each.comment_key, each.coder, each.value) for each in found]


def test_the_last_value_wins(store: Store) -> None:
    """A comment has one value per name and coder, within one call and over several."""
    given = [label(KEYS[0], "sentiment", value, "Анна") for value in ("negative", "positive")]
    assert writes_coding.write_labels(store, given) == 1
    assert told(store, Chosen(keys=KEYS[:1])) == [
        (KEYS[0], "Анна", "positive"),
        (KEYS[0], "Борис", "neutral"),
    ]


def test_repeating_changes_nothing(store: Store) -> None:
    """What is said again as it stands raises no version; a new note does."""
    version = store.version()
    assert writes_coding.write_labels(store, [label(KEYS[0], "sentiment", "neutral", "Анна")]) == 0
    assert store.version() == version
    noted = label(KEYS[0], "sentiment", "neutral", "Анна", "ирония")
    assert writes_coding.write_labels(store, [noted]) == 1
    assert store.version() == version + 1
    assert reads_labels.labels(store, Chosen(keys=KEYS[:1]), 1)[0][0].note == "ирония"


def test_pages_follow_each_other(store: Store) -> None:
    """Cursors lead through all labels, each once, in order."""
    seen, cursor = [], None
    for _ in range(4):
        found, cursor = reads_labels.labels(store, Chosen(), 2, cursor)
        seen += [(each.comment_key, each.coder) for each in found]
        if cursor is None:
            break
    assert seen == [(key, coder) for key in KEYS for coder in ("Анна", "Борис")]


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIiwiYiIsImMiLCJkIl0"])
def test_a_foreign_cursor_is_refused(store: Store, cursor: str) -> None:
    """A cursor that is none of this list is named."""
    with pytest.raises(QueryError, match="cursor"):
        reads_labels.labels(store, Chosen(), 2, cursor)


def test_labels_are_deleted_as_chosen(store: Store) -> None:
    """Comment, name and coder narrow together; nothing found raises no version."""
    assert writes_coding.delete_labels(store, Chosen(keys=KEYS[:1], coders=("Анна",))) == 1
    assert len(told(store)) == 5
    version = store.version()
    assert writes_coding.delete_labels(store, Chosen(names=("toxicity",))) == 0
    assert store.version() == version
    assert writes_coding.delete_labels(store, Chosen(names=("sentiment",))) == 5
    assert told(store) == []


def test_labels_filter_comments(store: Store) -> None:
    """`label=name:value` finds what anybody labelled so."""
    writes_coding.write_labels(store, [label(KEYS[1], "sentiment", "negative", "Анна")])
    assert reads.figures(store, Query(label=("sentiment:negative",))).comments == 1


def test_a_coder_finds_what_was_said(store: Store) -> None:
    """Labels of a sample are known by place and coder; others' are counted apart."""
    items = pd.DataFrame(
        {
            "place": [1, 2],
            "source": ["wall:-1_2"] * 2,
            "comment_id": [2, 1],
            "stratum": ["neutral"] * 2,
            "stratum_size": [3, 3],
            "times": [1, 1],
        }
    )
    sample = reads_coding.Sample("one", "stratified", "{}", 2, 1, "1.x", at(), 2)
    writes_coding.write_sample(store, sample, items)
    said = reads_labels.own(store, "one", "Анна")

    assert said["place"].tolist() == [1, 2]
    assert reads_labels.coders(store, "one") == {"Анна": {"sentiment": 2}, "Борис": {"sentiment": 2}}
    assert reads_labels.own(store, "none", "Анна").empty
    assert reads_labels.coders(store, "none") == {}
