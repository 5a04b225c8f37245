"""From targets to work: describe single sources, list walls, boards and albums, then page each source.

Everything here runs one step at a time inside the dispatcher's lock; what has to be stored goes to `out`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from core.collect.balance import SourceBalance, TargetRefusal, balance
from core.collect.checkpoint import Checkpoint
from core.collect.dispatch import Work
from core.collect.facts import PageFacts
from core.collect.listing import Bounds, ListingPlan
from core.collect.plan import Ask, SourcePlan
from core.errors import VkError, VkProtocol
from core.models import Page, Source, SourceKind, SourceRef, SourceState, Target, TargetKind
from core.vk import api, parse
from core.vk.client import Answer
from core.vk.paging import PAGE
from core.vk.parse import Listing

_SINGLE: Final = {
    TargetKind.POST: SourceKind.WALL,
    TargetKind.TOPIC: SourceKind.TOPIC,
    TargetKind.PHOTO: SourceKind.PHOTO,
    TargetKind.VIDEO: SourceKind.VIDEO,
    TargetKind.MARKET_ITEM: SourceKind.MARKET,
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A source whose collecting begins: store what VK says of it."""

    source: Source


@dataclass(frozen=True, slots=True)
class Arrived:
    """An answered page to store; `gained` comments of it are new to this run."""

    page: Page
    gained: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A source that is finished: store its verdict."""

    balance: SourceBalance


@dataclass(slots=True)
class SourceWork:
    """The sources of one run: those under way as plans, those finished as balances."""

    bounds: Bounds
    checkpoint: Checkpoint
    out: deque[Opened | Arrived | Ended]
    came: Callable[[int], None]
    balances: dict[SourceRef, SourceBalance] = field(default_factory=dict)
    refused_targets: list[TargetRefusal] = field(default_factory=list)
    declared: int = 0
    restored: int = 0
    listings: int = 0
    _plans: dict[SourceRef, SourcePlan] = field(default_factory=dict)
    _errors: dict[SourceRef, VkError] = field(default_factory=dict)
    _unasked: dict[tuple[SourceKind, int], list[Source]] = field(default_factory=dict)
    _undercounted: set[tuple[SourceKind, int]] = field(default_factory=set)

    def begin(self, targets: Sequence[Target]) -> list[Work]:
        """Return the first work for these targets; names have to be owners by now."""
        singles: dict[tuple[SourceKind, int], dict[SourceRef, Target]] = {}
        works: list[Work] = []
        for target in targets:
            kind = _SINGLE.get(target.kind) or target.source_kind
            owner_id, item_id = target.owner_id, target.item_id
            assert owner_id is not None
            if kind is not None and item_id is not None:
                place = owner_id if kind is SourceKind.TOPIC else 0
                group = singles.setdefault((kind, place), {})
                group.setdefault(SourceRef(kind, owner_id, item_id), target)
            else:
                works.append(self._listed(target, owner_id))
        for group in singles.values():
            refs = list(group)
            for start in range(0, len(refs), api.POSTS_PER_CALL):
                some = refs[start : start + api.POSTS_PER_CALL]
                works.append(self._described(some, [group[ref].access_key for ref in some]))
        return works

    def unfinished(self) -> list[SourceBalance]:
        """Return how far the sources under way have come."""
        return [balance(plan, self._errors.get(ref), is_finished=False) for ref, plan in self._plans.items()]

    def _described(self, refs: Sequence[SourceRef], keys: Sequence[str | None]) -> Work:
        """Ask for titles, texts and counts of single sources, then collect each, told of or not."""
        call = api.described(refs, keys)
        owner_id = refs[0].owner_id if refs[0].kind is SourceKind.TOPIC else None
        access = dict(zip(refs, keys, strict=True))
        self.listings += 1

        def take(sources: Iterable[Source]) -> list[Work]:
            self.listings -= 1
            told = {source.ref: source for source in sources}
            return [work for ref in refs for work in self._open(told.get(ref, Source(ref)), access[ref])]

        return Work(
            call,
            lambda answer: parse.listing(refs[0].kind, owner_id, answer.response, call.method).sources,
            take,
            lambda _error: take(()),
        )

    def _listed(self, target: Target, owner_id: int) -> Work:
        """List what a wall, a board or an album holds."""
        self.listings += 1
        if target.kind is TargetKind.BOARD:
            plan = ListingPlan(lambda offset: api.board_topics(owner_id, offset), api.POSTS_PER_CALL)
            kind = SourceKind.TOPIC
        elif target.kind is TargetKind.ALBUM:
            album_id = target.item_id or 0
            plan = ListingPlan(
                lambda offset: api.album_comments(owner_id, album_id, offset), PAGE, is_by_source=False
            )
            kind = SourceKind.PHOTO
        else:
            plan = ListingPlan(
                lambda offset: api.wall_posts(owner_id, offset), api.POSTS_PER_CALL, self.bounds
            )
            kind = SourceKind.WALL
        return self._list_page(target, kind, owner_id, plan, plan.begin()[0])

    def _list_page(
        self, target: Target, kind: SourceKind, owner_id: int, plan: ListingPlan, offset: int
    ) -> Work:
        call = plan.call(offset)

        def read(answer: Answer) -> Listing:
            if kind is SourceKind.PHOTO:
                return parse.commented_photos(owner_id, answer.response)
            return parse.listing(kind, owner_id, answer.response, call.method)

        def take(listing: Listing) -> list[Work]:
            sources, offsets = plan.answered(offset, listing)
            self.listings -= plan.is_done
            if plan.is_done and plan.failure:
                self.refused_targets.append(
                    TargetRefusal(target, VkProtocol(plan.failure, method=call.method))
                )
            works = [self._list_page(target, kind, owner_id, plan, each) for each in offsets]
            return works + self._open_listed(sources, plan)

        def refuse(error: VkError) -> list[Work]:
            sources = plan.failed(offset)
            self.listings -= plan.is_done
            self.refused_targets.append(TargetRefusal(target, error))
            return self._open_listed(sources, plan)

        return Work(call, read, take, refuse)

    def _open_listed(self, sources: Iterable[Source], plan: ListingPlan) -> list[Work]:
        """Begin listed sources; a post that VK says is empty is not asked for unless that may be wrong.

        It may be closed, or VK's list counts too few, as another post of the wall has shown. A topic is
        always asked for: it opens with a comment.
        """
        works: list[Work] = []
        for source in sources:
            ref, place = source.ref, (source.ref.kind, source.ref.owner_id)
            is_empty = source.declared_comments == 0 and ref not in plan.maybe_closed
            must_ask = not is_empty or ref.kind is SourceKind.TOPIC or place in self._undercounted
            if not (must_ask or ref in self._plans or ref in self.balances):
                self._unasked.setdefault(place, []).append(source)
            works += self._open(source, must_ask=must_ask)
        return works

    def _undercounts(self, plan: SourcePlan) -> list[Work]:
        """Ask for the posts taken for empty, once a wall's list is known to count too few."""
        place = (plan.ref.kind, plan.ref.owner_id)
        if plan.listed is None or plan.collected <= plan.listed:
            return []
        self._undercounted.add(place)
        unasked = self._unasked.pop(place, [])
        for source in unasked:
            del self.balances[source.ref]
        return [work for source in unasked for work in self._open(source)]

    def _open(self, source: Source, access_key: str | None = None, *, must_ask: bool = True) -> list[Work]:
        """Begin a source: store what VK says of it, then ask for what its checkpoint lacks."""
        ref = source.ref
        if ref in self._plans or ref in self.balances:
            return []
        plan = self._plans[ref] = SourcePlan.of(source, access_key)
        self.out.append(Opened(source))
        self.declared += plan.declared or 0
        if not must_ask:
            self._end(plan)
            return []
        before = plan.declared or 0
        asks = plan.remembered(self.checkpoint.get(ref, {}))
        self.declared += (plan.declared or 0) - before
        self.restored += plan.collected
        if not asks:
            self._end(plan)
            return self._undercounts(plan)
        return [self._page(plan, ask) for ask in asks]

    def _page(self, plan: SourcePlan, ask: Ask) -> Work:
        def take(read: tuple[Page, PageFacts]) -> list[Work]:
            page, facts = read
            collected, declared = plan.collected, plan.declared or 0
            asks = plan.answered(facts, ask)
            self.declared += (plan.declared or 0) - declared
            self.came(len(page.comments))
            self.out.append(Arrived(page, plan.collected - collected))
            return self._go_on(plan, asks)

        def refuse(error: VkError) -> list[Work]:
            self._errors[plan.ref] = error
            return self._go_on(plan, plan.failed(ask, error.message))

        return Work(ask.call, lambda answer: _read(ask, answer), take, refuse)

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
        self.out.append(Ended(ended))


def _read(ask: Ask, answer: Answer) -> tuple[Page, PageFacts]:
    page = parse.page(ask.source, ask.name, answer.response, thread_root=ask.root, size=answer.size)
    facts = PageFacts.of(page)
    return replace(page, extra=facts.as_extra()), facts
