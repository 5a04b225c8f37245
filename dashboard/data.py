"""Derived frames for the page, cached by (dataset, version, query); the only `cache_data`.

The version in the key makes clearing needless. A growing dataset shows a new version at most every
`FRESH_S` seconds, and at once when a task ends, so the cache also works while a collection runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast

import pandas as pd
import pyarrow as pa
import streamlit as st

from core import importing
from core.analysis import activity
from core.query import Dataset, Query
from core.storage import reads
from core.storage.store import Store
from core.tasks.records import Task, TaskKind
from core.wording.filters import shortened
from dashboard import services

P = ParamSpec("P")
T = TypeVar("T")

FRESH_S = 5
TITLE = 90
TTL_S = 1800
MANY = 400
ANY = 200
FEW = 60
FILES = 8
LEADING = 10
"""Sources and authors that the Overview ranks."""
PARTS = 2000


BY_TEXT: Final[dict[Any, Callable[[Any], str]]] = {Query: repr}
"""A query is told apart by its text; taking it to pieces for its hash costs several times as much."""


def dataset(query: Query) -> Dataset:
    """Return which dataset a query is about."""
    return services.current().workspace(query).dataset


def datasets() -> tuple[Dataset, ...]:
    """Return the datasets that a visitor can choose between: those that hold anything."""
    names = [workspace.dataset for workspace in services.current().workspaces]
    return tuple(name for name in ("demo", "own") if name in names and has_comments(name))


def has_comments(name: Dataset) -> bool:
    """Tell whether a dataset holds any source."""
    return _has_comments(name, version(name))


def version(name: Dataset) -> int:
    """Return the version of a dataset that the page shows now: the last one, unless work is adding to it."""
    listed = services.current().tasks.list()
    finished = sum(task.is_finished for task in listed)
    return _version(name, finished) if finished < len(listed) else _store(name).version()


def running() -> list[Task]:
    """Return the tasks that are under way, the last submitted first."""
    return [task for task in services.current().tasks.list() if not task.is_finished]


def tasks() -> list[Task]:
    """Return collections and imports, the last submitted first."""
    return [
        task for task in services.current().tasks.list() if task.kind in {TaskKind.COLLECT, TaskKind.IMPORT}
    ]


def arriving() -> list[Task]:
    """Return the collections and imports that are under way: while there is one, figures grow."""
    return [task for task in tasks() if not task.is_finished]


def growth() -> tuple[int, ...]:
    """Return what changes when a page has something new to show: the versions of all datasets."""
    return tuple(version(workspace.dataset) for workspace in services.current().workspaces)


def sources(name: Dataset) -> list[reads.SourceRow]:
    """Return the sources of a dataset."""
    return _sources(name, version(name))


def titles(name: Dataset) -> dict[str, str]:
    """Return what to call each source: its title, the beginning of its text, or its key."""
    return _titles(name, version(name))


def figures(query: Query) -> reads.Figures:
    """Return the totals of a query; its authors are counted in the pass that ranks them."""
    return reads.with_authors(totals(query), _of(query, "authors").authors)


def totals(query: Query) -> reads.Totals:
    """Return the totals of a query but for its authors, who are dear to tell apart."""
    known: reads.Totals = _of(query, "totals")
    return known


def per_period(query: Query, unit: reads.Unit) -> pd.DataFrame:
    """Return comments and replies per period, missing periods as 0."""
    name = dataset(query)
    return _per_period(name, version(name), _key(query), unit)


def per_hour_weekday(query: Query) -> pd.DataFrame:
    """Return all hours of the week with their comments, and how often each hour was in the time covered."""
    name = dataset(query)
    return _per_hour_weekday(name, version(name), _key(query))


def top_sources(query: Query, limit: int) -> pd.DataFrame:
    """Return the sources with most comments."""
    frame: pd.DataFrame = _of(query, "sources", limit)
    return frame.assign(title=frame["source"].map(titles(dataset(query))))


def top_authors(query: Query, limit: int) -> pd.DataFrame:
    """Return the authors with most comments."""
    ranking: reads.Ranking = _of(query, "authors", limit)
    return ranking.rows


def likes(query: Query) -> pd.DataFrame:
    """Return comments by number of likes."""
    frame: pd.DataFrame = _of(query, "likes")
    return frame


def replies(query: Query) -> pd.DataFrame:
    """Return top-level comments by number of replies."""
    frame: pd.DataFrame = _of(query, "replies")
    return frame


def facets(query: Query) -> dict[str, dict[Any, int]]:
    """Return the choices of each filter with the comments that each would leave."""
    name = dataset(query)
    return _facets(name, version(name), _key(query))


def unread(query: Query) -> int:
    """Return how many comments of a query have a text that nobody has read yet."""
    name = dataset(query)
    return _unread(name, version(name), _key(query))


def window(query: Query, offset: int, limit: int) -> pa.Table:
    """Return rows `offset` to `offset + limit` of a query in its order."""
    return read(query, reads.window, replace(query, dataset=None), offset, limit)


def thread(query: Query, comment: str) -> pa.Table:
    """Return the thread that a comment stands in: root, replies in order, tombstones in place."""
    return read(query, reads.thread, comment)


def changes(
    query: Query, since: datetime, kinds: tuple[reads.ChangeKind, ...], limit: int
) -> reads.ChangePage:
    """Return the first `limit` changes of a query's comments since an aware moment."""
    return read(query, reads.changes, replace(query, dataset=None), since, limit, kinds=kinds)


def change_counts(query: Query, since: datetime) -> reads.ChangeCounts:
    """Return how many changes of each kind a query's comments have had since an aware moment."""
    return read(query, reads.change_counts, _key(query), since)


def read(query: Query, ask: Callable[Concatenate[Store, P], T], *given: P.args, **named: P.kwargs) -> T:
    """Return the answer of any question to the database that holds a query's comments, kept by version.

    What is given to the question must be hashable, and the answer a value.
    """
    name = dataset(query)
    asked = f"{ask.__module__}.{ask.__qualname__}"
    return cast("T", _read(name, version(name), asked, given, named, ask))


def author_names(name: Dataset, ids: tuple[int, ...]) -> dict[str, str]:
    """Return the names of authors by id as text."""
    return _author_names(name, version(name), ids) if ids else {}


@st.cache_data(ttl=TTL_S, max_entries=FILES, show_spinner=False)
def file_links(content: bytes, filename: str, column: str | None = None) -> importing.FileLinks:
    """Return the links of an uploaded file; raises ImportRefused."""
    return importing.links_in(content, filename, column=column)


def _of(query: Query, part: reads.Part, limit: int = LEADING) -> Any:
    name = dataset(query)
    return _part(name, version(name), _key(query), part, limit)


def _key(query: Query) -> Query:
    """Leave out what does not change an aggregate, so that equal questions share an answer."""
    return replace(query, dataset=None, sort=Query().sort)


def _store(name: Dataset) -> Store:
    return services.current().workspace(name).store


@st.cache_data(ttl=FRESH_S, max_entries=FEW, show_spinner=False)
def _version(name: Dataset, finished_tasks: int) -> int:
    del finished_tasks
    return _store(name).version()


@st.cache_data(ttl=TTL_S, max_entries=FEW, show_spinner=False)
def _sources(name: Dataset, version: int) -> list[reads.SourceRow]:
    del version
    return reads.sources(_store(name))


@st.cache_data(ttl=TTL_S, max_entries=FEW, show_spinner=False)
def _has_comments(name: Dataset, version: int) -> bool:
    """Answer by itself: every run asks it several times, and a copy of all sources takes milliseconds."""
    return bool(_sources(name, version))


@st.cache_data(ttl=TTL_S, max_entries=FEW, show_spinner=False)
def _titles(name: Dataset, version: int) -> dict[str, str]:
    return {row.key: row.title or shortened(row.text, TITLE) or row.key for row in _sources(name, version)}


@st.cache_data(ttl=TTL_S, max_entries=FEW, show_spinner=False, hash_funcs=BY_TEXT)
def _overview(name: Dataset, version: int, query: Query) -> reads.Overview:
    del version
    return reads.overview(_store(name), query, LEADING)


@st.cache_data(ttl=TTL_S, max_entries=PARTS, show_spinner=False, hash_funcs=BY_TEXT)
def _part(name: Dataset, version: int, query: Query, part: reads.Part, limit: int) -> Any:
    """Return a part of the Overview; where each alone would work a filter out anew, all are asked at once."""
    if limit == LEADING and reads.is_at_once(query):
        return getattr(_overview(name, version, query), part)
    return reads.PARTS[part](_store(name), query, limit)


@st.cache_data(ttl=TTL_S, max_entries=MANY, show_spinner=False, hash_funcs=BY_TEXT)
def _per_period(name: Dataset, version: int, query: Query, unit: reads.Unit) -> pd.DataFrame:
    return activity.fill(activity.summed(_part(name, version, query, "hours", LEADING), unit), unit)


@st.cache_data(ttl=TTL_S, max_entries=MANY, show_spinner=False, hash_funcs=BY_TEXT)
def _per_hour_weekday(name: Dataset, version: int, query: Query) -> pd.DataFrame:
    counted: pd.DataFrame = _part(name, version, query, "rhythm", LEADING)
    known: reads.Totals = _part(name, version, query, "totals", LEADING)
    if known.first_at is None or known.last_at is None:
        return counted.assign(hours=0, per_hour=float("nan"))
    return activity.rhythm(counted, known.first_at, known.last_at, query.tz)


@st.cache_data(ttl=TTL_S, max_entries=MANY, show_spinner=False, hash_funcs=BY_TEXT)
def _facets(name: Dataset, version: int, query: Query) -> dict[str, dict[Any, int]]:
    del version
    found = reads.every_facet(_store(name), query)
    return {field: dict(frame.to_dict("split", index=False)["data"]) for field, frame in found.items()}


@st.cache_data(ttl=TTL_S, max_entries=MANY, show_spinner=False, hash_funcs=BY_TEXT)
def _unread(name: Dataset, version: int, query: Query) -> int:
    del version
    return reads.unread_in(_store(name), query)


@st.cache_data(ttl=TTL_S, max_entries=ANY, show_spinner=False, hash_funcs=BY_TEXT)
def _read(
    name: Dataset,
    version: int,
    asked: str,
    given: tuple[object, ...],
    named: Mapping[str, object],
    _ask: Callable[..., object],
) -> object:
    """Ask; the question itself is no part of the key, its name is."""
    del version, asked
    return _ask(_store(name), *given, **named)


@st.cache_data(ttl=TTL_S, max_entries=FEW, show_spinner=False)
def _author_names(name: Dataset, version: int, ids: tuple[int, ...]) -> dict[str, str]:
    del version
    frame = reads.top_authors(_store(name), Query(author=ids), len(ids))
    return {str(row.author_id): str(row.author_name) for row in frame.itertuples() if row.author_name}
