"""What earlier runs proved: the balance of each source, and what is stored of it, to tell what has moved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.balances import Reading, SourceBalance
from core.models import SourceRef, SourceState
from core.query import Query
from core.storage import ask
from core.storage.store import Store
from core.templates import Reason

# A source that was stored before its balance was: its comments are counted instead.
BALANCES = """
with last as (
    select *
    from source_states
    where $sources::varchar[] is null or source in (select unnest($sources::varchar[]))
    qualify row_number() over (partition by source order by version desc, ordinal desc) = 1
),
counts as (
    select
        source,
        count(*) as collected,
        count(*) filter (root_id is null) as roots,
        count(root_id) as replies,
        count(*) filter (state = 'deleted') as tombstones,
        count(*) filter (is_placeholder) as placeholders
    from {rows}
    semi join (select source from last where collected is null) using (source)
    group by source
)
select
    last.source,
    coalesce(nullif(sources_now.title, ''), sources_now.text, ''),
    last.state,
    last.listed,
    last.declared,
    last.declared_level,
    coalesce(last.roots, counts.roots, 0),
    coalesce(last.replies, counts.replies, 0),
    coalesce(last.tombstones, counts.tombstones, 0),
    coalesce(last.placeholders, counts.placeholders, 0),
    coalesce(last.collected, counts.collected, 0),
    last.refused_code,
    coalesce(last.missing_roots, 0),
    list_transform(coalesce(last.missing_threads, []), lambda each: [each.root_id, each.missing]),
    coalesce(last.reason, ''),
    coalesce(last.reason_params, ''),
    coalesce(last.error_code, ''),
    coalesce(last.reading, 'full'),
    coalesce(last.calls, 0),
    coalesce(last.retries, 0),
    coalesce(last.bytes, 0)
from last
left join sources_now on last.source = sources_now.source
left join counts on last.source = counts.source
order by last.source
"""

# As BALANCES, of the last verdict before the run that asks.
VERDICTS = """
with wanted as materialized (
    select unnest($sources::varchar[]) as source
),
judged as (
    select *
    from source_states
    semi join wanted using (source)
    where state <> 'collecting' and run_id <> $run_id
),
full_readings as (
    select source, max(seen_at) as read_at
    from judged
    where coalesce(reading, 'full') = 'full' and state in ('complete', 'partial', 'empty')
    group by source
),
said as (
    select source, arg_max(coalesce(nullif(title, ''), text), (seen_at, version, ordinal)) as title
    from source_observations
    semi join wanted using (source)
    group by source
)
select
    judged.source,
    coalesce(said.title, ''),
    judged.state,
    judged.listed,
    judged.declared,
    judged.declared_level,
    judged.roots,
    judged.replies,
    judged.tombstones,
    judged.placeholders,
    judged.collected,
    judged.refused_code,
    coalesce(judged.missing_roots, 0),
    list_transform(coalesce(judged.missing_threads, []), lambda each: [each.root_id, each.missing]),
    coalesce(judged.reason, ''),
    coalesce(judged.reason_params, ''),
    coalesce(judged.error_code, ''),
    coalesce(judged.reading, 'full'),
    coalesce(judged.calls, 0),
    coalesce(judged.retries, 0),
    coalesce(judged.bytes, 0),
    full_readings.read_at
from judged
left join full_readings on judged.source = full_readings.source
left join said on judged.source = said.source
qualify row_number() over (partition by judged.source order by judged.version desc, judged.ordinal desc) = 1
"""

# The comments of the wanted sources alone are resolved: the view of all of them would take too long here.
THREADS = """
with wanted as materialized (
    select unnest($sources::varchar[]) as source
),
touched as (
    select distinct source, comment_id
    from observations
    semi join wanted using (source)
    where version > (select coalesce(max(version), 0) from folds)
),
logged as (
    select
        source,
        comment_id,
        arg_max(root_id, (seen_at, version, ordinal)) filter (root_id is not null) as root_id,
        arg_max(is_deleted, (seen_at, version, ordinal)) as is_deleted,
        arg_max(is_placeholder, (seen_at, version, ordinal)) as is_placeholder
    from observations
    semi join touched using (source, comment_id)
    group by source, comment_id
),
stored as (
    select source, comment_id, root_id, state = 'deleted' as is_deleted, is_placeholder
    from comments
    semi join wanted using (source)
    anti join touched using (source, comment_id)
    union all by name
    select *
    from logged
),
counts as (
    select
        source,
        root_id,
        count(*) filter (not is_deleted) as live,
        count(*) filter (is_deleted) as tombstones,
        count(*) filter (is_placeholder) as placeholders
    from stored
    group by source, root_id
),
declared as (
    select source, thread.root_id, arg_max(thread.declared, (seen_at, version, ordinal)) as declared
    from (
        select source, seen_at, version, ordinal, unnest(threads) as thread
        from pages
        semi join wanted using (source)
    )
    where thread.declared >= 0
    group by source, thread.root_id
),
threads as (
    select
        coalesce(counts.source, declared.source) as source,
        coalesce(counts.root_id, declared.root_id) as root_id,
        declared.declared,
        coalesce(counts.live, 0) as live,
        coalesce(counts.tombstones, 0) as tombstones,
        coalesce(counts.placeholders, 0) as placeholders
    from counts
    full join declared on counts.source = declared.source and counts.root_id = declared.root_id
)
select source, list([root_id, declared, live, tombstones, placeholders])
from threads
where root_id is null or declared > 0 or live > 0 or tombstones > 0
group by source
"""


@dataclass(frozen=True, slots=True)
class KnownThread:
    """A thread as stored: what VK last declared (None when it never did), living replies, deleted ones."""

    declared: int | None
    live: int
    tombstones: int


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A source that was judged before: its last balance, and what is stored of its threads.

    `read_at` is when it was last read in full. Threads without a reply, declared or stored, are left out.
    """

    state: SourceState
    listed: int | None
    declared: int | None
    collected: int
    roots: int
    replies: int
    tombstones: int
    placeholders: int
    read_at: datetime | None
    balance: SourceBalance
    threads: Mapping[int, KnownThread] = field(default_factory=dict)


def balances(store: Store, keys: Sequence[str] | None = None) -> list[SourceBalance]:
    """Return the newest balance of each source that has one, by key; `keys` narrows to some."""
    found = ask.rows(store, Query(), BALANCES, sources=None if keys is None else list(keys))
    return [_balance(row) for row in found]


def known(store: Store, refs: Sequence[SourceRef], run_id: str = "") -> dict[SourceRef, KnownSource]:
    """Return what is known of the sources judged before; verdicts of the run `run_id` do not count."""
    sources = [str(ref) for ref in refs]
    verdicts = ask.rows(store, Query(), VERDICTS, sources=sources, run_id=run_id)
    if not verdicts:
        return {}
    judged = [row[0] for row in verdicts]
    levels = dict(ask.rows(store, Query(), THREADS, sources=judged))
    return {SourceRef.parse(row[0]): _known(row, levels.get(row[0], [])) for row in verdicts}


def _known(row: tuple[Any, ...], levels: Sequence[Sequence[Any]]) -> KnownSource:
    *said, read_at = row
    threads = {root: KnownThread(declared, live, gone) for root, declared, live, gone, _ in levels if root}
    if said[10] is None:
        said[6:11] = _counted(levels)
    balance = _balance(tuple(said))
    return KnownSource(
        balance.state,
        balance.listed,
        balance.declared,
        balance.collected,
        balance.roots,
        balance.replies,
        balance.tombstones,
        balance.placeholders,
        read_at,
        balance,
        threads,
    )


def _counted(levels: Sequence[Sequence[Any]]) -> tuple[int, int, int, int, int]:
    """Count (roots, replies, tombstones, placeholders, all) of what is stored, by level."""
    roots = sum(live + gone for root, _, live, gone, _ in levels if root is None)
    replies = sum(live + gone for root, _, live, gone, _ in levels if root is not None)
    tombstones = sum(gone for _, _, _, gone, _ in levels)
    return roots, replies, tombstones, sum(each[4] for each in levels), roots + replies


def _balance(row: tuple[Any, ...]) -> SourceBalance:
    (
        source, title, state, listed, declared, declared_level, roots, replies, tombstones, placeholders,
        collected, refused_code, missing_roots, missing_threads, reason, values, error_code, reading, calls,
        retries, size,
    ) = row  # fmt: skip
    return SourceBalance(
        SourceRef.parse(source),
        " ".join(title.split())[:80],
        SourceState(state),
        listed,
        declared,
        declared_level,
        roots,
        replies,
        tombstones,
        placeholders,
        collected,
        refused_code,
        missing_roots,
        tuple((root, missing) for root, missing in missing_threads),
        Reason.kept(reason, json.loads(values or "{}")),
        error_code,
        Reading(reading),
        calls,
        retries,
        size,
    )
