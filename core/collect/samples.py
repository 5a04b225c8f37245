"""The few requests an estimate spends: single objects described, lists looked into, some first pages read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from core.collect.listing import Bounds
from core.errors import VkAccessDenied, VkError, VkMethodRefused, VkNotFound
from core.models import Page, Source, SourceKind, SourceRef, Target, TargetKind
from core.vk import api, parse
from core.vk.api import VkApi
from core.vk.client import Meter
from core.vk.execute import ApiCall
from core.vk.paging import PAGE
from core.vk.parse import Listing
from core.vk.sizes import MOST_CALLS

MOST_SINGLE: Final = 4
MOST_PER_LIST: Final = 4
_LIGHT: Final = {"thread_items_count": 0, "need_likes": 0, "extended": 0}
_QUIET: Final = (VkAccessDenied, VkNotFound, VkMethodRefused)
_SINGLE: Final = {
    TargetKind.POST: SourceKind.WALL,
    TargetKind.TOPIC: SourceKind.TOPIC,
    TargetKind.PHOTO: SourceKind.PHOTO,
    TargetKind.VIDEO: SourceKind.VIDEO,
    TargetKind.MARKET_ITEM: SourceKind.MARKET,
}

T = TypeVar("T")


@dataclass(slots=True)
class Listed:
    """A wall, a board or an album: the pages that were read, by offset, up to where it would be read."""

    kind: SourceKind
    owner_id: int
    call: Callable[[int], ApiCall]
    bounds: Bounds = field(default_factory=Bounds)
    pages: dict[int, Listing] = field(default_factory=dict)
    is_unread: bool = False

    @property
    def end(self) -> int:
        """Return the offset up to which the list would be read."""
        first = self.pages.get(0)
        if first is None:
            return 0
        pinned = sum(each.is_pinned for each in first.sources)
        return min(first.total, self.bounds.posts + pinned) if self.bounds.posts is not None else first.total

    @property
    def sources(self) -> list[Source]:
        """Return the sources on the pages that were read, as far as they are wanted, each once."""
        every = {each.ref: each for page in self.pages.values() for each in page.sources}
        if self.bounds.posts is None:
            return [each for each in every.values() if self.bounds.holds(each)]
        dated = sorted(
            every.values(),
            key=lambda each: (
                each.published_at is not None and each.published_at.timestamp(),
                each.ref.item_id,
            ),
            reverse=True,
        )
        return [each for each in dated[: self.bounds.posts] if self.bounds.holds(each)]

    def further(self, most: int) -> list[int]:
        """Return offsets spread over what the first page does not show, none when that is all."""
        first = self.pages.get(0)
        if first is None or most < 1 or first.items >= self.end or first.items < PAGE or self._is_past(first):
            return []
        left = range(first.items, self.end, PAGE)
        if self.kind is SourceKind.PHOTO:
            return []
        step = max(1, len(left) / most)
        return sorted(
            {left[min(len(left) - 1, int((place + 0.5) * step))] for place in range(min(most, len(left)))}
        )

    def _is_past(self, page: Listing) -> bool:
        days = [each.published_at.date() for each in page.sources if each.published_at and not each.is_pinned]
        return self.bounds.since is not None and bool(days) and min(days) < self.bounds.since


@dataclass(frozen=True, slots=True)
class Sample:
    """What was seen: single objects, lists, first pages by source; and how much was left unasked."""

    described: list[Source]
    undescribed: int
    describing: int
    lists: list[Listed]
    pages: dict[SourceRef, Page]


@dataclass(slots=True)
class Sampler:
    """Asks VK; raises VkError when VK or the token fails, not when an object is closed or gone."""

    vk: VkApi
    cancel: threading.Event
    bounds: Bounds
    meter: Meter = field(default_factory=Meter)

    def look(self, targets: Sequence[Target]) -> Sample:
        """Look at the targets, whose names have to be owners by now."""
        singles: dict[tuple[SourceKind, int], dict[SourceRef, str | None]] = {}
        lists: dict[tuple[SourceKind, int, int], Listed] = {}
        for target in targets:
            kind = _SINGLE.get(target.kind) or target.source_kind
            owner_id, item_id = target.owner_id or 0, target.item_id
            if kind is not None and item_id is not None:
                place = owner_id if kind is SourceKind.TOPIC else 0
                ref = SourceRef(kind, owner_id, item_id)
                singles.setdefault((kind, place), {}).setdefault(ref, target.access_key)
            else:
                listed = self._listed(target, owner_id)
                lists.setdefault((listed.kind, owner_id, item_id or 0), listed)
        described, undescribed, describing = self._describe(singles.values())
        self._read_lists(list(lists.values()))
        pages = self._first_pages(described, lists.values())
        return Sample(described, undescribed, describing, list(lists.values()), pages)

    def _listed(self, target: Target, owner_id: int) -> Listed:
        if target.kind is TargetKind.BOARD:
            return Listed(SourceKind.TOPIC, owner_id, lambda offset: api.board_topics(owner_id, offset))
        if target.kind is TargetKind.ALBUM:
            album_id = target.item_id or 0
            return Listed(
                SourceKind.PHOTO, owner_id, lambda offset: api.album_comments(owner_id, album_id, offset)
            )
        return Listed(SourceKind.WALL, owner_id, lambda offset: api.wall_posts(owner_id, offset), self.bounds)

    def _describe(self, groups: Iterable[dict[SourceRef, str | None]]) -> tuple[list[Source], int, int]:
        """Describe single objects, of each kind as many as a few calls tell; return them and what is left."""
        packs = [
            list(group.items())[start : start + api.POSTS_PER_CALL]
            for group in groups
            for start in range(0, len(group), api.POSTS_PER_CALL)
        ]
        asked = _spread(packs, self._most())
        calls = [api.described([ref for ref, _ in pack], [key for _, key in pack]) for pack in asked]
        sources: list[Source] = []
        for pack, outcome in zip(asked, self._ask(calls), strict=True):
            refs = [ref for ref, _ in pack]
            owner_id = refs[0].owner_id if refs[0].kind is SourceKind.TOPIC else None
            told = () if outcome is None else parse.listing(refs[0].kind, owner_id, outcome, "").sources
            known = {each.ref: each for each in told}
            sources += [known.get(ref, Source(ref)) for ref in refs]
        return sources, sum(map(len, packs)) - len(sources), len(packs)

    def _read_lists(self, lists: Sequence[Listed]) -> None:
        """Read the first page of lists, then pages further down, spread over what is left."""
        asked = _spread(lists, self._most())
        for each in lists:
            each.is_unread = each not in asked
        self._read([(each, 0) for each in asked])
        room = max(0, self._most() - len(asked)) if self._packs() else MOST_SINGLE
        per_list = min(MOST_PER_LIST, room // max(1, len(asked)))
        self._read([(each, offset) for each in asked for offset in each.further(per_list)])

    def _read(self, wanted: Sequence[tuple[Listed, int]]) -> None:
        answers = self._ask([each.call(offset) for each, offset in wanted])
        for (each, offset), answer in zip(wanted, answers, strict=True):
            if answer is None:
                continue
            if each.kind is SourceKind.PHOTO:
                each.pages[offset] = parse.commented_photos(each.owner_id, answer)
            else:
                each.pages[offset] = parse.listing(each.kind, each.owner_id, answer, "")

    def _first_pages(self, described: Sequence[Source], lists: Iterable[Listed]) -> dict[SourceRef, Page]:
        """Read the first page of the largest sources and of some others, without embedded replies."""
        seen = {each.ref: each for each in described} | {
            each.ref: each for listed in lists for each in listed.sources
        }
        open_ones = [each for each in seen.values() if each.declared_comments != 0]
        largest = sorted(open_ones, key=lambda each: -(each.declared_comments or PAGE))
        most = self._most()
        chosen = largest[: most // 2]
        chosen += _spread([each for each in largest if each not in chosen], most - len(chosen))
        pages: dict[SourceRef, Page] = {}
        for source, answer in zip(chosen, self._ask([_light(each.ref) for each in chosen]), strict=True):
            if answer is not None:
                pages[source.ref] = parse.page(source.ref, "", answer)
            else:
                pages[source.ref] = Page(source.ref, "", declared_total=0, declared_level=0)
        return pages

    def _ask(self, calls: Sequence[ApiCall]) -> list[Any]:
        """Return the answers, None for what VK refuses or does not have."""
        answers: list[Any] = []
        for outcome in self.vk.all(calls, self.cancel, self.meter):
            if isinstance(outcome, VkError) and not isinstance(outcome, _QUIET):
                raise outcome
            answers.append(None if isinstance(outcome, VkError) else outcome.response)
        return answers

    def _packs(self) -> bool:
        return any(packer.may_pack for packer in self.vk.packers)

    def _most(self) -> int:
        """Return how many calls of one kind may be spent: one pack of them, or a few alone."""
        return MOST_CALLS if self._packs() else MOST_SINGLE


@dataclass(frozen=True, slots=True)
class _LightCall(ApiCall):
    """A first page without replies, whose size says nothing about that of a whole one."""

    @property
    def size_class(self) -> str:
        """Return a class of its own."""
        return f"{self.method} light"


def _light(ref: SourceRef) -> ApiCall:
    call = api.comments(ref, 0)
    params = {key: value for key, value in call.params.items() if key != "fields"}
    return _LightCall(call.method, params | {key: 0 for key in _LIGHT if key in params}, PAGE)


def _spread(every: Sequence[T], most: int) -> list[T]:
    """Return at most so many, evenly spread."""
    if len(every) <= most:
        return list(every)
    step = len(every) / most if most else 0
    return [every[int((place + 0.5) * step)] for place in range(most)]
