-- Reads before the fold: `comments` without what was touched since, plus what the log says of the touched ones.
-- A comment is always resolved from its whole log, so a page that arrives late finds its place in the order,
-- and a fold at any moment changes no answer. Most comments were seen once: they need no ordering.

create view touched_comments as
select distinct source, comment_id
from observations
where version > (select coalesce(max(version), 0) from folds);

create view resolved_comments as
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
        arg_max(replies, nth) as replies,
        arg_max(attachments, nth) filter (not is_deleted) as attachments,
        arg_max(is_placeholder, nth) as is_placeholder,
        arg_max(is_deleted, nth) as is_deleted,
        max(seen_at) filter (said <> said_before) as edited_at,
        max(seen_at) filter (is_deleted and not was_deleted) as deleted_at,
        min(seen_at) as first_seen_at,
        max(seen_at) as last_seen_at
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
    replies,
    coalesce(attachments, []) as attachments,
    len(coalesce(attachments, [])) > 0 as has_attachments,
    is_placeholder,
    case when is_deleted then 'deleted' when edited_at is not null then 'edited' else 'live' end as state,
    edited_at,
    case when is_deleted then deleted_at end as deleted_at,
    first_seen_at,
    last_seen_at
from (select *, coalesce(said, any_text) as text from resolved);

create view comments_now as
select comments.*
from comments
anti join touched_comments using (source, comment_id)
union all by name
select *
from resolved_comments;

create view resolved_authors as
select
    author_id,
    arg_max(name, (seen_at, version, ordinal)) as name,
    arg_max(screen_name, (seen_at, version, ordinal)) as screen_name,
    arg_max(deactivated, (seen_at, version, ordinal)) as deactivated
from author_observations
semi join (
    select distinct author_id
    from author_observations
    where version > (select coalesce(max(version), 0) from folds)
) as touched using (author_id)
group by author_id;

create view authors_now as
select authors.*
from authors
anti join resolved_authors using (author_id)
union all by name
select *
from resolved_authors;

create view sources_now as
select
    source,
    arg_max(title, (seen_at, version, ordinal)) as title,
    arg_max(text, (seen_at, version, ordinal)) as text,
    arg_max(published_at, (seen_at, version, ordinal)) as published_at,
    arg_max(author_id, (seen_at, version, ordinal)) as author_id,
    arg_max(likes, (seen_at, version, ordinal)) as likes,
    arg_max(reposts, (seen_at, version, ordinal)) as reposts,
    arg_max(views, (seen_at, version, ordinal)) as views,
    arg_max(declared_comments, (seen_at, version, ordinal)) as declared_comments,
    arg_max(is_pinned, (seen_at, version, ordinal)) as is_pinned,
    max(seen_at) as seen_at
from source_observations
group by source;
