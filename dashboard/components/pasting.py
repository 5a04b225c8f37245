"""Links as they come: a field for any text, a file with a column of them, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.errors import ImportRefused
from core.importing import FileLinks
from core.links import Recognised, recognise
from core.models import RefusalReason, Refused, Target
from core.sandbox.stories import COMMUNITIES, PEOPLE
from core.wording import Lang, number, say
from dashboard import data, failures, services, state
from dashboard.components.labels import literal

LINKS: Final = "collect.links"
FILE: Final = "collect.file"
KIND_PX: Final = 190
"""What a link means comes first and whole, also on a telephone; the link itself may be cut."""
NAMED: Final = 8
"""So many refused links of a kind are shown; the rest are counted."""

DEMO_NAMES: Final = frozenset(each.screen_name for each in (*COMMUNITIES, *PEOPLE))
DEMO_OWNERS: Final = frozenset([each.owner_id for each in COMMUNITIES] + [each.id for each in PEOPLE])


def field(lang: Lang) -> Recognised:
    """Draw the field and the file, say what was recognised, and return it."""
    st.text_area(
        say("collect.links", lang),
        key=LINKS,
        height=120,
        placeholder=say("collect.links.placeholder", lang),
        help=say("collect.links.help", lang),
    )
    from_file = _file(lang)
    found = recognise("\n".join(filter(None, (str(state.picked(LINKS) or ""), from_file))))
    _preview(found, lang)
    return found


def add(link: str) -> None:
    """Put one more link into the field; meant for callbacks."""
    text = (state.picked(LINKS) or "").rstrip()
    state.keep(LINKS, f"{text}\n{link}".lstrip())


def in_demo(target: Target) -> bool:
    """Tell whether a link leads into the synthetic VK."""
    if target.name is not None:
        return target.name.lower() in DEMO_NAMES
    return target.owner_id in DEMO_OWNERS


def folded(refused: Sequence[Refused]) -> dict[str, list[str]]:
    """Put links that were refused for the same reason together."""
    found: dict[str, list[str]] = {}
    for each in refused:
        found.setdefault(str(each.reason), []).append(each.input)
    return found


def _file(lang: Lang) -> str:
    """Draw the way to give a file; return the text of the column that holds its links."""
    with st.expander(say("links.file", lang), icon=":material/upload_file:"):
        file = st.file_uploader(
            say("links.file", lang),
            type=["csv", "tsv", "txt", "xlsx"],
            key=FILE,
            label_visibility="collapsed",
        )
        st.caption(say("links.file.help", lang))
        if file is None:
            return ""
        try:
            found = data.file_links(file.getvalue(), file.name)
            if len(found.columns) > 1:
                found = _column(file, found, lang)
        except ImportRefused as refusal:
            st.warning(failures.explain(refusal, lang).what, icon=":material/help:")
            return ""
        return found.text


def _column(file: UploadedFile, found: FileLinks, lang: Lang) -> FileLinks:
    links = {each.name: number(each.links, lang) for each in found.columns}
    chosen = st.selectbox(
        say("links.file.column", lang),
        list(links),
        key=f"{FILE}.{file.file_id}.column",
        format_func=lambda name: f"{name} ({links[name]})",
    )
    return data.file_links(file.getvalue(), file.name, chosen)


def _preview(found: Recognised, lang: Lang) -> None:
    if found.targets:
        _targets(found.targets, lang)
    for reason, links in folded(found.refused).items():
        why = say(f"refused.{reason}", lang)
        if reason == RefusalReason.NO_LINK:
            told = f"{why[0].upper()}{why[1:]}. {say(f'refused.{reason}.hint', lang)}"
            st.caption(f":material/link_off: {told}")
            continue
        more = [say("balance.more", lang, n=number(len(links) - NAMED, lang))] if len(links) > NAMED else []
        with st.container(gap="xsmall"):
            st.markdown(
                f":red[:material/block: **{why[0].upper()}{why[1:]}: {number(len(links), lang)}**] "
                + say(f"refused.{reason}.hint", lang)
            )
            st.caption(literal("; ".join([*links[:NAMED], *more])))
    elsewhere = sum(not in_demo(target) for target in found.targets)
    if elsewhere and services.current().uses_demo:
        st.warning(say("collect.demo.elsewhere", lang, n=number(elsewhere, lang)), icon=":material/key_off:")


def _targets(targets: Sequence[Target], lang: Lang) -> None:
    n = number(len(targets), lang)
    st.markdown(f":green[:material/check_circle:] {say('collect.recognised', lang, n=n)}")
    st.dataframe(
        pd.DataFrame(
            {
                say("collect.column.kind", lang): [say(f"target.{t.kind}", lang) for t in targets],
                say("collect.column.input", lang): [target.input for target in targets],
            }
        ),
        hide_index=True,
        placeholder="",
        height=min(len(targets), 6) * 35 + 38,
        column_config={say("collect.column.kind", lang): st.column_config.TextColumn(width=KIND_PX)},
        alt=say("collect.recognised", lang, n=n),
    )
