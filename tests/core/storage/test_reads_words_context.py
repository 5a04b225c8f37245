"""What a search looks for, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.errors import QueryError
from core.query import Query
from core.storage import reads_words_context
from core.storage.reads_words_context import Order, Tree
from core.storage.store import Store
from tests.builders import comment
from tests.core.enriched import enriched


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Open a database with two comments about bridges."""
    opened = enriched([comment(1, "Новый мост у реки"), comment(2, "Мосты и мост", author_id=8)])
    yield opened
    opened.close()


def test_a_plain_search_asks_nothing_beside(store: Store) -> None:
    """A word or alternatives of phrases say all; other words, exclusions and distances are beside."""
    for word in ("мост", '"новый мост"', '"новый мост" OR мосты'):
        assert reads_words_context.sought(store, word).beside == Query()
    for word in ("мост река", "мост -река", '"мост река"~3'):
        assert reads_words_context.sought(store, word).beside == Query(lemma=word)


def test_the_first_thing_wanted_is_looked_for(store: Store) -> None:
    """A phrase has a place for each word, a distance only one; where all is excluded nothing is wanted."""
    assert [len(each) for each in reads_words_context.sought(store, '"новый мост" OR река').phrases] == [2, 1]
    assert [len(each) for each in reads_words_context.sought(store, '-река "новый мост"~3').phrases] == [1]
    assert reads_words_context.sought(store, "-река").phrases == []
    with pytest.raises(QueryError):
        reads_words_context.sought(store, "!")


def test_places_count_from_one(store: Store) -> None:
    """Each place of the word is told by its number among the comment's words."""
    wanted = reads_words_context.sought(store, "мост")
    found = reads_words_context.lines(store, Query(), wanted, Order("left", 1, 10, 0))
    assert found[["comment_key", "place", "length"]].values.tolist() == [
        ["wall:-1_2:2", 1, 1],
        ["wall:-1_2:2", 3, 1],
        ["wall:-1_2:1", 2, 1],
    ]
    numbers = [int(number) for number in found["words"][0]]
    words = reads_words_context.words(store, numbers)
    assert [words[number] for number in numbers] == ["мосты", "и", "мост"]


def test_branches_begin_with_all_of_it(store: Store) -> None:
    """The empty path counts every comment, and no path is longer than asked for."""
    wanted = reads_words_context.sought(store, "мост")
    found = reads_words_context.branches(store, Query(), wanted, Tree("right", 1, 1))
    lemmas = reads_words_context.lemmas(store, [int(step) for path in found["path"] for step in path])
    told = [
        ([lemmas.get(int(step), "") for step in path], n)
        for path, n in zip(found["path"], found["comments"], strict=True)
    ]
    assert told[0] == ([], 2)
    assert sorted(told[1:]) == [([""], 1), (["и"], 1), (["у"], 1)]
