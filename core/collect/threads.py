"""The threads of one source: which are read, which came whole inside their root, which are kept as stored.

A thread is kept when its source is read as moved and its declared count is the one that is stored, and
whole: nothing in it has moved a count. Kept threads count as what is stored and prove nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.collect.facts import PageFacts
from core.storage.reads import KnownThread
from core.vk.paging import EMBEDDED, Level


@dataclass(slots=True)
class Threads:
    """What is known of a source's threads, by their roots; `tombstones` is shared with the source's plan.

    `known` are the threads as stored before the run; `may_keep` allows to leave them unread. `kept` holds
    how many replies a kept thread has, by VK and in the store; `replies` is how many there are, each once.
    """

    tombstones: set[int]
    known: Mapping[int, KnownThread] = field(default_factory=dict)
    may_keep: bool = False
    levels: dict[int, Level] = field(default_factory=dict)
    kept: dict[int, int] = field(default_factory=dict)
    replies: int = 0
    _counted: dict[int, int] = field(default_factory=dict)
    _small: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    _suspects: set[int] = field(default_factory=set)

    def noted(self, page: PageFacts) -> None:
        """Take in what a page of roots shows of their threads."""
        for root, declared, count in page.threads:
            ids = page.embedded.get(root, ())
            dead = len(self.tombstones.intersection(ids))
            self._small[root] = (declared, len(ids), dead)
            if root in self.levels:
                self.levels[root].noted(ids, declared if declared >= 0 else None)
            elif self._is_kept(root, declared, page.kept):
                pass
            elif declared > count or (declared >= 0 and _may_hide(len(ids), declared, dead)):
                self.begin(root).embedded(ids, declared, self.tombstones)
            elif declared < 0 or count >= EMBEDDED:
                self._suspects.add(root)
            self.recount(root)

    def recount(self, root: int) -> None:
        """Count the replies of one thread anew; the sum is asked for with every page."""
        level = self.levels.get(root)
        count = len(level.seen) if level else self.kept.get(root, self._small.get(root, (0, 0, 0))[1])
        self.replies += count - self._counted.get(root, 0)
        self._counted[root] = count

    def begin(self, root: int) -> Level:
        """Begin to read a thread, which is not kept any more."""
        self.kept.pop(root, None)
        level = self.levels[root] = Level(is_known=root in self.known)
        self.recount(root)
        return level

    def suspects(self) -> list[int]:
        """Return the roots that came without a count, or with as many replies as come at most."""
        return sorted(self._suspects - self.levels.keys())

    @property
    def unread(self) -> int:
        """Return how many stored replies were not shown: of kept threads, those that no root shows."""
        return sum(count - self._small[root][1] for root, count in self.kept.items())

    @property
    def missing(self) -> dict[int, int]:
        """Return how many replies each thread lacks, for those that lack any."""
        lacking: dict[int, int] = {}
        for root, (declared, came, _) in self._small.items():
            level = self.levels.get(root)
            lacks = max(level.missing, declared - len(level.seen)) if level else declared - came
            if lacks > 0 and root not in self.kept:
                lacking[root] = lacks
        return lacking

    @property
    def proved(self) -> list[int]:
        """Return the threads of which one whole pass, under a standing count, showed all that is declared."""
        read = [root for root, level in self.levels.items() if level.is_proved(self.tombstones)]
        whole = [
            root
            for root, (came, dead) in self._apart().items()
            if self._small[root][0] in (came, came - dead)
        ]
        return read + whole

    def _apart(self) -> dict[int, tuple[int, int]]:
        """Return the threads that came inside their roots: (replies, tombstones among them)."""
        others = self.levels.keys() | self.kept.keys()
        return {root: (came, dead) for root, (_, came, dead) in self._small.items() if root not in others}

    def _is_kept(self, root: int, declared: int, decided: Mapping[int, int] | None) -> bool:
        """Tell whether a thread need not be read; `decided` is what an earlier attempt made of the page."""
        before = self.kept.pop(root, None)
        if decided is not None:
            kept = decided.get(root)
        elif before is not None:
            kept = before if before == declared else None
        else:
            kept = self._stored(root, declared)
        if kept is not None:
            self.kept[root] = kept
        return kept is not None

    def _stored(self, root: int, declared: int) -> int | None:
        known = self.known.get(root) if self.may_keep else None
        came = self._small[root][1]
        is_whole = known is not None and declared == known.declared == known.live
        return declared if is_whole and declared > came else None


def _may_hide(came: int, declared: int, dead: int) -> bool:
    """Tell whether a full list of embedded replies contradicts the count, or may by its tombstones."""
    return came >= EMBEDDED and (came > declared or dead > 0)
