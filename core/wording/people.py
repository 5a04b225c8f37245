"""What to call a person or a community: its name, else the address VK gives it."""

from __future__ import annotations

from core.wording.amounts import Lang
from core.wording.catalogue import say


def address(author_id: int) -> str:
    """Return the last part of the address of an author at VK: id5 of a person, club5 of a community."""
    return f"{'club' if author_id < 0 else 'id'}{abs(author_id)}"


def called(name: str | None, author_id: int | None, lang: Lang) -> str:
    """Return what to call an author: the name, else the address, else that nobody knows who it is."""
    if name:
        return name
    return say("comments.nobody", lang) if author_id is None else address(author_id)
