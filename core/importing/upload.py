"""A file somebody gave us, as bytes or on disk, and what its rows look like once it is open."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import Literal

Cell = str | int | float | bool | datetime | date | time | list[object] | None
Kind = Literal["csv", "jsonl", "xlsx"]


@dataclass(frozen=True, slots=True)
class Upload:
    """The file's content or place, and the name it came under."""

    content: bytes | Path
    filename: str

    @property
    def size(self) -> int:
        """Return the size in bytes."""
        return self.content.stat().st_size if isinstance(self.content, Path) else len(self.content)

    def open(self) -> BufferedReader | BytesIO:
        """Open the file for reading from its start."""
        return self.content.open("rb") if isinstance(self.content, Path) else BytesIO(self.content)

    def head(self, size: int) -> bytes:
        """Return the first bytes."""
        with self.open() as file:
            return file.read(size)

    def sha256(self) -> str:
        """Return the SHA-256 of the bytes, in hex."""
        with self.open() as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """Give a path to the file, a temporary one when it is in memory."""
        if isinstance(self.content, Path):
            yield self.content
            return
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "upload"
            path.write_bytes(self.content)
            yield path


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, and the whole of it as JSON bytes."""

    cells: dict[str, Cell]
    raw: bytes


@dataclass(slots=True)
class Tally:
    """Counts what had to be put right while reading, with the first example of each."""

    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, code: str, example: object = "") -> None:
        """Count one more."""
        self.counts[code] = self.counts.get(code, 0) + 1
        self.examples.setdefault(code, str(example)[:100])


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose layout is known; `rows` can be walked once.

    `columns` are those of the header, or for JSON those seen in the first objects; `total_rows` is known
    where the format says it.
    """

    kind: Kind
    columns: tuple[str, ...]
    rows: Generator[Row]
    tally: Tally
    encoding: str | None = None
    delimiter: str | None = None
    has_header: bool = True
    has_mark: bool = False
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    total_rows: int | None = None
