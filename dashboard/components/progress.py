"""Running and recent tasks, live: the pool is asked, not the session, so a closed tab loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import streamlit as st

from core.errors import DashboardError
from core.tasks.records import Task, TaskState
from core.wording import Lang, amounts, count, has, number, percent, say
from dashboard import data, failures, services
from dashboard.components import menu, outcome, pausing, schedules, subject
from dashboard.components.labels import literal

Colour = Literal["green", "orange", "red", "blue", "gray", "violet"]

EVERY_S: Final = 2.0
FOLLOW_S: Final = 5.0
SHOWN: Final = 8
GOING: Final = frozenset({TaskState.QUEUED, TaskState.RUNNING})
COLOURS: Final[dict[TaskState, Colour]] = {
    TaskState.SUCCEEDED: "green",
    TaskState.PARTIAL: "orange",
    TaskState.FAILED: "red",
    TaskState.TIMED_OUT: "red",
    TaskState.RUNNING: "blue",
    TaskState.PAUSED: "violet",
}


def tasks(lang: Lang) -> None:
    """Draw the tasks and what repeats; the list asks for news only while something runs or waits."""
    st.header(say("tasks.title", lang), anchor=False)
    is_busy = bool(data.running())
    st.fragment(_tasks, run_every=EVERY_S if is_busy else None)(lang, was_busy=is_busy)


def follow(lang: Lang) -> None:
    """Say on other pages that figures are growing, and let them grow; nothing while nothing runs."""
    if data.arriving():
        st.fragment(_follow, run_every=FOLLOW_S)(lang, data.growth())


def _tasks(lang: Lang, *, was_busy: bool) -> None:
    with failures.shown(lang):
        listed = data.tasks()[:SHOWN]
        if not listed:
            st.caption(say("tasks.empty", lang))
        if any(task.state in GOING for task in listed):
            st.caption(f":material/info: {say('tasks.keeps', lang)}")
        repeated = pausing.repeated(listed)
        for index, task in enumerate(listed):
            _task(task, lang, is_newest=index == 0, is_repeated=task.id in repeated)
    with failures.shown(lang):
        schedules.panel(lang)
    if was_busy != bool(data.running()):
        # Polling begins and ends, and the rest of the page learns what arrived, only by a whole run.
        st.rerun()


def _follow(lang: Lang, seen: object) -> None:
    is_waiting = all(task.state is TaskState.PAUSED for task in data.arriving())
    with st.container(horizontal=True, vertical_alignment="center"):
        told = say("running.paused", lang) if is_waiting else say("running.note", lang)
        st.caption(f":material/{'pause_circle' if is_waiting else 'sync'}: {told}", width="content")
        menu.link(menu.page("collect", lang), say("running.link", lang))
    if data.growth() != seen:
        st.rerun()


def _task(task: Task, lang: Lang, *, is_newest: bool, is_repeated: bool) -> None:
    with st.container(border=True, key=f"task.{task.id}", gap="small"):
        kind, about = say(f"task.kind.{task.kind}", lang), literal(subject.named(task.params, lang))
        st.markdown(f"{badge(task, lang)} **{kind}** {about}")
        if task.is_finished:
            outcome.draw(task, lang, is_newest=is_newest)
            return
        if task.state is TaskState.PAUSED:
            pausing.draw(task, lang, is_repeated=is_repeated)
        if task.state is not TaskState.PAUSED or task.progress.done:
            bar(task, lang)
        st.button(
            say("task.cancel", lang),
            key=f"cancel.{task.id}",
            type="tertiary" if task.state is TaskState.PAUSED else "secondary",
            icon=":material/stop_circle:",
            on_click=_cancel,
            args=(task.id,),
        )


def badge(task: Task, lang: Lang) -> str:
    """Say how a task stands, in its colour: one that lacks only what nobody can read is as well as any."""
    if outcome.lacks_only_closed(task):
        return f":{COLOURS[TaskState.SUCCEEDED]}-badge[{say('task.state.partial.closed', lang)}]"
    return f":{COLOURS.get(task.state, 'gray')}-badge[{say(f'task.state.{task.state}', lang)}]"


def counted(state: str, lang: Lang) -> str:
    """Return what tasks of a state are called where nothing more is known of them."""
    key = f"task.state.{state}"
    return next((say(each, lang) for each in (f"{key}.any", key) if has(each)), state)


def bar(task: Task, lang: Lang) -> None:
    """Draw how far a task is, what it is doing, and how long it may still take."""
    st.progress(task.fraction or 0.0, text=told(task, lang))


def told(task: Task, lang: Lang) -> str:
    """Say how far a task is, what it is doing, and how long it may still take."""
    progress = task.progress
    parts = [_done(task, lang)]
    if task.state is TaskState.RUNNING:
        if progress.eta_s is not None and round(progress.eta_s[1]):
            parts.append(say("task.eta", lang, range=amounts.between(*progress.eta_s, lang)))
        if progress.note:
            parts.append(note(progress.note, dict(progress.note_params), lang))
    return " · ".join(part for part in parts if part)


def _done(task: Task, lang: Lang) -> str:
    progress = task.progress
    if progress.unit == "percent":
        return percent(progress.done / 100, lang)
    if progress.total is None:
        return say("task.progress.open", lang, done=count(progress.done, _unit(task), lang))
    total = count(progress.total, f"{_unit(task)}_of", lang)
    return say("task.progress", lang, done=number(progress.done, lang), total=total)


def note(key: str, params: Mapping[str, str], lang: Lang) -> str:
    """Say what a task is doing; a note without words here says nothing."""
    return say(key, lang, **params) if has(key) else ""


def _unit(task: Task) -> str:
    return task.progress.unit if f"{task.progress.unit}_of" in amounts.NOUNS else "comments"


def _cancel(task_id: str) -> None:
    """Cancel; a task that ended in the meantime simply shows its end."""
    try:
        services.current().tasks.cancel(task_id)
    except DashboardError:
        return
