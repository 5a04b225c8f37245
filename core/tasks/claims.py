"""Who holds which sources: one collector per source at a time.

A key is a source's (`wall:-1_2`) or names all of one kind an owner has (`wall:-1`), which covers each of
them. All keys of a task are taken at once or none, so that nobody waits while holding what another wants.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


class Waits(Exception):
    """What a job wants to work on belongs to another task; the attempt goes on once that is free."""


class Claims:
    """Sources and the ids of the tasks that hold them. Not thread-safe by itself."""

    def __init__(self) -> None:
        self._exact: dict[str, str] = {}
        self._parts: dict[str, Counter[str]] = {}
        self._held: dict[str, frozenset[str]] = {}

    def holder(self, keys: Iterable[str], but: str = "") -> str | None:
        """Return a task other than `but` that holds one of these or a part of one, None when all are free."""
        for key in keys:
            holders: tuple[str | None, ...] = (
                self._exact.get(key),
                self._exact.get(_whole(key)),
                *self._parts.get(key, ()),
            )
            for task_id in holders:
                if task_id is not None and task_id != but:
                    return task_id
        return None

    def take(self, task_id: str, keys: frozenset[str]) -> None:
        """Let a task hold these beside what it holds; what another holds stays with that one."""
        for key in keys - self._held.get(task_id, frozenset()):
            self._exact.setdefault(key, task_id)
            if (whole := _whole(key)) != key:
                self._parts.setdefault(whole, Counter())[task_id] += 1
        self._held[task_id] = self._held.get(task_id, frozenset()) | keys

    def release(self, task_id: str) -> None:
        """Let go of all that a task holds."""
        for key in self._held.pop(task_id, frozenset()):
            if self._exact.get(key) == task_id:
                del self._exact[key]
            if (whole := _whole(key)) != key:
                self._parts[whole][task_id] -= 1
                self._parts[whole] += Counter()
                if not self._parts[whole]:
                    del self._parts[whole]


def _whole(key: str) -> str:
    return key.partition("_")[0]
