"""Keeps calls in flight: lines of ready work, threads that take as much as one request may hold.

Each request goes to the token with the fewest under way among those that may call what waits. A request
that is not full waits for the answers under way, because they may reveal what fills it; that keeps the
number of requests near the least possible. What a token lost or was refused goes to the others; when only
tokens on hold could go on, everything pauses. Answers are read in the threads; what they lead to is decided
one at a time.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Final

from core.collect.lines import Lines
from core.collect.work import Work
from core.errors import TaskCancelled, VkError, VkProtocol, VkTransient
from core.models import Pause
from core.vk import desk
from core.vk.api import VkApi
from core.vk.client import Meter
from core.vk.codes import Action, rule_of
from core.vk.execute import NotAsked, Outcome, Packer
from core.vk.tokens import first_pause, is_held

PATIENCE_S: Final = 2.0
ROUNDS: Final = 3
UNWRITTEN: Final = 12_000
LOOK_AGAIN_S: Final = 0.1
MOST_THREADS: Final = 64
LOOK_AHEAD: Final = 200
MOST_WAITING: Final = 1_000


def _lines() -> Lines[Work]:
    return Lines(lambda work: work.call.method)


@dataclass(slots=True)
class Dispatcher:
    """Runs work until none is left, it is halted, VK says stop, or only tokens on hold could go on (`pause`).

    Each token has up to `in_flight` requests under way.
    """

    vk: VkApi
    meter: Meter
    in_flight: int
    cancel: threading.Event
    halt: threading.Event = field(default_factory=threading.Event)
    stopped_by: VkError | None = None
    pause: Pause | None = None
    _ready: Lines[Work] = field(default_factory=_lines)
    _busy: Counter[str] = field(default_factory=Counter)
    _awaited: set[str] = field(default_factory=set)
    _answers: int = 0
    _answered_s: float = 0.0
    _unwritten: int = 0
    _partial_since: float | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def threads(self) -> int:
        """Return how many threads it wants."""
        return min(MOST_THREADS, self.in_flight * max(1, len(self.vk.packers)))

    def add(self, works: Iterable[Work]) -> None:
        """Queue work behind what waits already."""
        with self._changed:
            self._ready.append(works)
            self._changed.notify_all()

    def start(self, pool: ThreadPoolExecutor) -> list[Future[None]]:
        """Start the threads, which log as who starts them; a future that raises shows a defect."""
        return [pool.submit(copy_context().run, self._work) for _ in range(self.threads)]

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
        """Tell whether the speed limit is what holds requests back."""
        packers = self.vk.packers
        return any(packer.token in self._awaited and packer.client.throttle.waiting for packer in packers)

    def _work(self) -> None:
        while (batch := self._next()) is not None:
            try:
                self._run(*batch)
            except TaskCancelled:
                return

    def _run(self, packer: Packer, works: Sequence[Work]) -> None:
        """Make one request and take in its answers, which nothing holds after."""
        try:
            with desk.reading():
                outcomes = packer.run([work.call for work in works], self.halt, self.meter)
                answers = list(map(self._read, works, outcomes))
                del outcomes
        finally:
            packer.client.throttle.forgo()
        with self._changed:
            if self._is_stopped():
                return
            for work, answer in zip(works, answers, strict=True):
                self._queue(list(self._after(work, answer)))
            self._busy[packer.token] -= 1
            self._changed.notify_all()

    def _read(self, work: Work, outcome: Outcome) -> object:
        """Read one answer; those that come after a cancel would only keep it from its end."""
        if self._is_stopped():
            raise TaskCancelled("The task was cancelled.")
        return _read(work, outcome)

    def _is_stopped(self) -> bool:
        return self.halt.is_set() or self.cancel.is_set()

    def _queue(self, works: Sequence[Work]) -> None:
        """Let work wait that follows from an answer: what reveals more first, so that the last packs fill.

        Pages of threads reveal nothing; when many wait they come first, so that what is begun also ends.
        """
        if len(self._ready) > MOST_WAITING:
            self._ready.push(works)
            return
        self._ready.push([work for work in works if not work.is_tail])
        self._ready.append(work for work in works if work.is_tail)

    def _next(self) -> tuple[Packer, list[Work]] | None:
        """Take the work of the next request; None when all is done or nothing more may start."""
        while (packer := self._wanted()) is not None:
            try:
                packer.client.throttle.reserve(self.halt)
            except TaskCancelled:
                return None
            with self._changed:
                self._awaited.discard(packer.token)
                works = [] if self._is_over() else self._fitting(packer)
                if works:
                    self._partial_since = None
                    self._busy[packer.token] += 1
                self._changed.notify_all()
            if works:
                return packer, works
            packer.client.throttle.forgo()
        return None

    def _wanted(self) -> Packer | None:
        """Return the token that has something to do, and wait for its turn; None when all is over."""
        with self._changed:
            while not self._is_over():
                if self._refuse_what_none_may():
                    continue
                packer = self._idlest() if self._unwritten <= UNWRITTEN else None
                if packer is not None:
                    self._awaited.add(packer.token)
                    return packer
                if not self._busy.total():
                    self.pause = self._waits_for()
                if not self._is_over():
                    self._changed.wait(LOOK_AGAIN_S)
            self._changed.notify_all()
            return None

    def _is_over(self) -> bool:
        is_done = not self._ready and not self._busy.total()
        is_stopped = self.stopped_by is not None or self.pause is not None
        return is_done or is_stopped or self._is_stopped()

    def _idlest(self) -> Packer | None:
        """Return the token with the fewest requests under way that has one to make now.

        One thread at a time awaits a token's turn, and chooses what to ask when the turn has come: the later,
        the more is known.
        """
        for packer in sorted(self.vk.packers, key=lambda each: self._busy[each.token]):
            is_awaited = packer.token in self._awaited or self._busy[packer.token] >= self.in_flight
            if not is_awaited and self._shown(packer):
                return packer
        return None

    def _fitting(self, packer: Packer) -> list[Work]:
        """Take what one request of this token may hold now."""
        return self._ready.take(self._shown(packer))

    def _shown(self, packer: Packer) -> list[Work]:
        """Return a full request, or what there is when nothing could fill it; nothing when more may come."""
        methods = [method for method in self._ready.methods if packer.standing.may(method)]
        proved = packer.standing.proves()
        ready = self._ready.first([proved] if proved in methods else methods, LOOK_AHEAD)
        if not ready or ready[0].rounds == ROUNDS - 1:
            return ready[:1]
        works = [ready[place] for place in packer.fitting([work.call for work in ready])]
        is_full = len(works) < len(ready) or packer.is_full(len(works))
        if is_full or proved is not None or not self._busy.total():
            return works
        now = time.monotonic()
        self._partial_since = self._partial_since or now
        return works if now - self._partial_since >= PATIENCE_S else []

    def _after(self, work: Work, answer: object) -> Iterable[Work]:
        """Return the work that follows an answer or an error."""
        if not isinstance(answer, VkError):
            self._answers += 1
            self._answered_s = time.monotonic()
            follows = list(work.take(answer))
            work.forget()
            return follows
        if isinstance(answer, NotAsked) or is_held(answer):
            return [work]
        if isinstance(answer, VkTransient):
            return self._again(work, answer)
        if rule_of(answer).action is Action.STOP and not self._answers:
            self.stopped_by = self.stopped_by or answer
            return ()
        return work.refuse(answer)

    def _again(self, work: Work, error: VkTransient) -> Iterable[Work]:
        """Queue the work once more; when VK answered nothing at all for long, stop the run.

        An outage, unlike an error that VK itself names, does not count against the work.
        """
        is_quiet = work.quiet_since in (-1, self._answers)
        work.quiet_since = self._answers
        away_s = time.monotonic() - self._answered_s
        patience_s = max((each.client.waits.away_s for each in self.vk.packers), default=0.0)
        if self._answers and is_quiet and not error.vk_code and away_s < patience_s:
            self._ready.append([work])
            return ()
        work.rounds += 1
        if work.rounds < ROUNDS:
            self._ready.append([work])
            return ()
        if is_quiet:
            self.stopped_by = self.stopped_by or error
            return ()
        return work.refuse(error)

    def _refuse_what_none_may(self) -> bool:
        """Refuse waiting work for methods that no token may ever call; tell whether there was any."""
        for method in self._ready.methods:
            if refusal := self.vk.refusal(method):
                for work in self._ready.drop(method):
                    self._ready.push(list(work.refuse(refusal)))
                return True
        return False

    def _waits_for(self) -> Pause | None:
        """Return what all waiting work waits for; None while some of it may go on."""
        pauses = [self.vk.hold(method) for method in self._ready.methods]
        return first_pause(pause for pause in pauses if pause) if all(pauses) else None


def _read(work: Work, outcome: Outcome) -> object:
    if isinstance(outcome, VkError):
        return outcome
    try:
        return work.read(outcome)
    except VkProtocol as error:
        return error
