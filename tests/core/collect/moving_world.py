"""A wall of several thousand comments on the second VK, changes to it that are known, and runs over it."""

from __future__ import annotations

import random
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from core.collect.run import CollectOptions, CollectRequest, collect
from core.links import recognise
from core.query import Query
from core.sandbox.stories import TOKENS
from core.storage import reads
from core.storage.store import Store
from core.vk.api import connect
from core.vk.client import RetryWaits
from tests.core.collect.running import now
from tests.other_vk import TOKEN, OtherVk, Serving, Where

WALL = -5
LINK = "https://vk.com/wall-5"
SPACING = 2_000
"""How far apart posts are numbered; their comments take numbers in between."""
TRIES = 300
"""How often a change looks for a comment that suits it before it gives up."""
QUICK = RetryWaits(first_s=0.0, rate_limited_s=0.0)
Texts = dict[str, str | None]
"""What a comment says, by its key; None for a tombstone."""


def wall(seed: int, posts: int = 130) -> OtherVk:
    """Return a wall of some large posts and many small ones, with threads of all sizes and tombstones."""
    chance = random.Random(seed)  # noqa: S311
    world = OtherVk(per_second=0)
    number = SPACING
    for place in range(posts):
        roots = chance.choice([101, 180, 230]) if place % 26 == 3 else chance.randint(0, 30)
        threads = [chance.choice([0, 0, 0, 0, 1, 2, 10, 11]) for _ in range(roots)]
        if roots > 100:
            threads[5], threads[50] = 111, 40
        world.add_post(WALL, number, threads, tombstones=tuple(range(6, roots, 17)))
        number += SPACING
    return world


def texts(world: OtherVk) -> Texts:
    """Return what can be read on the server now."""
    return {
        f"wall:{owner}_{post}:{row.number}": None if row.deleted else row.text
        for (owner, post), rows in world.posts.items()
        for row in rows
        if not row.is_hidden
    }


@dataclass
class Difference:
    """What differs between two states of the server, as the history should tell it."""

    new: set[str]
    edited: set[str]
    deleted: set[str]
    restored: set[str]

    @classmethod
    def between(cls, before: Texts, after: Texts, once: set[str]) -> Difference:
        """Compare; `once` are the keys seen at any time before, so that coming back is no novelty."""
        alive = {key for key, text in after.items() if text is not None}
        was = {key for key, text in before.items() if text is not None}
        return cls(
            new=alive - once,
            edited={key for key in alive & was if after[key] != before[key]},
            deleted=was - alive,
            restored=(alive & once) - was,
        )

    def __len__(self) -> int:
        return len(self.new) + len(self.edited) + len(self.deleted) + len(self.restored)


@dataclass
class Changer:
    """Changes a world at random; what was deleted is remembered, so that it can be restored."""

    world: OtherVk
    chance: random.Random
    places: list[Where]
    """Where counts may move; texts, likes and tombstones change everywhere."""
    is_parted: bool = True
    """Whether posts either grow or shrink, so that no arrival hides a departure."""
    moved: defaultdict[tuple[Where, int], int] = field(default_factory=lambda: defaultdict(int))
    """By how much each level was moved: no later change may move it back."""
    vanished: list[tuple[Where, int]] = field(default_factory=list)
    buried: list[tuple[Where, int]] = field(default_factory=list)
    touched: set[tuple[Where, int]] = field(default_factory=set)

    def _some(self, places: list[Where]) -> tuple[Where, int]:
        """Return a living comment that was not touched yet; from anywhere when these places have none."""
        sizes = [1 + len(self.world.posts[where]) for where in places]
        for where in self.chance.choices(places, sizes, k=TRIES):
            rows = [row for row in self.world.posts[where] if not row.deleted]
            if rows:
                row = self.chance.choice(rows)
                if (where, row.number) not in self.touched:
                    self.touched.add((where, row.number))
                    return where, row.number
        return self._some(list(self.world.posts))

    def add_root(self, *, is_late: bool = False) -> None:
        """Add a root; a late one takes a low number that was left free."""
        where = self.chance.choice(self._upward(0))
        taken = self.world.taken(where)
        free = [number for number in range(where[1] + 1, where[1] + SPACING) if number not in taken]
        number = self.world.add(where, "новый корень", number=self.chance.choice(free) if is_late else None)
        self.touched.add((where, number))
        self.moved[where, 0] += 1

    def add_reply(self) -> None:
        """Add a reply under an old root, or to a reply there."""
        for _ in range(TRIES):
            where = self.chance.choice(self._upward(0))
            rows = [row for row in self.world.posts[where] if not row.deleted]
            if not rows:
                continue
            target = self.chance.choice(rows)
            root = target.root or target.number
            if self.moved[where, root] < 0 or (where, root) in self.touched:
                continue
            self.touched.add((where, self.world.add(where, "новый ответ", reply_to=target.number)))
            self.moved[where, root] += 1
            self.moved[where, 0] += 1
            return

    def edit(self) -> None:
        """Change a text, which moves no count."""
        where, number = self._some(list(self.world.posts))
        self.world.edit(where, number, f"правка {self.chance.randrange(10**6)}")

    def like(self) -> None:
        """Change likes, which is no change of the comment."""
        where, number = self._some(list(self.world.posts))
        self.world.like(where, number, 50 + self.chance.randrange(50))

    def vanish(self) -> None:
        """Delete a comment that holds no replies, so that nothing of it is left."""
        for _ in range(TRIES):
            where, number = self._some(self._downward())
            row = self.world.row(where, number)
            rows = self.world.posts[where]
            above = next((each for each in rows if each.number == row.root), None)
            if any(each.root == number for each in rows) or self.moved[where, row.root] > 0:
                continue
            if above and above.deleted:
                continue
            self.moved[where, row.root] -= 1
            if row.root:
                self.moved[where, 0] -= 1
                self.touched.add((where, row.root))
            self.world.delete(where, number)
            self.vanished.append((where, number))
            return

    def bury(self) -> None:
        """Delete a comment that leaves a tombstone, which moves no count here."""
        where, number = self._some(list(self.world.posts))
        self.world.delete(where, number, keeps_tombstone=True)
        self.buried.append((where, number))

    def restore(self, gone: list[tuple[Where, int]]) -> None:
        """Bring one of these back."""
        where, number = gone.pop(self.chance.randrange(len(gone)))
        self.world.restore(where, number)
        self.touched.add((where, number))
        root = self.world.row(where, number).root
        self.moved[where, root] += 1
        self.moved[where, 0] += bool(root)

    def _upward(self, root: int) -> list[Where]:
        if not self.is_parted:
            return self.places
        return [where for where in self.places if self.moved[where, root] >= 0 and self._is_grown(where)]

    def _downward(self) -> list[Where]:
        if not self.is_parted:
            return self.places
        return [where for where in self.places if self.moved[where, 0] <= 0 and not self._is_grown(where)]

    def _is_grown(self, where: Where) -> bool:
        """Say which posts only grow; the others only shrink."""
        return where[1] // SPACING % 2 == 0


@dataclass
class Runs:
    """Runs over one store against one served world."""

    world: OtherVk
    store: Store
    url: str
    token: str = TOKEN
    number: int = 0
    told: dict[tuple[str, str], tuple[str | None, str]] = field(default_factory=dict)
    """What the last look at the changes said of each: the text before, and the evidence of a deletion."""

    def run(
        self, refresh: Literal["new", "changed", "all"], *, links: str = LINK, in_flight: int = 3
    ) -> dict[str, Any]:
        """Collect under a run id of its own; return the sheet with what it cost the server."""
        self.number += 1
        requests, calls = self.world.seen.requests, sum(self.world.seen.calls.values())
        found = recognise(links)
        vk = connect(self.url, (self.token,), 0, waits=QUICK)
        try:
            request = CollectRequest(
                found.targets, found.refused, CollectOptions(refresh=refresh), f"run-{self.number}"
            )
            sheet = collect(
                request,
                vk,
                self.store,
                report=lambda progress: None,
                cancel=threading.Event(),
                clock=now,
                in_flight=in_flight,
            )
        finally:
            vk.close()
        seen = self.world.seen
        cost = {"server_requests": seen.requests - requests, "server_calls": sum(seen.calls.values()) - calls}
        return sheet.as_dict() | cost

    def changes(self, since: int) -> Difference:
        """Return what the history says has changed since a version."""
        kinds: dict[str, list[str]] = {"new": [], "edited": [], "deleted": [], "restored": []}
        self.told = {}
        cursor: str | None = None
        while True:
            page = reads.changes(self.store, Query(), since, 1_000, cursor)
            keys = page.rows.column("comment_key").to_pylist()
            for change, key in zip(page.changes, keys, strict=True):
                kinds[change.kind].append(key)
                self.told[change.kind, key] = (change.text_before, str(change.evidence))
            cursor = page.next
            if cursor is None:
                break
        assert all(len(each) == len(set(each)) for each in kinds.values()), "each change is told once"
        return Difference(**{kind: set(each) for kind, each in kinds.items()})

    def stored(self) -> dict[str, str]:
        """Return the state of every stored comment by its key; twice is once too many."""
        with self.store.reading() as cursor:
            rows = cursor.execute("select source || ':' || comment_id, state from comments_now").fetchall()
        assert len(rows) == len({key for key, _ in rows})
        return dict(rows)


@contextmanager
def runs(world: OtherVk) -> Iterator[Runs]:
    """Serve a world and open an empty in-memory store for it."""
    store = Store.open("duckdb:///:memory:", clock=now)
    try:
        with Serving(world) as server:
            yield Runs(world, store, server.url)
    finally:
        store.close()


@contextmanager
def sandbox_runs(url: str) -> Iterator[Runs]:
    """Open an empty in-memory store for a synthetic VK that is served elsewhere."""
    store = Store.open("duckdb:///:memory:", clock=now)
    try:
        yield Runs(OtherVk(), store, url, TOKENS.USER)
    finally:
        store.close()
