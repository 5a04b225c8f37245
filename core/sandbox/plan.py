"""How many comments each object of the world gets, and when the objects were published."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

import numpy as np

from core.sandbox import rhythm, stories
from core.sandbox.rhythm import Ints

Kind = Literal["wall", "topic", "photo", "video", "market"]

MAX_COMMENTS: Final = 5_000
_USUAL_COMMENTS: Final = 45
_HERO_SHARE: Final = 0.3
_BOARD_SHARE: Final = 0.04
_SIDE_SHARE: Final = 0.005
_EVENT_DAYS: Final = 4
_HERO_DATES: Final[dict[str, int]] = {
    "city": stories.EVENT,
    "shop": stories.SLOW_SERVICE,
    "band": int(datetime(2026, 3, 13, 9, tzinfo=UTC).timestamp()),
    "university": int(datetime(2026, 5, 25, 8, tzinfo=UTC).timestamp()),
    "football": int(datetime(2026, 5, 16, 18, 50, tzinfo=UTC).timestamp()),
    "crossroads": int(datetime(2026, 6, 18, 12, tzinfo=UTC).timestamp()),
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """One owner's objects of one kind, before their comments are drawn."""

    kind: Kind
    owner_id: int
    mood: str
    dates: Ints
    counts: Ints
    hero: int
    """Index of the story's object, -1 when there is none."""
    hero_id: int
    pool_first: int
    pool_size: int

    @property
    def is_event(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Tell which objects belong to the story's event."""
        if self.hero < 0:
            return np.zeros(len(self.dates), dtype=np.bool_)
        since = self.dates - self.dates[self.hero]
        return np.asarray((since >= 0) & (since < _EVENT_DAYS * 86_400), dtype=np.bool_)


def shelves(rng: np.random.Generator, comments: int) -> list[Shelf]:
    """Share the comments out over the whole world; the sum is exact."""
    boards = [place for place in stories.COMMUNITIES if place.board_topics and place.access == "open"]
    on_boards = int(comments * _BOARD_SHARE)
    on_sides = int(comments * _SIDE_SHARE)
    sides: tuple[tuple[Kind, stories.Community, int, int], ...] = (
        ("photo", stories.CITY, stories.FIRST_PHOTO, 6),
        ("photo", stories.BAND, stories.FIRST_PHOTO, 4),
        ("video", stories.BAND, stories.FIRST_VIDEO, 3),
        ("market", stories.SHOP, stories.FIRST_MARKET_ITEM, 5),
    )
    left = comments - on_sides * len(sides)
    result: list[Shelf] = []
    pools: dict[int, tuple[int, int]] = {}
    first = stories.FIRST_USER
    walls = [(place.owner_id, place.mood, place.share, place.hero_post_id) for place in _open_communities()]
    walls += [
        (person.id, "city", person.share, person.hero_post_id) for person in stories.PEOPLE if person.share
    ]
    shares = sum(share for _, _, share, _ in walls)
    for owner_id, mood, share, hero_id in reversed(walls):
        size = int((comments - on_boards - on_sides * len(sides)) * share / shares)
        size = size if owner_id != stories.CITY.owner_id else left - on_boards
        left -= size
        pools[owner_id] = (first, max(40, size // 6))
        first += int(pools[owner_id][1] * 0.8)
        result.append(
            _wall(rng, owner_id=owner_id, mood=mood, size=size, hero_id=hero_id, pool=pools[owner_id])
        )
    for place in boards:
        size = on_boards // len(boards) if place is not boards[-1] else left
        left -= on_boards // len(boards)
        result.append(
            _side(
                rng,
                kind="topic",
                place=place,
                size=size,
                first_id=stories.FIRST_TOPIC,
                objects=place.board_topics,
                pool=pools[place.owner_id],
            )
        )
    for kind, place, first_id, objects in sides:
        result.append(
            _side(
                rng,
                kind=kind,
                place=place,
                size=on_sides,
                first_id=first_id,
                objects=objects,
                pool=pools[place.owner_id],
            )
        )
    return result


def _open_communities() -> list[stories.Community]:
    """Return the communities whose walls can be read."""
    return [place for place in stories.COMMUNITIES if place.share]


def _wall(
    rng: np.random.Generator, *, owner_id: int, mood: str, size: int, hero_id: int, pool: tuple[int, int]
) -> Shelf:
    """Plan one wall: many small posts, a few large ones and the hero."""
    posts = max(12, size // _USUAL_COMMENTS, -(-size // 2_000))
    dates = rhythm.spread_over(rng, posts, stories.YEAR_AGO, stories.NOW - 6 * 3_600, mood)
    hero_date = _HERO_DATES[mood] if owner_id < 0 else stories.EVENT + 7_200
    hero = int(np.searchsorted(dates, hero_date).clip(1, posts - 1))
    dates[hero] = hero_date
    dates.sort()
    hero = int(np.searchsorted(dates, hero_date))
    weights = np.exp(rng.normal(0.0, 1.0, posts))
    since = dates - hero_date
    weights[(since > 0) & (since < _EVENT_DAYS * 86_400)] *= 3.0
    weights[rng.random(posts) < 0.08] = 0.0
    weights[[(hero + 2) % posts, (hero + 5) % posts]] = 0.0
    weights[hero] = 0.0
    np.minimum(weights, weights.sum() * _HERO_SHARE / 2, out=weights)
    weights[hero] = weights.sum() * _HERO_SHARE / (1 - _HERO_SHARE)
    return Shelf("wall", owner_id, mood, dates, _shared(rng, weights, size), hero, hero_id, pool[0], pool[1])


def _side(
    rng: np.random.Generator,
    *,
    kind: Kind,
    place: stories.Community,
    size: int,
    first_id: int,
    objects: int,
    pool: tuple[int, int],
) -> Shelf:
    """Plan the topics of a board, or a few photos, videos or items."""
    objects = max(objects, -(-size // 2_000))
    dates = rhythm.spread_over(rng, objects, stories.YEAR_AGO, stories.YEAR_AGO + 200 * 86_400, place.mood)
    weights = np.exp(rng.normal(0.0, 0.8, objects))
    weights[0] = weights.sum()
    counts = _shared(rng, weights, size)
    return Shelf(kind, place.owner_id, place.mood, dates, counts, -1, first_id, pool[0], pool[1])


def _shared(
    rng: np.random.Generator, weights: np.ndarray[tuple[int], np.dtype[np.float64]], size: int
) -> Ints:
    """Split a number of comments by weight, none above the largest post."""
    counts: Ints = np.floor(weights / weights.sum() * size).astype(np.int64)
    open_to_more = np.flatnonzero(weights)
    while True:
        np.minimum(counts, MAX_COMMENTS, out=counts)
        rest = int(size - counts.sum())
        room = open_to_more[counts[open_to_more] < MAX_COMMENTS]
        if rest <= 0 or not len(room):
            return counts
        extra = np.bincount(room[rng.integers(0, len(room), rest)], minlength=len(counts))
        counts = counts + extra.astype(np.int64)
