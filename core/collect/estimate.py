"""What a collection will take, before it starts: sources, comments, requests, seconds, shares of a day.

A few packed requests are spent on it (`samples`); what was not seen is reckoned from what was, as ranges
(`forecast`). It counts everything anew, whatever is stored already.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Final

from core.collect import cost
from core.collect.cost import Part
from core.collect.forecast import (
    NOTHING,
    Span,
    further_calls,
    further_roots,
    guessed_calls,
    total,
    unseen,
)
from core.collect.listing import Bounds, wanted_words
from core.collect.run import CollectOptions
from core.collect.samples import Listed, Sample, Sampler
from core.collect.targets import resolve_names
from core.links import Recognised
from core.models import Page, Source, SourceKind, SourceRef, TargetKind
from core.vk.api import THREADED, VkApi
from core.vk.client import Meter
from core.vk.paging import PAGE

SLACK: Final = 0.03
"""By how much VK's lists are taken to miscount the comments of their objects."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Ranges, lowest and highest; `daily` is the share of a method's daily limit, today's calls included.

    `needs` is (kind of target, how many, what they need) for what no token here may read. `is_exact`: each
    number of comments is VK's own, none was reckoned from others.
    """

    sources: tuple[int, int]
    comments: tuple[int, int]
    requests: tuple[int, int]
    seconds: tuple[float, float]
    daily: dict[str, float] = field(default_factory=dict)
    needs: tuple[tuple[TargetKind, int, str], ...] = ()
    is_exact: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the estimate ready for JSON."""
        return {
            "sources": list(self.sources),
            "comments": list(self.comments),
            "requests": list(self.requests),
            "seconds": [round(each, 1) for each in self.seconds],
            "daily": {method: round(share, 4) for method, share in self.daily.items()},
            "needs": [{"kind": str(kind), "count": n, "needs": what} for kind, n, what in self.needs],
            "is_exact": self.is_exact,
        }


def estimate(found: Recognised, options: CollectOptions, vk: VkApi, cancel: threading.Event) -> Estimate:
    """Ask VK for as little as tells what the collection will take.

    Raises VkError when VK or the token fails, TaskCancelled, QueryError for words that cannot be read.
    """
    bounds = Bounds(options.since, options.until, options.posts, wanted_words(options.words))
    known = resolve_names(found, vk, cancel, Meter())
    sample = Sampler(vk, cancel, bounds).look(known.targets)
    each_comment = _calls_per_comment(sample.pages.values())
    part = _singles(sample, each_comment, vk) + _lists(sample, each_comment, vk)
    listed = [each for each in sample.lists if each.kind is SourceKind.WALL]
    posts = total(_list_calls(each) for each in listed)
    requests = cost.requests(part, vk)
    return Estimate(
        sources=_whole(part.sources),
        comments=_whole(part.comments),
        requests=requests,
        seconds=cost.seconds(part, requests, vk),
        daily=cost.daily({"wall.get": posts.high} if listed else {}, vk),
        needs=cost.needs(known.targets, vk),
        is_exact=part.is_exact,
    )


def _singles(sample: Sample, each_comment: Span | None, vk: VkApi) -> Part:
    readable = [each for each in sample.described if cost.may_read(each.ref.kind, vk)]
    part = _seen(readable, sample.pages, each_comment, is_listed=False)
    refused = len(sample.described) - len(readable)
    part += Part(Span.exactly(refused), lists=Span(0, sample.describing, sample.describing + refused))
    if not sample.undescribed:
        return part
    average = part.times(sample.undescribed / max(1, len(sample.described)))
    return part + Part(
        Span.exactly(sample.undescribed),
        average.comments,
        NOTHING,
        average.first,
        average.later,
        is_exact=False,
    )


def _lists(sample: Sample, each_comment: Span | None, vk: VkApi) -> Part:
    parts = [
        _list(each, sample.pages, each_comment) if cost.may_read(each.kind, vk) else Part(lists=Span(0, 1, 1))
        for each in sample.lists
        if not each.is_unread
    ]
    part = sum(parts, Part())
    left = len(sample.lists) - len(parts)
    return part + part.times(left / len(parts)) if left and parts else part


def _list(listed: Listed, pages: Mapping[SourceRef, Page], each_comment: Span | None) -> Part:
    """Reckon one wall, board or album."""
    if not listed.pages:
        return Part(lists=Span.exactly(1))
    calls = Part(lists=_list_calls(listed))
    if listed.kind is SourceKind.PHOTO:
        return calls + _album(listed, pages)
    part = calls + _seen(listed.sources, pages, each_comment, is_listed=True)
    more, comments_each = unseen(listed.pages, listed.end, listed.bounds)
    if not more.high:
        return part
    shown = [each.declared_comments or 0 for each in listed.sources]
    answered = sum(map(bool, shown)) / max(1, len(shown)) if shown else 0.5
    comments = more * comments_each
    first = more * Span(answered * 0.5, answered, 1)
    most = comments.high / 12 + comments.high / PAGE
    rate = each_comment or Span(0, 0.02, 0.1)
    return part + Part(more, comments, NOTHING, first, (comments * rate).at_most(most), is_exact=False)


def _album(listed: Listed, pages: Mapping[SourceRef, Page]) -> Part:
    """Reckon an album, whose list is of comments: it tells their number, and some of the photos."""
    first = listed.pages[0]
    photos, seen = len(first.sources), max(1, first.items)
    if first.items >= first.total:
        number = Span.exactly(photos)
    else:
        number = Span(photos, photos * first.total / seen, min(first.total, photos + first.total - seen))
    later = total(
        Span.exactly(further_roots(pages[each.ref].declared_total or 0))
        for each in first.sources
        if each.ref in pages
    )
    more = Span(0, 0, max(0, first.total - seen) / PAGE)
    return Part(number, Span.exactly(first.total), NOTHING, number, later + more, is_exact=True)


def _seen(
    sources: Sequence[Source],
    pages: Mapping[SourceRef, Page],
    each_comment: Span | None,
    *,
    is_listed: bool,
) -> Part:
    """Reckon sources that were seen: by their own page, else by the number VK's list gives them."""
    read = [pages[each.ref] for each in sources if each.ref in pages]
    others = [each for each in sources if each.ref not in pages]
    counts = [float(each.declared_comments or 0) for each in others]
    unsure = SLACK * sum(counts) + bool(sum(counts)) if is_listed else 0.0
    empty = sum(not count for count in counts)
    topics = sum(each.ref.kind is SourceKind.TOPIC for each in others)
    asked = max(len(others) - empty, topics)
    threaded = [n for n, each in zip(counts, others, strict=True) if each.ref.kind in THREADED]
    flat = [n for n, each in zip(counts, others, strict=True) if each.ref.kind not in THREADED]
    return Part(
        Span.exactly(len(sources)),
        Span.exactly(sum(max(0, page.declared_total or 0) for page in read))
        + Span(max(0, sum(counts) - unsure), sum(counts), sum(counts) + unsure),
        NOTHING,
        Span.exactly(len(read)) + Span(asked, asked, len(others)),
        total(map(further_calls, read))
        + guessed_calls(threaded, each_comment)
        + Span.exactly(sum(further_roots(int(n)) for n in flat)),
        is_exact=not unsure,
    )


def _calls_per_comment(pages: Iterable[Page]) -> Span | None:
    """Return the calls after first pages that a comment of a large source takes; None when none was seen."""
    large = [each for each in pages if each.source.kind in THREADED and (each.declared_total or 0) > 11]
    comments = sum(each.declared_total or 0 for each in large)
    if not comments:
        return None
    rate = total(map(further_calls, large)).mid / comments
    return Span(rate / 2, rate, rate * 2 + 0.005)


def _list_calls(listed: Listed) -> Span:
    """Return how many pages of a list will be read."""
    first = listed.pages.get(0)
    if first is None:
        return Span.exactly(1)
    every = max(1, ceil(listed.end / PAGE))
    if listed.bounds.since is None or listed.bounds.posts is not None:
        return Span(every, every, every + 1)
    older = sum(
        any(
            each.published_at and each.published_at.date() < listed.bounds.since
            for each in page.sources
            if not each.is_pinned
        )
        for page in listed.pages.values()
    )
    if 0 in listed.pages and older == len(listed.pages):
        return Span(1, 1, 2)
    return Span(1, every / 2, every + 1)


def _whole(span: Span) -> tuple[int, int]:
    return int(span.low + 1e-9), ceil(span.high - 1e-9)
