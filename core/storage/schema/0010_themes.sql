-- Topics as they were found once: kept, so that the same question has the same topics on every visit, and applied
-- to comments that come later. `topic_assignments` holds one fit at a time, the one that was asked for last.

create table topic_fits (
    fit_id integer not null,
    question varchar not null,       -- query and parameters, JSON
    topics integer not null,
    seed bigint not null,
    engine varchar not null,         -- what had read the texts
    made_version integer not null,   -- the dataset's version that was fitted
    made_at timestamp not null,
    documents integer not null,      -- different texts that were fitted,
    texts integer not null,          -- out of so many
    lemmas varchar[] not null,
    weights double[] not null,       -- of the lemmas: how much each tells
    components blob not null,        -- topics x lemmas, little-endian 32-bit floats, row by row
    described varchar not null       -- name, words, coherence and stability of each topic, JSON
);

-- A text that was edited since is placed anew.
alter table topic_assignments add column mark ubigint;
alter table topic_assignments add column fit_id integer;

-- Which comments `entities` was filled from: those whose keys and texts give this fingerprint.
create table entity_scans (
    fingerprint varchar not null,
    comments integer not null,
    scanned_at timestamp not null
);
