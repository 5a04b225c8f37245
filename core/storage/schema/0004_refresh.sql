-- Absence as evidence of deletion, the whole balance of a source, listing pages as checkpoints, and what the
-- program notes for itself. A column is added with a default and without `not null`: engines add no other.

-- A complete pass of a level that did not show the comment; such a row is a deletion without a tombstone.
alter table observations add column is_absent boolean default false;

alter table source_states add column listed bigint;
alter table source_states add column declared_level bigint;
alter table source_states add column roots bigint;
alter table source_states add column replies bigint;
alter table source_states add column tombstones bigint;
alter table source_states add column placeholders bigint;
alter table source_states add column collected bigint;
alter table source_states add column missing_roots bigint;
alter table source_states add column missing_threads struct(root_id bigint, missing bigint)[];
alter table source_states add column reason varchar;
alter table source_states add column error_code varchar;
alter table source_states add column reading varchar;
alter table source_states add column calls bigint;
alter table source_states add column retries bigint;
alter table source_states add column bytes bigint;

-- One row per answered page of a list of sources.
create table listings (
    run_id varchar not null,
    listing varchar not null,
    call varchar not null,
    body varchar not null,
    seen_at timestamp not null,
    version integer not null,
    ordinal integer not null
);

-- What the program notes for itself: no data, so no dataset version. `body` is JSON.
create table tasks (
    id varchar not null,
    body varchar not null,
    changed_at timestamp not null
);

create table schedules (
    id varchar not null,
    body varchar not null,
    changed_at timestamp not null
);

create table token_calls (
    day date not null,
    token varchar not null,
    method varchar not null,
    calls bigint not null
);

-- As before, with absences: who is absent was not seen, and states no number of replies.
create or replace view resolved_comments as
with touched as (
    select
        observations.*,
        case when not is_deleted and not is_placeholder then text end as said
    from observations
    semi join touched_comments using (source, comment_id)
),
repeated as (
    select source, comment_id
    from touched
    group by source, comment_id
    having count(*) > 1
),
ordered as (
    select
        *,
        row_number() over in_order as nth,
        lag(said ignore nulls) over in_order as said_before,
        coalesce(lag(is_deleted) over in_order, false) as was_deleted
    from touched
    semi join repeated using (source, comment_id)
    window in_order as (partition by source, comment_id order by seen_at, version, ordinal)
),
resolved as (
    select
        source,
        comment_id,
        arg_max(root_id, nth) filter (root_id is not null) as root_id,
        arg_max(parent_id, nth) filter (parent_id is not null) as parent_id,
        arg_max(reply_to_user, nth) filter (reply_to_user is not null) as reply_to_user,
        arg_max(author_id, nth) filter (author_id is not null) as author_id,
        arg_max(author_name, nth) filter (author_name is not null) as author_name,
        bool_or(is_post_author) as is_post_author,
        arg_max(published_at, nth) filter (published_at is not null) as published_at,
        arg_max(said, nth) filter (said is not null) as said,
        arg_max(text, nth) filter (text is not null) as any_text,
        arg_max(likes, nth) filter (likes is not null) as likes,
        arg_max(replies, nth) filter (not is_absent) as replies,
        arg_max(attachments, nth) filter (not is_deleted) as attachments,
        arg_max(is_placeholder, nth) as is_placeholder,
        arg_max(is_deleted, nth) as is_deleted,
        max(seen_at) filter (said <> said_before) as edited_at,
        max(seen_at) filter (is_deleted and not was_deleted) as deleted_at,
        min(seen_at) as first_seen_at,
        max(seen_at) filter (not is_absent) as last_seen_at
    from ordered
    group by source, comment_id
    union all by name
    select
        source,
        comment_id,
        root_id,
        parent_id,
        reply_to_user,
        author_id,
        author_name,
        is_post_author,
        published_at,
        said,
        text as any_text,
        likes,
        replies,
        attachments,
        is_placeholder,
        is_deleted,
        null::timestamp as edited_at,
        case when is_deleted then seen_at end as deleted_at,
        seen_at as first_seen_at,
        seen_at as last_seen_at
    from touched
    anti join repeated using (source, comment_id)
)
select
    source,
    split_part(source, ':', 1) as kind,
    comment_id,
    root_id,
    parent_id,
    reply_to_user,
    author_id,
    coalesce(
        author_id,
        -4611686018427387905 - (md5_number_lower(author_name) % 1000000000000000)::bigint
    ) as author_no,
    author_name,
    is_post_author,
    published_at,
    datediff('minute', timestamp '0001-01-01', published_at) as minute_no,
    text,
    replace(
        lower(case when regexp_matches(text, '[\x{300}-\x{36f}]') then nfc_normalize(text) else text end),
        'ё', 'е'
    ) as search_text,
    likes,
    coalesce(replies, 0) as replies,
    coalesce(attachments, []) as attachments,
    len(coalesce(attachments, [])) > 0 as has_attachments,
    is_placeholder,
    case when is_deleted then 'deleted' when edited_at is not null then 'edited' else 'live' end as state,
    edited_at,
    case when is_deleted then deleted_at end as deleted_at,
    first_seen_at,
    coalesce(last_seen_at, first_seen_at) as last_seen_at
from (select *, coalesce(said, any_text) as text from resolved);
