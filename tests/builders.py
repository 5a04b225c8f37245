"""Small builders for tests: each gives a whole value of which a test names only what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.models import Author, Comment, Page, Source, SourceKind, SourceRef

WALL = SourceRef(SourceKind.WALL, -1, 2)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def seeds(few: Sequence[int], more: int) -> list[Any]:
    """Return seeds for `parametrize`: a few for each run, and so many after the last for the long run."""
    further = range(few[-1] + 1, few[-1] + 1 + more)
    return [*few, *(pytest.param(seed, marks=pytest.mark.soak) for seed in further)]


def ref(key: str = "wall:-1_2") -> SourceRef:
    """Build the identity of a source from its key."""
    return SourceRef.parse(key)


def at(hours: float = 0) -> datetime:
    """Return a moment so many hours after noon (UTC) of Monday, 2 March 2026."""
    return NOON + timedelta(hours=hours)


def comment(comment_id: int = 1, text: str | None = "Привет", **fields: Any) -> Comment:
    """Build a root comment of author 7 under `wall:-1_2`, published at noon, with one like."""
    values: dict[str, Any] = {"source": WALL, "published_at": NOON, "author_id": 7, "likes": 1, **fields}
    if isinstance(values["source"], str):
        values["source"] = ref(values["source"])
    return Comment(comment_id=comment_id, text=text, **values)


def tombstone(comment_id: int = 1, **fields: Any) -> Comment:
    """Build what VK leaves of a deleted comment that still has replies."""
    blank: dict[str, Any] = {"author_id": None, "likes": None, "is_deleted": True, **fields}
    return comment(comment_id, None, **blank)


def page(*comments: Comment, call: str = "roots:0", **fields: Any) -> Page:
    """Build an answered page of these comments, all of one source."""
    values: dict[str, Any] = {
        "source": comments[0].source if comments else WALL,
        "level_items": len(comments),
        **fields,
    }
    if isinstance(values["source"], str):
        values["source"] = ref(values["source"])
    return Page(call=call, comments=comments, **values)


def author(author_id: int = 7, name: str = "Анна Иванова", **fields: Any) -> Author:
    """Build an author."""
    return Author(author_id, name, **fields)


def source(key: str = "wall:-1_2", title: str = "Пост о погоде", **fields: Any) -> Source:
    """Build a source published at noon."""
    return Source(ref(key), title, **{"published_at": NOON, **fields})
