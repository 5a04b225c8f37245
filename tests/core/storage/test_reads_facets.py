"""The choices of every filter at once against each by itself, and what to call them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from core.errors import QueryError
from core.models import CommentState, SourceKind
from core.query import Query
from core.storage import reads, reads_labelled
from core.storage.store import Store
from tests.builders import at, author, comment, tombstone
from tests.core.enriched import enriched

TEXTS = (
    "Спасибо большое, прекрасная работа! Очень понравилось",
    "Какой же ты идиот, тварь, ненавижу",
    "Кошка спит на красном диване",
    "Дуже дякую, було приємно почути гарну новину",
    "Водоканал опять молчит, воды нет",
)
SETS = (
    (
        "insert into labels select 'wall:-1_2', unnest([1, 1, 3]), unnest(['о', 'тон', 'о']), "
        "unnest(['вода', 'зло', 'вода']), unnest(['Анна', 'Анна', 'Борис']), '', timestamp '2026-03-02', null"
    ),
    (
        "insert into topic_assignments by name select 'wall:-1_2' as source, "
        "unnest([1, 3, 5]) as comment_id, "
        "unnest([1, 0, 1]) as topic, 0.5 as share, 1 as fit_id"
    ),
)
AGREED = """
insert into labels
select 'wall:-1_2', 1, unnest(['о', 'тон']), unnest(['вода', 'зло']), 'Вера', '', timestamp '2026-03-02', null
"""
FIT = """
insert into topic_fits by name
select 1 as fit_id, 'q' as question, 1 as topics, 1 as seed, 'e' as engine, 1 as made_version,
    timestamp '2026-03-02' as made_at, 1 as documents, 1 as texts, []::varchar[] as lemmas,
    []::double[] as weights, ''::blob as components, $described as described
"""
QUERIES = (
    Query(),
    Query(level="reply"),
    Query(text="о"),
    Query(sentiment=("negative", "positive")),
    Query(likes_min=7, author=(2, 99)),
    Query(toxicity_min=0.6, lang=("ru",)),
    Query(label=("о:вода",), topic=(1,)),
    Query(source=("wall:-1_2",), kind=(SourceKind.WALL,), hour=(15,), weekday=(7,), has_attachments=False),
    Query(state=(CommentState.DELETED,), tz="America/New_York"),
    Query(text="нигдетакогонет"),
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Open a database with read texts, labels, topics, authors with names and a tombstone."""
    comments = [
        comment(
            number,
            TEXTS[number % len(TEXTS)],
            author_id=number % 4 + 1,
            likes=number * 5 % 17,
            root_id=1 if number % 3 == 0 else None,
            published_at=at(number * 7),
            attachments=("photo",) if number % 5 == 0 else (),
        )
        for number in range(1, 31)
    ]
    people = (author(1, "Пётр Ёлкин"), author(2, "Иван Петров"), author(77, "Петр Молчаливый"))
    made = enriched([*comments, tombstone(40)], authors=people)
    with made.writing("test") as transaction:
        for statement in SETS:
            transaction.cursor.execute(statement)
        described = json.dumps([{"name": "вода, дом"}])
        transaction.cursor.execute(FIT, {"described": described})
    yield made
    made.close()


def told(frame: pd.DataFrame) -> list[tuple[Any, int]]:
    """Return choices with their comments, as plain values."""
    return sorted((str(value), int(comments)) for value, comments in frame.itertuples(index=False))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: str(query.params()))
def test_all_choices_at_once_are_those_one_by_one(store: Store, query: Query) -> None:
    """Whatever is filtered, each field offers the same choices with the same counts as asked alone."""
    together = reads.every_facet(store, query)
    for field in reads.FACETS:
        alone = {value: n for value, n in told(reads.facets(store, query, field)) if n}
        shown = dict(told(together[field])) if field in together else {}
        held = str(getattr(query, field))
        assert {value: n for value, n in shown.items() if value != held} == {
            value: n for value, n in alone.items() if value != held
        }, field


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: str(query.params()))
def test_a_choice_leaves_as_many_comments_as_it_says(store: Store, query: Query) -> None:
    """Choosing what a count stands beside gives exactly that many comments."""
    for field, frame in reads.every_facet(store, query).items():
        for value, comments in zip(*(frame[each].tolist() for each in frame), strict=True):
            is_many = isinstance(getattr(Query(), field), tuple)
            chosen: dict[str, Any] = {field: (value,) if is_many else value}
            wanted = Query(**{**fields_of(query), **chosen})
            assert (field, value, reads.count(store, wanted)) == (field, value, comments)


def test_a_label_that_two_coders_gave_is_one_choice(store: Store) -> None:
    """Coders who agree on a comment count it once, among all choices, alone and in the panel."""
    with store.writing("test") as transaction:
        transaction.cursor.execute(AGREED)
    for query in (Query(), Query(text="о"), Query(source=("wall:-1_2",))):
        matching = {*reads.comments(store, query, 100).rows["comment_id"].to_pylist()}
        expected = [("о:вода", len({1, 3} & matching)), ("тон:зло", len({1} & matching))]
        assert told(reads.every_facet(store, query)["label"]) == expected
        assert told(reads.facets(store, query, "label")) == expected
        values = reads_labelled.label_values(store, query)
        assert sorted((f"{each.name}:{each.value}", each.comments) for each in values) == expected
    with store.writing("test") as transaction:
        transaction.cursor.execute("delete from labels where coder = 'Вера'")


def fields_of(query: Query) -> dict[str, Any]:
    """Return the fields of a query by name."""
    return {name: getattr(query, name) for name in Query.__dataclass_fields__}


def test_a_bound_that_is_held_is_counted_though_it_is_not_offered(store: Store) -> None:
    """A link's own threshold stands among the steps with its own count."""
    offered = dict(told(reads.every_facet(store, Query(likes_min=7))["likes_min"]))
    assert offered["7"] == reads.count(store, Query(likes_min=7))
    assert {"1", "5", "10"} <= {*offered}


def test_what_is_held_is_counted_however_rare_it_is(store: Store) -> None:
    """Beyond the most frequent choices the ones that the query holds are told too."""
    frame = reads.every_facet(store, Query(author=(4,)), limit=2)["author"]
    assert 4 in frame["value"].tolist()
    assert len(frame) <= 3


def test_authors_are_found_by_a_part_of_their_name(store: Store) -> None:
    """Case and ё do not matter; who wrote nothing under these filters comes last with 0."""
    found = reads.named_authors(store, Query(), "петр", None, 8)
    assert found["author_id"].tolist() == [2, 1, 77]
    assert found["comments"].tolist() == [8, 7, 0]
    assert reads.named_authors(store, Query(author=(1,)), "никто", 2, 8)["author_id"].tolist() == [2]
    assert reads.named_authors(store, Query(), "никто", None, 8).empty


def test_topics_have_their_names(store: Store) -> None:
    """A topic is called by the words that its fit gave it, counted from 1."""
    assert reads.topic_names(store) == {1: "вода, дом"}


def test_a_search_is_checked_before_it_is_asked(store: Store) -> None:
    """What cannot be read is refused with the name of its field, the rest passes."""
    for field, bad, good in (("text", "*", "кот*"), ("lemma", '""', "кот"), ("regex", "(а", "а+")):
        with pytest.raises(QueryError) as raised:
            reads.check(store, Query(**{field: bad}))
        assert raised.value.params["key"] == field
        reads.check(store, Query(**{field: good}))


def test_the_forms_of_a_word_are_those_of_the_texts(store: Store) -> None:
    """A word means every form of it that stands in some text, and nothing else."""
    assert reads.word_forms(store, Query(lemma="водой")) == {"lemma_0": ["воды"]}
    assert reads.word_forms(store, Query(lemma="шмурдяк")) == {"lemma_0": []}


def test_of_no_comments_none_is_here(store: Store) -> None:
    """Nothing is asked about nothing."""
    assert reads_labelled.here(store, []) == set()
