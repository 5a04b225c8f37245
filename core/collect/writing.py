"""What of a run is written, in which order: lists and what VK declares, comments, what is gone, verdicts.

Each page is written in one transaction with its place in the checkpoint; a source's verdict comes after
everything it rests on, so that a run that is killed in between judges it again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.balances import SourceBalance
from core.collect.dispatch import Dispatcher
from core.collect.lists import Noted
from core.collect.sources import Arrived, Ended, Event, Opened
from core.log import bound_contextvars, logger
from core.models import SourceState
from core.storage import writes
from core.storage.store import Store

BATCH_COMMENTS: Final = 2_500
BATCH_S: Final = 0.2
PORTION_COMMENTS: Final = 5_000
"""A transaction holds no more than a page beyond this: others wait for it, who ask for a task or stop one."""
MOST_SAID: Final = 20
_UNREAD: Final = frozenset({SourceState.REFUSED, SourceState.CLOSED, SourceState.PARTIAL})


@dataclass(slots=True)
class Writer:
    """Writes what waits in `out`, in batches; `done` counts the comments of this attempt."""

    store: Store
    run_id: str
    out: deque[Event]
    dispatcher: Dispatcher
    moment: Callable[[], float]
    clock: Callable[[], datetime]
    done: int = 0
    _written_s: float = 0.0
    _refused: int = 0

    def write(self, *, is_last: bool) -> None:
        """Write what has arrived when it is due; at the end, all of it."""
        is_due = self.moment() - self._written_s >= BATCH_S or self.dispatcher.unwritten >= BATCH_COMMENTS
        if not self.out or not (is_last or is_due):
            return
        waiting = [self.out.popleft() for _ in range(len(self.out))]
        self.note([each for each in waiting if isinstance(each, Noted)])
        self._opened([each for each in waiting if isinstance(each, Opened)])
        self._arrived([each for each in waiting if isinstance(each, Arrived)])
        self._ended([each for each in waiting if isinstance(each, Ended)])
        self._written_s = self.moment()

    def note(self, notes: Sequence[Noted]) -> None:
        """Write notes of the run: answered pages of lists, and where the run began."""
        if notes:
            rows = [(*each.key, each.body) for each in notes]
            writes.write_listing_pages(self.store, self.run_id, rows, self.clock())

    def balances(self, balances: Sequence[SourceBalance]) -> None:
        """Write how far sources have come."""
        if balances:
            writes.write_balances(self.store, self.run_id, balances, self.clock())

    def _opened(self, opened: Sequence[Opened]) -> None:
        if opened:
            writes.write_sources(self.store, self.run_id, [each.source for each in opened], self.clock())
            self.balances([each.balance for each in opened if each.balance is not None])

    def _arrived(self, arrived: Sequence[Arrived]) -> None:
        for some in _portions(arrived):
            writes.write_pages(self.store, self.run_id, [each.page for each in some], self.clock())
            self.dispatcher.written(sum(len(each.page.comments) for each in some))
            self.done += sum(each.gained for each in some)

    def _ended(self, ended: Sequence[Ended]) -> None:
        levels = [(each.balance.ref, root) for each in ended for root in each.proved]
        if levels:
            writes.write_absent(self.store, self.run_id, levels, self.clock())
        self.balances([each.balance for each in ended])
        for each in ended:
            self._say_refused(each.balance)

    def _say_refused(self, balance: SourceBalance) -> None:
        """Say which sources could not be read; of many, the first."""
        if balance.state not in _UNREAD or self._refused > MOST_SAID:
            return
        self._refused += 1
        with bound_contextvars(source=str(balance.ref)):
            if self._refused > MOST_SAID:
                logger(__name__).info("More sources cannot be read whole", said=MOST_SAID)
            else:
                logger(__name__).info(
                    "A source cannot be read whole",
                    state=str(balance.state),
                    code=balance.error_code or "",
                    vk_code=balance.refused_code or 0,
                )


def _portions(arrived: Sequence[Arrived]) -> Iterator[list[Arrived]]:
    """Yield the pages in order, as many together as one transaction should hold."""
    some: list[Arrived] = []
    comments = 0
    for each in arrived:
        some.append(each)
        comments += len(each.page.comments)
        if comments >= PORTION_COMMENTS:
            yield some
            some, comments = [], 0
    if some:
        yield some
