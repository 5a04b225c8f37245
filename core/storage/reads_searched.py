"""What a search means before it is asked: whether it can be read, and which words it looks for."""

from __future__ import annotations

from typing import Final

from core.errors import QueryError
from core.query import Query
from core.query.values import LONGEST_TEXT
from core.storage import ask
from core.storage.lemma_search import read_lemmas, word_ids
from core.storage.search import read_search
from core.storage.store import Store

SEARCHES: Final = ("text", "lemma", "regex")
"""The fields of a query that are typed by hand."""
SHOWN: Final = 80
"""Characters that are repeated of a text that is too long."""

WORDS: Final = """
select word
from vocabulary
where word_id in (select unnest($ids::integer[]))
order by len(word) desc, word
limit $most
"""


def check(store: Store, query: Query) -> None:
    """Raise QueryError for a search of a query that cannot be read."""
    for field in SEARCHES:
        _check_length(field, getattr(query, field) or "")
    if query.text is not None:
        read_search(query.text)
    if query.lemma is not None:
        read_lemmas(query.lemma)
    with store.reading() as cursor:
        ask.check_regex(cursor, query)


def _check_length(field: str, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise QueryError(
            "The search text is longer than {most:,} characters.",
            hint="Look for a shorter part of it.",
            key=field,
            value=text[:SHOWN],
            most=LONGEST_TEXT,
        )


def word_forms(store: Store, query: Query, most: int = 400) -> dict[str, list[str]]:
    """Return the words of the texts that each word of a query's `lemma` means, by the name of its value.

    They are folded as texts are compared: small letters, е for ё. Of more than `most` the longest.
    """
    with store.reading() as cursor:
        return {
            name: [word for (word,) in cursor.execute(WORDS, {"ids": ids, "most": most}).fetchall()]
            for name, ids in word_ids(cursor, query).items()
        }
