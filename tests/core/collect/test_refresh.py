"""What a repeated run asks again, what it finds by that, and what it costs."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from core.balances import Reading
from core.collect.refresh import RefreshMode
from core.models import SourceState
from tests.builders import seeds
from tests.core.collect.running import Desk, MovingVk, desk, of
from tests.core.vk.fake_vk import post

POSTS = 60
POST = (-5, 2)
LINK = "vk.com/wall-5_2"


def comments_of(number: int) -> dict[int, list[int]]:
    """Make the comments of a post: ids of its own, two long threads, a short one and twenty lone roots."""
    base = number * 10_000
    roots: dict[int, list[int]] = {base + place: [] for place in range(1, 24)}
    roots[base + 1] = list(range(base + 1000, base + 1030))
    roots[base + 2] = list(range(base + 2000, base + 2020))
    roots[base + 3] = list(range(base + 3000, base + 3004))
    return roots


def wall() -> MovingVk:
    """Build a wall of old posts, all of them alike."""
    return MovingVk({(-5, number): comments_of(number) for number in range(1, POSTS + 1)})


@pytest.fixture
def at() -> Iterator[Desk]:
    """Open a desk over a wall that was collected once."""
    vk = wall()
    with desk(vk) as opened:
        assert opened.collect("wall-5", run_id="first").state == "succeeded"
        vk.asked()
        yield opened


def vk_of(at: Desk) -> MovingVk:
    """Return the fake VK of a desk."""
    assert isinstance(at.vk, MovingVk)
    return at.vk


def test_nothing_moved_costs_only_the_list(at: Desk) -> None:
    """A wall without a moved count is listed and not read; its stored balance is the result."""
    sheet = at.collect("wall-5", run_id="second")
    assert vk_of(at).asked() == []
    assert (sheet.state, {each.reading for each in sheet.sources}) == ("succeeded", {Reading.UNMOVED})
    assert sheet.collected == sheet.declared == len(at.rows())
    assert (sheet.refresh["asked"], sheet.refresh["unmoved"]) == (0, POSTS)
    assert dict(sheet.changes) == {"new": 0, "edited": 0, "deleted": 0, "restored": 0}
    assert at.reports[-1].fraction == 1.0


def test_new_roots_and_replies_are_found_at_the_cost_of_what_moved(at: Desk) -> None:
    """Only the posts that moved are asked, and in them only the threads that moved."""
    vk = vk_of(at)
    vk.posts[-5, 7][70_500] = []
    vk.posts[-5, 9][90_001].append(91_500)
    vk.posts[-5, 60 + 1] = comments_of(61)
    sheet = at.collect("wall-5", run_id="second")
    asked = vk.asked()
    assert {number for number, _ in asked} == {7, 9, 61}
    assert {thread for number, thread in asked if number in (7, 9) and thread} == {90_001}
    for number in (7, 9, 61):
        assert at.rows(f"wall:-5_{number}") == sorted(vk.truth(-5, number))
    assert (sheet.state, sheet.changes["new"]) == ("succeeded", 2 + 77)
    moved = of(sheet, "wall:-5_9")
    assert (moved.reading, moved.state, moved.collected) == (Reading.MOVED, SourceState.COMPLETE, 78)
    assert sheet.collected == len(at.rows())


def test_all_finds_every_change(at: Desk) -> None:
    """A full reading finds new, edited, deleted and restored comments, each by its evidence."""
    vk = vk_of(at)
    vk.deleted = {50_005}
    at.collect("wall-5", run_id="before", refresh="all")
    vk.deleted = {50_006}
    vk.texts = {60_004: "другое", 61_005: "иначе"}
    del vk.posts[-5, 8][80_010]
    vk.posts[-5, 9][90_002].remove(92_003)
    vk.posts[-5, 9][90_003].remove(93_001)
    vk.posts[-5, 10][100_777] = []
    sheet = at.collect("wall-5", run_id="second", refresh="all")
    assert sheet.state == "succeeded"
    assert dict(sheet.changes) == {"new": 1, "edited": 2, "deleted": 4, "restored": 1}
    states = at.states()
    assert {comment for comment, state in states.items() if state == "deleted"} == {
        50_006, 80_010, 92_003, 93_001,
    }  # fmt: skip
    assert {comment for comment, state in states.items() if state == "edited"} == {60_004, 61_005}


def test_changed_costs_less_than_all_and_finds_what_moved(at: Desk) -> None:
    """`changed` reads what moved, the newest posts and a sample; it is cheaper than everything."""
    vk = vk_of(at)
    vk.posts[-5, 8][80_500] = []
    vk.posts[-5, 9][90_001].append(91_500)
    vk.texts = {POSTS * 10_000 + 4: "другое"}
    sheet = at.collect("wall-5", run_id="second", refresh="changed")
    changed = vk.asked()
    at.collect("wall-5", run_id="third", refresh="all")
    assert len(changed) < len(vk.asked()) / 2
    assert (sheet.changes["new"], sheet.changes["deleted"], sheet.changes["edited"]) == (2, 0, 1)
    assert sheet.refresh["moved"] == 22
    assert sheet.refresh["sampled"] == 8


@pytest.mark.parametrize("refresh", ["changed", pytest.param("new", marks=pytest.mark.slow)])
def test_where_numbers_fall_a_standing_one_is_not_believed(at: Desk, refresh: RefreshMode) -> None:
    """Where comments are being deleted, an arrival beside a departure is found in every post, for less."""
    vk = vk_of(at)
    del vk.posts[-5, 8][80_010]
    for number in (11, 12):
        del vk.posts[-5, number][number * 10_000 + 9]
        vk.posts[-5, number][number * 10_000 + 500] = []
    vk.posts[-5, 14][140_001].append(141_900)
    vk.posts[-5, 14][140_002].remove(142_004)
    sheet = at.collect("wall-5", run_id="second", refresh=refresh)
    asked = vk.asked()
    assert (sheet.changes["new"], sheet.changes["deleted"]) == (3, 4)
    assert sheet.refresh["doubted_lists"] == 1
    at.collect("wall-5", run_id="third", refresh="all")
    assert len(asked) < len(vk.asked()) * 0.6


def test_the_rate_of_edits_is_estimated_from_the_sample(at: Desk) -> None:
    """Where every fourth comment was edited, the sample says so, with an interval, and what is unseen."""
    vk = vk_of(at)
    ids = sorted(set(at.rows()))
    vk.texts = {comment: "другое" for comment in ids if comment % 4 == 0}
    sheet = at.collect("wall-5", run_id="second", refresh="changed")
    sample = sheet.refresh["sample"]
    low, estimate, high = sample["edit_rate"]
    assert sample["comments"] == 8 * 77
    assert sample["edited"] == round(estimate * 8 * 77)
    assert low < 0.25 < high
    assert sample["unread_comments"] == 32 * 77 + 20 * 30
    assert sample["unseen_edits"][0] < sample["unread_comments"] * 0.25 < sample["unseen_edits"][1]
    unseen = len(vk.texts) - sheet.changes["edited"]
    assert sample["unseen_edits"][0] <= unseen <= sample["unseen_edits"][1]


@pytest.mark.slow
def test_the_sample_goes_round(at: Desk) -> None:
    """What was sampled is not drawn again on the same day while others wait; in the end all were read."""
    vk = vk_of(at)
    drawn: list[set[int]] = []
    for run in range(3):
        at.collect("wall-5", run_id=f"round {run}", refresh="changed")
        drawn.append({number for number, thread in vk.asked() if thread})
    assert [len(each) for each in drawn] == [8, 8, 8]


def test_a_balanced_change_is_found_where_roots_are_read() -> None:
    """One reply more and one less in other threads leave the post's number as it was; its link is asked."""
    vk = MovingVk({POST: comments_of(2)})
    with desk(vk) as at:
        at.collect(LINK, run_id="first")
        vk.posts[POST][20_001].append(21_500)
        vk.posts[POST][20_002].remove(22_003)
        vk.asked()
        sheet = at.collect(LINK, run_id="second")
        assert vk.asked() == [(2, 0), (2, 20_001), (2, 20_002)]
        assert (sheet.changes["new"], sheet.changes["deleted"]) == (1, 1)
        assert at.states()[22_003] == "deleted"


def test_a_list_whose_number_was_wrong_is_not_believed() -> None:
    """Where a list has counted otherwise than the pages, its standing number proves nothing."""
    vk = MovingVk({(-5, 1): comments_of(1)}, listed={1: 80})
    with desk(vk) as at:
        at.collect("wall-5", run_id="first")
        vk.posts[-5, 1][10_500] = []
        vk.asked()
        at.collect("wall-5", run_id="second")
        assert (1, 0) in vk.asked()
        assert at.rows() == sorted(vk.truth(-5, 1))


def test_boards_are_read_whole_when_a_topic_moved() -> None:
    """A topic has no threads: its number decides whether all of its pages are read."""
    vk = MovingVk(topics={(-5, 8): list(range(1, 251)), (-5, 9): [1]}, declared={(-5, 8): 250, (-5, 9): 1})
    with desk(vk) as at:
        at.collect("vk.com/board5", run_id="first")
        vk.topics[-5, 8].remove(17)
        vk.topics[-5, 8].append(400)
        vk.topics[-5, 8].append(401)
        vk.declared[-5, 8] = 251
        vk.calls.clear()
        sheet = at.collect("vk.com/board5", run_id="second")
        assert {each["topic_id"] for each in vk.named_calls("board.getComments")} == {"8"}
        assert dict(sheet.changes) == {"new": 2, "edited": 0, "deleted": 1, "restored": 0}
        assert at.states("topic:-5_8")[17] == "deleted"


def test_a_count_that_moves_while_it_is_read_proves_nothing() -> None:
    """When the number of roots changes with every answer, what was not seen is not called deleted."""
    vk = MovingVk({POST: post(350)})
    with desk(vk) as at:
        at.collect(LINK, run_id="first")
        del vk.posts[POST][1500]

        def grow(fake: object, method: str, params: dict[str, str]) -> None:
            if method == "wall.getComments":
                vk.posts[POST][max(vk.posts[POST]) + 10] = []

        vk.before = grow
        at.collect(LINK, run_id="second", refresh="all", in_flight=1)
        assert at.states()[1500] == "live"


def test_a_count_that_moved_once_is_read_once_more() -> None:
    """A second pass under a standing count gives the evidence that the first one could not."""
    vk = MovingVk({POST: post(350)})
    with desk(vk) as at:
        at.collect(LINK, run_id="first")
        del vk.posts[POST][1500]
        grown = [9000]

        def grow(fake: object, method: str, params: dict[str, str]) -> None:
            if params.get("offset") and grown:
                vk.posts[POST][grown.pop()] = []

        vk.before = grow
        at.collect(LINK, run_id="second", refresh="all", in_flight=1)
        assert (at.states()[1500], at.states()[9000]) == ("deleted", "live")


def test_a_page_that_fails_proves_nothing() -> None:
    """What stands on a page that could not be read is not called deleted, nor is anything beside it."""
    vk = MovingVk({POST: comments_of(2) | {root: [] for root in range(30_000, 30_300)}}, execute_error=28)
    with desk(vk) as at:
        at.collect(LINK, run_id="first")
        del vk.posts[POST][30_100]

        def refuse(fake: object, method: str, params: dict[str, str]) -> None:
            is_last = method == "wall.getComments" and params.get("offset") == "198"
            vk.refusals = {("wall.getComments", -5, 2): 15} if is_last else {}

        vk.before = refuse
        sheet = at.collect(LINK, run_id="second", refresh="all", in_flight=1)
        assert sheet.sources[0].state is SourceState.PARTIAL
        assert at.states()[30_100] == "live"


def test_a_hidden_comment_is_missing_and_not_deleted() -> None:
    """Where VK declares more than it shows, what is not shown is named as missing."""
    vk = MovingVk({POST: comments_of(2)})
    with desk(vk) as at:
        at.collect(LINK, run_id="first")
        vk.hidden = {21_015, 20_020}
        sheet = at.collect(LINK, run_id="second", refresh="all")
        (found,) = sheet.sources
        assert (found.state, found.missing_roots, found.missing_threads) == (
            SourceState.PARTIAL, 1, ((20_001, 1),),
        )  # fmt: skip
        assert set(at.states().values()) == {"live"}


def test_what_was_not_whole_is_read_in_full_again() -> None:
    """A source whose last verdict was partial is asked again although no number moved."""
    vk = MovingVk({(-5, 1): comments_of(1), (-5, 2): comments_of(2)}, hidden={21_015})
    with desk(vk) as at:
        at.collect("wall-5", run_id="first")
        vk.hidden = set()
        vk.asked()
        sheet = at.collect("wall-5", run_id="second")
        assert {number for number, _ in vk.asked()} == {2}
        assert (sheet.state, at.rows("wall:-5_2")) == ("succeeded", sorted(vk.truth(-5, 2)))


def test_closed_as_before_is_not_asked_but_a_link_is() -> None:
    """A closed post of a wall stays closed while its number stands; a pasted link is asked in any case."""
    vk = MovingVk({(-5, 1): comments_of(1), (-5, 2): {}}, refusals={("wall.getComments", -5, 2): 212})
    with desk(vk) as at:
        at.collect("wall-5", run_id="first")
        vk.asked()
        sheet = at.collect("wall-5", run_id="second")
        assert (vk.asked(), of(sheet, "wall:-5_2").state) == ([], SourceState.CLOSED)
        at.collect(LINK, run_id="third")
        assert vk.asked() == [(2, 0)]


def test_a_post_that_lost_all_its_comments_is_asked() -> None:
    """A post whose list now says 0 is read, because only that proves its comments gone."""
    vk = MovingVk({(-5, 1): comments_of(1), (-5, 2): {5: []}})
    with desk(vk) as at:
        at.collect("wall-5", run_id="first")
        vk.posts[POST] = {}
        sheet = at.collect("wall-5", run_id="second")
        assert at.states("wall:-5_2") == {5: "deleted"}
        assert of(sheet, "wall:-5_2").state is SourceState.EMPTY


@pytest.mark.slow
@pytest.mark.parametrize("seed", seeds(range(2), 8))
@pytest.mark.parametrize("mode", ["new", "changed", "all"])
def test_any_changes_are_found_as_promised(seed: int, mode: RefreshMode) -> None:
    """No mode calls deleted what is there, each finds whatever moved a count, and `all` finds all."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable story
    vk = MovingVk({(-5, number): comments_of(number) for number in range(1, 41)})
    with desk(vk) as at:
        at.collect("wall-5", run_id="first")
        before = {number: len(vk.truth(-5, number)) for number in range(1, 41)}
        threads = {root: len(replies) for roots in vk.posts.values() for root, replies in roots.items()}
        for step in range(60):
            change(vk, chance, 5_000_000 + step)
        sheet = at.collect("wall-5", run_id="second", refresh=mode)
        for number in range(1, 41):
            truth, states = vk.truth(-5, number), at.states(f"wall:-5_{number}")
            gone = {comment for comment, state in states.items() if state == "deleted"}
            assert not gone & (truth - vk.deleted)
            if mode == "all" or len(truth) != before[number]:
                for root, replies in vk.posts[-5, number].items():
                    assert root in states
                    if mode == "all" or threads.get(root) != len(replies):
                        assert set(replies) <= states.keys()
            if mode == "all":
                assert states.keys() - gone == truth - vk.deleted
        assert sheet.state == "succeeded"


def change(vk: MovingVk, chance: random.Random, number: int) -> None:
    """Change something somewhere on the wall."""
    roots = vk.posts[-5, chance.randint(1, 40)]
    root = chance.choice(sorted(roots))
    match chance.randrange(6):
        case 0:
            roots[number] = []
        case 1:
            roots[root].append(number)
        case 2:
            del roots[root]
        case 3 if roots[root]:
            roots[root].remove(chance.choice(roots[root]))
        case 4:
            vk.deleted.add(root)
        case _:
            vk.texts[root] = f"правка {number}"


def test_replies_go_with_their_root_even_when_it_was_a_tombstone_before() -> None:
    """A tombstone that vanishes with its replies is evidence about them: all are called deleted."""
    vk = MovingVk({POST: comments_of(2)})
    with desk(vk) as at:
        at.collect(LINK, run_id="first")
        vk.deleted = {20_002, 20_003}
        at.collect(LINK, run_id="second", refresh="all")
        gone = {reply for root in (20_002, 20_003) for reply in vk.posts[POST].pop(root)}
        at.collect(LINK, run_id="third")
        deleted = {comment for comment, state in at.states().items() if state == "deleted"}
        assert deleted == gone | {20_002, 20_003}
