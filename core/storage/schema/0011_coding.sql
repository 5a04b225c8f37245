-- People's own judgement of comments: samples drawn for coding, and what was learned from the labels.

create table coding_samples (
    sample_id varchar not null,
    kind varchar not null,           -- stratified: stands for all comments of its query; instructive: does not
    query varchar not null,          -- URL parameters of what it was drawn from, JSON
    size integer not null,           -- texts asked for
    seed bigint not null,
    engine varchar not null,         -- what had read the texts
    made_at timestamp not null
);

create table coding_items (
    sample_id varchar not null,
    place integer not null,          -- from 1, in random order
    source varchar not null,
    comment_id bigint not null,
    stratum varchar not null,        -- mood and rudeness by the model when it was drawn
    stratum_size bigint not null,    -- comments in that stratum
    times integer not null           -- how often this text was drawn: exact copies are coded once
);

-- How scores become probabilities in this database: the row of the highest number counts, none: the model's own.
create table calibrations (
    number integer not null,
    body varchar not null,           -- method, labels, maps of both scores, JSON
    made_at timestamp not null
);

-- Models trained further on people's labels: arrays, nothing that can run.
create table local_models (
    number integer not null,         -- of the calibration it came with
    name varchar not null,
    version integer not null,
    base varchar not null,           -- what it was trained from
    changed blob not null,           -- rows of the table that differ from the base, little-endian int32
    weights blob not null,           -- their four scores each, little-endian float32
    made_at timestamp not null
);
