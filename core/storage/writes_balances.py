"""What a run proved: the balance of each source, and comments that a complete pass did not show any more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

import pyarrow as pa

from core.balances import SourceBalance
from core.models import SourceRef
from core.storage.bulk import naive, write_batch
from core.storage.folding import append, appended
from core.storage.store import Store
from core.templates import Reason

APPEND_BALANCES = """
insert into source_states by name
select *, $run_id as run_id, $seen_at as seen_at, $version as version
from batch
"""

# Only the comments of the wanted sources are resolved, and of those not folded yet only what is asked here.
FIND_ABSENT = """
create or replace temp table absent_batch as
with wanted as (
    select distinct source
    from batch
),
began as (
    select source, min(seen_at) as began_at
    from pages
    semi join wanted using (source)
    where run_id = $run_id
    group by source
),
seen as (
    select distinct source, comment_id
    from observations
    semi join wanted using (source)
    where run_id = $run_id and not is_absent
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
        max(seen_at) filter (not is_absent) as last_seen_at
    from observations
    semi join touched using (source, comment_id)
    group by source, comment_id
),
stored as (
    select source, comment_id, root_id, state = 'deleted' as is_deleted, last_seen_at
    from comments
    semi join wanted using (source)
    anti join touched using (source, comment_id)
    union all by name
    select *
    from logged
),
unseen as (
    select stored.*
    from stored
    join began using (source)
    anti join seen using (source, comment_id)
    where not is_deleted and last_seen_at <= began_at
),
whole as (
    select distinct source
    from batch
    where root_id is null
)
select source, comment_id, root_id
from unseen
semi join whole using (source)
where root_id is null
union
select source, comment_id, root_id
from unseen
semi join whole using (source)
anti join seen on unseen.source = seen.source and unseen.root_id = seen.comment_id
where root_id is not null
union
select source, comment_id, root_id
from unseen
semi join batch using (source, root_id)
"""

APPEND_ABSENT = """
insert into observations by name
select
    source,
    comment_id,
    root_id,
    false as is_post_author,
    0 as replies,
    []::varchar[] as attachments,
    true as is_deleted,
    false as is_placeholder,
    true as is_absent,
    $run_id as run_id,
    $seen_at as seen_at,
    $version as version,
    row_number() over () - 1 as ordinal
from absent_batch
"""

FORGET_ABSENT = """
drop table absent_batch
"""

_MISSING = pa.struct([("root_id", pa.int64()), ("missing", pa.int64())])


def write_balances(store: Store, run_id: str, balances: Sequence[SourceBalance], seen_at: datetime) -> int:
    """Append the balances of sources, verdicts and those under way; return the new version."""
    with store.writing("states") as transaction:
        append(transaction, APPEND_BALANCES, _balance_table(balances), run_id, seen_at)
    return transaction.version


def _balance_table(balances: Sequence[SourceBalance]) -> pa.Table:
    missing = [
        [{"root_id": root, "missing": number} for root, number in each.missing_threads] for each in balances
    ]
    numbers = {
        name: pa.array([getattr(each, name) for each in balances], pa.int64())
        for name in (
            "listed", "declared", "declared_level", "roots", "replies", "tombstones", "placeholders",
            "collected", "missing_roots", "calls", "retries", "bytes",
        )
    }  # fmt: skip
    return pa.table(
        {
            "source": pa.array([str(each.ref) for each in balances], pa.string()),
            "state": pa.array([str(each.state) for each in balances], pa.string()),
            "refused_code": pa.array([each.refused_code for each in balances], pa.int32()),
            "missing_threads": pa.array(missing, pa.list_(_MISSING)),
            "reason": pa.array([each.reason and each.reason.template for each in balances], pa.string()),
            "reason_params": pa.array([_values(each.reason) for each in balances], pa.string()),
            "error_code": pa.array([each.error_code for each in balances], pa.string()),
            "reading": pa.array([str(each.reading) for each in balances], pa.string()),
            **numbers,
        }
    )


def _values(reason: Reason | None) -> str | None:
    """Return the values of a sentence as JSON."""
    return None if reason is None else json.dumps(dict(reason.params), ensure_ascii=False, default=str)


def write_absent(
    store: Store, run_id: str, levels: Sequence[tuple[SourceRef, int | None]], seen_at: datetime
) -> int:
    """Append that comments are gone from levels this run read in full; return how many.

    A level is (source, None) for its roots or (source, root id) for a thread. Gone is what is not deleted,
    was not seen in this run, and was not seen by anybody since this run began with the source. The replies of
    a root that is gone are gone with it. Proving that a level is complete is the caller's part.
    """
    if not levels:
        return 0
    batch = pa.table(
        {
            "source": pa.array([str(ref) for ref, _ in levels], pa.string()),
            "root_id": pa.array([root for _, root in levels], pa.int64()),
        }
    )
    with store.writing("absences") as transaction:
        cursor = transaction.cursor
        write_batch(cursor, FIND_ABSENT, batch, run_id=run_id)
        values = {"run_id": run_id, "seen_at": naive(seen_at), "version": transaction.version}
        absent = int(cursor.execute(APPEND_ABSENT, values).fetchall()[0][0])
        cursor.execute(FORGET_ABSENT)
        transaction.is_void = not absent
        appended(transaction, absent)
    return absent
