"""Where snapshots of tasks outlive the process: states at once, progress now and then.

The pool notes under its lock, which only puts aside; saving happens outside it, because a database may be
busy. A job's own thread never saves progress: it may be inside a transaction of the same database.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from core.errors import DashboardError
from core.log import logger
from core.storage import reads_notes, writes_notes
from core.storage.store import Store
from core.tasks.records import Task
from core.tasks.stored import body_of, task_of

EVERY_S: Final = 5.0
BYTES_PER_S: Final = 10_000
"""Progress of a task with thousands of links is saved more rarely, as each time is a whole body."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """How bodies are kept, by id; each function may block, and raises DashboardError."""

    save: Callable[[Sequence[tuple[str, str]]], None]
    delete: Callable[[Sequence[str]], None]
    load: Callable[[], Sequence[tuple[str, str]]]


def shelf_of_tasks(store: Store) -> Shelf:
    """Return where tasks are kept in a database."""
    return Shelf(
        lambda rows: writes_notes.write_tasks(store, rows),
        lambda ids: writes_notes.delete_tasks(store, ids),
        lambda: reads_notes.tasks(store),
    )


def shelf_of_schedules(store: Store) -> Shelf:
    """Return where schedules are kept in a database."""
    return Shelf(
        lambda rows: writes_notes.write_schedules(store, rows),
        lambda ids: writes_notes.delete_schedules(store, ids),
        lambda: reads_notes.schedules(store),
    )


NOWHERE: Final = Shelf(lambda _rows: None, lambda _ids: None, lambda: ())


class Keeper:
    """Puts snapshots aside and saves them in order; safe to use from any thread."""

    def __init__(self, shelf: Shelf, monotonic: Callable[[], float]) -> None:
        self._shelf = shelf
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._saving = threading.Lock()
        self._noted: dict[str, Task] = {}
        self._urgent: set[str] = set()
        self._gone: list[str] = []
        self._next_s: dict[str, float] = {}

    def note(self, task: Task, *, is_urgent: bool) -> None:
        """Put a snapshot aside; an urgent one is saved by the next `flush`, others when it is time."""
        with self._lock:
            self._noted[task.id] = task
            if is_urgent:
                self._urgent.add(task.id)

    def forget(self, tasks: Sequence[Task]) -> None:
        """Let the next `flush` delete these."""
        with self._lock:
            for task in tasks:
                self._noted.pop(task.id, None)
                self._urgent.discard(task.id)
                self._next_s.pop(task.id, None)
                self._gone.append(task.id)

    def flush(self) -> None:
        """Save what is due; what cannot be saved is said in the log and tried again later."""
        if self._noted or self._gone:
            self.finish()

    def finish(self) -> None:
        """Do the same and wait for whoever is saving: afterwards what is kept may be closed."""
        with self._saving:
            due, gone = self._due()
            try:
                if gone:
                    self._shelf.delete(gone)
                    gone = []
                if due:
                    self._save(due)
            except DashboardError as error:
                self._put_back(due, gone)
                logger(__name__).warning("A task could not be kept", detail=str(error))

    def load(self) -> list[Task]:
        """Return what is kept, the first submitted first; what cannot be read is left out and said."""
        tasks = []
        for task_id, body in self._shelf.load():
            try:
                tasks.append(task_of(body))
            except (ValueError, KeyError, TypeError) as error:
                logger(__name__).warning("A kept task cannot be read", task=task_id, reason=repr(error))
        return sorted(tasks, key=lambda task: task.submitted_at)

    def _due(self) -> tuple[list[Task], list[str]]:
        with self._lock:
            now_s = self._monotonic()
            ids = [
                each for each in self._noted if each in self._urgent or now_s >= self._next_s.get(each, now_s)
            ]
            self._urgent.clear()
            gone, self._gone = self._gone, []
            return [self._noted.pop(each) for each in ids], gone

    def _save(self, tasks: Sequence[Task]) -> None:
        bodies = [(task.id, body_of(task)) for task in tasks]
        self._shelf.save(bodies)
        with self._lock:
            now_s = self._monotonic()
            for task, (_id, body) in zip(tasks, bodies, strict=True):
                if task.is_finished:
                    self._next_s.pop(task.id, None)
                else:
                    self._next_s[task.id] = now_s + max(EVERY_S, len(body) / BYTES_PER_S)

    def _put_back(self, tasks: Sequence[Task], gone: list[str]) -> None:
        with self._lock:
            self._gone = gone + self._gone
            for task in tasks:
                self._noted.setdefault(task.id, task)
                self._urgent.add(task.id)
