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
from core.analysis.described import Analysis, Asked, refused
from core.cache import Cache, Space, json_of
from core.compute import Compute
from core.errors import QueryError, TaskCancelled, TaskError
from core.query import Query, parse_query
from core.storage import reads
from core.storage.store import Store
from core.tasks.params import written_query

KEYS: Final = ("name", "query", "params", "b")
SHARED: Final = ("dataset", "tz")
TRIES: Final = 3
MAX_BYTES: Final = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out for one set of comments; `period` is (first, last) as ISO 8601 in UTC, None undated."""

    n: int
    period: tuple[str, str] | None
    tz: str
    rows: list[dict[str, Any]]

    def as_dict(self) -> dict[str, Any]:
        """Return it JSON-ready."""
        period = None if self.period is None else {"first": self.period[0], "last": self.period[1]}
        return {"n": self.n, "period": period, "tz": self.tz, "rows": self.rows}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Measured:
        """Read what `as_dict` gave; another shape raises KeyError, TypeError or ValueError."""
        period = kept["period"]
        rows = [dict(row) for row in kept["rows"]]
        return cls(
            int(kept["n"]), (period["first"], period["last"]) if period else None, str(kept["tz"]), rows
        )


SPACE: Final[Space[Measured]] = Space(
    "analyses", codec=json_of(Measured.of, plain=Measured.as_dict), max_bytes=MAX_BYTES
)


@dataclass(frozen=True, slots=True)
class Answer:
    """An analysis of one set of comments; `b` is the second set of a comparison."""

    name: str
    version: int
    params: Mapping[str, Any]
    method: str
    model: str | None
    a: Measured
    b: Measured | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the answer in the contract's form, JSON-ready."""
        first = self.a.as_dict()
        rows = first.pop("rows")
        return {
            "name": self.name,
            "version": self.version,
            "params": dict(self.params),
            **first,
            "method": self.method,
            "model": self.model,
            "rows": rows,
            "b": self.b.as_dict() if self.b else None,
        }


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
    shared = {key: query[key] for key in SHARED if key in query}
    return {**checked, "b": {**shared, **_second_query(second)}}


def queries_in(params: Mapping[str, Any]) -> list[Query]:
    """Return the one query, or the two, that checked parameters carry."""
    return [parse_query(params[key]) for key in ("query", "b") if key in params]


def run(
    name: str,
    query: Query,
    params: Mapping[str, Any],
    *,
    store: Store,
    compute: Compute,
    cache: Cache,
    cancel: threading.Event,
) -> Answer:
    """Return the analysis of a query with checked parameters, kept or measured now.

    Raises TaskCancelled once `cancel` is set, and what reading and computing raise.
    """
    analysis = named(name)
    key = _key(analysis, query, params, store)

    def measure() -> Measured:
        return _measured(analysis, Asking(query, params, store, compute, cancel))

    while True:
        try:
            return _answer(analysis, params, cache.computed(SPACE, key, measure))
        except TaskCancelled:
            # Who else asked for the same was cancelled; this caller was not.
            if cancel.is_set():
                raise


def kept(name: str, query: Query, params: Mapping[str, Any], *, store: Store, cache: Cache) -> Answer | None:
    """Return the analysis if its answer is kept, without measuring anything."""
    analysis = named(name)
    found = cache.kept(SPACE, _key(analysis, query, params, store))
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


def _second_query(given: object) -> dict[str, list[str]]:
    try:
        return written_query(given)
    except (QueryError, TaskError) as error:
        error.params["key"] = f"b.{error.params['key']}"
        raise


def _measured(analysis: Analysis, asking: Asking) -> Measured:
    figures, values = _steadily(asking.store, lambda: _read(analysis, asking))
    if analysis.is_heavy:
        columns = asking.compute.run(analysis.compute, *values, cancel=asking.cancel)
    else:
        columns = analysis.compute(*values)
    first, last = figures.first_at, figures.last_at
    period = (_iso(first), _iso(last)) if first and last else None
    return Measured(figures.comments, period, asking.query.tz, analysis.rows(columns))


def _read(analysis: Analysis, asking: Asking) -> tuple[reads.Figures, tuple[Any, ...]]:
    figures = reads.figures(asking.store, asking.query, asking.cancel)
    asked = Asked(asking.store, asking.query, asking.params, figures, asking.cancel)
    return figures, analysis.read(asked)


def _steadily(store: Store, read: Callable[[], Any]) -> Any:
    """Read again when something was committed in between, so that `n` and rows are of one version.

    Where commits come faster than it can read, the last reading counts.
    """
    for _ in range(TRIES):
        version = store.version()
        found = read()
        if store.version() == version:
            break
    return found


def _key(analysis: Analysis, query: Query, params: Mapping[str, Any], store: Store) -> str:
    """Return what tells one answer from another, in every database that a cache may be shared by."""
    stats = store.stats()
    asked = replace(query, dataset=None, sort=Query().sort).params()
    told = [
        analysis.name,
        analysis.version,
        dict(params),
        query.tz,
        asked,
        stats.version,
        stats.last_committed_at,
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _answer(analysis: Analysis, params: Mapping[str, Any], measured: Measured) -> Answer:
    return Answer(analysis.name, analysis.version, dict(params), analysis.method, analysis.model, measured)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
