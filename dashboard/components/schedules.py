"""Collections that repeat by themselves: set one from a finished task, see when each is due, delete it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from core.errors import NotFound
from core.tasks.params import REFRESH
from core.tasks.records import Task
from core.tasks.schedules import Schedule
from core.wording import Lang, count, dates, say
from dashboard import services, state
from dashboard.components import subject
from dashboard.components.labels import literal

EVERY_HOURS: Final = 24
LONGEST_HOURS: Final = 24 * 14
QUIET: Final = (23, 7)


def offer(task: Task, lang: Lang) -> None:
    """Draw the way to let a finished collection repeat; its fields exist only while it is open."""
    key = f"schedule.{task.id}"
    popover = st.popover(
        say("schedule.open", lang), icon=":material/schedule:", type="tertiary", key=key, on_change="rerun"
    )
    if not popover.open:
        return
    with popover:
        st.number_input(
            say("schedule.every", lang),
            min_value=1,
            max_value=LONGEST_HOURS,
            value=EVERY_HOURS,
            key=f"{key}.hours",
        )
        state.stay(f"{key}.refresh", REFRESH, "changed")
        st.segmented_control(
            say("refresh.label", lang),
            REFRESH,
            required=True,
            key=f"{key}.refresh",
            format_func=lambda each: say(f"refresh.{each}", lang),
        )
        if st.toggle(say("schedule.quiet", lang), value=True, key=f"{key}.quiet"):
            with st.container(horizontal=True):
                for end, hour in zip(("from", "to"), QUIET, strict=True):
                    st.selectbox(
                        say(f"schedule.quiet.{end}", lang),
                        range(24),
                        index=hour,
                        key=f"{key}.{end}",
                        format_func=clock,
                        width=130,
                    )
        st.caption(say("schedule.about", lang))
        st.button(
            say("schedule.add", lang),
            key=f"{key}.add",
            type="primary",
            icon=":material/schedule:",
            on_click=_add,
            args=(key, dict(task.params)),
        )


def clock(hour: int) -> str:
    """Write a full hour: 7 is 07:00."""
    return f"{hour:02d}:00"


def panel(lang: Lang) -> None:
    """Draw what repeats by itself and when each is due next; nothing where nothing does."""
    held = services.current().schedules.all()
    if not held:
        return
    st.header(say("schedule.title", lang), anchor=False)
    for schedule in held:
        _schedule(schedule, lang)


def rule(schedule: Schedule, lang: Lang) -> str:
    """Say how often it runs and when it does not: every 6 hours, not between 23:00 and 07:00."""
    hours = count(schedule.every_hours, "hours", lang)
    if schedule.quiet is None:
        return say("schedule.rule", lang, hours=hours)
    first, last = (f"{each:%H:%M}" for each in schedule.quiet)
    return say("schedule.rule.quiet", lang, hours=hours, first=first, last=last)


def _schedule(schedule: Schedule, lang: Lang) -> None:
    next_at = services.current().schedules.next_at(schedule)
    due = (
        say("schedule.asleep", lang)
        if next_at is None
        else say("schedule.next", lang, moment=dates.moment(next_at, lang, schedule.tz))
    )
    mode = say(f"refresh.{schedule.params.get('refresh', REFRESH[0])}", lang)
    with st.container(border=True, key=f"schedule-{schedule.id}", gap="xsmall"):
        st.markdown(f"**{literal(subject.named(schedule.params, lang))}**")
        st.caption(f"{rule(schedule, lang)} · {mode} · {due}")
        st.button(
            say("schedule.delete", lang),
            key=f"schedule.delete.{schedule.id}",
            type="tertiary",
            icon=":material/delete:",
            on_click=_remove,
            args=(schedule.id,),
        )


def _add(key: str, params: Mapping[str, Any]) -> None:
    given = {name: state.picked(f"{key}.{name}") for name in ("hours", "refresh", "quiet", "from", "to")}
    has_quiet = bool(given["quiet"]) and given["from"] != given["to"]
    quiet = (clock(int(given["from"])), clock(int(given["to"]))) if has_quiet else None
    state.keep(key, False)
    services.current().schedules.add(
        {**params, "refresh": given["refresh"]}, int(given["hours"]), quiet, state.current().query.tz
    )


def _remove(schedule_id: str) -> None:
    """Delete it; one that somebody else deleted is gone anyway."""
    with contextlib.suppress(NotFound):
        services.current().schedules.remove(schedule_id)
