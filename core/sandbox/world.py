"""The synthetic VK in memory: columns made once from the seed, discussions unfolded when they are read."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from typing import Final

import numpy as np

from core.sandbox import stories
from core.sandbox.discussion import Discussion, Item
from core.sandbox.draw import Drawn, drawn
from core.sandbox.plan import Kind, Shelf, shelves
from core.sandbox.topics import HERO_TOPIC, TOPIC_NAMES, TOPICS_OF

_UNFOLDED_LIMIT: Final = 3_000
_FOREVER: Final = 1 << 40


class World:
    """Owners, their objects and the comments; the same seed and size make the same world."""

    def __init__(self, comments: int, seed: int) -> None:
        self.seed = seed
        self.items: dict[tuple[Kind, int, int], Item] = {}
        self.lists: dict[tuple[Kind, int], list[Item]] = defaultdict(list)
        """Objects of one owner and kind, oldest first."""
        self._discussions: dict[tuple[Kind, int, int], Discussion] = {}
        self._rows: dict[tuple[Kind, int], slice] = {}
        self._last_ids: dict[tuple[Kind, int], int] = {}
        self._clock = stories.NOW
        rng = np.random.default_rng([seed, comments])
        made = [(shelf, drawn(rng, shelf)) for shelf in shelves(rng, comments)]
        self._columns = _joined([result for _, result in made])
        first_row = 0
        for shelf, result in made:
            last_row = first_row + int(shelf.counts.sum())
            self._rows[shelf.kind, shelf.owner_id] = slice(first_row, last_row)
            self._place(rng, shelf, result, first_row)
            first_row = last_row
        self._put_closed_places()
        self.comments = first_row

    def discussion(self, item: Item) -> Discussion:
        """Return the comments of an object."""
        key = (item.kind, item.owner_id, item.item_id)
        found = self._discussions.get(key)
        if found is None:
            if len(self._discussions) >= _UNFOLDED_LIMIT:
                self._discussions = {
                    name: kept for name, kept in self._discussions.items() if kept.is_touched
                }
            found = self._discussions[key] = self._unfolded(item)
        return found

    def count(self, item: Item) -> int:
        """Return how many comments an object has, without unfolding it."""
        found = self._discussions.get((item.kind, item.owner_id, item.item_id))
        return found.count if found else item.last_row - item.first_row

    def listed_error(self, item: Item) -> int:
        """Return by how much a list of posts miscounts an object's comments, by order."""
        found = self._discussions.get((item.kind, item.owner_id, item.item_id))
        return found.listed_error if found else 0

    def publish(self, kind: Kind, owner_id: int, date: int | None) -> Item:
        """Add an empty object to an owner who has some already; the newest unless a date is given."""
        near = self.lists[kind, owner_id]
        item_id = self.next_id(near[-1]) if kind == "wall" else max(item.item_id for item in near) + 1
        made = replace(
            near[-1],
            item_id=item_id,
            date=date if date is not None else self.next_moment(),
            key=_FOREVER * 2 + item_id,
            first_row=self.comments,
            last_row=self.comments,
            declared_error=0,
            is_hero=False,
            is_closed=False,
            is_pinned=False,
        )
        self.items[kind, owner_id, item_id] = made
        near.insert(bisect_right(near, made.date, key=lambda one: one.date), made)
        return made

    def holder(self, kind: Kind, owner_id: int, comment_id: int) -> Discussion | None:
        """Find the discussion that holds a comment, None when there is no such comment."""
        rows = self._rows.get((kind, owner_id), slice(0, 0))
        near = [item for item in self.lists.get((kind, owner_id), []) if item.last_row > item.first_row]
        candidates = [
            talk
            for talk in self._discussions.values()
            if talk.is_touched and talk.item.owner_id == owner_id and talk.item.kind == kind
        ]
        rows_found = np.flatnonzero(self._columns["ids"][rows] == comment_id) + rows.start
        places = [bisect_right(near, row, key=lambda one: one.first_row) - 1 for row in rows_found.tolist()]
        candidates += [self.discussion(near[place]) for place in places]
        return next((talk for talk in candidates if comment_id in talk.by_id), None)

    def next_id(self, item: Item) -> int:
        """Return the next free number of the sequence the object's comments belong to."""
        key = (item.kind, item.owner_id)
        self._last_ids[key] += 1
        return self._last_ids[key]

    def next_moment(self) -> int:
        """Return a time after everything that was written before."""
        self._clock += 7
        return self._clock

    def take_id(self, item: Item, comment_id: int) -> None:
        """Keep the sequence above a number given by hand."""
        key = (item.kind, item.owner_id)
        self._last_ids[key] = max(self._last_ids[key], comment_id)

    def _unfolded(self, item: Item) -> Discussion:
        """Make the lists of one object from the columns."""
        part = slice(item.first_row, item.last_row)
        columns = {name: column[part] for name, column in self._columns.items()}
        for link in ("root", "parent"):
            columns[link] = np.where(columns[link] >= 0, columns[link] - item.first_row, -1)
        return Discussion(item, **{name: column.tolist() for name, column in columns.items()})

    def _place(self, rng: np.random.Generator, shelf: Shelf, result: Drawn, first_row: int) -> None:
        """Make the objects of one shelf."""
        size = len(shelf.dates)
        ends = first_row + np.cumsum(shelf.counts)
        topics = [TOPIC_NAMES.index(name) for name in TOPICS_OF[shelf.mood]]
        topic = rng.integers(0, len(topics), size).tolist()
        is_wrong = ((rng.random(size) < 0.06) & (shelf.counts > 5)).tolist()
        error = rng.integers(1, 4 + shelf.counts // 20).tolist()
        empty = np.flatnonzero(shelf.counts == 0)
        closed = set(empty[: max(1, len(empty) // 3)].tolist()) if shelf.kind == "wall" else set()
        pinned = -1
        if shelf.kind == "wall" and shelf.mood != "crossroads" and shelf.owner_id < 0:
            pinned = shelf.hero if shelf.mood in ("shop", "band") else 0
        key = (shelf.kind, shelf.owner_id)
        for index, (item_id, date, count, end) in enumerate(
            zip(
                result.item_ids.tolist(),
                shelf.dates.tolist(),
                shelf.counts.tolist(),
                ends.tolist(),
                strict=True,
            )
        ):
            is_hero = index == shelf.hero
            item = Item(
                kind=shelf.kind,
                owner_id=shelf.owner_id,
                item_id=item_id,
                date=date,
                author_id=shelf.owner_id,
                topic=TOPIC_NAMES.index(HERO_TOPIC[shelf.mood]) if is_hero else topics[topic[index]],
                mood=shelf.mood,
                key=_FOREVER + first_row * 64 + index,
                first_row=end - count,
                last_row=end,
                declared_error=error[index] if is_wrong[index] else 0,
                is_hero=is_hero,
                is_closed=index in closed,
                is_pinned=index == pinned,
            )
            self.items[*key, item_id] = item
            self.lists[key].append(item)
        ids = result.rows.ids
        highest = max(
            int(ids.max()) if len(ids) else 0, int(result.item_ids.max()) if key[0] == "wall" else 0
        )
        self._last_ids[key] = max(self._last_ids.get(key, 0), highest)

    def _put_closed_places(self) -> None:
        """Put one post on each wall that refuses its readers, so that links to them exist."""
        for place in stories.COMMUNITIES:
            if place.access != "open":
                item = Item(
                    "wall", place.owner_id, 1, stories.YEAR_AGO, place.owner_id, 0, place.mood, 1, 0, 0
                )
                self.items["wall", place.owner_id, 1] = item
                self.lists["wall", place.owner_id].append(item)
                self._last_ids["wall", place.owner_id] = 1
                if place.board_topics:
                    board = replace(item, kind="topic", item_id=stories.FIRST_TOPIC)
                    self.items["topic", place.owner_id, board.item_id] = board
                    self.lists["topic", place.owner_id].append(board)
                    self._last_ids["topic", place.owner_id] = 0


def _joined(made: list[Drawn]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Join the shelves' columns into one, with links renumbered."""
    names = ("ids", "dates", "authors", "wording", "flags", "root", "parent", "likes")
    parts: dict[str, list[np.ndarray[tuple[int], np.dtype[np.int64]]]] = {name: [] for name in names}
    shift = 0
    for result in made:
        for name in names:
            column = getattr(result.rows, name)
            if name in ("root", "parent"):
                column = np.where(column >= 0, column + shift, -1)
            parts[name].append(column)
        shift += len(result.rows.ids)
    return {name: np.concatenate(columns) for name, columns in parts.items()}
