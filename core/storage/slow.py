"""The slow-query log: what took long inside the engine, with the plan by which it was answered.

The values that were bound are people's words and stay out: the text has places for them, and constants are
masked in the plan.
"""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from core.errors import StorageError
from core.log import logger
from core.storage.cursors import Bound, Kind, Ran

KEPT: Final = 50
PLAN_LENGTH: Final = 4_000

EXPLAIN = "explain (format json) "

_CONSTANT: Final = re.compile(r"'(?:[^']|'')*'")


@dataclass(frozen=True, slots=True)
class SlowQuery:
    """A statement that was slow: when it ended (aware UTC), its seconds inside the engine, and its plan.

    The plan is empty for a statement that cannot be planned afterwards, such as one over rows handed in.
    """

    at: datetime
    seconds: float
    sql: str
    plan: str


class SlowLog:
    """Remembers the last slow queries and logs each; `explained` answers a statement's plan as JSON."""

    def __init__(self, clock: Callable[[], datetime], explained: Callable[[str, Bound], str]) -> None:
        self._clock = clock
        self._explained = explained
        self._lock = threading.Lock()
        self._last: deque[SlowQuery] = deque(maxlen=KEPT)
        self._count = 0

    @property
    def count(self) -> int:
        """Return how many queries were slow since the start."""
        return self._count

    def last(self) -> list[SlowQuery]:
        """Return the last slow queries, the newest first."""
        with self._lock:
            return list(self._last)[::-1]

    def note(self, kind: Kind, ran: Ran) -> None:
        """Remember a slow statement and log it with its plan."""
        found = SlowQuery(self._clock(), round(ran.seconds, 3), ran.sql.strip(), self._plan(ran))
        with self._lock:
            self._last.append(found)
            self._count += 1
        logger(__name__).warning(
            "Slow query", seconds=found.seconds, query_kind=kind, sql=found.sql, plan=found.plan
        )

    def _plan(self, ran: Ran) -> str:
        try:
            nodes = orjson.loads(self._explained(EXPLAIN + ran.sql, ran.values))
        except (StorageError, orjson.JSONDecodeError):
            return ""
        return _masked("\n".join(_lines(nodes, 0)), _words(ran.values))[:PLAN_LENGTH]


def _lines(nodes: list[dict[str, Any]], depth: int) -> list[str]:
    """Write the steps of a plan, each under the step that takes its rows."""
    lines = []
    for node in nodes:
        told = "; ".join(f"{name}: {_joined(value)}" for name, value in node.get("extra_info", {}).items())
        lines.append(f"{'  ' * depth}{node['name'].strip()}  {told}".rstrip())
        lines += _lines(node.get("children", []), depth + 1)
    return lines


def _joined(value: str | list[str]) -> str:
    return ", ".join(value) if isinstance(value, list) else " ".join(str(value).split())


def _masked(plan: str, words: list[str]) -> str:
    masked = _CONSTANT.sub("'…'", plan)
    for word in words:
        masked = masked.replace(word, "…")
    return masked


def _words(values: Bound) -> list[str]:
    """Return the texts that were bound, in lists too, but none so short that the plan is full of them."""
    given = values.values() if isinstance(values, dict) else values or ()
    each_or_more = (value if isinstance(value, list | tuple) else [value] for value in given)
    return [each for values in each_or_more for each in values if isinstance(each, str) and len(each) > 2]
