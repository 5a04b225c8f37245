"""VK's JSON becomes models; unknown keys pass, other shapes do not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from core.errors import VkProtocol
from core.models import SourceKind, SourceRef
from core.vk import parse

WALL = SourceRef(SourceKind.WALL, -1, 2)
TOPIC = SourceRef(SourceKind.TOPIC, -1, 2)


def item(**fields: Any) -> dict[str, Any]:
    """Build a comment as VK writes it."""
    return {"id": 3, "from_id": 7, "date": 1_700_000_000, "text": "Привет", "parents_stack": [], **fields}


def wall_page(*items: dict[str, Any], **fields: Any) -> Any:
    """Build an answer of wall.getComments."""
    return {"count": 2, "current_level_count": 1, "items": list(items), **fields}


def test_a_root_brings_its_replies() -> None:
    """Embedded replies are rows of their own and leave the root's raw JSON."""
    reply = item(id=4, parents_stack=[3], reply_to_user=-5, reply_to_comment=3)
    page = parse.page(WALL, "roots:0", wall_page(item(thread={"count": 12, "items": [reply]})), size=9)
    root, child = page.comments
    assert (root.comment_id, root.root_id, root.parent_id, root.replies) == (3, None, None, 12)
    assert (child.comment_id, child.root_id, child.parent_id, child.reply_to_user) == (4, 3, 3, -5)
    assert page.threads == ((3, 12, 1),)
    assert (page.declared_total, page.declared_level, page.level_items, page.bytes_received) == (2, 1, 1, 9)
    assert orjson.loads(root.raw)["thread"] == {"count": 12}
    assert root.published_at == datetime.fromtimestamp(1_700_000_000, UTC)


def test_a_tombstone_is_kept_empty() -> None:
    """A deleted root with living replies has neither author nor text."""
    tombstone = {
        "id": 3,
        "date": 1,
        "parents_stack": [],
        "deleted": True,
        "thread": {"count": 1, "items": []},
    }
    (found,) = parse.page(WALL, "roots:0", wall_page(tombstone)).comments
    assert (found.is_deleted, found.author_id, found.text, found.replies) == (True, None, None, 1)


def test_a_sticker_has_an_empty_text_and_a_type() -> None:
    """No text is not a missing text, and attachments are told by type."""
    attachments = [{"type": "sticker", "sticker": {}}, {"type": "photo", "photo": {}}]
    (found,) = parse.page(WALL, "roots:0", wall_page(item(text="", attachments=attachments))).comments
    assert (found.text, found.attachments) == ("", ("sticker", "photo"))


def test_paid_and_own_comments_are_marked() -> None:
    """Placeholders for paying subscribers and the post's author are told apart."""
    donut = {"is_don": True, "placeholder": {"text": "for dons"}}
    (found,) = parse.page(WALL, "roots:0", wall_page(item(donut=donut, is_from_post_author=True))).comments
    assert (found.is_placeholder, found.is_post_author) == (True, True)


def test_likes_are_unknown_unless_told() -> None:
    """Zero likes and no word about likes are two things."""
    page = parse.page(WALL, "roots:0", wall_page(item(likes={"count": 0, "can_publish": True}), item(id=4)))
    assert [each.likes for each in page.comments] == [0, None]


def test_a_root_without_thread_is_unknown_not_empty() -> None:
    """When VK says nothing about a thread, its size is unknown."""
    page = parse.page(WALL, "roots:0", wall_page(item()))
    assert page.threads == ((3, parse.UNKNOWN_THREAD, 0),)


def test_a_thread_page_belongs_to_its_root() -> None:
    """Replies listed by comment_id stand under that root even when VK does not repeat it."""
    page = parse.page(WALL, "thread:3:9", wall_page(item(id=5)), thread_root=3)
    assert (page.comments[0].root_id, page.comments[0].parent_id, page.threads) == (3, 3, ())


@pytest.mark.parametrize(
    ("text", "parent", "user"),
    [
        ("[id7:bp-1_40|Анна], да", 40, 7),
        ("[club5:bp-1_41|Клуб], нет", 41, -5),
        ("[id7|Анна], без ссылки", None, None),
        ("просто так", None, None),
    ],
)
def test_a_board_tells_the_parent_in_its_mention(text: str, parent: int | None, user: int | None) -> None:
    """On boards the answered comment is named only by the mention markup."""
    page = parse.page(TOPIC, "roots:0", {"count": 1, "items": [item(text=text)]})
    assert (page.comments[0].parent_id, page.comments[0].reply_to_user) == (parent, user)
    assert (page.comments[0].root_id, page.declared_level, page.threads) == (None, 1, ())


def test_people_and_communities_have_signed_ids() -> None:
    """Communities are negative everywhere, also where VK writes them positive."""
    people = {
        "profiles": [{"id": 7, "first_name": "Анна", "last_name": "К", "deactivated": "banned"}],
        "groups": [{"id": 5, "name": "Клуб", "screen_name": "klub"}],
    }
    page = parse.page(WALL, "roots:0", wall_page(**people))
    assert [(each.author_id, each.name, each.deactivated) for each in page.authors] == [
        (7, "Анна К", "banned"),
        (-5, "Клуб", ""),
    ]


@pytest.mark.parametrize(
    "answer",
    [None, [], "x", {}, {"items": {}}, {"items": [1]}, {"items": [{"text": "no id"}]}, {"items": None}],
)
def test_another_shape_is_refused(answer: Any) -> None:
    """What is not a page of comments raises VkProtocol and is never taken for an empty one."""
    with pytest.raises(VkProtocol):
        parse.page(WALL, "roots:0", answer)


def test_a_post_is_described() -> None:
    """Text, date, counts and the pin of a post become a source."""
    row = {
        "id": 2, "owner_id": -1, "from_id": -1, "date": 1_700_000_000, "text": "Пост", "is_pinned": 1,
        "comments": {"count": 5}, "likes": {"count": 3}, "reposts": {"count": 1}, "views": {"count": 99},
    }  # fmt: skip
    listing = parse.listing(SourceKind.WALL, None, {"items": [row]}, "wall.getById")
    (source,) = listing.sources
    assert (source.ref, source.declared_comments, source.is_pinned) == (WALL, 5, True)
    assert (source.text, source.likes, source.reposts, source.views) == ("Пост", 3, 1, 99)


def test_a_topic_counts_its_comments_as_a_number() -> None:
    """Boards write the count of comments without an object around it, and the owner is ours to add."""
    listing = parse.listing(SourceKind.TOPIC, -1, {"count": 9, "items": [{"id": 2, "comments": 4}]}, "x")
    assert (listing.total, listing.sources[0].ref, listing.sources[0].declared_comments) == (9, TOPIC, 4)


@pytest.mark.parametrize(
    ("answer", "expected"), [([], None), ({"type": "group", "object_id": 5}, ("group", 5))]
)
def test_an_unknown_name_is_an_empty_list(answer: Any, expected: tuple[str, int] | None) -> None:
    """VK answers an unknown name with an empty array instead of an object."""
    assert parse.resolved(answer) == expected
