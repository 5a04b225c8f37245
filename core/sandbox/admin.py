"""What only a synthetic VK can do: tell the truth, and change while somebody reads."""

from collections.abc import Callable
from typing import Any

from core.sandbox.changes import BadChange, Changes
from core.sandbox.faults import Faults
from core.sandbox.gate import Gate
from core.sandbox.obstacles import Captcha, Obstacles
from core.sandbox.settings import Settings
from core.sandbox.stats import Stats
from core.sandbox.world import World

Row = dict[str, object]


class Admin:
    """The endpoints outside /method/."""

    def __init__(
        self,
        *,
        world: World,
        settings: Settings,
        gate: Gate,
        faults: Faults,
        obstacles: Obstacles,
        stats: Stats,
        clock: Callable[[], float],
    ) -> None:
        self._world = world
        self._settings = settings
        self._gate = gate
        self._faults = faults
        self._obstacles = obstacles
        self._stats = stats
        self._clock = clock
        self._started = clock()
        self._waved = 0
        self._changes = Changes(world)
        self._orders: dict[str, Callable[[Any], object]] = {
            "faults": self._order_faults,
            "next": self._next,
            "outage": self._outage,
            "captcha": self._captcha,
            "validation": self._validation,
            "refuse": obstacles.order,
            "rate": self._rate,
            "rates": self._rates,
            "latency": self._latency,
            "daily": self._daily,
            "reset_days": self._reset_days,
            "service_execute": self._service_execute,
            "execute_row": self._execute_row,
            "max_execute_bytes": self._max_execute_bytes,
            "expire": self._expire,
            "reset_stats": self._reset_stats,
            "log_calls": self._log_calls,
            **self._changes.orders,
            "delete_some": self._changes.delete_some,
        }

    def truth(self, source: str) -> Row:
        """Return the number of every comment that can be seen in a source, or on a whole wall."""
        items = self._changes.items(source)
        talks = [self._world.discussion(item) for item in items]
        seen = [(talk, place) for talk in talks for place in talk.by_id.values() if place not in talk.hidden]
        ids = [talk.ids[place] for talk, place in seen]
        return {
            "source": source,
            "count": len(ids),
            "ids": sorted(ids),
            "tombstones": sorted(talk.ids[place] for talk, place in seen if talk.is_tombstone(place)),
            "roots": sorted(talk.ids[place] for talk, place in seen if talk.root[place] < 0),
            "hidden": sorted(talk.ids[place] for talk in talks for place in talk.hidden),
            "items": [item.item_id for item in items],
            "closed": [item.item_id for item in items if item.is_closed],
        }

    def change(self, order: dict[str, Any]) -> Row:
        """Carry out an order: switches first, then posts and comments."""
        unknown = set(order) - set(self._orders)
        if unknown:
            raise BadChange(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(self._orders)}")
        return {name: carry_out(order[name]) for name, carry_out in self._orders.items() if name in order}

    def advance(self) -> None:
        """Let the deletion wave reach the server's clock."""
        rate = self._settings.deletions_per_minute
        if rate <= 0:
            return
        due = int((self._clock() - self._started) / 60 * rate)
        if due > self._waved:
            self._changes.delete_some(due - self._waved)
            self._waved = due

    def _order_faults(self, spec: str) -> str:
        """Replace the faults."""
        self._faults.order(spec)
        return spec

    def _next(self, names: list[str]) -> list[str]:
        """Say what happens to the next requests, one each, such as http502, cut, error10 or ok."""
        self._faults.order_next(names)
        return names

    def _outage(self, value: bool) -> bool:
        """Answer everything with HTTP 502, or stop doing so."""
        self._faults.is_out = bool(value)
        return self._faults.is_out

    def _captcha(self, value: bool | dict[str, Any]) -> bool:
        """Ask for a captcha until it is solved."""
        self._obstacles.captcha = Captcha.read(value)
        return self._obstacles.captcha is not None

    def _validation(self, value: bool) -> bool:
        """Ask for a validation until its page was opened."""
        self._obstacles.needs_validation = bool(value)
        return self._obstacles.needs_validation

    def _rate(self, value: float) -> float:
        """Change the rate."""
        self._settings.rate = float(value)
        return self._settings.rate

    def _rates(self, rates: dict[str, float]) -> dict[str, float]:
        """Give single tokens rates of their own."""
        self._settings.rates = {token: float(rate) for token, rate in rates.items()}
        return self._settings.rates

    def _latency(self, value: float) -> float:
        """Change the latency in seconds."""
        self._settings.latency_s = float(value)
        return self._settings.latency_s

    def _daily(self, limits: dict[str, int]) -> dict[str, int]:
        """Replace the daily limits and start counting anew."""
        self._settings.daily = {name: int(limit) for name, limit in limits.items()}
        self._gate.forget_days()
        return self._settings.daily

    def _reset_days(self, _: object) -> bool:
        """Begin a new day: the daily quantities are whole again."""
        self._gate.forget_days()
        return True

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

    def _log_calls(self, value: bool) -> bool:
        """Keep every call with its parameters, or stop doing so and forget them."""
        self._stats.log = [] if value else None
        return self._stats.log is not None
