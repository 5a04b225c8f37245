"""One collection from links to balance sheet.

Threads ask and parse (`dispatch`), plans decide (`plan`, `listing`), and this thread alone writes: answered
pages in batches, each batch in one transaction with its checkpoint. What VK declares is written first.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from core.collect.balance import BalanceSheet, verdict
from core.collect.checkpoint import read_checkpoint
from core.collect.dispatch import Dispatcher
from core.collect.listing import Bounds
from core.collect.progress import ProgressLine
from core.collect.sources import Arrived, Ended, Opened, SourceWork
from core.collect.targets import resolve_names
from core.errors import TaskCancelled, VkError
from core.links import Recognised
from core.models import Progress, Refused, SourceState, Target
from core.storage import writes
from core.storage.store import Store
from core.vk.api import VkApi, is_token_lost
from core.vk.client import Meter

BATCH_COMMENTS: Final = 2_500
BATCH_S: Final = 0.2
LOOK_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class CollectOptions:
    """What of a wall is wanted (UTC days, inclusive; n latest), and what a repeated run asks again."""

    since: date | None = None
    until: date | None = None
    posts: int | None = None
    refresh: Literal["new", "changed", "all"] = "new"


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
) -> BalanceSheet:
    """Collect every comment of the targets into the store and return the balance sheet.

    Raises TaskCancelled when `cancel` was set, after writing what had arrived; VkError when the token is
    lost or VK stays away before anything came; StorageError when the database refuses.
    """
    meter = Meter()
    found = resolve_names(Recognised(tuple(request.targets), tuple(request.refused)), vk, cancel, meter)
    options = request.options
    dispatcher = Dispatcher(vk, meter, in_flight, cancel)
    out: deque[Opened | Arrived | Ended] = deque()
    sources = SourceWork(
        Bounds(options.since, options.until, options.posts),
        read_checkpoint(store, request.run_id),
        out,
        dispatcher.came,
    )
    line = ProgressLine(report, lambda: clock().timestamp(), meter)
    return _Run(request, store, report, cancel, clock, meter, dispatcher, sources, out, line).go(found)


@dataclass(slots=True)
class _Run:
    """One run under way: the dispatcher, the sources, and what waits to be written."""

    request: CollectRequest
    store: Store
    report: Callable[[Progress], None]
    cancel: threading.Event
    clock: Callable[[], datetime]
    meter: Meter
    dispatcher: Dispatcher
    sources: SourceWork
    out: deque[Opened | Arrived | Ended]
    line: ProgressLine
    done: int = 0
    written_s: float = 0.0

    def go(self, found: Recognised) -> BalanceSheet:
        """Collect until nothing is left to ask, write everything, and return the sheet."""
        self.dispatcher.add(self.sources.begin(found.targets))
        self.done = self.sources.restored
        pool = ThreadPoolExecutor(self.dispatcher.in_flight, thread_name_prefix="collect")
        try:
            self._until_done(self.dispatcher.start(pool))
        finally:
            self.dispatcher.stop()
            pool.shutdown(wait=False, cancel_futures=True)
        self._write(is_last=True)
        stopped_by = self.dispatcher.stopped_by
        if self.cancel.is_set() or stopped_by is not None:
            self._leave()
        if self.cancel.is_set():
            sheet = self._sheet(found, stopped_by).as_dict()
            raise TaskCancelled("The collection was cancelled; what had arrived is kept.", result=sheet)
        writes.fold(self.store)
        if stopped_by is not None and (is_token_lost(stopped_by) or not self.done):
            raise stopped_by
        return self._sheet(found, stopped_by)

    def _until_done(self, threads: Sequence[Future[None]]) -> None:
        while not self.cancel.is_set():
            is_over = all(thread.done() for thread in threads)
            for thread in threads:
                if thread.done():
                    thread.result()
            if is_over:
                return
            self._write(is_last=False)
            self._tell()
            self.cancel.wait(LOOK_S)

    def _write(self, *, is_last: bool) -> None:
        """Write what has arrived: what VK declared first, then pages, then verdicts."""
        now_s = self.line.moment()
        is_due = now_s - self.written_s >= BATCH_S or self.dispatcher.unwritten >= BATCH_COMMENTS
        if not self.out or not (is_last or is_due):
            return
        waiting = [self.out.popleft() for _ in range(len(self.out))]
        opened = [each.source for each in waiting if isinstance(each, Opened)]
        arrived = [each for each in waiting if isinstance(each, Arrived)]
        ended = [each.balance for each in waiting if isinstance(each, Ended)]
        run_id, seen_at = self.request.run_id, self.clock()
        if opened:
            writes.write_sources(self.store, run_id, opened, seen_at)
        if arrived:
            writes.write_pages(self.store, run_id, [each.page for each in arrived], seen_at)
            self.dispatcher.written(sum(len(each.page.comments) for each in arrived))
            self.done += sum(each.gained for each in arrived)
        states = [(each.ref, SourceState.COLLECTING, each.declared_comments, 0) for each in opened]
        states += [(each.ref, each.state, each.declared, each.refused_code) for each in ended]
        if states:
            writes.write_states(self.store, run_id, states, seen_at)
        self.written_s = self.line.moment()

    def _leave(self) -> None:
        """Write how far the sources under way have come."""
        states = [
            (each.ref, each.state, each.declared, each.refused_code) for each in self.sources.unfinished()
        ]
        if states:
            writes.write_states(self.store, self.request.run_id, states, self.clock())

    def _tell(self) -> None:
        is_listing = self.sources.listings > 0
        note = "collect.listing" if is_listing and not self.done else "collect.comments"
        if self.dispatcher.is_pacing:
            note = "collect.pacing"
        self.line.tell(self.done, None if is_listing else self.sources.declared, note)

    def _sheet(self, found: Recognised, stopped_by: VkError | None) -> BalanceSheet:
        sources = (*self.sources.balances.values(), *self.sources.unfinished())
        refused_targets = tuple(self.sources.refused_targets)
        state, error, sentence, hint = verdict(sources, found.refused, refused_targets, stopped_by)
        self.line.end(self.done, self.sources.declared, is_complete=state == "succeeded")
        meter = self.meter
        return BalanceSheet(
            sources, found.refused, refused_targets,
            meter.calls, meter.requests, meter.retries, meter.bytes, state, error, sentence, hint,
        )  # fmt: skip
