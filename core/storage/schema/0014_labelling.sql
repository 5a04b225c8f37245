-- Many labels given at once, kept in mind so that the last ones can be taken back.

create table labellings (
    number integer not null,
    name varchar not null,
    value varchar not null,
    coder varchar not null,
    comments bigint not null,        -- that got the label, or another value or note of it
    made_at timestamp not null
);

-- What those labels took the place of.
create table labels_replaced (
    number integer not null,
    source varchar not null,
    comment_id bigint not null,
    name varchar not null,
    value varchar not null,
    coder varchar not null,
    note varchar not null,
    labelled_at timestamp not null,
    labelling integer
);

-- The labelling that gave a label, null for one given by itself.
alter table labels add column labelling integer;
