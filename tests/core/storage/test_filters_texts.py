"""The filters that ask what texts say: words in any form, mood, toxicity, language, and named sets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.errors import QueryError
from core.query import Query
from core.storage import reads
from core.storage.lemma_search import read_lemmas
from core.storage.store import Store
from tests.builders import comment
from tests.core.enriched import enriched

TRIED = {"lemma", "sentiment", "toxicity_min", "lang", "topic", "entity", "has", "label"}

TEXTS = {
    1: "Кошка спит на красном диване",
    2: "Кошками и собаками полон двор",
    3: "Собака увидела кошку и убежала",
    4: "Диван красный, дом белый",
    5: "Цены стали выше, а сталь дороже",
    6: "Спасибо большое, прекрасная работа! Очень понравилось",
    7: "Какой же ты идиот, тварь, ненавижу",
    8: "Дуже дякую, було приємно почути гарну новину",
    9: "Водоканал опять молчит, воды нет",
    10: "[id5|Кошкин Иван], ответьте",
    11: "трям",
}


NAMED = (
    "insert into labels select 'wall:-1_2', unnest([1, 4]), 'about', 'диван', 'Анна', '', '2026-03-02', null",
    (
        "insert into topic_assignments by name select 'wall:-1_2' as source, unnest([1, 4]) as comment_id, "
        "unnest([1, 0]) as topic, 0.5 as share"
    ),
    "insert into entities values ('wall:-1_2', 1, 'loc', 'Двор')",
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Open a database whose texts were read."""
    opened = enriched([comment(number, text) for number, text in TEXTS.items()])
    yield opened
    opened.close()


def found(store: Store, **fields: object) -> list[int]:
    """Return the ids of the comments that a query holds."""
    rows = reads.comments(store, Query(**fields), 100).rows  # type: ignore[arg-type]  # fields of a query
    return sorted(rows["comment_id"].to_pylist())


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("кошка", [1, 2, 3]),
        ("КОШЕК", [1, 2, 3]),
        ("кошкою", [1, 2, 3]),
        ("собака кошка", [2, 3]),
        ("кошка -собаки", [1]),
        ('кошка -"красный диван"', [2, 3]),
        ('"красный диван"', [1]),
        ('"диваны красные"', [4]),
        ('"красный дом"', [4]),
        ('"дом красный"', []),
        ('"красный дом"~2', [4]),
        ('"дома диван"~3', [4]),
        ('"дома диван"~1', []),
        ("собака OR дом", [2, 3, 4]),
        ("сталь", [5]),
        ("стать", [5]),
        ("вод*", [9]),
        ("воды", [9]),
        ("дякую", [8]),
        ("Иван", []),
        ("-кошка -диван -цена", [6, 7, 8, 9, 10, 11]),
        ('-"кошка спит', [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
        ("шмурдяк", []),
    ],
)
def test_a_word_is_found_in_any_form(store: Store, typed: str, ids: list[int]) -> None:
    """Forms, phrases, distance, exclusion, either and beginnings find exactly what they should."""
    assert found(store, lemma=typed) == ids


def test_a_search_without_words_says_so(store: Store) -> None:
    """Signs alone are no search, and one of more words than anybody types is refused by number."""
    for typed in ("--", '""', "OR", "!!!"):
        with pytest.raises(QueryError) as raised:
            found(store, lemma=typed)
        assert raised.value.params["key"] == "lemma"
    with pytest.raises(QueryError) as raised:
        read_lemmas("кот " * 41)
    assert raised.value.params["count"] == 41


@pytest.mark.parametrize("text", ['"кот дом"~100', '"кот дом"~0', "кот~2", '"кот дом"~5х'])
def test_a_distance_that_cannot_be_is_refused(text: str) -> None:
    """How near words stand is a number from 1 to 99 behind a phrase; anything else is told, not ignored."""
    with pytest.raises(QueryError, match="from 1 to 99"):
        read_lemmas(text)
    assert read_lemmas('"кот дом"~99')


def test_mood_and_toxicity_are_filters(store: Store) -> None:
    """Praise is found as positive, abuse as toxic; what is in another language has neither."""
    assert 6 in found(store, sentiment=("positive",))
    assert found(store, toxicity_min=0.5) == [7]
    assert found(store, toxicity_min=0.0) == [number for number in TEXTS if number != 8]
    assert 8 not in found(store, sentiment=("negative", "neutral", "positive", "unsure"))


def test_language_is_a_filter(store: Store) -> None:
    """Ukrainian is told from Russian, and one odd word is too short to tell."""
    assert found(store, lang=("uk",)) == [8]
    assert found(store, lang=("unknown",)) == [11]
    assert found(store, lang=("uk", "unknown")) == [8, 11]


def test_named_sets_are_filters(store: Store) -> None:
    """Labels, topics and entities keep the comments that were put into them."""
    with store.writing("test") as transaction:
        for statement in NAMED:
            transaction.cursor.execute(statement)
    assert found(store, label=("about:диван",)) == [1, 4]
    assert found(store, label=("about:диван",), lemma="дом") == [4]
    assert found(store, topic=(1,)) == [1]
    assert found(store, topic=(0, 1)) == [1, 4]
    assert found(store, entity=("Двор",)) == [1]


@pytest.mark.parametrize("field", ["text", "lemma", "regex"])
def test_a_search_that_is_too_long_is_refused(store: Store, field: str) -> None:
    """A thousand letters are looked for; more are refused, whichever way they are looked for."""
    asked = Query(**{field: "а" * 1000})  # type: ignore[arg-type]  # a search of the query
    reads.check(store, asked)
    with pytest.raises(QueryError, match="longer than"):
        reads.check(store, Query(**{field: "а" * 1001}))  # type: ignore[arg-type]  # a search of the query
