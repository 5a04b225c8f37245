"""How many comments each author and each source has."""

from __future__ import annotations

from collections import Counter

from core.models import Comment
from core.query import Query
from core.storage import reads_counts
from core.storage.store import Store


def test_comments_are_counted_per_author_and_per_source(filled: tuple[Store, list[Comment]]) -> None:
    """Each author and source of the query counts once with the number of its comments, fewest first."""
    store, comments = filled
    authors = Counter(each.author_id for each in comments if each.author_id is not None)
    sources = Counter(str(each.source) for each in comments)

    assert reads_counts.comments_per(store, Query(), "author").tolist() == sorted(authors.values())
    assert reads_counts.comments_per(store, Query(), "source").tolist() == sorted(sources.values())
    narrowed = reads_counts.comments_per(store, Query(source=("wall:-1_2",)), "source")
    assert narrowed.tolist() == [sources["wall:-1_2"]]
