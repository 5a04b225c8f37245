-- Sets of comments that somebody or something named: by people's labels, by topic, by what is mentioned.

create table labels (
    source varchar not null,
    comment_id bigint not null,
    name varchar not null,           -- what is judged, such as sentiment
    value varchar not null,
    coder varchar not null,
    note varchar not null,
    labelled_at timestamp not null
);

create table topic_assignments (
    source varchar not null,
    comment_id bigint not null,
    topic integer not null,
    share float not null
);

create table entities (
    source varchar not null,
    comment_id bigint not null,
    kind varchar not null,           -- per, loc, org
    name varchar not null
);
