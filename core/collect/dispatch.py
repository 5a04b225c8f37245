"""Keeps calls in flight: a queue of ready work, threads that take as much as one request may hold.

A request that is not full waits for the answers under way, because they may reveal what fills it; that
keeps the number of requests near the least possible. Answers are read in the threads; what they lead to
is decided one at a time.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from core.errors import (
    TaskCancelled,
    VkDailyLimit,
    VkError,
    VkHumanNeeded,
    VkMethodRefused,
    VkProtocol,
    VkUnavailable,
)
from core.vk.api import VkApi, is_token_lost
from core.vk.client import Answer, Meter
from core.vk.codes import TOKEN_KIND_CODES
from core.vk.execute import MOST_CALLS, ApiCall, NotAsked, Outcome, Packer

PATIENCE_S: Final = 2.0
ROUNDS: Final = 3
UNWRITTEN: Final = 60_000
_FATAL: Final = (VkDailyLimit, VkHumanNeeded)


@dataclass(slots=True, eq=False)
class Work:
    """One call that waits, how its answer is read, and what follows from it.

    `read` runs beside others and may raise VkProtocol; `take` and `refuse` run one at a time and
    return the work that follows.
    """

    call: ApiCall
    read: Callable[[Answer], Any]
    take: Callable[[Any], Iterable[Work]]
    refuse: Callable[[VkError], Iterable[Work]]
    rounds: int = 0
    quiet_since: int = -1


@dataclass(slots=True)
class Dispatcher:
    """Runs work with `in_flight` requests at a time until none is left, it is halted, or VK says stop."""

    vk: VkApi
    meter: Meter
    in_flight: int
    cancel: threading.Event
    halt: threading.Event = field(default_factory=threading.Event)
    stopped_by: VkError | None = None
    _ready: deque[Work] = field(default_factory=deque)
    _busy: int = 0
    _answers: int = 0
    _unwritten: int = 0
    _partial_since: float | None = None
    _refused: dict[str, VkError] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def add(self, works: Iterable[Work]) -> None:
        """Queue work behind what waits already."""
        with self._changed:
            self._ready.extend(works)
            self._changed.notify_all()

    def start(self, pool: ThreadPoolExecutor) -> list[Future[None]]:
        """Start the threads; a future that ends with an exception shows a defect."""
        return [pool.submit(self._work) for _ in range(self.in_flight)]

    def stop(self) -> None:
        """Let nothing new start, let what waits or sleeps end at once, and take no answer any more."""
        with self._changed:
            self.halt.set()
            self._changed.notify_all()

    def came(self, comments: int) -> None:
        """Count comments that wait to be written; called by `take`."""
        self._unwritten += comments

    def written(self, comments: int) -> None:
        """Count comments that were written; beyond UNWRITTEN unwritten ones nothing new is asked."""
        with self._changed:
            self._unwritten -= comments
            self._changed.notify_all()

    @property
    def unwritten(self) -> int:
        """Return how many comments wait to be written."""
        return self._unwritten

    @property
    def is_pacing(self) -> bool:
        """Tell whether all that is under way waits for its turn in the speed limit."""
        waiting = sum(packer.client.throttle.waiting for packer in self.vk.packers)
        return waiting >= self._busy > 0

    def _work(self) -> None:
        while (batch := self._next()) is not None:
            packer, works = batch
            try:
                outcomes = self.vk.run([work.call for work in works], self.halt, self.meter, packer)
                answers = [_read(work, outcome) for work, outcome in zip(works, outcomes, strict=True)]
            except TaskCancelled:
                return
            except VkError as error:
                answers = [error] * len(works)
            with self._changed:
                if self.halt.is_set():
                    return
                for work, answer in zip(works, answers, strict=True):
                    follows = list(self._after(work, answer))
                    self._ready.extendleft(reversed(follows))
                self._busy -= 1
                self._changed.notify_all()

    def _next(self) -> tuple[Packer, list[Work]] | None:
        """Take the work of the next request; None when all is done or nothing more may start."""
        with self._changed:
            while not (self.halt.is_set() or self.cancel.is_set() or self.stopped_by):
                if not self._ready and not self._busy:
                    self._changed.notify_all()
                    return None
                if self._ready and self._unwritten <= UNWRITTEN:
                    try:
                        packer = self.vk.packer()
                    except VkError as error:
                        self.stopped_by = error
                        return None
                    if room := self._room(packer):
                        self._busy += 1
                        self._partial_since = None
                        return packer, [self._ready.popleft() for _ in range(room)]
                self._changed.wait(0.1)
            self._changed.notify_all()
            return None

    def _room(self, packer: Packer) -> int:
        """Return how much to take now: a full request, or what there is when nothing could fill it."""
        if self._ready[0].rounds == ROUNDS - 1:
            return 1
        shown = list(islice(self._ready, MOST_CALLS))
        room = packer.room([work.call for work in shown])
        is_full = room < len(shown) or room >= min(packer.size, MOST_CALLS) or not packer.may_pack
        if is_full or not self._busy:
            return room
        now = time.monotonic()
        self._partial_since = self._partial_since or now
        return room if now - self._partial_since >= PATIENCE_S else 0

    def _after(self, work: Work, answer: object) -> Iterable[Work]:
        """Return the work that follows an answer or an error."""
        if not isinstance(answer, VkError):
            self._answers += 1
            return work.take(answer)
        if is_token_lost(answer) or isinstance(answer, _FATAL):
            self.stopped_by = self.stopped_by or answer
            return ()
        if isinstance(answer, NotAsked):
            refusal = self._refused.get(work.call.method)
            return work.refuse(refusal) if refusal else [work]
        if isinstance(answer, VkUnavailable) and not self.halt.is_set():
            return self._again(work, answer)
        dropped: Iterable[Work] = ()
        if isinstance(answer, VkMethodRefused) and answer.vk_code in TOKEN_KIND_CODES:
            self._refused[work.call.method] = answer
            dropped = self._drop_refused()
        return [*work.refuse(answer), *dropped]

    def _again(self, work: Work, error: VkUnavailable) -> Iterable[Work]:
        """Queue the work once more; when VK answered nothing at all meanwhile, stop the run."""
        work.rounds += 1
        if work.quiet_since < 0:
            work.quiet_since = self._answers
        if work.rounds < ROUNDS:
            self._ready.append(work)
            return ()
        if work.quiet_since == self._answers:
            self.stopped_by = self.stopped_by or error
            return ()
        return work.refuse(error)

    def _drop_refused(self) -> list[Work]:
        """Refuse all waiting work for methods that no token of this kind may call."""
        waiting = list(self._ready)
        dropped = [work for work in waiting if work.call.method in self._refused]
        self._ready.clear()
        self._ready.extend(work for work in waiting if work.call.method not in self._refused)
        return [each for work in dropped for each in work.refuse(self._refused[work.call.method])]


def _read(work: Work, outcome: Outcome) -> object:
    if isinstance(outcome, VkError):
        return outcome
    try:
        return work.read(outcome)
    except VkProtocol as error:
        return error
