"""Which sample of comments to judge, and who judges: one that is here, or a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from core.errors import QueryError
from core.storage import reads_coding
from core.storage.reads_coding import Sample, SampleKind
from core.storage.store import Store
from core.text import coding
from core.text.calibrating import standing
from core.wording import Lang, dates, say
from dashboard import data, failures, services, state

CODER: Final = "coding.coder"
CODER_KEPT: Final = "coder"
"""Who judges is asked once for a visit, here or beside the reader."""
CHOSEN: Final = "coding.sample"
FAULT: Final = "coding.fault"
KINDS: Final[tuple[SampleKind, ...]] = ("stratified", "instructive")


def store_of(view: state.View) -> Store:
    """Return where the view's comments are."""
    return services.current().workspace(data.dataset(view.query)).store


def coder() -> str:
    """Return who judges, the empty text for somebody without a name."""
    return str(state.picked(CODER) or "").strip()[:100]


def choice(view: state.View) -> Sample | None:
    """Ask who judges and which sample, offer to draw one, and return the sample; None while there is none."""
    lang, samples = view.ui, reads_coding.samples(store_of(view))
    chosen: Sample | None = None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        state.seed(CODER, state.picked(CODER_KEPT) or "")
        st.text_input(
            say("coding.coder", lang),
            key=CODER,
            max_chars=100,
            help=say("coding.coder.help", lang),
            on_change=lambda: state.keep(CODER_KEPT, state.picked(CODER)),
        )
        if samples:
            chosen = _which(samples, view)
        with st.popover(say("coding.draw", lang), icon=":material/casino:"):
            _drawing(view, samples)
    fault = state.picked(FAULT)
    if isinstance(fault, QueryError):
        told = failures.explain(fault, lang)
        st.error(f"**{told.what}** {told.remedy}", icon=":material/error:")
    if not samples:
        st.info(say("coding.none", lang), icon=":material/casino:")
    elif chosen is not None and chosen.kind == "instructive":
        st.caption(f":material/school: {say('coding.kind.instructive.about', lang)}")
    return chosen


def title(sample: Sample, view: state.View) -> str:
    """Return what to call a sample: when it was drawn, how, and of how many texts."""
    when = dates.moment(sample.made_at, view.ui, view.query.tz)
    kind = say(f"coding.kind.{sample.kind}", view.ui)
    return say("coding.sample.name", view.ui, when=when, kind=kind, n=sample.items)


def _which(samples: Sequence[Sample], view: state.View) -> Sample:
    by_id = {each.sample_id: each for each in samples}
    state.stay(CHOSEN, by_id, samples[0].sample_id)
    picked = st.selectbox(
        say("coding.sample", view.ui),
        list(by_id),
        key=CHOSEN,
        format_func=lambda each: title(by_id[each], view) if each in by_id else "",
    )
    return by_id.get(picked, samples[0])


def _drawing(view: state.View, samples: Sequence[Sample]) -> None:
    """Ask how many texts to draw from what the filters let through, and how."""
    lang = view.ui
    st.caption(say("coding.draw.about", lang))
    size = st.number_input(
        say("coding.size", lang), coding.SMALLEST, coding.LARGEST, coding.USUAL, 10, key="coding.size"
    )
    kind: SampleKind = "stratified"
    if samples:
        state.stay("coding.kind", KINDS, "stratified")
        picked = st.segmented_control(
            say("coding.kind", lang),
            KINDS,
            key="coding.kind",
            required=True,
            format_func=lambda each: say(f"coding.kind.{each}", lang),
            help=say("coding.kind.instructive.about", lang),
        )
        kind = "instructive" if picked == "instructive" else "stratified"
    st.button(
        say("coding.draw.now", lang),
        key="coding.draw",
        type="primary",
        icon=":material/casino:",
        on_click=_draw,
        args=(view, kind, int(size), len(samples) + 1),
    )


def _draw(view: state.View, kind: SampleKind, size: int, seed: int) -> None:
    """Draw a sample and choose it; what stands against it is told by the next run."""
    store = store_of(view)
    state.keep(FAULT, None)
    try:
        sample = coding.draw(store, view.query, kind, size=size, seed=seed, engine=standing(store).engine)
    except QueryError as error:
        state.keep(FAULT, error)
        return
    state.keep(CHOSEN, sample.sample_id)


def option(value: Any, name: str, lang: Lang) -> str:
    """Return what a value of a label is called."""
    return say(f"coding.{name}.{value}", lang)
