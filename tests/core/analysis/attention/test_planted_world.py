"""What the sandbox's world planted is found: the post of September on which a whole city talks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.sandbox import stories
from core.sandbox.discussion import Discussion
from core.sandbox.world import World
from core.storage import writes
from core.storage.store import Store
from tests.builders import comment, page, source
from tests.core.enriched import answer

CITY = stories.COMMUNITIES[0]
HERO = f"wall:{CITY.owner_id}_{CITY.hero_post_id}"


def moment(seconds: int) -> datetime:
    """Return a time of the sandbox."""
    return datetime.fromtimestamp(seconds, UTC)


def comments_of(talk: Discussion) -> list[object]:
    """Return the comments of an object of the sandbox, without their texts."""
    return [
        comment(
            talk.ids[place],
            "текст",
            source=talk.item.source,
            author_id=talk.authors[place] or None,
            published_at=moment(talk.dates[place]),
            root_id=talk.ids[talk.root[place]] if talk.root[place] >= 0 else None,
            parent_id=talk.ids[talk.parent[place]] if talk.parent[place] >= 0 else None,
        )
        for place in range(len(talk.ids))
    ]


@pytest.fixture(scope="module")
def store() -> Store:
    """Open the wall of the sandbox's city."""
    world = World(6_000, 1)
    opened = Store.open("duckdb:///:memory:", clock=lambda: moment(stories.NOW))
    items = [item for item in world.lists["wall", CITY.owner_id] if world.count(item)]
    posts = [source(item.source, "", published_at=moment(item.date)) for item in items]
    writes.write_sources(opened, "run", posts, moment(stories.NOW))
    pages = [page(*comments_of(world.discussion(item))) for item in items]
    writes.write_pages(opened, "run", pages, moment(stories.NOW))
    return opened


@pytest.mark.parametrize("method", ["mad", "kleinberg"])
@pytest.mark.parametrize("per", ["hour", "day"])
def test_the_burst_of_september_is_the_largest(store: Store, per: str, method: str) -> None:
    """By each method and period the largest burst is in mid-September and mostly of the hero post."""
    row = answer(store, "bursts", per=per, method=method).rows[0]
    assert "2026-09-11" < row["starts"] < "2026-09-14T12" < row["ends"] < "2026-09-21"
    assert row["source"] == HERO
    assert row["source_excess"] > 0.9
    assert row["low"] > 10


def test_the_hero_post_fades_in_a_day(store: Store) -> None:
    """Its half-life is measured, with an interval, and shorter than a day."""
    rows = {row["source"]: row for row in answer(store, "half_lives", top=1000).rows}
    assert rows[HERO]["state"] == "measured"
    assert rows[HERO]["low"] <= rows[HERO]["half_life_hours"] <= rows[HERO]["high"] < 24
