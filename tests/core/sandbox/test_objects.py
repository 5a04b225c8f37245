"""Boards, photos, videos and market items."""

import re

import pytest

from core.sandbox import stories
from tests.core.sandbox.caller import Caller, Row

pytestmark = pytest.mark.slow

BOARD = {"group_id": stories.SHOP.id, "topic_id": stories.FIRST_TOPIC}
BOARD_SOURCE = f"topic:{stories.SHOP.owner_id}_{stories.FIRST_TOPIC}"


def test_board_is_one_level_and_replies_show_as_mentions(vk: Caller) -> None:
    """A topic's comments have no stack or thread; a reply names its target in the text only."""
    rows = vk.ok("board.getComments", count=100, **BOARD)["items"]
    targets = [
        int(found[1])
        for row in rows
        if (found := re.match(rf"\[(?:id|club)\d+:bp-{stories.SHOP.id}_(\d+)\|", row["text"]))
    ]
    assert targets
    assert set(targets) <= set(vk.truth(BOARD_SOURCE)["ids"])
    assert not any({"thread", "parents_stack", "reply_to_comment", "likes"} & set(row) for row in rows)


def test_board_pages_tell_their_real_offset(vk: Caller) -> None:
    """`start_comment_id` includes the named comment and `real_offset` tells its absolute place."""
    ids = vk.truth(BOARD_SOURCE)["ids"]
    page = vk.ok("board.getComments", start_comment_id=ids[4], count=2, need_likes=1, **BOARD)
    assert ([row["id"] for row in page["items"]], page["real_offset"]) == (ids[4:6], 4)
    assert all("likes" in row for row in page["items"])


def test_topics_declare_their_comments(vk: Caller) -> None:
    """The list of topics names every topic with the number of its comments."""
    page = vk.ok("board.getTopics", group_id=stories.SHOP.id, preview=1, extended=1, count=100)
    assert page["count"] == len(page["items"]) == stories.SHOP.board_topics
    shown = {row["id"]: row["comments"] for row in page["items"]}
    assert shown[stories.FIRST_TOPIC] == vk.truth(BOARD_SOURCE)["count"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"group_id": stories.PRIVATE.id, "topic_id": stories.FIRST_TOPIC}, 203),
        ({"group_id": stories.SHOP.id, "topic_id": 5}, 100),
        ({"group_id": -stories.SHOP.id, "topic_id": stories.FIRST_TOPIC}, 100),
    ],
)
def test_boards_refuse_with_a_reason(vk: Caller, asked: Row, code: int) -> None:
    """A private board is 203; an unknown topic and a negative group are invalid parameters."""
    assert vk.error("board.getComments", **asked)["error_code"] == code


@pytest.mark.parametrize(
    ("method", "kind", "owner_id", "item"),
    [
        ("photos.getComments", "photo", stories.CITY.owner_id, {"photo_id": stories.FIRST_PHOTO}),
        ("market.getComments", "market", stories.SHOP.owner_id, {"item_id": stories.FIRST_MARKET_ITEM}),
    ],
)
def test_flat_objects_list_everything_on_one_level(
    vk: Caller, method: str, kind: str, owner_id: int, item: dict[str, int]
) -> None:
    """Photos and market items list all their comments without threads."""
    page = vk.ok(method, owner_id=owner_id, count=100, extended=1, **item)
    truth = vk.truth(f"{kind}:{owner_id}_{next(iter(item.values()))}")
    assert [row["id"] for row in page["items"]] == truth["ids"]
    assert page["count"] == truth["count"]
    assert not any("thread" in row for row in page["items"])


def test_video_has_threads(vk: Caller) -> None:
    """A video's comments have two levels, like a wall's."""
    video = {"owner_id": stories.BAND.owner_id, "video_id": stories.FIRST_VIDEO}
    page = vk.ok("video.getComments", count=100, thread_items_count=10, **video)
    listed = sum(1 + len(row["thread"]["items"]) for row in page["items"])
    assert (
        listed == page["count"] == vk.truth(f"video:{stories.BAND.owner_id}_{stories.FIRST_VIDEO}")["count"]
    )
    assert page["real_offset"] == 0


def test_all_photo_comments_name_their_photo(vk: Caller) -> None:
    """`photos.getAllComments` goes through all photos, newest first, and names each as pid."""
    page = vk.ok("photos.getAllComments", owner_id=stories.CITY.owner_id, count=100)
    truth = vk.truth(f"photo:{stories.CITY.owner_id}")
    assert [row["id"] for row in page["items"]] == truth["ids"][::-1]
    assert {row["pid"] for row in page["items"]} <= set(truth["items"])


def test_likes_list_has_the_shown_number(vk: Caller, hero: Row) -> None:
    """`likes.getList` of a comment agrees with the comment's own count."""
    rows = vk.ok("wall.getComments", count=100, need_likes=1, **hero)["items"]
    liked = next(row for row in rows if row.get("likes", {}).get("count"))
    page = vk.ok("likes.getList", type="comment", owner_id=hero["owner_id"], item_id=liked["id"], count=1000)
    assert page["count"] == len(set(page["items"])) == liked["likes"]["count"]
