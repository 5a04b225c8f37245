"""The card of the model on the reader's own data, and the buttons that let it learn."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from core.analysis.mood.card import Card, Gain, card
from core.analysis.mood.judged import Judged
from core.analysis.mood.learning import calibrate
from core.analysis.stats.intervals import Estimate
from core.errors import QueryError
from core.storage.reads_coding import Sample
from core.text.calibrating import Method
from core.wording import Lang, number, percent, say
from dashboard import failures, state
from dashboard.components.coding import option, store_of

FAULT: Final = "coding.learn.fault"
NAMES: Final[tuple[Judged, ...]] = ("sentiment", "toxicity")
UNKNOWN: Final = "—"
WORSE: Final = 0.02
"""A smaller fall of macro-F1 is not worth a word."""


def draw(view: state.View, sample: Sample) -> None:
    """Draw the card on demand: it is for after the judging, which must not see it."""
    with st.expander(say("coding.card", view.ui), icon=":material/fact_check:"):
        st.caption(say("coding.card.about", view.ui))
        if st.toggle(say("coding.card.show", view.ui), key="coding.card"):
            _card(view, sample)


def ends(estimate: Estimate | None, lang: Lang, digits: int = 2) -> str:
    """Return a value with its interval, a dash where too few are there to say."""
    if estimate is None:
        return UNKNOWN
    value, low, high = (number(each, lang, digits) for each in (estimate.value, estimate.low, estimate.high))
    return f"{value} [{low}; {high}]"


def verdict(found: Card, lang: Lang) -> str:
    """Say whether recalibrating on these labels helps."""
    if found.gain is None:
        return say("coding.verdict.too_few", lang, n=found.coded, least=found.least)
    told = say(f"coding.verdict.{found.verdict}", lang, by=ends(found.gain.difference, lang, 3))
    is_worse = found.gain.after.macro_f1 < found.gain.before.macro_f1 - WORSE
    return f"{told} {say('coding.verdict.worse', lang)}" if is_worse else told


def quality(gain: Gain, lang: Lang) -> pd.DataFrame:
    """Return a row per figure with its value before and after."""
    rows = [
        (say("coding.accuracy", lang, share=percent(coverage, lang)), gain.before.accuracy[coverage], after)
        for coverage, after in gain.after.accuracy.items()
    ]
    rows.append((say("coding.f1", lang), gain.before.macro_f1, gain.after.macro_f1))
    rows.append((say("coding.ece", lang), gain.before.ece, gain.after.ece))
    return pd.DataFrame(
        [(name, number(before, lang, 3), number(after, lang, 3)) for name, before, after in rows],
        columns=[say(f"coding.{each}", lang) for each in ("figure", "before", "after")],
    )


def _card(view: state.View, sample: Sample) -> None:
    lang = view.ui
    state.stay("coding.card.name", NAMES, NAMES[0])
    chosen = st.segmented_control(
        say("coding.card.name", lang),
        NAMES,
        key="coding.card.name",
        required=True,
        format_func=lambda each: say(f"coding.{each}", lang),
    )
    name = chosen or NAMES[0]
    found = card(store_of(view), name, sample.sample_id)
    if found.coded < found.least or sample.kind != "stratified":
        st.info(
            say("coding.card.few", lang, n=found.coded, least=found.least), icon=":material/hourglass_empty:"
        )
    else:
        _figures(found, lang)
    _buttons(view, sample, name, found, lang)


def _figures(found: Card, lang: Lang) -> None:
    st.write(say("coding.card.coded", lang, n=found.coded, f1=ends(found.macro_f1, lang)))
    alpha = say("coding.alpha.one", lang) if found.coders < 2 else ends(found.alpha, lang)
    st.write(say("coding.alpha", lang, value=alpha))
    places = [_class(found.name, each) for each in found.classes]
    rows = [
        (option(value, found.name, lang), ends(score.precision, lang), ends(score.recall, lang))
        for value, score in zip(places, found.scores, strict=True)
    ]
    st.dataframe(
        pd.DataFrame(
            rows, columns=[say(f"coding.{each}", lang) for each in ("class", "precision", "recall")]
        ),
        hide_index=True,
        key="coding.card.classes",
    )
    names = [option(value, found.name, lang) for value in places]
    said = [
        say("coding.says.unsure", lang) if value == "unsure" else option(value, found.name, lang)
        for value in places
    ]
    table = pd.DataFrame(found.confusion.round(), index=names, columns=said)
    st.caption(say("coding.confusion", lang))
    st.dataframe(table, key="coding.card.confusion")
    if found.gain is not None:
        st.caption(say("coding.quality", lang))
        st.dataframe(quality(found.gain, lang), hide_index=True, key="coding.card.quality")


def _class(name: Judged, label: str) -> str:
    """Return what a coder calls a class of the model."""
    return {"not_toxic": "no", "toxic": "yes"}[label] if name == "toxicity" else label


def _buttons(view: state.View, sample: Sample, name: Judged, found: Card, lang: Lang) -> None:
    st.write(verdict(found, lang))
    if found.labels:
        st.caption(say("coding.standing", lang, n=found.labels))
    fault = state.picked(FAULT)
    if isinstance(fault, QueryError):
        told = failures.explain(fault, lang)
        st.error(f"**{told.what}** {told.remedy}", icon=":material/error:")
    chosen = sample.sample_id if sample.kind == "stratified" else None
    with st.container(horizontal=True):
        for method in _methods(found):
            st.button(
                say(f"coding.method.{method}", lang),
                key=f"coding.method.{method}",
                type="primary" if method == "recalibrate" else "secondary",
                on_click=_learn,
                args=(view, name, method, chosen),
            )


def _methods(found: Card) -> tuple[Method, ...]:
    return ("recalibrate", "retrain", "none") if found.labels else ("recalibrate", "retrain")


def _learn(view: state.View, name: Judged, method: Method, sample_id: str | None) -> None:
    """Let the model learn; what stands against it is told by the next run."""
    state.keep(FAULT, None)
    try:
        calibrate(store_of(view), name, method, sample_id)
    except QueryError as error:
        state.keep(FAULT, error)
