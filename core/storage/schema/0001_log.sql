-- What was seen, appended and never changed. Plain tables only: DuckLake knows no keys, indexes or sequences.

create table dataset_versions (
    version integer not null,
    committed_at timestamp not null,
    cause varchar not null
);

-- One row per comment per page that showed it. (seen_at, version, ordinal) is the order of observations.
create table observations (
    source varchar not null,
    comment_id bigint not null,
    root_id bigint,
    parent_id bigint,
    reply_to_user bigint,
    author_id bigint,
    author_name varchar,            -- imports only; VK's names are in author_observations
    is_post_author boolean not null,
    published_at timestamp,
    text varchar,
    likes bigint,
    replies bigint not null,
    attachments varchar[] not null,
    is_deleted boolean not null,
    is_placeholder boolean not null,
    raw blob,                       -- VK's JSON of the comment
    run_id varchar not null,
    seen_at timestamp not null,
    version integer not null,
    ordinal integer not null
);

create table author_observations (
    author_id bigint not null,
    name varchar not null,
    screen_name varchar not null,
    deactivated varchar not null,
    run_id varchar not null,
    seen_at timestamp not null,
    version integer not null,
    ordinal integer not null
);

create table source_observations (
    source varchar not null,
    title varchar not null,
    text varchar not null,
    published_at timestamp,
    author_id bigint,
    likes bigint,
    reposts bigint,
    views bigint,
    declared_comments bigint,
    is_pinned boolean not null,
    raw blob,
    run_id varchar not null,
    seen_at timestamp not null,
    version integer not null,
    ordinal integer not null
);

create table source_states (
    source varchar not null,
    state varchar not null,
    declared bigint,
    refused_code integer not null,
    run_id varchar not null,
    seen_at timestamp not null,
    version integer not null,
    ordinal integer not null
);

-- The checkpoint: one row per answered call of a run.
create table pages (
    run_id varchar not null,
    source varchar not null,
    call varchar not null,
    declared_total bigint,
    declared_level bigint,
    threads struct(root_id bigint, declared bigint, embedded bigint)[] not null,
    thread_root bigint,
    level_items bigint not null,
    refused_code integer not null,
    bytes_received bigint not null,
    extra map(varchar, varchar) not null,
    seen_at timestamp not null,
    version integer not null,
    ordinal integer not null
);
