"""One task on the page of tasks: what it is about, how it stands, what can be done, and on demand its log."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from core.errors import DashboardError
from core.tasks.records import PoolStats, Task, TaskKind, TaskState
from core.wording import Lang, count, dates, duration, faults, has, number, say
from dashboard import services, state
from dashboard.components import outcome, pausing, progress, queue_log, subject
from dashboard.components.labels import literal

CANCEL_WAIT_S: Final = 1.0
OPENED: Final = "queue.opened"
ICONS: Final = {
    "cancel": ":material/stop_circle:",
    "again": ":material/replay:",
    "open": ":material/expand_more:",
    "hide": ":material/expand_less:",
}
FILES: Final = frozenset({TaskKind.EXPORT, TaskKind.ANALYZE})


@dataclass(frozen=True, slots=True)
class Around:
    """What a task waits for is said of others: all by id, places, workers, questions asked once already."""

    known: Mapping[str, Task]
    place: Mapping[str, int]
    has_free_worker: bool
    repeated: frozenset[str] = frozenset()

    @classmethod
    def of(cls, stats: PoolStats, listed: Sequence[Task], asked: str = "") -> Around:
        """Return what surrounds each of these tasks; of several with one question the open one asks it."""
        return cls(
            {task.id: task for task in listed},
            {task_id: index for index, task_id in enumerate(stats.queue, 1)},
            stats.running < stats.workers,
            pausing.repeated(sorted(listed, key=lambda task: task.id != asked)),
        )


def draw(task: Task, around: Around, lang: Lang) -> None:
    """Draw a task with its buttons; the one that the address names shows everything."""
    is_open = state.current().task == task.id
    with st.container(border=True, key=f"job-{task.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"job-head-{task.id}"):
            with st.container(gap=None):
                st.markdown(title(task, lang))
                st.caption(" · ".join(facts(task, around, lang, state.current().query.tz)))
            with st.container(horizontal=True, width="content", gap="xsmall"):
                _buttons(task, lang, is_open=is_open)
        if task.state is TaskState.RUNNING:
            progress.bar(task, lang)
        if task.state is TaskState.PAUSED:
            pausing.draw(task, lang, is_repeated=task.id in around.repeated)
        if task.fault is not None and not is_open:
            failed = faults.told(task.fault, lang)
            st.markdown(f":red[:material/error:] {literal(failed.what)} {literal(failed.remedy)}")
        if is_open:
            _details(task, lang)


def title(task: Task, lang: Lang) -> str:
    """Say in a line how a task stands, of which kind it is and what about."""
    kind = say(f"task.kind.{task.kind}", lang)
    return f"{progress.badge(task, lang)} **{kind}** {literal(about(task.params, lang))}".rstrip()


def about(params: Mapping[str, Any], lang: Lang) -> str:
    """Say what a task's parameters are about: its links, its file, or the format or analysis it is for."""
    if named := subject.named(params, lang):
        return named
    for name, key in (("name", "analysis.{}.title"), ("format", "export.format.{}")):
        if value := str(params.get(name) or ""):
            return say(key.format(value), lang) if has(key.format(value)) else value
    return ""


def facts(task: Task, around: Around, lang: Lang, tz: str) -> list[str]:
    """Say what stands behind the state: what it waits for, when it was, how much came of it."""
    told = waiting(task, around, lang) if task.state is TaskState.QUEUED else []
    if not task.is_finished:
        told.append(say(f"queue.priority.{task.priority.name.lower()}", lang))
        moment = task.started_at or task.submitted_at
        told.append(say("queue.submitted", lang, moment=dates.moment(moment, lang, tz)))
    elif task.finished_at is not None:
        told.append(_ended(task, lang, tz))
    if task.attempt > 1:
        told.append(say("queue.attempt", lang, n=number(task.attempt, lang)))
    if task.is_stopping:
        told.append(say("queue.stopping", lang))
    return [*told, *came(task, lang)]


def waiting(task: Task, around: Around, lang: Lang) -> list[str]:
    """Say where in the queue a task stands and what it waits for."""
    told = []
    if place := around.place.get(task.id):
        told.append(say("queue.place", lang, n=number(place, lang)))
    if note := progress.note(task.progress.note, dict(task.progress.note_params), lang):
        holder = around.known.get(dict(task.progress.note_params).get("holder", ""))
        return [*told, note if holder is None else f"{note}: {literal(about(holder.params, lang))}"]
    reason = "queue.same_kind" if around.has_free_worker else "queue.free_worker"
    return [*told, say(reason, lang)]


def came(task: Task, lang: Lang) -> list[str]:
    """Say how much a finished task has brought; nothing where that has no number."""
    result = task.result if task.is_finished and isinstance(task.result, dict) else {}
    if task.kind is TaskKind.COLLECT:
        comments = sum(int(source.get("collected") or 0) for source in result.get("sources", ()))
        return [count(comments, "comments", lang)] if comments else []
    rows = result.get("rows")
    return [count(rows, "rows", lang)] if isinstance(rows, int) else []


def _ended(task: Task, lang: Lang, tz: str) -> str:
    moment = dates.moment(task.finished_at or task.submitted_at, lang, tz)
    if task.started_at is None or task.finished_at is None:
        return moment
    took = duration((task.finished_at - task.started_at).total_seconds(), lang)
    return say("task.when", lang, moment=moment, duration=took)


def _buttons(task: Task, lang: Lang, *, is_open: bool) -> None:
    if not task.is_finished and not task.is_stopping:
        _button(task.id, "cancel", say("queue.cancel", lang), _cancel)
    elif not is_open and (key := outcome.way_on(task)):
        _button(task.id, "again", say(key, lang), _retry)
    # One key for both, so that the button stays the same one and keeps the focus.
    _button(task.id, "open", say("queue.hide" if is_open else "queue.details", lang), _turn, is_open=is_open)


def _button(
    task_id: str, name: str, label: str, act: Callable[[str], None], *, is_open: bool = False
) -> None:
    st.button(
        label,
        key=f"job.{name}.{task_id}",
        type="tertiary" if name == "open" else "secondary",
        icon=ICONS["hide" if is_open else name],
        on_click=act,
        args=(task_id,),
    )


def _details(task: Task, lang: Lang) -> None:
    if task.timeout_s is not None:
        st.caption(say("queue.limit", lang, limit=duration(task.timeout_s, lang)))
    if task.is_finished:
        outcome.draw(task, lang, is_newest=True, says_when=False)
        if task.state is TaskState.SUCCEEDED and task.kind in FILES:
            is_file = task.file is not None
            st.link_button(
                say("queue.download" if is_file else "queue.result", lang),
                address(task.id),
                icon=":material/download:" if is_file else ":material/open_in_new:",
            )
    queue_log.draw(task.id, lang)


def address(task_id: str) -> str:
    """Return where the result of a task is; with a one-time pass where a key is set."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = f"/api/v1/tasks/{task_id}/result"
    running = services.current()
    if running.settings.api_key is not None:
        path = f"{path}?ticket={running.tickets.issue(path)}"
    return f"/{base}{path}" if base else path


def opened_here(task_id: str) -> bool:
    """Tell whether the visitor opened the task in a list; otherwise a link brought it."""
    return bool(state.picked(OPENED) == task_id)


def _turn(task_id: str) -> None:
    is_open = state.current().task == task_id
    state.keep(OPENED, "" if is_open else task_id)
    state.look(task="" if is_open else task_id)


def _cancel(task_id: str) -> None:
    """Cancel, and wait for the end a moment; a task that ended meanwhile simply shows its end."""
    with contextlib.suppress(DashboardError):
        services.current().tasks.cancel(task_id)
        services.current().tasks.wait(task_id, CANCEL_WAIT_S)


def _retry(task_id: str) -> None:
    """Start the task again; one that is under way already simply shows how far it is."""
    with contextlib.suppress(DashboardError):
        services.current().tasks.retry(task_id)
