"""How complete the data is: for each source what was declared, what is here, refused and missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from core.balances import SourceBalance
from core.models import SourceState
from core.query import Query
from core.storage import ask
from core.storage.reads_known import balances
from core.storage.reads_sources import sources
from core.storage.store import Store

# A call counts as refused when its last answer in the source's last run was a refusal.
REFUSED = """
with last_run as (
    select source, arg_max(run_id, (version, ordinal)) as run_id
    from pages
    group by source
),
answers as (
    select
        pages.source,
        pages.call,
        arg_max(pages.refused_code, (pages.version, pages.ordinal)) as refused_code
    from pages
    join last_run on pages.source = last_run.source and pages.run_id = last_run.run_id
    group by pages.source, pages.call
)
select source, refused_code, count(*)
from answers
where refused_code <> 0
group by source, refused_code
order by source, refused_code
"""

# Where no balance says what is missing, a thread is when it has more replies than came embedded, and no call
# for the rest was ever answered.
MISSING = """
with judged as (
    select source
    from source_states
    group by source
    having arg_max(state <> 'collecting' and missing_threads is not null, (version, ordinal))
),
declared as (
    select source, thread.root_id, max(thread.declared) as declared, max(thread.embedded) as embedded
    from (
        select source, unnest(threads) as thread
        from pages
        anti join judged using (source)
    )
    group by source, thread.root_id
),
answered as (
    select distinct source, thread_root
    from pages
    where thread_root is not null and refused_code = 0
)
select declared.source, declared.root_id
from declared
left join answered on declared.source = answered.source and declared.root_id = answered.thread_root
where declared.declared > declared.embedded and answered.source is null
order by declared.source, declared.root_id
"""


@dataclass(frozen=True, slots=True)
class SourceBalanceRow:
    """What was declared for a source, what is here, what was refused (VK code -> calls), what is missing.

    `missing` holds the keys of threads that lack replies, and the source's key with `:roots` when roots are
    lacking, or alone when VK counts more in all than its levels hold. `sheet` is the source's whole balance,
    None when no run has opened it.
    """

    source: str
    state: SourceState
    declared: int | None
    collected: int
    deleted: int
    placeholders: int
    refused: dict[int, int]
    missing: tuple[str, ...]
    updated_at: datetime
    sheet: SourceBalance | None = None


def balance(store: Store) -> list[SourceBalanceRow]:
    """Return for each source what was declared, collected, refused and is missing."""
    refused: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for key, code, calls in ask.rows(store, Query(), REFUSED):
        refused[key][code] = calls
    unanswered: defaultdict[str, list[int]] = defaultdict(list)
    for key, root_id in ask.rows(store, Query(), MISSING):
        unanswered[key].append(root_id)
    sheets = {str(each.ref): each for each in balances(store)}
    return [
        SourceBalanceRow(
            each.key,
            each.state,
            each.declared_comments,
            each.collected,
            each.tombstones,
            each.placeholders,
            _codes(refused[each.key], each.refused_code),
            _missing(each.key, sheets.get(each.key), unanswered[each.key]),
            each.updated_at,
            sheets.get(each.key),
        )
        for each in sources(store)
    ]


def _codes(refused: dict[int, int], of_source: int) -> dict[int, int]:
    """Add the code by which a source as a whole was refused, unless its calls tell it already."""
    return {of_source: 1, **refused} if of_source else refused


def _missing(key: str, sheet: SourceBalance | None, unanswered: list[int]) -> tuple[str, ...]:
    """Name what is missing: by the balance where there is one, else by the pages (`unanswered`)."""
    lacking = [root for root, _ in sheet.missing_threads] if sheet else []
    threads = tuple(f"{key}:{root}" for root in (*lacking, *unanswered))
    if sheet is None or sheet.state is not SourceState.PARTIAL:
        return threads
    if sheet.missing_roots:
        return (f"{key}:roots", *threads)
    return threads or ((key,) if (sheet.declared or 0) > sheet.collected else ())
