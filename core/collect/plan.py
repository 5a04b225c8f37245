"""The plan of one source: which pages to ask for next, what is declared, what came, what is missing.

Pure: answered pages go in, the next asks come out. A page has a name that is stable within a run
(`roots:99`, `thread:17:9`, `thread:17:0~2` for a second reading): the unit of the checkpoint.

A source that is read as moved asks for all pages of roots, which show every thread's count, and goes into
those threads only whose count is not the stored one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from core.balances import Reading
from core.collect.facts import PageFacts
from core.collect.threads import Threads
from core.models import Source, SourceRef
from core.storage.reads import KnownSource
from core.templates import Reason
from core.vk import api
from core.vk.execute import ApiCall
from core.vk.paging import EMBEDDED, PAGE, Level

UNGUESSED: Final = 60
JUDGED: Final = "judged"
"""The name, in the checkpoint, of the mark that an attempt ended with this source not whole."""
_LOOKS: Final = ("kept", "ends", "threads", "again")


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

    `total` counts all levels as the comment pages declare it; `listed` is what the object itself said;
    `known` is what was stored before the run.
    """

    ref: SourceRef
    listed: int | None = None
    access_key: str | None = None
    title: str = ""
    known: KnownSource | None = None
    reading: Reading = Reading.FULL
    noted_reading: str = ""
    total: int | None = None
    roots: Level = field(default_factory=Level)
    calls: int = 0
    retries: int = 0
    bytes: int = 0
    judged: int = 0
    _seen_dead: set[int] = field(default_factory=set)
    _placeholders: set[int] = field(default_factory=set)
    _threads: Threads = field(init=False)
    _names: Counter[str] = field(default_factory=Counter)
    _has_moved: bool = False
    _looks: int = 0

    def __post_init__(self) -> None:
        stored = self.known.threads if self.known else {}
        self.roots.is_known = self.known is not None
        self._threads = Threads(self._seen_dead, stored, self.reading is Reading.MOVED)

    @classmethod
    def of(
        cls,
        source: Source,
        access_key: str | None = None,
        known: KnownSource | None = None,
        reading: Reading = Reading.FULL,
        why: str = "",
    ) -> SourcePlan:
        """Start the plan of a source that VK has described; `why` names a reading of its own kind."""
        title = source.title or " ".join(source.text.split())[:80]
        noted = why or ("" if reading is Reading.FULL else str(reading))
        return cls(source.ref, source.declared_comments, access_key, title, known, reading, noted)

    def further(self) -> list[Ask]:
        """Return the pages to ask for now; empty while answers are awaited, and at the end."""
        asks = [self._ask(None, offset) for offset in self.roots.further()]
        for root, level in self._threads.levels.items():
            asks += [self._ask(root, offset) for offset in level.further()]
        if asks or not self.is_done or self.failure:
            return asks
        is_balanced = self.total in (None, self.collected) and not self.missing_threads
        return asks if is_balanced else self._another_look()

    def answered(self, page: PageFacts, ask: Ask) -> list[Ask]:
        """Take in one page and return what to ask for next."""
        self._seen_dead.update(page.tombstones)
        self._placeholders.update(page.placeholders)
        threads = self._threads
        if ask.root is None:
            self._note_total(page)
            threads.noted(page)
            self.roots.answered(ask.offset, page.ids, page.declared_level, page.tombstones)
            touched: list[tuple[int | None, Level]] = [(None, self.roots)]
            touched += [(root, threads.levels[root]) for root, _, _ in page.threads if root in threads.levels]
        else:
            threads.levels[ask.root].answered(ask.offset, page.ids, page.declared_level, page.tombstones)
            threads.recount(ask.root)
            touched = [(ask.root, threads.levels[ask.root])]
        asks = [self._ask(root, offset) for root, level in touched for offset in level.further()]
        return asks or (self.further() if self.is_done else [])

    def failed(self, ask: Ask, reason: Reason) -> list[Ask]:
        """Take in that a page could not be read; return what to ask for next."""
        (self.roots if ask.root is None else self._threads.levels[ask.root]).failed(ask.offset, reason)
        return self.further()

    def remembered(self, records: Mapping[str, PageFacts]) -> list[Ask]:
        """Take in the pages earlier attempts of this run have stored; return what is left to ask for.

        Where an attempt has judged the source, what it found missing is asked for once more.
        """
        left = {name: facts for name, facts in records.items() if not name.startswith(JUDGED)}
        self.judged = len(records) - len(left)
        waiting = {ask.name: ask for ask in self.further()}
        for looks in range(self.judged + 1):
            if looks:
                waiting |= {ask.name: ask for ask in self._look_again()}
            while known := [name for name in left if name in waiting]:
                for name in known:
                    facts = left.pop(name)
                    self.cost(size=facts.size)
                    waiting |= {ask.name: ask for ask in self.answered(facts, waiting.pop(name))}
        for facts in left.values():
            level = self.roots if facts.thread_root is None else self._threads.levels.get(facts.thread_root)
            if level is not None:
                level.noted(facts.ids, None)
            if level is not None and facts.thread_root is not None:
                self._threads.recount(facts.thread_root)
        return list(waiting.values())

    def cost(self, *, retries: int = 0, size: int = 0) -> None:
        """Count a call that was answered: how often it was repeated, how many bytes came."""
        self.calls += 1 + retries
        self.retries += retries
        self.bytes += size

    def noted(self, page: PageFacts) -> PageFacts:
        """Return the facts of an answered page with what was decided about it, for the checkpoint."""
        kept = {root: self._threads.kept[root] for root, _, _ in page.threads if root in self._threads.kept}
        return replace(page, kept=kept, reading=self.noted_reading)

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to ask and nothing is awaited."""
        return all(level.is_done for level in self._levels)

    @property
    def replies(self) -> int:
        """Return how many replies came or are kept, each once."""
        return self._threads.replies

    @property
    def unread(self) -> int:
        """Return how many stored replies stand in threads that were not read again."""
        return self._threads.unread

    @property
    def tombstones(self) -> int:
        """Return how many of the comments that came are tombstones; threads are kept only without any."""
        return len(self._seen_dead)

    @property
    def placeholders(self) -> int:
        """Return how many of the comments that came are for paying subscribers only."""
        return len(self._placeholders)

    @property
    def collected(self) -> int:
        """Return how many comments came or are kept, each once."""
        return len(self.roots.seen) + self.replies

    @property
    def declared(self) -> int | None:
        """Return what VK declares: the comment pages' own count, else the object's."""
        return self.listed if self.total is None else self.total

    @property
    def missing_threads(self) -> dict[int, int]:
        """Return how many replies each thread lacks, for those that lack any."""
        return self._threads.missing

    @property
    def proved(self) -> list[int | None]:
        """Return the levels (None: the roots, else a thread) of which all that VK declares was seen.

        One whole pass under a count that stood still: what is stored of them and was not seen is gone.
        """
        roots: list[int | None] = [None] if self.roots.is_proved(self._seen_dead) else []
        return roots + list(self._threads.proved)

    @property
    def failure(self) -> Reason | None:
        """Return why reading stopped early, None when it did not."""
        return next((level.failure for level in self._levels if level.failure), None)

    @property
    def _levels(self) -> tuple[Level, ...]:
        return (self.roots, *self._threads.levels.values())

    def _note_total(self, page: PageFacts) -> None:
        if page.declared_total is not None:
            self._has_moved |= self.total is not None and self.total != page.declared_total
            self.total = page.declared_total

    def _another_look(self) -> list[Ask]:
        """Look once more, when VK declares another number.

        Into what was kept, past full ends, into threads that came without a count, at what moved.
        """
        if self._looks >= len(_LOOKS):
            return []
        look, self._looks = _LOOKS[self._looks], self._looks + 1
        total = self.total or 0
        if look == "kept":
            if not self.collected - self.tombstones <= total <= self.collected:
                return self._read_kept()
        elif look == "ends":
            for level in self._levels:
                level.doubt()
        elif look == "threads":
            for root in self._threads.suspects():
                self._threads.begin(root)
        elif (total > self.collected or self.missing_threads) and (
            self._has_moved or any(each.has_moved for each in self._levels)
        ):
            self.roots.again()
        return self.further()

    def _read_kept(self) -> list[Ask]:
        """Read the threads that were kept."""
        for root in sorted(self._threads.kept):
            self._threads.begin(root)
        return self.further()

    def _look_again(self) -> list[Ask]:
        """Ask anew for what an earlier attempt of this run found missing, and for nothing else."""
        lacking = [
            self._threads.levels[root] for root in self.missing_threads if root in self._threads.levels
        ]
        lacking += [level for level in self._levels if level.failure or level.missing]
        if not lacking and (self.total or 0) > self.collected:
            lacking = [self.roots]
        for level in {id(level): level for level in lacking if not level.awaits}.values():
            level.look_again()
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
            return min(PAGE, max(1, (self._threads.levels[root].declared or PAGE) - offset))
        if self.roots.declared is None:
            return min(self.listed if self.listed is not None else UNGUESSED, PAGE * (EMBEDDED + 1))
        left = min(PAGE, max(1, self.roots.declared - offset))
        return round(left * min(EMBEDDED + 1, (self.total or 0) / max(1, self.roots.declared) + 1))
