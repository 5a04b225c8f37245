-- Comments counted once, by what pages narrow them with most: kept with each fold, for the sources it touched.

create table hour_counts (
    source varchar not null,
    kind varchar not null,
    minute_no bigint,                -- the first minute of an hour by UTC; null: without a date
    is_reply boolean not null,
    comments bigint not null,
    likes bigint not null,
    likes_known bigint not null,     -- comments whose likes are known
    deleted bigint not null,
    edited bigint not null,
    with_attachments bigint not null,
    first_at timestamp,
    last_at timestamp
);

create table author_counts (
    source varchar not null,
    kind varchar not null,
    author_no bigint not null,
    is_reply boolean not null,
    comments bigint not null,
    likes bigint not null
);

insert into hour_counts
select
    source,
    kind,
    minute_no // 60 * 60,
    root_id is not null,
    count(*),
    coalesce(sum(likes), 0)::bigint,
    count(likes),
    count(*) filter (state = 'deleted'),
    count(*) filter (state = 'edited'),
    count(*) filter (has_attachments),
    min(published_at),
    max(published_at)
from comments
group by all
order by source, minute_no // 60 * 60;

insert into author_counts
select source, kind, author_no, root_id is not null, count(*), coalesce(sum(likes), 0)::bigint
from comments
where author_no is not null
group by all
order by source, author_no;
