"""Running and recent tasks, live: the pool is asked, not the session, so a closed tab loses nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from core.errors import DashboardError
from core.tasks.records import RETRYABLE, Task, TaskState
from core.wording import Lang, amounts, count, dates, duration, has, number, say
from dashboard import data, failures, services, state
from dashboard.components import collecting, menu
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
SEVERITY: Final = {
    "refused": 0,
    "closed": 0,
    "partial": 1,
    "unknown": 1,
    "collecting": 2,
    "complete": 3,
    "empty": 3,
}
MARKS: Final = {"refused": "✕", "closed": "✕", "complete": "✓", "empty": "✓", "collecting": "…"}
RED: Final = "#d1453b"
"""Dark enough on white, light enough on the dark ground."""
REMEDIES: Final = frozenset({"refused", "closed", "partial", "unknown"})


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
    if task.kind == "import" and isinstance(task.result, dict):
        read = count(int(task.result.get("rows") or 0), "rows", lang)
        st.caption(say("import.done", lang, rows=read))
        for each in task.result.get("notes", ()):
            if has(f"import.note.{each['code']}"):
                st.caption(say(f"import.note.{each['code']}", lang, n=number(each["count"], lang)))
    if isinstance(task.result, dict) and (rows := balance_rows(task.result, lang)):
        with st.expander(say("task.balance", lang), expanded=is_newest):
            balance(rows, task.result, lang)


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One line of the balance sheet; `declared` is None where VK says no number."""

    source: str
    state: str
    remedy: str
    declared: int | None = None
    collected: int = 0


def balance_rows(sheet: Mapping[str, Any], lang: Lang) -> list[BalanceRow]:
    """Return what did not arrive first, then the rest; links that VK refused as a whole stand among them."""
    rows = [
        BalanceRow(each["input"], "refused", failures.explain_code(each["code"], lang).remedy)
        for each in sheet.get("refused_targets", ())
    ]
    rows += [
        BalanceRow(each["input"], "refused", say(f"refused.{each['reason']}.hint", lang))
        for each in sheet.get("refused", ())
    ]
    rows += [
        BalanceRow(
            each["title"] or each["source"],
            each["state"],
            _remedy(each["state"], lang),
            each["declared"],
            each["collected"],
        )
        for each in sheet.get("sources", ())
    ]
    return sorted(rows, key=lambda row: (SEVERITY.get(row.state, 1), -(row.declared or 0)))


def balance(rows: Sequence[BalanceRow], sheet: Mapping[str, Any], lang: Lang) -> None:
    """Draw the balance sheet: per source what VK states, what arrived, and what to do about the rest."""
    known = [row.declared for row in rows if row.declared is not None]
    st.caption(
        say(
            "balance.total" if known else "balance.total.undeclared",
            lang,
            collected=count(sum(row.collected for row in rows), "comments", lang),
            declared=number(sum(known), lang),
            calls=count(int(sheet.get("calls") or 0), "calls", lang),
        )
    )
    for became, colour in (
        ("refused", "red"),
        ("closed", "red"),
        ("partial", "orange"),
        ("unknown", "orange"),
    ):
        hit = sum(row.state == became for row in rows)
        if hit:
            mark = (
                f":{colour}[**{MARKS.get(became, '!')} {say(f'state.{became}', lang)}: {number(hit, lang)}**]"
            )
            st.markdown(f"{mark} {_remedy(became, lang)}")
    frame = pd.DataFrame(
        {
            "state": [f"{MARKS.get(row.state, '!')} {say(f'state.{row.state}', lang)}" for row in rows],
            "collected": [row.collected for row in rows],
            "declared": pd.array([row.declared for row in rows], dtype="Int64"),
            "source": [row.source for row in rows],
            "remedy": [row.remedy for row in rows],
        }
    )
    reds = [SEVERITY.get(row.state, 1) == 0 for row in rows]
    styled = frame.style.apply(
        lambda row: [
            f"color: {RED}" if reds[int(row.name)] and name == "state" else "" for name in row.index
        ],
        axis=1,
    )
    widths = {"state": 120, "collected": 75, "declared": 75, "source": 260, "remedy": 420}
    st.dataframe(
        styled,
        hide_index=True,
        placeholder="",
        height=min(len(frame), 8) * 35 + 38,
        column_config={
            name: st.column_config.Column(say(f"balance.{name}", lang), width=width)
            for name, width in widths.items()
        },
        alt=say("task.balance", lang),
    )


def _remedy(status: str, lang: Lang) -> str:
    return say(f"remedy.{status}", lang) if status in REMEDIES else ""


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
