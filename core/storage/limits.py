"""How many hold the database at a time, how long they may, and how long the next one waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

QUERY_TIMEOUT_S: Final = 60.0
READERS: Final = 16
EXPORTS: Final = 8
"""Downloads have places of their own: each lasts as long as its reader's line is slow."""
READER_WAIT_S: Final = 10.0
"""Who has waited so long for a page is better told to come back."""
NOTE_WAIT_S: Final = 60.0
"""Longer than a fold or a large import holds the writer's turn; what is not noted is tried again."""
SLOW_QUERY_S: Final = 1.0
STUCK_AFTER_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one database."""

    query_timeout_s: float
    readers: int
    exports: int
    reader_wait_s: float
    note_wait_s: float
    slow_query_s: float
    stuck_after_s: float
