"""Every version of one comment, from all observations of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from core.models import CommentState
from core.query import Query
from core.storage import ask
from core.storage.reads_changes import Evidence
from core.storage.reads_comments import missing_comment, parts_of
from core.storage.store import Store

VersionChange = Literal["new", "edited", "likes", "deleted", "restored"]

OBSERVED = """
select seen_at, text, likes, is_deleted, is_absent, is_placeholder
from observations
where source = $source and comment_id = $comment_id
order by seen_at, version, ordinal
"""


@dataclass(frozen=True, slots=True)
class Version:
    """A comment as it was seen from `seen_at` to `last_seen_at` (aware UTC), and what made it differ.

    A deleted version has neither text nor likes; `evidence` says by what it is called deleted.
    """

    change: VersionChange
    seen_at: datetime
    last_seen_at: datetime
    text: str | None
    likes: int | None
    state: CommentState
    evidence: Evidence


def history(store: Store, key: str) -> list[Version]:
    """Return the versions of a comment, the oldest first, equal observations in a row as one.

    Raises NotFound.
    """
    source, comment_id = parts_of(key)
    observed = ask.rows(store, Query(), OBSERVED, source=source, comment_id=comment_id)
    if not observed:
        raise missing_comment(key)
    return _versions(observed)


def _versions(observed: Iterable[tuple[Any, ...]]) -> list[Version]:
    versions: list[Version] = []
    said: str | None = None
    likes: int | None = None
    is_edited = False
    for seen_at, text, liked, is_deleted, is_absent, is_placeholder in observed:
        likes = likes if liked is None else liked
        if is_deleted:
            evidence = Evidence.ABSENT if is_absent else Evidence.TOMBSTONE
            now = Version("deleted", seen_at, seen_at, None, None, CommentState.DELETED, evidence)
        else:
            is_edit = text is not None and not is_placeholder and said is not None and said != text
            is_edited |= is_edit
            said = text if text is not None and not is_placeholder else said
            state = CommentState.EDITED if is_edited else CommentState.LIVE
            change: VersionChange = "edited" if is_edit else "likes"
            shown = said if said is not None else text
            now = Version(change, seen_at, seen_at, shown, likes, state, Evidence.NONE)
        _add(versions, now)
    return versions


def _add(versions: list[Version], now: Version) -> None:
    """Add a version, or lengthen the last one when nothing differs."""
    if not versions:
        versions.append(replace(now, change="new"))
        return
    before = versions[-1]
    was_deleted, is_deleted = (each.state is CommentState.DELETED for each in (before, now))
    if (was_deleted and is_deleted) or (before.text, before.likes, before.state) == (
        now.text,
        now.likes,
        now.state,
    ):
        versions[-1] = replace(before, last_seen_at=now.seen_at)
    elif was_deleted:
        versions.append(replace(now, change="restored"))
    else:
        versions.append(now)
