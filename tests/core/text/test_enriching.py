"""Reading texts: every comment once per text and engine, whatever comes in between."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from core.compute import Compute
from core.errors import TaskCancelled
from core.models import Progress
from core.query import Query
from core.storage import reads, reads_texts, writes
from core.storage.store import Store
from core.text import engine, enriching
from tests.builders import at, comment, page, source, tombstone
from tests.core.enriched import enriched
from tests.core.inline import Inline

TEXTS = (
    "[id5|Анна], спасибо за помощь! Приходите ещё)) 😂👍🏽",
    "С у к а, опять воды нет #ЖКХ #вода",
    "Смотрите тут: https://Example.com/Путь?a=1, и на m.vk.com/wall-1_2.",
    "Кто-нибудь знает, когда включат",
    "",
    "+++",
)
SAME = (
    "Акция!!! Скидки 50%",
    "акция скидки 50",
    "[club1|Клуб], Акция: скидки, 50 https://a.ru/x 😀",
    "Акция! Скидки 60%",
)


def features(store: Store, what: str = "*") -> list[dict[str, Any]]:
    """Return rows of features by comment."""
    statement = f"select {what} from features order by source, comment_id"
    with store.reading() as cursor:
        return cursor.execute(statement).to_arrow_table().to_pylist()


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Open a database whose texts were read."""
    opened = enriched(comment(number, text) for number, text in enumerate(TEXTS, 1))
    yield opened
    opened.close()


def test_what_is_no_word_stands_in_columns_of_its_own(store: Store) -> None:
    """Mentions, links, domains, hashtags and emoji are split off; the original text is as it was."""
    first, second, third, *_ = features(store)
    assert (first["mentions"], first["emoji"]) == ([5], ["😂", "👍🏽"])
    assert second["hashtags"] == ["#жкх", "#вода"]
    assert third["links"] == ["https://Example.com/Путь?a=1", "m.vk.com/wall-1_2"]
    assert third["domains"] == ["example.com", "vk.com"]
    stored = reads.comments(store, Query(), 10).rows["text"].to_pylist()
    assert stored == list(TEXTS)


def test_letters_set_apart_are_read_as_the_word_they_are(store: Store) -> None:
    """An obscene word with spaces between its letters carries the tag, and its letters are no words."""
    second = features(store)[1]
    assert second["tags"] & 1
    assert second["length"] == 4


def test_a_question_needs_no_mark(store: Store) -> None:
    """A request for an answer counts as a question without its sign."""
    assert [row["is_question"] for row in features(store)] == [False, False, False, True, False, False]


def test_nothing_to_read_has_no_mood(store: Store) -> None:
    """An empty text has neither sentiment nor toxicity, and is too short for a language."""
    empty = features(store)[4]
    assert (empty["sentiment"], empty["toxicity"], empty["lang"], empty["length"]) == (
        None,
        None,
        "unknown",
        0,
    )
    assert empty["copy_hash"] is None


def test_copies_are_equal_in_disguise() -> None:
    """Case, signs, mentions, links and emoji do not make another text; a number does."""
    hashes = [
        row["copy_hash"] for row in features(enriched(comment(n, text) for n, text in enumerate(SAME, 1)))
    ]
    assert len({*hashes[:3]}) == 1
    assert hashes[3] not in hashes[:3]


def test_a_comment_is_read_again_only_when_its_text_changed() -> None:
    """New likes ask for nothing, an edit for that one comment, a new comment for itself."""
    store = enriched([comment(1, "Хорошо"), comment(2, "Плохо")])
    assert unread(store) == set()
    writes.write_pages(
        store, "run", [page(comment(1, "Хорошо", likes=9), comment(2, "Ужасно"), comment(3, "Да"))], at(2)
    )
    writes.fold(store)
    assert unread(store) == {2, 3}
    before = features(store)
    reading = engine.reading(store, Inline(1), threading.Event())
    assert enriching.enrich(reading, lambda _: None) == 2
    after = features(store)
    assert [row["comment_id"] for row in after] == [1, 2, 3]
    assert after[0] == before[0]
    assert after[1]["mark"] != before[1]["mark"]
    assert unread(store) == set()


def test_another_engine_reads_everything_anew_with_the_same_numbers() -> None:
    """An upgrade replaces rows and keeps the numbers of words, so that nothing else need change."""
    store = enriched([comment(1, "Кот и кошка"), comment(2, "Кот спит")])
    before = features(store)
    reading = replace(engine.reading(store, Inline(1), threading.Event()), engine="next")
    assert enriching.enrich(reading, lambda _: None) == 2
    after = features(store)
    assert [row["words"] for row in after] == [row["words"] for row in before]
    assert {row["engine"] for row in after} == {"next"}
    with store.reading() as cursor:
        assert cursor.execute("select count(*), count(distinct word) from vocabulary").fetchone() == (4, 4)
        assert cursor.execute("select count(*), count(distinct lemma) from lemmas").fetchone()[1] >= 3


def test_chunks_make_no_difference() -> None:
    """Whether comments are read together or one by one, features and vocabulary are the same."""
    comments = [
        comment(number, f"Пост номер {number} про котов и {text}") for number, text in enumerate(TEXTS, 1)
    ]
    whole = enriched(comments)
    parts = enriched([])
    writes.write_pages(parts, "run", [page(*comments)], at(1))
    writes.fold(parts)
    told: list[Progress] = []
    enriching.enrich(engine.reading(parts, Inline(1), threading.Event()), told.append, chunk_rows=1)
    what = "comment_id, length, lang, sentiment, round(toxicity, 5) as toxicity, tags, links, copy_hash"
    assert features(parts, what) == features(whole, what)
    assert [each.done for each in told] == [0, 1, 2, 3, 4, 5, 6]
    assert {each.total for each in told} == {6}


def test_a_stop_keeps_what_was_written() -> None:
    """A cancel in the middle ends the run; the next one goes on with the rest."""
    store = enriched([])
    writes.write_pages(store, "run", [page(*(comment(n, "Кот спит") for n in range(1, 9)))], at(1))
    writes.fold(store)
    cancel = threading.Event()

    def stop_at_two(progress: Progress) -> None:
        if progress.done >= 2:
            cancel.set()

    with pytest.raises(TaskCancelled):
        enriching.enrich(engine.reading(store, Inline(1), cancel), stop_at_two, chunk_rows=1)
    read = 8 - len(unread(store))
    assert 2 <= read < 8
    assert enriching.enrich(engine.reading(store, Inline(1), threading.Event()), lambda _: None) == 8 - read


def test_a_deleted_source_takes_its_features_along() -> None:
    """Features go with their source, and none are written for a source that is gone."""
    store = enriched(
        [comment(1, "Кот"), comment(1, "Пёс", source="wall:-1_3")], [source(), source("wall:-1_3")]
    )
    rows = reads_texts.unread(store, "next")
    writes.delete_source(store, "wall:-1_3")
    assert [row["source"] for row in features(store)] == ["wall:-1_2"]
    assert rows.num_rows == 2
    reading = replace(engine.reading(store, Inline(1), threading.Event()), engine="next")
    assert enriching.enrich(reading, lambda _: None) == 1


def test_a_tombstone_without_a_text_is_nothing_to_read() -> None:
    """What nobody saw alive is left alone, and does not wait for ever."""
    store = enriched([tombstone(1), comment(2, "Кот")])
    assert [row["comment_id"] for row in features(store)] == [2]
    assert engine.count_unread(store) == 0


@pytest.mark.slow
def test_processes_say_what_one_thread_says() -> None:
    """Read by worker processes, texts give the very same features."""
    comments = [comment(number, text) for number, text in enumerate((*TEXTS, *SAME), 1)]
    inline, store = enriched(comments), enriched([])
    writes.write_pages(store, "run", [page(*comments)], at(1))
    writes.fold(store)
    compute = Compute(2)
    try:
        enriching.enrich(engine.reading(store, compute, threading.Event()), lambda _: None, chunk_rows=5)
    finally:
        compute.close()
    what = "comment_id, length, lang, sentiment, negative, toxicity, tags, emoji, mentions"
    assert features(store, what) == features(inline, what)


def unread(store: Store) -> set[int]:
    """Return the comments that wait to be read."""
    return set(
        reads_texts.unread(store, engine.reading(store, Inline(1), threading.Event()).engine)[
            "comment_id"
        ].to_pylist()
    )
