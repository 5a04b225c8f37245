"""Starting a collection: links, options, what it will cost, the button; and the demo's own way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from core.sandbox import stories
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


def offers_demo() -> bool:
    """Tell whether this is a beginning: nothing is here, nothing runs, and there is a demo to open."""
    return services.current().uses_demo and not data.datasets() and not data.running()


def demo(lang: Lang) -> None:
    """Explain the demo and offer to open it: the first of two ways to begin."""
    with st.container(border=True, key="demo"):
        st.header(say("collect.demo.title", lang), anchor=False)
        st.write(say("collect.demo.body", lang))
        demo_button(lang)


def demo_links(lang: Lang) -> None:
    """Propose links into the demo, and all of it where it is not open yet."""
    if not services.current().uses_demo:
        return
    with st.expander(say("collect.demo.propose", lang)):
        if not offers_demo():
            demo_button(lang, "tertiary")
        for index, each in enumerate(stories.demo_links()):
            st.button(
                literal(each.title_ru if lang == "ru" else each.title_en),
                key=f"demo.link.{index}",
                type="tertiary",
                icon=":material/add_link:",
                on_click=pasting.add,
                args=(each.link,),
            )


def form(lang: Lang) -> bool:
    """Draw the links and what they mean, the options, what it will cost, and the start button.

    Returns whether they lead to the real VK while there is no token for it.
    """
    found = pasting.field(lang)
    options = choices.options(found, lang)
    is_demo = services.current().uses_demo
    reached = [target for target in found.targets if not is_demo or pasting.in_demo(target)]
    lacks_period = choices.lacks_period(found, options)
    if reached and not lacks_period:
        with failures.shown(lang):
            estimate.draw(found, options, lang)
    needs_token = len(reached) < len(found.targets)
    st.button(
        say("collect.start", lang),
        key="collect.start",
        type="primary",
        icon=":material/cloud_download:",
        disabled=not reached or lacks_period,
        help=None if reached else say(f"collect.start.{'token' if needs_token else 'nothing'}", lang),
        on_click=_start,
        args=([target.input for target in found.targets], options),
    )
    return needs_token


def _start(targets: Sequence[str], options: Mapping[str, Any]) -> None:
    services.current().tasks.submit(TaskKind.COLLECT, {"targets": list(targets), **options})


def _open_demo() -> None:
    links = [f"https://vk.com/{each.screen_name}" for each in stories.COMMUNITIES if each.access == "open"]
    services.current().tasks.submit(TaskKind.COLLECT, {"targets": links})
