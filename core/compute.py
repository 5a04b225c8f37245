"""Heavy computation in processes of its own, as many as there are cores; a stopped one really stops.

Each slot is a pebble pool of one process: what happens to a process, a kill or a crash, is its slot's affair
alone, and ending a slot means that its process is gone. Nothing is started before it is needed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from multiprocessing import spawn
from multiprocessing.context import SpawnContext
from typing import Any, Final, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool
from pebble.pool.process import WORKERS_NAME

from core.errors import ComputeFailed, TaskCancelled

Answer = TypeVar("Answer")

LOOK_S: Final = 0.1
CLOSE_WAIT_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class ComputeStats:
    """The processes at one moment."""

    engine: str
    workers: int
    busy: int
    waiting: int


class Compute:
    """A pool of processes for pure functions of values; safe to use from any thread."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or _cores()
        self._changed = threading.Condition()
        self._idle: list[ProcessPool] = []
        self._busy = 0
        self._waiting = 0
        self._closing = threading.Event()

    def run(self, function: Callable[..., Answer], *values: Any, cancel: threading.Event) -> Answer:
        """Return what a function of a module gives for values, computed in another process.

        Raises TaskCancelled when `cancel` was set: the process is gone then; ComputeFailed when the process
        ended by itself; what the function raised.
        """
        self._enter(cancel)
        try:
            return self._answer(function, values, cancel)
        finally:
            self._leave()

    def stats(self) -> ComputeStats:
        """Count processes: how many there may be, how many compute, and how many computations wait."""
        with self._changed:
            return ComputeStats("local", self._workers, self._busy, self._waiting)

    def close(self) -> None:
        """End every process, in mid-computation too; nothing is computed after."""
        self._closing.set()
        with self._changed:
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._busy, CLOSE_WAIT_S)
            idle, self._idle = self._idle, []
        for slot in idle:
            _end(slot)

    def _enter(self, cancel: threading.Event) -> None:
        """Wait for a slot; look at `cancel` meanwhile, which tells nobody that it was set."""
        with self._changed:
            self._waiting += 1
            try:
                while self._busy >= self._workers:
                    self._changed.wait(LOOK_S)
                    self._refuse_when_stopped(cancel)
                self._refuse_when_stopped(cancel)
                self._busy += 1
            finally:
                self._waiting -= 1

    def _leave(self) -> None:
        with self._changed:
            self._busy -= 1
            self._changed.notify_all()

    def _answer(
        self, function: Callable[..., Answer], values: Sequence[Any], cancel: threading.Event
    ) -> Answer:
        """Compute in a process; a pure function is computed again when an idle process was found dead."""
        while True:
            slot, is_new = self._take()
            try:
                answer = self._wait(slot, _scheduled(slot, function, values), cancel)
            except (BrokenProcessPool, ProcessExpired) as error:
                _end(slot)
                if is_new or isinstance(error, ProcessExpired):
                    raise _failed() from error
            except TaskCancelled:
                _end(slot)
                raise
            except BaseException:
                self._give_back(slot)
                raise
            else:
                self._give_back(slot)
                return answer

    def _wait(self, slot: ProcessPool, future: ProcessFuture[Answer], cancel: threading.Event) -> Answer:
        """Return the answer as soon as it is there; raise what became of it.

        A slot whose process died before the work was handed over forgets the future: it is looked at too.
        """
        while True:
            self._refuse_when_stopped(cancel)
            try:
                error = future.exception(LOOK_S)
            except TimeoutError as late:
                if not slot.active and not future.done():
                    raise BrokenProcessPool from late
                continue
            if error is None:
                return future.result()
            if isinstance(error, MemoryError) or not isinstance(error, Exception):
                raise _failed() from error
            raise error

    def _take(self) -> tuple[ProcessPool, bool]:
        """Return the slot that was used last, because its modules are loaded, or a new one; tell which."""
        with self._changed:
            if self._idle:
                return self._idle.pop(), False
        return ProcessPool(1, initializer=_begin, context=_context()), True

    def _give_back(self, slot: ProcessPool) -> None:
        with self._changed:
            self._idle.append(slot)

    def _refuse_when_stopped(self, cancel: threading.Event) -> None:
        if cancel.is_set():
            raise TaskCancelled("The computation was stopped.")
        if self._closing.is_set():
            raise TaskCancelled("The server is stopping; nothing more is computed.")


def _cores() -> int:
    """Return how many processors this process may use, which may be fewer than there are."""
    allowed: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _scheduled(
    slot: ProcessPool, function: Callable[..., Answer], values: Sequence[Any]
) -> ProcessFuture[Answer]:
    """Hand the work to a slot; raises BrokenProcessPool when its process cannot start or is dead."""
    try:
        return slot.schedule(function, values)
    except RuntimeError as error:
        raise BrokenProcessPool from error


def _failed() -> ComputeFailed:
    return ComputeFailed(
        "The computation ended before it had an answer: its process was killed or ran out of memory.",
        hint="Try again with narrower filters or fewer resamples; close other programs.",
    )


def _end(slot: ProcessPool) -> None:
    """End a slot; its process is gone after."""
    slot.stop()  # type: ignore[no-untyped-call]  # pebble annotates all but this
    slot.join()


@cache
def _context() -> SpawnContext:
    """Return how processes start: fresh ones (this one has threads), which never load `__main__` again.

    Under Streamlit `__main__` is the page, and a process would compose the whole app before it computes.
    `multiprocessing` has no option for it.
    """
    plain = spawn.get_preparation_data

    def prepare(name: str) -> dict[str, Any]:
        told = plain(name)
        if name == WORKERS_NAME:
            told.pop("init_main_from_path", None)
            told.pop("init_main_from_name", None)
        return told

    spawn.get_preparation_data = prepare
    return multiprocessing.get_context("spawn")


def _begin() -> None:  # pragma: no cover - runs in the processes, where nothing measures
    """Let a process end at once when it is told to, even inside a long call, and when its parent is gone."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:  # pragma: no cover - runs in the processes, where nothing measures
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
