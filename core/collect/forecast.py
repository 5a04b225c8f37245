"""The arithmetic of an estimate: from what a few pages show to ranges of sources, comments and calls.

A range is (low, likely, high). Where everything was seen the three are equal; the more was left unseen,
and the more the seen pages differ, the further they part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from math import ceil
from typing import Final

from core.analysis.uncertainty import rate
from core.collect.listing import Bounds
from core.models import Page, Source
from core.vk.paging import EMBEDDED, PAGE
from core.vk.parse import Listing
from core.vk.sizes import FIXED_BYTES, MOST_BYTES, MOST_CALLS

_STEP: Final = PAGE - 1
_LEAST_WITH_TAIL: Final = EMBEDDED + 2
_TELLING: Final = 30
_ALL_OF_A_PAGE: Final = PAGE * (EMBEDDED + 1)


@dataclass(frozen=True, slots=True)
class Span:
    """A number that is not known yet: at least, likely, at most."""

    low: float
    mid: float
    high: float

    @classmethod
    def exactly(cls, number: float) -> Span:
        """Return a number that is known."""
        return cls(number, number, number)

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.mid + other.mid, self.high + other.high)

    def __mul__(self, other: Span) -> Span:
        return Span(self.low * other.low, self.mid * other.mid, self.high * other.high)

    def at_most(self, most: float) -> Span:
        """Return the span, cut at a number it cannot pass."""
        return Span(min(self.low, most), min(self.mid, most), min(self.high, most))


NOTHING: Final = Span(0, 0, 0)


def total(spans: Iterable[Span]) -> Span:
    """Return the sum."""
    return sum(spans, NOTHING)


def further_roots(declared: int) -> int:
    """Return how many more pages of roots follow the first one."""
    return ceil((declared - 1 - _STEP) / _STEP) if declared > PAGE else 0


def further_replies(declared: int) -> int:
    """Return how many calls a thread takes beyond the replies that come with its root."""
    return max(1, ceil((declared - EMBEDDED) / _STEP)) if declared > EMBEDDED else 0


def further_calls(page: Page) -> Span:
    """Return the calls a source takes after its first page, from that page without embedded replies."""
    roots = len(page.threads) or page.level_items
    declared = page.declared_level if page.declared_level is not None else page.declared_total or roots
    tails = sum(further_replies(replies) for _, replies, _ in page.threads)
    pages, unseen = further_roots(declared), max(0, declared - roots)
    if not unseen or not page.threads:
        return Span.exactly(pages + tails)
    more = tails * unseen / roots
    left = max(0, (page.declared_total or 0) - declared - sum(each for _, each, _ in page.threads))
    most = min(left / (EMBEDDED + 1), 2 * more + 2)
    return Span(pages + tails, pages + tails + min(more, most) / 2, pages + tails + most)


def guessed_calls(comments: Sequence[float], per_comment: Span | None) -> Span:
    """Return the calls after their first pages of sources of which only the number of comments is known.

    `per_comment` is what other sources took, None when nothing is known.
    """
    large = [each for each in comments if each >= _LEAST_WITH_TAIL]
    least = sum(max(0, ceil((each - _ALL_OF_A_PAGE) / _ALL_OF_A_PAGE)) for each in large)
    most = sum(each / _LEAST_WITH_TAIL + each / PAGE for each in large)
    if per_comment is None:
        return Span(least, (least + most) / 3, most)
    there = sum(large)
    guess = Span(there * per_comment.low, there * per_comment.mid, there * per_comment.high)
    return Span(max(least, guess.low), max(least, guess.mid), max(least, guess.high)).at_most(most)


def unseen(pages: Mapping[int, Listing], end: int, bounds: Bounds) -> tuple[Span, Span]:
    """Return how many wanted sources lie between and after the pages that were read, and comments in each.

    `pages` are by offset; the list is read up to `end`. Its order is by date, newest first, where the
    bounds name dates.
    """
    in_time = Bounds(bounds.since, bounds.until)
    dated = [each for page in pages.values() for each in page.sources if in_time.holds(each)]
    wanted = [each for each in dated if bounds.holds(each)]
    matching = _matching(pages, in_time, bounds) if bounds.words else Span.exactly(1)
    gaps = NOTHING
    offsets = sorted(pages)
    for offset, following in zip(offsets, [*offsets[1:], end], strict=True):
        page = pages[offset]
        gap = max(0, following - offset - page.items)
        right = pages.get(following)
        fraction = _inside(_last_day(page.sources), _first_day(right.sources) if right else None, bounds)
        gaps += Span.exactly(gap) * fraction
    return gaps * matching, _comments_each(pages, bounds if len(wanted) >= 5 else in_time)


def _matching(pages: Mapping[int, Listing], in_time: Bounds, bounds: Bounds) -> Span:
    """Return which share of the sources of that time has the words, as the pages that were read show."""
    found = rate(
        [
            (sum(map(bounds.holds, page.sources)), sum(map(in_time.holds, page.sources)))
            for page in pages.values()
        ]
    )
    return Span(0, 0.5, 1) if found is None else Span(found.low, found.estimate, found.high)


def _comments_each(pages: Mapping[int, Listing], bounds: Bounds) -> Span:
    """Return the comments a source has on average, wide where few pages tell or they differ."""
    counts = [
        [each.declared_comments or 0 for each in page.sources if bounds.holds(each)]
        for page in pages.values()
    ]
    telling = [each for each in counts if len(each) >= _TELLING] or [list(chain.from_iterable(counts))]
    means = [sum(each) / len(each) for each in telling if each]
    if not means:
        return Span(0, 1, 10)
    margin = 1 + 1.5 / len(means)
    most = max(max(means) * margin, 3 / sum(map(len, telling)))
    return Span(min(means) / margin, sum(means) / len(means), most)


def _inside(left: date | None, right: date | None, bounds: Bounds) -> Span:
    """Return which share of the sources between two days, newer and older, the bounds hold."""
    shares = Span.exactly(1)
    for day, keeps_newer in ((bounds.since, True), (bounds.until, False)):
        if day is not None:
            shares *= _newer(left, right, day) if keeps_newer else _older(left, right, day)
    return shares


def _newer(left: date | None, right: date | None, since: date) -> Span:
    """Return which share of what lies between two days is not older than a day."""
    if left is None or left < since:
        return NOTHING if left else Span(0, 0.5, 1)
    if right is None:
        return Span(0, 0.5, 1)
    return Span.exactly(1) if right >= since else Span(0, _part(left, right, since), 1)


def _older(left: date | None, right: date | None, until: date) -> Span:
    if left is not None and left <= until:
        return Span.exactly(1)
    if left is None or right is None:
        return Span(0, 0.5, 1)
    return NOTHING if right > until else Span(0, 1 - _part(left, right, until), 1)


def _part(left: date, right: date, day: date) -> float:
    return (left - day).days / max(1, (left - right).days)


def _last_day(sources: Sequence[Source]) -> date | None:
    days = [each.published_at.date() for each in sources if each.published_at and not each.is_pinned]
    return min(days, default=None)


def _first_day(sources: Sequence[Source]) -> date | None:
    days = [each.published_at.date() for each in sources if each.published_at and not each.is_pinned]
    return max(days, default=None)


def packed(calls: float, comments: float, bytes_per_comment: float) -> float:
    """Return how many requests hold these calls, packed as the collector packs them."""
    size = calls * FIXED_BYTES + comments * bytes_per_comment
    return max(ceil(calls / MOST_CALLS - 1e-9), ceil(size / (0.9 * MOST_BYTES)))
