"""Answers of analyses, and the tasks that work them out; they are kept by the core's own cache."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from core.query import Query
from core.tasks import analyze
from core.tasks.records import Task, TaskKind
from dashboard import services


def analysis(query: Query, name: str, params: Mapping[str, Any], other: Query | None) -> analyze.Answer:
    """Return the answer of an analysis, kept or worked out now; the cache of answers is the core's own."""
    running, store = services.current(), services.current().workspace(query).store
    never = threading.Event()
    parts: dict[str, Any] = {"store": store, "compute": running.compute, "cache": running.cache}
    return analyze.run(name, query, params, other=other, cancel=never, **parts)


def kept_analysis(
    query: Query, name: str, params: Mapping[str, Any], other: Query | None
) -> analyze.Answer | None:
    """Return the answer of a heavy analysis if it is kept."""
    running, store = services.current(), services.current().workspace(query).store
    return analyze.kept(name, query, params, store=store, cache=running.cache, other=other)


def analysis_task(asked: Mapping[str, Any]) -> Task | None:
    """Return the last task that works an analysis out, None when nobody asked for it."""
    tasks = services.current().tasks.list()
    return next((each for each in tasks if each.kind is TaskKind.ANALYZE and each.params == asked), None)
