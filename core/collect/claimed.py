"""Which sources a collection wants to itself, told from its targets without asking VK.

A key is a source's (`wall:-1_2`), or names all of one kind that an owner has (`wall:-1`): a wall, a board,
and an album, whose photos are not known beforehand. A name claims nothing until its owner is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from core.models import SourceKind, SourceRef, Target, TargetKind

_ONE: Final = {
    TargetKind.POST: SourceKind.WALL,
    TargetKind.TOPIC: SourceKind.TOPIC,
    TargetKind.PHOTO: SourceKind.PHOTO,
    TargetKind.VIDEO: SourceKind.VIDEO,
    TargetKind.MARKET_ITEM: SourceKind.MARKET,
}
_ALL: Final = {
    TargetKind.WALL: SourceKind.WALL,
    TargetKind.USER: SourceKind.WALL,
    TargetKind.GROUP: SourceKind.WALL,
    TargetKind.BOARD: SourceKind.TOPIC,
    TargetKind.ALBUM: SourceKind.PHOTO,
}


def claims_of(targets: Iterable[Target]) -> frozenset[str]:
    """Return the keys of what is collected for these targets."""
    return frozenset(key for target in targets if (key := _key(target)) is not None)


def _key(target: Target) -> str | None:
    if target.owner_id is None:
        return None
    if kind := _ALL.get(target.kind):
        return f"{kind}:{target.owner_id}"
    kind = _ONE.get(target.kind, target.source_kind)
    if kind is None or target.item_id is None:
        return None
    return str(SourceRef(kind, target.owner_id, target.item_id))
