"""Ten times a million comments, and the questions that a page of charts asks of them in three other ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd

from core.models import CommentState
from core.query import Query
from core.storage import rollups
from core.storage.store import Store

TIMES: Final = 10

# A tenth with attachments, some deleted, some edited: the made-up comments have none of it.
VARY: Final = """
update comments
set
    has_attachments = hash(comment_id * 23) % 9 = 0,
    attachments = case when hash(comment_id * 23) % 9 = 0 then ['photo'] else []::varchar[] end,
    state = case
        when hash(comment_id * 29) % 200 = 0 then 'deleted' when hash(comment_id * 31) % 50 = 0 then 'edited'
        else 'live' end
"""

# Each further million: other posts, a month later, some of the authors others.
AGAIN: Final = """
insert into comments by name
select * replace (
    regexp_replace(source, '_.*', '') || '_' || (split_part(source, '_', 2)::bigint + 2000 * $turn) as source,
    author_id + 5000 * $turn as author_id,
    author_no + 5000 * $turn as author_no,
    published_at + to_days((30 * $turn)::integer) as published_at,
    minute_no + 43_200 * $turn as minute_no
)
from comments
where comment_id <= $million and split_part(source, '_', 2)::bigint < 2000
"""

AGAIN_FEATURES: Final = """
insert into features by name
select * replace (
    regexp_replace(source, '_.*', '') || '_' || (split_part(source, '_', 2)::bigint + 2000 * $turn) as source
)
from features
where split_part(source, '_', 2)::bigint < 2000
"""

ALL_SOURCES: Final = """
create or replace temp table resolved_batch as
select distinct source
from comments
"""

POSTS: Final = tuple(f"wall:-{1 + number % 7}_{number}" for number in range(1, 11))


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter as it is used: our query, and the condition that says the same in SQL.

    `frame` says it in pandas over a frame of comments, for a few of them.
    """

    query: Query
    where: str
    frame: Callable[[pd.DataFrame], pd.Series[bool]] | None = None


def local(hours: tuple[int, ...]) -> str:
    """Say in SQL that it was one of these hours in Moscow."""
    return f"hour(published_at + interval 3 hour) in {hours}"


def spoken(lemma: str) -> str:
    """Say in SQL that a comment holds any form of a word."""
    return said(
        "list_has_any(words, (select list(word_id) from forms join lemmas using (lemma_id) "
        f"where lemma = '{lemma}'))"
    )


def said(condition: str) -> str:
    """Say in SQL what the features of a comment must be."""
    return f"(source, comment_id) in (select (source, comment_id) from features where {condition})"


MONTH: Final = "published_at >= '2026-05-31 21:00' and published_at < '2026-06-30 21:00'"
JUNE: Final[Mapping[str, Any]] = {"since": date(2026, 6, 1), "until": date(2026, 6, 30)}
EVENING: Final = (18, 19, 20, 21)
FEW: Final = f"source in {POSTS[2:]}"

WITHIN: Final[dict[str, Asked]] = {
    "everything": Asked(Query(), "true", lambda rows: rows["likes"] >= 0),
    "one post": Asked(
        Query(source=POSTS[1:2]), f"source = '{POSTS[1]}'", lambda rows: rows["source"] == POSTS[1]
    ),
    "ten posts": Asked(Query(source=POSTS), f"source in {POSTS}"),
    "a month": Asked(Query(**JUNE), MONTH, lambda rows: rows["published_at"].between(*_june())),
    "a day": Asked(
        Query(since=date(2026, 6, 9), until=date(2026, 6, 9)),
        "published_at >= '2026-06-08 21:00' and published_at < '2026-06-09 21:00'",
    ),
    "a week of hours": Asked(
        Query(
            since=datetime(2026, 6, 1, 5, tzinfo=UTC),
            until=date(2026, 6, 7),
        ),
        "published_at >= '2026-06-01 05:00' and published_at < '2026-06-07 21:00'",
    ),
    "roots": Asked(Query(level="root"), "root_id is null"),
    "replies": Asked(Query(level="reply"), "root_id is not null"),
    "walls": Asked(Query(kind=("wall",)), "kind = 'wall'"),  # type: ignore[arg-type]
    "evenings": Asked(Query(hour=EVENING), local(EVENING)),
    "weekends": Asked(Query(weekday=(6, 7)), "isodow(published_at + interval 3 hour) in (6, 7)"),
    "Monday mornings": Asked(
        Query(weekday=(1,), hour=(7, 8, 9)),
        f"isodow(published_at + interval 3 hour) = 1 and {local((7, 8, 9))}",
    ),
    "a post's evenings in June": Asked(
        Query(source=POSTS[1:2], hour=EVENING, **JUNE),
        f"source = '{POSTS[1]}' and {local(EVENING)} and {MONTH}",
    ),
    "roots of eight posts in June": Asked(
        Query(source=POSTS[2:], level="root", **JUNE), f"{FEW} and root_id is null and {MONTH}"
    ),
    "replies at weekends": Asked(
        Query(level="reply", weekday=(6, 7)),
        "root_id is not null and isodow(published_at + interval 3 hour) in (6, 7)",
    ),
}
"""What the roll-ups know: source, kind, time in whole hours, level, hour and weekday."""

OTHERS: Final[dict[str, Asked]] = {
    "deleted": Asked(Query(state=(CommentState.DELETED,)), "state = 'deleted'"),
    "ten likes": Asked(Query(likes_min=10), "likes >= 10", lambda rows: rows["likes"] >= 10),
    "an author": Asked(Query(author=(7,)), "author_id = 7"),
    "with attachments": Asked(Query(has_attachments=True), "has_attachments"),
    "a word": Asked(
        Query(text="дебил"),
        "contains(search_text, 'дебил')",
        lambda rows: rows["search_text"].str.contains("дебил", regex=False),
    ),
    "a phrase": Asked(Query(text='"а или"'), "contains(search_text, 'а или')"),
    "a word in any form": Asked(Query(lemma="дебил"), spoken("дебил")),
    "not a word": Asked(Query(text="-дебил"), "not contains(search_text, 'дебил')"),
    "an expression": Asked(Query(regex="л[юя]б"), "regexp_matches(text, 'л[юя]б')"),
    "negative": Asked(Query(sentiment=("negative",)), said("sentiment = 'negative'")),
    "toxic": Asked(Query(toxicity_min=0.7), said("toxicity >= 0.7")),
    "Ukrainian": Asked(Query(lang=("uk",)), said("lang = 'uk'")),
    "a word in June": Asked(Query(text="дебил", **JUNE), f"contains(search_text, 'дебил') and {MONTH}"),
    "negative replies to a post": Asked(
        Query(source=POSTS[1:2], level="reply", sentiment=("negative",)),
        f"source = '{POSTS[1]}' and root_id is not null and " + said("sentiment = 'negative'"),
    ),
    "a liked word at weekends, in eight posts, by roots": Asked(
        Query(source=POSTS[2:], level="root", weekday=(6, 7), likes_min=1, text="люб"),
        f"{FEW} and root_id is null and isodow(published_at + interval 3 hour) in (6, 7) and likes >= 1 "
        "and contains(search_text, 'люб')",
    ),
}
"""What only the comments themselves can tell."""

BARE: Final[dict[str, str]] = {
    "figures": """
        select count(*), count(root_id), count(distinct author_no), count(distinct source), sum(likes),
            min(published_at), max(published_at), count(*) filter (state = 'deleted'),
            count(*) filter (state = 'edited'), count(*) filter (has_attachments)
        from comments where {where}""",
    "days": """
        select date_trunc('day', published_at + interval 3 hour) as day, count(*), count(root_id)
        from comments where {where} group by day order by day""",
    "rhythm": """
        select isodow(published_at + interval 3 hour) as day, hour(published_at + interval 3 hour) as hour,
            count(*)
        from comments where {where} group by day, hour order by day, hour""",
    "sources": """
        select source, count(*) as n, count(distinct author_no), sum(likes)
        from comments where {where} group by source order by n desc, source limit 10""",
    "authors": """
        select author_id, count(*) as n, count(root_id), sum(likes)
        from comments where {where} and author_id is not null
        group by author_id order by n desc, author_id limit 10""",
    "likes": "select likes, count(*) from comments where {where} group by likes order by likes",
    "replies": """
        select replies, count(*) from comments where {where} and root_id is null
        group by replies order by replies""",
}
"""The charts of the Overview, one statement each, as one would write them."""


def vary(store: Store) -> None:
    """Give the comments attachments, edits and deletions, and count them anew."""
    with store.writing("bench") as transaction:
        transaction.cursor.execute(VARY)
        transaction.cursor.execute(ALL_SOURCES)
        rollups.recount(transaction.cursor)


def multiply(store: Store, million: int) -> None:
    """Make ten times as many comments with their features, in SQL; a turn is a transaction of its own."""
    for turn in range(1, TIMES):
        with store.writing("bench") as transaction:
            transaction.cursor.execute(AGAIN, {"turn": turn, "million": million})
            transaction.cursor.execute(AGAIN_FEATURES, {"turn": turn})
    with store.writing("bench") as transaction:
        transaction.cursor.execute(ALL_SOURCES)
        rollups.recount(transaction.cursor)


def _june() -> tuple[pd.Timestamp, pd.Timestamp]:
    return pd.Timestamp("2026-05-31 21:00"), pd.Timestamp("2026-06-30 20:59:59")


def in_pandas(rows: pd.DataFrame, asked: Asked) -> None:
    """Work the charts out as a notebook does, over a frame of all comments."""
    assert asked.frame is not None
    some = rows[asked.frame(rows)]
    at = some["published_at"] + pd.Timedelta(hours=3)
    some["author_no"].nunique(), some["source"].nunique(), some["likes"].sum()
    some.groupby(at.dt.floor("D")).agg(comments=("likes", "size"), replies=("root_id", "count"))
    some.groupby([at.dt.day_of_week, at.dt.hour]).size()
    some.groupby("source").agg(
        n=("likes", "size"), authors=("author_no", "nunique"), likes=("likes", "sum")
    ).nlargest(10, "n")
    some.groupby("author_id").agg(n=("likes", "size"), likes=("likes", "sum")).nlargest(10, "n")
    some["likes"].value_counts()
    some.loc[some["root_id"].isna(), "replies"].value_counts()


def bare(store_path: Path) -> duckdb.DuckDBPyConnection:
    """Open the file with the engine alone; only when no store holds it."""
    return duckdb.connect(str(store_path), read_only=True, config={"memory_limit": "1000MB"})
