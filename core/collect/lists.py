"""From targets to sources: describe those that a link names, list what walls, boards and albums hold.

Each answered page is handed over to be noted as part of the checkpoint; a page that is noted already is
taken from there. When the last list has ended, whoever waits for all sources to be known is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

from core.collect.balance import TargetRefusal
from core.collect.checkpoint import Checkpoint, NoteKey, listing_note, note_key, read_listing
from core.collect.listing import Bounds, ListingPlan
from core.collect.refresh import Found
from core.collect.work import Work
from core.errors import VkError, VkProtocol
from core.models import Source, SourceKind, SourceRef, Target, TargetKind
from core.storage.reads import KnownSource
from core.vk import api, parse
from core.vk.client import Answer
from core.vk.execute import ApiCall
from core.vk.paging import PAGE
from core.vk.parse import Listing

_SINGLE: Final = {
    TargetKind.POST: SourceKind.WALL,
    TargetKind.TOPIC: SourceKind.TOPIC,
    TargetKind.PHOTO: SourceKind.PHOTO,
    TargetKind.VIDEO: SourceKind.VIDEO,
    TargetKind.MARKET_ITEM: SourceKind.MARKET,
}

Known = Mapping[SourceRef, KnownSource]


@dataclass(frozen=True, slots=True)
class Noted:
    """An answered page of a list: note it in the checkpoint."""

    key: NoteKey
    body: str


@dataclass(slots=True)
class Lists:
    """The lists of one run under way; `found` begins sources, `ended` is asked when all lists are read."""

    bounds: Bounds
    checkpoint: Checkpoint
    note: Callable[[Noted], None]
    known: Callable[[Sequence[SourceRef]], Known]
    found: Callable[[Iterable[Found]], list[Work]]
    ended: Callable[[], list[Work]]
    refused_targets: list[TargetRefusal] = field(default_factory=list)
    under_way: int = 0
    _asked: Counter[NoteKey] = field(default_factory=Counter)

    def begin(self, targets: Sequence[Target]) -> list[Work]:
        """Return the first work for these targets; names have to be owners by now."""
        singles: dict[tuple[SourceKind, int], dict[SourceRef, Target]] = {}
        listed: dict[tuple[SourceKind, int, int], Target] = {}
        for target in targets:
            kind = _SINGLE.get(target.kind) or target.source_kind
            owner_id, item_id = target.owner_id, target.item_id
            assert owner_id is not None
            if kind is not None and item_id is not None:
                place = owner_id if kind is SourceKind.TOPIC else 0
                group = singles.setdefault((kind, place), {})
                group.setdefault(SourceRef(kind, owner_id, item_id), target)
            else:
                listed.setdefault((_listed_kind(target), owner_id, item_id or 0), target)
        packs = [
            list(group.items())[start : start + api.POSTS_PER_CALL]
            for group in singles.values()
            for start in range(0, len(group), api.POSTS_PER_CALL)
        ]
        self.under_way = len(listed) + len(packs)
        works: list[Work] = []
        for (kind, owner_id, _), target in listed.items():
            works += self._listed(target, kind, owner_id)
        for pack in packs:
            works += self._described([ref for ref, _ in pack], [target.access_key for _, target in pack])
        return works

    def _described(self, refs: Sequence[SourceRef], keys: Sequence[str | None]) -> list[Work]:
        """Ask for titles, texts and counts of single sources, then collect each, told of or not."""
        owner_id = refs[0].owner_id if refs[0].kind is SourceKind.TOPIC else None
        access = dict(zip(refs, keys, strict=True))

        def begin(sources: Iterable[Source], known: Known) -> list[Work]:
            told = {source.ref: source for source in sources}
            found = (
                Found(told.get(ref, Source(ref)), known.get(ref), access[ref], is_single=True) for ref in refs
            )
            return self._after(self.found(found), is_over=True)

        return self._page(
            api.described(refs, keys),
            lambda answer, method: parse.listing(refs[0].kind, owner_id, answer, method),
            lambda listing, known: begin(listing.sources, known),
            lambda _error: begin((), self.known(refs)),
            refs,
        )

    def _listed(self, target: Target, kind: SourceKind, owner_id: int) -> list[Work]:
        """List what a wall, a board or an album holds."""
        if kind is SourceKind.TOPIC:
            plan = ListingPlan(lambda offset: api.board_topics(owner_id, offset), api.POSTS_PER_CALL)
        elif kind is SourceKind.PHOTO:
            album_id = target.item_id or 0
            plan = ListingPlan(
                lambda offset: api.album_comments(owner_id, album_id, offset), PAGE, is_by_source=False
            )
        else:
            plan = ListingPlan(
                lambda offset: api.wall_posts(owner_id, offset), api.POSTS_PER_CALL, self.bounds
            )
        return self._list_page(target, kind, owner_id, plan, plan.begin()[0])

    def _list_page(
        self, target: Target, kind: SourceKind, owner_id: int, plan: ListingPlan, offset: int
    ) -> list[Work]:
        call = plan.call(offset)

        def read(answer: Any, method: str) -> Listing:
            if kind is SourceKind.PHOTO:
                return parse.commented_photos(owner_id, answer)
            return parse.listing(kind, owner_id, answer, method)

        def take(listing: Listing, known: Known) -> list[Work]:
            sources, offsets = plan.answered(offset, listing)
            if plan.is_done and plan.stuck_at is not None:
                error = VkProtocol(
                    "VK lists the same at place {place} as before.", method=call.method, place=plan.stuck_at
                )
                self.refused_targets.append(TargetRefusal(target, error))
            is_over, works = plan.is_done, self._begin(sources, plan, known)
            pages = [self._list_page(target, kind, owner_id, plan, each) for each in offsets]
            return self._after([*chain.from_iterable(pages), *works], is_over=is_over)

        def refuse(error: VkError) -> list[Work]:
            sources = plan.failed(offset)
            self.refused_targets.append(TargetRefusal(target, error))
            return self._after(self._begin(sources, plan, {}), is_over=plan.is_done)

        return self._page(call, read, take, refuse)

    def _begin(self, sources: Sequence[Source], plan: ListingPlan, known: Known) -> list[Work]:
        """Begin the sources of a list; those wanted only at its end were looked up page by page."""
        unknown = [each.ref for each in sources if each.ref not in known]
        stored = {**known, **self.known(unknown)} if unknown and plan.bounds.posts is not None else known
        found = (
            Found(each, stored.get(each.ref), may_be_closed=each.ref in plan.maybe_closed) for each in sources
        )
        return self.found(found)

    def _after(self, works: list[Work], *, is_over: bool) -> list[Work]:
        """Count a list that has ended, and go on when it was the last."""
        self.under_way -= is_over
        return works if self.under_way or not is_over else works + self.ended()

    def _page(
        self,
        call: ApiCall,
        read: Callable[[Any, str], Listing],
        take: Callable[[Listing, Known], list[Work]],
        refuse: Callable[[VkError], list[Work]],
        refs: Sequence[SourceRef] = (),
    ) -> list[Work]:
        """Return the work that asks for a page of a list, or what follows where the page is noted."""
        name = note_key(call, 1)
        self._asked[name] += 1
        key = note_key(call, self._asked[name])
        note = self.checkpoint.notes.get(key)

        def stored(listing: Listing) -> Known:
            return self.known(refs or [each.ref for each in listing.sources])

        if note is not None:
            listing = read_listing(note)
            return take(listing, stored(listing))

        def look(answer: Answer) -> tuple[Listing, Known, str]:
            listing = read(answer.response, call.method)
            return listing, stored(listing), listing_note(listing)

        def took(looked: tuple[Listing, Known, str]) -> list[Work]:
            self.note(Noted(key, looked[2]))
            return take(looked[0], looked[1])

        return [Work(call, look, took, refuse)]


def _listed_kind(target: Target) -> SourceKind:
    if target.kind is TargetKind.BOARD:
        return SourceKind.TOPIC
    return SourceKind.PHOTO if target.kind is TargetKind.ALBUM else SourceKind.WALL
