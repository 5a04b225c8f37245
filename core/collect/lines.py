"""Lines of things that wait, one per method: what cannot go on now holds up nothing else."""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice
from operator import itemgetter
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Lines(Generic[Thing]):
    """Things in one common order, that can be looked at and taken by their methods."""

    def __init__(self, method_of: Callable[[Thing], str]) -> None:
        self._method_of = method_of
        self._lines: defaultdict[str, deque[tuple[int, Thing]]] = defaultdict(deque)
        self._front = self._back = 0

    def __len__(self) -> int:
        return sum(map(len, self._lines.values()))

    @property
    def methods(self) -> list[str]:
        """Return the methods of which something waits."""
        return [method for method, line in self._lines.items() if line]

    def append(self, things: Iterable[Thing]) -> None:
        """Let things wait behind all others."""
        for thing in things:
            self._back += 1
            self._lines[self._method_of(thing)].append((self._back, thing))

    def push(self, things: Sequence[Thing]) -> None:
        """Let things wait before all others, in this order."""
        for thing in reversed(things):
            self._front -= 1
            self._lines[self._method_of(thing)].appendleft((self._front, thing))

    def first(self, methods: Collection[str], most: int) -> list[Thing]:
        """Return the things of these methods that come next."""
        heads = (islice(self._lines[method], most) for method in methods)
        return [thing for _, thing in islice(heapq.merge(*heads, key=itemgetter(0)), most)]

    def take(self, things: Sequence[Thing]) -> list[Thing]:
        """Take out some of what `first` returned."""
        wanted = {id(thing) for thing in things}
        for method in {self._method_of(thing) for thing in things}:
            line, passed = self._lines[method], deque[tuple[int, Thing]]()
            missing = sum(self._method_of(thing) == method for thing in things)
            while missing:
                ranked = line.popleft()
                missing -= id(ranked[1]) in wanted
                if id(ranked[1]) not in wanted:
                    passed.appendleft(ranked)
            line.extendleft(passed)
        return list(things)

    def drop(self, method: str) -> list[Thing]:
        """Take out everything of a method."""
        return [thing for _, thing in self._lines.pop(method, deque())]
