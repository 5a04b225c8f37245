"""The worlds of the collector's benchmarks: a sandbox process, grown to a shape, and the links into it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx

from core.sandbox import process
from core.sandbox.stories import COMMUNITIES, TOKENS

CITY: Final = COMMUNITIES[0].owner_id
SHOP: Final = COMMUNITIES[1].owner_id
TALK: Final = [
    "Спасибо,", "очень", "интересно!", "А", "когда", "откроют", "мост", "у",
    "вокзала?", "Соседи", "говорят,", "что", "к", "зиме.",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """A running world: where it is, what is asked for (a whole wall, or single posts), and what exists."""

    server: process.SandboxProcess
    owner_id: int
    posts: tuple[int, ...] = ()
    others: tuple[int, ...] = ()

    @property
    def links(self) -> str:
        """Return what a user would paste."""
        posts = [f"https://vk.com/wall{self.owner_id}_{post}" for post in self.posts]
        walls = [f"https://vk.com/wall{owner}" for owner in (self.owner_id, *self.others)]
        return "\n".join(posts or walls)

    def truth(self) -> set[int]:
        """Return the id of every comment that was asked for."""
        keys = [f"wall:{self.owner_id}_{post}" for post in self.posts] or [f"wall:{self.owner_id}"]
        with httpx.Client(timeout=120) as client:
            return {number for key in keys for number in self._shown(client, key)}

    def order(self, **changes: Any) -> dict[str, Any]:
        """Change the server: its rate, its latency, its counters."""
        answer = httpx.post(self.server.admin_url + "world", json=changes, timeout=300)
        answer.raise_for_status()
        done: dict[str, Any] = answer.json()
        return done

    def stats(self) -> dict[str, Any]:
        """Return what the server counted."""
        shown: dict[str, Any] = httpx.get(self.server.admin_url + "stats").json()
        return shown

    def _shown(self, client: httpx.Client, key: str) -> list[int]:
        ids: list[int] = client.get(self.server.admin_url + "truth", params={"source": key}).json()["ids"]
        return ids


@contextmanager
def wall_of_130() -> Iterator[World]:
    """Make a wall of 130 posts and 45,000 comments, one post and some threads much larger than the rest."""
    with process.start(18_000, rate=0) as server:
        world = World(server, CITY)
        chance = random.Random(3)  # noqa: S311 - a made world
        posts = [row["id"] for row in wall_posts(world) if row["comments"]["can_post"]]
        hot = posts[10]
        sizes = {post: min(500, int(chance.lognormvariate(3.3, 0.9))) for post in posts} | {hot: 2_150}
        roots = _added(world, [_row(post, size, chance) for post, size in sizes.items()])
        threads = [
            _row(post, _thread_size(chance), chance, root)
            for post, root in roots
            if post == hot or chance.random() < 0.12
        ]
        _added(world, threads)
        yield world


@contextmanager
def small_wall() -> Iterator[World]:
    """Make a wall of a dozen posts and a few hundred comments."""
    with process.start(2_000, rate=0) as server:
        yield World(server, SHOP)


@contextmanager
def giant_post() -> Iterator[World]:
    """Make one post with 10,001 roots, some of them with long threads."""
    with process.start(2_000, rate=0) as server:
        post = COMMUNITIES[0].hero_post_id
        world = World(server, CITY, (post,))
        chance = random.Random(5)  # noqa: S311 - a made world
        here = httpx.get(server.admin_url + "truth", params={"source": f"wall:{CITY}_{post}"}).json()["roots"]
        roots = [_row(post, 100, chance) for _ in range((10_001 - len(here)) // 100)]
        made = _added(world, [*roots, _row(post, (10_001 - len(here)) % 100, chance)])
        replies = [
            _row(post, int(chance.paretovariate(1.0) * 2) % 400 + 1, chance, root)
            for _, root in chance.sample(made, 800)
        ]
        _added(world, replies)
        yield world


@contextmanager
def long_talk() -> Iterator[World]:
    """Make one post of 2,000 roots with threads under each: large pages and many tails at once."""
    with process.start(2_000, rate=0) as server:
        post = COMMUNITIES[0].hero_post_id
        world = World(server, CITY, (post,))
        chance = random.Random(5)  # noqa: S311 - a made world
        made = _added(world, [_row(post, 100, chance) for _ in range(20)])
        _added(world, [_row(post, chance.choice((3, 8, 10, 12, 15, 40)), chance, root) for _, root in made])
        yield world


@contextmanager
def tiny_posts() -> Iterator[World]:
    """Make some hundreds of posts with at most twenty comments each, given as links."""
    with process.start(100_000, rate=0) as server:
        listed = wall_posts(World(server, CITY))
        small = [row["id"] for row in listed if 0 < row["comments"]["count"] <= 20]
        yield World(server, CITY, tuple(small))


@contextmanager
def all_walls(comments: int) -> Iterator[World]:
    """Make the open walls of a world, with about so many comments together, as the sandbox makes them."""
    walls = [place for place in COMMUNITIES if place.share]
    with process.start(int(comments / 0.95), rate=0) as server:
        yield World(server, CITY, others=tuple(place.owner_id for place in walls[1:]))


WORLDS: Final[dict[str, Callable[[], Any]]] = {
    "a wall of 130 posts": wall_of_130,
    "a small wall": small_wall,
    "one post, 10,001 roots": giant_post,
    "one post, 2,000 threads": long_talk,
    "many tiny posts": tiny_posts,
}


def called(world: World, method: str, **params: object) -> Any:
    """Ask the server for one thing and return its response."""
    answer = httpx.post(
        world.server.url + method,
        data={**params, "v": "5.199"},
        headers={"Authorization": f"Bearer {TOKENS.USER}"},
        timeout=60,
    )
    return answer.json()["response"]


def wall_posts(world: World) -> list[dict[str, Any]]:
    """Return the posts of the world's wall."""
    total = called(world, "wall.get", owner_id=world.owner_id, count=1)["count"]
    pages = (
        called(world, "wall.get", owner_id=world.owner_id, count=100, offset=offset)["items"]
        for offset in range(0, total, 100)
    )
    return [row for page in pages for row in page]


def _thread_size(chance: random.Random) -> int:
    """Draw how many replies a thread gets: mostly a few, sometimes more than come with their root."""
    if chance.random() < 0.7:
        return chance.randrange(1, 10)
    return min(400, int(chance.paretovariate(1.4) * 9))


def _row(post: int, count: int, chance: random.Random, root: int | None = None) -> dict[str, Any]:
    text = " ".join(chance.choices(TALK, k=chance.randrange(2, 25)))
    row = {"source": f"wall:{CITY}_{post}", "text": text, "count": count}
    return row if root is None else row | {"reply_to": root}


def _added(world: World, rows: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    """Add the rows; return (post, id) of each comment made."""
    made = iter(world.order(add=list(rows))["add"])
    return [(int(row["source"].partition("_")[2]), next(made)) for row in rows for _ in range(row["count"])]
