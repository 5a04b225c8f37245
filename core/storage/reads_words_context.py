"""A word in its context: every place where it stands in a query's comments, and what stands beside it.

What is sought is written as for the filter `lemma`, see `lemma_search`. A place is where the first thing that
is wanted begins: a word, or a phrase whose words stand side by side.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.lemma_search import read_lemmas, word_ids
from core.storage.store import Store

Cancel = threading.Event | None

MOST_STEPS: Final = 5

# `phrase[n]` holds the numbers of all words that may stand at its place n; words[0] is null. Comments are
# found by rows of words, in a tenth of the time that lists take; only theirs are looked at place by place.
HITS: Final = """
with starts as (
    select phrase, unnest(phrase[1]) as word_id
    from (select unnest($phrases::integer[][][]) as phrase)
),
found as (
    select distinct source, comment_id
    from (select source, comment_id, unnest(words) as word_id from features)
    semi join starts using (word_id)
),
chosen as (
    select source, comment_id, author_no, published_at
    from {rows}
    semi join found using (source, comment_id)
    where ({where}) and ({other})
),
every as (
    select
        source,
        comment_id,
        author_no,
        published_at,
        words,
        unnest(words) as word_id,
        generate_subscripts(words, 1) as place
    from features
    join chosen using (source, comment_id)
),
hits as (
    select
        source,
        comment_id,
        any_value(coalesce(
            author_no, -9223372036854775808 + (hash(source, comment_id) // 8)::bigint
        )) as who,
        any_value(published_at) as published_at,
        any_value(words) as words,
        place,
        max(len(phrase)) as length
    from every
    join starts using (word_id)
    where len(phrase) = 1 or len(list_filter(
        range(2, len(phrase) + 1),
        lambda nth: not coalesce(list_contains(phrase[nth], words[place + nth - 1]), false)
    )) = 0
    group by source, comment_id, place
)
"""

LINES: Final = (
    HITS
    + """,
ordered as (
    select
        *,
        case when $leftwards then words[greatest(place - 1, 0)] else words[place + length] end as first_word,
        case when $leftwards then words[greatest(place - 2, 0)] else words[place + length + 1] end
            as second_word,
        case when $leftwards then words[greatest(place - 3, 0)] else words[place + length + 2] end
            as third_word
    from hits
)
select
    ordered.source || ':' || ordered.comment_id as comment_key,
    ordered.place,
    ordered.length,
    ordered.words,
    (select count(*) from hits) as hits,
    (select count(distinct (source, comment_id)) from hits) as comments,
    (select count(distinct who) from hits) as authors
from ordered
left join vocabulary as firsts on ordered.first_word = firsts.word_id
left join vocabulary as seconds on ordered.second_word = seconds.word_id
left join vocabulary as thirds on ordered.third_word = thirds.word_id
order by
    case when $by = 'date' then ordered.published_at end desc nulls last,
    case when $by = 'random' then hash(ordered.source, ordered.comment_id, ordered.place, $seed) end,
    firsts.word nulls first,
    seconds.word nulls first,
    thirds.word nulls first,
    ordered.source,
    ordered.comment_id,
    ordered.place
limit $top offset $skip
"""
)

WORDS: Final = """
select word_id, word
from vocabulary
where word_id in (select unnest($ids::integer[]))
"""

# -1 stands for the end (or the beginning) of the comment. Words further off than is asked for are not looked
# at: fewer paths, which the last step would leave out.
BRANCHES: Final = (
    HITS
    + """,
steps as (
    select
        who,
        hash(source, comment_id) as comment_no,
        case when $leftwards then words[greatest(place - 1, 0)] else words[place + length] end as word_1,
        case
            when $depth >= 2 and $leftwards then words[greatest(place - 2, 0)]
            when $depth >= 2 then words[place + length + 1]
        end as word_2,
        case
            when $depth >= 3 and $leftwards then words[greatest(place - 3, 0)]
            when $depth >= 3 then words[place + length + 2]
        end as word_3,
        case
            when $depth >= 4 and $leftwards then words[greatest(place - 4, 0)]
            when $depth >= 4 then words[place + length + 3]
        end as word_4,
        case
            when $depth >= 5 and $leftwards then words[greatest(place - 5, 0)]
            when $depth >= 5 then words[place + length + 4]
        end as word_5
    from hits
),
paths as (
    select
        steps.who,
        steps.comment_no,
        coalesce(v1.lemma_id, -1) as step_1,
        coalesce(v2.lemma_id, -1) as step_2,
        coalesce(v3.lemma_id, -1) as step_3,
        coalesce(v4.lemma_id, -1) as step_4,
        coalesce(v5.lemma_id, -1) as step_5
    from steps
    left join vocabulary as v1 on steps.word_1 = v1.word_id
    left join vocabulary as v2 on steps.word_2 = v2.word_id
    left join vocabulary as v3 on steps.word_3 = v3.word_id
    left join vocabulary as v4 on steps.word_4 = v4.word_id
    left join vocabulary as v5 on steps.word_5 = v5.word_id
),
counted as (
    select
        step_1, step_2, step_3, step_4, step_5,
        count(distinct comment_no) as comments,
        count(distinct who) as authors
    from paths
    group by rollup (step_1, step_2, step_3, step_4, step_5)
    having count(distinct comment_no) >= $least
)
select
    list_filter([step_1, step_2, step_3, step_4, step_5], lambda step: step is not null) as path,
    comments,
    authors
from counted
where len(path) <= $depth
order by len(path), authors desc, comments desc, path
"""
)

LEMMAS: Final = """
select lemma_id, lemma
from lemmas
where lemma_id in (select unnest($ids::integer[]))
"""


@dataclass(frozen=True, slots=True)
class Order:
    """In which order lines are shown: by `left` or `right` neighbours, by `date` or at `random`."""

    by: str
    seed: int
    top: int
    skip: int


@dataclass(frozen=True, slots=True)
class Tree:
    """Which branches are wanted: to which `side`, of how many words, in how many comments at least."""

    side: str
    depth: int
    least: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: where it begins, and what else its comment must hold.

    `phrases` are alternatives, each a list of places with the numbers of all words that fit.
    """

    phrases: list[list[list[int]]]
    beside: Query


def sought(store: Store, word: str, cancel: Cancel = None) -> Sought:
    """Return what a search looks for; where everything is excluded there are no phrases.

    Raises QueryError for a search without words.
    """
    groups = read_lemmas(word)
    with store.reading(cancel=cancel) as cursor:
        numbers = word_ids(cursor, Query(lemma=word))
    every = [terms for group in groups for terms in group]
    first = next((group for group in groups if any(terms.is_wanted for terms in group)), [])
    wanted = [terms.names if terms.near is None else terms.names[:1] for terms in first if terms.is_wanted]
    found = [[numbers[name] for name in names] for names in wanted]
    is_all = len(groups) == 1 and all(terms.is_wanted and terms.near is None for terms in every)
    return Sought(found, Query() if is_all else Query(lemma=word))


def lines(
    store: Store, query: Query, looked_for: Sought, order: Order, cancel: Cancel = None
) -> pd.DataFrame:
    """Return [comment_key, place, length, words] of lines, and [hits, comments, authors] of all of them.

    `place` counts the comment's words from 1; `length` is how many of them were sought; `words` are numbers.
    """
    return ask.frame(
        store,
        query,
        LINES,
        other=looked_for.beside,
        phrases=looked_for.phrases,
        leftwards=order.by == "left",
        by=order.by,
        seed=order.seed,
        top=order.top,
        skip=order.skip,
        cancel=cancel,
    )


def words(store: Store, ids: Sequence[int], cancel: Cancel = None) -> dict[int, str]:
    """Return the words of these numbers."""
    return dict(ask.rows(store, Query(), WORDS, ids=list(ids), cancel=cancel))


def branches(
    store: Store, query: Query, looked_for: Sought, tree: Tree, cancel: Cancel = None
) -> pd.DataFrame:
    """Return [path, comments, authors] of what stands beside the word, the empty path for all of it.

    A path is the numbers of lemmas in order away from the word, -1 for the end of the comment.
    """
    return ask.frame(
        store,
        query,
        BRANCHES,
        other=looked_for.beside,
        phrases=looked_for.phrases,
        leftwards=tree.side == "left",
        depth=tree.depth,
        least=tree.least,
        cancel=cancel,
    )


def lemmas(store: Store, ids: Sequence[int], cancel: Cancel = None) -> dict[int, str]:
    """Return the lemmas of these numbers."""
    return dict(ask.rows(store, Query(), LEMMAS, ids=list(ids), cancel=cancel))
