"""Running and recent tasks, live: the pool is asked, not the session, so a closed tab loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import streamlit as st

from core.errors import DashboardError
from core.tasks.records import RETRYABLE, Task, TaskState
from core.wording import Lang, amounts, count, dates, duration, has, number, say
from dashboard import data, failures, services, state
from dashboard.components import balance, collecting, menu
from dashboard.components.labels import literal

Colour = Literal["green", "orange", "red", "blue", "gray"]

EVERY_S: Final = 2.0
FOLLOW_S: Final = 5.0
SHOWN: Final = 8
COLOURS: Final[dict[TaskState, Colour]] = {
    TaskState.SUCCEEDED: "green",
    TaskState.PARTIAL: "orange",
    TaskState.FAILED: "red",
    TaskState.TIMED_OUT: "red",
    TaskState.RUNNING: "blue",
}

STOPPED: Final = frozenset({TaskState.CANCELLED, TaskState.INTERRUPTED, TaskState.TIMED_OUT})


def tasks(lang: Lang) -> None:
    """Draw the tasks; the list asks for news only while something runs."""
    st.header(say("tasks.title", lang), anchor=False)
    is_busy = bool(data.running())
    st.fragment(_tasks, run_every=EVERY_S if is_busy else None)(lang, was_busy=is_busy)


def follow(lang: Lang) -> None:
    """Say on other pages that figures are growing, and let them grow; nothing while nothing runs."""
    if data.running():
        st.fragment(_follow, run_every=FOLLOW_S)(lang, data.growth())


def _tasks(lang: Lang, *, was_busy: bool) -> None:
    with failures.shown(lang):
        listed = data.tasks()[:SHOWN]
        if not listed:
            st.caption(say("tasks.empty", lang))
        if any(not task.is_finished for task in listed):
            st.caption(f":material/info: {say('tasks.keeps', lang)}")
        for index, task in enumerate(listed):
            _task(task, lang, is_newest=index == 0)
    if was_busy and not data.running():
        # Polling ends, and the rest of the page learns what arrived, only by a run of the whole page.
        st.rerun()


def _follow(lang: Lang, seen: object) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f":material/sync: {say('running.note', lang)}", width="content")
        menu.link(menu.page("collect", lang), say("running.link", lang))
    if data.growth() != seen:
        st.rerun()


def _task(task: Task, lang: Lang, *, is_newest: bool) -> None:
    with st.container(border=True, key=f"task.{task.id}", gap="small"):
        badge = f":{COLOURS.get(task.state, 'gray')}-badge[{say(f'task.state.{task.state}', lang)}]"
        st.markdown(f"{badge} **{say(f'task.kind.{task.kind}', lang)}** {literal(_subject(task, lang))}")
        if not task.is_finished:
            _running(task, lang)
            return
        if task.started_at and task.finished_at:
            took = duration((task.finished_at - task.started_at).total_seconds(), lang)
            when = dates.moment(task.finished_at, lang, state.current().query.tz)
            st.caption(say("task.when", lang, moment=when, duration=took))
        if task.fault is not None:
            sentence = failures.explain_code(task.fault.code, lang)
            st.markdown(f":red[:material/error:] {sentence.what} {sentence.remedy}")
        _result(task, lang, is_newest=is_newest)


def _running(task: Task, lang: Lang) -> None:
    progress = task.progress
    done = count(progress.done, progress.unit if progress.unit in amounts.NOUNS else "comments", lang)
    parts = [
        say("task.progress.open", lang, done=done)
        if progress.total is None
        else say("task.progress", lang, done=number(progress.done, lang), total=_total(task, lang))
    ]
    if progress.eta_s is not None:
        parts.append(say("task.eta", lang, range=amounts.between(*progress.eta_s, lang)))
    if progress.note:
        parts.append(note(progress.note, dict(progress.note_params), lang))
    st.progress(task.fraction or 0.0, text=" · ".join(part for part in parts if part))
    st.button(
        say("task.cancel", lang),
        key=f"cancel.{task.id}",
        icon=":material/stop_circle:",
        on_click=_ask,
        args=("cancel", task.id),
    )


def note(key: str, params: Mapping[str, str], lang: Lang) -> str:
    """Say what a task is doing; a note without words here says nothing."""
    return say(key, lang, **params) if has(key) else ""


def _total(task: Task, lang: Lang) -> str:
    unit = task.progress.unit if task.progress.unit in amounts.NOUNS else "comments"
    return count(task.progress.total or 0, unit, lang)


def _result(task: Task, lang: Lang, *, is_newest: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if _has_rows(task):
            dataset = services.current().collecting().dataset if task.kind == "collect" else "own"
            with st.container(key=f"show-{task.id}", width="content"):
                menu.link(
                    menu.page("overview", lang),
                    say("task.show", lang),
                    icon=":material/insights:",
                    dataset=dataset,
                )
        if task.state in RETRYABLE:
            st.button(
                say("task.retry", lang),
                key=f"retry.{task.id}",
                icon=":material/replay:",
                on_click=_ask,
                args=("retry", task.id),
            )
    if not isinstance(task.result, dict):
        return
    if task.kind == "import":
        for sentence in imported(task.result, lang):
            st.caption(sentence)
    is_demo = services.current().settings.uses_demo
    is_stopped = task.state in STOPPED or bool(task.result.get("error"))
    if rows := balance.rows(task.result, lang, is_demo=is_demo, is_stopped=is_stopped):
        with st.expander(say("task.balance", lang), expanded=is_newest):
            balance.draw(rows, task.result, lang)


def imported(result: Mapping[str, Any], lang: Lang) -> list[str]:
    """Say what an import added and what it met; nothing new is not called imported."""
    written = int(result.get("written") or 0)
    told = [say("import.done", lang, rows=count(written, "rows", lang))] if written else []
    return told + [
        say(f"import.note.{each['code']}", lang, n=number(each["count"], lang))
        for each in result.get("notes", ())
        if has(f"import.note.{each['code']}")
    ]


def _has_rows(task: Task) -> bool:
    result = task.result if isinstance(task.result, dict) else {}
    if task.kind == "import":
        return bool(result.get("rows"))
    return any(row.get("collected") for row in result.get("sources", ()))


def _subject(task: Task, lang: Lang) -> str:
    if task.kind == "collect":
        return collecting.summary(lang, list(task.params.get("targets", ())))
    return str(task.params.get("file", ""))


def _ask(what: str, task_id: str) -> None:
    """Cancel or retry; a task that ended in the meantime simply shows its end."""
    pool = services.current().tasks
    try:
        pool.cancel(task_id) if what == "cancel" else pool.retry(task_id)
    except DashboardError:
        return
