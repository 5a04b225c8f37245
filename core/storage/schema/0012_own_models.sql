-- Models of the reader's own that judge texts in place of the shipped one; features are marked with them.
create table own_models (
    judged varchar not null,         -- sentiment, toxicity
    path varchar not null,
    mark varchar not null            -- the beginning of the file's SHA-256
);
