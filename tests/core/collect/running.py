"""Runs a collection against the fake VK into a real in-memory database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from core.collect.balance import BalanceSheet
from core.collect.run import CollectOptions, CollectRequest, collect
from core.links import recognise
from core.models import Progress
from core.storage.store import Store
from core.vk.api import connect
from core.vk.client import RetryWaits
from tests.core.vk.fake_vk import TOKEN, URL, FakeVk

QUICK = RetryWaits(first_s=0.0, rate_limited_s=0.0)


def now() -> datetime:
    """Return the time, aware UTC."""
    return datetime.now(UTC)


@dataclass
class Desk:
    """A store, a fake VK and everything that was reported."""

    vk: FakeVk
    store: Store
    tokens: tuple[str, ...] = (TOKEN,)
    cancel: threading.Event = field(default_factory=threading.Event)
    reports: list[Progress] = field(default_factory=list)

    def collect(
        self,
        links: str,
        *,
        run_id: str = "run",
        since: date | None = None,
        until: date | None = None,
        posts: int | None = None,
        in_flight: int = 4,
    ) -> BalanceSheet:
        """Collect what the links mean."""
        found = recognise(links)
        options = CollectOptions(since, until, posts)
        api = connect(URL, self.tokens, 0, transport=self.vk.transport(), waits=QUICK)
        return collect(
            CollectRequest(found.targets, found.refused, options, run_id),
            api,
            self.store,
            report=self.reports.append,
            cancel=self.cancel,
            clock=now,
            in_flight=in_flight,
        )

    def rows(self, source: str | None = None) -> list[int]:
        """Return the ids of the stored comments, repeated where a comment is there twice."""
        with self.store.reading() as cursor:
            found = cursor.execute(
                "select comment_id from comments_now where source = coalesce($source, source)",
                {"source": source},
            ).fetchall()
        return sorted(comment_id for (comment_id,) in found)


@contextmanager
def desk(vk: FakeVk) -> Iterator[Desk]:
    """Open a desk over an in-memory database."""
    store = Store.open("duckdb:///:memory:", clock=now)
    try:
        yield Desk(vk, store)
    finally:
        store.close()
