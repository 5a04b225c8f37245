"""Comments as moves of accounts, and which pairs of moves were made together: the same thing, soon after.

The kinds follow CooRTweet (Righetti & Balluff 2025; after Giglietto, Righetti, Rossi & Marino 2020): accounts
act together when they share the same object within an interval, repeatedly. An object is a text, a group of
near-copies, a link or hashtag, a comment that is answered, or for co-timing the source itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core.analysis.copies.shingles import Ids

Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]
Pattern = Literal["co_text", "co_similar", "co_link", "co_reply", "co_timing"]

PATTERNS: Final[tuple[Pattern, ...]] = ("co_text", "co_similar", "co_link", "co_reply", "co_timing")
NEIGHBOURS: Final = 50
"""With how many later moves of the same object a move is paired, so that a flood is not quadratic."""


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """A move per comment, by source and time; what is a number from 0 is -1 where there is none.

    `second` and `comment` are as VK has them, `parent` the comment that is answered (-1: none), `answered` a
    number for it. `text` and `similar` number texts and clusters of near-copies. `linked` are moves with a
    link or hashtag, `link` the number of that; a move may have several.
    """

    author: Ids
    source: Ids
    owner: Ids
    second: Ids
    comment: Ids
    parent: Ids
    answered: Ids
    thread: Ids
    text: Ids
    similar: Ids
    is_official: Flags
    linked: Ids
    link: Ids

    def __len__(self) -> int:
        """Return how many moves there are."""
        return len(self.author)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of moves made together, `one` before `two`; `thing` numbers object and source of `two`."""

    one: Ids
    two: Ids
    item: Ids
    thing: Ids
    is_cut: bool


def moves_of(found: pa.Table, clusters: pa.Table | None = None) -> Moves:
    """Return the moves that a reading holds; `clusters` is [copy_hash, cluster] of near-copies."""
    names, source = _numbered(found["source"])
    owner = np.unique([name.partition("_")[0] for name in names], return_inverse=True)[1]
    parent = found["parent_id"].to_numpy().astype(np.int64)
    hashes = found["copy_hash"].to_numpy()
    is_told = hashes != 0
    links: Any = found["links"]
    lengths = pc.list_value_length(links).to_numpy()
    return Moves(
        author=np.unique(found["author_no"].to_numpy(), return_inverse=True)[1].astype(np.int64),
        source=source,
        owner=owner.astype(np.int64)[source] if len(names) else source,
        second=found["second"].to_numpy().astype(np.int64),
        comment=found["comment_id"].to_numpy().astype(np.int64),
        parent=parent,
        answered=np.where(parent >= 0, _within(source, parent), -1),
        thread=_within(source, found["thread_id"].to_numpy().astype(np.int64)),
        text=np.where(is_told, np.unique(hashes, return_inverse=True)[1], -1),
        similar=_similar(hashes, is_told, clusters),
        is_official=np.asarray(found["is_official"].to_numpy(), dtype=np.bool_),
        linked=np.repeat(np.arange(found.num_rows), lengths),
        link=_numbered(pc.list_flatten(links))[1],
    )


def shared(moves: Moves, pattern: Pattern) -> tuple[Ids, Ids]:
    """Return which moves (positions) share which object (numbers)."""
    if pattern == "co_link":
        return moves.linked, moves.link
    objects = {
        "co_text": moves.text,
        "co_similar": moves.similar,
        "co_reply": moves.answered,
        "co_timing": moves.source,
    }[pattern]
    rows = np.flatnonzero(objects >= 0)
    return rows, objects[rows]


def together(moves: Moves, pattern: Pattern, within_s: int) -> Pairs:
    """Return the pairs of moves that share an object within so many seconds.

    Who made them plays no part, so that the pairs stay when authors are shuffled. For co-timing an answer and
    what it answers are a talk, and no pair.
    """
    rows, items = shared(moves, pattern)
    order = np.lexsort((rows, moves.second[rows], items))
    rows, items = rows[order], items[order]
    found = [_ahead(moves, rows, items, step, within_s) for step in range(1, NEIGHBOURS + 1)]
    at, step = (np.concatenate([pair[place] for pair in found]) for place in (0, 1))
    one, two, item = rows[at], rows[at + step], items[at]
    if pattern == "co_timing":
        is_talk = (moves.parent[two] == moves.comment[one]) | (moves.parent[one] == moves.comment[two])
        one, two, item = one[~is_talk], two[~is_talk], item[~is_talk]
    thing = _within(item, moves.source[two])
    is_cut = len(_ahead(moves, rows, items, NEIGHBOURS + 1, within_s)[0]) > 0
    return Pairs(one, two, item, thing, is_cut)


def _ahead(moves: Moves, rows: Ids, items: Ids, step: int, within_s: int) -> tuple[Ids, Ids]:
    """Return the places whose `step`-th next one has the same object and is near enough in time."""
    if len(rows) <= step:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    delay = moves.second[rows[step:]] - moves.second[rows[:-step]]
    at = np.flatnonzero((items[step:] == items[:-step]) & (delay <= within_s))
    return at, np.full(len(at), step)


def _within(group: Ids, numbers: Ids) -> Ids:
    """Return a number from 0 for each different pair of group and number."""
    codes = np.unique(numbers, return_inverse=True)[1].astype(np.int64)
    found: Ids = np.unique(group * (codes.max(initial=0) + 1) + codes, return_inverse=True)[1]
    return found.astype(np.int64)


def _numbered(column: Any) -> tuple[list[str], Ids]:
    """Return the different texts of a column, and the number of each row's."""
    encoded: Any = pc.dictionary_encode(column)
    whole: Any = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    return whole.dictionary.to_pylist(), whole.indices.to_numpy().astype(np.int64)


def _similar(hashes: np.ndarray[Any, Any], is_told: Flags, clusters: pa.Table | None) -> Ids:
    """Return the number of each text's cluster of near-copies."""
    found: Ids = np.full(len(hashes), -1, dtype=np.int64)
    if clusters is None or not clusters.num_rows:
        return found
    known = clusters["copy_hash"].to_numpy()
    order = np.argsort(known)
    place = order[np.minimum(np.searchsorted(known, hashes, sorter=order), len(known) - 1)]
    is_in = is_told & (known[place] == hashes)
    found[is_in] = clusters["cluster"].to_numpy()[place[is_in]]
    return found
