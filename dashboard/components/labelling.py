"""The panel of labels beside the reader: what to give to how many, and what was given by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from core.analysis import agreement
from core.analysis.agreement import Agreement
from core.export.labels import label_file
from core.importing.labels import COLUMNS, NEEDED, LabelFile, read_labels
from core.query import Query
from core.storage import reads_labelled, reads_reader, writes_labelling
from core.storage.label_steps import Step, StepKind, last_step
from core.storage.reads_labelled import LabelValue
from core.tasks.kinds import export_name
from core.wording import Lang, count, number, say
from core.wording.filters import label_text, shortened
from dashboard import data, state
from dashboard.components import judging
from dashboard.components.coding import store_of
from dashboard.components.coding_card import ends
from dashboard.components.labels import literal

UPLOAD: Final = "labels.upload"
REFUSED: Final = "labels.refused"
MOST_LINES: Final = 20
"""So many refused lines of a file are named; the rest are counted."""
MOST_VALUES: Final = 30
"""So many values of a label are offered; the rest are in the file."""


def panel(view: state.View, current: str, hits: Sequence[str], total: int) -> None:
    """Draw the panel for the hit that is looked at, the hits of the page, and all that match."""
    lang = view.ui
    with st.container(border=True, key="labelling"):
        judging.fields(view)
        given = judging.judgement()
        with st.container(horizontal=True, gap="small"):
            st.button(
                say("labels.give.page", lang, n=number(len(hits), lang)),
                key="labels.page",
                disabled=given is None,
                on_click=judging.give,
                args=(view, hits, given),
            )
            with st.popover(say("labels.give.all", lang, n=number(total, lang)), disabled=given is None):
                _confirm(view, total)
        _told(view)
        _own(view, current)
    if st.toggle(say("labels.title", lang), key="labels.show"):
        with st.container(border=True):
            _used(view)
            _files(view)


def _confirm(view: state.View, total: int) -> None:
    """Say how many comments would be labelled, and ask."""
    lang, given = view.ui, judging.judgement()
    if given is None:
        return
    what = say(
        "labels.all.sure",
        lang,
        n=count(total, "comments", lang),
        label=literal(judging.text_of(given)),
        coder=literal(given.coder) or say("reader.coder.nobody", lang),
    )
    st.markdown(what)
    st.button(
        say("labels.all.now", lang, n=count(total, "comments", lang)),
        key="labels.all",
        type="primary",
        on_click=lambda: judging.give_all(view, given),
    )


def _told(view: state.View) -> None:
    """Say what the last click did, and offer to take the last step back."""
    lang = view.ui
    if told := state.picked(judging.TOLD):
        st.caption(literal(str(told)))
    last = last_step(store_of(view), judging.coder())
    if last is not None:
        label = literal(label_text(last.name, last.value))
        st.button(
            say(f"labels.undo.{last.kind}", lang, label=label, n=number(last.labels, lang)),
            key="labels.undo",
            icon=":material/undo:",
            type="tertiary",
            on_click=lambda: _undo(view, last),
        )


def _undo(view: state.View, step: Step) -> None:
    """Take a step back; what was said of a file that is taken back is no more true."""
    judging.undo(view, step)
    if step.kind is StepKind.IMPORTED:
        state.keep(REFUSED, None)


def _own(view: state.View, current: str) -> None:
    """Offer to take labels off the comment that is looked at."""
    given = data.read(view.query, reads_reader.given, (current,)) if current else {}
    for index, each in enumerate(given.get(current, ())):
        by = each.coder or say("reader.coder.nobody", view.ui)
        st.button(
            say(
                "labels.remove", view.ui, label=literal(label_text(each.name, each.value)), coder=literal(by)
            ),
            key=f"labels.remove.{index}",
            icon=":material/close:",
            type="tertiary",
            on_click=judging.remove,
            args=(view, current, each.name, each.coder),
        )


def _used(view: state.View) -> None:
    """Draw each name with its values as filters, who gave them, and how far they agree."""
    lang, query = view.ui, _unlabelled(view.query)
    used = data.read(view.query, reads_labelled.label_values, query)
    if not used:
        st.caption(say("labels.none", lang))
        return
    agreed = agreement.agreements(data.read(view.query, reads_labelled.compared, query))
    for name in dict.fromkeys(each.name for each in used):
        _name(view, name, [each for each in used if each.name == name], agreed.get(name))


def _name(view: state.View, name: str, used: list[LabelValue], agreed: Agreement | None) -> None:
    lang = view.ui
    options = {f"{name}:{each.value}": each for each in used[:MOST_VALUES]}
    key = f"labels.filter.{name}"
    state.hold(key, [each for each in view.query.label if each in options])
    st.pills(
        literal(name),
        list(options),
        key=key,
        selection_mode="multi",
        format_func=lambda each: f"{literal(options[each].value)} · {number(options[each].comments, lang)}",
        help=say("labels.filter.help", lang),
        on_change=lambda: _filter(tuple(options), tuple(state.picked(key))),
    )
    coders = sorted({each or say("reader.coder.nobody", lang) for value in used for each in value.coders})
    who = say("labels.coders", lang, names=literal(shortened(", ".join(coders), 120)))
    st.caption(f"{who} {alpha(agreed, lang)}")


def alpha(agreed: Agreement | None, lang: Lang) -> str:
    """Say how far coders agree, or why that cannot be said."""
    if agreed is None:
        return say("labels.alpha.one", lang)
    n = count(agreed.comments, "comments", lang)
    if agreed.comments < agreement.LEAST:
        return say("labels.alpha.few", lang, n=n, least=number(agreement.LEAST, lang))
    if agreed.alpha is None:
        return say("labels.alpha.same", lang, n=n)
    return say("labels.alpha", lang, value=ends(agreed.alpha, lang), n=n, coders=number(agreed.coders, lang))


def _filter(options: Sequence[str], chosen: Sequence[str]) -> None:
    """Let only comments with the chosen labels through; labels of other names stay as they are."""
    others = (each for each in state.current().query.label if each not in options)
    state.change(label=(*others, *chosen))


def _unlabelled(query: Query) -> Query:
    """Return what the panel counts: everything that the other filters let through."""
    return query.without("label", "dataset")


def _files(view: state.View) -> None:
    """Offer all labels of the query as a file, and take labels from one."""
    lang = view.ui
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            say("labels.export", lang),
            data=lambda: label_file(
                reads_labelled.every_label(store_of(view), view.query.without("dataset"))
            ),
            file_name=export_name(view.query, ".labels.csv", datetime.now(UTC)),
            mime="text/csv",
            key="labels.export",
            icon=":material/download:",
            on_click="ignore",
        )
    st.file_uploader(
        say("labels.import", lang),
        type=["csv"],
        key=UPLOAD,
        help=say("labels.import.help", lang, needed=", ".join(NEEDED), more=", ".join(COLUMNS[3:])),
        on_change=_import,
        args=(view,),
    )
    refused = state.picked(REFUSED)
    if isinstance(refused, LabelFile):
        st.caption(say("labels.imported", lang, n=count(len(refused.labels), "rows", lang)))
        for line in refusals(refused, lang):
            st.caption(f":orange[{literal(line)}]")


def refusals(file: LabelFile, lang: Lang) -> list[str]:
    """Say which lines of a file were refused and why; beyond MOST_LINES they are counted."""
    lines = [
        say(
            "labels.refused.line",
            lang,
            line=number(each.line, lang),
            why=judging.why_not(each.reason, lang),
            value=each.value,
        )
        for each in file.refused[:MOST_LINES]
    ]
    if len(file.refused) > MOST_LINES:
        lines.append(say("labels.refused.more", lang, n=number(len(file.refused) - MOST_LINES, lang)))
    return lines


def _import(view: state.View) -> None:
    """Keep the labels of the uploaded file; what was refused is told by the next run."""
    file = state.picked(UPLOAD)
    if file is None:
        state.keep(REFUSED, None)
        return
    found = read_labels(store_of(view), file.getvalue())
    writes_labelling.label_from_file(store_of(view), found.labels, judging.coder())
    state.keep(REFUSED, found)
