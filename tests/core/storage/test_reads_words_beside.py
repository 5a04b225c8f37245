"""What stands near a word is counted in the database."""

from __future__ import annotations

from core.query import Query
from core.storage import reads_words_beside, reads_words_context
from tests.builders import comment
from tests.core.enriched import enriched


def test_both_sides_count_once_a_comment() -> None:
    """A word on either side of a phrase is near it, twice in a comment is once, elsewhere it counts apart."""
    texts = ("река, новый мост, река", "рядом новый мост", "река", None)
    store = enriched([comment(n, text, author_id=n) for n, text in enumerate(texts, 1)])
    wanted = reads_words_context.sought(store, '"новый мост"')
    found = reads_words_beside.beside(store, Query(), wanted, window=1, least=1).set_index("lemma")
    assert found.loc["река", ["pair", "authors", "of_word"]].tolist() == [1, 1, 2]
    assert found.loc["река", ["of_node", "of_authors", "of_comments"]].tolist() == [2, 2, 3]
    store.close()
