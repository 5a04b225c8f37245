"""Counts against the same counts in plain Python, in several zones, before and after the fold."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.errors import QueryError
from core.models import Comment, SourceKind
from core.query import Query
from core.storage import reads, writes
from core.storage.reads import Unit
from core.storage.store import Store
from tests.builders import at, comment, page
from tests.core.storage import world
from tests.core.storage.world import Filled

ZONES = ("Europe/Moscow", "America/New_York", "Asia/Kolkata")


def test_figures_are_the_sums_of_the_rows(filled: Filled) -> None:
    """Each total is what adding up the rows gives, with times in UTC."""
    store, comments = filled
    figures = reads.figures(store, Query(kind=(SourceKind.WALL,)))
    walls = [each for each in comments if each.source.kind == "wall"]
    moments = [each.published_at for each in walls if each.published_at]

    assert figures == reads.Figures(
        comments=len(walls),
        roots=sum(each.root_id is None for each in walls),
        replies=sum(each.root_id is not None for each in walls),
        authors=len({each.author_id for each in walls if each.author_id}),
        sources=2,
        likes=sum(each.likes or 0 for each in walls),
        deleted=sum(each.is_deleted for each in walls),
        edited=0,
        first_at=min(moments),
        last_at=max(moments),
        with_attachments=sum(bool(each.attachments) for each in walls),
        likes_known=sum(each.likes is not None for each in walls),
    )


def test_figures_of_nothing_are_zero(store: Store) -> None:
    """An empty database answers, with no dates."""
    figures = reads.figures(store, Query())

    assert (figures.comments, figures.likes, figures.first_at) == (0, 0, None)
    assert reads.per_period(store, Query(), "day").empty
    assert reads.top_authors(store, Query(), 5).empty
    assert reads.likes_histogram(store, Query())["comments"].sum() == 0


def begin(moment: datetime, unit: Unit) -> datetime:
    """Return the beginning of the local period that holds a moment."""
    naive = moment.replace(tzinfo=None)
    if unit == "hour":
        return naive.replace(minute=0, second=0)
    day = naive.replace(hour=0, minute=0, second=0)
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day


@pytest.mark.parametrize("tz", ZONES)
@pytest.mark.parametrize("unit", ["hour", "day", "week", "month"])
def test_periods_are_local(filled: Filled, unit: Unit, tz: str) -> None:
    """Each comment counts in the local hour, day, week or month in which it was written."""
    store, comments = filled
    groups: defaultdict[datetime, list[Comment]] = defaultdict(list)
    for each in comments:
        if each.published_at:
            groups[begin(each.published_at.astimezone(ZoneInfo(tz)), unit)].append(each)

    frame = reads.per_period(store, Query(tz=tz), unit)

    assert frame.columns.tolist() == ["period", "comments", "replies", "authors"]
    assert [tuple(row) for row in frame.itertuples(index=False)] == [
        (
            period,
            len(group),
            sum(each.root_id is not None for each in group),
            len({each.author_id for each in group if each.author_id}),
        )
        for period, group in sorted(groups.items())
    ]


@pytest.mark.parametrize("tz", ZONES)
def test_the_week_is_counted_by_local_hours(filled: Filled, tz: str) -> None:
    """Cells are (weekday from Monday = 1, hour) by the local clock, in order, without empty ones."""
    store, comments = filled
    cells = Counter(
        (moment.isoweekday(), moment.hour)
        for each in comments
        if each.published_at and (moment := each.published_at.astimezone(ZoneInfo(tz)))
    )

    frame = reads.per_hour_weekday(store, Query(tz=tz))

    assert [tuple(row) for row in frame.itertuples(index=False)] == [
        (*cell, count) for cell, count in sorted(cells.items())
    ]


def test_top_sources_are_ranked_and_named(filled: Filled) -> None:
    """Most comments first, equal ones by key; a source without a title has an empty one."""
    store, comments = filled
    counts = Counter(str(each.source) for each in comments)
    ranked = sorted(counts, key=lambda key: (-counts[key], key))

    frame = reads.top_sources(store, Query(), 3)

    assert frame.columns.tolist() == ["source", "title", "comments", "authors", "likes", "published_at"]
    assert frame["source"].tolist() == ranked[:3]
    titles = dict(zip(*reads.top_sources(store, Query(), 9)[["source", "title"]].to_numpy().T, strict=True))
    assert titles == {**{key: f"Title {key}" for key in world.KEYS[:3]}, world.KEYS[3]: ""}


def test_top_authors_are_ranked_and_named(filled: Filled) -> None:
    """Tombstones have no author and are not ranked; an author VK did not describe has an empty name."""
    store, comments = filled
    counts = Counter(each.author_id for each in comments if each.author_id)

    frame = reads.top_authors(store, Query(), 9)

    assert frame["author_id"].tolist() == sorted(counts, key=lambda each: (-counts[each], each))
    assert frame["comments"].sum() == sum(counts.values())
    by_id = frame.set_index("author_id")
    assert by_id.loc[-4, "author_name"] == "Author -4"
    assert by_id.loc[-4, "is_community"]
    assert by_id.loc[999, "author_name"] == ""
    assert len(reads.top_authors(store, Query(), 2)) == 2


def test_histograms_hold_every_bar(filled: Filled) -> None:
    """Bars are the same for every query, empty ones included; unknown likes and replies' counts stay out."""
    store, comments = filled
    likes = reads.likes_histogram(store, Query()).set_index("bucket")["comments"]
    replies = reads.replies_histogram(store, Query())

    known = [each.likes for each in comments if each.likes is not None]
    assert likes.index.tolist() == [
        "0", "1", "2–4", "5–9", "10–19", "20–49", "50–99", "100–199", "200–499", "500–999", "1000+",
    ]  # fmt: skip
    assert likes.tolist() == [
        known.count(0), known.count(1), known.count(2), known.count(7), 0, 0, 0, 0, 0, 0, known.count(1500),
    ]  # fmt: skip
    assert replies["comments"].sum() == sum(each.root_id is None for each in comments)
    assert replies["low"].tolist()[:3] == [0, 1, 2]
    assert replies["high"].tolist()[2] == 4


@pytest.mark.parametrize(
    "field", ["author", "has_attachments", "hour", "kind", "level", "source", "state", "weekday"]
)
def test_choices_are_counted_without_their_own_filter(filled: Filled, field: str) -> None:
    """Each choice shows how many comments choosing it would give, under all the other filters."""
    store, _ = filled
    query = Query(source=("wall:-1_2", "topic:-3_4"), level="root", hour=(15, 16))

    frame = reads.facets(store, query, field)

    assert len(frame) > 0
    for value, count in frame.itertuples(index=False):
        chosen = value if field in {"level", "has_attachments"} else (value,)
        picked = Query(**{**{name: getattr(query, name) for name in query.active()}, field: chosen})
        assert reads.count(store, picked) == count


def test_there_are_no_counts_for_text(store: Store) -> None:
    """A field without choices is refused by name."""
    with pytest.raises(QueryError, match="regex"):
        reads.facets(store, Query(), "regex")


def test_an_edit_is_counted(store: Store) -> None:
    """Figures tell edited and deleted comments apart."""
    writes.write_pages(store, "run", [page(comment(1, "раз"), comment(2))], at(1))
    writes.write_pages(store, "run", [page(comment(1, "два"))], at(2))

    assert reads.figures(store, Query()).edited == 1
