"""The table of comments, one page of rows at a time; a selected row opens its conversation."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, get_args
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from core.query import SORTS, Dataset
from core.storage.label_columns import PREFIX
from core.wording import Lang, has, say
from core.wording.filters import shortened
from core.wording.people import called
from dashboard import data, state
from dashboard.components import filters, paging
from dashboard.components.labels import readable

MOMENTS: Final[dict[Lang, str]] = {"ru": "DD.MM.YYYY HH:mm", "en": "D MMM YYYY HH:mm"}
DAYS: Final[dict[Lang, str]] = {"ru": "DD.MM.YYYY", "en": "D MMM YYYY"}
"""How tables write moments and days."""
TABLE: Final = "comments.table"
ROW_HEIGHT: Final = 35


def controls(view: state.View) -> None:
    """Draw how to read, search, order and page size."""
    lang = view.ui
    read, search, order, size = st.columns((4, 5, 3, 2), vertical_alignment="bottom")
    with read:
        state.hold("comments.read", view.read)
        st.segmented_control(
            say("reader.mode", lang),
            get_args(state.Read),
            key="comments.read",
            required=True,
            format_func=lambda each: say(f"reader.mode.{each}", lang),
            on_change=lambda: state.look(read=state.picked("comments.read")),
        )
    with search:
        filters.text(view.query, lang, key="comments.text", label=say("comments.search", lang))
    with order:
        state.hold("comments.sort", view.query.sort)
        st.selectbox(
            say("comments.sort", lang),
            SORTS,
            key="comments.sort",
            format_func=lambda each: say(f"sort.{each}", lang),
            on_change=lambda: state.change(sort=state.picked("comments.sort")),
        )
    with size:
        state.hold("comments.size", view.size)
        st.selectbox(
            say("comments.size", lang),
            state.SIZES,
            key="comments.size",
            on_change=lambda: state.look(size=state.picked("comments.size"), page=1),
        )


def table(view: state.View, total: int, dataset: Dataset) -> None:
    """Draw one page of the table, and the way to the others."""
    lang = view.ui
    last = paging.last_page(total, view.size)
    page = min(view.page, last)
    paging.beyond(lang, view.page, last)
    rows = data.window(view.query, (page - 1) * view.size, view.size)
    keys = [str(key) for key in rows.column("comment_key").to_pylist()]
    st.dataframe(
        _frame(rows, view, dataset),
        key=f"{TABLE}.{page}",
        hide_index=True,
        placeholder="",
        height=min(ROW_HEIGHT * (rows.num_rows + 1) + 3, 560),
        row_height=ROW_HEIGHT,
        column_config={**_columns(lang), **_labels(rows)},
        on_select=lambda: open_chosen(f"{TABLE}.{page}", keys),
        selection_mode="single-row",
        alt=say("comments.table", lang),
    )
    paging.pages(lang, page, view.size, total, lambda chosen: state.look(page=chosen))


def open_chosen(key: str, keys: list[str]) -> None:
    """Open the conversation of the selected row; rows may have changed under an old selection.

    A line whose conversation was closed stays ticked: the click that unticks it opens it again.
    """
    rows = state.picked(key).selection.rows
    last, is_open = f"{key}.last", bool(state.current().comment)
    chosen = keys[rows[0]] if rows and rows[0] < len(keys) else "" if rows else state.picked(last) or ""
    state.keep(last, chosen)
    state.look(comment="" if is_open and not rows else chosen)


def _frame(rows: pa.Table, view: state.View, dataset: Dataset) -> pd.DataFrame:
    lang = view.ui
    zone = ZoneInfo(view.query.tz)
    titles = data.titles(dataset)
    listed = rows.to_pylist()
    return pd.DataFrame(
        {
            "author": [called(row["author_name"], row["author_id"], lang) for row in listed],
            "text": [_text(row["text"], row["state"], lang) for row in listed],
            "when": [_local(row["published_at"], zone) for row in listed],
            "likes": [row["likes"] for row in listed],
            "replies": [row["replies"] for row in listed],
            "url": [row["url"] or None for row in listed],
            "attachments": [attached(row["attachments"], lang) for row in listed],
            "source": [shortened(titles.get(row["source"], row["source"]), 40) for row in listed],
            "state": [say(f"filters.state.{row['state']}", lang).lower() for row in listed],
            **{name: rows[name].to_pylist() for name in rows.column_names if name.startswith(PREFIX)},
        }
    )


def attached(types: list[str] | None, lang: Lang) -> str:
    """Name the attachments of a comment, the unknown ones as such."""
    return ", ".join(attachment(each, lang) for each in types or ())


def attachment(kind: str, lang: Lang) -> str:
    """Name an attachment by its kind."""
    key = f"attachment.{kind}"
    return say(key if has(key) else "attachment.other", lang)


def _text(text: str | None, became: str, lang: Lang) -> str:
    if text:
        return " ".join(readable(text).split())
    return say("comments.deleted" if became == "deleted" else "comments.wordless", lang)


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) if moment else None


def _columns(lang: Lang) -> dict[str, ColumnConfig]:
    config = st.column_config
    label = {name: say(f"comments.column.{name}", lang) for name in _NAMES}
    return {
        "when": config.DatetimeColumn(label["when"], format=MOMENTS[lang], width=135),
        "author": config.TextColumn(label["author"], width=130),
        "text": config.TextColumn(label["text"], width=480),
        "likes": config.NumberColumn(label["likes"], width=65),
        "replies": config.NumberColumn(label["replies"], width=70),
        "attachments": config.TextColumn(label["attachments"], width=95),
        "source": config.TextColumn(label["source"], width=180),
        "state": config.TextColumn(label["state"], width=95),
        "url": config.LinkColumn(label["url"], display_text=say("comments.column.url.open", lang), width=75),
    }


def _labels(rows: pa.Table) -> dict[str, ColumnConfig]:
    """Return a column for each label, called by its name."""
    names = [name for name in rows.column_names if name.startswith(PREFIX)]
    return {name: st.column_config.TextColumn(name.removeprefix(PREFIX), width=110) for name in names}


_NAMES = ("when", "author", "text", "likes", "replies", "attachments", "source", "state", "url")
