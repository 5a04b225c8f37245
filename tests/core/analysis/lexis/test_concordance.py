"""A word in context: every place in any form, in the original text, in a stated order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.errors import QueryError
from core.query import Query
from core.storage.store import Store
from tests.builders import at, comment
from tests.core.enriched import answer, enriched


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Open a database with five comments about a bridge."""
    opened = enriched(
        [
            comment(1, "Старый мост закрыли. Когда откроют Мост?", published_at=at(1)),
            comment(2, "[id7|Мостовой], у моста авария", root_id=1, author_id=8, published_at=at(3)),
            comment(3, "Красивые мосты!", author_id=9, published_at=at(2)),
            comment(
                4, "Дорога без моста, новый мост нужен", author_id=9, source="wall:-1_3", published_at=at(0)
            ),
            comment(5, "Дорога", author_id=10),
        ]
    )
    yield opened
    opened.close()


def shown(store: Store, query: Query | None = None, **params: object) -> list[tuple[object, ...]]:
    """Return (comment key, left, hit, right) of each line."""
    found = answer(store, "concordance", query, **params)
    return [(row["comment_key"], row["left"], row["hit"], row["right"]) for row in found.rows]


def test_every_place_is_a_line_in_the_order_of_what_follows(store: Store) -> None:
    """A comment has a line for each of its hits; lines are sorted by the words after, the end first."""
    assert shown(store, word="мост") == [
        ("wall:-1_2:1", "Старый мост закрыли. Когда откроют ", "Мост", "?"),
        ("wall:-1_2:3", "Красивые ", "мосты", "!"),
        ("wall:-1_2:2", "[id7|Мостовой], у ", "моста", " авария"),
        ("wall:-1_2:1", "Старый ", "мост", " закрыли. Когда откроют Мост?"),
        ("wall:-1_3:4", "Дорога без ", "моста", ", новый мост нужен"),
        ("wall:-1_3:4", "Дорога без моста, новый ", "мост", " нужен"),
    ]


def test_a_line_leads_to_its_comment(store: Store) -> None:
    """A row names comment, source, thread and address, and the hit's positions are those of the text."""
    found = answer(store, "concordance", word="авария")
    (row,) = found.rows
    assert (row["source"], row["root"]) == ("wall:-1_2", "wall:-1_2:1")
    assert row["url"] == "https://vk.com/wall-1_2?reply=2&thread=1"
    assert "[id7|Мостовой], у моста авария"[int(str(row["start"])) : int(str(row["end"]))] == "авария"
    assert row["published_at"] == "2026-03-02T15:00:00Z"
    assert found.summary == {"hits": 1, "comments": 1, "authors": 1}


def test_lines_are_sorted_by_what_is_before(store: Store) -> None:
    """By left the nearest word before decides, and the beginning of a comment stands first."""
    hits = [str(line[1]).split()[-1] for line in shown(store, word="мост", by="left")]
    assert hits == ["без", "Красивые", "новый", "откроют", "Старый", "у"]


def test_the_newest_come_first_by_date(store: Store) -> None:
    """By date lines follow the comments, the newest first."""
    keys = [line[0] for line in shown(store, word="мост", by="date", top=3)]
    assert keys == ["wall:-1_2:2", "wall:-1_2:3", "wall:-1_2:1"]


def test_a_seed_gives_the_same_random_lines(store: Store) -> None:
    """At random the same seed gives the same order, and another one another order."""
    orders = [tuple(shown(store, word="мост", by="random", seed=seed)) for seed in (1, 1, 2, 3, 4)]
    assert orders[0] == orders[1]
    assert len({*orders}) > 1


def test_pages_of_lines_do_not_overlap(store: Store) -> None:
    """Passing over lines shows the next ones, and the totals stay those of all."""
    every = shown(store, word="мост")
    assert shown(store, word="мост", top=2) + shown(store, word="мост", skip=2) == every
    for skip in (0, 5, 6):
        found = answer(store, "concordance", word="мост", top=1, skip=skip)
        assert found.summary == {"hits": 6, "comments": 4, "authors": 3}
        assert len(found.rows) == (skip < 6)


def test_a_phrase_is_one_hit(store: Store) -> None:
    """The words of a phrase stand side by side in any form and are marked together."""
    assert [line[2] for line in shown(store, word='"новые мосты"')] == ["новый мост"]
    either = shown(store, word='"новый мост" OR "старый мост"')
    assert [line[2] for line in either] == ["Старый мост", "новый мост"]


def test_what_must_stand_beside_counts(store: Store) -> None:
    """The first word wanted is marked; others, excluded ones and distances choose the comments."""
    assert [line[2] for line in shown(store, word="мост авария")] == ["моста"]
    keys = sorted(str(line[0]) for line in shown(store, word="-дорога мост -авария"))
    assert keys == ["wall:-1_2:1", "wall:-1_2:1", "wall:-1_2:3"]
    assert {line[2] for line in shown(store, word='"авария мост"~2')} == {"авария"}


def test_filters_hold(store: Store) -> None:
    """Only comments of the query have lines."""
    assert len(shown(store, Query(source=("wall:-1_3",)), word="мост")) == 2
    assert len(shown(store, Query(lemma="новый"), word="мост")) == 2


def test_text_is_cut_to_the_width(store: Store) -> None:
    """Each side has at most so many characters of the text."""
    (line,) = shown(store, word="закрыли", width=10)
    assert line[1:] == ("арый мост ", "закрыли", ". Когда от")


def test_nothing_found_is_no_error(store: Store) -> None:
    """A word that nobody wrote has no lines, and no word at all is asked for."""
    assert answer(store, "concordance", word="синхрофазотрон").summary["hits"] == 0
    assert [note.code for note in answer(store, "concordance").notes] == ["word_missing"]


@pytest.mark.parametrize("word", ["!!!", "-мост", "я " * 41])
@pytest.mark.parametrize("name", ["concordance", "word_tree"])
def test_what_cannot_be_looked_for_is_named(store: Store, name: str, word: str) -> None:
    """A search without wanted words is refused, and the parameter is named."""
    with pytest.raises(QueryError) as caught:
        answer(store, name, word=word)
    assert caught.value.params["key"] == "word"


def test_a_word_that_is_spelt_apart_is_found() -> None:
    """Letters that stand apart are one word, marked from the first to the last."""
    store = enriched([comment(1, "ну ты д у р а к совсем")])
    assert [line[2] for line in shown(store, word="дурак")] == ["д у р а к"]
