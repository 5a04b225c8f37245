"""A view and its address say the same."""

from datetime import date
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from core.models import CommentState
from core.query import Query
from dashboard.view import View, read_view

FULL = View(
    query=Query(
        dataset="demo",
        source=("wall:-1_2", "topic:-1_3"),
        since=date(2026, 3, 1),
        until=date(2026, 3, 31),
        hour=(9, 20),
        weekday=(1,),
        author=(7, -1),
        level="reply",
        text='цена "нет тепла" -реклама',
        likes_min=3,
        has_attachments=False,
        state=(CommentState.DELETED,),
        tz="Asia/Omsk",
        sort="-likes",
    ),
    ui="ru",
    page=12,
    size=100,
    read="table",
    comment="wall:-1_2:3",
    tab="keyness",
    since="30",
    change="deleted",
    asked=(("mood.over", "week"), ("words.by", "authors")),
    second=(("source", "wall:-1_9"), ("from", "2026-02-01")),
)


def test_an_address_carries_the_whole_view() -> None:
    """Whoever opens a copied link sees the same: filters, order, page, open conversation, language."""
    assert read_view(FULL.params(), "en-US") == FULL


def test_the_language_is_always_in_the_address() -> None:
    """A link reads the same in a browser of another language."""
    assert View(ui="ru").params() == {"ui": ["ru"]}
    assert read_view({"ui": ["ru"]}, "en-US").ui == "ru"
    assert read_view({}, "ru-RU").ui == "ru"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("page", "0"),
        ("page", "x"),
        ("ui", "fr"),
        ("sel.rows", "7"),
        ("from", "soon"),
        ("nonsense", "1"),
        ("sel.tab", "a b"),
        ("sel.since", "soon"),
        ("sel.since", "0"),
        ("sel.change", "moved"),
        ("sel.p.mood.over", "century"),
        ("sel.p.nothing.over", "day"),
        ("sel.p.over", "day"),
        ("sel.b.from", "soon"),
        ("sel.read", "aloud"),
    ],
)
def test_a_bad_value_is_reported_and_not_used(key: str, value: str) -> None:
    """A shared view is never widened in silence."""
    view = read_view({key: [value]}, "en")
    assert [(fault.key, fault.value) for fault in view.problems] == [(key, value)]
    assert view == View(ui="en", problems=view.problems)


def _page() -> None:
    """Show what a page is about; with `cut` the run ends before it has written its address."""
    import streamlit as st

    from dashboard import state

    st.text(str(state.begin().query.level))
    if st.session_state.get("cut"):
        st.stop()
    state.write()


@pytest.mark.parametrize(
    ("key", "values", "field", "kept"),
    [
        ("page", ["3", "x", "4"], "page", 3),
        ("sel.read", ["list", "table"], "read", "table"),
        ("sel.p.words.by", ["comments", "authors"], "asked", (("words.by", "comments"),)),
    ],
)
def test_of_several_values_the_first_good_one_holds(
    key: str, values: list[str], field: str, kept: object
) -> None:
    """A bad value takes no good one along, a second good one is told: no link says two things in silence."""
    view = read_view({key: values, "likes_min": ["3"], "ui": ["en"]}, None)
    assert (getattr(view, field), view.query.likes_min) == (kept, 3)
    assert view.problems
    assert {fault.key for fault in view.problems} == {key}


def test_a_choice_that_no_page_has_is_told() -> None:
    """A mistyped key of the page is a fault of the link like any other; keys of charts are none."""
    view = read_view({"sel.page": ["9"], "sel.rows": ["50"], "sel.p.words.by": ["authors"]}, "en")
    assert [(each.key, each.value) for each in view.problems] == [("sel.page", "9")]


def test_forward_wins_over_a_back_that_it_cut_short() -> None:
    """Back and at once Forward: the run of Back ends unfinished, and what Forward asks for is shown."""
    app = AppTest.from_function(_page)
    app.query_params["ui"] = "en"
    app.run()
    app.query_params["level"] = "reply"
    assert app.run().text[0].value == "reply"
    app.session_state["cut"] = True
    del app.query_params["level"]
    assert app.run().text[0].value == "None"
    app.session_state["cut"] = False
    app.query_params["level"] = "reply"
    assert app.run().text[0].value == "reply"
    assert app.query_params["level"] == "reply"


def _hears() -> None:
    import streamlit as st

    from dashboard import state

    st.text(" ".join(str(each["kind"]) for each in state.events("board")))


def test_events_that_are_sent_again_count_once() -> None:
    """A board repeats its latest events: each is heard once, in order, and what is no event never."""
    app = AppTest.from_function(_hears)
    first, second = {"kind": "first", "at": 10.5}, {"kind": "second", "at": 11}
    for sent, heard in (
        ({"events": [first]}, "first"),
        ({"events": [first, second, {"kind": "third", "at": 12}]}, "second third"),
        ({"events": [first, second]}, ""),
        ({"events": [{"kind": "undated"}, {"kind": "odd", "at": "13"}, 7]}, ""),
        ({"events": 7}, ""),
        (None, ""),
    ):
        app.session_state["board"] = SimpleNamespace(event=sent)
        assert [each.value for each in app.run().text] == [heard]


def _presses() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    from dashboard import session

    def pressed() -> None:
        run = get_script_run_ctx()
        assert run is not None
        assert run.script_requests is not None
        run.script_requests.request_rerun(RerunData())
        for key in ("first", "second"):
            session.put(key, key)

    session.put("runs", session.get("runs", 0) + 1)
    st.button("press", on_click=pressed)
    st.text(f"{session.get('first')} {session.get('second')} {session.get('runs')}")


def test_a_callback_goes_on_when_a_newer_request_comes() -> None:
    """A choice is not lost to the next one: it is taken whole, and then the next is followed."""
    app = AppTest.from_function(_presses).run()
    assert [each.value for each in app.text] == ["None None 1"]
    app.button[0].click().run()
    assert [each.value for each in app.text] == ["first second 2"]


def _lists() -> None:
    import streamlit as st

    from dashboard import state

    view = state.begin()
    state.hold("levels", view.query.level)
    chosen = state.heard("levels", lambda: state.change(level=state.picked("levels")))
    st.selectbox("Levels", [None, "root", "reply"], key="levels", on_change=chosen)
    st.button("Roots", on_click=lambda: state.change(level="root"))
    st.text(str(state.current().query.level))
    state.write()


def test_what_a_widget_showed_before_is_no_choice() -> None:
    """A browser that has not heard of a choice sends its lists as they were: that takes nothing back."""
    app = AppTest.from_function(_lists).run()
    app.button[0].click().run()
    assert (app.text[0].value, app.query_params["level"]) == ("root", "root")
    del app.query_params["level"]
    app.selectbox[0].set_value(None).run()
    assert (app.text[0].value, app.query_params["level"]) == ("root", "root")
    app.selectbox[0].set_value(None).run()
    assert app.text[0].value == "None"
