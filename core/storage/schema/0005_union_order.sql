-- The branch that may be empty stands first. With it last, DuckDB 1.5 waits for ever on a large unordered read:
-- the anti join's branch fills the buffer of the result, and nobody empties it.

create or replace view comments_now as
select *
from resolved_comments
union all by name
select comments.*
from comments
anti join touched_comments using (source, comment_id);

create or replace view authors_now as
select *
from resolved_authors
union all by name
select authors.*
from authors
anti join resolved_authors using (author_id);
