"""Different texts to be compared with each other, and what is known of groups of them that are alike."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from core.query import Query
from core.storage import ask
from core.storage.reads_copies import with_first
from core.storage.store import Store

Cancel = threading.Event | None
Ids = np.ndarray[Any, np.dtype[np.int64]]

# Of texts that are the same all have the same words but for hyphens; the least list stands for them.
TEXTS: Final = """
with used as (
    select copy_hash, min(words) as words, count(*) as comments
    from {rows}{featured}
    where {where} and copy_length >= $letters and length >= $words
    group by copy_hash
)
select copy_hash, words, comments, count(*) over () as texts
from used
order by hash(copy_hash, $seed::bigint), copy_hash
limit $most
"""

# Spellings that the text engine takes for one word.
SPELLINGS: Final = """
select word_id, min(word_id) over (partition by norm, kind) as same
from vocabulary
"""

GROUPS: Final = """
with alike as (
    select unnest($texts::ubigint[]) as copy_hash, unnest($clusters::bigint[]) as cluster
),
used as (
    select source, comment_id, author_no, published_at, cluster, featured.copy_hash
    from {rows}{featured} as featured
    join alike on featured.copy_hash = alike.copy_hash
    where {where}
),
placed as (
    select
        cluster,
        count(distinct copy_hash) as texts,
        count(*) as comments,
        count(distinct author_no) as authors,
        count(distinct source) as sources,
        arg_min(
            struct_pack(source := source, comment_id := comment_id),
            (published_at is null, published_at, source, comment_id)
        ) as opening,
        min(published_at) as first_at,
        max(published_at) as last_at,
        datediff('second', min(published_at), max(published_at)) / 3600.0 as spread_hours
    from used
    group by cluster
    having count(distinct author_no) >= $least_authors
    order by comments desc, cluster
    limit $top
)
select
    placed.* exclude (opening),
    placed.opening.source as source,
    placed.opening.comment_id as comment_id
from placed
order by placed.comments desc, placed.cluster
"""


def texts(
    store: Store, query: Query, limits: Mapping[str, int], cancel: Cancel = None, timeout_s: float = 600
) -> pa.Table:
    """Return [copy_hash, words (numbers in order), comments, texts] of different texts, in random order.

    `limits` are `letters` and `words` (2 or more) that a text has at least, `seed` of the order, `most` rows;
    `texts` is how many there are altogether.
    """
    bound: dict[str, Any] = {**limits, "timeout_s": timeout_s}
    return ask.table(store, query, TEXTS, cancel=cancel, **bound)


def spellings(store: Store, query: Query, cancel: Cancel = None) -> Ids:
    """Return at each word's number the one of the word that it is a spelling of."""
    found = ask.table(store, query, SPELLINGS, cancel=cancel)
    numbers = found["word_id"].to_numpy().astype(np.int64)
    same = np.arange(int(numbers.max(initial=0)) + 1)
    same[numbers] = found["same"].to_numpy()
    return same


def groups(
    store: Store, query: Query, alike: pa.Table, wanted: Mapping[str, int], cancel: Cancel = None
) -> pd.DataFrame:
    """Return a row per cluster of texts, the one with most comments first.

    `alike` is [copy_hash, cluster], `wanted` has `top` and `least_authors`. Columns: cluster, texts,
    comments, authors, sources, first_at, last_at (naive UTC), spread_hours, and those of
    `reads_copies.shown`.
    """
    bound = {"texts": alike["copy_hash"].to_pylist(), "clusters": alike["cluster"].to_pylist()}
    found = ask.frame(store, query, GROUPS, cancel=cancel, **bound, **wanted)
    return with_first(store, query, found, cancel)
