"""The filters of the sidebar through the real app: ways to search, counts, authors, what a link holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.storage import writes
from core.storage.store import Store
from dashboard.components.filters_authors import identified
from tests.builders import at, author, comment, page, source
from tests.core.enriched import read_texts
from tests.own_data import own_data

pytestmark = pytest.mark.slow

APP = Path(__file__).parents[1] / "dashboard" / "app.py"
LIMIT_S = 60
TEXTS = ("Спасибо, прекрасная работа!", "Какой же ты идиот, тварь", "Кошка спит", "Видел кошку и кошечку")


@pytest.fixture
def store() -> Iterator[Store]:
    """Give the app a database of two posts whose texts were read, by authors with names."""
    with own_data() as store:
        writes.write_sources(store, "run", [source(), source("wall:-1_3", "Второй пост")], at())
        people = (author(7, "Анна Ким"), author(8, "Борис Ким"), author(9, "Вера Зуева"))
        pages = [
            page(
                *(
                    comment(n, text, source=key, author_id=7 + n % 2, likes=n * 4, published_at=at(n))
                    for n, text in enumerate(TEXTS)
                ),
                source=key,
                authors=people,
            )
            for key in ("wall:-1_2", "wall:-1_3")
        ]
        writes.write_pages(store, "run", pages, at())
        writes.fold(store)
        read_texts(store)
        yield store


def opened(**params: str | list[str]) -> AppTest:
    """Open the overview in English with these keys in its address."""
    app = AppTest.from_file(str(APP), default_timeout=LIMIT_S)
    for key, value in {"ui": "en", **params}.items():
        app.query_params[key] = value
    app.run()
    app.switch_page("../pages/overview.py").run()
    assert not app.exception
    return app


def options(app: AppTest, key: str) -> list[str]:
    """Return the choices of a widget as they are written."""
    if key in {each.key for each in app.multiselect}:
        return list(app.multiselect(key).options)
    return [each.replace("\\", "") for each in app.button_group(key).options]


@pytest.mark.usefixtures("store")
def test_the_way_to_search_carries_the_words_over() -> None:
    """Another way to search looks for the same words by its own field, and the address says so."""
    app = opened(text="кошка")
    app.button_group("f.mode").set_value("lemma").run()
    assert (app.query_params["lemma"], "text" in app.query_params) == ("кошка", False)
    assert app.metric[0].value == "4"
    app.text_input("f.text").set_value("").run()
    assert "lemma" not in app.query_params
    assert app.button_group("f.mode").value == "lemma"


@pytest.mark.usefixtures("store")
def test_two_searches_hold_together_and_the_box_says_so() -> None:
    """What a chart or a link searches for beside the box is told; changing the way loses neither."""
    app = opened(text="видел", lemma="кошка")
    told = [each.value for each in app.caption if "also meet" in each.value]
    assert (app.text_input("f.text").value, app.metric[0].value) == ("видел", "2")
    assert len(told) == 1
    assert "Word in any form: кошка" in told[0].replace("\\", "")
    app.button_group("f.mode").set_value("lemma").run()
    assert (app.query_params["text"], app.query_params["lemma"]) == ("видел", "кошка")
    assert app.text_input("f.text").value == "кошка"
    assert any("Text: видел" in each.value.replace("\\", "") for each in app.caption)
    app.text_input("f.text").set_value("").run()
    assert (app.query_params["text"], "lemma" in app.query_params) == ("видел", False)
    assert not [each.value for each in app.caption if "also meet" in each.value]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("mode", "bad"), [("regex", "(кош"), ("text", "*"), ("lemma", '"кот дом"~500'), ("text", "ы" * 3000)]
)
def test_what_cannot_be_read_changes_nothing_but_is_said(mode: str, bad: str) -> None:
    """A search that is refused stays in the box with the reason; figures and address are as before."""
    app = opened(**{mode: "кошк"})
    before = [each.value for each in app.metric]
    app.text_input("f.text").set_value(bad).run()
    assert [each.value for each in app.metric] == before
    assert app.query_params[mode] == "кошк"
    assert app.text_input("f.text").value == bad
    assert "The view has not changed." in app.error[0].value
    app.text_input("f.text").set_value("спит").run()
    assert app.query_params[mode] == "спит"
    assert not app.error


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("mode", ["text", "lemma", "regex"])
def test_a_paste_of_any_length_is_taken_and_told_to_be_too_long(mode: str) -> None:
    """The box has no limit of its own, at which a browser would drop the paste without a word."""
    app = opened()
    app.button_group("f.mode").set_value(mode).run()
    assert app.text_input("f.text").proto.max_chars == 0
    app.text_input("f.text").set_value("слово " * 500).run()
    assert "longer than 1,000 characters. Look for a shorter part of it." in app.error[0].value
    assert mode not in app.query_params


@pytest.mark.usefixtures("store")
def test_counts_follow_the_other_filters() -> None:
    """A choice says what it would leave under all other filters, its own left aside."""
    app = opened(likes_min="5")
    assert options(app, "f.source") == ["Пост о погоде · 2", "Второй пост · 2"]
    assert options(app, "f.likes_min") == ["≥ 1 · 6", "≥ 5 · 4", "≥ 10 · 2", "≥ 50 · 0", "≥ 100 · 0"]
    assert "More filters: 1" in [each.label for each in app.expander]
    app.button_group("f.sentiment").set_value(["negative"]).run()
    assert app.query_params["sentiment"] == "negative"


@pytest.mark.usefixtures("store")
def test_each_end_of_the_period_stands_by_itself() -> None:
    """One day is a filter of its own; a period that would be empty lets its other end go."""
    app = opened()
    app.date_input("f.until").set_value(date(2026, 3, 4)).run()
    assert (app.query_params["to"], "from" in app.query_params) == ("2026-03-04", False)
    app.date_input("f.since").set_value(date(2026, 3, 2)).run()
    assert (app.query_params["from"], app.query_params["to"]) == ("2026-03-02", "2026-03-04")
    app.date_input("f.since").set_value(date(2026, 3, 9)).run()
    assert (app.query_params["from"], "to" in app.query_params) == ("2026-03-09", False)
    assert any("was taken away" in each.value for each in app.caption)
    app.date_input("f.since").set_value(None).run()
    assert "from" not in app.query_params


@pytest.mark.usefixtures("store")
def test_what_a_link_holds_stays_visible() -> None:
    """An author or a post that has nothing here is among the choices with 0, and a threshold with its own."""
    app = opened(author="555", source="wall:-9_9", likes_min="7", lang="kk")
    assert "id555 · 0" in options(app, "f.author")
    assert "wall:-9_9 · 0" in options(app, "f.source")
    assert "Kazakh · 0" in options(app, "f.lang")
    assert "≥ 7 · 0" in options(app, "f.likes_min")


@pytest.mark.usefixtures("store")
def test_an_author_is_found_by_name_id_or_link() -> None:
    """One match is taken at once, of several somebody is chosen, and nobody is said to be nobody."""
    app = opened()
    app.multiselect("f.author").set_value(["вера"]).run()
    assert app.query_params["author"] == "9"
    app.multiselect("f.author").set_value(["vk.com/id8"]).run()
    assert app.query_params["author"] == "8"
    app.multiselect("f.author").set_value(["ким"]).run()
    assert options(app, "f.author.found") == ["Анна Ким · 4", "Борис Ким · 4"]
    app.button_group("f.author.found").set_value(7).run()
    assert app.query_params["author"] == "7"
    app.multiselect("f.author").set_value([7, "никто"]).run()
    assert "никто" in app.warning[0].value
    assert app.query_params["author"] == "7"


def test_sets_are_offered_once_there_are_any(store: Store) -> None:
    """Labels and topics have no empty lists; texts that nobody has read are told."""
    app = opened()
    assert not {"f.label", "f.topic"} & {each.key for each in app.multiselect}
    with store.writing("labels") as transaction:
        transaction.cursor.execute(
            "insert into labels values "
            "('wall:-1_2', 1, 'тема', 'дом', 'Анна', '', timestamp '2026-03-02', null)"
        )
    writes.write_pages(store, "run", [page(comment(90, "Новый"), source="wall:-1_2")], at(9))
    st.cache_data.clear()
    app = opened()
    assert options(app, "f.label") == ["тема: дом · 1"]
    assert any("1\u00a0comment" in each.value and "read" in each.value for each in app.caption)


def test_names_are_offered_with_their_comments(store: Store) -> None:
    """Once names were found, the most frequent are choices with counts that follow the other filters."""
    assert "f.entity" not in {each.key for each in opened().multiselect}
    with store.writing("test") as transaction:
        transaction.cursor.execute(
            "insert into entities values ('wall:-1_2', 0, 'loc', 'Москва'), "
            "('wall:-1_3', 0, 'loc', 'Москва'), ('wall:-1_3', 1, 'per', 'Иван')"
        )
    app = opened()
    assert options(app, "f.entity") == ["Москва · 2", "Иван · 1"]
    app.multiselect("f.source").set_value(["wall:-1_2"]).run()
    assert options(app, "f.entity") == ["Москва · 1"]
    app.multiselect("f.entity").set_value(["Москва"]).run()
    assert app.query_params["entity"] == "Москва"
    assert app.metric[0].value == "1"
    assert options(opened(entity="Нет такого"), "f.entity") == ["Москва · 2", "Иван · 1", "Нет такого · 0"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("id7", 7), ("club7", -7), ("-7", -7), ("https://vk.com/id7", 7), ("m.vk.ru/public9", -9)],
)
def test_an_id_is_read_from_what_people_paste(text: str, number: int) -> None:
    """A bare number, an id and a link mean the same; a community's are negative."""
    assert identified(f" {text} ") == number
    assert identified("Анна 7") is None


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("ui", "told"), [("en", "Topic: 99 (there is no such topic)"), ("ru", "Тема: 99 (такой темы нет)")]
)
def test_a_topic_that_is_none_is_told_by_its_chip(ui: str, told: str) -> None:
    """A link may come from a day with more topics: what it kept is no bare number."""
    app = opened(ui=ui, topic="99")
    assert app.button("chip.topic").label.replace("\\", "") == told
