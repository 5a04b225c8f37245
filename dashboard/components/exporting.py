"""Files of exactly the rows that the filters let through: small ones by button, large ones by link."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from core import export
from core.query import Dataset, Query
from core.tasks.kinds import export_name
from core.wording import LANGS, Lang, amounts, columns, count, say
from dashboard import data, failures, services, state, workspaces

FORMATS: Final = ("xlsx", "csv", "parquet", "jsonl", "graphml", "gexf")
DIALECTS: Final = ("excel", "data")
NETWORKS: Final = frozenset({"graphml", "gexf"})
"""Formats that hold who answers whom among the rows instead of the rows."""
ROW_BYTES: Final = {"xlsx": 190, "csv": 430, "parquet": 130, "jsonl": 620, "graphml": 60, "gexf": 80}
"""Bytes a row takes on average in each format; for an estimate only."""
SMALL_BYTES: Final = 10 * 2**20
SMALL_ROWS: Final = 50_000
TICKET_S: Final = 45.0
PREVIEW_ROWS: Final = 8


@dataclass(frozen=True, slots=True)
class File:
    """What file is wanted."""

    form: str
    dialect: export.Dialect
    headers: export.Headers


def choices(lang: Lang) -> File:
    """Ask for format, kind of CSV and language of the headers."""
    with st.container(horizontal=True, vertical_alignment="top", gap="medium"):
        state.stay("export.format", FORMATS, "xlsx")
        form = st.segmented_control(
            say("export.format", lang),
            FORMATS,
            key="export.format",
            required=True,
            format_func=lambda each: say(f"export.format.{each}", lang),
        )
        dialect: Literal["data", "excel"] = "excel"
        if form == "csv":
            state.stay("export.dialect", DIALECTS, "excel")
            kind = st.segmented_control(
                say("export.dialect", lang),
                DIALECTS,
                key="export.dialect",
                required=True,
                format_func=lambda each: say(f"export.dialect.{each}", lang),
                help=say("export.dialect.help", lang),
            )
            dialect = "data" if kind == "data" else "excel"
        headers: Literal["en", "ru"] = "en"
        if form in {"xlsx", "csv"}:
            state.stay("export.headers", LANGS, lang)
            names = st.segmented_control(
                say("export.headers", lang),
                LANGS,
                key="export.headers",
                required=True,
                format_func=lambda each: say(f"export.headers.{each}", lang),
            )
            headers = "ru" if names == "ru" else "en"
    st.caption(say(f"export.about.{form}", lang))
    return File(str(form), dialect, headers)


def download(view: state.View, dataset: Dataset, total: int, file: File) -> None:
    """Draw the button, or for a large file the link to the API."""
    lang, form = view.ui, file.form
    rows, name = f"**{count(total, 'comments', lang)}**", say(f"export.format.{form}", lang)
    if form in NETWORKS:
        st.write(say("export.graph.rows", lang, rows=rows))
        label = say("export.graph.download", lang, format=name)
    else:
        st.write(say("export.rows", lang, rows=rows))
        label = say("export.download", lang, format=name, rows=count(total, "rows", lang))
    size = total * ROW_BYTES[form]
    is_small = size <= SMALL_BYTES and total <= SMALL_ROWS
    with st.container(horizontal=True, vertical_alignment="center"):
        if is_small:
            st.download_button(
                label,
                data=lambda: written(dataset, view.query, file),
                file_name=export_name(view.query, f".{form}", datetime.now(UTC)),
                mime=export.FORMATS[form].media_type,
                key="export.download",
                type="primary",
                icon=":material/download:",
                on_click="ignore",
            )
        else:
            # A ticket is good for a minute, so the link renews itself where one is needed.
            is_guarded = services.current().settings.api_key is not None
            st.fragment(_link, run_every=TICKET_S if is_guarded else None)(view, file, label)
        st.caption(say("export.estimate", lang, size=amounts.size(size, lang)), width="content")
    if not is_small:
        st.caption(say("export.large", lang))
    with st.expander(say("export.link", lang)):
        st.code(address(view, file), language=None, wrap_lines=True)


def _link(view: state.View, file: File, label: str) -> None:
    with failures.shown(view.ui):
        url = address(view, file, ticket=True)
        st.link_button(label, url, type="primary", icon=":material/download:")


def written(dataset: Dataset, query: Query, file: File) -> bytes:
    """Write the file and return its bytes; runs when the button is pressed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"comments.{file.form}"
        store = services.current().workspace(dataset).store
        export.write(
            file.form, store, query, path, dialect=file.dialect, headers=file.headers, clock=workspaces.now
        )
        return path.read_bytes()


def address(view: state.View, file: File, *, ticket: bool = False) -> str:
    """Return the address of the same file at the API; `ticket` adds a one-time pass where a key is set."""
    extra: list[tuple[str, str]] = []
    if file.form == "csv":
        extra.append(("dialect", file.dialect))
    if file.form in {"csv", "xlsx"}:
        extra.append(("headers", file.headers))
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = f"/api/v1/export.{file.form}?{urlencode([*view.query.params(), *extra])}"
    running = services.current()
    if ticket and running.settings.api_key is not None:
        path = f"{path}&ticket={running.tickets.issue(path)}"
    return f"/{base}{path}" if base else path


def preview(view: state.View, file: File) -> None:
    """Show the first rows under the headers of the file; a network has none."""
    if file.form in NETWORKS:
        return
    lang = view.ui
    rows = data.window(view.query, 0, PREVIEW_ROWS).to_pandas()
    names = {word.name: word.ru if file.headers == "ru" else word.en for word in columns.COLUMN_WORDS}
    frame: pd.DataFrame = rows.rename(columns=names) if file.headers == "ru" else rows
    st.caption(say("export.preview", lang))
    st.dataframe(
        frame, hide_index=True, placeholder="", height=len(frame) * 35 + 38, alt=say("export.preview", lang)
    )
