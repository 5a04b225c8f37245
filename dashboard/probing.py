"""Questions that may hang, each asked in a thread of its own, at most once at a time, remembered for a while.

A question that hangs keeps its one thread and delays nobody for longer than they chose to wait; whoever asks
again joins the same thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Probed(Generic[Answer]):
    """What became of a question: its answer, or what it raised, or neither while it is being asked still."""

    answer: Answer | None
    error: BaseException | None
    took_s: float
    """Seconds it took, or has been asked for so far."""


@dataclass(slots=True)
class Asked(Generic[Answer]):
    """One question under way or answered."""

    began_s: float
    future: Future[Answer] = field(default_factory=Future)
    ended_s: float | None = None


class Probes:
    """Asks by name; safe to use from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._asked: dict[str, Asked[Any]] = {}

    def begin(self, name: str, question: Callable[[], Answer], life_s: float) -> Asked[Answer]:
        """Ask, unless it is being asked already or was answered less than `life_s` seconds ago."""
        with self._lock:
            known = self._asked.get(name)
            if known is not None and (known.ended_s is None or self._clock() - known.ended_s < life_s):
                return known
            asked: Asked[Answer] = Asked(self._clock())
            self._asked[name] = asked
        threading.Thread(target=self._ask, args=(asked, question), name=f"probe-{name}", daemon=True).start()
        return asked

    def end(self, asked: Asked[Answer], limit_s: float) -> Probed[Answer]:
        """Return the answer, waiting for it until `limit_s` seconds after the question."""
        wait([asked.future], max(0.0, asked.began_s + limit_s - self._clock()))
        if asked.ended_s is None:
            return Probed(None, None, self._clock() - asked.began_s)
        took_s = asked.ended_s - asked.began_s
        error = asked.future.exception()
        return Probed(None, error, took_s) if error else Probed(asked.future.result(), None, took_s)

    def _ask(self, asked: Asked[Answer], question: Callable[[], Answer]) -> None:
        try:
            answer = question()
        except BaseException as error:  # noqa: BLE001 - a boundary: who asked gets what it raised
            asked.ended_s = self._clock()
            asked.future.set_exception(error)
            return
        asked.ended_s = self._clock()
        asked.future.set_result(answer)
