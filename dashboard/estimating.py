"""Estimates beside the page: asked once per question, answered when VK has, never waited for.

A visitor who asks something else gives the former question up, so typing does not queue requests.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from core.cache import Cache, Space
from core.errors import DashboardError
from core.log import logger

SPACE: Final[Space[Any]] = Space("estimate", ttl_s=300.0)
"""Estimates are objects of this process: the next one asks anew."""
FAILED_KEPT_S: Final = 30.0
AT_ONCE: Final = 2

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Estimated(Generic[Answer]):
    """The answer to a question, None when it could not be had."""

    answer: Answer | None


@dataclass(slots=True)
class _UnderWay:
    cancel: threading.Event = field(default_factory=threading.Event)
    visitors: set[str] = field(default_factory=set)


class Estimating(Generic[Answer]):
    """Estimates under way and done, by question; safe to use from any thread."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._lock = threading.Lock()
        self._under_way: dict[str, _UnderWay] = {}
        self._executor = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="estimate")

    def ask(
        self, question: str, visitor: str, work: Callable[[threading.Event], Answer]
    ) -> Estimated[Answer] | None:
        """Return what is known, or None while `work` finds out; the visitor's other question is given up."""
        self.give_up(visitor, unless=question)
        known: Estimated[Answer] | None = self._cache.kept(SPACE, question)
        if known is not None:
            return known
        with self._lock:
            under_way = self._under_way.get(question)
            if under_way is None:
                under_way = self._under_way[question] = _UnderWay()
                self._executor.submit(copy_context().run, self._find_out, question, under_way, work)
            under_way.visitors.add(visitor)
        return None

    def give_up(self, visitor: str, *, unless: str = "") -> None:
        """Stop finding out what only this visitor wanted to know, except one question."""
        with self._lock:
            for question, under_way in list(self._under_way.items()):
                if question != unless and visitor in under_way.visitors:
                    under_way.visitors.discard(visitor)
                    if not under_way.visitors:
                        under_way.cancel.set()
                        del self._under_way[question]

    def close(self) -> None:
        """Stop everything under way and start nothing more."""
        with self._lock:
            for under_way in self._under_way.values():
                under_way.cancel.set()
            self._under_way.clear()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _find_out(
        self, question: str, under_way: _UnderWay, work: Callable[[threading.Event], Answer]
    ) -> None:
        found: Answer | None = None
        try:
            if not under_way.cancel.is_set():
                found = work(under_way.cancel)
        except DashboardError as error:
            logger(__name__).info("An estimate failed", code=error.code, error=str(error))
        except Exception:  # noqa: BLE001 - the worker's boundary: an estimate that fails is only missing
            logger(__name__).exception("An estimate failed unexpectedly")
        with self._lock:
            if self._under_way.get(question) is not under_way:
                return
            self._cache.keep(SPACE, question, Estimated(found), FAILED_KEPT_S if found is None else None)
            del self._under_way[question]
