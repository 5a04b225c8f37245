"""The coding page through the real app: draw, judge by button, take back, come back, see the card, learn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.storage import reads_coding, reads_labels, writes
from core.storage.reads_labels import Chosen
from core.storage.store import Store
from core.text.calibrating import standing
from dashboard import services
from tests.builders import at, page
from tests.core.coded import World, comments_of, moods_of
from tests.core.enriched import read_texts

pytestmark = pytest.mark.slow

APP = Path(__file__).parents[1] / "dashboard" / "app.py"
LIMIT_S = 60


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Give the app a database of its own with comments of known moods, read."""
    monkeypatch.setenv("VK_TOKEN", "token-for-tests")
    monkeypatch.setenv("VK_API_URL", "http://127.0.0.1:9/method/")
    services.current.clear()
    st.cache_data.clear()
    store: Store = services.current().workspace("own").store
    comments = comments_of(120)
    for key in sorted({str(each.source) for each in comments}):
        some = [each for each in comments if str(each.source) == key]
        writes.write_pages(store, "run", [page(*some, source=key)], at(1))
    writes.fold(store)
    read_texts(store)
    yield World(store, moods_of(comments))
    services.current.clear()
    st.cache_data.clear()


def opened(ui: str = "en") -> AppTest:
    """Open the page."""
    app = AppTest.from_file(str(APP), default_timeout=LIMIT_S)
    app.query_params["ui"] = ui
    app.run()
    app.switch_page("../pages/coding.py").run()
    assert not app.exception
    assert not app.error
    return app


def said(world: World) -> list[tuple[str, str, str]]:
    """Return the labels as (name, value, coder)."""
    found, _ = reads_labels.labels(world.store, Chosen(), 1000)
    return [(each.name, each.value, each.coder) for each in found]


def test_a_sample_is_drawn_and_judged(world: World) -> None:
    """Two clicks judge a comment and bring the next one; back and "take back" undo; another visit goes on."""
    app = opened()
    app.number_input("coding.size").set_value(40)
    app.button("coding.draw").click().run()
    (sample,) = reads_coding.samples(world.store)
    texts = reads_coding.items(world.store, sample.sample_id)["text"].tolist()
    assert app.text[0].value == texts[0]

    app.text_input("coding.coder").set_value("Анна").run()
    app.button("coding.sentiment.negative").click().run()
    assert app.text[0].value == texts[0]
    app.button("coding.toxicity.no").click().run()
    assert sorted(said(world)) == [("sentiment", "negative", "Анна"), ("toxicity", "no", "Анна")]
    assert app.text[0].value == texts[1]

    again = opened("ru")
    again.text_input("coding.coder").set_value("Анна").run()
    assert again.text[0].value == texts[1]
    again.button("coding.back").click().run()
    assert again.text[0].value == texts[0]
    again.toggle("coding.context").set_value(True).run()
    assert not again.exception
    again.button("coding.undo").click().run()
    assert said(world) == []
    assert again.text[0].value == texts[0]


def test_the_card_is_shown_on_demand_and_teaches(world: World) -> None:
    """With too few codings the card says so; with enough it has figures, and a button recalibrates."""
    sample = world.sample(60)
    world.code(sample, most=10)
    app = opened()
    app.toggle("coding.card").set_value(True).run()
    assert any("Too few to say" in each.value for each in app.info)
    app.button("coding.method.retrain").click().run()
    assert any("too few labels" in each.value for each in app.error)

    world.code(sample)
    app = opened()
    app.text_input("coding.coder").set_value("Анна").run()
    assert any("judged" in each.value for each in app.success)
    app.toggle("coding.card").set_value(True).run()
    assert len(app.dataframe) == 3
    app.button("coding.method.recalibrate").click().run()
    assert standing(world.store).labels == {"sentiment": sample.items}
    app.button("coding.method.none").click().run()
    assert standing(world.store).labels == {}
    app.segmented_control("coding.card.name").set_value("toxicity").run()
    assert not app.exception


def test_what_cannot_be_drawn_says_why(world: World) -> None:
    """What teaches most is refused in words until enough is coded."""
    world.code(world.sample(40))
    app = opened("ru")
    app.segmented_control("coding.kind").set_value("instructive").run()
    app.button("coding.draw").click().run()
    assert any("Сначала разметьте" in each.value for each in app.error)
