"""The plan of one source: which pages to ask for next, what is declared, what came, what is missing.

Pure: answered pages go in, the next asks come out. A page has a name that is stable within a run
(`roots:99`, `thread:17:9`, `thread:17:0~2` for a second reading): the unit of the checkpoint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from core.collect.facts import PageFacts
from core.models import Source, SourceRef
from core.vk import api
from core.vk.execute import ApiCall
from core.vk.paging import EMBEDDED, PAGE, Level

UNGUESSED: Final = 60
_LOOKS: Final = ("ends", "threads", "again")


@dataclass(frozen=True, slots=True)
class Ask:
    """One page to ask for: its source, its name in the checkpoint, and the call."""

    source: SourceRef
    name: str
    offset: int
    root: int | None
    call: ApiCall


@dataclass(slots=True)
class SourcePlan:
    """What one source has been asked, what VK declared and what came.

    `total` counts all levels as the comment pages declare it; `listed` is what the object itself said.
    """

    ref: SourceRef
    listed: int | None = None
    access_key: str | None = None
    title: str = ""
    total: int | None = None
    roots: Level = field(default_factory=Level)
    _threads: dict[int, Level] = field(default_factory=dict)
    _small: dict[int, tuple[int, int]] = field(default_factory=dict)
    _suspects: set[int] = field(default_factory=set)
    _names: Counter[str] = field(default_factory=Counter)
    _tombstones: set[int] = field(default_factory=set)
    _placeholders: set[int] = field(default_factory=set)
    _has_moved: bool = False
    _looks: int = 0

    @classmethod
    def of(cls, source: Source, access_key: str | None = None) -> SourcePlan:
        """Start the plan of a source that VK has described."""
        title = source.title or " ".join(source.text.split())[:80]
        return cls(source.ref, source.declared_comments, access_key, title)

    def further(self) -> list[Ask]:
        """Return the pages to ask for now; empty while answers are awaited, and at the end."""
        asks = [self._ask(None, offset) for offset in self.roots.further()]
        for root, level in self._threads.items():
            asks += [self._ask(root, offset) for offset in level.further()]
        if asks or not self.is_done or self.failure or self.total in (None, self.collected):
            return asks
        return self._another_look()

    def answered(self, page: PageFacts, ask: Ask) -> list[Ask]:
        """Take in one page and return what to ask for next."""
        self._tombstones.update(page.tombstones)
        self._placeholders.update(page.placeholders)
        if ask.root is None:
            self._note_total(page)
            self._note_threads(page)
            self.roots.answered(ask.offset, page.ids, page.declared_level, page.tombstones)
            touched: list[tuple[int | None, Level]] = [(None, self.roots)]
            touched += [(root, self._threads[root]) for root, _, _ in page.threads if root in self._threads]
        else:
            self._threads[ask.root].answered(ask.offset, page.ids, page.declared_level, page.tombstones)
            touched = [(ask.root, self._threads[ask.root])]
        asks = [self._ask(root, offset) for root, level in touched for offset in level.further()]
        return asks or (self.further() if self.is_done else [])

    def remembered(self, records: Mapping[str, PageFacts]) -> list[Ask]:
        """Take in the pages an earlier attempt of this run has stored; return what is left to ask for."""
        waiting = {ask.name: ask for ask in self.further()}
        left = dict(records)
        while known := [name for name in left if name in waiting]:
            for name in known:
                asks = self.answered(left.pop(name), waiting.pop(name))
                waiting.update({ask.name: ask for ask in asks})
        for facts in left.values():
            level = self.roots if facts.thread_root is None else self._threads.get(facts.thread_root)
            if level is not None:
                level.seen.update(facts.ids)
        return list(waiting.values())

    def failed(self, ask: Ask, reason: str) -> list[Ask]:
        """Take in that a page could not be read; return what to ask for next."""
        (self.roots if ask.root is None else self._threads[ask.root]).failed(ask.offset, reason)
        return self.further()

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to ask and nothing is awaited."""
        return self.roots.is_done and all(level.is_done for level in self._threads.values())

    @property
    def replies(self) -> int:
        """Return how many replies came, each once."""
        kept = sum(len(level.seen) for level in self._threads.values())
        return kept + sum(came for root, (_, came) in self._small.items() if root not in self._threads)

    @property
    def tombstones(self) -> int:
        """Return how many of the comments came as tombstones."""
        return len(self._tombstones)

    @property
    def placeholders(self) -> int:
        """Return how many of the comments are for paying subscribers only."""
        return len(self._placeholders)

    @property
    def collected(self) -> int:
        """Return how many comments came, each once."""
        return len(self.roots.seen) + self.replies

    @property
    def declared(self) -> int | None:
        """Return what VK declares: the comment pages' own count, else the object's."""
        return self.listed if self.total is None else self.total

    @property
    def missing_threads(self) -> dict[int, int]:
        """Return how many replies each thread lacks, for those that lack any."""
        lacking: dict[int, int] = {}
        for root, (declared, came) in self._small.items():
            level = self._threads.get(root)
            missing = max(level.missing, declared - len(level.seen)) if level else declared - came
            if missing > 0:
                lacking[root] = missing
        return lacking

    @property
    def failure(self) -> str:
        """Return why reading stopped early, empty when it did not."""
        levels = (self.roots, *self._threads.values())
        return next((level.failure for level in levels if level.failure), "")

    def _note_total(self, page: PageFacts) -> None:
        if page.declared_total is not None:
            self._has_moved |= self.total is not None and self.total != page.declared_total
            self.total = page.declared_total

    def _note_threads(self, page: PageFacts) -> None:
        for root, declared, count in page.threads:
            ids = page.embedded.get(root, ())
            self._small[root] = (max(0, declared), len(ids))
            if root in self._threads:
                self._threads[root].noted(ids, declared if declared >= 0 else None)
            elif declared > count or (declared >= 0 and self._may_hide(ids, declared)):
                level = self._threads[root] = Level()
                level.embedded(ids, declared, self._tombstones)
            elif declared < 0 or count >= EMBEDDED:
                self._suspects.add(root)

    def _may_hide(self, ids: Sequence[int], declared: int) -> bool:
        """Tell whether a full list of embedded replies contradicts the count, or may by its tombstones."""
        return len(ids) >= EMBEDDED and (len(ids) > declared or not self._tombstones.isdisjoint(ids))

    def _another_look(self) -> list[Ask]:
        """Look once more, when VK declares another number: past full ends, into threads, at what moved."""
        if self._looks >= len(_LOOKS):
            return []
        look, self._looks = _LOOKS[self._looks], self._looks + 1
        if look == "ends":
            for level in (self.roots, *self._threads.values()):
                level.doubt()
        elif look == "threads":
            for root in sorted(self._suspects - self._threads.keys()):
                self._threads[root] = Level()
        elif (self.total or 0) > self.collected and (
            self._has_moved or any(level.has_moved for level in (self.roots, *self._threads.values()))
        ):
            self.roots.again()
        return self.further()

    def _ask(self, root: int | None, offset: int) -> Ask:
        name = f"roots:{offset}" if root is None else f"thread:{root}:{offset}"
        self._names[name] += 1
        if self._names[name] > 1:
            name = f"{name}~{self._names[name]}"
        call = api.comments(
            self.ref, offset, root=root, weight=self._weight(root, offset), access_key=self.access_key
        )
        return Ask(self.ref, name, offset, root, call)

    def _weight(self, root: int | None, offset: int) -> int:
        """Guess how many comments a page will hold."""
        if root is not None:
            return min(PAGE, max(1, (self._threads[root].declared or PAGE) - offset))
        if self.roots.declared is None:
            return min(self.listed if self.listed is not None else UNGUESSED, PAGE * (EMBEDDED + 1))
        left = min(PAGE, max(1, self.roots.declared - offset))
        return round(left * min(EMBEDDED + 1, (self.total or 0) / max(1, self.roots.declared) + 1))
