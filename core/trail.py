"""What the log said about each task, kept beside it so that the page can show it.

Lines are heard where they are logged, put aside there, and written down by whoever calls `flush`: a task may
log in the middle of a transaction. Only what a task logs at INFO or above is kept, and only its last lines.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from core import log
from core.errors import StorageError
from core.storage import reads_trail, writes_trail
from core.storage.store import Store
from core.storage.writes_trail import LineRow

KEPT: Final = 200
MOST_TASKS: Final = 500
"""Of so many tasks lines are put aside at most, should the database refuse for long."""
LONGEST: Final = 2_000
_TOLD_APART: Final = frozenset({"event", "level", "timestamp", "logger", "task", "kind"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a task's log, without secrets: ISO moment (UTC), level, what happened, its values.

    `number` grows from line to line.
    """

    at: str
    level: str
    event: str
    values: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0


class Trail:
    """Keeps the last lines of every task, over restarts; safe to use from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._flushing = threading.Lock()
        self._aside: dict[str, deque[LineRow]] = {}
        self._ordinals = count(reads_trail.last_ordinal(store) + 1)
        self._is_refused = False
        self._is_begun = False
        self._leave = log.listen(self._hear)

    def lines(self, task_id: str) -> list[Line]:
        """Return what was logged about a task, the oldest first; raises StorageError."""
        with self._lock:
            aside = list(self._aside.get(task_id, ()))
        # Put aside first, then written down: a line that is written in between is in both, never in neither.
        rows = {row[1]: row for row in (*reads_trail.lines(self._store, task_id), *aside)}
        return [
            Line(at, level, event, json.loads(body), ordinal)
            for _task, ordinal, at, level, event, body in [rows[each] for each in sorted(rows)][-KEPT:]
        ]

    def flush(self) -> None:
        """Write down what came since the last time; what cannot be written is tried again later."""
        with self._flushing:
            with self._lock:
                rows = [row for lines in self._aside.values() for row in lines]
            if not rows and self._is_begun:
                return
            try:
                writes_trail.write_lines(self._store, rows, KEPT)
            except StorageError as error:
                if not self._is_refused:
                    log.logger(__name__).warning("The tasks' log could not be kept", detail=str(error))
                self._is_refused = True
                return
            self._is_begun, self._is_refused = True, False
            self._forget({row[1] for row in rows})

    def close(self) -> None:
        """Write down the rest and listen no more."""
        self._leave()
        self.flush()

    def _hear(self, event: Mapping[str, Any]) -> None:
        task = event.get("task")
        if not isinstance(task, str):
            return
        values = {key: _short(value) for key, value in event.items() if key not in _TOLD_APART}
        body = json.dumps(values, ensure_ascii=False)
        said = (str(event["timestamp"]), str(event["level"]), _short(str(event["event"])), body)
        with self._lock:
            if task not in self._aside and len(self._aside) >= MOST_TASKS:
                del self._aside[next(iter(self._aside))]
            lines = self._aside.setdefault(task, deque(maxlen=KEPT))
            lines.append((task, next(self._ordinals), *said))

    def _forget(self, written: set[int]) -> None:
        with self._lock:
            for task, lines in list(self._aside.items()):
                left = [row for row in lines if row[1] not in written]
                if left:
                    self._aside[task] = deque(left, maxlen=KEPT)
                else:
                    del self._aside[task]


def _short(value: Any) -> Any:
    """Return a value of a size worth keeping: a long text keeps its end, as a traceback says it all there."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if len(text) <= LONGEST:
        return value
    return f"…{text[-LONGEST:]}"
