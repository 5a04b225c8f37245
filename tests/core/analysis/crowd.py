"""A crowd whose every member wrote another number of comments: the most work that resampling can have."""

from __future__ import annotations

import threading
from pathlib import Path

from core import importing
from core.storage import writes
from core.storage.store import Store

AUTHORS = 400


def as_csv(authors: int = AUTHORS) -> bytes:
    """Return a file in which author number i has i comments."""
    rows = [f"слово {i} {j},Author {i}\n" for i in range(1, authors + 1) for j in range(i)]
    return ("text,author_name\n" + "".join(rows)).encode()


def fill(store: Store, folder: Path, authors: int = AUTHORS) -> None:
    """Import the crowd, as a person would."""
    path = folder / "crowd.csv"
    path.write_bytes(as_csv(authors))
    read = importing.read(path, path.name, None, cancel=threading.Event(), report=lambda _progress: None)
    writes.write_import(store, read.source, read.rows)
