"""A store of comments whose texts were read by the real text engine, for tests of analyses."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from core.analysis.catalogue import named
from core.cache import open_cache
from core.models import Author, Comment, Source
from core.query import Query
from core.storage import writes
from core.storage.store import Store
from core.tasks import analyze
from core.text import engine, enriching
from tests.builders import at, page
from tests.core.inline import Inline

__all__ = ["answer", "enriched", "read_texts", "rows"]


def enriched(
    comments: Iterable[Comment], sources: Sequence[Source] = (), authors: tuple[Author, ...] = ()
) -> Store:
    """Open a database in memory with these comments, folded, their texts read."""
    store = Store.open("duckdb:///:memory:", clock=lambda: datetime(2026, 3, 10, tzinfo=UTC))
    by_source: dict[str, list[Comment]] = {}
    for each in comments:
        by_source.setdefault(str(each.source), []).append(each)
    if sources:
        writes.write_sources(store, "run", list(sources), at(1))
    pages = [page(*some, source=key) for key, some in by_source.items()]
    writes.write_pages(store, "run", [*pages, page(authors=authors)], at(1))
    writes.fold(store)
    read_texts(store)
    return store


def read_texts(store: Store) -> int:
    """Read all texts of a store by the shipped engine, in this thread."""
    reading = engine.reading(store, Inline(1), threading.Event())
    return enriching.enrich(reading, lambda _progress: None)


def answer(
    store: Store, name: str, query: Query | None = None, other: Query | None = None, **params: object
) -> analyze.Measured:
    """Return what an analysis says, worked out in this thread, nothing kept."""
    return analyze.run(
        name,
        query or Query(),
        named(name).checked(params),
        store=store,
        compute=Inline(1),
        cache=open_cache("memory://"),
        cancel=threading.Event(),
        other=other,
    ).a


def rows(measured: analyze.Measured, **wanted: object) -> list[dict[str, object]]:
    """Return the rows of an answer that hold these values."""
    return [row for row in measured.rows if all(row[key] == value for key, value in wanted.items())]
