"""Answers as they may look, for the documentation."""

from __future__ import annotations

from typing import Final

from pydantic import JsonValue

SOURCE_EXAMPLE: Final[dict[str, JsonValue]] = {
    "source": "wall:-1_2",
    "dataset": "own",
    "kind": "wall",
    "owner_id": -1,
    "item_id": 2,
    "title": "",
    "text": "Погода на выходных",
    "url": "https://vk.com/wall-1_2",
    "published_at": "2026-03-01T09:00:00Z",
    "likes": 120,
    "views": 5400,
    "declared": 38,
    "collected": 37,
    "roots": 21,
    "replies": 16,
    "deleted": 1,
    "state": "partial",
    "refused_code": 0,
    "updated_at": "2026-03-05T10:00:00Z",
}
COMMENT_EXAMPLE: Final[dict[str, JsonValue]] = {
    "comment_key": "wall:-1_2:4",
    "source": "wall:-1_2",
    "kind": "wall",
    "owner_id": -1,
    "item_id": 2,
    "comment_id": 4,
    "root_id": 3,
    "parent_id": 3,
    "author_id": 7,
    "author_name": "Анна Примерова",
    "author_is_community": False,
    "is_post_author": False,
    "published_at": "2026-03-01T09:30:00Z",
    "text": "Согласна!",
    "likes": 2,
    "replies": 0,
    "attachments": ["photo"],
    "state": "live",
    "edited_at": None,
    "deleted_at": None,
    "first_seen_at": "2026-03-05T10:00:00Z",
    "last_seen_at": "2026-03-05T10:00:00Z",
    "url": "https://vk.com/wall-1_2?reply=4&thread=3",
    "lang": "unknown",
    "sentiment": "positive",
    "negative": 0.08,
    "neutral": 0.31,
    "positive": 0.61,
    "toxicity": 0.02,
    "tags": [],
    "is_question": False,
}
