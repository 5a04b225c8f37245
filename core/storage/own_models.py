"""Which models of the reader's own judge the texts of a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.storage.store import Store

CHOSEN: Final = """
select judged, path, mark
from own_models
order by judged
"""

FORGET: Final = """
delete from own_models
"""

CHOOSE: Final = """
insert into own_models
values ($judged, $path, $mark)
"""


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file with a model: what it judges, where it is, and the beginning of its SHA-256."""

    judged: str
    path: str
    mark: str


def own_files(store: Store) -> list[OwnFile]:
    """Return the models that were chosen, by what they judge."""
    with store.reading() as cursor:
        return [OwnFile(*row) for row in cursor.execute(CHOSEN).fetchall()]


def choose_own_files(store: Store, files: Sequence[OwnFile]) -> None:
    """Let these models judge the texts from now on; nothing is written when they did before."""
    wanted = sorted(files, key=lambda each: each.judged)
    if own_files(store) == wanted:
        return
    with store.noting() as cursor:
        cursor.execute(FORGET)
        for each in wanted:
            cursor.execute(CHOOSE, {"judged": each.judged, "path": each.path, "mark": each.mark})
