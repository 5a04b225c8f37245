"""Turn a file's own comment ids into row numbers, so that conversations survive an import."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.importing.upload import Tally

Key = tuple[str, str]
"""An id of the file, with the source it is unique in (empty when the file has one source)."""


@dataclass(slots=True)
class Threads:
    """Collects the ids row by row; `resolved` gives each row's thread and parent as row numbers."""

    row_of: dict[Key, int] = field(default_factory=dict)
    parents: list[Key | None] = field(default_factory=list)
    roots: list[Key | None] = field(default_factory=list)

    def add(self, own: Key | None, parent: Key | None, root: Key | None, tally: Tally) -> None:
        """Note the ids of the next row."""
        self.parents.append(parent)
        self.roots.append(root)
        if own is None:
            return
        if own in self.row_of:
            tally.add("repeated_ids", own[1])
        self.row_of.setdefault(own, len(self.parents))

    def resolved(self, tally: Tally) -> tuple[list[int | None], list[int | None]]:
        """Return (root, parent) row numbers per row; what is not in the file is None and counted."""
        parents = [self._row(key, index, tally) for index, key in enumerate(self.parents, 1)]
        named_roots = [self._row(key, index, Tally()) for index, key in enumerate(self.roots, 1)]
        roots: list[int | None] = []
        for index, (parent, named) in enumerate(zip(parents, named_roots, strict=True), 1):
            roots.append(named or (_top(index, parents) if parent else None))
        return roots, [parent or root for parent, root in zip(parents, roots, strict=True)]

    def _row(self, key: Key | None, own_row: int, tally: Tally) -> int | None:
        if key is None:
            return None
        row = self.row_of.get(key)
        if row is None:
            tally.add("unknown_parents", key[1])
        return row if row != own_row else None


def reply_counts(roots: list[int | None]) -> list[int]:
    """Return how many rows each row's thread has below it."""
    counts = [0] * len(roots)
    for root in roots:
        if root is not None:
            counts[root - 1] += 1
    return counts


def _top(row: int, parents: list[int | None]) -> int | None:
    """Walk up to the row that answers nobody; a circle of answers has none."""
    seen = {row}
    above = parents[row - 1]
    while above is not None:
        if above in seen:
            return None
        seen.add(above)
        row, above = above, parents[above - 1]
    return row
