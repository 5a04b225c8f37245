"""A paused task: why it waits, until when, and what a person can give so that it goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import unquote

import streamlit as st

from core.errors import NotFound, TaskConflict, TaskError
from core.models import Pause, PauseReason
from core.tasks.records import Task
from core.wording import Lang, say
from core.wording.pauses import BY_ITSELF, remedy, waiting, why
from dashboard import services, state, workspaces

ANSWERS: Final = {PauseReason.CAPTCHA: "success_token", PauseReason.TOKEN: "token"}

_SUCCESS: Final = re.compile(r"""success_token["']?\s*[=:]\s*["']?([^&#\s"']+)""")


def repeated(tasks: Iterable[Task]) -> frozenset[str]:
    """Return the tasks that wait for what one before them waits for: one answer lets all of them go on."""
    asked: set[tuple[PauseReason, str]] = set()
    found = set()
    for task in tasks:
        if task.pause is not None:
            question = (task.pause.reason, task.pause.token)
            if question in asked:
                found.add(task.id)
            asked.add(question)
    return frozenset(found)


def draw(task: Task, lang: Lang, *, is_repeated: bool = False) -> None:
    """Say calmly what the task waits for, and offer the way on, unless another task asks the same."""
    pause = task.pause
    if pause is None:
        return
    told = f"**{whose(pause, lang)}{why(pause, lang)}** {until(pause, lang)}".rstrip()
    st.markdown(f":blue[:material/pause_circle:] {told}")
    if is_repeated:
        st.caption(say("pause.same", lang))
        return
    st.caption(remedy(pause, lang))
    if pause.link:
        image = ".image" if pause.is_image else ""
        st.link_button(
            say(f"pause.{pause.reason}.link{image}", lang), pause.link, icon=":material/open_in_new:"
        )
    if pause.reason in ANSWERS:
        _question(task, pause, lang)
    else:
        is_due = pause.reason in BY_ITSELF
        st.button(
            say("pause.now" if is_due else "task.go_on", lang),
            key=f"resume.{task.id}",
            icon=":material/play_arrow:",
            type="secondary" if is_due else "primary",
            on_click=_resume,
            args=(task.id, {}),
        )


def whose(pause: Pause, lang: Lang) -> str:
    """Name the token that is meant where there are several; empty otherwise."""
    tokens = services.current().tokens()
    number = next((token.number for token in tokens if token.id == pause.token), None)
    return f"{say('tokens.name', lang, n=number)}. " if number and len(tokens) > 1 else ""


def until(pause: Pause, lang: Lang) -> str:
    """Say until when it waits, for this visitor at this moment."""
    return waiting(pause, lang, state.current().query.tz, workspaces.now())


def answer(reason: PauseReason, given: str, *, is_image: bool = False) -> dict[str, str]:
    """Return what was typed as the answer VK expects; an address is searched for its `success_token`."""
    text = given.strip()
    if reason is PauseReason.TOKEN:
        return {"token": text}
    if is_image:
        return {"captcha_key": text}
    found = _SUCCESS.search(text)
    return {"success_token": unquote(found.group(1)) if found else text}


def _question(task: Task, pause: Pause, lang: Lang) -> None:
    key = f"answer.{task.id}"
    image = ".image" if pause.is_image else ""
    with st.form(f"pause.{task.id}", border=False, enter_to_submit=True):
        st.text_input(
            say(f"pause.{pause.reason}.field{image}", lang),
            key=key,
            type="password" if pause.reason is PauseReason.TOKEN else "default",
            autocomplete="off",
        )
        st.form_submit_button(
            say("pause.answer", lang),
            type="primary",
            icon=":material/play_arrow:",
            on_click=_answer,
            args=(task.id, pause, key),
        )
    if pause.reason is PauseReason.TOKEN and _has_another():
        st.button(
            say("pause.token.others", lang),
            key=f"resume.{task.id}",
            icon=":material/play_arrow:",
            on_click=_resume,
            args=(task.id, {}),
        )
    if state.picked(_answered(task.id)) and pause.reason is PauseReason.CAPTCHA:
        st.warning(say("pause.captcha.again", lang), icon=":material/replay:")
    if state.picked(_refused(task.id)):
        st.error(say("tokens.refused", lang), icon=":material/error:")


def _has_another() -> bool:
    """Tell whether some token works: one that was set since, or one of the others."""
    return any(token.problem is None and token.pause is None for token in services.current().tokens())


def _answer(task_id: str, pause: Pause, key: str) -> None:
    given = str(state.picked(key) or "")
    state.keep(key, "")
    if given.strip():
        state.keep(_answered(task_id), True)
        _resume(task_id, answer(pause.reason, given, is_image=pause.is_image))


def _resume(task_id: str, given: Mapping[str, str]) -> None:
    """Let the task go on; one that went on or ended in the meantime simply shows where it stands."""
    state.keep(_refused(task_id), False)
    try:
        services.current().tasks.resume(task_id, given)
    except (TaskConflict, NotFound):
        return
    except TaskError:
        state.keep(_refused(task_id), True)


def _answered(task_id: str) -> str:
    return f"answer.{task_id}.given"


def _refused(task_id: str) -> str:
    return f"answer.{task_id}.refused"
