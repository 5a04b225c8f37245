"""Numbers that VK declares wrongly: lists that stand still, counts too low, tombstones not counted."""

from __future__ import annotations

import pytest

from core.storage import reads
from tests.core.collect.running import desk
from tests.core.vk.fake_vk import FakeVk, post

POST = (-5, 2)
LINK = "vk.com/wall-5_2"


def test_a_wall_whose_pages_stand_still_is_partial() -> None:
    """A wall that lists the same posts at every offset is soon left, and the sheet says why."""
    vk = FakeVk({(-5, number): {number * 1000: []} for number in range(1, 251)}, stuck=True)
    with desk(vk) as at:
        sheet = at.collect("wall-5")
    assert (sheet.state, len(sheet.sources)) == ("partial", 100)
    assert ["same" in each.error.message for each in sheet.refused_targets] == [True]
    assert len(vk.named_calls("wall.get")) < 6


def test_a_list_that_counts_too_few_is_not_believed_about_empty_posts() -> None:
    """Once a post has more comments than its wall's list says, posts listed as empty are asked too."""
    counts = {(-5, 1): 0, (-5, 2): 2, (-5, 3): 0}
    vk = FakeVk({(-5, 1): post(1), (-5, 2): post(3), (-5, 3): {}}, declared=counts)
    with desk(vk) as at:
        sheet = at.collect("wall-5")
        found = {str(each.ref): (str(each.state), each.collected) for each in sheet.sources}
    assert found == {"wall:-5_1": ("complete", 1), "wall:-5_2": ("complete", 3), "wall:-5_3": ("empty", 0)}


def test_a_topic_is_asked_whatever_its_board_says() -> None:
    """A topic opens with a comment, which its board's number may leave out."""
    vk = FakeVk(topics={(-5, 8): [1], (-5, 9): [1, 2]}, declared={(-5, 8): 0, (-5, 9): 1})
    with desk(vk) as at:
        at.collect("vk.com/board5")
        assert (at.rows("topic:-5_8"), at.rows("topic:-5_9")) == ([1], [1, 2])


@pytest.mark.parametrize("replies", [12, 40])
def test_more_embedded_replies_than_declared_are_read_on(replies: int) -> None:
    """A thread that shows ten replies and declares fewer is read to its end."""
    vk = FakeVk({POST: post(3, {1: replies})}, thread_counts={1010: 9})
    with desk(vk) as at:
        sheet = at.collect(LINK)
        assert set(at.rows()) == vk.truth(*POST)
    assert sheet.sources[0].collected == 3 + replies


def test_a_tombstone_among_ten_embedded_replies_is_a_reason_to_look() -> None:
    """Where tombstones are not counted, ten declared replies may be eleven."""
    vk = FakeVk({POST: post(3, {1: 11})}, thread_counts={1010: 10}, deleted={1_000_003}, declared={POST: 13})
    with desk(vk) as at:
        at.collect(LINK)
        assert set(at.rows()) == vk.truth(*POST)


def test_what_no_level_lacks_is_said_all_the_same() -> None:
    """Where VK counts more in all than its levels hold, the seal is off and both sheet and health say why."""
    vk = FakeVk({POST: post(3, {1: 12})}, declared={POST: 18})
    with desk(vk) as at:
        (sheet,) = at.collect(LINK).sources
        (health,) = reads.balance(at.store)
    assert (str(sheet.state), sheet.missing_roots, sheet.missing_threads) == ("partial", 0, ())
    assert "3 more" in str(sheet.reason)
    assert health.missing == ("wall:-5_2",)
