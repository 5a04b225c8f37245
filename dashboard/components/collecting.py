"""Starting a collection: links as free text, what was recognised and what was not, options, the demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from core.links import Recognised, recognise
from core.models import Refused, Target, TargetKind
from core.sandbox.stories import COMMUNITIES, PEOPLE, demo_links
from core.tasks.records import TaskKind
from core.wording import Lang, number, say
from dashboard import data, services, state
from dashboard.components.labels import literal

LINKS: Final = "collect.links"
POSTS: Final = 100
NAMED: Final = 8
"""So many refused links of a kind are shown; the rest are counted."""
DEMO_NAMES: Final = frozenset(each.screen_name for each in (*COMMUNITIES, *PEOPLE))
DEMO_OWNERS: Final = frozenset([each.owner_id for each in COMMUNITIES] + [each.id for each in PEOPLE])
WALLS: Final = frozenset({TargetKind.WALL, TargetKind.USER, TargetKind.GROUP, TargetKind.NAME})


def demo_button(lang: Lang, kind: Literal["primary", "tertiary"] = "primary") -> None:
    """Draw the button that collects the demo communities; nothing when a real token is set."""
    if services.current().settings.uses_demo:
        st.button(
            say("collect.demo", lang),
            key="demo.open",
            type=kind,
            icon=":material/play_arrow:",
            on_click=_open_demo,
        )


def demo(lang: Lang) -> None:
    """Explain the demo and propose its links; once it is open, or being opened, it takes a step back."""
    if not services.current().settings.uses_demo:
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
                on_click=_add,
                args=(each.link,),
            )


def form(lang: Lang) -> None:
    """Draw the field for links, what they mean, the options and the start button."""
    st.text_area(
        say("collect.links", lang),
        key=LINKS,
        height=120,
        placeholder=say("collect.links.placeholder", lang),
        help=say("collect.links.help", lang),
    )
    found = recognise(state.picked(LINKS) or "")
    _preview(found, lang)
    options = _options(found, lang)
    st.button(
        say("collect.start", lang),
        key="collect.start",
        type="primary",
        icon=":material/cloud_download:",
        disabled=not found.targets,
        help=None if found.targets else say("collect.start.nothing", lang),
        on_click=_start,
        args=([target.input for target in found.targets], options),
    )


def token_help(lang: Lang) -> None:
    """Say, where there is no token, how to get one."""
    if services.current().settings.uses_demo:
        st.caption(f":material/key_off: {say('collect.demo.only', lang)}")
        with st.expander(say("collect.token.title", lang)):
            st.write(say("collect.token.body", lang))


def _preview(found: Recognised, lang: Lang) -> None:
    if found.targets:
        st.markdown(
            f":green[:material/check_circle:] {say('collect.recognised', lang, n=len(found.targets))}"
        )
        st.dataframe(
            pd.DataFrame(
                {
                    say("collect.column.input", lang): [target.input for target in found.targets],
                    say("collect.column.kind", lang): [say(f"target.{t.kind}", lang) for t in found.targets],
                }
            ),
            hide_index=True,
            placeholder="",
            height=_height(found.targets),
            column_config={say("collect.column.kind", lang): st.column_config.TextColumn(width=230)},
            alt=say("collect.recognised", lang, n=len(found.targets)),
        )
    for reason, links in _folded(found.refused).items():
        why = say(f"refused.{reason}", lang)
        more = [say("balance.more", lang, n=number(len(links) - NAMED, lang))] if len(links) > NAMED else []
        with st.container(gap="xsmall"):
            st.markdown(
                f":red[:material/block: **{why[0].upper()}{why[1:]}: {number(len(links), lang)}**] "
                + say(f"refused.{reason}.hint", lang)
            )
            st.caption(literal("; ".join([*links[:NAMED], *more])))
    elsewhere = sum(not in_demo(target) for target in found.targets)
    if elsewhere and services.current().settings.uses_demo:
        st.warning(say("collect.demo.elsewhere", lang, n=number(elsewhere, lang)), icon=":material/key_off:")


def _folded(refused: Sequence[Refused]) -> dict[str, list[str]]:
    """Put links that were refused for the same reason together."""
    found: dict[str, list[str]] = {}
    for each in refused:
        found.setdefault(str(each.reason), []).append(each.input)
    return found


def in_demo(target: Target) -> bool:
    """Tell whether a link leads into the synthetic VK."""
    if target.name is not None:
        return target.name.lower() in DEMO_NAMES
    return target.owner_id in DEMO_OWNERS


def _height(rows: Sequence[object]) -> int:
    return min(len(rows), 6) * 35 + 38


def _options(found: Recognised, lang: Lang) -> dict[str, Any]:
    """Ask what only walls need to know, and say what becomes of what is stored already."""
    options: dict[str, Any] = {}
    if any(target.kind in WALLS for target in found.targets):
        options |= _walls(lang)
    if data.has_comments(services.current().collecting().dataset):
        st.caption(say("collect.again", lang))
    return options


def _walls(lang: Lang) -> dict[str, Any]:
    which = st.segmented_control(
        say("collect.walls", lang),
        ("latest", "dates", "all"),
        default="latest",
        key="collect.walls",
        required=True,
        format_func=lambda each: say(f"collect.walls.{each}", lang),
        help=say("collect.walls.help", lang),
    )
    if which == "latest":
        posts = st.number_input(
            say("collect.posts", lang), min_value=1, value=POSTS, step=50, key="collect.posts"
        )
        return {"posts": int(posts)}
    if which == "dates":
        period = st.date_input(
            say("collect.period", lang),
            value=[],
            key="collect.period",
            format="DD.MM.YYYY" if lang == "ru" else "DD/MM/YYYY",
        )
        if isinstance(period, tuple) and len(period) == 2:
            return {"since": period[0].isoformat(), "until": period[1].isoformat()}
    return {}


def _start(targets: Sequence[str], options: Mapping[str, Any]) -> None:
    services.current().tasks.submit(TaskKind.COLLECT, {"targets": list(targets), **options})


def _open_demo() -> None:
    links = [f"https://vk.com/{each.screen_name}" for each in COMMUNITIES if each.access == "open"]
    services.current().tasks.submit(TaskKind.COLLECT, {"targets": links})


def _add(link: str) -> None:
    text = (state.picked(LINKS) or "").rstrip()
    state.keep(LINKS, f"{text}\n{link}".lstrip())


def summary(lang: Lang, targets: Sequence[str]) -> str:
    """Say what a collection is about: its first link, and how many more."""
    if not targets:
        return ""
    first = targets[0].removeprefix("https://")
    return (
        first if len(targets) == 1 else say("chip.more", lang, first=first, n=number(len(targets) - 1, lang))
    )
