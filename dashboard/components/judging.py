"""Who labels and with what: the coder's name, the label in hand, and what giving it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from core.importing.labels import UNSURE, Reason, reason_against
from core.storage import label_steps, reads_labelled, reads_labels, writes_labelling
from core.storage.label_steps import Step
from core.storage.reads_labels import Chosen
from core.storage.writes_labelling import Judgement
from core.text.calibrating import CODES
from core.wording import Lang, count, say
from core.wording.filters import label_text
from dashboard import data, state
from dashboard.components.coding import CODER_KEPT, store_of

CODER: Final = "labels.coder"
NAME: Final = "labels.name"
VALUE: Final = "labels.value"
NOTE: Final = "labels.note"
TOLD: Final = "labels.told"
MOST: Final = 500
"""So many values in use are suggested."""
CHECKED: Final = ("checked", "yes")
"""The label that says that somebody has looked."""


def coder() -> str:
    """Return who labels, the empty text for somebody without a name."""
    return str(state.picked(CODER_KEPT) or "").strip()[:100]


def judgement() -> Judgement | None:
    """Return the label in hand, None while it is none."""
    name, value, note = (str(state.picked(key) or "").strip() for key in (NAME, VALUE, NOTE))
    return None if reason_against(name, value, coder(), note) else Judgement(name, value, coder(), note)


def fields(view: state.View) -> None:
    """Ask for the coder's name, once for a visit, and for the label."""
    lang, used = view.ui, data.read(view.query, reads_labelled.in_use, MOST)
    state.seed(CODER, coder())
    st.text_input(
        say("labels.coder", lang),
        key=CODER,
        max_chars=100,
        help=say("labels.coder.help", lang),
        on_change=lambda: state.keep(CODER_KEPT, state.picked(CODER)),
    )
    names = dict.fromkeys([*(used_name for used_name, _ in used), *CODES, CHECKED[0]])
    st.selectbox(
        say("labels.name", lang),
        list(names),
        index=None,
        key=NAME,
        accept_new_options=True,
        placeholder=say("labels.name.placeholder", lang),
        help=say("labels.name.help", lang, taught=", ".join(CODES)),
    )
    name = str(state.picked(NAME) or "").strip()
    values = dict.fromkeys([*(each for of, each in used if of == name), *CODES.get(name, ())])
    st.selectbox(
        say("labels.value", lang),
        list(values),
        index=None,
        key=VALUE,
        accept_new_options=True,
        placeholder=say("labels.value.placeholder", lang),
    )
    st.text_input(say("labels.note", lang), key=NOTE, max_chars=1000)
    value = str(state.picked(VALUE) or "").strip()
    reason = reason_against(name, value, coder(), "")
    if name and value and reason:
        st.caption(f":orange[{why_not(reason, lang)}]")


def why_not(reason: Reason, lang: Lang) -> str:
    """Say what keeps words from being a label."""
    answers = "; ".join(f"{name}: {', '.join((*values, UNSURE))}" for name, values in CODES.items())
    return say(f"labels.refused.{reason}", lang, answers=answers)


def text_of(given: Judgement) -> str:
    """Return the label in hand as it is written everywhere."""
    return label_text(given.name, given.value)


def give(view: state.View, keys: Sequence[str], given: Judgement | None) -> None:
    """Label comments by key and say how many got it."""
    if given is None:
        return
    written = writes_labelling.label_chosen(store_of(view), keys, given)
    _say(view.ui, written, given)


def give_all(view: state.View, given: Judgement) -> None:
    """Label all comments of the view's query, in one statement, and say how many got it."""
    written = writes_labelling.label_matching(store_of(view), view.query, given)
    _say(view.ui, written, given)


def check(view: state.View, key: str) -> None:
    """Mark a comment as looked at by this coder, or take the mark back."""
    store, chosen = store_of(view), Chosen((key,), (CHECKED[0],), (coder(),))
    found, _ = reads_labels.labels(store, chosen, 1)
    if found:
        writes_labelling.take_off(store, chosen, coder())
    else:
        give(view, [key], Judgement(*CHECKED, coder()))


def remove(view: state.View, key: str, name: str, by: str) -> None:
    """Take one label off a comment, whoever gave it."""
    writes_labelling.take_off(store_of(view), Chosen((key,), (name,), (by,)), coder())


def undo(view: state.View, step: Step) -> None:
    """Take the last step back and say how many labels it was."""
    changed = label_steps.take_back(store_of(view), step.number)
    state.keep(TOLD, say(f"labels.undone.{step.kind}", view.ui, n=count(changed, "labels", view.ui)))


def _say(lang: Lang, written: int, given: Judgement) -> None:
    key = "labels.given" if written else "labels.given.none"
    state.keep(TOLD, say(key, lang, n=count(written, "comments", lang), label=text_of(given)))
