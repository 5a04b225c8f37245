"""The steps between the observations of a comment, for the statements about changes.

Bound values: `since_version` or `since_at`, the other null.
"""

from __future__ import annotations

# `is_recent` rows are those since; a step of the earlier rows alone was known and is no news. Most comments
# were seen once: they are new, and neither ordered nor read.
STEPS_SQL = """
touched as (
    select distinct source, comment_id
    from observations
    where version > $since_version::integer or seen_at > $since_at::timestamp
),
observed as (
    select
        source,
        comment_id,
        count(*) as observations,
        min(seen_at) as seen_at,
        min(version) as version,
        min(ordinal) as ordinal,
        bool_and(coalesce(version > $since_version::integer, seen_at > $since_at::timestamp)) as is_new
    from observations
    semi join touched using (source, comment_id)
    group by source, comment_id
),
repeated as (
    select
        observations.source,
        observations.comment_id,
        observations.seen_at,
        observations.version,
        observations.ordinal,
        is_deleted,
        is_absent,
        is_new,
        coalesce(
            observations.version > $since_version::integer, observations.seen_at > $since_at::timestamp
        ) as is_recent,
        case when not is_deleted and not is_placeholder then text end as said
    from observations
    join observed on observations.source = observed.source and observations.comment_id = observed.comment_id
    where observed.observations > 1
),
ordered as (
    select
        *,
        row_number() over in_order = 1 as is_first,
        lag(said ignore nulls) over in_order as said_before,
        lag(is_deleted) over in_order as was_deleted,
        lag(said ignore nulls) over in_past as said_in_past,
        lag(is_deleted) over in_past as was_deleted_in_past
    from repeated
    window
        in_order as (partition by source, comment_id order by seen_at, version, ordinal),
        in_past as (partition by source, comment_id, is_recent order by seen_at, version, ordinal)
),
steps as (
    select
        source,
        comment_id,
        version,
        ordinal,
        seen_at as changed_at,
        said_before as text_before,
        is_absent,
        unnest([
            case when is_first and is_new then 'new' end,
            case when said <> said_before and (is_recent or not coalesce(said <> said_in_past, false))
                then 'edited' end,
            case when is_deleted and not was_deleted
                    and (is_recent or not coalesce(is_deleted and not was_deleted_in_past, false))
                then 'deleted' end,
            case when was_deleted and not is_deleted
                    and (is_recent or not coalesce(was_deleted_in_past and not is_deleted, false))
                then 'restored' end
        ]) as kind
    from ordered
    union all by name
    select
        source,
        comment_id,
        version,
        ordinal,
        seen_at as changed_at,
        null as text_before,
        false as is_absent,
        'new' as kind
    from observed
    where observations = 1
),
changes as (
    select
        *,
        case
            when kind = 'deleted' and is_absent then 'absent'
            when kind = 'deleted' then 'tombstone'
            else ''
        end as evidence
    from steps
    where kind is not null
)
"""
