"""Which sources a wall, a board or an album holds: pages of a list, bounded by number, dates and words.

A wall comes newest first with the pinned post on top, out of order; it counts by its own date. A page that
shows only what an earlier one of the same reading showed ends the list: its cursor does not move.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from math import ceil
from typing import Final

from core.models import Source, SourceRef
from core.storage.search import Part, read_search
from core.vk.execute import ApiCall
from core.vk.parse import Listing

MOST_AHEAD: Final = 24
MOST_PASSES: Final = 2
_DAWN: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which posts of a wall are wanted: dated from `since` to `until` (UTC days), the `posts` latest.

    Of those, only posts whose text holds one part of each group of `words` (none: all of them).
    """

    since: date | None = None
    until: date | None = None
    posts: int | None = None
    words: Sequence[Sequence[Part]] = ()

    def holds(self, source: Source) -> bool:
        """Tell whether a post's date lies inside and its text matches."""
        return self._is_in_time(source) and self._matches(source.text)

    def _is_in_time(self, source: Source) -> bool:
        if source.published_at is None:
            return self.since is None and self.until is None
        day = source.published_at.astimezone(UTC).date()
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def _matches(self, text: str) -> bool:
        return all(any(part.is_in(text) is part.is_wanted for part in group) for group in self.words)


def wanted_words(text: str) -> list[list[Part]]:
    """Return what a search means, as the search box reads it; empty for none. Raises QueryError."""
    return read_search(text) if text.strip() else []


@dataclass(slots=True)
class ListingPlan:
    """Reads one list page by page; `fresh` sources may be collected at once, others wait for the end.

    `is_by_source` is false where the list shows comments, so that a source may come up again and again.
    """

    call: Callable[[int], ApiCall]
    page_size: int
    bounds: Bounds = Bounds()
    is_by_source: bool = True
    is_done: bool = False
    stuck_at: int | None = None
    maybe_closed: set[SourceRef] = field(default_factory=set)
    _found: dict[SourceRef, Source] = field(default_factory=dict)
    _totals: set[int] = field(default_factory=set)
    _waiting: set[int] = field(default_factory=set)
    _asked_to: int = 0
    _ahead: int = 1
    _passes: int = 1
    _has_ended: bool = False
    _shown: set[SourceRef] = field(default_factory=set)

    def begin(self) -> list[int]:
        """Return the first offset to ask for."""
        self._waiting.add(0)
        self._asked_to = self.page_size
        return [0]

    def answered(self, offset: int, listing: Listing) -> tuple[list[Source], list[int]]:
        """Take in a page; return the sources that are wanted for sure now, and the offsets to ask next."""
        self._waiting.discard(offset)
        self._totals.add(listing.total)
        fresh = [each for each in listing.sources if each.ref not in self._found]
        self._found.update({each.ref: each for each in fresh})
        self.maybe_closed |= listing.maybe_closed
        self._has_ended |= not listing.items or self._is_past(listing) or not self._moves(offset, listing)
        further = self._further(offset, listing) if not self._waiting else []
        self._waiting.update(further)
        self.is_done = not self._waiting
        if self.bounds.posts is None:
            return [each for each in fresh if self.bounds.holds(each)], further
        return (self._latest(self.bounds.posts) if self.is_done else []), further

    def failed(self, offset: int) -> list[Source]:
        """Take in that a page could not be read; return the sources that are wanted all the same."""
        self._waiting.discard(offset)
        self._has_ended = True
        self.is_done = not self._waiting
        return self._latest(self.bounds.posts) if self.is_done and self.bounds.posts is not None else []

    def _moves(self, offset: int, listing: Listing) -> bool:
        """Tell whether a page shows anything this reading has not shown; a page that does not is named."""
        refs = {each.ref for each in listing.sources}
        is_stuck = bool(refs) and self._shown >= refs and self.is_by_source
        self._shown |= refs
        if is_stuck and listing.total > len(self._found):
            self.stuck_at = offset
        return not is_stuck

    def _further(self, offset: int, listing: Listing) -> list[int]:
        if self._has_ended and len(self._totals) == 1:
            return []
        wanted = self._wanted(offset, listing)
        if self._asked_to >= wanted or self._has_ended:
            return self._again()
        offsets = list(range(self._asked_to, wanted, self.page_size))[: self._ahead]
        if self.bounds.since is not None and self.bounds.posts is None:
            self._ahead = min(MOST_AHEAD, self._ahead * 2)
        self._asked_to = offsets[-1] + self.page_size
        return offsets

    def _wanted(self, offset: int, listing: Listing) -> int:
        """Return how far the list has to be read: to its end, or to the n-th post after the pinned ones."""
        is_full = listing.items >= self.page_size
        end = max(listing.total, offset + self.page_size + 1 if is_full else 0)
        if self.bounds.posts is not None:
            pinned = sum(each.is_pinned for each in self._found.values())
            end = min(end, self.bounds.posts + pinned)
        if self.bounds.since is None or self.bounds.posts is not None:
            self._ahead = max(1, ceil(end / self.page_size))
        return end

    def _again(self) -> list[int]:
        """Read the list once more when its length moved, because pages may have slid past each other."""
        if len(self._totals) < 2 or self._passes >= MOST_PASSES:
            return []
        self._passes += 1
        self._totals.clear()
        self._shown.clear()
        offsets = list(range(0, self._asked_to, self.page_size))
        self._has_ended = False
        return offsets

    def _is_past(self, listing: Listing) -> bool:
        """Tell whether everything from here on is older than wanted."""
        since = self.bounds.since
        dates = [each.published_at for each in listing.sources if not each.is_pinned and each.published_at]
        return since is not None and bool(dates) and all(each.date() < since for each in dates)

    def _latest(self, posts: int) -> list[Source]:
        by_date = sorted(
            self._found.values(),
            key=lambda each: (each.published_at or _DAWN, each.ref.item_id),
            reverse=True,
        )
        return [each for each in by_date[:posts] if self.bounds.holds(each)]
