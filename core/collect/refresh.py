"""What a repeated run asks again: which sources in full, which for what moved, which not at all.

`new` asks what was never read whole, and whatever moved the number its list shows, where that number has
proved right. Where a number has fallen comments are being deleted, and one that stands may hide an arrival
beside a departure: then all posts of that wall are asked for their roots, which show every thread's count
and its first replies. `changed` looks besides at the most recent sources, and reads a rotating sample of
the rest in full: least recently read first, those of one day by lot. From the sample it estimates how often
comments are edited, hence how many edits stand unseen among what was not read again. `all` asks for
everything.

What `changed` cannot see, except in its sample: edits in sources and threads without a moved count, and an
arrival beside a departure in one and the same long thread, or on a wall of which no number has fallen. The
sample was left unread longest, so its rate is rather high than low.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from heapq import nlargest
from math import ceil
from typing import Any, Final, Literal

from core.analysis.uncertainty import rate
from core.balances import Reading, SourceBalance
from core.models import Source, SourceKind, SourceRef, SourceState
from core.storage.reads import KnownSource
from core.vk.api import THREADED
from core.vk.paging import EMBEDDED, PAGE

RefreshMode = Literal["new", "changed", "all"]
Place = tuple[SourceKind, int]

RECENT: Final = timedelta(days=7)
NEWEST: Final = 20
SAMPLE_SHARE: Final = 0.05
SMALLEST_SAMPLE: Final = 8
LARGEST_SAMPLE: Final = 200
SAMPLE: Final = "sample"
"""How the checkpoint names the reading of a source that was drawn."""
_DAWN: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SETTLED: Final = frozenset({SourceState.COMPLETE, SourceState.EMPTY, SourceState.CLOSED})


@dataclass(frozen=True, slots=True)
class Found:
    """A source that a link or a list named: what VK says of it now, and what is stored of it.

    `is_single`: a link named it, so it is asked in any case. `may_be_closed`: it shows no comments, but
    nobody may write there either.
    """

    source: Source
    known: KnownSource | None = None
    access_key: str | None = None
    is_single: bool = False
    may_be_closed: bool = False

    @property
    def ref(self) -> SourceRef:
        """Return the identity of the source."""
        return self.source.ref

    @property
    def place(self) -> Place:
        """Return the list it stands in: a kind and an owner."""
        return self.ref.kind, self.ref.owner_id

    @property
    def moved(self) -> Reading:
        """Return the reading that finds whatever moved a count; lists without threads are read whole."""
        is_whole = self.known is not None and self.known.state is SourceState.COMPLETE
        return Reading.MOVED if is_whole and self.ref.kind in THREADED else Reading.FULL


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a sampled source shows of those comments that else would not have been read again.

    They are `comments` in number: all of the source, or its long `threads` where its roots are read anyway.
    """

    comments: int
    threads: frozenset[int] | None = None


@dataclass(slots=True)
class Refresh:
    """Decides how each source of one run is read, and says at the end what that left unseen.

    `lot` draws among equals, differently in each run.
    """

    mode: RefreshMode
    now: datetime
    lot: str
    unread: int = 0
    sampled: dict[SourceRef, Drawn] = field(default_factory=dict)
    _dates: dict[SourceRef, datetime] = field(default_factory=dict)
    _fallen: set[Place] = field(default_factory=set)

    def reading(self, found: Found, *, is_trusted: bool) -> Reading:
        """Return how a source is to be read; `is_trusted`: its list is not known to count too few."""
        if found.source.published_at is not None:
            self._dates[found.ref] = found.source.published_at
        known = found.known
        if self.mode == "all" or known is None or known.state not in _SETTLED:
            return Reading.FULL
        listed = found.source.declared_comments
        if listed is not None and known.listed is not None and listed < known.listed:
            self._fallen.add(found.place)
        if found.is_single or listed is None or not is_trusted:
            return found.moved
        if known.state is SourceState.CLOSED:
            return Reading.UNMOVED if listed == known.listed else Reading.FULL
        if found.may_be_closed:
            return Reading.FULL
        return Reading.UNMOVED if listed == known.listed == known.declared else found.moved

    def draw(self, unmoved: Sequence[Found]) -> dict[SourceRef, Reading]:
        """Return those of the unmoved sources that are asked all the same, and how.

        They are recent, or sampled, or stand where numbers have fallen.
        """
        doubted = {each.ref: each.moved for each in unmoved if each.place in self._fallen and _is_light(each)}
        return doubted | self._looked_at(unmoved) if self.mode == "changed" else doubted

    def _looked_at(self, unmoved: Sequence[Found]) -> dict[SourceRef, Reading]:
        newest = nlargest(NEWEST, self._dates.items(), key=lambda item: item[1])
        recent = {ref for ref, date in self._dates.items() if date >= self.now - RECENT}
        recent.update(ref for ref, _ in newest)
        drawn = {each.ref: each.moved for each in unmoved if each.ref in recent}
        rest = [each for each in unmoved if each.ref not in recent and self._drawn(each).comments]
        share = ceil((len(rest) + len(self.sampled)) * SAMPLE_SHARE)
        size = min(LARGEST_SAMPLE, max(SMALLEST_SAMPLE, share))
        for each in sorted(rest, key=self._order)[: max(0, size - len(self.sampled))]:
            self.sample(each)
            drawn[each.ref] = Reading.FULL
        return drawn

    def sample(self, found: Found) -> None:
        """Note that a source is read in full as one of the sample."""
        self.sampled[found.ref] = self._drawn(found)

    def told(
        self,
        balances: Iterable[SourceBalance],
        changed: Mapping[SourceRef, tuple[int, int]],
        requests: int,
    ) -> dict[str, Any]:
        """Return what was asked and what may be unseen; `changed` is (edited, deleted) of sampled sources."""
        told = list(balances)
        readings = [each.reading for each in told]
        drawn = [(changed.get(ref, (0, 0)), each.comments) for ref, each in self.sampled.items()]
        found = rate([(min(edited, size), size) for (edited, _), size in drawn])
        return {
            "mode": self.mode,
            "asked": sum(each.calls > 0 for each in told),
            "unmoved": readings.count(Reading.UNMOVED),
            "moved": readings.count(Reading.MOVED),
            "doubted_lists": len(self._fallen),
            "sampled": len(drawn),
            "sample": {
                "comments": sum(size for _, size in drawn),
                "edited": sum(edited for (edited, _), _ in drawn),
                "deleted": sum(deleted for (_, deleted), _ in drawn),
                "edit_rate": [round(each, 6) for each in (found.low, found.estimate, found.high)]
                if found
                else None,
                "unread_comments": self.unread,
                "unseen_edits": list(found.of(self.unread)) if found else None,
            },
            "requests": requests,
        }

    def _drawn(self, found: Found) -> Drawn:
        if found.known is None or not (found.place in self._fallen and found.moved is Reading.MOVED):
            return Drawn(_live(found.known))
        threads = {root: each.live for root, each in found.known.threads.items() if each.live > EMBEDDED}
        return Drawn(sum(threads.values()), frozenset(threads))

    def _order(self, found: Found) -> tuple[Any, bytes]:
        """Sort the longest unread first; what was read on the same day comes by lot."""
        read_at = found.known.read_at if found.known else None
        lot = sha256(f"{self.lot}:{found.ref}".encode()).digest()
        return (read_at or _DAWN).date(), lot


def unmoved(found: Found) -> SourceBalance:
    """Return the balance of a source that was not asked: the stored one, at no cost."""
    assert found.known is not None
    return replace(found.known.balance, reading=Reading.UNMOVED, calls=0, retries=0, bytes=0)


def _is_light(found: Found) -> bool:
    """Tell whether asking a source for its roots is cheap; a long list without threads is not."""
    live = _live(found.known)
    return live > 0 and (found.ref.kind in THREADED or live <= PAGE)


def _live(known: KnownSource | None) -> int:
    return max(0, known.collected - known.tombstones) if known else 0
