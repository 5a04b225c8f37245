"""Words that stand together are counted in the database."""

from __future__ import annotations

from core.query import Query
from core.storage import reads_words_pairs
from tests.builders import comment
from tests.core.enriched import enriched


def test_sequences_and_pairs_stay_inside_a_comment() -> None:
    """The last word of a comment and the first of the next are no pair; a comment of one word has none."""
    store = enriched([comment(1, "новый мост"), comment(2, "река"), comment(3, "старый мост", author_id=8)])
    found = reads_words_pairs.ngrams(store, Query(), 2, least=1, top=10)
    assert found[["ngram", "comments", "authors", "of_comments"]].values.tolist() == [
        ["новый мост", 1, 1, 3],
        ["старый мост", 1, 1, 3],
    ]
    pairs = reads_words_pairs.pairs(store, Query(), 5, 1)
    assert (
        pairs[["pair", "authors", "of_first", "of_second", "pairs"]].values.tolist() == [[1, 1, 1, 2, 2]] * 2
    )
    assert reads_words_pairs.ngrams(store, Query(), 3, least=1, top=10).empty
    store.close()
