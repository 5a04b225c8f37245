"""What the sandbox's world planted is found: a shop that answers questions seldom since summer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.models import Comment
from core.query import Query
from core.sandbox import stories
from core.sandbox.draw import ANSWER, TOMBSTONE
from core.sandbox.render import text_of
from core.sandbox.wording import Wording
from core.sandbox.world import World
from core.storage.store import Store
from tests.builders import comment
from tests.core.enriched import answer, enriched

SHOP = stories.SHOP.owner_id
SUMMER = date(2026, 7, 1)
SEED = 1


def moment(seconds: int) -> datetime:
    """Return a time of the sandbox."""
    return datetime.fromtimestamp(seconds, UTC)


@pytest.fixture(scope="module")
def planted() -> tuple[Store, set[str], set[str]]:
    """Open the wall of the sandbox's shop; return also which questions were planted, and which answered."""
    world = World(12_000, SEED)
    comments: list[Comment] = []
    asked, answered = set(), set()
    for item in world.lists["wall", SHOP]:
        talk = world.discussion(item)
        for place, number in enumerate(talk.ids):
            parent, root = talk.parent[place], talk.root[place]
            if talk.flags[place] & TOMBSTONE:
                continue
            if talk.wording[place] == Wording.QUESTION and root < 0 and talk.authors[place] != SHOP:
                asked.add(f"{item.source}:{number}")
            if talk.flags[place] & ANSWER:
                answered.add(f"{item.source}:{talk.ids[root]}")
            comments.append(
                comment(
                    number,
                    text_of(SEED, talk, place),
                    source=item.source,
                    author_id=talk.authors[place] or None,
                    published_at=moment(talk.dates[place]),
                    root_id=talk.ids[root] if root >= 0 else None,
                    parent_id=talk.ids[parent] if parent >= 0 else None,
                    reply_to_user=talk.authors[parent] if parent >= 0 else None,
                )
            )
    return enriched(comments), asked, answered & asked


def test_planted_questions_and_answers_are_found(planted: tuple[Store, set[str], set[str]]) -> None:
    """At least 95 in 100 planted questions are found, and no planted answer is missed among them."""
    store, asked, answered = planted
    still_open = {row["comment_key"] for row in answer(store, "questions", top=1000).rows}
    closed = {row["comment_key"] for row in answer(store, "questions", top=1000, show="answered").rows}
    assert len(asked) > 100
    assert len(asked & (still_open | closed)) >= 0.95 * len(asked)
    assert not answered & still_open


def test_slow_service_since_summer_shows(planted: tuple[Store, set[str], set[str]]) -> None:
    """The share answered falls by more than chance: the intervals before and after do not meet."""
    store, _, _ = planted
    before = answer(store, "questions", Query(until=date(2026, 6, 30))).summary
    after = answer(store, "questions", Query(since=SUMMER)).summary
    assert float(str(before["answered_share_low"])) > float(str(after["answered_share_high"]))
    assert float(str(before["median_hours"])) < 24 * 4
