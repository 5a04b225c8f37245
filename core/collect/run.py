"""One collection from links to balance sheet.

Threads ask and parse (`dispatch`), plans decide (`plan`, `lists`, `refresh`), and this thread alone writes
(`writing`). What VK declares is written before any comment, what was proved gone before the verdict.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from core.collect.balance import BalanceSheet, verdict
from core.collect.calm import calm
from core.collect.checkpoint import (
    BEGUN,
    COST,
    NAMES,
    Checkpoint,
    begun_note,
    cost_note,
    name_note,
    read_checkpoint,
)
from core.collect.claimed import claims_of
from core.collect.dispatch import Dispatcher
from core.collect.found import changed, changed_in
from core.collect.listing import Bounds, wanted_words
from core.collect.lists import Lists, Noted
from core.collect.progress import ProgressLine
from core.collect.refresh import Refresh, RefreshMode
from core.collect.sources import Event, SourceWork
from core.collect.targets import names_in, resolve_names
from core.collect.writing import Writer
from core.errors import TaskCancelled, TaskPaused, VkError
from core.links import Recognised
from core.log import logger
from core.models import Pause, Progress, Refused, Target
from core.storage import reads, writes
from core.storage.store import Store
from core.vk import api
from core.vk.api import VkApi, is_token_lost
from core.vk.client import Meter

LOOK_S: Final = 0.05
SPENT_EVERY_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class CollectOptions:
    """What of a wall is wanted, and what a repeated run asks again.

    Days are UTC and inclusive; `posts` are the n latest; of those, `words` (as in the search box) choose.
    """

    since: date | None = None
    until: date | None = None
    posts: int | None = None
    refresh: RefreshMode = "new"
    words: str = ""


@dataclass(frozen=True, slots=True)
class CollectRequest:
    """What to collect; `run_id` names the run whose checkpoint an interrupted attempt left."""

    targets: Sequence[Target]
    refused: Sequence[Refused] = ()
    options: CollectOptions = CollectOptions()
    run_id: str = "run"


def collect(
    request: CollectRequest,
    vk: VkApi,
    store: Store,
    *,
    report: Callable[[Progress], None],
    cancel: threading.Event,
    clock: Callable[[], datetime],
    in_flight: int,
    spent: Callable[[], None] | None = None,
    claim: Callable[[frozenset[str]], None] | None = None,
) -> BalanceSheet:
    """Collect every comment of the targets into the store and return the balance sheet.

    `spent` is called every few seconds and at the end: VK's calls may be written down then. `claim` is called
    once what the names mean is known, with the sources that nobody else may collect meanwhile. Raises
    TaskCancelled when `cancel` was set and TaskPaused when all tokens wait for somebody or something,
    both after writing what had arrived; QueryError for words without a word; VkError when VK refuses the
    application or stays away before anything came; StorageError when the database refuses.
    """
    options, run_id = request.options, request.run_id
    bounds = Bounds(options.since, options.until, options.posts, wanted_words(options.words))
    checkpoint = read_checkpoint(store, run_id)
    begun = checkpoint.begun() or (store.version(), clock())
    meter, out = checkpoint.meter(), deque[Event]()
    dispatcher = Dispatcher(vk, meter, in_flight, cancel)
    refresh = Refresh(options.refresh, begun[1], run_id)
    sources = SourceWork(checkpoint, refresh, out, dispatcher.came)
    lists = Lists(
        bounds,
        checkpoint,
        out.append,
        lambda refs: reads.known(store, refs, run_id),
        sources.found,
        sources.settled,
    )
    line = ProgressLine(report, lambda: clock().timestamp(), meter)
    writer = Writer(store, run_id, out, dispatcher, line.moment, clock)
    run = _Run(
        request, vk, store, cancel, meter, dispatcher, refresh, sources, lists, writer, line,
        begun[0], spent or _nothing, claim or _unclaimed,
    )  # fmt: skip
    with calm():
        return run.go(checkpoint, begun)


@dataclass(slots=True)
class _Run:
    """One run under way: the dispatcher, the lists and sources, and who writes."""

    request: CollectRequest
    vk: VkApi
    store: Store
    cancel: threading.Event
    meter: Meter
    dispatcher: Dispatcher
    refresh: Refresh
    sources: SourceWork
    lists: Lists
    writer: Writer
    line: ProgressLine
    since_version: int
    spent: Callable[[], None]
    claim: Callable[[frozenset[str]], None]

    def go(self, checkpoint: Checkpoint, begun: tuple[int, datetime]) -> BalanceSheet:
        """Collect until nothing is left to ask, write everything, and return the sheet."""
        logger(__name__).info(
            "A collection begins",
            links=len(self.request.targets),
            refused=len(self.request.refused),
            refresh=self.request.options.refresh,
            is_resumed=BEGUN in checkpoint.notes,
        )
        if BEGUN not in checkpoint.notes:
            self.writer.note([Noted(BEGUN, begun_note(*begun))])
        found = self._resolved(checkpoint)
        self.claim(claims_of(found.targets))
        self.dispatcher.add(self.lists.begin(found.targets))
        pool = ThreadPoolExecutor(self.dispatcher.threads, thread_name_prefix="collect")
        try:
            self._until_done(self.dispatcher.start(pool))
        finally:
            self.dispatcher.stop()
            pool.shutdown(wait=False, cancel_futures=True)
            self._note_cost()
        self.writer.write(is_last=True)
        stopped_by, pause = self.dispatcher.stopped_by, self.dispatcher.pause
        is_cancelled = self.cancel.is_set()
        if is_cancelled or stopped_by is not None or pause is not None:
            self.writer.balances(list(self.sources.started()))
        if is_cancelled:
            sheet = self._sheet(found, stopped_by)
            raise TaskCancelled(
                "The collection was cancelled; what had arrived is kept.", result=sheet.as_dict()
            )
        writes.fold(self.store)
        if stopped_by is not None and (is_token_lost(stopped_by) or not self._done):
            raise stopped_by
        sheet = self._sheet(found, stopped_by, pause)
        if pause is not None:
            raise _paused(pause, sheet)
        if sheet.state == "succeeded":
            writes.forget_listing_pages(self.store, self.request.run_id)
        return sheet

    @property
    def _done(self) -> int:
        return self.writer.done + self.sources.restored

    def _resolved(self, checkpoint: Checkpoint) -> Recognised:
        """Return the targets with names as owners; what names mean is noted for later attempts."""
        request = self.request
        given = Recognised(tuple(request.targets), tuple(request.refused))
        known = checkpoint.names()
        try:
            found = resolve_names(given, self.vk, self.cancel, self.meter, known)
        except VkError as error:
            self.spent()
            pause = self.vk.hold(api.name("").method)
            if pause is None:
                raise
            raise _paused(pause, self._sheet(given, error, pause)) from error
        if named := names_in(given, self.vk):
            logger(__name__).info("Names are looked up", names=len(named), refused=len(found.refused))
        fresh = {name: owner for name, owner in named.items() if name not in known}
        self.writer.note([Noted((NAMES, name), name_note(owner)) for name, owner in fresh.items()])
        return found

    def _until_done(self, threads: Sequence[Future[None]]) -> None:
        told_s, is_planned = self.line.moment(), False
        while not self.cancel.is_set():
            is_over = all(thread.done() for thread in threads)
            for thread in threads:
                if thread.done():
                    thread.result()
            if not is_planned and not self.lists.under_way:
                is_planned = True
                logger(__name__).info("The sources are known", **self.sources.plan())
            if is_over:
                return
            self.writer.write(is_last=False)
            self._tell()
            if self.line.moment() - told_s >= SPENT_EVERY_S:
                told_s = self.line.moment()
                self._note_cost()
            self.cancel.wait(LOOK_S)

    def _note_cost(self) -> None:
        """Note what was spent: for the balance of later attempts, and for the day's count."""
        self.writer.note([Noted(COST, cost_note(self.meter))])
        self.spent()

    def _tell(self) -> None:
        is_listing = self.lists.under_way > 0
        note = "collect.listing" if is_listing and not self._done else "collect.comments"
        if self.dispatcher.is_pacing:
            note = "collect.pacing"
        total = None if is_listing else self.sources.declared
        self.line.tell(self._done, total, note, self.sources.restored)

    def _sheet(
        self, found: Recognised, stopped_by: VkError | None, pause: Pause | None = None
    ) -> BalanceSheet:
        sources = (*self.sources.balances.values(), *self.sources.unfinished())
        refused_targets = tuple(self.lists.refused_targets)
        state, fault = verdict(sources, found.refused, refused_targets, stopped_by)
        if self.cancel.is_set() or pause is not None:
            state = "partial"
        logger(__name__).info(
            "A collection rests",
            state=state,
            sources=len(sources),
            comments=self._done,
            requests=self.meter.requests,
            retries=self.meter.retries,
            **({"waits_for": str(pause.reason), "until": str(pause.until or "")} if pause else {}),
        )
        total = self.sources.declared if self._done and not self.lists.under_way else None
        self.line.end(self._done, total, is_complete=state == "succeeded")
        meter, since = self.meter, self.since_version
        of_sample = changed_in(self.store, self.refresh.sampled, since)
        of_run = changed(self.store, self.request.run_id, since)
        return BalanceSheet(
            sources, found.refused, refused_targets,
            meter.calls, meter.requests, meter.retries, meter.bytes, state, fault,
            self.refresh.told(sources, of_sample, meter.requests), of_run, pause,
        )  # fmt: skip


def _paused(pause: Pause, sheet: BalanceSheet) -> TaskPaused:
    return TaskPaused(
        "The collection waits; what had arrived is kept.",
        pause=pause,
        result=replace(sheet, pause=pause).as_dict(),
    )


def _unclaimed(_keys: frozenset[str]) -> None:
    """Claim nothing: nobody else collects here."""


def _nothing() -> None:
    """Do nothing: nobody wants to know what was spent."""
