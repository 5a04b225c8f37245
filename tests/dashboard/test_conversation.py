"""The conversation around a comment."""

from datetime import datetime
from typing import Any

from core.query import Query
from dashboard.components.conversation import nearest, ordered, shown


def _row(number: int, root: int | None = 1, parent: int | None = 1, **fields: Any) -> dict[str, Any]:
    return {
        "comment_key": f"wall:-1_2:{number}",
        "comment_id": number,
        "root_id": root,
        "parent_id": parent,
        "author_id": 7,
        "author_name": f"Автор {number}",
        "author_is_community": False,
        "is_post_author": False,
        "published_at": datetime.fromisoformat(f"2026-03-02T09:{number:02d}"),
        "text": f"текст {number}",
        "likes": 0,
        "attachments": [],
        "state": "live",
        "url": "",
        **fields,
    }


ROOT = _row(1, None, None)


def test_replies_stand_under_what_they_answer() -> None:
    """An answer to a reply stands one step deeper and says whom it answers."""
    told = shown([ROOT, _row(2), _row(3, parent=2)], "wall:-1_2:3", Query(), "ru")
    assert [each["depth"] for each in told] == [0, 1, 2]
    assert told[2]["answers"] == "в ответ: Автор 2"
    assert [each["is_hit"] for each in told] == [False, False, True]


def test_answers_to_one_comment_stand_together() -> None:
    """A late answer to an early reply stands below that reply, not at the end; nothing is lost."""
    rows = [ROOT, _row(2), _row(3), _row(4, parent=2), _row(5, parent=77), _row(6, parent=4)]
    assert [row["comment_id"] for row in ordered(rows)] == [1, 2, 4, 6, 3, 5]


def test_a_reply_without_its_root_is_not_lost() -> None:
    """A thread whose root is missing, or that runs in a circle, still shows every reply once."""
    circle = [_row(2, parent=3), _row(3, parent=2)]
    assert {row["comment_id"] for row in ordered(circle)} == {2, 3}
    assert [row["comment_id"] for row in ordered([_row(2), _row(3, parent=2)])] == [2, 3]


def test_a_tombstone_keeps_its_place() -> None:
    """What was deleted before it could be read is still seen to have been there."""
    gone = _row(2, text=None, state="deleted", author_id=None, author_name=None)
    told = shown([ROOT, gone, _row(3, parent=2)], "", Query(), "en")
    assert told[1]["is_gone"]
    assert told[1]["text"].startswith("Deleted")
    assert told[2]["depth"] == 2


def test_a_comment_deleted_later_keeps_its_text() -> None:
    """A text that had been read is shown, with a mark."""
    told = shown([_row(1, None, None, state="deleted")], "", Query(), "en")
    assert told[0]["text"] == "текст 1"
    assert told[0]["badges"] == ["deleted later"]


def test_an_answer_to_somebody_missing_stands_under_the_root() -> None:
    """A parent that is not in the data does not break the thread."""
    assert shown([ROOT, _row(9, parent=555)], "", Query(), "en")[1]["depth"] == 1


def test_times_are_in_the_zone_of_the_query() -> None:
    """The conversation and the charts tell the same time."""
    assert shown([ROOT], "", Query(tz="Asia/Omsk"), "ru")[0]["when"].endswith("15:01")


def test_a_long_thread_is_cut_around_the_comment() -> None:
    """The root stays first, the chosen comment stays in."""
    rows = [ROOT, *(_row(number) for number in range(2, 50))]
    part = nearest(rows, "wall:-1_2:40", 10)
    keys = [row["comment_id"] for row in part]
    assert len(keys) == 10
    assert keys[0] == 1
    assert 40 in keys
    assert nearest(rows, "wall:-1_2:49", 10)[-1]["comment_id"] == 49
    assert nearest(rows, "wall:-1_2:2", 100) == rows
