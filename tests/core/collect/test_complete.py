"""Every comment, once: page edges, threads, tombstones, boards, walls, and VK without execute."""

from __future__ import annotations

from datetime import date

import pytest

from core.models import SourceState
from core.storage import reads
from tests.core.collect.running import desk
from tests.core.vk.fake_vk import FakeVk, post

POST = (-5, 2)
LINK = "vk.com/wall-5_2"


@pytest.mark.parametrize("roots", [0, 1, 99, 100, 101, 200, 250])
@pytest.mark.parametrize("execute_error", [0, 28])
def test_every_root_comes_once(roots: int, execute_error: int) -> None:
    """A post of any number of roots is collected whole, with and without execute."""
    vk = FakeVk({POST: post(roots)}, execute_error=execute_error)
    with desk(vk) as at:
        sheet = at.collect(LINK)
        assert at.rows() == sorted(vk.truth(*POST))
    assert sheet.state == "succeeded"
    assert sheet.sources[0].state is (SourceState.COMPLETE if roots else SourceState.EMPTY)


@pytest.mark.slow
@pytest.mark.parametrize("execute_error", [0, 28])
def test_ten_thousand_roots_come_once(execute_error: int) -> None:
    """A post of a hundred pages is collected whole, in as few pages as it takes."""
    vk = FakeVk({POST: post(10_001)}, execute_error=execute_error)
    with desk(vk) as at:
        sheet = at.collect(LINK)
        assert at.rows() == sorted(vk.truth(*POST))
    assert sheet.state == "succeeded"
    assert len(vk.named_calls("wall.getComments")) == 1 + 101


@pytest.mark.parametrize("replies", [0, 10, 11, 110, 111, 300])
@pytest.mark.parametrize("embeds_last", [False, True])
def test_every_reply_comes_once(replies: int, embeds_last: bool) -> None:
    """A thread of any length is collected whole, whichever of its replies come embedded."""
    vk = FakeVk({POST: post(3, {0: replies, 2: 12})}, embeds_last=embeds_last)
    with desk(vk) as at:
        sheet = at.collect(LINK)
        assert at.rows() == sorted(vk.truth(*POST))
    (found,) = sheet.sources
    assert (found.roots, found.replies, found.state) == (3, replies + 12, SourceState.COMPLETE)


def test_a_tombstone_stays_and_its_replies_come() -> None:
    """A deleted root is kept as a tombstone and its long thread is read all the same."""
    vk = FakeVk({POST: post(2, {0: 30})}, deleted={1000})
    with desk(vk) as at:
        sheet = at.collect(LINK)
        assert at.rows() == sorted(vk.truth(*POST))
    assert (sheet.sources[0].tombstones, sheet.sources[0].state) == (1, SourceState.COMPLETE)


def test_roots_without_threads_are_looked_into_when_more_is_declared() -> None:
    """Where VK leaves the thread out of its answer, the declared total sends us to look for it."""
    vk = FakeVk({POST: post(2, {1: 15})}, without_thread=True)
    with desk(vk) as at:
        assert at.collect(LINK).state == "succeeded"
        assert at.rows() == sorted(vk.truth(*POST))


def test_collecting_again_changes_nothing() -> None:
    """A second run of the same post leaves one row per comment."""
    vk = FakeVk({POST: post(150, {0: 50})})
    with desk(vk) as at:
        at.collect(LINK, run_id="first")
        at.collect(LINK, run_id="second")
        assert at.rows() == sorted(vk.truth(*POST))


def test_one_post_is_one_source_however_it_was_reached() -> None:
    """A post, a comment of it, its wall and its owner's name give the same source once."""
    vk = FakeVk({POST: post(3)}, names={"klub": ("group", 5)})
    with desk(vk) as at:
        sheet = at.collect("vk.com/wall-5_2\nvk.com/wall-5_2?reply=1000\nwall-5\nvk.com/klub")
        assert at.rows() == sorted(vk.truth(*POST))
    assert [str(each.ref) for each in sheet.sources] == ["wall:-5_2"]
    assert len(vk.named_calls("wall.getComments")) == 1


def test_a_board_gives_its_topics() -> None:
    """All topics of a board come, with a positive group_id in the calls and a negative owner in ours."""
    vk = FakeVk(topics={(-5, 8): list(range(1, 251)), (-5, 9): [1]})
    with desk(vk) as at:
        sheet = at.collect("vk.com/board5")
        assert at.rows("topic:-5_8") == list(range(1, 251))
        assert at.rows("topic:-5_9") == [1]
    assert sheet.state == "succeeded"
    assert {call["group_id"] for call in vk.named_calls("board.getComments")} == {"5"}


def wall_of(*posts: int) -> FakeVk:
    """Build a wall of posts dated a day apart, each with one comment."""
    return FakeVk({(-5, number): {number * 1000: []} for number in posts})


def collected_posts(vk: FakeVk, **options: object) -> list[int]:
    """Collect a wall and return the posts whose comments were asked for."""
    with desk(vk) as at:
        assert at.collect("wall-5", **options).state == "succeeded"  # type: ignore[arg-type]
    return sorted(int(call["post_id"]) for call in vk.named_calls("wall.getComments"))


def test_a_whole_wall_is_all_its_posts() -> None:
    """Without bounds every post of every page of the wall is collected."""
    assert collected_posts(wall_of(*range(1, 252))) == list(range(1, 252))


@pytest.mark.parametrize(("posts", "pages"), [(1, 1), (3, 1), (100, 2), (120, 2), (500, 3)])
def test_the_latest_posts_count_by_date(posts: int, pages: int) -> None:
    """An old pinned post on top is not one of the n latest, and no page too many is listed."""
    vk = wall_of(*range(1, 252))
    vk.pinned = (-5, 7)
    expected = list(range(1, 252))[-posts:] if posts < 251 else list(range(1, 252))
    assert collected_posts(vk, posts=posts) == expected
    assert len(vk.named_calls("wall.get")) == pages


def test_a_period_is_inclusive_and_stops_early() -> None:
    """Both days belong to the period; pages older than it are not listed; a pinned post does not end it."""
    vk = wall_of(*range(1, 1001))
    vk.pinned = (-5, 1)
    vk.day = {number: number - 1 for number in range(1, 1001)}
    first, last = date(2023, 11, 14).toordinal() + 960, date(2023, 11, 14).toordinal() + 969
    found = collected_posts(vk, since=date.fromordinal(first), until=date.fromordinal(last))
    assert found == list(range(961, 971))
    assert len(vk.named_calls("wall.get")) <= 2


def test_both_bounds_hold_together() -> None:
    """A post has to be one of the n latest and inside the period."""
    vk = wall_of(*range(1, 21))
    last = date.fromordinal(date(2023, 11, 14).toordinal() + 18)
    assert collected_posts(vk, posts=5, until=last) == [16, 17, 18]


def test_posts_without_comments_cost_no_call() -> None:
    """A listed post that VK says is empty is recorded so; a closed one, which looks so, is told apart."""
    vk = FakeVk({(-5, 1): {}, (-5, 2): {}, (-5, 3): {30: []}}, refusals={("wall.getComments", -5, 2): 212})
    with desk(vk) as at:
        sheet = at.collect("wall-5")
        stored = {str(row.ref): row.state for row in reads.sources(at.store)}
    assert {str(each.ref): str(each.state) for each in sheet.sources} == {
        "wall:-5_1": "empty", "wall:-5_2": "closed", "wall:-5_3": "complete",
    }  # fmt: skip
    assert stored["wall:-5_2"] is SourceState.CLOSED
    assert {call["post_id"] for call in vk.named_calls("wall.getComments")} == {"2", "3"}


def test_few_requests_do_it() -> None:
    """Calls of different posts travel together: 60 posts with long threads need few requests."""
    vk = FakeVk({(-5, number): {number * 10_000: list(range(number * 10_000 + 1, number * 10_000 + 30))}
                 for number in range(1, 61)})  # fmt: skip
    with desk(vk) as at:
        sheet = at.collect("wall-5")
        assert len(at.rows()) == 60 * 30
    least = 1 + 1 + 60 // 25 + 1 + 60 // 25
    assert sheet.requests == len(vk.requests) <= least + 3
