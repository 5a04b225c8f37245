"""The same figures of a query's comments again and again: without some of them, or judged otherwise."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None
Kept = Literal["all", "without_loudest", "without_copies", "roots_only", "first_half", "second_half"]

# Which comments of the query are kept; a text of fewer letters is a copy of another by chance.
_KEPT: Final[dict[Kept, str]] = {
    "all": "true",
    "without_loudest": "coalesce(author_no not in (select unnest($loudest::bigint[])), true)",
    "without_copies": "(copy_hash is null or copy_length < 20 or (source, comment_id) in "
    "(select (source, comment_id) from firsts))",
    "roots_only": "root_id is null",
    "first_half": "published_at < $middle",
    "second_half": "published_at >= $middle",
}
_FIRSTS: Final = """with firsts as (
    select
        arg_min(source, (published_at, source, comment_id)) as source,
        arg_min(comment_id, (published_at, source, comment_id)) as comment_id
    from {rows}{featured}
    where {where} and copy_length >= 20
    group by copy_hash
),
"""
_AUTHOR: Final = (
    "coalesce(author_no, -9223372036854775808 + (hash(source, comment_id) // 8)::bigint) as author"
)

LOUDEST: Final = """
select author_no
from {rows}
where {where} and author_no is not null
group by author_no
order by count(*) desc, author_no
limit $number
"""

MIDDLE: Final = """
select quantile_disc(published_at, 0.5)
from {rows}
where {where}
"""

HOURS: Final = """
chosen as (
    select {minute} // 60 % 24 as hour
    from {rows}{featured}
    where {where} and KEPT and minute_no is not null
)
select hour, count(*) as comments
from chosen
group by hour
order by comments desc, hour
limit 1
"""

CELLS: Final = """
chosen as (
    select AUTHOR, source, sentiment, toxicity::double as toxicity, {minute} // 60 % 24 as hour
    from {rows}{featured}
    where {where} and KEPT
)
select
    author,
    source,
    count(*)::double as comments,
    count(hour)::double as dated,
    count(*) filter (hour = $hour)::double as in_hour,
    count(sentiment)::double as judged,
    count(*) filter (sentiment = 'negative')::double as negative,
    count(*) filter (sentiment = 'positive')::double as positive,
    round(coalesce(sum(toxicity), 0), 9) as toxicity,
    round(coalesce(sum(toxicity * toxicity), 0), 9) as toxicity_squares
from chosen
group by author, source
order by author, source
"""

WORDS: Final = """
counted as (
    select lemma_id, count(*) as comments
    from (select unnest(lemmas) as lemma_id from {rows}{featured} where {where} and KEPT)
    group by lemma_id
)
select lemma, sum(comments)::bigint as comments
from counted
join lemmas using (lemma_id)
where $wanted::varchar[] is null or lemma in (select unnest($wanted::varchar[]))
group by lemma
order by comments desc, lemma
limit $top
"""

TOPICS: Final = """
chosen as (
    select AUTHOR, source, comment_id
    from {rows}{featured}
    where {where} and KEPT
)
select author, chosen.source, topic, count(*)::double as comments
from chosen
join topic_assignments
    on chosen.source = topic_assignments.source and chosen.comment_id = topic_assignments.comment_id
group by author, chosen.source, topic
order by author, chosen.source, topic
"""

# One point for each different lemma that praises, one against for each that blames.
LEXICON: Final = """
with polar as materialized (
    select lemma_id, case when lemma in (select unnest($bad::varchar[])) then -1 else 1 end as points
    from lemmas
    where lemma in (select unnest($bad::varchar[])) or lemma in (select unnest($good::varchar[]))
),
chosen as (
    select AUTHOR, source, comment_id, lemmas
    from {rows}{featured}
    where {where} and sentiment is not null
),
told as (
    select source, comment_id, sum(points) as score
    from (select source, comment_id, unnest(lemmas) as lemma_id from chosen)
    join polar using (lemma_id)
    group by source, comment_id
)
select
    author,
    chosen.source,
    count(*)::double as judged,
    count(*) filter (score < 0)::double as negative,
    count(*) filter (score > 0)::double as positive
from chosen
left join told on chosen.source = told.source and chosen.comment_id = told.comment_id
group by author, chosen.source
order by author, chosen.source
"""


@dataclass(frozen=True, slots=True)
class Part:
    """Which comments of a query are kept; `loudest` are the authors left out, `middle` halves the time."""

    kept: Kept
    loudest: tuple[int, ...] = ()
    middle: datetime | None = None

    def bound(self) -> dict[str, object]:
        """Return the values that its condition names."""
        return {
            name: value
            for name, value in (("loudest", list(self.loudest)), ("middle", self.middle))
            if f"${name}" in _KEPT[self.kept]
        }


def loudest(store: Store, query: Query, number: int, cancel: Cancel = None) -> tuple[int, ...]:
    """Return the numbers of the authors with most comments."""
    return tuple(row[0] for row in ask.rows(store, query, LOUDEST, number=number, cancel=cancel))


def middle(store: Store, query: Query, cancel: Cancel = None) -> datetime | None:
    """Return when half of the comments were written, as naive UTC; None where none has a date."""
    (found,) = ask.row(store, query, MIDDLE, cancel=cancel)
    return None if found is None else found.replace(tzinfo=None)


def busiest_hour(store: Store, query: Query, part: Part, cancel: Cancel = None) -> int | None:
    """Return the local hour (0-23) with most comments, None where none has a date."""
    found = ask.rows(store, query, _of(HOURS, part), cancel=cancel, **part.bound())
    return found[0][0] if found else None


def cells(store: Store, query: Query, part: Part, hour: int, cancel: Cancel = None) -> pd.DataFrame:
    """Return sums for each author (a number) under each source; `in_hour` are comments of that local hour."""
    return ask.frame(store, query, _of(CELLS, part), cancel=cancel, hour=hour, **part.bound())


def words(
    store: Store,
    query: Query,
    part: Part,
    *,
    top: int | None = None,
    wanted: Sequence[str] | None = None,
    cancel: Cancel = None,
) -> dict[str, int]:
    """Return in how many comments each lemma occurs: of those wanted, or the `top` most frequent."""
    bound = {"top": top, "wanted": None if wanted is None else list(wanted), **part.bound()}
    return dict(ask.rows(store, query, _of(WORDS, part), cancel=cancel, **bound))


def topics(store: Store, query: Query, part: Part, cancel: Cancel = None) -> pd.DataFrame:
    """Return [author, source, topic, comments] of comments that were looked at; topic 0 is none."""
    return ask.frame(store, query, _of(TOPICS, part), cancel=cancel, **part.bound())


def by_lexicon(
    store: Store, query: Query, good: Sequence[str], bad: Sequence[str], cancel: Cancel = None
) -> pd.DataFrame:
    """Return [author, source, judged, negative, positive] as words that praise and blame tell it."""
    return ask.frame(
        store, query, LEXICON.replace("AUTHOR", _AUTHOR), cancel=cancel, good=list(good), bad=list(bad)
    )


def _of(statement: str, part: Part) -> str:
    return _FIRSTS + statement.lstrip().replace("KEPT", _KEPT[part.kept]).replace("AUTHOR", _AUTHOR)
