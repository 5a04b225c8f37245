-- What readers look at, kept by name: a page and the parameters of its address.

create table saved_views (
    id varchar not null,
    name varchar not null,           -- unique without regard to case
    page varchar not null,
    params varchar not null,         -- URL parameters without the language: key to its values, JSON
    saved_at timestamp not null
);
