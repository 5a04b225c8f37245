"""A small world of comments for the tests of reads: every field varies, dates cross clock changes."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from core.models import Comment
from core.storage import writes
from core.storage.store import Store
from tests.builders import at, author, comment, page, source, tombstone

Filled = tuple[Store, list[Comment]]

KEYS = ("wall:-1_2", "wall:-1_10", "topic:-3_4", "video:5_6")
TEXTS = (
    "Ёлка и кот",
    "елки-палки, кот!",
    "красный кот",
    "кот красный",
    "ПРИВЕТ, мир",
    "100% _верно_",
    "don't stop",
    "",
    "👍🔥",
    "и\u0306е\u0308 кот",
)

# New York goes to summer time on 8 March 2026 at 07:00 UTC and back on 1 November at 06:00 UTC.
CHANGES = (datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC))


def comments(count: int = 240) -> list[Comment]:
    """Build comments whose ids are unique per source, some around clock changes, some without a date."""
    chance = random.Random(5)  # noqa: S311 a seeded draw, not cryptography
    return [_comment(chance, number) for number in range(1, count + 1)]


def fill(store: Store, *, folded: bool, count: int = 240) -> list[Comment]:
    """Write the world, the first half folded; `folded` folds the rest as well."""
    world = comments(count)
    half = len(world) // 2
    writes.write_sources(store, "run", [source(key, f"Title {key}") for key in KEYS[:3]], at(1))
    for part in (world[:half], world[half:]):
        pages = [page(*(each for each in part if str(each.source) == key), source=key) for key in KEYS]
        authors = tuple(author(number, f"Author {number}") for number in (1, 2, 3, -4))
        writes.write_pages(store, "run", [*pages, page(authors=authors)], at(1))
        if folded or part[0] is world[0]:
            writes.fold(store)
    return world


def _comment(chance: random.Random, number: int) -> Comment:
    around = chance.choice([*CHANGES, at(0), at(24 * 40)])
    moment = around + timedelta(seconds=chance.choice([-1, 0, 1, 59, 3599, 3600]) * chance.randint(0, 30))
    key = chance.choice(KEYS)
    if chance.random() < 0.1:
        return tombstone(number, source=key, published_at=moment)
    return comment(
        number,
        chance.choice(TEXTS),
        source=key,
        published_at=None if chance.random() < 0.1 else moment,
        author_id=chance.choice([1, 2, 3, -4, 999]),
        root_id=chance.choice([None, None, 3, 30]),
        likes=chance.choice([None, 0, 0, 1, 2, 7, 1500]),
        replies=chance.choice([0, 0, 1, 12]),
        attachments=chance.choice([(), (), ("photo",), ("photo", "sticker")]),
    )
