"""Pairs of lemmas in the database: counts of different texts, or of authors, alone and together."""

from __future__ import annotations

import pytest

from core.query import Query
from core.storage import reads_coword, reads_topics
from core.storage.reads_coword import Per
from core.storage.store import Store
from tests.builders import comment
from tests.core.enriched import enriched


def counted(store: Store, per: Per, **limits: int) -> dict[tuple[str, ...], int]:
    """Return the counts by lemmas in the order of the alphabet, one lemma for one alone."""
    found = reads_coword.pairs(
        store, Query(), per=per, top=limits.get("top", 9), least=limits.get("least", 1)
    )
    names = reads_topics.lemma_texts(store, [int(each) for each in found["first"]])
    names |= reads_topics.lemma_texts(store, [int(each) for each in found["second"]])
    return {
        tuple(sorted({names[int(row.first)], names[int(row.second)]})): int(row.documents)
        for row in found.itertuples()
    }


@pytest.mark.parametrize(
    ("per", "documents", "alone", "together"), [("comments", 3, 2, 1), ("authors", 2, 2, 2)]
)
def test_pairs_are_counted_once_per_document(per: Per, documents: int, alone: int, together: int) -> None:
    """A copy counts once among texts, and whatever an author wrote counts together per author."""
    said = [("кит плывёт", 1), ("Кит, плывёт!", 2), ("рыжий кит", 1), ("рыжий лис", 2)]
    store = enriched(comment(n, text, author_id=author) for n, (text, author) in enumerate(said, 1))
    assert reads_coword.documents(store, Query(), per=per) == documents
    found = counted(store, per)
    assert (found["кит",], found["кит", "рыжий"]) == (alone, together)


def test_only_the_most_frequent_are_looked_at() -> None:
    """Lemmas below the least count are left out, and of the others those in most texts stay."""
    store = enriched(comment(n, f"кит {'рыжий' if n > 1 else ''} слово{n}", author_id=n) for n in range(1, 5))
    assert {*counted(store, "comments", least=2)} == {("кит",), ("рыжий",), ("кит", "рыжий")}
    assert counted(store, "comments", top=1) == {("кит",): 4}
