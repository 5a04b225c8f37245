"""Reading one level to its proven end: page edges, cursors that lie, lists that move."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from core.templates import Reason
from core.vk.paging import Level

Ids = list[int]
ENOUGH = 400


def read(
    level: Level,
    ids: Ids,
    *,
    change: Callable[[Ids], Ids] = lambda ids: ids,
    page: int = 100,
    declares: Callable[[Ids], int | None] = len,
) -> list[int]:
    """Answer a level's asks from a list, changed before each; return the offsets it asked for."""
    asked: list[int] = []
    while offsets := level.further():
        for offset in offsets:
            asked.append(offset)
            assert len(asked) < ENOUGH, "reading does not end"
            ids = change(ids)
            level.answered(offset, ids[offset : offset + page], declares(ids))
    return asked


@pytest.mark.parametrize(
    ("count", "asked"),
    [(0, 1), (1, 1), (99, 1), (100, 1), (101, 2), (199, 2), (200, 3), (250, 3), (10_001, 102)],
)
def test_a_level_is_read_whole(count: int, asked: int) -> None:
    """Every comment of the level comes, in about as many pages as a hundred each need."""
    level = Level()
    offsets = read(level, list(range(1, count + 1)))
    assert level.seen == set(range(1, count + 1))
    assert len(offsets) == len(set(offsets)) == asked
    assert (level.missing, level.failure, level.is_done) == (0, None, True)


@pytest.mark.parametrize(
    ("replies", "asked"), [(0, 0), (10, 0), (11, 1), (109, 1), (110, 2), (111, 2), (300, 3)]
)
def test_a_thread_goes_on_after_its_embedded_replies(replies: int, asked: int) -> None:
    """The tail begins at the last embedded reply, so that its first one proves there is no gap."""
    ids = list(range(1, replies + 1))
    level = Level()
    level.embedded(ids[:10], replies)
    offsets = read(level, ids) if replies else []
    assert (level.seen, len(offsets)) == (set(ids), asked)
    assert offsets[:1] == ([9] if asked else [])


@pytest.mark.parametrize("embedded", [slice(-10, None), slice(3, 13), slice(None, None, -1), slice(0, 0)])
@pytest.mark.parametrize("replies", [11, 50, 110, 300])
def test_embedded_replies_are_not_trusted_to_be_the_first(embedded: slice, replies: int) -> None:
    """Whichever ten come embedded, the whole thread is read."""
    ids = list(range(1, replies + 1))
    level = Level()
    level.embedded(ids[embedded][:10], replies)
    read(level, ids)
    assert level.seen == set(ids)


def test_a_cursor_that_does_not_move_is_named() -> None:
    """A server that repeats its first page is not read for ever, nor believed."""
    level = Level()
    asked = 0
    while offsets := level.further():
        for offset in offsets:
            asked += 1
            level.answered(offset, range(1, 101), 250)
    assert asked <= 3
    assert "same comments" in str(level.failure)
    assert level.missing == 150


@pytest.mark.parametrize("excess", [1, 50, 400])
def test_declaring_too_much_ends_with_a_count_of_what_is_missing(excess: int) -> None:
    """When pages end before the declared number, reading ends and says how many are missing."""
    level = Level()
    offsets = read(level, list(range(250)), declares=lambda ids: len(ids) + excess)
    assert (len(level.seen), level.missing) == (250, excess)
    assert len(offsets) <= 8


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
def test_a_level_without_a_declared_number_is_read_to_its_end(count: int) -> None:
    """Where VK declares nothing, only a page that brings nothing new proves the end."""
    level = Level()
    read(level, list(range(count)), declares=lambda ids: None)
    assert level.seen == set(range(count))


@pytest.mark.parametrize("page", [2, 20, 50, 99])
def test_short_pages_lose_nothing(page: int) -> None:
    """A server that gives fewer than asked for is continued from where it stopped."""
    level = Level()
    read(level, list(range(150)), page=page)
    assert level.seen == set(range(150))


def test_comments_hidden_inside_pages_are_missing_and_nothing_else_is() -> None:
    """A comment that VK counts but does not show leaves a gap of one, not a lost page."""
    level = Level()
    hidden = {50, 120}
    while offsets := level.further():
        for offset in offsets:
            shown = [each for each in range(offset, min(offset + 100, 250)) if each not in hidden]
            level.answered(offset, shown, 250)
    assert level.seen == set(range(250)) - hidden
    assert level.missing == 2


@pytest.mark.parametrize("seed", range(40))
def test_what_stays_is_never_lost_while_others_come_and_go(seed: int) -> None:
    """Under insertions, late publications and deletions before every page, all that stays is collected."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable story
    base = list(range(10, 10 * chance.choice([12, 100, 101, 199, 250, 700, 1500]), 10))
    gone: set[int] = set()

    def change(ids: Ids) -> Ids:
        ids = list(ids)
        if ids and chance.random() < 0.6:
            gone.add(ids.pop(chance.randrange(len(ids))))
        if chance.random() < 0.4:
            ids.append(ids[-1] + 10 if ids else 10)
        if ids and chance.random() < 0.3:
            ids = sorted({*ids, chance.choice(ids) + chance.randrange(1, 9)})
        return ids

    level = Level()
    read(level, base, change=change)
    assert level.failure is None
    assert set(base) - gone <= level.seen


def test_growth_while_reading_is_read_too() -> None:
    """When the declared number has risen by the last page, the tail is read again."""
    level = Level()
    turns = iter([0, 0, 30, 0, 0])

    def grow(ids: Ids) -> Ids:
        return [*ids, *range(ids[-1] + 1, ids[-1] + 1 + next(turns, 0))]

    read(level, list(range(150)), change=grow)
    assert len(level.seen) >= 150
    assert level.missing == 0


def test_a_failed_page_ends_the_level() -> None:
    """A page that could not be read stops its level with the reason."""
    level = Level()
    level.further()
    level.answered(0, range(100), 250)
    first, second = level.further()
    level.failed(first, Reason("away"))
    assert level.further() == []
    level.answered(second, range(198, 250), 250)
    assert level.further() == []
    assert (level.is_done, level.failure, level.missing) == (True, Reason("away"), 98)


@pytest.mark.parametrize(("count", "declared"), [(101, 98), (205, 55), (250, 99), (350, 0)])
def test_a_full_page_beyond_the_declared_number_is_read_past(count: int, declared: int) -> None:
    """When a page shows more than VK declares, the number proves nothing and the list is read to its end."""
    level = Level()
    read(level, list(range(1, count + 1)), declares=lambda _ids: declared)
    assert level.seen == set(range(1, count + 1))
    assert level.failure is None


def test_a_full_page_with_tombstones_may_have_more_behind_it() -> None:
    """VK's number may leave out tombstones: a full page that reaches it and holds one is read past."""
    ids = list(range(1, 106))
    level = Level()
    while offsets := level.further():
        for offset in offsets:
            level.answered(offset, ids[offset : offset + 100], 100, {7, 9, 50, 60, 99})
    assert level.seen == set(ids)


def test_a_doubted_end_costs_one_page() -> None:
    """A doubted number that was right after all is checked once, and a page that was not full is believed."""
    full, short = Level(), Level()
    read(full, list(range(100)))
    read(short, list(range(99)))
    full.doubt()
    short.doubt()
    assert (read(full, list(range(100))), read(short, list(range(99)))) == ([99], [])


@pytest.mark.parametrize("seed", range(30))
def test_hidden_replies_and_last_ones_embedded_lose_nothing(seed: int) -> None:
    """The end of a thread may show just what came embedded; that is no cursor that stands still."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable story
    ids = list(range(1, chance.choice([11, 12, 13, 110, 120]) + 1))
    hidden = {each for each in ids if chance.random() < 0.06} | ({109, 110} if seed % 2 else set())
    level = Level()
    level.embedded([each for each in ids[-10:] if each not in hidden], len(ids))
    while offsets := level.further():
        for offset in offsets:
            shown = [each for each in ids[offset : offset + 100] if each not in hidden]
            level.answered(offset, shown, len(ids))
    assert level.seen == set(ids) - hidden


@pytest.mark.parametrize("seed", range(40))
def test_what_stays_is_seen_however_the_answers_fall(seed: int) -> None:
    """Bursts of arrivals and departures between answers that come in any order hide nothing that stays."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable story
    ids = set(chance.sample(range(1, 20_000), chance.choice([11, 12, 15, 101, 105, 205])))
    stays = set(ids)
    level = Level(is_known=seed % 2 == 0)
    if seed % 3:
        level.embedded(sorted(ids)[:10], len(ids))
    while offsets := level.further():
        served = []
        for offset in chance.sample(offsets, len(offsets)):
            gone = chance.sample(sorted(ids), chance.choice([0, 0, 1, 3]))
            ids.difference_update(gone)
            stays.difference_update(gone)
            ids.update(chance.sample(range(1, 30_000), chance.choice([0, 0, 1])))
            served.append((offset, sorted(ids)[offset : offset + 100], len(ids)))
        for offset, page, declared in chance.sample(served, len(served)):
            level.answered(offset, page, declared)
    assert stays <= level.seen or level.failure


def test_a_page_that_came_empty_shows_that_the_list_became_shorter() -> None:
    """Three replies went before the tail was read: the one that stayed behind them is looked for."""
    level = Level()
    level.embedded(range(10), 11)
    assert level.further() == [9]
    level.answered(9, [], 8)
    read(level, [3, 4, 5, 6, 7, 8, 9, 10])
    assert level.seen == set(range(11))
