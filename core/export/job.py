"""What a writer of any format is told, and what it tells back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import pyarrow as pa

from core.query import Query
from core.storage.reads import SourceBalanceRow

Dialect = Literal["data", "excel"]
Headers = Literal["en", "ru"]
Batches = Iterator[pa.RecordBatch]


@dataclass(frozen=True, slots=True)
class Balanced:
    """One source with its title and the balance of its last reading."""

    title: str
    row: SourceBalanceRow


@dataclass(frozen=True, slots=True)
class Job:
    """The circumstances of one export; `made_at` is aware, `version` the dataset's.

    `balance` is for formats that have room for it.
    """

    query: Query
    version: int
    made_at: datetime
    dialect: Dialect = "data"
    headers: Headers = "en"
    balance: tuple[Balanced, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of local times in the file."""
        return ZoneInfo(self.query.tz)

    @property
    def address(self) -> str:
        """Return the query as it stands in a URL, unencoded, so that a person can read it."""
        return "&".join(f"{key}={value}" for key, value in self.query.params())


@dataclass(frozen=True, slots=True)
class Changes:
    """What the format could not hold: cells per column, and the keys of the first comments concerned."""

    cells: dict[str, int] = field(default_factory=dict)
    keys: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Return the number of cells."""
        return sum(self.cells.values())


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer put into the file."""

    rows: int
    sheets: int = 0
    replaced: Changes = Changes()
    cut: Changes = Changes()


@dataclass(frozen=True, slots=True)
class ExportNote:
    """What an export came to: size in bytes, SHA-256 in hex, and what the format could not hold."""

    format: str
    rows: int
    bytes: int
    sha256: str
    sheets: int = 0
    replaced: Changes = Changes()
    cut: Changes = Changes()

    @property
    def replaced_cells(self) -> int:
        """Return the number of cells in which control characters became U+FFFD."""
        return self.replaced.total

    @property
    def cut_cells(self) -> int:
        """Return the number of cells that were too long for the format."""
        return self.cut.total
