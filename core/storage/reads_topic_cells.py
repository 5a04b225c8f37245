"""How many comments each topic has in each period or source, with sums over authors for intervals."""

from __future__ import annotations

import threading
from typing import Final, Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None
Cell = Literal["day", "week", "month", "source"]

# Comments that no fit was applied to have no topic at all; one without an author is an author of its own.
PER_CELL: Final = """
with asked as (
    select CELL as cell, source, comment_id, author_no
    from {rows}
    where {where} and KNOWN
),
placed as (
    select
        cell,
        topic,
        case when topic is not null
            then coalesce(author_no, (hash(asked.source, asked.comment_id) >> 1)::bigint) end as author
    from asked
    left join topic_assignments
        on asked.source = topic_assignments.source and asked.comment_id = topic_assignments.comment_id
),
per_author as (
    select cell, topic, author, count(*) as comments
    from placed
    group by cell, topic, author
),
authors as (
    select cell, author, sum(comments) as comments
    from per_author
    where topic is not null
    group by cell, author
),
totals as (
    select cell, sum(comments) as comments, count(*) as authors, sum(comments * comments) as squares
    from authors
    group by cell
)
select
    per_author.cell,
    per_author.topic,
    sum(per_author.comments)::bigint as comments,
    sum(per_author.comments * per_author.comments)::double as squares,
    coalesce(sum(per_author.comments * authors.comments), 0)::double as products,
    coalesce(any_value(totals.comments), 0)::bigint as size,
    coalesce(any_value(totals.authors), 0)::bigint as authors,
    coalesce(any_value(totals.squares), 0)::double as size_squares
from per_author
left join authors on per_author.cell = authors.cell and per_author.author = authors.author
left join totals on per_author.cell = totals.cell
group by per_author.cell, per_author.topic
order by per_author.cell, per_author.topic nulls last
"""

CELLS: Final[dict[Cell, tuple[str, str]]] = {
    "day": ("{minute} // 1440", "minute_no is not null"),
    "week": ("{minute} // 10080 * 7", "minute_no is not null"),
    "month": (
        "date_trunc('month', date '0001-01-01' + ({minute} // 1440)::integer)::date - date '0001-01-01'",
        "minute_no is not null",
    ),
    "source": ("source", "true"),
}

STATEMENTS: Final = {
    cell: PER_CELL.replace("CELL", value).replace("KNOWN", known) for cell, (value, known) in CELLS.items()
}

TITLES: Final = """
select source, coalesce(nullif(title, ''), text, '') as title
from sources_now
where source in (select unnest($sources::varchar[]))
"""


def topics_per_cell(store: Store, query: Query, over: Cell, cancel: Cancel = None) -> pd.DataFrame:
    """Return [cell, topic, comments, squares, products, size, authors, size_squares] per cell and topic.

    A cell is a source's key, or the number of local days from 0001-01-01 to the beginning of a period.
    `topic` is missing for comments that were not placed. `squares` and `products` are sums over authors of
    their comments in the topic squared, and times all of theirs in the cell; `size`, `authors` and
    `size_squares` are those of all placed comments of the cell.
    """
    return ask.frame(store, query, STATEMENTS[over], cancel=cancel)


def source_titles(store: Store, sources: list[str]) -> dict[str, str]:
    """Return what sources are called, '' for one that has no title and no text."""
    with store.reading() as cursor:
        return dict(cursor.execute(TITLES, {"sources": sources}).fetchall())
