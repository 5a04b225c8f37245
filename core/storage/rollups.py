"""Counts by source, hour and level, and by source and author, kept with each fold.

A source that a fold touched is counted anew: sums could be carried on, the first and the last date could not,
and what is counted anew cannot drift away from the comments.
"""

from __future__ import annotations

from typing import Final

from core.storage.cursors import Lent

TOUCHED: Final = """
create or replace temp table touched_sources as
select distinct source
from resolved_batch
"""

FORGET_HOURS: Final = """
delete from hour_counts
where source in (select source from touched_sources)
"""

COUNT_HOURS: Final = """
insert into hour_counts by name
select
    source,
    kind,
    minute_no // 60 * 60 as minute_no,
    root_id is not null as is_reply,
    count(*) as comments,
    coalesce(sum(likes), 0)::bigint as likes,
    count(likes) as likes_known,
    count(*) filter (state = 'deleted') as deleted,
    count(*) filter (state = 'edited') as edited,
    count(*) filter (has_attachments) as with_attachments,
    min(published_at) as first_at,
    max(published_at) as last_at
from comments
where source in (select source from touched_sources)
group by source, kind, comments.minute_no // 60 * 60, is_reply
order by source, minute_no
"""

FORGET_AUTHORS: Final = """
delete from author_counts
where source in (select source from touched_sources)
"""

COUNT_AUTHORS: Final = """
insert into author_counts by name
select
    source,
    kind,
    author_no,
    root_id is not null as is_reply,
    count(*) as comments,
    coalesce(sum(likes), 0)::bigint as likes
from comments
where source in (select source from touched_sources) and author_no is not null
group by source, kind, author_no, is_reply
order by source, author_no
"""

FORGET_TOUCHED: Final = """
drop table touched_sources
"""

STEPS: Final = (TOUCHED, FORGET_HOURS, COUNT_HOURS, FORGET_AUTHORS, COUNT_AUTHORS, FORGET_TOUCHED)

FORGET_SOURCE: Final = (
    "delete from hour_counts where source = $source",
    "delete from author_counts where source = $source",
)


def recount(cursor: Lent) -> None:
    """Count the sources of `resolved_batch` anew, from the comments as the fold has left them."""
    for statement in STEPS:
        cursor.execute(statement)
