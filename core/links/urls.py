"""From an id back to its page on VK."""

from __future__ import annotations

from typing import Final

from core.models import SourceKind, SourceRef

_PATHS: Final = {
    SourceKind.WALL: "wall",
    SourceKind.TOPIC: "topic",
    SourceKind.PHOTO: "photo",
    SourceKind.VIDEO: "video",
    SourceKind.MARKET: "product",
}


def source_url(ref: SourceRef) -> str:
    """Return the page of a source on VK, empty for an import."""
    path = _PATHS.get(ref.kind)
    return f"https://vk.com/{path}{ref.owner_id}_{ref.item_id}" if path else ""


def comment_url(ref: SourceRef, comment_id: int, root_id: int | None) -> str:
    """Return the link to one comment on VK, empty for an import."""
    if ref.kind is SourceKind.IMPORT:
        return ""
    if ref.kind is SourceKind.TOPIC:
        return f"{source_url(ref)}?post={comment_id}"
    thread = f"&thread={root_id}" if root_id is not None else ""
    return f"{source_url(ref)}?reply={comment_id}{thread}"


def author_url(author_id: int) -> str:
    """Return the page of a user (positive id) or a community (negative id)."""
    return f"https://vk.com/id{author_id}" if author_id > 0 else f"https://vk.com/club{-author_id}"
