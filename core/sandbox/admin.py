"""What only a synthetic VK can do: tell the truth, and change while somebody reads."""

from collections.abc import Callable
from typing import Any, Final

from core.sandbox import stories
from core.sandbox.chance import mixed
from core.sandbox.discussion import Discussion, Item
from core.sandbox.faults import Faults, FaultSpecError
from core.sandbox.gate import Gate
from core.sandbox.plan import Kind
from core.sandbox.settings import Settings
from core.sandbox.stats import Stats
from core.sandbox.world import World

Row = dict[str, object]

_KINDS: Final[dict[str, Kind]] = {kind: kind for kind in ("wall", "topic", "photo", "video", "market")}


class BadChange(ValueError):
    """A change or a source that makes no sense."""


class Admin:
    """The endpoints outside /method/."""

    def __init__(
        self,
        *,
        world: World,
        settings: Settings,
        gate: Gate,
        faults: Faults,
        stats: Stats,
        clock: Callable[[], float],
    ) -> None:
        self._world = world
        self._settings = settings
        self._gate = gate
        self._faults = faults
        self._stats = stats
        self._clock = clock
        self._started = clock()
        self._waved = 0
        self._wave_at = 0

    def truth(self, source: str) -> Row:
        """Return the number of every comment that exists in a source, or on a whole wall."""
        items = self._items(source)
        talks = [self._world.discussion(item) for item in items]
        tombstones = [
            talk.ids[place] for talk in talks for place in talk.by_id.values() if talk.is_tombstone(place)
        ]
        roots = [talk.ids[place] for talk in talks for place in talk.level]
        ids = [number for talk in talks for number in talk.by_id]
        closed = [item.item_id for item in items if item.is_closed]
        return {
            "source": source,
            "count": len(ids),
            "ids": sorted(ids),
            "tombstones": sorted(tombstones),
            "roots": sorted(roots),
            "items": [item.item_id for item in items],
            "closed": closed,
        }

    def change(self, order: dict[str, Any]) -> Row:
        """Carry out an order: switches first, then comments."""
        unknown = set(order) - set(_ORDERS)
        if unknown:
            raise BadChange(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(_ORDERS)}")
        done: Row = {}
        for name in _ORDERS:
            if name in order:
                done[name] = getattr(self, "_order_faults" if name == "faults" else f"_{name}")(order[name])
        return done

    def advance(self) -> None:
        """Let the deletion wave reach the server's clock."""
        rate = self._settings.deletions_per_minute
        if rate <= 0:
            return
        due = int((self._clock() - self._started) / 60 * rate)
        if due > self._waved:
            self._delete_some(due - self._waved)
            self._waved = due

    def _order_faults(self, spec: str) -> str:
        """Replace the faults."""
        try:
            self._faults.order(spec)
        except FaultSpecError as error:
            raise BadChange(str(error)) from error
        return spec

    def _outage(self, value: bool) -> bool:
        """Answer everything with HTTP 502, or stop doing so."""
        self._faults.is_out = bool(value)
        return self._faults.is_out

    def _captcha(self, value: bool) -> bool:
        """Ask for a captcha until it is solved."""
        self._faults.needs_captcha = bool(value)
        return self._faults.needs_captcha

    def _rate(self, value: float) -> float:
        """Change the rate."""
        self._settings.rate = float(value)
        return self._settings.rate

    def _latency(self, value: float) -> float:
        """Change the latency in seconds."""
        self._settings.latency_s = float(value)
        return self._settings.latency_s

    def _daily(self, limits: dict[str, int]) -> dict[str, int]:
        """Replace the daily limits and start counting anew."""
        self._settings.daily = {name: int(limit) for name, limit in limits.items()}
        self._gate.forget_days()
        return self._settings.daily

    def _service_execute(self, value: bool) -> bool:
        """Allow or forbid execute to service tokens."""
        self._settings.service_execute = bool(value)
        return self._settings.service_execute

    def _execute_row(self, value: bool) -> bool:
        """Add the older extra row to execute_errors, or stop doing so."""
        self._settings.execute_row = bool(value)
        return self._settings.execute_row

    def _max_execute_bytes(self, value: int) -> int:
        """Change how large an answer of execute may be."""
        self._settings.max_execute_bytes = int(value)
        return self._settings.max_execute_bytes

    def _expire(self, tokens: list[str]) -> list[str]:
        """Replace the tokens that have expired."""
        self._gate.expired = set(tokens)
        return sorted(self._gate.expired)

    def _reset_stats(self, _: object) -> bool:
        """Start the counters anew."""
        self._stats.reset()
        return True

    def _add(self, rows: list[dict[str, Any]]) -> list[int]:
        """Add comments: source, text, from_id, reply_to, date, id, count."""
        return [made for row in rows for made in self._added(row)]

    def _added(self, row: dict[str, Any]) -> list[int]:
        """Add one comment, or `count` alike."""
        talk = self._talk(str(row["source"]))
        parent = talk.by_id.get(int(row["reply_to"])) if row.get("reply_to") else None
        if row.get("reply_to") and parent is None:
            raise BadChange(f"no comment {row['reply_to']} in {row['source']}")
        made: list[int] = []
        for number in range(int(row.get("count", 1))):
            comment_id = int(row["id"]) + number if row.get("id") else self._world.next_id(talk.item)
            if comment_id in talk.by_id:
                raise BadChange(f"comment {comment_id} exists")
            self._world.take_id(talk.item, comment_id)
            date = int(row.get("date") or self._world.next_moment())
            author_id = int(row.get("from_id") or stories.FIRST_USER + comment_id % 500)
            text = str(row.get("text", f"Новый комментарий {comment_id}"))
            is_threaded = talk.item.kind in ("wall", "video")
            talk.add(comment_id, date, author_id, text, parent, is_threaded=is_threaded)
            made.append(comment_id)
        return made

    def _edit(self, rows: list[dict[str, Any]]) -> int:
        """Change texts: source, id, text."""
        for row in rows:
            talk = self._talk(str(row["source"]))
            talk.edit(self._place(talk, int(row["id"])), str(row["text"]))
        return len(rows)

    def _delete(self, rows: list[dict[str, Any]]) -> int:
        """Delete comments: source, id."""
        for row in rows:
            talk = self._talk(str(row["source"]))
            talk.delete(self._place(talk, int(row["id"])))
        return len(rows)

    def _delete_some(self, count: int) -> int:
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

    def _items(self, source: str) -> list[Item]:
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

    def _talk(self, source: str) -> Discussion:
        """Return the discussion of one object."""
        return self._world.discussion(self._items(source)[0])

    def _place(self, talk: Discussion, comment_id: int) -> int:
        """Return where a comment stands."""
        if comment_id not in talk.by_id:
            raise BadChange(f"no comment {comment_id} in {talk.item.source}")
        return talk.by_id[comment_id]


_ORDERS: Final = (
    "faults", "outage", "captcha", "rate", "latency", "daily", "service_execute", "execute_row",
    "max_execute_bytes", "expire", "reset_stats", "add", "edit", "delete", "delete_some",
)  # fmt: skip
