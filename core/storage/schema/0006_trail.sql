-- What the log said about each task; `body` holds a line's values as JSON. No data, so no dataset version.
create table task_lines (
    task varchar not null,
    ordinal bigint not null,
    said_at varchar not null,
    level varchar not null,
    event varchar not null,
    body varchar not null
);
