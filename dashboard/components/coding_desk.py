"""The desk: one comment at a time, judged by button or key, without the model's answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from core.errors import NotFound
from core.storage import reads_coding, reads_labels, writes_coding
from core.storage.reads_coding import Sample
from core.storage.reads_labels import Chosen, Label
from core.wording import Lang, say
from dashboard import data, failures, state
from dashboard.components.coding import coder, option, store_of
from dashboard.components.labels import literal, readable

KEYS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "sentiment": (("negative", "1"), ("neutral", "2"), ("positive", "3"), ("unsure", "4")),
    "toxicity": (("no", "5"), ("yes", "6")),
}
"""What may be said under each name, and by which key."""
PLACE: Final = "coding.place"
CONTEXT: Final = 600

Row = Mapping[str, Any]


def draw(view: state.View, sample: Sample) -> None:
    """Draw the desk; a judgement runs this part of the page alone."""
    st.fragment(_desk)(view, sample)


def _desk(view: state.View, sample: Sample) -> None:
    lang = view.ui
    with failures.shown(lang):
        store = store_of(view)
        items = reads_coding.items(store, sample.sample_id)
        own = reads_labels.own(store, sample.sample_id, coder())
        said = told_by_place(own)
        done = sum(is_done(each) for each in said.values())
        place = standing_at(items, said, state.picked(PLACE))
        st.progress(done / max(len(items), 1), say("coding.progress", lang, done=done, of=len(items)))
        if place is None:
            st.success(say("coding.done", lang), icon=":material/done_all:")
            _steps(items, None, lang)
            return
        row = {str(key): value for key, value in items[items["place"] == place].iloc[0].items()}
        _comment(view, row, lang)
        _buttons(view, row, said.get(place, {}), lang)
        _steps(items, place, lang)


def told_by_place(own: pd.DataFrame) -> dict[int, dict[str, str]]:
    """Return what a coder said of each place, by name."""
    found: dict[int, dict[str, str]] = {}
    for row in own.to_dict("records"):
        found.setdefault(int(row["place"]), {})[str(row["name"])] = str(row["value"])
    return found


def is_done(said: Mapping[str, str]) -> bool:
    """Tell whether everything asked of a comment was said."""
    return all(name in said for name in KEYS)


def standing_at(items: pd.DataFrame, said: Mapping[int, Mapping[str, str]], chosen: object) -> int | None:
    """Return the place that was gone to, else the first that is not done, None when all are."""
    places = [int(each) for each in items["place"]]
    if isinstance(chosen, int) and chosen in places:
        return chosen
    return next((each for each in places if not is_done(said.get(each, {}))), None)


def _comment(view: state.View, row: Row, lang: Lang) -> None:
    with st.container(border=True, key="coding-text"):
        st.text(readable(str(row["text"])))
    if st.toggle(say("coding.context", lang), key="coding.context"):
        _context(view, row, lang)


def _context(view: state.View, row: Row, lang: Lang) -> None:
    """Show the post and what the comment answers; nothing here is the model's."""
    key = str(row["comment_key"])
    source = key.rpartition(":")[0]
    st.caption(
        say("coding.post", lang, title=literal(data.titles(data.dataset(view.query)).get(source, source)))
    )
    try:
        rows = data.thread(view.query, key).to_pylist()
    except NotFound:
        return
    own = next((each for each in rows if each["comment_key"] == key), None)
    above = own and (own["parent_id"] or own["root_id"])
    answered = next((each for each in rows if above and each["comment_id"] == above), None)
    if answered is not None and answered["text"]:
        st.caption(say("coding.answers", lang))
        st.text(readable(str(answered["text"]))[:CONTEXT])


def _buttons(view: state.View, row: Row, said: Mapping[str, str], lang: Lang) -> None:
    note = f"coding.note.{row['comment_key']}"
    for name, values in KEYS.items():
        st.markdown(f"**{say(f'coding.{name}', lang)}**")
        with st.container(horizontal=True, gap="small"):
            for value, key in values:
                st.button(
                    option(value, name, lang),
                    key=f"coding.{name}.{value}",
                    type="primary" if said.get(name) == value else "secondary",
                    shortcut=key,
                    on_click=_judge,
                    args=(view, row, said, (name, value), note),
                )
    with st.expander(say("coding.note", lang), icon=":material/edit_note:"):
        st.text_input(say("coding.note", lang), key=note, max_chars=1000, label_visibility="collapsed")
    if said:
        st.button(
            say("coding.undo", lang),
            key="coding.undo",
            icon=":material/undo:",
            type="tertiary",
            on_click=_undo,
            args=(view, row),
        )


def _steps(items: pd.DataFrame, place: int | None, lang: Lang) -> None:
    places = [int(each) for each in items["place"]]
    before = [each for each in places if place is None or each < place]
    with st.container(horizontal=True):
        st.button(
            say("coding.back", lang),
            key="coding.back",
            icon=":material/arrow_back:",
            disabled=not before,
            shortcut="Left",
            on_click=state.keep,
            args=(PLACE, before[-1] if before else None),
        )
        st.button(
            say("coding.next", lang),
            key="coding.next",
            icon=":material/arrow_forward:",
            shortcut="Right",
            on_click=state.keep,
            args=(PLACE, None),
        )


def _judge(view: state.View, row: Row, said: Mapping[str, str], given: tuple[str, str], note: str) -> None:
    """Keep a judgement; once everything is said of a comment, the next one comes."""
    (name, value), (source, _, number) = given, str(row["comment_key"]).rpartition(":")
    told = str(state.picked(note) or "")
    writes_coding.write_labels(store_of(view), [Label(source, int(number), name, value, coder(), told)])
    state.keep(PLACE, None if is_done({**said, name: value}) else int(row["place"]))


def _undo(view: state.View, row: Row) -> None:
    """Take back what this coder said of a comment, and stay there."""
    chosen = Chosen((str(row["comment_key"]),), tuple(KEYS), (coder(),))
    writes_coding.delete_labels(store_of(view), chosen)
    state.keep(PLACE, int(row["place"]))
