"""Walls of the synthetic VK as comments, without a server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from core.models import Comment, SourceRef
from core.sandbox.discussion import Discussion
from core.sandbox.draw import TOMBSTONE
from core.sandbox.render import text_of
from core.sandbox.world import World


def comments_of(world: World, owner_id: int) -> list[Comment]:
    """Return the living comments of a wall."""
    return [
        each for item in world.lists["wall", owner_id] for each in _comments(world, world.discussion(item))
    ]


def _comments(world: World, talk: Discussion) -> Iterator[Comment]:
    source = SourceRef.parse(talk.item.source)
    for place, number in enumerate(talk.ids):
        if talk.flags[place] & TOMBSTONE:
            continue
        root, parent = talk.root[place], talk.parent[place]
        yield Comment(
            source=source,
            comment_id=number,
            published_at=datetime.fromtimestamp(talk.dates[place], UTC),
            author_id=talk.authors[place],
            text=text_of(world.seed, talk, place),
            root_id=talk.ids[root] if root >= 0 else None,
            parent_id=talk.ids[parent] if parent >= 0 else None,
            likes=talk.likes[place],
        )
