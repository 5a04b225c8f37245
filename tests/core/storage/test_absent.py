"""Deletion without a tombstone: what a complete pass of a level proves to be gone, and what it does not."""

from __future__ import annotations

from typing import Any

import pytest

from core.models import Comment, SourceRef
from core.query import Query
from core.storage import reads, writes
from core.storage.store import Store
from tests.builders import at, comment, page, ref, tombstone

WHOLE = (ref(), None)


@pytest.fixture(params=["before the fold", "after the fold"])
def prove(request: pytest.FixtureRequest, store: Store) -> Any:
    """Give a function: a first run saw some comments, a second one others; levels it proves; who is gone."""

    def run(first: list[Comment], second: list[Comment], *levels: tuple[SourceRef, int | None]) -> list[int]:
        writes.write_pages(store, "first", [page(*first)], at(1))
        if request.param == "after the fold":
            writes.fold(store)
        writes.write_pages(store, "second", [page(*second, source=ref())], at(2))
        written = writes.write_absent(store, "second", levels, at(3))
        rows = reads.comments(store, Query(), 100).rows.to_pylist()
        gone = [row["comment_id"] for row in rows if row["deleted_at"] == at(3).replace(tzinfo=None)]
        assert written == len(gone)
        return gone

    return run


def test_what_a_full_pass_of_the_roots_did_not_show_is_gone(prove: Any) -> None:
    """Roots that were not seen are deleted; those that were seen, also as tombstones, are as seen."""
    before = [comment(1), comment(2), comment(3)]
    assert prove(before, [comment(1), tombstone(3)], WHOLE) == [2]


def test_a_thread_is_a_level_of_its_own(prove: Any) -> None:
    """Only the replies of a thread that was read in full are judged."""
    before = [comment(1), comment(2)]
    before += [comment(number, root_id=1) for number in (11, 12)]
    before += [comment(number, root_id=2) for number in (21, 22)]
    after = [comment(1), comment(2), comment(11, root_id=1)]

    assert prove(before, after, WHOLE, (ref(), 1)) == [12]


def test_the_replies_of_a_root_that_is_gone_are_gone_with_it(prove: Any) -> None:
    """Also those of a root that was a tombstone before and does not even leave that now."""
    before = [comment(1), tombstone(2), comment(3)]
    before += [comment(11, root_id=1), comment(21, root_id=2), comment(31, root_id=3)]

    assert prove(before, [comment(3)], WHOLE) == [1, 11, 21]


def test_a_level_that_was_not_read_in_full_proves_nothing(prove: Any) -> None:
    """Without levels nothing is called deleted; a thread says nothing about roots."""
    assert prove([comment(1), comment(2)], [comment(1)]) == []


def test_a_thread_read_in_full_says_nothing_about_roots(prove: Any) -> None:
    """A run that read one thread alone judges that thread alone."""
    assert prove([comment(1), comment(2), comment(11, root_id=1)], [], (ref(), 1)) == [11]


def test_what_was_deleted_before_is_not_deleted_again(prove: Any, store: Store) -> None:
    """The moment of the deletion stays the first one, and asking twice writes nothing."""
    assert prove([comment(1), tombstone(2)], [comment(1)], WHOLE) == []
    version = store.version()

    assert writes.write_absent(store, "second", [WHOLE], at(9)) == 0
    assert store.version() == version
    assert reads.comment(store, "wall:-1_2:2")["deleted_at"].to_pylist() == [at(1).replace(tzinfo=None)]


def test_an_absent_comment_keeps_everything_that_was_seen_of_it(store: Store) -> None:
    """Text, author, likes, replies and when it was last seen stay; the state and since when are new."""
    writes.write_pages(
        store, "first", [page(comment(1, "было", likes=3, replies=4, attachments=("photo",)))], at(1)
    )
    before = reads.comment(store, "wall:-1_2:1").to_pylist()[0]
    writes.write_pages(store, "second", [page(source=ref())], at(2))
    writes.write_absent(store, "second", [WHOLE], at(3))

    for _ in range(2):
        row = reads.comment(store, "wall:-1_2:1").to_pylist()[0]
        assert row == {**before, "state": "deleted", "deleted_at": at(3).replace(tzinfo=None)}
        writes.fold(store)


def test_a_comment_that_comes_back_is_live_again(store: Store) -> None:
    """A later observation outweighs the absence, an earlier one that is written late does not."""
    writes.write_pages(store, "first", [page(comment(1))], at(1))
    writes.write_pages(store, "second", [page(source=ref())], at(3))
    writes.write_absent(store, "second", [WHOLE], at(3))
    writes.write_pages(store, "late", [page(comment(1))], at(2))
    assert reads.comment(store, "wall:-1_2:1")["state"].to_pylist() == ["deleted"]

    writes.write_pages(store, "third", [page(comment(1))], at(4))
    row = reads.comment(store, "wall:-1_2:1").to_pylist()[0]
    assert (row["state"], row["deleted_at"]) == ("live", None)


def test_what_somebody_else_saw_meanwhile_is_not_gone(store: Store) -> None:
    """What another run has seen since this run began with the source is not judged by this run's pass."""
    writes.write_pages(store, "slow", [page(comment(1))], at(1))
    writes.write_pages(store, "other", [page(comment(1), comment(2))], at(2))

    assert writes.write_absent(store, "slow", [WHOLE], at(3)) == 0


def test_a_run_that_read_nothing_of_a_source_proves_nothing_of_it(store: Store) -> None:
    """Without one answered page of the source there is no pass."""
    writes.write_pages(store, "first", [page(comment(1))], at(1))

    assert writes.write_absent(store, "second", [WHOLE], at(3)) == 0


def test_other_sources_stay_as_they_are(store: Store) -> None:
    """The same numbers under another source are other comments."""
    other = ref("topic:-3_4")
    writes.write_pages(store, "first", [page(comment(1)), page(comment(1, source=other))], at(1))
    writes.write_pages(store, "second", [page(source=ref()), page(source=other)], at(2))

    assert writes.write_absent(store, "second", [(other, None)], at(3)) == 1
    assert reads.comment(store, "wall:-1_2:1")["state"].to_pylist() == ["live"]
