"""Reading one list of comments to its proven end, while the list may move.

A level is what one offset counts: the roots of a post, or the replies of one thread. Neighbouring pages
share one comment; a page that does not begin at or before the last id of the one before shows that
something between them was deleted, and the seam is read again. Every further offset is new, so reading
ends: with a proof, with fewer comments than VK declares, or with a sentence saying why it stopped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import lt
from typing import Final

from core.templates import Reason

PAGE: Final = 100
EMBEDDED: Final = 10
SEAM_STEPS: Final = (8, 32, 99)
MOST_REPAIRS: Final = 24
MOST_PASSES: Final = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """One answered page: where it began, how much it held, its first and last id.

    The ids are None where a page did not ascend; then only its place counts.
    """

    offset: int
    items: int
    first: int | None = None
    last: int | None = None
    is_embedded: bool = False

    @property
    def end(self) -> int:
        """Return the position after the last item."""
        return self.offset + self.items

    @property
    def is_full(self) -> bool:
        """Tell whether it holds as many as VK gives at once, so that more may follow."""
        return self.items >= (EMBEDDED if self.is_embedded else PAGE)


@dataclass(slots=True)
class Level:
    """The state of reading one level; `further()` says which offsets to ask for next.

    `seen` keeps every id that ever came. A level that `is_known` from an earlier run is read once more when
    its count moved meanwhile, because only a pass under a standing count proves what is gone.
    """

    declared: int | None = None
    is_known: bool = False
    seen: set[int] = field(default_factory=set)
    failure: Reason | None = None
    is_done: bool = False
    _pieces: dict[int, Piece] = field(default_factory=dict)
    _waiting: set[int] = field(default_factory=set)
    _ended_at: int | None = None
    _repairs: int = 0
    _passes: int = 1
    _is_doubted: bool = False
    _empty: set[int] = field(default_factory=set)
    _lowest: int | None = None
    _highest: int | None = None
    _of_pass: set[int] | None = None

    def answered(
        self, offset: int, ids: Sequence[int], declared: int | None, tombstones: Collection[int] = ()
    ) -> None:
        """Take in one answered page of this level; VK's count may leave out the tombstones among it."""
        self._waiting.discard(offset)
        self._count(declared)
        self._is_doubted |= not set(tombstones).isdisjoint(ids)
        is_new = not self.seen.issuperset(ids)
        self._see(ids)
        if offset >= EMBEDDED and len(ids) > 1 and not is_new and self._repeats(ids):
            self._stop(
                Reason("VK gives the same comments at place {place} as at the beginning.", {"place": offset})
            )
        is_past = offset > max(self._pieces, default=0)
        if ids:
            first, last = (ids[0], ids[-1]) if _is_ascending(ids) else (None, None)
            self._pieces[offset] = Piece(offset, len(ids), first, last)
        elif offset:
            self._empty.add(offset)
        if (is_past and not is_new) or not (ids or offset):
            self._ended_at = self.declared or 0

    def embedded(self, ids: Sequence[int], declared: int | None, tombstones: Collection[int] = ()) -> None:
        """Take in the replies that came inside their root; only an ascending list counts as a beginning."""
        self._count(declared)
        self._is_doubted |= not set(tombstones).isdisjoint(ids)
        self._see(ids)
        if ids and _is_ascending(ids):
            self._pieces[0] = Piece(0, len(ids), ids[0], ids[-1], is_embedded=True)

    def noted(self, ids: Collection[int], declared: int | None) -> None:
        """Take in what another look at the root showed of its thread."""
        self._count(declared)
        self._see(ids)

    def failed(self, offset: int, reason: Reason) -> None:
        """Take in that a page could not be read."""
        self._waiting.discard(offset)
        self._stop(reason)

    def further(self) -> list[int]:
        """Return the offsets to ask for now; empty while answers are awaited and when all is read."""
        if self._waiting:
            return []
        offsets = [] if self.failure else self._next()
        self._waiting.update(offsets)
        self.is_done = not offsets
        return offsets

    def doubt(self) -> None:
        """Take in that more may exist than VK declares, so that a full page at the end is read past."""
        self._is_doubted = True

    def again(self) -> None:
        """Forget what was proved, so that the level is read from its beginning once more."""
        self._passes += 1
        self._pieces.clear()
        self._empty.clear()
        self._of_pass = set()
        self._ended_at = None
        self._lowest = self._highest = self.declared

    def look_again(self) -> None:
        """Begin anew in a later attempt: what stopped the reading may have passed."""
        self.again()
        self.failure, self._repairs, self._passes = None, 0, 1

    @property
    def has_moved(self) -> bool:
        """Tell whether VK's count of the level changed while it was read."""
        return self._lowest != self._highest

    @property
    def missing(self) -> int:
        """Return how many comments VK declares beyond those that came."""
        return max(0, (self.declared or 0) - len(self.seen))

    @property
    def awaits(self) -> bool:
        """Tell whether a page that was asked for has not come."""
        return bool(self._waiting)

    def is_proved(self, tombstones: Collection[int]) -> bool:
        """Tell whether one whole pass gave all that VK declares, under a count that stood still.

        Then, and only then, what the pass did not show is not there. VK may count tombstones or not.
        """
        ids = self.seen if self._of_pass is None else self._of_pass
        dead = len(ids.intersection(tombstones)) if tombstones else 0
        is_whole = self.is_done and not self.failure and not self.has_moved
        return is_whole and self.declared in (len(ids), len(ids) - dead)

    def _next(self) -> list[int]:
        pieces = sorted(self._pieces.values(), key=lambda piece: piece.offset)
        if not pieces:
            return [0] if self._ended_at is None else []
        if pieces[0].offset:
            return self._repair([0])
        wanted = self._torn(pieces[-1]) or self._tail(pieces[-1]) or self._seams(pieces)
        if wanted or self.failure:
            return wanted
        return self._second_pass()

    def _torn(self, last: Piece) -> list[int]:
        """Return the last page again, when it was full and the one after it came empty.

        The two share a comment, so the list has become shorter, and what stood behind may stand before that
        place now. A page that was not full was the end of the list when it was given.
        """
        is_torn = last.is_full and any(last.offset < offset <= last.end for offset in self._empty)
        self._empty.clear()
        return self._reread(last) if is_torn else []

    def _tail(self, last: Piece) -> list[int]:
        """Return the pages after the last one: all that VK declares, or the next one to find the end."""
        if self._ended_at is not None and (self.declared or 0) <= self._ended_at:
            return []
        begin = last.end - 1 if last.items > 1 else last.end
        if self.declared is None:
            return [begin]
        if last.end >= self.declared:
            return [begin] if last.is_full and (self._is_doubted or last.end > self.declared) else []
        is_short = last.items < PAGE and not last.is_embedded
        return [begin] if is_short else list(range(begin, max(begin + 1, self.declared - 1), PAGE - 1))

    def _seams(self, pieces: Sequence[Piece]) -> list[int]:
        """Return offsets that prove the seams between neighbours which do not share a comment."""
        wanted: list[int] = []
        reach = pieces[0]
        for piece in pieces[1:]:
            if not self._is_joined(reach, piece):
                earlier = self._earlier(piece.offset)
                if earlier is None or reach.is_embedded or _begins_before(piece, reach):
                    return self._reread(reach)
                wanted.append(earlier)
            if piece.last is None or reach.last is None or piece.last >= reach.last:
                reach = piece
        return self._repair(sorted(set(wanted)))

    def _reread(self, piece: Piece) -> list[int]:
        """Forget a page and ask for it again."""
        del self._pieces[piece.offset]
        return self._repair([piece.offset])

    def _earlier(self, place: int) -> int | None:
        """Return the nearest offset before a place that was not asked for yet."""
        steps = (max(0, place - step) for step in (*SEAM_STEPS, place))
        return next((offset for offset in steps if offset not in self._pieces), None)

    def _is_joined(self, before: Piece, after: Piece) -> bool:
        """Tell whether nothing can stand between two neighbouring pieces."""
        if before.is_embedded:
            return after.first == before.last and after.offset == before.end - 1
        if before.first is not None and before.last is not None and after.first is not None:
            return before.first <= after.first <= before.last
        return before.end >= after.offset

    def _repair(self, offsets: list[int]) -> list[int]:
        self._repairs += bool(offsets)
        if self._repairs > MOST_REPAIRS + len(self._pieces):
            self._stop(Reason("The list moved faster than it could be read."))
            return []
        return offsets

    def _second_pass(self) -> list[int]:
        """Read the level again when its count moved meanwhile and something is missing, or may be gone."""
        if not (self.has_moved and (self.missing or self.is_known)) or self._passes >= MOST_PASSES:
            return []
        self.again()
        return [0]

    def _repeats(self, ids: Sequence[int]) -> bool:
        """Tell whether a later page is the first one again, and not the last replies that came embedded."""
        beginning = self._pieces.get(0)
        if beginning is None or beginning.first != ids[0]:
            return False
        return not beginning.is_embedded or len(ids) > beginning.items

    def _see(self, ids: Iterable[int]) -> None:
        self.seen.update(ids)
        if self._of_pass is not None:
            self._of_pass.update(ids)

    def _count(self, declared: int | None) -> None:
        if declared is None:
            return
        self.declared = declared
        self._lowest = declared if self._lowest is None else min(declared, self._lowest)
        self._highest = declared if self._highest is None else max(declared, self._highest)

    def _stop(self, reason: Reason) -> None:
        self.failure = self.failure or reason


def _is_ascending(ids: Sequence[int]) -> bool:
    return all(map(lt, ids, islice(ids, 1, None)))


def _begins_before(piece: Piece, other: Piece) -> bool:
    return piece.first is not None and other.first is not None and piece.first < other.first
