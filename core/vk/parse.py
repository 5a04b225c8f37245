"""VK's JSON -> models. Unknown keys pass by; a shape that is not VK's raises VkProtocol.

`raw` keeps every comment as VK sent it, without the replies embedded in it: those are rows of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from core.errors import VkProtocol
from core.models import Author, Comment, Page, Source, SourceKind, SourceRef

UNKNOWN_THREAD: Final = -1
"""Declared replies of a root whose item came without `thread`."""
_BOARD_MENTION: Final = re.compile(r"\[(id|club)(\d+):bp-\d+_(\d+)\|")
_REPORT: Final = "Report it with the task's log."
_FLAT: Final = frozenset({SourceKind.TOPIC, SourceKind.PHOTO, SourceKind.MARKET})

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """One answer that lists sources: how many VK says there are, and those on this page.

    `maybe_closed` are those without comments where, unlike on their neighbours, nobody may write: VK
    declares 0 for closed comments too. `items` is the length of the page.
    """

    total: int
    items: int
    sources: tuple[Source, ...]
    maybe_closed: frozenset[SourceRef] = frozenset()


def page(
    source: SourceRef, call: str, response: Any, *, thread_root: int | None = None, size: int = 0
) -> Page:
    """Read an answer of `*.getComments`; raises VkProtocol when it is none."""
    body = _object(response, call)
    items = _items(body, call)
    comments: list[Comment] = []
    threads: list[tuple[int, int, int]] = []
    for item in items:
        embedded, declared = _embedded(item, source)
        root = comment(source, item, thread_root, replies=max(declared, len(embedded)))
        comments.append(root)
        if root.root_id is None and source.kind not in _FLAT:
            threads.append((root.comment_id, declared, len(embedded)))
        comments.extend(comment(source, reply, root.comment_id) for reply in embedded)
    total = _count(body.get("count"))
    level = _count(body.get("current_level_count"))
    if level is None and (source.kind in _FLAT):
        level = total
    return Page(
        source=source,
        call=call,
        comments=tuple(comments),
        authors=tuple(authors(body)),
        declared_total=total,
        declared_level=level,
        threads=tuple(threads),
        thread_root=thread_root,
        level_items=len(items),
        bytes_received=size,
    )


def comment(source: SourceRef, item: Json, thread_root: int | None, *, replies: int = 0) -> Comment:
    """Read one comment; a tombstone has neither author nor text."""
    comment_id = _id(item)
    parents = item.get("parents_stack") or ()
    root_id = parents[0] if parents else (thread_root if comment_id != thread_root else None)
    is_deleted = bool(item.get("deleted"))
    text = item.get("text")
    parent_id = item.get("reply_to_comment") or None
    reply_to = item.get("reply_to_user") or None
    if source.kind is SourceKind.TOPIC and text:
        mention = _BOARD_MENTION.search(text)
        if mention is not None:
            parent_id = int(mention.group(3))
            reply_to = int(mention.group(2)) * (1 if mention.group(1) == "id" else -1)
    likes = item.get("likes")
    donut = item.get("donut")
    attachments = item.get("attachments")
    date = item.get("date")
    return Comment(
        source,
        comment_id,
        datetime.fromtimestamp(date, UTC) if isinstance(date, int) else None,
        item.get("from_id") or None,
        None if is_deleted and not text else str(text or ""),
        root_id,
        parent_id if parent_id is not None else root_id,
        reply_to,
        likes.get("count") if isinstance(likes, dict) else None,
        replies,
        tuple(str(each.get("type", "unknown")) for each in attachments) if attachments else (),
        bool(item.get("is_from_post_author")),
        is_deleted,
        bool(isinstance(donut, dict) and donut.get("placeholder")),
        orjson.dumps(item),
    )


def authors(body: Json) -> Iterator[Author]:
    """Read the people and communities an extended answer shows."""
    for user in body.get("profiles") or ():
        name = f"{user.get('first_name', '')} {user.get('last_name', '')}".strip()
        yield Author(user["id"], name, str(user.get("screen_name") or ""), str(user.get("deactivated") or ""))
    for group in body.get("groups") or ():
        yield Author(
            -abs(group["id"]),
            str(group.get("name") or ""),
            str(group.get("screen_name") or ""),
            str(group.get("deactivated") or ""),
        )


def listing(kind: SourceKind, owner_id: int | None, response: Any, method: str) -> Listing:
    """Read posts, topics, photos, videos or market items; raises VkProtocol for another shape."""
    if isinstance(response, list):
        response = {"count": len(response), "items": response}
    body = _object(response, method)
    items = _items(body, method)
    sources = tuple(_source(kind, owner_id, item) for item in items)
    total = _count(body.get("count"))
    may_write = [_may_write(item) for item in items]
    maybe_closed = frozenset(
        source.ref
        for source, may in zip(sources, may_write, strict=True)
        if source.declared_comments == 0 and may is False and True in may_write
    )
    return Listing(len(items) if total is None else total, len(items), sources, maybe_closed)


def commented_photos(owner_id: int, response: Any) -> Listing:
    """Read the photos named in an answer of `photos.getAllComments`, each once."""
    body = _object(response, "photos.getAllComments")
    items = _items(body, "photos.getAllComments")
    photos = dict.fromkeys(pid for item in items if isinstance(pid := item.get("pid"), int))
    sources = tuple(Source(SourceRef(SourceKind.PHOTO, owner_id, photo)) for photo in photos)
    total = _count(body.get("count"))
    return Listing(len(items) if total is None else total, len(items), sources)


def resolved(response: Any) -> tuple[str, int] | None:
    """Read an answer of `utils.resolveScreenName`: (type, id), or None for an unknown name."""
    if not response:
        return None
    body = _object(response, "utils.resolveScreenName")
    kind, number = body.get("type"), body.get("object_id")
    if not isinstance(kind, str) or not isinstance(number, int):
        raise VkProtocol(
            "VK's answer about a name names nobody.", hint=_REPORT, method="utils.resolveScreenName"
        )
    return kind, number


def people(response: Any) -> dict[int, str]:
    """Read the names in an answer of `users.get` or `groups.getById`, by signed id."""
    if isinstance(response, list):
        is_users = any("first_name" in each for each in response if isinstance(each, dict))
        response = {"profiles": response} if is_users else {"groups": response}
    return {author.author_id: author.name for author in authors(_object(response, "users.get"))}


def _source(kind: SourceKind, owner_id: int | None, item: Json) -> Source:
    counted = item.get("comments")
    declared = _count(counted.get("count") if isinstance(counted, dict) else counted)
    date = item.get("date", item.get("created"))
    author = item.get("from_id") or item.get("created_by") or item.get("user_id") or item.get("owner_id")
    return Source(
        ref=SourceRef(kind, owner_id if owner_id is not None else int(item["owner_id"]), _id(item)),
        title=str(item.get("title") or ""),
        text=str(item.get("text") or item.get("description") or item.get("first_comment") or ""),
        published_at=datetime.fromtimestamp(date, UTC) if isinstance(date, int) else None,
        author_id=author if isinstance(author, int) else None,
        likes=_nested(item, "likes"),
        reposts=_nested(item, "reposts"),
        views=_nested(item, "views"),
        declared_comments=declared,
        is_pinned=bool(item.get("is_pinned")),
        raw=orjson.dumps(item),
    )


def _may_write(item: Json) -> bool | None:
    counted = item.get("comments")
    may = counted.get("can_post") if isinstance(counted, dict) else None
    return None if may is None else bool(may)


def _embedded(item: Json, source: SourceRef) -> tuple[list[Json], int]:
    """Take the embedded replies out of a root's JSON; (replies, declared number of replies)."""
    thread = item.get("thread")
    if not isinstance(thread, dict):
        return [], (0 if source.kind in _FLAT else UNKNOWN_THREAD)
    replies = thread.pop("items", None) or []
    if not isinstance(replies, list):
        raise VkProtocol("VK's answer holds a thread without a list of replies.", hint=_REPORT)
    declared = _count(thread.get("count"))
    return replies, (UNKNOWN_THREAD if declared is None else declared)


def _object(response: Any, method: str) -> Json:
    if not isinstance(response, dict):
        raise VkProtocol("VK's answer to {method} is not an object.", hint=_REPORT, method=method)
    return response


def _items(body: Json, method: str) -> list[Json]:
    items = body.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise VkProtocol("VK's answer to {method} has no list of items.", hint=_REPORT, method=method)
    return items


def _id(item: Json) -> int:
    number = item.get("id", item.get("cid"))
    if not isinstance(number, int) or isinstance(number, bool):
        raise VkProtocol("VK's answer holds an item without an id.", hint=_REPORT)
    return number


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _nested(item: Json, key: str) -> int | None:
    value: object = item.get(key)
    return _count(value.get("count") if isinstance(value, dict) else value)
