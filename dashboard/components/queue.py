"""The page of tasks, live: how busy the workers are, what runs, waits and has ended, filtered as asked.

One fragment asks the pool for snapshots; nothing is kept in the session but how much of a long list is
shown. The filters and which task is open stand in the address; a task that a link brought stands on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit as st

from core.tasks.records import PoolStats, Task, TaskKind, TaskState
from core.wording import Lang, number, say
from dashboard import failures, services, state
from dashboard.components import menu, progress, queue_rows

STYLE: Final = Path(__file__).with_name("queue.css")
EVERY_S: Final = 2.0
IDLE_S: Final = 10.0
FIRST: Final = 20
STATE: Final = "queue.filter.state"
KIND: Final = "queue.filter.kind"
SECTIONS: Final = ("running", "paused", "queued", "ended")


def panel(lang: Lang) -> None:
    """Draw the page; it asks for news often while anything is unfinished, and now and then otherwise."""
    st.html(STYLE)
    is_busy = _is_busy(services.current().tasks.list())
    st.fragment(_live, run_every=EVERY_S if is_busy else IDLE_S)(lang, was_busy=is_busy)


def _live(lang: Lang, *, was_busy: bool) -> None:
    with failures.shown(lang):
        pool = services.current().tasks
        stats, listed = pool.stats(), pool.list()
        if listed:
            _figures(stats, listed, lang)
            _lists(stats, listed, lang)
        else:
            _nothing(lang)
    state.write()
    if was_busy != _is_busy(services.current().tasks.list()):
        # How often to ask is settled by a whole run only.
        st.rerun()


def sections(stats: PoolStats, listed: Sequence[Task]) -> dict[str, list[Task]]:
    """Sort tasks under what they are doing, each in the order in which a person looks for it."""
    place = {task_id: index for index, task_id in enumerate(stats.queue)}
    of: dict[str, list[Task]] = {name: [] for name in SECTIONS}
    for task in listed:
        of["ended" if task.is_finished else str(task.state)].append(task)
    of["running"].sort(key=lambda task: task.started_at or task.submitted_at)
    of["queued"].sort(key=lambda task: place.get(task.id, len(place)))
    of["ended"].sort(key=lambda task: task.finished_at or task.submitted_at, reverse=True)
    return of


def _figures(stats: PoolStats, listed: Sequence[Task], lang: Lang) -> None:
    busy = say("queue.workers.of", lang, busy=number(stats.running, lang), all=number(stats.workers, lang))
    ended = sum(task.is_finished for task in listed)
    with st.grid(min_column_width=130, gap="small", key="totals"):
        st.metric(say("queue.workers", lang), busy, border=True)
        st.metric(say("queue.waiting", lang), number(stats.waiting, lang), border=True)
        st.metric(say("queue.paused", lang), number(stats.states.get(TaskState.PAUSED, 0), lang), border=True)
        st.metric(say("queue.ended", lang), number(ended, lang), border=True)


def _lists(stats: PoolStats, listed: Sequence[Task], lang: Lang) -> None:
    wanted = _filtered(listed, lang)
    asked = state.current().task
    around = queue_rows.Around.of(stats, listed, asked)
    is_brought = bool(asked) and not queue_rows.opened_here(asked)
    of = sections(stats, [task for task in wanted if not (is_brought and task.id == asked)])
    shown: set[str] = set()
    linked = st.container(gap="small")
    for name in SECTIONS:
        if of[name]:
            shown.update(_section(name, of[name], around, lang))
    if not wanted:
        st.caption(say("queue.nothing", lang))
        st.button(say("queue.everything", lang), key="queue.everything", on_click=_show_everything)
    if asked and asked not in shown:
        with linked:
            _linked(asked, around, lang)


def _section(name: str, tasks: Sequence[Task], around: queue_rows.Around, lang: Lang) -> list[str]:
    """Draw a list of tasks, the first of many; return which are drawn."""
    more = f"queue.more.{name}"
    visible = tasks[: state.picked(f"{more}.n") or FIRST]
    st.header(f"{say(f'queue.section.{name}', lang)} · {number(len(tasks), lang)}", anchor=False)
    for task in visible:
        queue_rows.draw(task, around, lang)
    left = len(tasks) - len(visible)
    if left:
        st.button(
            say("queue.more", lang, n=number(min(left, FIRST), lang)),
            key=more,
            icon=":material/expand_more:",
            on_click=state.keep,
            args=(f"{more}.n", len(visible) + FIRST),
        )
    return [task.id for task in visible]


def _linked(asked: str, around: queue_rows.Around, lang: Lang) -> None:
    """Draw the task that a link brought, or that no list shows: it is what the reader came for."""
    task = around.known.get(asked)
    if task is None:
        st.info(say("queue.gone", lang), icon=":material/link_off:")
        return
    st.header(say("queue.linked", lang), anchor=False)
    queue_rows.draw(task, around, lang)


def _filtered(listed: Sequence[Task], lang: Lang) -> list[Task]:
    """Ask which states and kinds are wanted, as the address says, and return those tasks."""
    view = state.current()
    state.hold(STATE, view.task_state)
    state.hold(KIND, view.task_kind)
    with st.container(horizontal=True, key="queue-filters"):
        asked_state = st.selectbox(
            say("queue.state", lang),
            ("", *(str(each) for each in TaskState)),
            key=STATE,
            width=200,
            on_change=lambda: state.look(task_state=state.picked(STATE)),
            format_func=lambda each: progress.counted(each, lang) if each else say("queue.any_state", lang),
        )
        known = {view.task_kind, *(str(task.kind) for task in listed)}
        asked_kind = st.selectbox(
            say("queue.kind", lang),
            ("", *(str(each) for each in TaskKind if str(each) in known)),
            key=KIND,
            width=200,
            on_change=lambda: state.look(task_kind=state.picked(KIND)),
            format_func=lambda each: say(f"task.kind.{each}" if each else "queue.any_kind", lang),
        )
    return [
        task for task in listed if asked_state in {"", str(task.state)} and asked_kind in {"", str(task.kind)}
    ]


def _nothing(lang: Lang) -> None:
    st.header(say("queue.empty", lang), anchor=False)
    st.write(say("queue.empty.body", lang))
    menu.link(menu.page("collect", lang), say("empty.collect", lang), icon=menu.ICONS["collect"])


def _show_everything() -> None:
    state.look(task_state="", task_kind="")


def _is_busy(listed: Sequence[Task]) -> bool:
    return any(not task.is_finished for task in listed)
