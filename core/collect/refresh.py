"""What a repeated run asks again: which sources in full, which for what moved, which not at all.

`new` asks what was never read whole, and whatever moved the number its list shows, where that number has
proved right. `changed` looks besides at the most recent sources, and reads a rotating sample of the rest in
full: least recently read first, those of one day by lot. From the sample it estimates how often comments
are edited, hence how many edits stand unseen among what was not read again. `all` asks for everything.

What `changed` cannot see, except in its sample: edits in sources and threads without a moved count, and an
arrival and a departure in one of them that leave its count as it was (in another thread of a post whose
roots are read, they are seen). The sample was left unread longest, so its rate is rather high than low.
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
from core.models import Source, SourceRef, SourceState
from core.storage.reads import KnownSource
from core.vk.api import THREADED

RefreshMode = Literal["new", "changed", "all"]

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
    def moved(self) -> Reading:
        """Return the reading that finds whatever moved a count; lists without threads are read whole."""
        is_whole = self.known is not None and self.known.state is SourceState.COMPLETE
        return Reading.MOVED if is_whole and self.ref.kind in THREADED else Reading.FULL


@dataclass(slots=True)
class Refresh:
    """Decides how each source of one run is read, and says at the end what that left unseen.

    `lot` draws among equals, differently in each run.
    """

    mode: RefreshMode
    now: datetime
    lot: str
    unread: int = 0
    sampled: dict[SourceRef, int] = field(default_factory=dict)
    _dates: dict[SourceRef, datetime] = field(default_factory=dict)

    def reading(self, found: Found, *, is_trusted: bool) -> Reading:
        """Return how a source is to be read; `is_trusted`: its list is not known to count too few."""
        if found.source.published_at is not None:
            self._dates[found.ref] = found.source.published_at
        known = found.known
        if self.mode == "all" or known is None or known.state not in _SETTLED:
            return Reading.FULL
        listed = found.source.declared_comments
        if found.is_single or listed is None or not is_trusted:
            return found.moved
        if known.state is SourceState.CLOSED:
            return Reading.UNMOVED if listed == known.listed else Reading.FULL
        if found.may_be_closed:
            return Reading.FULL
        return Reading.UNMOVED if listed == known.listed == known.declared else found.moved

    def draw(self, unmoved: Sequence[Found]) -> dict[SourceRef, Reading]:
        """Return those of the unmoved sources that are asked all the same, and how: recent or sampled."""
        if self.mode != "changed":
            return {}
        newest = nlargest(NEWEST, self._dates.items(), key=lambda item: item[1])
        recent = {ref for ref, date in self._dates.items() if date >= self.now - RECENT}
        recent.update(ref for ref, _ in newest)
        drawn = {each.ref: each.moved for each in unmoved if each.ref in recent}
        rest = [each for each in unmoved if each.ref not in recent and _live(each.known)]
        share = ceil((len(rest) + len(self.sampled)) * SAMPLE_SHARE)
        size = min(LARGEST_SAMPLE, max(SMALLEST_SAMPLE, share))
        for each in sorted(rest, key=self._order)[: max(0, size - len(self.sampled))]:
            self.sample(each)
            drawn[each.ref] = Reading.FULL
        return drawn

    def sample(self, found: Found) -> None:
        """Note that a source is read in full as one of the sample."""
        self.sampled[found.ref] = _live(found.known)

    def told(
        self,
        balances: Iterable[SourceBalance],
        changed: Mapping[SourceRef, tuple[int, int]],
        requests: int,
    ) -> dict[str, Any]:
        """Return what was asked and what may be unseen; `changed` is (edited, deleted) of sampled sources."""
        told = list(balances)
        readings = [each.reading for each in told]
        drawn = [(changed.get(ref, (0, 0)), size) for ref, size in self.sampled.items()]
        found = rate([(min(edited, size), size) for (edited, _), size in drawn])
        return {
            "mode": self.mode,
            "asked": sum(each.calls > 0 for each in told),
            "unmoved": readings.count(Reading.UNMOVED),
            "moved": readings.count(Reading.MOVED),
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

    def _order(self, found: Found) -> tuple[Any, bytes]:
        """Sort the longest unread first; what was read on the same day comes by lot."""
        read_at = found.known.read_at if found.known else None
        lot = sha256(f"{self.lot}:{found.ref}".encode()).digest()
        return (read_at or _DAWN).date(), lot


def unmoved(found: Found) -> SourceBalance:
    """Return the balance of a source that was not asked: the stored one, at no cost."""
    assert found.known is not None
    return replace(found.known.balance, reading=Reading.UNMOVED, calls=0, retries=0, bytes=0)


def _live(known: KnownSource | None) -> int:
    return max(0, known.collected - known.tombstones) if known else 0
