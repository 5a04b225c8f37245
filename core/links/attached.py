"""From what hangs on a comment to its page: VK's object of an attachment as an address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_PATHS: Final = {
    "photo": "photo",
    "posted_photo": "photo",
    "video": "video",
    "audio": "audio",
    "doc": "doc",
    "poll": "poll",
    "wall": "wall",
    "album": "album",
    "market": "product",
    "note": "note",
}
_OWNERS: Final = ("owner_id", "to_id", "from_id")
MOST: Final = 2000
"""A longer address is none that a page should carry."""


def attachment_url(attachment: Mapping[str, Any]) -> str:
    """Return the address of an attachment as VK's answers describe it, empty where none can be known.

    A link leads to where it points, anything else to VK. Only `https` and `http` are addresses.
    """
    kind = str(attachment.get("type", ""))
    held = attachment.get(kind)
    if not isinstance(held, Mapping):
        return ""
    if kind == "link":
        return _safe(held.get("url"))
    if kind == "wall_reply":
        return _reply(held)
    owner = next((held[name] for name in _OWNERS if isinstance(held.get(name), int)), None)
    number = held.get("id")
    if kind not in _PATHS or not isinstance(owner, int) or not isinstance(number, int):
        return ""
    return f"https://vk.com/{_PATHS[kind]}{owner}_{number}"


def _reply(held: Mapping[str, Any]) -> str:
    owner, post, number = (held.get(name) for name in ("owner_id", "post_id", "id"))
    if not all(isinstance(each, int) for each in (owner, post, number)):
        return ""
    return f"https://vk.com/wall{owner}_{post}?reply={number}"


def _safe(url: object) -> str:
    is_address = isinstance(url, str) and url.startswith(("https://", "http://")) and len(url) <= MOST
    return str(url) if is_address else ""
