"""Ask for an analysis by name: read, compute (in a process of its own when it is heavy), keep the answer.

Routes and tasks both come here. What is kept under a dataset version is of that version or a later one,
never of an older one.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from core.analysis.catalogue import named
from core.analysis.described import Analysis, Asked, Found, Note, nobody, refused
from core.cache import Cache, Space, json_of
from core.compute import Compute
from core.errors import QueryError, TaskCancelled, TaskError
from core.query import Query, parse_query
from core.storage import reads
from core.storage.accounts import StoreStats
from core.storage.store import Store
from core.tasks.answers import Answer, Measured, said
from core.tasks.params import written_query

__all__ = [
    "Answer",
    "Measured",
    "analyze_params",
    "compared",
    "kept",
    "other_in",
    "queries_in",
    "run",
    "said",
]

KEYS: Final = ("name", "query", "params", "b")
SHARED: Final = ("dataset", "tz")
TRIES: Final = 3
MAX_BYTES: Final = 8 * 2**20


SPACE: Final[Space[Measured]] = Space(
    "analyses", codec=json_of(Measured.of, plain=Measured.as_dict), max_bytes=MAX_BYTES
)


def analyze_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Check `{"name", "query"?, "params"?, "b"?}` and put every default in; raises QueryError or TaskError.

    `b` is the query of a second set to compare with; its `dataset` and `tz` are the first one's where it
    names none.
    """
    for key, value in params.items():
        if key not in KEYS:
            raise refused(key, value, "There is no such parameter; known: {known}.", known=", ".join(KEYS))
    analysis = named(params.get("name"))
    given = params.get("params") or {}
    if not isinstance(given, Mapping):
        raise refused("params", given, "It is an object with the analysis's parameters.")
    query = written_query(params.get("query") or {})
    checked = {"name": analysis.name, "query": query, "params": analysis.checked(given)}
    second = params.get("b")
    if second is None:
        return checked
    if analysis.keeps_one:
        raise refused("b", second, "This analysis keeps what it found last: ask about one set at a time.")
    shared: dict[str, Any] = {key: query[key] for key in SHARED if key in query}
    other = {**shared, **_second_query(second)}
    if analysis.compares and other.get("dataset") != query.get("dataset"):
        raise refused("b.dataset", second, "Both sets of this analysis are of one dataset.")
    return {**checked, "b": other}


def queries_in(params: Mapping[str, Any]) -> list[Query]:
    """Return the queries to ask in turn: the one, or both unless the analysis compares two itself."""
    keys = ("query",) if named(params["name"]).compares else ("query", "b")
    return [parse_query(params[key]) for key in keys if key in params]


def other_in(params: Mapping[str, Any]) -> Query | None:
    """Return the second set of an analysis that compares two itself, None for all the rest."""
    if not named(params["name"]).compares or "b" not in params:
        return None
    return parse_query(params["b"])


def run(
    name: str,
    query: Query,
    params: Mapping[str, Any],
    *,
    store: Store,
    compute: Compute,
    cache: Cache,
    cancel: threading.Event,
    other: Query | None = None,
    report: Callable[[float, str], None] = nobody,
) -> Answer:
    """Return the analysis of a query with checked parameters, kept or measured now.

    `other` is the second set for an analysis that compares two itself.

    Raises TaskCancelled once `cancel` is set, and what reading and computing raise.
    """
    analysis = named(name)
    key = _key(analysis, query, params, store.stats(), other)
    asking = Asking(query, params, store, compute, cancel, other, report)

    def measure() -> Measured:
        measured, version = _measured(analysis, asking)
        stats = store.stats()
        after = _key(analysis, query, params, stats, other)
        if after != key and version == stats.version:
            # What it wrote itself made a new version: the answer is of that one, too.
            cache.keep(SPACE, after, measured)
        return measured

    while True:
        try:
            return _answer(analysis, params, cache.computed(SPACE, key, measure))
        except TaskCancelled:
            # Who else asked for the same was cancelled; this caller was not.
            if cancel.is_set():
                raise


def kept(
    name: str,
    query: Query,
    params: Mapping[str, Any],
    *,
    store: Store,
    cache: Cache,
    other: Query | None = None,
) -> Answer | None:
    """Return the analysis if its answer is kept, without measuring anything."""
    analysis = named(name)
    found = cache.kept(SPACE, _key(analysis, query, params, store.stats(), other))
    return None if found is None else _answer(analysis, params, found)


def compared(answers: list[Answer]) -> Answer:
    """Return one answer of the one set, or of the two that are compared."""
    first, *others = answers
    return replace(first, b=others[0].a) if others else first


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked about, and what it is worked out with."""

    query: Query
    params: Mapping[str, Any]
    store: Store
    compute: Compute
    cancel: threading.Event
    other: Query | None
    report: Callable[[float, str], None]


def _second_query(given: object) -> dict[str, list[str]]:
    try:
        return written_query(given)
    except (QueryError, TaskError) as error:
        error.params["key"] = f"b.{error.params['key']}"
        raise


def _measured(analysis: Analysis, asking: Asking) -> tuple[Measured, int]:
    """Return the answer and the version that it is of."""
    ((figures, unread), found), version = _steadily(asking.store, lambda: _found(analysis, asking))
    first, last = figures.first_at, figures.last_at
    period = (_iso(first), _iso(last)) if first and last else None
    notes = found.notes
    if unread:
        notes = (Note("unread", {"unread": unread}), *notes)
    measured = Measured(
        figures.comments,
        period,
        asking.query.tz,
        analysis.rows(found.columns),
        dict(found.summary),
        notes,
        found.model,
    )
    return measured, version


def _found(analysis: Analysis, asking: Asking) -> tuple[tuple[reads.Figures, int], Found]:
    figures = reads.figures(asking.store, asking.query, asking.cancel)
    asked = Asked(
        asking.store,
        asking.query,
        asking.params,
        figures,
        asking.cancel,
        asking.compute,
        asking.other,
        asking.report,
    )
    unread = reads.unread_in(asking.store, asking.query, asking.cancel) if analysis.reads_texts else 0
    return (figures, unread), analysis.found(asked)


def _steadily(store: Store, read: Callable[[], Any]) -> tuple[Any, int]:
    """Read again when something was committed in between, so that `n` and rows are of one version: that one.

    Where commits come faster than it can read, the last reading counts.
    """
    for _ in range(TRIES):
        version = store.version()
        found = read()
        if store.version() == version:
            break
    return found, version


def _key(
    analysis: Analysis, query: Query, params: Mapping[str, Any], stats: StoreStats, other: Query | None
) -> str:
    """Return what tells one answer from another, in every database that a cache may be shared by."""
    asked = replace(query, dataset=None, sort=Query().sort).params()
    told = [
        analysis.name,
        analysis.version,
        dict(params),
        query.tz,
        asked,
        stats.version,
        stats.last_committed_at,
        None if other is None else replace(other, dataset=None, sort=Query().sort).params(),
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _answer(analysis: Analysis, params: Mapping[str, Any], measured: Measured) -> Answer:
    return Answer(analysis.name, analysis.version, dict(params), analysis.method, analysis.model, measured)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
