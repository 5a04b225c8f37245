"""Marks are counted in the database."""

from __future__ import annotations

from core.query import Query
from core.storage import reads_words_marks
from tests.builders import author, comment
from tests.core.enriched import enriched


def test_marks_count_comments_and_uses() -> None:
    """A mark that a comment repeats is one comment and several uses; the top ones are named, of all read."""
    store = enriched([comment(1, "#мост #мост"), comment(2, "#река"), comment(3, "#мост", author_id=8)])
    found = reads_words_marks.marks(store, Query(), "hashtag", 1, folded=False)
    assert found[["name", "uses", "comments", "authors", "of_comments"]].values.tolist() == [
        ["#мост", 3, 2, 2, 3]
    ]
    store.close()


def test_names_are_those_of_authors() -> None:
    """Only numbers of known authors have names."""
    store = enriched([comment(1)], authors=(author(7, "Анна Иванова"), author(-1, "Город")))
    found = reads_words_marks.names(store, ["-1", "7", "99"])
    assert found == {"-1": "Город", "7": "Анна Иванова"}
    assert reads_words_marks.names(store, []) == {}
    store.close()
