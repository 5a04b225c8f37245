"""Orders that change posts and comments, many at a time, while somebody reads."""

from collections.abc import Callable
from typing import Any, Final

from core.sandbox import stories
from core.sandbox.chance import mixed
from core.sandbox.discussion import Discussion, Item
from core.sandbox.draw import DONUT
from core.sandbox.plan import Kind
from core.sandbox.world import World

Order = dict[str, Any]

_KINDS: Final[dict[str, Kind]] = {kind: kind for kind in ("wall", "topic", "photo", "video", "market")}


class BadChange(ValueError):
    """A change or a source that makes no sense."""


class Changes:
    """What can happen to the world; each order is a list of rows that name a source and a comment."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._wave_at = 0
        self.orders: dict[str, Callable[[list[Order]], object]] = {
            "publish": self._publish,
            "add": lambda rows: [made for row in rows for made in self._added(row)],
            "edit": lambda rows: self._each(rows, self._edit),
            "like": lambda rows: self._each(rows, self._like),
            "paywall": lambda rows: self._each(rows, self._paywall),
            "delete": lambda rows: self._each(rows, self._delete),
            "restore": lambda rows: self._each(rows, self._restore),
            "hide": lambda rows: self._each(rows, self._hide),
            "miscount": lambda rows: self._each(rows, self._miscount),
        }

    def items(self, source: str) -> list[Item]:
        """Return the objects a source names: `wall:-1_2`, or `wall:-1` for all of an owner."""
        kind_name, _, address = source.partition(":")
        owner, _, number = address.partition("_")
        kind = _KINDS.get(kind_name)
        try:
            if kind and number:
                return [self._world.items[kind, int(owner), int(number)]]
            if kind and (kind, int(owner)) in self._world.lists:
                return self._world.lists[kind, int(owner)]
        except (KeyError, ValueError):
            pass
        raise BadChange(f"no source {source!r}; write e.g. wall:-900000001_5210417")

    def delete_some(self, count: int) -> int:
        """Delete that many comments anywhere on the walls, in an order fixed by the seed."""
        walls = [
            item for item in self._world.items.values() if item.kind == "wall" and self._world.count(item)
        ]
        deleted = 0
        for _ in range(count * 20):
            if deleted >= count or not walls:
                break
            self._wave_at += 1
            talk = self._world.discussion(walls[mixed(self._world.seed, self._wave_at) % len(walls)])
            alive = sorted(number for number, place in talk.by_id.items() if not talk.is_tombstone(place))
            if alive:
                talk.delete(talk.by_id[alive[mixed(self._wave_at, self._world.seed) % len(alive)]])
                deleted += 1
        return deleted

    def _each(self, rows: list[Order], change: Callable[[Discussion, Order], None]) -> int:
        """Carry out a change for every row."""
        for row in rows:
            change(self._talk(str(row["source"])), row)
        return len(rows)

    def _publish(self, rows: list[Order]) -> list[int]:
        """Add empty posts or topics: source (an owner, such as wall:-1), date."""
        made: list[int] = []
        for row in rows:
            near = self.items(str(row["source"]))[0]
            date = int(row["date"]) if row.get("date") else None
            made.append(self._world.publish(near.kind, near.owner_id, date).item_id)
        return made

    def _added(self, row: Order) -> list[int]:
        """Add one comment, or `count` alike: source, text, from_id, reply_to, date, id, count."""
        talk = self._talk(str(row["source"]))
        parent = talk.by_id.get(int(row["reply_to"])) if row.get("reply_to") else None
        if row.get("reply_to") and parent is None:
            raise BadChange(f"no comment {row['reply_to']} in {row['source']}")
        made: list[int] = []
        for number in range(int(row.get("count", 1))):
            comment_id = int(row["id"]) + number if row.get("id") else self._world.next_id(talk.item)
            if comment_id in talk.by_id or comment_id in talk.gone:
                raise BadChange(f"comment {comment_id} exists")
            self._world.take_id(talk.item, comment_id)
            date = int(row.get("date") or self._world.next_moment())
            author_id = int(row.get("from_id") or stories.FIRST_USER + comment_id % 500)
            text = str(row.get("text", f"Новый комментарий {comment_id}"))
            is_threaded = talk.item.kind in ("wall", "video")
            talk.add(comment_id, date, author_id, text, parent, is_threaded=is_threaded)
            made.append(comment_id)
        return made

    def _edit(self, talk: Discussion, row: Order) -> None:
        """Change a text: id, text."""
        talk.edit(_place(talk, row), str(row["text"]))

    def _like(self, talk: Discussion, row: Order) -> None:
        """Change the likes: id, likes."""
        talk.like(_place(talk, row), int(row["likes"]))

    def _paywall(self, talk: Discussion, row: Order) -> None:
        """Show a placeholder for paying readers instead of a comment, or the comment again: id, on."""
        talk.mark(_place(talk, row), DONUT, is_set=bool(row.get("on", True)))

    def _delete(self, talk: Discussion, row: Order) -> None:
        """Delete a comment: id; `tombstone` keeps one where a lone comment would vanish."""
        talk.delete(_place(talk, row), keeps_tombstone=bool(row.get("tombstone")))

    def _restore(self, talk: Discussion, row: Order) -> None:
        """Bring a deleted comment back: id."""
        comment_id = int(row["id"])
        place = talk.by_id.get(comment_id, -1)
        if comment_id not in talk.gone and (place < 0 or not talk.is_tombstone(place)):
            raise BadChange(f"comment {comment_id} of {talk.item.source} was not deleted")
        talk.restore(comment_id)

    def _hide(self, talk: Discussion, row: Order) -> None:
        """Leave a comment and its replies out, though counted everywhere, or show them again: id, on."""
        place = _place(talk, row)
        several = {place, *talk.replies(place)}
        talk.hidden = talk.hidden | several if row.get("on", True) else talk.hidden - several
        talk.forget()

    def _miscount(self, talk: Discussion, row: Order) -> None:
        """Declare so many too many (or too few): listed, count, level, and `replies` of a comment by id."""
        known = {"source", "listed", "count", "level", "replies", "id"}
        if set(row) - known:
            raise BadChange(f"a miscount has {', '.join(sorted(known))}")
        talk.listed_error = int(row.get("listed", talk.listed_error))
        talk.count_error = int(row.get("count", talk.count_error))
        talk.level_error = int(row.get("level", talk.level_error))
        if "replies" in row:
            talk.thread_errors[_place(talk, row)] = int(row["replies"])
        talk.forget()

    def _talk(self, source: str) -> Discussion:
        """Return the discussion of one object."""
        return self._world.discussion(self.items(source)[0])


def _place(talk: Discussion, row: Order) -> int:
    """Return where the comment of a row stands."""
    comment_id = int(row["id"])
    if comment_id not in talk.by_id:
        raise BadChange(f"no comment {comment_id} in {talk.item.source}")
    return talk.by_id[comment_id]
