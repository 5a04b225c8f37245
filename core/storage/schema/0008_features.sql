-- What the texts say: every distinct word once, and a row of features for each comment. `engine` names the rules
-- and models that made a row; a comment whose row is of another engine, or of another text, is read anew.

create table vocabulary (
    word_id integer not null,
    word varchar not null,           -- as the text has it: small letters, е for ё
    kind varchar not null,           -- word, number, mark, emoji
    norm varchar not null,           -- stretched letters, look-alikes and masks undone
    lemma_id integer not null,
    is_stop boolean not null,
    is_known boolean not null,
    hint varchar not null,           -- the language that the word alone tells, or ''
    tags tinyint not null,           -- 1 obscenity, 2 insult, 4 threat
    negative float not null,         -- what the word adds to the scores of sentiment and toxicity,
    neutral float not null,
    positive float not null,
    parts integer not null,          -- and to how many features they are spread over
    toxic float not null,
    toxic_parts integer not null,
    engine varchar not null
);

create table lemmas (
    lemma_id integer not null,
    lemma varchar not null,
    is_stop boolean not null
);

-- Every lemma a word may have: a search for any form of any of them finds the word.
create table forms (
    word_id integer not null,
    lemma_id integer not null
);

create table features (
    source varchar not null,
    comment_id bigint not null,
    mark ubigint not null,           -- hash of the text that was read
    words integer[] not null,        -- words in order, stop words too
    lemmas integer[] not null,       -- different lemmas that carry meaning, by number
    length integer not null,         -- words
    copy_hash ubigint,               -- equal for texts alike but for case, punctuation, links and mentions
    copy_length integer not null,    -- letters and digits of such a text
    lang varchar not null,
    score_negative float,
    score_neutral float,
    score_positive float,
    negative float,                  -- calibrated probabilities
    neutral float,
    positive float,
    sentiment varchar,
    score_toxic float,
    toxicity float,
    tags tinyint not null,
    is_question boolean not null,
    emoji varchar[] not null,
    hashtags varchar[] not null,
    links varchar[] not null,
    domains varchar[] not null,
    mentions bigint[] not null,
    engine varchar not null
);

create view featured_comments as
select comments.*, features.* exclude (source, comment_id)
from comments
left join features on comments.source = features.source and comments.comment_id = features.comment_id;

create view featured_comments_now as
select comments_now.*, features.* exclude (source, comment_id)
from comments_now
left join features on comments_now.source = features.source and comments_now.comment_id = features.comment_id;
