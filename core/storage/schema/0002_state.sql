-- The current state: what the log says now. `fold` merges into these tables what is newer than its mark.

-- Whatever the log holds up to and including this version is in the state.
create table folds (
    version integer not null
);

-- minute_no: minutes since 0001-01-01 (a Monday), so that hours and weekdays are whole-number arithmetic.
-- author_no: author_id, or for a named author without an id a number made from the name.
create table comments (
    source varchar not null,
    kind varchar not null,
    comment_id bigint not null,
    root_id bigint,
    parent_id bigint,
    reply_to_user bigint,
    author_id bigint,
    author_no bigint,
    author_name varchar,
    is_post_author boolean not null,
    published_at timestamp,
    minute_no bigint,
    text varchar,
    search_text varchar,
    likes bigint,
    replies bigint not null,
    attachments varchar[] not null,
    has_attachments boolean not null,
    is_placeholder boolean not null,
    state varchar not null,
    edited_at timestamp,
    deleted_at timestamp,
    first_seen_at timestamp not null,
    last_seen_at timestamp not null
);

create table authors (
    author_id bigint not null,
    name varchar not null,
    screen_name varchar not null,
    deactivated varchar not null
);
