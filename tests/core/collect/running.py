"""Runs a collection against the fake VK into a real in-memory database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from core.balances import SourceBalance
from core.collect.balance import BalanceSheet
from core.collect.refresh import RefreshMode
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
class MovingVk(FakeVk):
    """A fake VK whose comments can be edited, whose posts have texts, whose lists count wrongly."""

    texts: dict[int, str] = field(default_factory=dict)
    post_texts: dict[int, str] = field(default_factory=dict)
    listed: dict[int, int] = field(default_factory=dict)

    def _item(self, comment: int, thread: int, roots: dict[int, list[int]]) -> dict[str, Any]:
        item = super()._item(comment, thread, roots)
        if comment in self.texts and not item.get("deleted"):
            item["text"] = self.texts[comment]
        return item

    def _post(self, owner: int, post: int) -> dict[str, Any]:
        item = super()._post(owner, post)
        item["comments"]["count"] = self.listed.get(post, item["comments"]["count"])
        return item | ({"text": self.post_texts[post]} if post in self.post_texts else {})

    def asked(self) -> list[tuple[int, int]]:
        """Return (post, thread or 0) of every call for comments, and forget all calls."""
        calls = [
            (int(each["post_id"]), int(each.get("comment_id", 0)))
            for each in self.named_calls("wall.getComments")
        ]
        self.calls.clear()
        return calls


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
        refresh: RefreshMode = "new",
        words: str = "",
        in_flight: int = 4,
        spent: Callable[[], None] | None = None,
        claim: Callable[[frozenset[str]], None] | None = None,
    ) -> BalanceSheet:
        """Collect what the links mean."""
        found = recognise(links)
        options = CollectOptions(since, until, posts, refresh, words)
        api = connect(URL, self.tokens, 0, transport=self.vk.transport(), waits=QUICK)
        return collect(
            CollectRequest(found.targets, found.refused, options, run_id),
            api,
            self.store,
            report=self.reports.append,
            cancel=self.cancel,
            clock=now,
            in_flight=in_flight,
            spent=spent,
            claim=claim,
        )

    def states(self, source: str | None = None) -> dict[int, str]:
        """Return what became of each stored comment."""
        with self.store.reading() as cursor:
            found = cursor.execute(
                "select comment_id, state from comments_now where source = coalesce($source, source)",
                {"source": source},
            ).fetchall()
        return dict(found)

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


def of(sheet: BalanceSheet, key: str) -> SourceBalance:
    """Return the balance of one source."""
    return next(each for each in sheet.sources if str(each.ref) == key)
