"""Runs after known changes: `all` finds each, `changed` what moves a count, `new` what is new."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from core.sandbox import process
from core.sandbox.stories import CITY
from tests.builders import seeds
from tests.core.collect.moving_world import WALL, Changer, Difference, runs, sandbox_runs, texts, wall
from tests.other_trouble import Refuse
from tests.other_vk import OtherVk


def five_hundred(changer: Changer) -> None:
    """Make five hundred changes: more than half of them move no count, fifty are of likes alone."""
    for _ in range(65):
        changer.add_root(is_late=changer.chance.random() < 0.3)
        changer.add_reply()
        changer.vanish()
        changer.bury()
    for _ in range(190):
        changer.edit()
    for _ in range(50):
        changer.like()


def changed_world(seed: int, *, quiet: float = 0.0) -> tuple[OtherVk, Changer]:
    """Return a wall and what changes it; in a part of the posts no count will move."""
    world = wall(seed)
    chance = random.Random(seed)  # noqa: S311
    return world, Changer(world, chance, [where for where in world.posts if chance.random() >= quiet])


@pytest.mark.slow
@pytest.mark.parametrize("seed", seeds([1], 9))
def test_all_finds_each_of_five_hundred_changes(seed: int) -> None:
    """New, edited, deleted and restored comments are told exactly, whether tombstones are counted or not."""
    world, changer = changed_world(seed)
    world.counts_tombstones = seed != 2
    first = texts(world)
    with runs(world) as desk:
        desk.run("new")
        assert desk.stored().keys() == first.keys()
        for _ in range(30):
            changer.vanish()
            changer.bury()
        second = texts(world)
        version = desk.store.version()
        desk.run("all")
        assert desk.changes(version) == Difference.between(first, second, set(first))
        gone = [changer.vanished.copy(), changer.buried.copy()]
        five_hundred(changer)
        for _ in range(30):
            changer.restore(gone[0])
            changer.restore(gone[1])
        third = texts(world)
        expected = Difference.between(second, third, set(first) | set(second))
        version = desk.store.version()
        sheet = desk.run("all")
        assert len(expected) >= 450
        assert len(expected.restored) == 60
        assert desk.changes(version) == expected
        assert all(desk.told["edited", key] == (second[key], "") for key in expected.edited)
        graves = {f"wall:{owner}_{post}:{number}" for (owner, post), number in changer.buried}
        assert all(
            desk.told["deleted", key] == (second[key], "tombstone" if key in graves else "absent")
            for key in expected.deleted
        )
        assert sheet["changes"] == {
            kind: len(getattr(expected, kind)) for kind in ("new", "edited", "deleted", "restored")
        }
        alive = {key for key, state in desk.stored().items() if state != "deleted"}
        assert alive == {key for key, text in third.items() if text is not None}


@pytest.mark.slow
@pytest.mark.parametrize("seed", seeds([2], 9))
def test_changed_finds_what_moved_a_count_and_says_what_it_may_have_missed(seed: int) -> None:
    """All that moved a count is told, nothing is told that is not so, for fewer calls than `all`."""
    world, changer = changed_world(seed, quiet=0.6)
    first = texts(world)
    with runs(world) as desk:
        desk.run("new")
        five_hundred(changer)
        second = texts(world)
        expected = Difference.between(first, second, set(first))
        version = desk.store.version()
        sheet = desk.run("changed")
        told = desk.changes(version)
        vanished = {f"wall:{owner}_{post}:{number}" for (owner, post), number in changer.vanished}
        assert told.new == expected.new
        assert vanished <= told.deleted <= expected.deleted
        assert told.edited <= expected.edited
        refresh = sheet["refresh"]
        low, estimate, high = refresh["sample"]["edit_rate"]
        few, many = refresh["sample"]["unseen_edits"]
        unseen = len(expected.edited - told.edited)
        drawn = tuple(f"{row['source']}:" for row in sheet["sources"] if row["reading"] == "full")
        assert refresh["sample"]["edited"] <= sum(key.startswith(drawn) for key in told.edited)
        assert refresh["sample"]["deleted"] <= sum(key.startswith(drawn) for key in told.deleted)
        whole = desk.run("all")
        sys.stdout.write(
            f"\nseed {seed}: {len(second)} comments, {len(expected)} changes; `changed` told {len(told)}, "
            f"missed {unseen} edits and says {few} to {many} "
            f"(rate {low:.4f} .. {estimate:.4f} .. {high:.4f}); "
            f"calls {sheet['server_calls']} against {whole['server_calls']}, "
            f"requests {sheet['server_requests']} against {whole['server_requests']}\n"
        )
        assert 0 <= low <= estimate <= high <= 1
        assert few <= unseen <= many
        assert sheet["server_calls"] < whole["server_calls"]
        assert sheet["server_requests"] < whole["server_requests"]
        assert desk.changes(version) == expected


@pytest.mark.slow
@pytest.mark.parametrize("seed", seeds([5], 9))
def test_new_finds_every_new_comment(seed: int) -> None:
    """New roots, late ones, and new replies under old roots and old replies all come with `new`."""
    world, changer = changed_world(seed)
    first = texts(world)
    with runs(world) as desk:
        desk.run("new")
        for _ in range(120):
            changer.add_root(is_late=changer.chance.random() < 0.3)
            changer.add_reply()
        for _ in range(60):
            changer.vanish()
        version = desk.store.version()
        desk.run("new")
        told = desk.changes(version)
        expected = Difference.between(first, texts(world), set(first))
        assert told.new == expected.new
        assert told.deleted <= expected.deleted


def one_post(*threads: int) -> tuple[OtherVk, tuple[int, int], list[int]]:
    """Return a world of one post, its place and its comments' numbers, roots first."""
    world = OtherVk(per_second=0)
    where = (WALL, 1_000)
    world.add_post(*where, list(threads))
    return world, where, [row.number for row in world.posts[where]]


def _restless(world: OtherVk, thread: int | None) -> Callable[[OtherVk, str, dict[str, str]], None]:
    """Return what adds a comment to a level before each further page of it is read."""
    where = next(iter(world.posts))

    def before(vk: OtherVk, method: str, params: dict[str, str]) -> None:
        is_level = method == "wall.getComments" and params.get("comment_id") == (
            None if thread is None else str(thread)
        )
        if is_level and int(params.get("offset", 0)):
            vk.add(where, "во время чтения", reply_to=thread or 0)

    return before


@pytest.mark.parametrize("is_thread", [False, True])
def test_a_level_that_moves_while_it_is_read_proves_no_deletion(is_thread: bool) -> None:
    """While a level's count moves during every pass, what it does not show is not called deleted."""
    world, where, numbers = one_post(*([0] * 250) if not is_thread else [250, 0])
    level = numbers if not is_thread else numbers[2:]
    with runs(world) as desk:
        desk.run("new")
        key = f"wall:{WALL}_1000:{level[20]}"
        world.delete(where, level[20])
        world.before = _restless(world, numbers[0] if is_thread else None)
        desk.run("all")
        assert desk.stored()[key] == "live"
        world.before = lambda vk, method, params: None
        desk.run("all")
        assert desk.stored()[key] == "deleted"
        assert [state for state in desk.stored().values() if state == "deleted"] == ["deleted"]


@pytest.mark.parametrize("code", [10, 100])
def test_a_page_that_fails_proves_no_deletion(code: int) -> None:
    """Where one page of a level cannot be read, nothing of that level is called deleted."""
    world, where, numbers = one_post(*[0] * 250)
    with runs(world) as desk:
        desk.run("new")
        gone = [numbers[3], numbers[120], numbers[240]]
        for number in gone:
            world.delete(where, number)
        far = [str(offset) for offset in range(90, 251)]
        world.trouble.refusals = [Refuse(code, "wall.getComments", where={"offset": each}) for each in far]
        sheet = desk.run("all")
        assert sheet["state"] != "succeeded"
        assert set(desk.stored().values()) == {"live"}
        world.trouble.refusals = []
        desk.run("all")
        dead = {key for key, state in desk.stored().items() if state == "deleted"}
        assert dead == {f"wall:{WALL}_1000:{number}" for number in gone}


def test_a_hidden_reply_is_missing_and_not_deleted() -> None:
    """A reply that VK counts and does not show is missing by its thread's name, not dead; the seal is off."""
    world, where, numbers = one_post(3, 25, 0)
    reply = next(row.number for row in world.posts[where] if row.root == numbers[1])
    with runs(world) as desk:
        assert desk.run("new")["state"] == "succeeded"
        world.hide(where, reply)
        sheet = desk.run("all")
        assert sheet["state"] == "partial"
        assert [row["missing_threads"] for row in sheet["sources"]] == [
            [{"comment_key": f"wall:{WALL}_1000:{numbers[1]}", "missing": 1}]
        ]
        assert set(desk.stored().values()) == {"live"}
        world.hide(where, reply, is_hidden=False)
        assert desk.run("all")["state"] == "succeeded"


def test_a_refused_wall_deletes_nothing() -> None:
    """A place that is refused after it was read keeps its comments alive."""
    world, _, numbers = one_post(3, 25, 0)
    with runs(world) as desk:
        desk.run("new", links="https://vk.com/wall-5_1000")
        world.private.add(WALL)
        desk.run("all", links="https://vk.com/wall-5_1000")
        assert set(desk.stored().values()) == {"live"}
        assert len(desk.stored()) == len(numbers)


@pytest.mark.slow
def test_all_and_new_find_what_the_sandbox_was_ordered_to_change() -> None:
    """The same over the synthetic VK in its own process: placeholders, late posts and hidden replies too."""
    with process.start(3_000, 7, rate=0) as vk, sandbox_runs(vk.url) as desk:
        wall_name, link = f"wall:{CITY.owner_id}", f"https://vk.com/{CITY.screen_name}"
        hero = f"{wall_name}_{CITY.hero_post_id}"

        def order(**changes: object) -> dict[str, Any]:
            answer: dict[str, Any] = httpx.post(f"{vk.admin_url}world", json=changes).json()
            assert "error" not in answer
            return answer

        def truth(source: str) -> dict[str, list[int]]:
            answer: dict[str, list[int]] = httpx.get(f"{vk.admin_url}truth", params={"source": source}).json()
            return answer

        desk.run("new", links=link)
        there = truth(hero)
        alive = [each for each in there["ids"] if each not in there["tombstones"]]
        roots = [each for each in there["roots"] if each in alive]
        (post,) = order(publish=[{"source": wall_name}])["publish"]
        added = order(
            edit=[{"source": hero, "id": each, "text": f"правка {each}"} for each in alive[:150:3]],
            like=[{"source": hero, "id": each, "likes": 777} for each in alive[1:100:3]],
            paywall=[{"source": hero, "id": each} for each in alive[2:30:3]],
            add=[{"source": f"{wall_name}_{post}", "count": 120}]
            + [{"source": hero, "reply_to": each} for each in roots[-60:]],
        )["add"]
        doomed = alive[151:300:3]
        order(delete=[{"source": hero, "id": each} for each in doomed])
        version = desk.store.version()
        desk.run("all", links=link)
        told = desk.changes(version)
        assert {int(key.rpartition(":")[2]) for key in told.new} == set(added)
        assert told.edited == {f"{hero}:{each}" for each in alive[:150:3]}
        assert told.deleted == {f"{hero}:{each}" for each in doomed}
        order(restore=[{"source": hero, "id": each} for each in doomed])
        version = desk.store.version()
        desk.run("all", links=link)
        assert desk.changes(version).restored == told.deleted
        assert {key for key, state in desk.stored().items() if state != "deleted" and hero in key} == {
            f"{hero}:{each}" for each in truth(hero)["ids"] if each not in there["tombstones"]
        }
