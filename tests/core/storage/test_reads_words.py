"""Words of comments: counted once a comment and once an author, in any form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.query import Query
from core.storage import reads_words
from core.storage.store import Store
from tests.builders import comment
from tests.core.enriched import enriched

CATS = ("Кот спит. Кот ест!", "Коты и кошки", "кота видел вчера", "коту дали рыбы")
FISH = ("рыба", "Рыбы много", "рыбой пахнет", "рыбу жарят", "рыбе холодно", "о рыбе молчат")


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Open a database where one author writes of a cat and six of fish, one of them unknown."""
    cats = [comment(n, text, author_id=1) for n, text in enumerate(CATS, 1)]
    fish = [comment(n, text, author_id=n) for n, text in enumerate(FISH[:-1], 10)]
    unknown = [comment(n, FISH[-1], author_id=None) for n in (20, 21)]
    blank = [comment(30, None, author_id=2), comment(31, "Кот и рыба", author_id=3, source="wall:-1_3")]
    opened = enriched([*cats, *fish, *unknown, *blank])
    yield opened
    opened.close()


def test_a_word_counts_once_in_a_comment_in_any_form(store: Store) -> None:
    """Comments and authors are those who use the lemma; who is unknown adds no author."""
    found = reads_words.frequent(store, Query(source=("wall:-1_2",)), "comments", 2).set_index("lemma")
    assert found["comments"].to_dict() == {"рыба": 8, "кот": 4}
    assert found["authors"].to_dict() == {"рыба": 6, "кот": 1}
    assert found["of_comments"].tolist() == [11, 11]
    assert found["of_authors"].tolist() == [6, 6]


def test_sums_over_authors_are_those_of_a_loop(store: Store) -> None:
    """The author of four comments weighs 16 in the squares, corrected for holding four of all eleven."""
    found = reads_words.frequent(store, Query(source=("wall:-1_2",)), "comments", 2).set_index("lemma")
    sizes = [4, *[1] * 7]
    assert found["clusters"].tolist() == [8, 8]
    assert found["squares"]["кот"] == pytest.approx(16 / (1 - 4 / 11))
    assert found["products"]["рыба"] == pytest.approx(4 / (1 - 4 / 11) + 7 / (1 - 1 / 11))
    assert found["size_products"].iloc[0] == pytest.approx(sum(m * m / (1 - m / 11) for m in sizes))
    for power in (2, 3, 4):
        assert found[f"size_{power}"].iloc[0] == sum(m**power for m in sizes)


def test_authors_are_ranked_though_others_have_more_comments(store: Store) -> None:
    """By authors a word of many authors stands before a word of one author's many comments."""
    many = [comment(n, "Погода!", author_id=1) for n in range(100, 110)]
    few = [comment(n, "Урожай", author_id=n) for n in range(200, 203)]
    with_many = enriched([*many, *few])
    found = reads_words.frequent(with_many, Query(), "authors", 1)
    assert found[["lemma", "authors"]].values.tolist() == [["урожай", 3]]
    with_many.close()


def test_no_number_of_words_hides_one_of_more_authors() -> None:
    """A word of many authors is found behind any number of words that one author repeats more often."""
    letters = "абвгдежзик"
    chatter = [f"слово{a}{b}" for a in letters for b in letters][:70]
    loud = [comment(n, " ".join(chatter), author_id=1) for n in range(1, 6)]
    wide = [comment(n, "Урожай", author_id=n) for n in range(100, 103)]
    opened = enriched([*loud, *wide])
    found = reads_words.frequent(opened, Query(), "authors", 1)
    assert found[["lemma", "authors"]].values.tolist() == [["урожай", 3]]
    opened.close()


def test_the_form_is_the_one_used_most(store: Store) -> None:
    """Of a lemma's forms the most frequent one is shown."""
    query = Query(source=("wall:-1_2",))
    lemmas = reads_words.frequent(store, query, "comments", 2)
    found = reads_words.forms(store, query, lemmas["lemma_id"].tolist(), 11)
    shown = dict(zip(found["lemma_id"], found["form"], strict=True))
    assert [shown[lemma] for lemma in lemmas["lemma_id"]] == ["рыбе", "кот"]


def test_of_very_many_comments_a_part_tells_the_form(store: Store) -> None:
    """Where there are very many comments, some are left out of the look at forms, the same each time."""
    lemmas = reads_words.frequent(store, Query(), "comments", 5)["lemma_id"].tolist()
    every = reads_words.forms(store, Query(), lemmas, 11)
    part = reads_words.forms(store, Query(), lemmas, reads_words.ENOUGH_FOR_FORMS * 1000)
    assert len(part) < len(every)
