"""What changed since a version or a moment, and the versions of one comment."""

from __future__ import annotations

from collections import Counter

import pytest

from core.errors import NotFound, QueryError
from core.models import CommentState
from core.query import Query
from core.storage import reads, writes, writes_coding
from core.storage.store import Store
from tests.builders import at, comment, page, ref, seeds, tombstone
from tests.core.coded import label
from tests.core.storage.log_model import Log, Step, in_order, steps_of, steps_since

KEY = "wall:-1_2:1"
NOTHING = Query(text="нигдетакогонет")


def listed(store: Store, since: reads.Since, query: Query | None = None, limit: int = 7) -> list[Step]:
    """Read all changes, page by page."""
    found: list[Step] = []
    cursor: str | None = None
    while True:
        answer = reads.changes(store, query or Query(), since, limit, cursor)
        found += [
            (
                str(one.kind),
                one.comment["comment_key"][0].as_py(),
                one.changed_at,
                one.text_before,
                one.evidence,
            )
            for one in answer.changes
        ]
        cursor = answer.next
        if cursor is None:
            return found


def seen(store: Store, hour: float, *comments: object) -> int:
    """Write comments as seen at an hour by a run of its own, and return the version."""
    return writes.write_pages(store, f"run {hour}", [page(*comments)], at(hour))  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("seed", seeds(range(3), 9))
def test_changes_are_what_the_log_shows_and_did_not_show_before(store: Store, seed: int) -> None:
    """Random batches, some late, folded or not: each step since each version once, and counted right."""
    log = Log(store, seed)
    versions = [0]
    for _ in range(10):
        log.step()
        versions.append(store.version())
        if log.chance.random() < 0.3:
            writes.fold(store)
    for version in versions:
        expected = steps_since(log.seen, version)
        assert sorted(listed(store, version), key=str) == expected
        counts = Counter(kind for kind, *_ in expected)
        assert reads.change_counts(store, Query(), version) == reads.ChangeCounts(**counts)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_changes_since_a_moment_are_those_seen_after_it(store: Store, seed: int) -> None:
    """However late a page was written, its steps belong to when it was seen."""
    log = Log(store, seed)
    for _ in range(10):
        log.step()
    steps = [step for each in in_order(log.seen).values() for step in steps_of(each).values()]
    for hour in (0, 3, 10, 19):
        expected = sorted((step for step in steps if step[2] > at(hour)), key=str)
        assert sorted(listed(store, at(hour)), key=str) == expected


@pytest.mark.parametrize("folded", [False, True])
def test_each_kind_of_change_is_told_with_when_and_what_was_before(store: Store, folded: bool) -> None:
    """New, edited, deleted on a tombstone or on absence, restored; a change of likes is none of them."""
    since = seen(store, 1, comment(1, "раз"), comment(2, "два"), comment(3, "три"), tombstone(4), comment(5))
    seen(store, 2, comment(1, "один"), tombstone(2), comment(4, "снова"), comment(5, likes=9), comment(6))
    assert writes.write_absent(store, "run 2", [(ref(), None)], at(2.5)) == 1
    if folded:
        writes.fold(store)

    assert listed(store, since) == [
        ("edited", "wall:-1_2:1", at(2), "раз", ""),
        ("deleted", "wall:-1_2:2", at(2), "два", "tombstone"),
        ("restored", "wall:-1_2:4", at(2), None, ""),
        ("new", "wall:-1_2:6", at(2), None, ""),
        ("deleted", "wall:-1_2:3", at(2.5), "три", "absent"),
    ]
    assert reads.change_counts(store, Query(), since) == reads.ChangeCounts(
        new=1, edited=1, deleted=2, restored=1
    )
    assert reads.change_counts(store, Query(), store.version()) == reads.ChangeCounts()


def test_a_run_counts_what_it_has_seen_itself_and_nothing_of_others_beside_it(store: Store) -> None:
    """Of runs that write in turn each counts its own changes; the dataset's count has them all."""
    since = seen(store, 1, comment(1, "раз"), comment(2, "два"))
    writes.write_pages(store, "mine", [page(comment(1, "один"), comment(3))], at(2))
    writes.write_pages(store, "other", [page(comment(2, "две"), comment(3), comment(4), comment(5))], at(3))
    writes.write_pages(store, "mine", [page(comment(4), tombstone(2))], at(4))

    assert reads.change_counts_of(store, "mine", since) == reads.ChangeCounts(new=1, edited=1, deleted=1)
    assert reads.change_counts_of(store, "other", since) == reads.ChangeCounts(new=2, edited=1)
    assert reads.change_counts_of(store, "none", since) == reads.ChangeCounts()
    assert reads.change_counts(store, Query(), since) == reads.ChangeCounts(new=3, edited=2, deleted=1)


def test_a_comment_that_came_and_went_is_told_twice(store: Store) -> None:
    """New and deleted inside the window are two changes, each with its own moment."""
    since = seen(store, 1, comment(1))
    seen(store, 2, comment(2))
    seen(store, 3, tombstone(2))

    assert [(kind, moment) for kind, _, moment, _, _ in listed(store, since)] == [
        ("new", at(2)),
        ("deleted", at(3)),
    ]


def test_a_late_page_brings_no_old_news(store: Store) -> None:
    """An older observation that arrives late changes neither the state nor what was known to have changed."""
    seen(store, 1, comment(1, "раз"))
    since = seen(store, 5, tombstone(1))
    seen(store, 2, comment(1, "раз"))

    assert listed(store, since) == []
    assert reads.comment(store, KEY)["state"].to_pylist() == ["deleted"]
    assert [version.change for version in reads.history(store, KEY)] == ["new", "deleted"]


def test_changes_are_filtered_by_the_comment_as_it_is_now(store: Store) -> None:
    """The query's filters and the kinds asked for narrow the list."""
    seen(store, 1, comment(1, "кот"), comment(2, "пёс", author_id=8))
    writes.write_pages(store, "run", [page(comment(1, "кот", source="topic:-3_4"))], at(2))

    def keys(query: Query, *kinds: reads.ChangeKind) -> list[str]:
        answer = reads.changes(store, query, 0, 10, kinds=kinds)
        return list(answer.rows["comment_key"].to_pylist())

    assert keys(Query(text="кот")) == ["wall:-1_2:1", "topic:-3_4:1"]
    assert keys(Query(source=("topic:-3_4",))) == ["topic:-3_4:1"]
    assert keys(Query(author=(8,))) == ["wall:-1_2:2"]
    assert keys(Query(author=(8,)), reads.ChangeKind.EDITED) == []
    assert keys(Query(), reads.ChangeKind.NEW) == ["wall:-1_2:1", "wall:-1_2:2", "topic:-3_4:1"]


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(text="кот"),
        Query(source=("topic:-3_4",)),
        Query(author=(8,)),
        Query(since=at(20).date()),
        Query(state=(CommentState.DELETED,)),
        Query(label=("тема:быт",)),
        NOTHING,
    ],
    ids=lambda query: str(query.params()),
)
def test_changes_are_counted_as_they_are_listed(store: Store, query: Query, folded: bool) -> None:
    """Under every filter the count of each kind is the number of changes that the list holds."""
    since = seen(store, 1, comment(1, "пёс"), comment(2, "кот", author_id=8), comment(3))
    seen(store, 2, comment(1, "кот"), tombstone(2), comment(4, "кот", author_id=8, published_at=at(48)))
    writes.write_pages(store, "run", [page(comment(1, "кот", source="topic:-3_4"))], at(3))
    writes_coding.write_labels(store, [label(KEY, "тема", "быт")])
    if folded:
        writes.fold(store)

    for moment in (since, at(1.5), store.version()):
        kinds = Counter(kind for kind, *_ in listed(store, moment, query))
        assert reads.change_counts(store, query, moment) == reads.ChangeCounts(**kinds)
    assert (reads.change_counts(store, query, since) == reads.ChangeCounts()) is (query == NOTHING)


def test_a_source_that_was_removed_has_no_changes(store: Store) -> None:
    """What is not in the data any more is neither counted nor listed."""
    seen(store, 1, comment(1), comment(2))
    writes.delete_source(store, "wall:-1_2")
    assert reads.change_counts(store, Query(), 0) == reads.ChangeCounts()
    assert listed(store, 0) == []


def test_the_newest_change_comes_first_when_asked_for(store: Store) -> None:
    """Pages join without gaps in both directions."""
    for hour in range(1, 8):
        seen(store, hour, comment(hour), comment(hour + 10))

    forward = listed(store, 0, limit=3)
    backward = listed(store, 0, Query(sort="-date"), limit=3)

    assert [each[2] for each in forward] == sorted(each[2] for each in forward)
    assert [each[2] for each in backward] == [each[2] for each in reversed(forward)]
    assert sorted(map(str, forward)) == sorted(map(str, backward))
    assert len(forward) == 14


def test_an_answer_says_from_which_version_to_ask_next(store: Store) -> None:
    """Asking again from there gives only what came since."""
    seen(store, 1, comment(1))
    first = reads.changes(store, Query(), 0, 10)
    seen(store, 2, comment(2))

    (change,) = reads.changes(store, Query(), first.version, 10).changes
    assert change.comment["comment_id"].to_pylist() == [2]
    assert reads.changes(store, Query(), store.version(), 10).rows.num_rows == 0


@pytest.mark.parametrize("cursor", ["", "x", "bm8", "WzFd", "W3RydWUsMSwiYSIsMSwxXQ"])
def test_a_foreign_cursor_is_refused(store: Store, cursor: str) -> None:
    """A cursor that is broken, or of the other order, is named as such; an empty one is none."""
    seen(store, 1, comment(1))
    if not cursor:
        assert len(reads.changes(store, Query(), 0, 10, cursor).changes) == 1
        return
    with pytest.raises(QueryError):
        reads.changes(store, Query(), 0, 10, cursor)


def test_the_history_keeps_every_version(store: Store) -> None:
    """Text, likes and state with from when to when they were seen; equal observations are one."""
    seen(store, 1, comment(1, "раз", likes=1))
    seen(store, 2, comment(1, "раз", likes=1))
    seen(store, 3, comment(1, "раз", likes=5))
    seen(store, 4, comment(1, "два", likes=5))
    seen(store, 5, comment(2))
    writes.write_absent(store, "run 5", [(ref(), None)], at(5.5))
    seen(store, 6, tombstone(1))
    seen(store, 7, comment(1, "два", likes=None))

    def version(change: str, first: float, last: float, *rest: object) -> tuple[object, ...]:
        return (change, at(first), at(last), *rest)

    found = reads.history(store, KEY)
    assert [
        (one.change, one.seen_at, one.last_seen_at, one.text, one.likes, one.state, one.evidence)
        for one in found
    ] == [
        version("new", 1, 2, "раз", 1, CommentState.LIVE, ""),
        version("likes", 3, 3, "раз", 5, CommentState.LIVE, ""),
        version("edited", 4, 4, "два", 5, CommentState.EDITED, ""),
        version("deleted", 5.5, 6, None, None, CommentState.DELETED, "absent"),
        version("restored", 7, 7, "два", 5, CommentState.EDITED, ""),
    ]


def test_a_history_ends_in_the_state_of_the_comment(store: Store) -> None:
    """The last version says what the row says, and a placeholder hides no text that was seen."""
    seen(store, 1, comment(1, "открыто"))
    seen(store, 2, comment(1, "Только для донов", is_placeholder=True))

    (only,) = reads.history(store, KEY)
    row = reads.comment(store, KEY).to_pylist()[0]

    assert (only.text, str(only.state), only.last_seen_at) == (row["text"], row["state"], at(2))


@pytest.mark.parametrize("key", ["wall:-1_2:9", "wall:-1_2:x", "nonsense"])
def test_the_history_of_nothing_is_not_found(store: Store, key: str) -> None:
    """An unknown comment has no history."""
    with pytest.raises(NotFound):
        reads.history(store, key)
