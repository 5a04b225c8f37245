"""Questions: who answered them, which still wait and for how long."""

from __future__ import annotations

import pytest

from core.models import Comment
from core.query import Query
from tests.builders import at, comment, tombstone
from tests.core.analysis.service.shops import OWNER, question, reply, wall
from tests.core.enriched import answer, enriched, rows


def statuses(comments: list[Comment], **params: object) -> dict[str, tuple[object, object]]:
    """Return for each answered question which comment answered it, and whether it was addressed."""
    found = answer(enriched(comments), "questions", show="answered", **params)
    return {str(row["comment_key"]): (row["answer_key"], row["is_addressed"]) for row in found.rows}


def test_open_questions_are_listed_with_their_age() -> None:
    """The newest come first, aged at the last collection of their source, with what a reader needs."""
    found = answer(enriched(wall(6, 4)), "questions")
    assert [row["comment_key"] for row in found.rows] == ["wall:-1_2:5", "wall:-1_2:6"]
    first = found.rows[0]
    assert (first["text"], first["likes"], first["answer_key"], first["hours"]) == (
        "Сколько стоит доставка?", 1, None, None,
    )  # fmt: skip
    assert first["age_hours"] == 6
    oldest = answer(enriched(wall(6, 4)), "questions", order="oldest", top=1)
    assert [row["comment_key"] for row in oldest.rows] == ["wall:-1_2:6"]
    assert (found.summary["n"], found.summary["answered"], found.summary["open"]) == (6, 4, 2)
    assert found.summary["answered_share"] is None
    assert [note.code for note in found.notes] == ["questions_by_rule", "questions_few"]


def test_the_summary_has_shares_and_times_with_intervals() -> None:
    """Thirty of forty answered after half an hour are three quarters, with intervals."""
    found = answer(enriched(wall(40, 30)), "questions").summary
    assert (found["n"], found["askers"], found["answered_share"]) == (40, 40, 0.75)
    assert 0.59 < float(str(found["answered_share_low"])) < 0.62
    assert 0.85 < float(str(found["answered_share_high"])) < 0.87
    assert (found["median_hours"], found["median_hours_of_answered"]) == (0.5, 0.5)
    assert found["p90_hours"] is None
    assert found["within_24h_share"] == 0.75


def test_a_median_that_is_not_reached_is_said() -> None:
    """When most questions are open there is no median time, and a note says so."""
    found = answer(enriched(wall(40, 10)), "questions")
    assert found.summary["median_hours"] is None
    assert "median_not_reached" in [note.code for note in found.notes]


def test_a_reply_of_the_owner_or_of_the_posts_author_answers() -> None:
    """The first later one counts; an earlier one, a stranger's and a deleted one do not."""
    found = statuses(
        [
            *(question(n, 1) for n in (1, 2, 3, 4, 5)),
            reply(11, 1, 5), reply(12, 1, 3),
            reply(13, 2, 2, author=77, is_post_author=True),
            reply(14, 3, 0), reply(15, 3, 2, author=78),
            reply(16, 4, 2, is_deleted=True),
            tombstone(17, root_id=5, parent_id=5, published_at=at(2)),
        ]
    )  # fmt: skip
    assert found == {"wall:-1_2:1": ("wall:-1_2:12", True), "wall:-1_2:2": ("wall:-1_2:13", True)}


def test_an_answer_is_addressed_or_the_next_of_the_thread() -> None:
    """In a thread the asker is answered by id, by mention, or by the next comment that addresses nobody."""
    asks = [comment(n, "А мне когда привезут?", root_id=1, parent_id=1, author_id=n) for n in (2, 3, 4)]
    found = statuses(
        [
            comment(1, "Отличный магазин", author_id=1),
            *asks,
            reply(11, 1, 1, reply_to_user=2),
            comment(12, "[id3|Анна], завтра", root_id=1, parent_id=1, author_id=OWNER, published_at=at(2)),
            reply(13, 1, 3, reply_to_user=1),
            reply(14, 1, 4),
        ]
    )
    assert found == {
        "wall:-1_2:2": ("wall:-1_2:11", True),
        "wall:-1_2:3": ("wall:-1_2:12", True),
        "wall:-1_2:4": ("wall:-1_2:14", False),
    }


def test_a_topic_is_one_thread() -> None:
    """On a board, which has no threads, a mention of the asker answers; one of somebody else does not."""
    board = "topic:-1_5"
    found = statuses(
        [
            question(1, source=board), question(2, source=board),
            comment(3, "[id1:bp-1_1|Анна], да", source=board, author_id=OWNER, published_at=at(1),
                    parent_id=1, reply_to_user=1),
            comment(4, "[id2|Пётр], нет", source=board, author_id=OWNER, published_at=at(2)),
        ]
    )  # fmt: skip
    assert found == {"topic:-1_5:1": ("topic:-1_5:3", True), "topic:-1_5:2": ("topic:-1_5:4", True)}


def test_others_are_counted_apart() -> None:
    """A stranger's reply does not close a question and the asker's own is no reply of others."""
    comments = [question(1), question(2), reply(11, 1, 1, author=55), reply(12, 2, 1, author=2)]
    found = answer(enriched(comments), "questions")
    assert {str(row["comment_key"]): row["is_answered_by_others"] for row in found.rows} == {
        "wall:-1_2:1": True,
        "wall:-1_2:2": False,
    }
    assert found.summary["answered_by_others"] == 1


def test_the_shop_asks_nothing() -> None:
    """Questions of who runs the page, and deleted ones, are none; answers outside the query count."""
    comments = [
        question(1),
        question(2, author_id=OWNER),
        question(3, is_post_author=True),
        question(4, is_deleted=True),
        reply(11, 1, 1),
    ]
    found = answer(enriched(comments), "questions", Query(level="root"), show="answered")
    assert (found.summary["n"], found.summary["answered"]) == (1, 1)
    assert rows(found, comment_key="wall:-1_2:1")[0]["hours"] == pytest.approx(1)


def test_files_have_no_owner() -> None:
    """An imported file does not say who runs the page: what was answered for it is not known."""
    key = "import:0123456789ab"
    comments = [question(1, source=key, author_id=None), question(2, source=key)]
    found = answer(enriched(comments), "questions")
    assert (found.summary["n"], found.summary["open"], found.summary["askers"]) == (2, None, 2)
    assert [note.code for note in found.notes][-1] == "questions_no_owner"
    assert answer(enriched(comments), "response_times").rows == []


def test_nothing_asked_has_no_figures() -> None:
    """Without questions there are no rows and no shares."""
    found = answer(enriched([comment(1, "Спасибо")]), "questions")
    assert (found.rows, found.summary["n"], found.summary["answered_share"]) == ([], 0, None)


@pytest.mark.parametrize(
    "query",
    [
        Query(source=("wall:-1_2",)),
        Query(hour=(15,)),
        Query(root=("wall:-1_2:1",)),
        Query(author=(1,), level="root"),
        Query(text="доставка", topic=(0,)),
    ],
)
def test_any_filter_may_ask(query: Query) -> None:
    """Whatever narrows the questions, their answers are looked for in all comments of their source."""
    store = enriched([question(1), question(2, source="wall:-1_9"), reply(11, 1, 1)])
    found = answer(store, "questions", query, show="answered")
    expected = [] if query.topic else ["wall:-1_2:1"]
    assert [row["comment_key"] for row in found.rows] == expected
    assert len(answer(store, "response_times", query, by="source").rows) <= 2
