"""Labelling beside the reader, through the real app: a page, all that match, undo, filters, agreement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.storage import reads_labels, writes, writes_coding
from core.storage.reads_labels import Chosen
from core.storage.store import Store
from tests.builders import at, comment, page
from tests.core.coded import label
from tests.own_data import own_data

pytestmark = [pytest.mark.slow, pytest.mark.soak]

APP = Path(__file__).parents[1] / "dashboard" / "app.py"
LIMIT_S = 60
HITS = 60


@pytest.fixture
def store() -> Iterator[Store]:
    """Give the app a database of its own with sixty comments about the weather and one about a cat."""
    with own_data() as opened:
        rows = [comment(number, f"Погода {number}") for number in range(1, HITS + 1)]
        writes.write_pages(opened, "run", [page(*rows, comment(99, "Кот"))], at(1))
        writes.fold(opened)
        yield opened


def opened(**params: str | list[str]) -> AppTest:
    """Open the reader with its labels."""
    app = AppTest.from_file(str(APP), default_timeout=LIMIT_S)
    for key, value in {"ui": "en", **params}.items():
        app.query_params[key] = value
    app.run()
    app.switch_page("../pages/comments.py").run()
    app.toggle("labels.on").set_value(True).run()
    app.toggle("labels.show").set_value(True).run()
    assert not app.exception
    assert not app.error
    return app


def in_hand(app: AppTest, name: str, value: str, coder: str) -> None:
    """Choose a label of a coder."""
    app.text_input("labels.coder").set_value(coder).run()
    app.selectbox("labels.name").set_value(name).run()
    app.selectbox("labels.value").set_value(value).run()
    assert not app.exception


def told(store: Store) -> list[tuple[str, str, str]]:
    """Return the labels as (name, value, coder)."""
    found, _ = reads_labels.labels(store, Chosen(), 1000)
    return [(each.name, each.value, each.coder) for each in found]


def test_a_page_then_all_then_back(store: Store) -> None:
    """The page's fifty, then all sixty that match, say how many; undo takes the last ones back."""
    app = opened(text="погода")
    assert app.button("labels.page").disabled
    in_hand(app, "sentiment", "neutral", "Анна")
    app.button("labels.page").click().run()
    assert told(store) == [("sentiment", "neutral", "Анна")] * 50
    app.button("labels.all").click().run()
    assert len(told(store)) == HITS
    assert any("10\u00a0comments labelled" in each.value for each in app.caption)
    app.button("labels.undo").click().run()
    assert len(told(store)) == 50
    app.button("labels.undo").click().run()
    assert told(store) == []
    assert "labels.undo" not in {each.key for each in app.button}


def test_a_label_is_removed_and_filters(store: Store) -> None:
    """What the looked-at comment has can be taken off; a value is a filter of the whole page."""
    given = [label(f"wall:-1_2:{number}", "тема", "быт", "Анна") for number in (1, 2)]
    writes_coding.write_labels(store, given)
    app = opened()
    app.button_group("labels.filter.тема").set_value(["тема:быт"]).run()
    assert app.query_params["label"] == "тема:быт"
    assert "chip.label" in {each.key for each in app.button}
    app.button("labels.remove.0").click().run()
    assert told(store) == [("тема", "быт", "Анна")]
    assert any("of 1" in each.value for each in app.caption)


def test_a_removal_and_a_file_are_taken_back(store: Store) -> None:
    """A label that was taken off returns, and all labels of a file go, each by one click on undo."""
    writes_coding.write_labels(store, [label("wall:-1_2:1", "тема", "быт", "Анна")])
    app = opened()
    app.text_input("labels.coder").set_value("Борис").run()
    app.button("labels.remove.0").click().run()
    assert told(store) == []
    assert "Put тема" in app.button("labels.undo").label
    app.button("labels.undo").click().run()
    assert told(store) == [("тема", "быт", "Анна")]
    assert any("Back again\\: 1" in each.value for each in app.caption)

    file = (
        "comment_key,name,value,coder\nwall:-1_2:1,тема,дом,Анна\nwall:-1_2:2,тон,зло,Вера\nwall:-9_9:9,а,б,"
    )
    app.file_uploader("labels.upload").upload("labels.csv", file.encode(), "text/csv").run()
    assert told(store) == [("тема", "дом", "Анна"), ("тон", "зло", "Вера")]
    assert any("no such comment" in each.value for each in app.caption)
    app.button("labels.undo").click().run()
    assert told(store) == [("тема", "быт", "Анна")]
    assert not any("no such comment" in each.value for each in app.caption)
    assert "labels.undo" not in {each.key for each in app.button}


def test_agreement_is_told_with_its_number(store: Store) -> None:
    """One coder says nothing, few comments too little, thirty give alpha with n."""
    keys = [f"wall:-1_2:{number}" for number in range(1, 41)]
    values = ["быт" if number % 2 else "зло" for number in range(40)]
    writes_coding.write_labels(
        store, [label(k, "тема", v, "Анна") for k, v in zip(keys, values, strict=True)]
    )
    assert any("by two coders" in each.value for each in opened().caption)
    few = [label(k, "тема", v, "Борис") for k, v in zip(keys[:5], values, strict=False)]
    writes_coding.write_labels(store, few)
    assert any("too few" in each.value for each in opened().caption)
    every = [label(k, "тема", v, "Борис") for k, v in zip(keys, values, strict=True)]
    writes_coding.write_labels(store, every)
    assert any("alpha 1.00" in each.value and "40\u00a0comments" in each.value for each in opened().caption)


def test_the_coder_is_asked_once(store: Store) -> None:
    """The name given on one page is known on the other."""
    del store
    app = opened()
    app.text_input("labels.coder").set_value("Анна").run()
    app.switch_page("../pages/coding.py").run()
    assert app.text_input("coding.coder").value == "Анна"


def test_the_table_has_a_column_per_label(store: Store) -> None:
    """Labels are columns of the table too."""
    writes_coding.write_labels(store, [label("wall:-1_2:1", "тема", "быт", "Анна")])
    app = AppTest.from_file(str(APP), default_timeout=LIMIT_S)
    app.query_params["sel.read"] = "table"
    app.run()
    app.switch_page("../pages/comments.py").run()
    column = app.dataframe[0].value["label.тема"]
    assert column.iloc[0] == "быт"
    assert column.iloc[1:].isna().all()
