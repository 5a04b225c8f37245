"""A wall that changes while it is read: who stays comes once, who was seen is kept, nobody is made up."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.core.collect.moving_world import Changer, Runs, runs, texts, wall
from tests.other_vk import OtherVk


class Restless:
    """Changes the world before every few calls, from the server's side; remembers who was ever there."""

    def __init__(self, world: OtherVk, seed: int, chance: float) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.often = chance
        self.ever = set(texts(world))
        self.stayed = {key for key, text in texts(world).items() if text is not None}
        """The living who were never deleted since the last look."""
        self.changes = 0
        self._changer = Changer(world, self.chance, list(world.posts), is_parted=False)

    def __call__(self, world: OtherVk, method: str, params: dict[str, str]) -> None:
        """Change something, perhaps."""
        if self.chance.random() >= self.often:
            return
        changer = self._changer
        changer.moved.clear()
        read = (int(params.get("owner_id", 0)), int(params.get("post_id", 0)))
        is_here = read in world.posts and len(world.posts[read]) > 40 and self.chance.random() < 0.8
        changer.places = [read] if is_here else list(world.posts)
        for _ in range(self.chance.choice([1, 1, 2, 5])):
            self._change(changer)
        now = texts(world)
        self.changes += 1
        self.ever |= set(now)
        self.stayed -= {key for key in self.stayed if now.get(key) is None}

    def _change(self, changer: Changer) -> None:
        orders: list[Callable[[], None]] = [
            lambda: changer.add_root(is_late=self.chance.random() < 0.5),
            changer.add_reply,
            changer.edit,
            changer.vanish,
            changer.bury,
            self._restored,
        ]
        self.chance.choice(orders)()

    def look(self, world: OtherVk) -> None:
        """Begin anew with those who are alive."""
        self.stayed = {key for key, text in texts(world).items() if text is not None}

    def _restored(self) -> None:
        gone = self._changer.vanished or self._changer.buried
        if gone:
            self._changer.restore(gone)


def live_through(desk: Runs, restless: Restless, *modes: str) -> None:
    """Run in these modes one after the other while everything moves; check what must hold after each."""
    world = desk.world
    kept: dict[str, str] = {}
    for mode in modes:
        restless.look(world)
        world.before = restless
        desk.run(mode)  # type: ignore[arg-type]
        world.before = lambda vk, method, params: None
        stored = desk.stored()
        if mode == "all" or not kept:
            missed = restless.stayed - stored.keys()
            assert not missed, f"present throughout and not there: {sorted(missed)[:5]}"
        assert kept.keys() <= stored.keys(), "seen once and dropped"
        if not world.trouble.faults:
            assert world.seen.shown <= stored.keys(), "shown by the server and not there"
        assert stored.keys() <= restless.ever, "never existed"
        dead = {key for key, state in kept.items() if state == "deleted"} if mode != "all" else set()
        false = {key for key in restless.stayed - dead if stored.get(key) == "deleted"}
        assert not false, f"called deleted and was there all the time: {sorted(false)[:5]}"
        kept = stored
    desk.run("all")
    quiet = {key for key, text in texts(world).items() if text is not None}
    stored = desk.stored()
    assert {key for key, state in stored.items() if state != "deleted"} == quiet


@pytest.mark.slow
@pytest.mark.parametrize("is_packed", [True, False])
def test_a_small_wall_that_never_stands_still(is_packed: bool) -> None:
    """Two runs over a moving wall keep the rules of collecting, and a quiet one afterwards is the truth."""
    world = wall(3, posts=12)
    world.execute_allowed = is_packed
    with runs(world) as desk:
        live_through(desk, Restless(world, 3, 0.5), "new", "all")


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10, 26))
def test_large_walls_that_never_stand_still(seed: int) -> None:
    """The same for thousands of comments, more runs, each mode and several degrees of unrest."""
    world = wall(seed)
    world.execute_allowed = seed % 2 == 0
    world.trouble.faults = {"error10": 0.01, "error1": 0.01, "cut": 0.01, "http502": 0.01}
    world.trouble.seed = seed
    with runs(world) as desk:
        restless = Restless(world, seed, random.Random(seed).choice([0.1, 0.5, 1.0]))  # noqa: S311
        live_through(desk, restless, "new", "all", "changed", "new", "all")


@pytest.mark.parametrize("gone", [2, 3, 5])
def test_a_reply_that_slides_before_the_tail_is_read_all_the_same(gone: int) -> None:
    """Deleted replies pull the last one before the tail; a new reply elsewhere makes the sum look right."""
    world = OtherVk(per_second=0)
    where = (-5, 1_000)
    world.add_post(*where, [11, 11, 0])
    first, second, _ = (row.number for row in world.posts[where] if not row.root)
    numbers = [row.number for row in world.posts[where] if row.root == first]
    last = f"wall:-5_1000:{numbers[-1]}"

    def before(vk: OtherVk, method: str, params: dict[str, str]) -> None:
        if "comment_id" in params and numbers:
            vk.add(where, "ещё", reply_to=second)
            for number in numbers[:gone]:
                vk.delete(where, number)
            numbers.clear()

    world.before = before
    with runs(world) as desk:
        desk.run("new")
        assert last in desk.stored()


@pytest.mark.parametrize("roots", [200, 300])
@pytest.mark.parametrize("gone", [2, 40, 99, 130])
def test_a_root_that_slides_before_the_next_page_is_read_all_the_same(roots: int, gone: int) -> None:
    """Bursts of deletions between two pages hide no root that stays, were a whole page to go."""
    world = OtherVk(per_second=0)
    where = (-5, 1_000)
    world.add_post(*where, [0] * roots)
    numbers = [row.number for row in world.posts[where]]
    stays = {f"wall:-5_1000:{number}" for number in numbers[gone:]}

    def before(vk: OtherVk, method: str, params: dict[str, str]) -> None:
        if int(params.get("offset", 0)):
            for number in numbers[:gone]:
                vk.delete(where, number)
            numbers.clear()

    world.before = before
    with runs(world) as desk:
        desk.run("new")
        assert stays <= desk.stored().keys()
        assert world.seen.calls["wall.getComments"] <= 24
