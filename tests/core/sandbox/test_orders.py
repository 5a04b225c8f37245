"""Orders that change comments many at a time, miscount them and hide them."""

import pytest

from core.sandbox import stories
from tests.core.sandbox.caller import Caller, Row, Start

pytestmark = pytest.mark.slow

WALL = f"wall:{stories.CITY.owner_id}"
HERO = f"{WALL}_{stories.CITY.hero_post_id}"


@pytest.fixture(scope="module")
def moving(started: Start) -> Caller:
    """Return a caller of a world that the tests change."""
    return started()


def seen(vk: Caller, hero: Row) -> dict[int, Row]:
    """Return every comment of the hero post that can be read."""
    return {row["id"]: row for row in vk.everything(need_likes=1, **hero)}


def test_five_hundred_changes_are_what_is_read_afterwards(moving: Caller, hero: Row) -> None:
    """Additions, edits, likes, deletions and restorations in one order show exactly as ordered."""
    truth = moving.truth(HERO)
    alive = sorted(set(truth["ids"]) - set(truth["tombstones"]))
    roots = sorted(set(truth["roots"]) & set(alive))
    several = alive[::5][:60]
    orders = {
        "edit": [{"source": HERO, "id": each, "text": f"правка {each}"} for each in several],
        "like": [{"source": HERO, "id": each, "likes": 1000 + each % 7} for each in several],
        "add": [{"source": HERO, "text": "корень"} for _ in range(100)]
        + [{"source": HERO, "text": "ответ", "reply_to": roots[n % 40]} for n in range(100)],
        "delete": [{"source": HERO, "id": each} for each in alive[1::5][:90]],
    }
    done = moving.order(**orders)
    gone = [row["id"] for row in orders["delete"]]
    moving.order(restore=[{"source": HERO, "id": each} for each in gone[:45]])
    rows = seen(moving, hero)
    assert set(rows) == set(moving.truth(HERO)["ids"])
    assert set(done["add"]) <= set(rows)
    assert all(rows[each]["text"] == f"правка {each}" for each in several)
    assert all(rows[each]["likes"]["count"] == 1000 + each % 7 for each in several)
    assert all("text" in rows[each] for each in gone[:45])
    assert all(rows.get(each, {"deleted": True}).get("deleted") for each in gone[45:])


def test_restored_comments_come_back_where_they_were(moving: Caller, hero: Row) -> None:
    """A vanished thread, restored reply first, is a tombstone with that reply, then the old root."""
    (root,) = moving.order(add=[{"source": HERO, "text": "корень"}])["add"]
    (reply,) = moving.order(add=[{"source": HERO, "text": "ответ", "reply_to": root}])["add"]
    place = moving.truth(HERO)["ids"].index(root)
    moving.order(delete=[{"source": HERO, "id": root}, {"source": HERO, "id": reply}])
    assert not {root, reply} & set(moving.truth(HERO)["ids"])
    moving.order(restore=[{"source": HERO, "id": reply}])
    assert root in moving.truth(HERO)["tombstones"]
    moving.order(restore=[{"source": HERO, "id": root}])
    assert moving.truth(HERO)["ids"][place] == root
    assert seen(moving, hero)[root]["text"] == "корень"
    assert "error" in moving.order(restore=[{"source": HERO, "id": root}])


def test_deletion_can_keep_a_tombstone(moving: Caller, hero: Row) -> None:
    """A lone comment leaves a tombstone when the order says so."""
    (lone,) = moving.order(add=[{"source": HERO}])["add"]
    moving.order(delete=[{"source": HERO, "id": lone, "tombstone": True}])
    assert seen(moving, hero)[lone]["deleted"] is True


def test_hidden_replies_stay_counted(moving: Caller, hero: Row) -> None:
    """A hidden reply is in no page and in no truth, yet in every count."""
    root, *replies = moving.order(add=[{"source": HERO}])["add"]
    replies = moving.order(add=[{"source": HERO, "reply_to": root, "count": 3}])["add"]
    whole = moving.ok("wall.getComments", count=1, **hero)["count"]
    moving.order(hide=[{"source": HERO, "id": replies[1]}])
    thread = moving.ok("wall.getComments", comment_id=root, count=100, **hero)
    first = moving.ok("wall.getComments", start_comment_id=root, count=1, thread_items_count=10, **hero)
    assert [row["id"] for row in thread["items"]] == [replies[0], replies[2]]
    assert (thread["current_level_count"], first["items"][0]["thread"]["count"], first["count"]) == (
        3,
        3,
        whole,
    )
    assert replies[1] not in moving.truth(HERO)["ids"]
    moving.order(hide=[{"source": HERO, "id": replies[1], "on": False}])
    assert len(moving.ok("wall.getComments", comment_id=root, count=100, **hero)["items"]) == 3


def test_every_declared_number_can_be_wrong(moving: Caller, hero: Row) -> None:
    """List, whole, level and thread miscount by what was ordered and are right again at zero."""
    root = next(
        row for row in moving.ok("wall.getComments", count=50, **hero)["items"] if row["thread"]["count"]
    )

    def told() -> list[int]:
        page = moving.ok("wall.getComments", start_comment_id=root["id"], count=1, **hero)
        post = moving.ok("wall.getById", posts=f"{hero['owner_id']}_{hero['post_id']}")["items"][0]
        thread = page["items"][0]["thread"]["count"]
        return [post["comments"]["count"], page["count"], page["current_level_count"], thread]

    before = told()
    zero = {"listed": 0, "count": 0, "level": 0, "id": root["id"], "replies": 0}
    moving.order(miscount=[{"source": HERO, **zero, "listed": 5, "count": -3, "level": 2, "replies": 7}])
    assert [new - old for new, old in zip(told(), before, strict=True)] == [5, -3, 2, 7]
    moving.order(miscount=[{"source": HERO, **zero}])
    assert told() == before
    assert "error" in moving.order(miscount=[{"source": HERO, "total": 1}])


def test_a_comment_can_go_behind_the_paywall(moving: Caller, hero: Row) -> None:
    """A paid comment shows a placeholder instead of its text, until it is free again."""
    (paid,) = moving.order(add=[{"source": HERO, "text": "за деньги"}])["add"]
    moving.order(paywall=[{"source": HERO, "id": paid}])
    shown = seen(moving, hero)[paid]
    assert (shown["text"], "placeholder" in shown["donut"]) == ("", True)
    moving.order(paywall=[{"source": HERO, "id": paid, "on": False}])
    assert seen(moving, hero)[paid]["text"] == "за деньги"


def test_new_posts_lead_the_wall_and_take_comments(moving: Caller) -> None:
    """A published post is the newest unless dated otherwise; comments under it read like any other."""
    owner = stories.CITY.owner_id
    newest, old = moving.order(publish=[{"source": WALL}, {"source": WALL, "date": stories.YEAR_AGO}])[
        "publish"
    ]
    posts = moving.ok("wall.get", owner_id=owner, count=100)["items"]
    assert newest in [row["id"] for row in posts[:2]]
    assert old not in [row["id"] for row in posts[:2]]
    source = f"{WALL}_{newest}"
    made = moving.order(add=[{"source": source, "text": "первый", "count": 3}])["add"]
    page = moving.ok("wall.getComments", owner_id=owner, post_id=newest)
    assert [row["id"] for row in page["items"]] == made == moving.truth(source)["ids"]
    assert moving.ok("wall.getComment", owner_id=owner, comment_id=made[0])["items"][0]["text"] == "первый"


def test_new_topics_are_listed(moving: Caller) -> None:
    """A board takes new topics too."""
    (topic,) = moving.order(publish=[{"source": f"topic:{stories.CITY.owner_id}"}])["publish"]
    listed = moving.ok("board.getTopics", group_id=stories.CITY.id, count=100)["items"]
    assert [row["comments"] for row in listed if row["id"] == topic] == [0]
