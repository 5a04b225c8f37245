"""New, returning and active authors as the database counts them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from core.models import Comment
from core.query import Query
from core.storage import reads_attention_authors as reads
from core.storage import writes
from core.storage.store import Store
from tests.builders import source

Filled = tuple[Store, list[Comment]]
NEW_YORK = "America/New_York"
FIRST = datetime(1, 1, 1)  # noqa: DTZ001 - local


def local(each: Comment) -> datetime:
    """Return when a comment was written, as a clock in New York shows it."""
    assert each.published_at is not None
    return each.published_at.astimezone(ZoneInfo(NEW_YORK)).replace(tzinfo=None)


def number(moment: datetime, per: reads.Step) -> int:
    """Return the number of the period that holds a moment."""
    days = (moment - FIRST).days
    return {"day": days, "week": days // 7, "month": moment.year * 12 + moment.month - 1}[per]


@pytest.mark.parametrize("per", ["day", "week", "month"])
def test_periods_count_what_a_loop_counts(filled: Filled, per: reads.Step) -> None:
    """Authors, newcomers by the whole dataset, who stayed and regulars are those of a loop over comments."""
    store, comments = filled
    dated = [each for each in comments if each.published_at and each.author_id is not None]
    first: dict[int, int] = {}
    for each in dated:
        first[each.author_id] = min(first.get(each.author_id, 10**9), number(local(each), per))
    chosen = [each for each in dated if each.root_id is None]
    active: dict[int, set[int]] = defaultdict(set)
    weeks: dict[int, set[int]] = defaultdict(set)
    for each in chosen:
        active[number(local(each), per)].add(each.author_id)
        weeks[each.author_id].add(number(local(each), "week"))
    found = reads.newcomers(store, Query(level="root", tz=NEW_YORK), per, 3, 2)
    assert found["period"].tolist() == sorted(active)
    for row in found.itertuples():
        new = {author for author in active[row.period] if first[author] == row.period}
        later = set().union(*(active.get(row.period + ahead, set()) for ahead in (1, 2, 3)))
        regulars = {author for author in active[row.period] if len(weeks[author]) >= 2}
        assert (row.authors, row.newcomers, row.stayed, row.regulars) == (
            len(active[row.period]),
            len(new),
            len(new & later),
            len(regulars),
        )


def test_loyalty_counts_authors(filled: Filled) -> None:
    """Everybody known is counted, with or without dates; weeks are those of comments with one."""
    store, comments = filled
    counts = Counter(each.author_id for each in comments if each.author_id is not None)
    authors, regulars, once = reads.loyalty(store, Query(tz=NEW_YORK), 2)
    assert (authors, once) == (len(counts), sum(n == 1 for n in counts.values()))
    assert 0 < regulars <= authors


def test_an_author_is_described_as_a_loop_does(filled: Filled) -> None:
    """Days, runs of days, the night and answers of others are those of a loop over comments."""
    store, comments = filled
    found = reads.authors(store, Query(tz=NEW_YORK), 3)
    by_key = {(str(each.source), each.comment_id): each for each in comments}
    counts = Counter(each.author_id for each in comments if each.author_id is not None)
    assert found["comments"].tolist() == sorted(counts.values(), reverse=True)[:3]
    for row in found.itertuples():
        own = [each for each in comments if each.author_id == row.author_id]
        days = sorted({(local(each) - FIRST).days for each in own if each.published_at})
        run, longest = 0, 0
        for place, day in enumerate(days):
            run = run + 1 if place and days[place - 1] == day - 1 else 1
            longest = max(longest, run)
        answers = [by_key.get((str(each.source), each.parent_id or each.root_id or -1)) for each in comments]
        heard = sum(
            parent is not None and parent.author_id == row.author_id and each.author_id != row.author_id
            for each, parent in zip(comments, answers, strict=True)
        )
        assert (row.active_days, row.longest_run, row.replies_received) == (len(days), longest, heard)
        assert row.night == sum(local(each).hour < 6 for each in own if each.published_at)
        assert row.sources == len({str(each.source) for each in own})
        assert row.replies == sum(each.root_id is not None for each in own)


def test_an_author_may_have_only_a_name_and_no_dates(store: Store) -> None:
    """Whoever wrote in a file without dates has no id and no days."""
    rows = pa.table({"author_name": ["Пётр", "Пётр"], "text": ["раз", "два"]})
    writes.write_import(store, source("import:file", published_at=None), rows)
    (row,) = reads.authors(store, Query(), 5).itertuples()
    assert (row.author_name, row.comments, row.active_days, row.longest_run) == ("Пётр", 2, 0, 0)
    assert reads.authors(store, Query(), 5)["author_id"].isna().all()
    assert reads.loyalty(store, Query(), 2) == (1, 0, 0)
