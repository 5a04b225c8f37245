"""What a finished task has to show: the seal or what is missing, what changed, and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from core.errors import DashboardError
from core.tasks.records import RETRYABLE, Task, TaskKind, TaskState
from core.wording import Lang, count, dates, duration, has, number, say
from dashboard import failures, services, state
from dashboard.components import balance, menu, refreshed, schedules

STOPPED: Final = frozenset({TaskState.CANCELLED, TaskState.INTERRUPTED, TaskState.TIMED_OUT})


def draw(task: Task, lang: Lang, *, is_newest: bool, says_when: bool = True) -> None:
    """Draw the end of a task; the newest one's balance is open."""
    if says_when and task.started_at and task.finished_at:
        took = duration((task.finished_at - task.started_at).total_seconds(), lang)
        when = dates.moment(task.finished_at, lang, state.current().query.tz)
        st.caption(say("task.when", lang, moment=when, duration=took))
    if task.fault is not None:
        failed = failures.explain(task.fault, lang)
        st.markdown(f":red[:material/error:] {failed.what} {failed.remedy}")
    sheet = task.result if isinstance(task.result, dict) else {}
    if task.kind is TaskKind.IMPORT:
        for sentence in imported(sheet, lang):
            st.caption(sentence)
    if task.kind is TaskKind.COLLECT:
        _sealed(sheet, lang)
        if told := refreshed.sentences(sheet, lang):
            st.caption(" ".join(told))
    _next(task, lang)
    if task.kind is TaskKind.COLLECT:
        _sheet(task, sheet, lang, is_newest=is_newest)


def imported(result: Mapping[str, Any], lang: Lang) -> list[str]:
    """Say what an import added and what it met; nothing new is not called imported."""
    written = int(result.get("written") or 0)
    told = [say("import.done", lang, rows=count(written, "rows", lang))] if written else []
    return told + [
        say(f"import.note.{each['code']}", lang, n=number(each["count"], lang))
        for each in result.get("notes", ())
        if has(f"import.note.{each['code']}")
    ]


def way_on(task: Task) -> str:
    """Return the wording key of the button that starts a task again, empty where nothing is left to do."""
    if task.state not in RETRYABLE:
        return ""
    if task.state in STOPPED:
        return "task.go_on"
    if lacks_only_closed(task):
        return ""
    return "task.fetch_missing" if _states(task) & {"partial", "unknown"} else "task.retry"


def lacks_only_closed(task: Task) -> bool:
    """Tell whether everything arrived but what nobody can read because its comments are switched off."""
    sheet = task.result if isinstance(task.result, dict) else {}
    is_refused = any(sheet.get(name) for name in ("refused", "refused_targets"))
    is_open = bool(_states(task) - {"complete", "empty", "closed"})
    return task.state is TaskState.PARTIAL and bool(_states(task)) and not is_refused and not is_open


def _sealed(sheet: Mapping[str, Any], lang: Lang) -> None:
    if sentence := balance.seal(sheet, lang):
        st.markdown(
            f":green[:material/verified: **{sentence}**]",
            help=say("balance.seal.help", lang),
        )


def _next(task: Task, lang: Lang) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if _has_rows(task):
            with st.container(key=f"show-{task.id}", width="content"):
                menu.link(
                    menu.page("overview", lang),
                    say("task.show", lang),
                    icon=":material/insights:",
                    dataset=task.place or "own",
                )
        if key := way_on(task):
            st.button(
                say(key, lang),
                key=f"retry.{task.id}",
                icon=":material/replay:",
                on_click=_retry,
                args=(task.id,),
            )
        if task.kind is TaskKind.COLLECT and task.result is not None:
            schedules.offer(task, lang)


def _sheet(task: Task, sheet: Mapping[str, Any], lang: Lang, *, is_newest: bool) -> None:
    is_demo = task.place == "demo"
    is_stopped = task.state in STOPPED or bool(sheet.get("error"))
    rows = balance.rows(sheet, lang, is_demo=is_demo, is_stopped=is_stopped)
    if not rows:
        return
    if not balance.seal(sheet, lang):
        with st.expander(say("task.balance", lang), expanded=is_newest):
            balance.draw(rows, sheet, lang)
    if sheet.get("sources"):
        with st.expander(say("balance.details", lang)):
            if balance.seal(sheet, lang):
                st.caption(balance.total(rows, sheet, lang))
            balance.details(sheet, lang)


def _states(task: Task) -> set[str]:
    sheet = task.result if isinstance(task.result, dict) else {}
    return {str(source["state"]) for source in sheet.get("sources", ())}


def _has_rows(task: Task) -> bool:
    result = task.result if isinstance(task.result, dict) else {}
    if task.kind == "import":
        return bool(result.get("rows"))
    return any(row.get("collected") for row in result.get("sources", ()))


def _retry(task_id: str) -> None:
    """Start the task again; one that is under way already simply shows how far it is."""
    try:
        services.current().tasks.retry(task_id)
    except DashboardError:
        return
