"""How many comments wait to be read, as an answer tells its reader."""

from __future__ import annotations

from core.query import Query
from core.storage import reads, writes
from tests.builders import at, comment, page, tombstone
from tests.core.enriched import enriched, read_texts


def test_what_waits_is_counted_within_the_query() -> None:
    """Nothing waits once all is read; new comments wait, folded or not, each in the query it belongs to."""
    store = enriched([comment(1, "Кот"), comment(2, "Пёс", author_id=8), tombstone(3)])
    assert reads.unread_in(store, Query()) == 0
    writes.write_pages(store, "run", [page(comment(4, "Дом", author_id=8), comment(5, "Сад"))], at(2))
    assert reads.unread_in(store, Query()) == 2
    assert reads.unread_in(store, Query(author=(8,))) == 1
    assert reads.unread_in(store, Query(lemma="дом -кот OR сад", level="root")) == 0
    writes.fold(store)
    assert reads.unread_in(store, Query(author=(8,))) == 1
    read_texts(store)
    assert reads.unread_in(store, Query()) == 0
