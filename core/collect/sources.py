"""The sources of one run: how each is read, its pages one after the other, and its balance at the end.

Everything here runs one step at a time inside the dispatcher's lock; what has to be stored goes to `out`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from core.balances import Reading, SourceBalance
from core.collect.balance import balance
from core.collect.checkpoint import Checkpoint
from core.collect.facts import PageFacts
from core.collect.lists import Noted
from core.collect.plan import JUDGED, Ask, SourcePlan
from core.collect.refresh import SAMPLE, Found, Refresh, unmoved
from core.collect.work import Work
from core.errors import VkError
from core.models import Page, Source, SourceKind, SourceRef, SourceState
from core.templates import Reason
from core.vk import parse
from core.vk.client import Answer


@dataclass(frozen=True, slots=True)
class Opened:
    """A source that was found: store what VK says of it, and that it is being collected if it is."""

    source: Source
    balance: SourceBalance | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """An answered page to store; `gained` comments of it are new to this run."""

    page: Page
    gained: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A source that is finished: store what the levels it `proved` show to be gone, then its verdict."""

    balance: SourceBalance
    proved: tuple[int | None, ...] = ()


Event = Noted | Opened | Arrived | Ended


@dataclass(slots=True)
class SourceWork:
    """The sources of one run: those under way as plans, those finished as balances.

    `unmoved` wait until all lists are read, because some of them may be drawn to be asked all the same.
    """

    checkpoint: Checkpoint
    refresh: Refresh
    out: deque[Event]
    came: Callable[[int], None]
    balances: dict[SourceRef, SourceBalance] = field(default_factory=dict)
    declared: int = 0
    restored: int = 0
    _plans: dict[SourceRef, SourcePlan] = field(default_factory=dict)
    _errors: dict[SourceRef, VkError] = field(default_factory=dict)
    _unmoved: dict[SourceRef, Found] = field(default_factory=dict)
    _unasked: dict[tuple[SourceKind, int], dict[SourceRef, Found]] = field(default_factory=dict)
    _undercounted: set[tuple[SourceKind, int]] = field(default_factory=set)

    def found(self, sources: Iterable[Found]) -> list[Work]:
        """Begin sources that were named or listed, each once; return the work that follows."""
        return [work for each in sources for work in self._begin(each)]

    def settled(self) -> list[Work]:
        """Go on when all sources are known: ask those of the unmoved that are drawn, leave the others."""
        drawn = self.refresh.draw([*self._unmoved.values()])
        works: list[Work] = []
        for ref, each in self._unmoved.items():
            if ref in drawn:
                works += self._open(each, drawn[ref])
            else:
                self._leave(each)
        self._unmoved.clear()
        return works

    def plan(self) -> dict[str, int]:
        """Count the sources that are known, those that are read, and the comments they declare."""
        left = len(self._unmoved)
        known = len(self._plans) + len(self.balances) + left
        return {"sources": known, "unmoved": left, "declared": self.declared}

    def started(self) -> Iterator[SourceBalance]:
        """Return how far the sources under way have come."""
        for ref, plan in self._plans.items():
            yield balance(plan, self._errors.get(ref), is_finished=False)

    def unfinished(self) -> Iterator[SourceBalance]:
        """Return how far the sources under way have come, and those that nobody has asked."""
        yield from self.started()
        yield from (unmoved(each) for each in self._unmoved.values())

    def _begin(self, found: Found) -> list[Work]:
        ref, place = found.ref, (found.ref.kind, found.ref.owner_id)
        unasked = self._unasked.get(place, {})
        if found.is_single:
            self._unmoved.pop(ref, None)
            if unasked.pop(ref, None):
                del self.balances[ref]
        if ref in self._plans or ref in self.balances or ref in self._unmoved:
            return []
        is_trusted = place not in self._undercounted
        reading = self.refresh.reading(found, is_trusted=is_trusted)
        if ref in self.checkpoint.pages:
            return self._open(found, self._former_reading(found))
        if is_trusted and _is_empty(found):
            self._unasked.setdefault(place, {})[ref] = found
            return self._open(found, reading, is_asked=False)
        if reading is Reading.UNMOVED:
            self._unmoved[ref] = found
            return []
        return self._open(found, reading)

    def _former_reading(self, found: Found) -> Reading:
        """Return how an earlier attempt of the run has begun to read a source."""
        readings = {facts.reading for facts in self.checkpoint.pages[found.ref].values()}
        if SAMPLE in readings:
            self.refresh.sample(found)
        return Reading.MOVED if str(Reading.MOVED) in readings else Reading.FULL

    def _open(self, found: Found, reading: Reading, *, is_asked: bool = True) -> list[Work]:
        """Begin a source: store what VK says of it, then ask for what its checkpoint lacks.

        A post that VK says is empty is not asked, unless that may be wrong: it may be closed, or its list
        counts too few, as another post of the wall has shown.
        """
        ref = found.ref
        sampled = SAMPLE if ref in self.refresh.sampled else ""
        plan = SourcePlan.of(found.source, found.access_key, found.known, reading, sampled)
        self._plans[ref] = plan
        self.out.append(Opened(found.source, replace(balance(plan, None, is_finished=False),
                                                     state=SourceState.COLLECTING)))  # fmt: skip
        if not is_asked:
            self._end(plan)
            return []
        asks = plan.remembered(self.checkpoint.pages.get(ref, {}))
        self.declared += plan.declared or 0
        self.restored += plan.collected
        return self._go_on(plan, asks)

    def _leave(self, found: Found) -> None:
        """Leave a source as it is stored; it counts as done."""
        self.out.append(Opened(found.source))
        left = self.balances[found.ref] = unmoved(found)
        if left.state is SourceState.COMPLETE:
            self.declared += left.collected
            self.restored += left.collected
            self.refresh.unread += left.collected - left.tombstones

    def _undercounts(self, plan: SourcePlan) -> list[Work]:
        """Ask for the posts taken for empty, once a wall's list is known to count too few."""
        place = (plan.ref.kind, plan.ref.owner_id)
        if plan.listed is None or plan.collected <= plan.listed:
            return []
        self._undercounted.add(place)
        unasked = self._unasked.pop(place, {})
        for ref in unasked:
            del self.balances[ref]
        return [work for found in unasked.values() for work in self._open(found, Reading.FULL)]

    def _page(self, plan: SourcePlan, ask: Ask) -> Work:
        def take(read: tuple[Page, PageFacts]) -> list[Work]:
            page, facts = read
            collected, declared = plan.collected, plan.declared or 0
            plan.cost(retries=work.rounds, size=facts.size)
            asks = plan.answered(facts, ask)
            self.declared += (plan.declared or 0) - declared
            self.came(len(page.comments))
            stored = replace(page, extra=plan.noted(facts).as_extra())
            self.out.append(Arrived(stored, plan.collected - collected))
            return self._go_on(plan, asks)

        def refuse(error: VkError) -> list[Work]:
            plan.cost(retries=work.rounds)
            self._errors[plan.ref] = error
            return self._go_on(plan, plan.failed(ask, Reason(error.template, error.params)))

        work = Work(ask.call, lambda answer: _read(ask, answer), take, refuse)
        return work

    def _go_on(self, plan: SourcePlan, asks: Sequence[Ask]) -> list[Work]:
        if not asks and plan.is_done:
            self._end(plan)
            return self._undercounts(plan)
        return [self._page(plan, ask) for ask in asks]

    def _end(self, plan: SourcePlan) -> None:
        ended = balance(plan, self._errors.pop(plan.ref, None), is_finished=True)
        if ended.state in (SourceState.REFUSED, SourceState.CLOSED):
            self.declared -= plan.declared or 0
        self.balances[plan.ref] = ended
        del self._plans[plan.ref]
        self.refresh.unread += plan.unread
        if ended.state is SourceState.PARTIAL:
            self.out.append(Arrived(Page(plan.ref, f"{JUDGED}~{plan.judged + 1}"), 0))
        self.out.append(Ended(ended, tuple(plan.proved) if plan.known else ()))


def _is_empty(found: Found) -> bool:
    """Tell whether a listed source shows no comments and never had any.

    A topic opens with a comment, whatever its number says.
    """
    known = found.known
    was_empty = known is None or known.state is SourceState.EMPTY
    is_quiet = found.source.declared_comments == 0 and not (found.may_be_closed or found.is_single)
    return is_quiet and was_empty and found.ref.kind is not SourceKind.TOPIC


def _read(ask: Ask, answer: Answer) -> tuple[Page, PageFacts]:
    page = parse.page(ask.source, ask.name, answer.response, thread_root=ask.root, size=answer.size)
    return page, PageFacts.of(page)
