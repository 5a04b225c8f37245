"""Threads as the database finds them."""

from __future__ import annotations

from collections import defaultdict

from core.models import Comment
from core.query import Query
from core.storage import reads_attention_threads as reads
from core.storage import writes
from core.storage.store import Store
from tests.builders import at, comment, page

Filled = tuple[Store, list[Comment]]


def test_threads_hold_root_and_replies(filled: Filled) -> None:
    """Threads of two or more comments are there, the largest first, and each comment has its thread."""
    store, comments = filled
    members: dict[tuple[str, int], list[Comment]] = defaultdict(list)
    for each in comments:
        members[str(each.source), each.root_id or each.comment_id].append(each)
    found = reads.threads(store, Query())
    assert found["comments"].is_monotonic_decreasing
    sizes = {(row.source, row.root): (row.comments, row.authors) for row in found.itertuples()}
    assert sizes == {
        key: (len(some), len({each.author_id for each in some} - {None}))
        for key, some in members.items()
        if len(some) > 1
    }
    links = reads.links(store, Query())
    assert len(links) == len(comments)
    assert links["thread"].nunique() == len(members)
    answered = reads.answered(store, Query())
    assert answered["threads"].sum() == len(members)
    assert answered["answered"].sum() == len(sizes)


def test_answers_have_their_time_and_pairs(store: Store) -> None:
    """An answer is timed from what it answers, one before it is not; two who answer each other are mutual."""
    rows = [
        comment(1, author_id=1),
        comment(2, author_id=2, root_id=1, published_at=at(1)),
        comment(3, author_id=1, root_id=1, parent_id=2, published_at=at(4)),
        comment(4, author_id=3, root_id=1, parent_id=3, published_at=at(3)),
        comment(5, author_id=3, root_id=1, parent_id=4, published_at=at(9)),
    ]
    writes.write_pages(store, "run", [page(*rows)], at(10))
    (row,) = reads.threads(store, Query()).itertuples()
    assert (row.timed, row.latency) == (3, 180)
    assert (row.pairs, row.mutual) == (2, 1)
    links = reads.links(store, Query()).sort_values("comment_id")
    assert links["answered"].tolist() == [-1, 1, 2, 3, 4]
