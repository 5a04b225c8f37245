"""What a plan needs to know of a page: ids and counts, small enough to lie in the checkpoint beside it.

What was decided when the page came lies there too: how its source is read, and which threads are kept as
they are. A later attempt of the run goes by that, not by a store that has moved on since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Final

from core.models import Page
from core.vk.api import THREADED

IDS: Final = "ids"
EMBEDDED: Final = "embedded"
TOMBSTONES: Final = "tombstones"
PLACEHOLDERS: Final = "placeholders"
KEPT: Final = "kept"
READING: Final = "reading"
BYTES: Final = "bytes"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The level's ids in VK's order, the embedded replies by root, and what VK declared."""

    ids: Sequence[int]
    embedded: Mapping[int, Sequence[int]] = field(default_factory=dict)
    threads: Sequence[tuple[int, int, int]] = ()
    tombstones: Sequence[int] = ()
    placeholders: Sequence[int] = ()
    declared_total: int | None = None
    declared_level: int | None = None
    thread_root: int | None = None
    size: int = 0
    kept: Mapping[int, int] | None = None
    reading: str = ""

    @classmethod
    def of(cls, page: Page) -> PageFacts:
        """Take the facts from an answered page."""
        is_flat = page.source.kind not in THREADED or page.thread_root is not None
        ids: list[int] = []
        embedded: dict[int, list[int]] = {}
        for each in page.comments:
            if is_flat or each.root_id is None:
                ids.append(each.comment_id)
            else:
                embedded.setdefault(each.root_id, []).append(each.comment_id)
        return cls(
            [each for each in ids if each != page.thread_root],
            embedded,
            page.threads,
            [each.comment_id for each in page.comments if each.is_deleted],
            [each.comment_id for each in page.comments if each.is_placeholder],
            page.declared_total,
            page.declared_level,
            page.thread_root,
            page.bytes_received,
        )

    def as_extra(self) -> dict[str, str]:
        """Return what the checkpoint's own columns do not hold, as short texts."""
        texts = {
            IDS: _written(self.ids),
            EMBEDDED: ";".join(f"{root}:{_written(ids)}" for root, ids in self.embedded.items()),
            TOMBSTONES: _written(self.tombstones),
            PLACEHOLDERS: _written(self.placeholders),
            KEPT: ";".join(f"{root}:{replies}" for root, replies in (self.kept or {}).items()),
            READING: self.reading,
            BYTES: str(self.size or ""),
        }
        return {key: text for key, text in texts.items() if text}

    @classmethod
    def stored(
        cls,
        extra: Mapping[str, str],
        threads: Sequence[tuple[int, int, int]],
        declared: tuple[int | None, int | None],
        thread_root: int | None,
    ) -> PageFacts:
        """Read the facts back; `declared` is (all levels, this level)."""
        kept = {root: replies for root, (replies,) in _by_root(extra.get(KEPT, "")).items()}
        return cls(
            _read(extra.get(IDS, "")),
            _by_root(extra.get(EMBEDDED, "")),
            threads,
            _read(extra.get(TOMBSTONES, "")),
            _read(extra.get(PLACEHOLDERS, "")),
            *declared,
            thread_root,
            int(extra.get(BYTES, 0)),
            kept,
            extra.get(READING, ""),
        )


def _by_root(text: str) -> dict[int, list[int]]:
    pairs = (part.partition(":") for part in text.split(";") if part)
    return {int(root): _read(ids) for root, _, ids in pairs}


def _written(ids: Sequence[int]) -> str:
    """Write the first id and then the steps between neighbours."""
    if not ids:
        return ""
    return ",".join(map(str, (ids[0], *(after - before for before, after in pairwise(ids)))))


def _read(text: str) -> list[int]:
    return list(accumulate(map(int, text.split(",")))) if text else []
