"""The comments of one shelf as columns: who wrote what to whom and when; texts are made when asked for."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.sandbox import moods, rhythm, stories
from core.sandbox.plan import Shelf
from core.sandbox.rhythm import Ints
from core.sandbox.wording import Wording

TOMBSTONE: Final = 1
DONUT: Final = 2
ANSWER: Final = 4

MAX_THREAD: Final = 300
CAMPAIGN_ACCOUNTS: Final = 9
_CAMPAIGN_POSTS: Final = 5
_LONG_THREAD_FROM: Final = 600


@dataclass(slots=True)
class Rows:
    """Comments in columns; `root` and `parent` are row numbers, -1 when there is none."""

    item: Ints
    dates: Ints
    authors: Ints
    wording: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    root: Ints
    parent: Ints
    ids: Ints
    likes: Ints


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rows of a shelf, sorted by object and id, and the ids of its objects."""

    rows: Rows
    item_ids: Ints


def drawn(rng: np.random.Generator, shelf: Shelf) -> Drawn:
    """Draw every comment of a shelf."""
    is_threaded = shelf.kind in ("wall", "video")
    rows, root_counts = _blank(rng, shelf, is_threaded)
    _write_roots(rng, shelf, rows)
    if is_threaded:
        _hang_replies(rng, shelf, rows, root_counts)
        _answer_questions(rng, shelf, rows)
    item_ids = _number(rng, shelf, rows)
    rows = _sorted(rows)
    if is_threaded:
        _address_replies(rng, rows)
        _bury(rng, shelf, rows)
    else:
        _address_posts(rng, shelf, rows)
    return Drawn(rows, item_ids)


def _blank(rng: np.random.Generator, shelf: Shelf, is_threaded: bool) -> tuple[Rows, Ints]:
    """Lay out the rows object by object, roots before replies."""
    size = int(shelf.counts.sum())
    item = np.repeat(np.arange(len(shelf.counts)), shelf.counts)
    root_counts = shelf.counts.copy()
    if is_threaded:
        share = rng.uniform(0.45, 0.72, len(shelf.counts))
        root_counts = np.minimum(np.maximum((shelf.counts * share).astype(np.int64), 1), shelf.counts)
    place = np.arange(size) - (np.cumsum(shelf.counts) - shelf.counts)[item]
    root = np.where(place < root_counts[item], -1, 0).astype(np.int64)
    authors = shelf.pool_first + (shelf.pool_size * rng.random(size) ** 1.8).astype(np.int64)
    likes = np.minimum(rng.pareto(1.15, size) * 0.9, 900).astype(np.int64)
    flags = np.zeros(size, dtype=np.uint8)
    if shelf.owner_id == stories.BAND.owner_id and shelf.kind == "wall":
        flags[rng.random(size) < 0.004] = DONUT
    wording = np.zeros(size, dtype=np.uint8)
    empty = np.zeros(size, dtype=np.int64)
    return Rows(
        item, empty.copy(), authors, wording, flags, root, empty - 1, empty.copy(), likes
    ), root_counts


def _write_roots(rng: np.random.Generator, shelf: Shelf, rows: Rows) -> None:
    """Give comments to posts their time and wording, the campaign's included."""
    at = np.flatnonzero(rows.root < 0)
    median_s = 2.2 * 3_600 if shelf.kind == "wall" else 40 * 86_400
    rows.dates[at] = rhythm.delayed(rng, shelf.dates[rows.item[at]], median_s, 1.35, shelf.mood)
    _reword(rng, shelf, rows, at, is_reply=False)
    if shelf.owner_id != stories.CITY.owner_id or shelf.kind != "wall":
        return
    since = shelf.dates - stories.CAMPAIGN
    near = np.flatnonzero((since >= 0) & (since < 45 * 86_400))
    starts = np.cumsum(shelf.counts) - shelf.counts
    for number, post in enumerate(near[np.argsort(-shelf.counts[near], kind="stable")][:_CAMPAIGN_POSTS]):
        size = min(CAMPAIGN_ACCOUNTS - number % 3, int(shelf.counts[post]) // 3)
        here = np.arange(starts[post], starts[post] + size)
        rows.dates[here] = shelf.dates[post] + 5_400 + np.cumsum(rng.integers(40, 170, size))
        rows.authors[here] = stories.FIRST_CAMPAIGN_USER + (np.arange(size) + number) % CAMPAIGN_ACCOUNTS
        rows.wording[here] = Wording.CAMPAIGN


def _reword(rng: np.random.Generator, shelf: Shelf, rows: Rows, at: Ints, *, is_reply: bool) -> None:
    """Draw wordings by the mood of the place, and by that of the event where there is one."""
    weights = moods.reply_weights if is_reply else moods.root_weights
    is_event = shelf.is_event[rows.item[at]]
    for event in (False, True):
        here = at[is_event == event]
        rows.wording[here] = rng.choice(len(Wording), len(here), p=weights(shelf.mood, is_event=event))


def _hang_replies(rng: np.random.Generator, shelf: Shelf, rows: Rows, root_counts: Ints) -> None:
    """Hang replies on roots: most on a few, one long quarrel under large posts, no thread above the limit."""
    at = np.flatnonzero(rows.root >= 0)
    item = rows.item[at]
    starts = np.cumsum(shelf.counts) - shelf.counts
    choice = root_counts[item]
    skew = 1.2 if shelf.mood == "shop" else 2.6
    pick = (choice * rng.random(len(at)) ** skew).astype(np.int64)
    order = at - starts[item] - choice
    counts = shelf.counts[item]
    pick[(counts >= _LONG_THREAD_FROM) & (order < np.minimum(MAX_THREAD, counts // 6))] = 0
    for _ in range(4):
        over = _place_in_group(item * (1 << 32) + pick) >= MAX_THREAD
        if not over.any():
            break
        pick[over] = 1 + (rng.random(int(over.sum())) * (choice[over] - 1)).astype(np.int64)
    rows.root[at] = starts[item] + pick
    rows.dates[at] = rhythm.delayed(rng, rows.dates[rows.root[at]], 45 * 60, 1.6, shelf.mood)
    _reword(rng, shelf, rows, at, is_reply=True)
    again = at[rng.random(len(at)) < 0.12]
    rows.authors[again] = rows.authors[rows.root[again]]
    if shelf.owner_id < 0:
        official = at[rng.random(len(at)) < 0.012]
        rows.authors[official] = shelf.owner_id
        rows.wording[official] = Wording.ANSWER


def _answer_questions(rng: np.random.Generator, shelf: Shelf, rows: Rows) -> None:
    """Let the community answer some questions within an hour, a day or days; the shop seldom since summer."""
    if shelf.owner_id > 0:
        return
    at = np.flatnonzero(rows.root >= 0)
    asked, first = np.unique(rows.root[at], return_index=True)
    asked_when = rows.dates[asked]
    is_question = rows.wording[asked] == Wording.QUESTION
    is_slow = (asked_when >= stories.SLOW_SERVICE) & (shelf.mood == "shop")
    chance = np.where(is_slow, 0.3, {"shop": 0.85, "university": 0.6}.get(shelf.mood, 0.35))
    answered = np.flatnonzero(is_question & (rng.random(len(asked)) < chance))
    replies = at[first[answered]]
    speed = rng.random(len(answered))
    median_s = np.select([speed < 0.4, speed < 0.75], [25 * 60.0, 9 * 3_600.0], 3.2 * 86_400.0)
    median_s[is_slow[answered]] *= 4.0
    delay = np.exp(rng.normal(np.log(median_s), 0.45)).astype(np.int64) + 60
    dates = rhythm.in_office_hours(rng, asked_when[answered] + delay)
    in_time = dates < stories.NOW
    replies = replies[in_time]
    rows.dates[replies] = dates[in_time]
    rows.authors[replies] = shelf.owner_id
    rows.wording[replies] = Wording.ANSWER
    rows.flags[replies] |= ANSWER


def _number(rng: np.random.Generator, shelf: Shelf, rows: Rows) -> Ints:
    """Give comments numbers in the order of time; a wall's posts take numbers of the same sequence."""
    is_wall = shelf.kind == "wall"
    dates = np.concatenate([shelf.dates, rows.dates]) if is_wall else rows.dates
    steps = 1 + (rng.random(len(dates)) < 0.03) * rng.integers(1, 4, len(dates))
    numbers = np.empty(len(dates), dtype=np.int64)
    numbers[np.argsort(dates, kind="stable")] = np.cumsum(steps)
    if not is_wall:
        rows.ids = numbers
        return np.arange(len(shelf.dates)) + shelf.hero_id
    numbers += shelf.hero_id - numbers[shelf.hero]
    rows.ids = numbers[len(shelf.dates) :]
    return numbers[: len(shelf.dates)]


def _sorted(rows: Rows) -> Rows:
    """Return the rows by object and id, with their links renumbered."""
    order = np.lexsort((rows.ids, rows.item))
    place = np.empty(len(order) + 1, dtype=np.int64)
    place[order] = np.arange(len(order))
    place[-1] = -1
    return Rows(
        rows.item[order],
        rows.dates[order],
        rows.authors[order],
        rows.wording[order],
        rows.flags[order],
        place[rows.root[order]],
        rows.parent[order],
        rows.ids[order],
        rows.likes[order],
    )


def _address_replies(rng: np.random.Generator, rows: Rows) -> None:
    """Point each reply at its root or at an earlier reply of the thread."""
    at = np.flatnonzero(rows.root >= 0)
    at = at[np.argsort(rows.root[at], kind="stable")]
    place = _place_in_group(rows.root[at])
    earlier = at[np.arange(len(at)) - place + (rng.random(len(at)) * place).astype(np.int64)]
    to_root = (place == 0) | (rng.random(len(at)) < 0.58) | ((rows.flags[at] & ANSWER) > 0)
    rows.parent[at] = np.where(to_root, rows.root[at], earlier)


def _address_posts(rng: np.random.Generator, shelf: Shelf, rows: Rows) -> None:
    """Point some flat comments at an earlier one of the same object; on boards only a mention shows it."""
    place = _place_in_group(rows.item)
    row = np.arange(len(place))
    earlier = row - place + (rng.random(len(place)) * place).astype(np.int64)
    rows.parent = np.where((place > 0) & (rng.random(len(place)) < 0.4), earlier, -1)
    if shelf.kind != "topic":
        return
    asked = np.flatnonzero(rows.parent >= 0)
    asked = asked[(rows.wording[rows.parent[asked]] == Wording.QUESTION) & (rng.random(len(asked)) < 0.6)]
    rows.authors[asked] = shelf.owner_id
    rows.wording[asked] = Wording.ANSWER


def _bury(rng: np.random.Generator, shelf: Shelf, rows: Rows) -> None:
    """Turn some roots with living replies into tombstones, at least one on every larger wall."""
    roots = np.unique(rows.root[rows.root >= 0])
    if not len(roots) or shelf.kind != "wall":
        return
    dead = roots[rng.random(len(roots)) < 0.02]
    if not len(dead) and len(roots) > 2:
        dead = roots[-1:]
    rows.flags[dead[rows.wording[dead] != Wording.CAMPAIGN]] = TOMBSTONE


def _place_in_group(keys: Ints) -> Ints:
    """Return each row's place among the rows with the same key, in row order."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    is_first = np.ones(len(keys), dtype=np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    starts = np.maximum.accumulate(np.where(is_first, np.arange(len(keys)), 0))
    place = np.empty(len(keys), dtype=np.int64)
    place[order] = np.arange(len(keys)) - starts
    return place
