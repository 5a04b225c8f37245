"""Importing a file: look into it, say which column is what, start."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import pandas as pd
import streamlit as st

from core import importing
from core.wording import Lang, count, has, say
from dashboard import services, state

SHOWN_ROWS: Final = 6
ASKED: Final = (
    "text",
    "published_at",
    "author_name",
    "author_id",
    "likes",
    "comment_id",
    "parent_id",
    "root_id",
)


def form(lang: Lang) -> None:
    """Draw the uploader, the first rows, the mapping and the button."""
    st.write(say("import.lead", lang))
    file = st.file_uploader(
        say("import.file", lang),
        type=["csv", "tsv", "txt", "jsonl", "json", "xlsx"],
        help=say("import.file.help", lang),
    )
    if file is None:
        return
    content = file.getvalue()
    preview = importing.peek(content, file.name)
    _rows(preview, lang)
    mapping = _mapping(preview, lang)
    has_text = mapping.column("text") is not None
    if not has_text:
        st.warning(say("import.no_text", lang), icon=":material/help:")
    st.button(
        say("import.start", lang),
        key="import.start",
        type="primary",
        icon=":material/upload_file:",
        disabled=not has_text,
        on_click=_start,
        args=(content, file.name, mapping),
    )


def _rows(preview: importing.Preview, lang: Lang) -> None:
    total = preview.total_rows
    st.caption(
        say("import.preview.open", lang)
        if total is None
        else say("import.preview", lang, n=count(total, "rows", lang))
    )
    frame = pd.DataFrame(list(preview.rows[:SHOWN_ROWS]), columns=list(preview.columns))
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="",
        height=len(frame) * 35 + 38,
        alt=say("import.preview.open", lang),
    )


def _mapping(preview: importing.Preview, lang: Lang) -> importing.Mapping:
    """Ask which column is what; what is not asked stays as guessed."""
    st.caption(f"{say('import.mapping', lang)}. {say('import.mapping.help', lang)}")
    columns = [None, *preview.columns]
    chosen = {column: field for column, field in preview.guess.columns if field not in ASKED}
    with st.grid(min_column_width=190, gap="small"):
        for field in ASKED:
            guess = preview.guess.column(field)
            key = f"import.{preview.filename}.{field}"
            state.stay(key, columns, guess)
            column = st.selectbox(
                _label(field, lang),
                columns,
                key=key,
                format_func=lambda each: say("import.none", lang) if each is None else str(each),
            )
            if column is not None:
                chosen[column] = field
    return preview.guess.with_columns(chosen)


def _label(field: str, lang: Lang) -> str:
    key = f"import.field.{field}"
    return say(key, lang) if has(key) else field


def _start(content: bytes, name: str, mapping: importing.Mapping) -> None:
    services.current().keep_upload(BytesIO(content), name, mapping.as_dict())
