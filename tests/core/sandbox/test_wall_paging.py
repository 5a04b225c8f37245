"""How comments of a wall are paged."""

import pytest

from core.sandbox import stories
from tests.core.sandbox.caller import Caller, Row

pytestmark = pytest.mark.slow

HERO = f"wall:{stories.CITY.owner_id}_{stories.CITY.hero_post_id}"


def test_careful_client_gets_every_comment_once(vk: Caller, hero: Row) -> None:
    """Roots by offset and threads by comment_id together are exactly what exists."""
    ids = [row["id"] for row in vk.everything(**hero)]
    assert len(ids) == len(set(ids))
    assert sorted(ids) == vk.truth(HERO)["ids"]


def test_naive_client_loses_replies(vk: Caller, hero: Row) -> None:
    """Paging by 100 until `count`, without threads, loses comments just like on VK."""
    found, offset = [], 0
    while True:
        page = vk.ok("wall.getComments", count=100, offset=offset, **hero)
        found += page["items"]
        offset += 100
        if offset >= page["count"]:
            break
    truth = vk.truth(HERO)
    assert {row["id"] for row in found} == set(truth["roots"])
    assert len(found) < truth["count"] == page["count"]


def test_count_is_all_levels_and_level_count_is_this_level(vk: Caller, hero: Row) -> None:
    """`count` counts roots and replies, `current_level_count` only what is paged."""
    page = vk.ok("wall.getComments", **hero)
    truth = vk.truth(HERO)
    assert (page["count"], page["current_level_count"]) == (truth["count"], len(truth["roots"]))
    root = max(vk.ok("wall.getComments", count=100, **hero)["items"], key=lambda row: row["thread"]["count"])
    thread = vk.ok("wall.getComments", comment_id=root["id"], **hero)
    assert thread["count"] == thread["current_level_count"] == root["thread"]["count"]


def test_defaults_are_ten_items_ascending_without_threads(vk: Caller, hero: Row) -> None:
    """Without parameters VK sends ten roots by id, and threads with a count but no items."""
    items = vk.ok("wall.getComments", **hero)["items"]
    ids = [row["id"] for row in items]
    assert len(ids) == 10
    assert ids == sorted(ids)
    assert any(row["thread"]["count"] for row in items)
    assert all(row["thread"]["items"] == [] for row in items)


@pytest.mark.parametrize("asked", [0, 1, 10])
def test_threads_embed_at_most_the_asked_replies(vk: Caller, hero: Row, asked: int) -> None:
    """`thread_items_count` embeds the first replies, never more than asked."""
    items = vk.ok("wall.getComments", count=100, thread_items_count=asked, **hero)["items"]
    assert all(len(row["thread"]["items"]) == min(asked, row["thread"]["count"]) for row in items)


def test_more_than_ten_inline_replies_are_refused(vk: Caller, hero: Row) -> None:
    """VK embeds no more than ten replies."""
    assert vk.error("wall.getComments", thread_items_count=11, **hero)["error_code"] == 100


def test_count_above_a_hundred_gives_a_hundred(vk: Caller, hero: Row) -> None:
    """A page holds at most 100 comments."""
    assert len(vk.ok("wall.getComments", count=200, **hero)["items"]) == 100


def test_pages_fit_together_at_the_edges(vk: Caller, hero: Row) -> None:
    """The last page is short, the one after it empty, and no root is shown twice."""
    level = vk.ok("wall.getComments", **hero)["current_level_count"]
    last = vk.ok("wall.getComments", count=100, offset=level - 1, **hero)["items"]
    after = vk.ok("wall.getComments", count=100, offset=level, **hero)["items"]
    assert ([row["id"] for row in last], after) == (vk.truth(HERO)["roots"][-1:], [])


def test_descending_is_ascending_reversed(vk: Caller, hero: Row) -> None:
    """`sort=desc` turns the same level around."""
    first = vk.ok("wall.getComments", count=3, sort="desc", **hero)["items"]
    assert [row["id"] for row in first] == vk.truth(HERO)["roots"][:-4:-1]


def test_start_comment_is_included_and_offset_counts_from_it(vk: Caller, hero: Row) -> None:
    """`start_comment_id` names the first comment of the page; offsets, negative ones too, count from it."""
    roots = vk.truth(HERO)["roots"]
    anchor = roots[20]
    named = vk.ok("wall.getComments", start_comment_id=anchor, count=3, **hero)["items"]
    before = vk.ok("wall.getComments", start_comment_id=anchor, offset=-5, count=3, **hero)["items"]
    assert [row["id"] for row in named] == roots[20:23]
    assert [row["id"] for row in before] == roots[15:18]


def test_shape_of_roots_and_replies(vk: Caller, hero: Row) -> None:
    """A root has a thread and an empty stack; a reply has its root in the stack and no thread."""
    rows = vk.everything(**hero)
    by_id = {row["id"]: row for row in rows}
    replies = [row for row in rows if row["parents_stack"]]
    assert replies
    assert all("thread" in row for row in rows if not row["parents_stack"])
    for row in replies:
        root = by_id[row["parents_stack"][0]]
        target = by_id[row["reply_to_comment"]]
        assert "thread" not in row
        assert target["id"] == root["id"] or target["parents_stack"] == [root["id"]]
        assert row["id"] > target["id"]
        assert row["date"] >= target["date"]


def test_tombstones_hold_living_replies_and_say_nothing(vk: Caller) -> None:
    """A deleted root with replies has neither author nor text, and its replies can be read."""
    truth = vk.truth(f"wall:{stories.CITY.owner_id}")
    dead = set(truth["tombstones"])
    assert dead
    for post_id in truth["items"]:
        here = {"owner_id": stories.CITY.owner_id, "post_id": post_id}
        if post_id in truth["closed"]:
            continue
        for row in vk.ok("wall.getComments", count=100, **here)["items"]:
            assert (row["id"] in dead) == row.get("deleted", False)
            if row["id"] in dead:
                assert set(row) == {"id", "date", "parents_stack", "deleted", "thread"}
                assert vk.ok("wall.getComments", comment_id=row["id"], **here)["items"]


def test_likes_and_profiles_come_only_when_asked(vk: Caller, hero: Row) -> None:
    """`need_likes` and `extended` add likes, profiles and groups; authors without a profile exist."""
    bare = vk.ok("wall.getComments", count=100, **hero)
    full = vk.ok(
        "wall.getComments", count=100, need_likes=1, extended=1, thread_items_count=10, fields="sex", **hero
    )
    assert not {"profiles", "groups"} & set(bare)
    assert not any("likes" in row for row in bare["items"])
    living = [row for row in full["items"] if not row.get("deleted")]
    assert all(row["likes"]["count"] >= 0 for row in living)
    assert {row["id"] for row in full["groups"]} == {stories.CITY.id}
    known = {row["id"] for row in full["profiles"]}
    authors = {row["from_id"] for row in living if row["from_id"] > 0}
    assert len(authors & known) > 0.9 * len(authors)
    assert all("sex" in row for row in full["profiles"] if "deactivated" not in row)


def test_preview_cuts_texts_only_when_asked(vk: Caller, hero: Row) -> None:
    """Texts come whole unless `preview_length` is given."""
    whole = {row["id"]: row.get("text", "") for row in vk.ok("wall.getComments", count=100, **hero)["items"]}
    for row in vk.ok("wall.getComments", count=100, preview_length=10, **hero)["items"]:
        text = whole[row["id"]]
        assert row.get("text", "") == (text if len(text) <= 10 else text[:10].rstrip() + "...")


def test_walls_show_the_pinned_post_first_then_the_newest(vk: Caller) -> None:
    """`wall.get` puts the pinned post first and marks it; the others go back in time."""
    page = vk.ok("wall.get", domain=stories.CITY.screen_name, count=100)
    dates = [row["date"] for row in page["items"][1:]]
    assert [row.get("is_pinned", 0) for row in page["items"]] == [1] + [0] * len(dates)
    assert dates == sorted(dates, reverse=True)
    assert page["count"] == len(vk.truth(f"wall:{stories.CITY.owner_id}")["items"])


def test_declared_counts_are_sometimes_wrong(vk: Caller) -> None:
    """Most posts declare what they have; some declare more than can be read."""
    wrong = 0
    page = vk.ok("wall.get", owner_id=stories.CITY.owner_id, count=100)
    for post in page["items"]:
        truth = vk.truth(f"wall:{stories.CITY.owner_id}_{post['id']}")
        wrong += post["comments"]["count"] != truth["count"]
    assert 0 < wrong < len(page["items"]) / 2


def test_comment_numbers_share_the_walls_sequence(vk: Caller) -> None:
    """Posts and comments of a wall never share a number, and a comment's number is above its post's."""
    truth = vk.truth(f"wall:{stories.CITY.owner_id}")
    assert not set(truth["ids"]) & set(truth["items"])
    assert min(vk.truth(HERO)["ids"]) > stories.CITY.hero_post_id


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ({"owner_id": stories.PRIVATE.owner_id, "post_id": 1}, 15),
        ({"owner_id": stories.NO_WALL.owner_id, "post_id": 1}, 15),
        ({"owner_id": stories.BANNED.owner_id, "post_id": 1}, 19),
        ({"owner_id": stories.DELETED_PERSON.id, "post_id": 1}, 18),
        ({"owner_id": stories.CLOSED_PERSON.id, "post_id": 1}, 30),
        ({"owner_id": stories.CITY.owner_id, "post_id": 1}, 100),
        ({"owner_id": stories.CITY.owner_id}, 100),
        ({"owner_id": "many", "post_id": 1}, 100),
    ],
)
def test_refused_sources_say_why(vk: Caller, source: Row, code: int) -> None:
    """Each reason for not showing comments has its own number."""
    assert vk.error("wall.getComments", **source)["error_code"] == code


def test_closed_comments_are_212_not_zero(vk: Caller) -> None:
    """A post whose comments are closed refuses, it does not answer with an empty list."""
    closed = vk.truth(f"wall:{stories.CITY.owner_id}")["closed"]
    assert (
        vk.error("wall.getComments", owner_id=stories.CITY.owner_id, post_id=closed[0])["error_code"] == 212
    )
    post = vk.ok("wall.getById", posts=f"{stories.CITY.owner_id}_{closed[0]}")["items"][0]
    assert post["comments"]["can_post"] == 0


def test_single_comment_is_found_without_its_post(vk: Caller) -> None:
    """`wall.getComment` finds a comment by owner and number alone."""
    number = vk.truth(HERO)["ids"][50]
    answer = vk.ok("wall.getComment", owner_id=stories.CITY.owner_id, comment_id=number)
    assert [row["id"] for row in answer["items"]] == [number]
