"""Starting a collection: links, options, what it will cost, the button; and the demo's own way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from core.sandbox.stories import COMMUNITIES, demo_links
from core.tasks.records import TaskKind
from core.wording import Lang, say
from dashboard import data, failures, services
from dashboard.components import choices, estimate, pasting
from dashboard.components.labels import literal


def demo_button(lang: Lang, kind: Literal["primary", "tertiary"] = "primary") -> None:
    """Draw the button that collects the demo communities; nothing when a real token is set."""
    if services.current().uses_demo:
        st.button(
            say("collect.demo", lang),
            key="demo.open",
            type=kind,
            icon=":material/play_arrow:",
            on_click=_open_demo,
        )


def demo(lang: Lang) -> None:
    """Explain the demo and propose its links; once it is open, or being opened, it takes a step back."""
    if not services.current().uses_demo:
        return
    is_new = not data.has_comments("demo") and not data.running()
    if is_new:
        with st.container(border=True, key="demo"):
            st.header(say("collect.demo.title", lang), anchor=False)
            st.write(say("collect.demo.body", lang))
            demo_button(lang)
    with st.expander(say("collect.demo.propose", lang)):
        if not is_new:
            demo_button(lang, "tertiary")
        for index, each in enumerate(demo_links()):
            st.button(
                literal(each.title_ru if lang == "ru" else each.title_en),
                key=f"demo.link.{index}",
                type="tertiary",
                icon=":material/add_link:",
                on_click=pasting.add,
                args=(each.link,),
            )


def form(lang: Lang) -> None:
    """Draw the links and what they mean, the options, what it will cost, and the start button."""
    found = pasting.field(lang)
    options = choices.options(found, lang)
    lacks_period = choices.lacks_period(found, options)
    if not lacks_period:
        with failures.shown(lang):
            estimate.draw(found, options, lang)
    st.button(
        say("collect.start", lang),
        key="collect.start",
        type="primary",
        icon=":material/cloud_download:",
        disabled=not found.targets or lacks_period,
        help=None if found.targets else say("collect.start.nothing", lang),
        on_click=_start,
        args=([target.input for target in found.targets], options),
    )


def _start(targets: Sequence[str], options: Mapping[str, Any]) -> None:
    services.current().tasks.submit(TaskKind.COLLECT, {"targets": list(targets), **options})


def _open_demo() -> None:
    links = [f"https://vk.com/{each.screen_name}" for each in COMMUNITIES if each.access == "open"]
    services.current().tasks.submit(TaskKind.COLLECT, {"targets": links})
