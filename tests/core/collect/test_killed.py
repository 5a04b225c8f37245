"""Collections killed at random points and resumed: nothing lost, nothing twice, no answer asked again."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest

from core.storage.store import Store
from tests.core.collect.killable import Killable
from tests.core.collect.moving_world import LINK, Changer, Difference, Runs, texts, wall
from tests.core.collect.running import now
from tests.other_trouble import Call
from tests.other_vk import TOKEN, OtherVk, Row, Serving

LINKS = "https://vk.com/wall-5 https://vk.com/board5 https://vk.com/id77"
LISTING = {"wall.get", "wall.getById", "board.getTopics"}
PAGE_NAME = re.compile(r"(?:roots|thread:(?P<root>\d+)):(?P<offset>\d+)")

Key = tuple[str, int, int]
"""A page of comments: its source, its thread (0: the roots) and its offset."""


def awkward_world(seed: int, posts: int) -> OtherVk:
    """Return walls of several listing pages, long levels, long threads, tombstones and topics."""
    chance = random.Random(seed)  # noqa: S311
    world = OtherVk(per_second=0)
    number = 1_000
    for place in range(posts):
        roots = chance.choice([0, 1, 2, 3]) if place % 60 else chance.choice([101, 120, 205])
        threads = [chance.choice([0, 0, 0, 1, 10, 11, 12]) for _ in range(roots)]
        if place % 120 == 0:
            threads[3] = chance.choice([110, 111, 230])
        world.add_post(-5, number, threads, tombstones=tuple(range(0, roots, 9)))
        number += 10 + sum(threads) + roots
    world.add_post(77, 20, [12, 0, 25, 0])
    for topic in range(3, 9):
        world.topics[-5, topic] = [Row(n, text=f"мнение {n}") for n in range(1, chance.choice([2, 90, 260]))]
    return world


@dataclass
class Committed:
    """What can be read after a kill: comments (twice where one is there twice), pages, listing pages."""

    comments: list[str] = field(default_factory=list)
    pages: set[Key] = field(default_factory=set)
    listings: int = 0


def committed(database: Path) -> Committed:
    """Read the database that a killed process has left."""
    if not database.exists():
        return Committed()
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
        if "listings" not in tables:
            return Committed()
        rows = connection.execute(
            "select distinct source, comment_id from observations order by all"
        ).fetchall()
        seen = connection.execute("select source, comment_id from comments_now order by all").fetchall()
        pages = connection.execute("select source, call from pages where refused_code = 0").fetchall()
        listings = connection.execute("select distinct listing, call from listings").fetchall()
    assert seen == rows, "the log and the state tell of the same comments, each once"
    names = [(source, PAGE_NAME.match(call)) for source, call in pages]
    return Committed(
        [f"{source}:{number}" for source, number in seen],
        {(source, int(name["root"] or 0), int(name["offset"])) for source, name in names if name},
        sum(method in LISTING for method, _ in listings),
    )


def page_key(call: Call) -> Key:
    """Return the page of comments a call asks for."""
    params = call.params
    if call.method == "board.getComments":
        source = f"topic:-{params['group_id']}_{params['topic_id']}"
    else:
        source = f"wall:{params['owner_id']}_{params['post_id']}"
    return source, int(params.get("comment_id", 0)), int(params.get("offset", 0))


@dataclass
class Attempt:
    """The calls of one process: pages of comments and pages of lists, and its requests."""

    pages: list[Key]
    listings: list[tuple[str, str]]
    requests: int

    @classmethod
    def of(cls, calls: list[Call], requests: int) -> Attempt:
        """Sort calls that VK answered."""
        good = [call for call in calls if not call.code]
        lists = [(call.method, repr(sorted(call.params.items()))) for call in good if call.method in LISTING]
        pages = [page_key(call) for call in good if call.method.endswith("getComments")]
        return cls(pages, lists, requests)


@dataclass
class Bench:
    """A world, its server, and a collection that is killed and resumed over one database."""

    world: OtherVk
    killable: Killable
    database: Path
    url: str
    saved_pages: int = 0
    saved_listings: int = 0
    kills: int = 0
    tokens: int = 0

    def attempt(
        self, database: Path, kill_at: int | None = None, *, is_after_answer: bool = False
    ) -> Attempt:
        """Run once, killed at the n-th request of this attempt, before or after it is answered."""
        begin = self.world.seen.requests
        # A token of its own tells this attempt's calls from those that a killed one had still under way.
        self.tokens += 1
        token = f"other-vk-attempt-{self.tokens:03}"
        self.world.trouble.kinds[token] = "user"

        def kill(number: int) -> None:
            if kill_at is not None and number - begin == kill_at:
                self.killable.kill()

        self.world.answered = kill if is_after_answer else lambda number: None
        self.world.arrived = kill if not is_after_answer else lambda number: None
        self.killable.start(
            url=self.url, token=token, database=str(database), links=LINKS, run_id="run", in_flight=3
        )
        code = self.killable.ended()
        assert code in ((0, -9) if kill_at else (0,)), "a collection ends well or is killed"
        self.kills += code == -9
        with self.world.lock:
            calls = [call for call in self.world.seen.log if call.token == token]
            return Attempt.of(calls, self.world.seen.requests_by_token[token])

    def life(self, chance: random.Random, kills: int) -> None:
        """Kill so many times at random points of what is left, then let it finish; check every step."""
        whole = self.attempt(self.database.with_suffix(".whole"))
        before = Committed()
        lists_asked: set[tuple[str, str]] = set()
        for left in range(kills, -1, -1):
            share_left = 1 - len(before.pages) / len(whole.pages)
            kill_at = chance.randint(1, max(1, int(whole.requests * share_left))) if left else None
            asked = self.attempt(self.database, kill_at, is_after_answer=chance.random() < 0.5)
            again = before.pages.intersection(asked.pages)
            assert not again, f"answered, committed and asked again: {sorted(again)[:5]}"
            assert set(asked.pages) <= set(whole.pages), "a resumed run asks for nothing else"
            assert len(set(asked.pages)) == len(asked.pages), "a page is asked once in a run without trouble"
            repeated = lists_asked.intersection(asked.listings)
            lost = len(lists_asked) - before.listings
            assert len(repeated) <= lost, f"{len(repeated)} listing calls repeated, {lost} were not committed"
            after = committed(self.database)
            assert before.pages <= after.pages
            assert set(before.comments) <= set(after.comments)
            self.saved_pages += len(before.pages)
            self.saved_listings += before.listings
            lists_asked |= set(asked.listings)
            before = after
        assert len(before.comments) == len(set(before.comments))
        assert set(before.comments) == self.world.comment_keys()


@pytest.fixture(scope="module")
def killable() -> Iterator[Killable]:
    """Keep a warm process that forks the collections."""
    with Killable() as parent:
        yield parent


def lives(
    killable: Killable, folder: Path, *, seeds: range, kills: int, is_packed: bool, posts: int = 160
) -> list[Bench]:
    """Live through one life per seed; return what each was."""
    done = []
    for seed in seeds:
        world = awkward_world(seed, posts)
        world.execute_allowed = is_packed
        with Serving(world) as server:
            bench = Bench(world, killable, folder / f"{seed}-{is_packed}.duckdb", server.url)
            bench.life(random.Random(seed), kills)  # noqa: S311
        done.append(bench)
    return done


@pytest.mark.slow
@pytest.mark.parametrize("is_packed", [True, False])
def test_a_killed_collection_goes_on_where_it_was_committed(
    killable: Killable, tmp_path: Path, is_packed: bool
) -> None:
    """After SIGKILL at two random points the rows are the server's truth and no committed answer is asked."""
    (bench,) = lives(killable, tmp_path, seeds=range(1, 2), kills=2, is_packed=is_packed, posts=105)
    assert bench.kills


@pytest.mark.parametrize(
    ("least", "single", "packed"),
    [
        pytest.param(12, range(10, 12), range(20, 22), marks=pytest.mark.slow),
        pytest.param(100, range(10, 26), range(30, 40), marks=pytest.mark.soak),
    ],
)
def test_many_kills_lose_nothing_and_ask_nothing_twice(
    killable: Killable, tmp_path: Path, least: int, single: range, packed: range
) -> None:
    """The same over many kills, single and packed; they struck after something had been committed."""
    done = lives(killable, tmp_path, seeds=single, kills=5, is_packed=False)
    done += lives(killable, tmp_path, seeds=packed, kills=4, is_packed=True)
    kills = sum(bench.kills for bench in done)
    assert kills >= least
    assert sum(bench.saved_pages for bench in done) > kills
    assert sum(bench.saved_listings for bench in done) > 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_refresh_tells_each_change_once(killable: Killable, tmp_path: Path, seed: int) -> None:
    """A run over everything, killed and resumed, tells what changed exactly as one that was left in peace."""
    world, chance = wall(seed, posts=60), random.Random(seed)  # noqa: S311
    changer = Changer(world, chance, list(world.posts))
    database = tmp_path / "refreshed.duckdb"
    order = {"token": TOKEN, "database": str(database), "links": LINK, "in_flight": 3, "refresh": "all"}
    with Serving(world) as server:
        killable.start(url=server.url, run_id="first", **order)
        assert killable.ended() == 0
        whole = world.seen.requests
        before = texts(world)
        for change in (changer.add_root, changer.add_reply, changer.vanish, changer.bury, changer.edit) * 30:
            change()
        expected = Difference.between(before, texts(world), set(before))
        store = Store.open(f"duckdb:///{database}", clock=now)
        version = store.version()
        store.close()
        for kill_after in (chance.randint(whole // 4, whole - 1), chance.randint(2, whole // 2)):
            last = world.seen.requests + kill_after
            world.arrived = lambda number, last=last: killable.kill() if number == last else None
            killable.start(url=server.url, run_id="second", **order)
            assert killable.ended() in (0, -9), "what was left may have been less than the way to the kill"
        world.arrived = lambda number: None
        killable.start(url=server.url, run_id="second", **order)
        assert killable.ended() == 0
        store = Store.open(f"duckdb:///{database}", clock=now)
        desk = Runs(world, store, server.url)
        assert desk.changes(version) == expected
        alive = {key for key, state in desk.stored().items() if state != "deleted"}
        store.close()
    assert alive == {key for key, text in texts(world).items() if text is not None}
