r"""Texts for the text engine: which comments it has not read yet, and their texts cut into units.

What the patterns mean is the engine's affair; they are bound here like any value. RE2's `\w` is ASCII only,
hence `\p{L}`.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import pyarrow as pa

from core.storage.bulk import read_batch
from core.storage.store import Store

Cancel = threading.Event | None
Patterns = Mapping[str, str]
Column: TypeAlias = "pa.Array[Any]"

UNREAD: Final = """
select comments.source, comments.comment_id, features.engine is not null as is_again
from comments
left join features
    on comments.source = features.source and comments.comment_id = features.comment_id
where comments.text is not null
    and (features.engine is distinct from $engine or features.mark is distinct from hash(comments.text))
"""

COUNT_UNREAD: Final = """
select count(*)
from comments
left join features
    on comments.source = features.source and comments.comment_id = features.comment_id
where comments.text is not null
    and (features.engine is distinct from $engine or features.mark is distinct from hash(comments.text))
"""

CLEANED: Final = """
with chosen as (
    select source, comment_id, is_again, text, search_text
    from comments
    join batch using (source, comment_id)
),
shown as (
    select
        *,
        case when regexp_matches(search_text, $hidden)
            then regexp_replace(search_text, $hidden, '', 'g') else search_text end as seen
    from chosen
),
without_mentions as (
    select
        *,
        case when contains(seen, '[')
            then list_transform(
                regexp_extract_all(seen, $mention),
                lambda found: case when regexp_matches(found, '^.(id|@id)') then 1 else -1 end
                    * coalesce(try_cast(regexp_extract(found, '[0-9]+') as bigint), 0)
            )
            else [] end as mentions,
        case when contains(seen, '[') then regexp_replace(seen, $mention, ' ', 'g') else seen end as said
    from shown
),
without_links as (
    select
        *,
        case when contains(said, '.') then regexp_extract_all(text, $link_as_written) else [] end as links,
        case when contains(said, '.') then regexp_replace(said, $link, ' ', 'g') else said end as told
    from without_mentions
),
cleaned as (
    select
        *,
        case when contains(told, '#') then regexp_extract_all(told, $hashtag) else [] end as hashtags,
        case when contains(told, '#') then regexp_replace(told, $hashtag, ' ', 'g') else told end as clean
    from without_links
),
compared as (
    select *, trim(regexp_replace(clean, '[^\\p{L}\\p{N}]+', ' ', 'g')) as bare
    from cleaned
)
select
    source,
    comment_id,
    is_again,
    hash(text) as mark,
    text,
    clean,
    regexp_extract_all(clean, $unit) as units,
    case when bare <> '' then hash(bare) end as copy_hash,
    length(replace(bare, ' ', ''))::integer as copy_length,
    regexp_matches(clean, $spaced) as is_spaced,
    contains(clean, '?') or regexp_matches(clean, $question) as is_question,
    regexp_matches(clean, $threat) as is_threat,
    hashtags,
    links,
    list_transform(links, lambda link: regexp_extract(lower(link), $domain, 1)) as domains,
    list_filter(mentions, lambda id: id <> 0) as mentions
from compared
"""

UNITS: Final = """
select regexp_extract_all(text, $unit) as units
from batch
order by place
"""


def unread(store: Store, engine: str, cancel: Cancel = None) -> pa.Table:
    """Return [source, comment_id, is_again] of the comments that this engine has not read as they are now.

    `is_again` tells that they have features of another engine or of an older text. Comments that are not
    folded yet wait for the fold.
    """
    with store.reading(math.inf, cancel=cancel) as cursor:
        return cursor.execute(UNREAD, {"engine": engine}).to_arrow_table()


def count_unread(store: Store, engine: str, cancel: Cancel = None) -> int:
    """Return how many comments this engine has not read as they are now."""
    with store.reading(cancel=cancel) as cursor:
        found = cursor.execute(COUNT_UNREAD, {"engine": engine}).fetchone()
    return int(found[0]) if found else 0


def cleaned(store: Store, wanted: pa.Table, patterns: Patterns, cancel: Cancel = None) -> pa.Table:
    """Return the texts of these comments without mentions, links and hashtags, cut into units.

    `wanted` is [source, comment_id, is_again]; `copy_hash` is equal for texts that differ in case,
    punctuation, mentions, links and hashtags only.
    """
    with store.reading(math.inf, cancel=cancel) as cursor:
        return read_batch(cursor, CLEANED, wanted, **_named(CLEANED, patterns))


def units(store: Store, texts: Column, patterns: Patterns) -> Column:
    """Return the units of each text (cleaned already), a list each; null has none."""
    batch = pa.table({"text": texts, "place": pa.array(range(len(texts)), pa.int32())})
    with store.reading(math.inf) as cursor:
        found = read_batch(cursor, UNITS, batch, **_named(UNITS, patterns))
    return found["units"].combine_chunks()


def _named(statement: str, patterns: Patterns) -> dict[str, str]:
    """Return the patterns that a statement has places for."""
    return {name: pattern for name, pattern in patterns.items() if f"${name}" in statement}
