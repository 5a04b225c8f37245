"""What changed since a moment: new, edited, deleted and restored comments, each with its text before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from core.query import Dataset, Query
from core.storage.reads import Change, ChangeKind
from core.wording import Lang, number, say
from core.wording.filters import shortened
from core.wording.people import called
from dashboard import data, state
from dashboard.components import paging
from dashboard.components.labels import readable
from dashboard.components.table import MOMENTS, open_chosen

DAYS: Final = ("1", "7", "30", "3650")
FIRST: Final = "7"
TABLE: Final = "changes.table"
KINDS: Final = tuple(ChangeKind)


def listed(view: state.View, dataset: Dataset) -> None:
    """Draw the choice of the moment, the counts since, and the changes that the filters let through."""
    lang = view.ui
    since = _since(view)
    counts = data.change_counts(view.query, since)
    numbers = {str(kind): int(getattr(counts, kind)) for kind in KINDS}
    with st.grid(min_column_width=150, gap="small", key="totals.changes"):
        for kind, n in numbers.items():
            st.metric(say(f"changes.kind.{kind}", lang), number(n, lang), border=True)
    st.caption(say("changes.counted", lang))
    kinds = (ChangeKind(view.change),) if view.change else ()
    last = paging.last_page(numbers[view.change] if view.change else sum(numbers.values()), view.size)
    page = min(view.page, last)
    found = data.changes(_newest_first(view.query), since, kinds, view.size * page)
    if not found.changes:
        st.info(say("changes.nothing", lang), icon=":material/history:")
        return
    paging.beyond(lang, view.page, last)
    _table(found.changes, view, dataset)
    if found.next is not None:
        st.button(
            say("changes.more", lang),
            key="changes.more",
            icon=":material/expand_more:",
            on_click=lambda: state.look(page=page + 1),
        )


def controls(view: state.View) -> None:
    """Draw since when, and of which kind."""
    lang = view.ui
    when, kind = st.columns((1, 1), vertical_alignment="bottom")
    options = DAYS if view.since in {*DAYS, ""} else (*DAYS, view.since)
    with when:
        state.hold("changes.since", view.since or FIRST)
        st.segmented_control(
            say("changes.since", lang),
            options,
            key="changes.since",
            required=True,
            format_func=lambda each: say(f"changes.since.{each}", lang) if each in DAYS else each,
            help=say("changes.since.help", lang),
            on_change=lambda: state.look(since=state.picked("changes.since"), page=1),
        )
    with kind:
        state.hold("changes.kind", view.change or "all")
        st.segmented_control(
            say("changes.kind", lang),
            ("all", *map(str, KINDS)),
            key="changes.kind",
            required=True,
            format_func=lambda each: say(f"changes.kind.{each}", lang),
            on_change=lambda: state.look(
                change="" if state.picked("changes.kind") == "all" else state.picked("changes.kind"), page=1
            ),
        )


def _since(view: state.View) -> datetime:
    """Return the beginning of the day from which changes count, so that an answer holds for the whole day."""
    zone = ZoneInfo(view.query.tz)
    told = view.since or FIRST
    if told.isdigit():
        day = datetime.now(zone).date() - timedelta(days=int(told))
    else:
        day = date.fromisoformat(told)
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _newest_first(query: Query) -> Query:
    return replace(query, sort="-date")


def _table(changes: tuple[Change, ...], view: state.View, dataset: Dataset) -> None:
    lang = view.ui
    keys = [str(each.comment["comment_key"][0].as_py()) for each in changes]
    st.caption(f":material/touch_app: {say('pick.open.row', lang)}")
    config = st.column_config
    label = {name: say(f"changes.column.{name}", lang) for name in _COLUMNS}
    frame = _frame(changes, view, dataset)
    order = [name for name in _COLUMNS if name not in _OFTEN_EMPTY or (frame[name] != "").any()]
    st.dataframe(
        frame,
        key=TABLE,
        hide_index=True,
        placeholder="",
        row_height=52,
        height=min(52 * (len(changes) + 1), 620),
        column_order=order,
        column_config={
            "kind": config.TextColumn(label["kind"], width=95),
            "seen": config.DatetimeColumn(label["seen"], format=MOMENTS[lang], width=135),
            "author": config.TextColumn(label["author"], width=130),
            "before": config.TextColumn(label["before"], width=330),
            "now": config.TextColumn(label["now"], width=330 if "before" in order else 480),
            "source": config.TextColumn(label["source"], width=180),
            "evidence": config.TextColumn(label["evidence"], width=160),
        },
        on_select=lambda: open_chosen(TABLE, keys),
        selection_mode="single-row",
        alt=say("changes.table", lang),
    )


_COLUMNS: Final = ("kind", "before", "now", "seen", "author", "source", "evidence")
"""In their order: on a phone two are in view, and the text has to be one of them."""
_OFTEN_EMPTY: Final = frozenset({"before", "evidence"})
"""Columns that take no room while nothing stands in them: what is new had no text before."""


def _frame(changes: tuple[Change, ...], view: state.View, dataset: Dataset) -> pd.DataFrame:
    lang, zone = view.ui, ZoneInfo(view.query.tz)
    titles = data.titles(dataset)
    rows = [(each, each.comment.to_pylist()[0]) for each in changes]
    return pd.DataFrame(
        {
            "kind": [say(f"changes.one.{each.kind}", lang) for each, _ in rows],
            "seen": [each.changed_at.astimezone(zone).replace(tzinfo=None) for each, _ in rows],
            "author": [called(row["author_name"], row["author_id"], lang) for _, row in rows],
            "before": [readable(each.text_before or "") for each, _ in rows],
            "now": [_now(each, row["text"], lang) for each, row in rows],
            "source": [shortened(titles.get(row["source"], row["source"]), 40) for _, row in rows],
            "evidence": [_evidence(each, lang) for each, _ in rows],
        },
        columns=list(_COLUMNS),
    )


def _now(change: Change, text: str | None, lang: Lang) -> str:
    if change.kind is ChangeKind.DELETED:
        return say("comments.deleted", lang)
    return readable(text) if text else say("comments.wordless", lang)


def _evidence(change: Change, lang: Lang) -> str:
    return say(f"changes.evidence.{change.evidence}", lang) if change.evidence else ""
