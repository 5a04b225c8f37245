"""Replies by who answers whom, sorted out: between two known authors, to oneself, of somebody unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from core.analysis.described import Asked, Cell, Note
from core.storage import reads_replies

Ids = np.ndarray[Any, np.dtype[np.int64]]

EVIDENCE: Final = ("by_comment", "by_user", "by_mention", "by_thread")
HOW: Final = (
    "Whom a reply answers is told by the comment it answers; else by the user VK names; else by the first "
    "mention in its text; else by the root of its thread. Replies to oneself, and those of or to somebody "
    "unknown, are left out and counted. "
)
"""What every method here begins with."""


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """Replies sorted out: `links` between two different authors, as `reads_replies.links` has them.

    `at_top` are those of all replies, also of the ones left out, that stand in no thread.
    """

    links: pd.DataFrame
    self_replies: int
    unknown: int
    at_top: int = 0

    @classmethod
    def of(cls, counted: pd.DataFrame) -> Answered:
        """Sort out what was counted."""
        is_unknown = counted["answering"].isna() | counted["answered"].isna()
        known = counted[~is_unknown].astype({"answering": "int64", "answered": "int64"})
        is_self = known["answering"] == known["answered"]
        return cls(
            known[~is_self].reset_index(drop=True),
            int(known.loc[is_self, "replies"].sum()),
            int(counted.loc[is_unknown, "replies"].sum()),
            int(counted["at_top"].sum()),
        )

    def figures(self) -> dict[str, Cell]:
        """Return how many replies there are, by what tells whom they answer, and what is left out."""
        names = ("replies", *EVIDENCE)
        sums = {name: int(self.links[name].sum()) for name in names}
        left = {"self_replies": self.self_replies, "unknown": self.unknown}
        return {**sums, **left, "at_top": self.at_top}


def notes_of(figures: Mapping[str, Cell]) -> tuple[Note, ...]:
    """Return what a reader must know of the replies that figures are about: what they rest on."""
    found: list[Note] = []
    if not figures["replies"]:
        found.append(Note("replies_none"))
    told = {name: figures[name] for name in EVIDENCE}
    if figures["replies"] != figures["by_comment"]:
        found.append(Note("replies_evidence", told))
    if figures["self_replies"] or figures["unknown"]:
        left = {name: figures[name] for name in ("self_replies", "unknown")}
        found.append(Note("replies_left_out", left))
    if figures["at_top"]:
        found.append(Note("replies_at_top", {"at_top": figures["at_top"]}))
    return tuple(found)


def people(asked: Asked, numbers: Iterable[int]) -> pd.DataFrame:
    """Return [author_id, author_name, is_community, key, shown] by number; `shown`: name, else key."""
    named = reads_replies.people(asked.store, asked.query, sorted({*numbers}), asked.cancel)
    shown = named["author_name"].where(named["author_name"] != "", named["key"])
    return named.assign(shown=shown).set_index("author_no")
