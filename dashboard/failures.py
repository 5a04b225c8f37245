"""Errors as a reader sees them: a sentence, the next step, never a traceback.

`shown` is the page's boundary: it stands around each page and around each fragment. What it says is what the
API and a task say of the same fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import streamlit as st
from structlog.contextvars import bound_contextvars

from core.errors import (
    DashboardError,
    ExportError,
    ImportRefused,
    NotFound,
    QueryError,
    TaskError,
    VkHumanNeeded,
)
from core.log import logger
from core.wording import Lang, say
from core.wording.faults import Fault, told
from core.wording.markup import literal
from dashboard import services
from dashboard.starting import left_no_services

ASKED_WRONGLY: Final = (ExportError, ImportRefused, NotFound, QueryError, TaskError)
"""Errors of what was asked for: nothing of the product failed, so they are no incidents."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened and what to do, in the reader's language; `detail` is where VK wants a person."""

    what: str
    remedy: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Literal:
    """A fault whose values Markdown shows letter by letter: they come from files, links and VK."""

    code: str
    template: str
    hint_template: str
    params: Mapping[str, object]


def explain(error: BaseException | Fault, lang: Lang, reference: str = "") -> Sentence:
    """Turn an error, or the fault of a task, into a sentence and a next step, ready for Markdown."""
    if isinstance(error, Fault):
        params = {name: _literal(value) for name, value in error.params.items()}
        said = told(_Literal(error.code, error.template, error.hint_template, params), lang)
    else:
        said = told(error, lang, reference=reference)
    return Sentence(said.what, said.remedy, error.link if isinstance(error, VkHumanNeeded) else "")


@contextmanager
def shown(lang: Lang) -> Iterator[None]:
    """Show whatever fails inside as a sentence with a remedy; what is unexpected goes to the log too."""
    try:
        yield
    except DashboardError as error:
        logger(__name__).warning("page failed", code=error.code, error=str(error))
        if not isinstance(error, ASKED_WRONGLY):
            _note(error)
        _show(explain(error, lang), lang, is_ours=not isinstance(error, ASKED_WRONGLY))
    except Exception as error:  # noqa: BLE001 - a boundary: whatever failed, the reader gets a sentence
        reference = uuid4().hex[:8]
        logger(__name__).exception("page failed", reference=reference)
        with bound_contextvars(reference=reference):
            _note(error)
        _show(explain(error, lang, reference), lang, is_ours=True)


def _note(error: BaseException) -> None:
    """Keep it for the System page; where it left no services it is kept already, and they are not tried."""
    if left_no_services(error):
        return
    with suppress(Exception):
        services.current().incidents.note(error, "page")


def _literal(value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple(_literal(each) for each in value)
    return literal(value) if isinstance(value, str) else value


def _show(sentence: Sentence, lang: Lang, *, is_ours: bool) -> None:
    """Draw the sentence; what failed of ours may succeed the next time, so the button asks again."""
    with st.container(border=True):
        st.error(f"**{sentence.what}** {sentence.remedy}", icon=":material/error:")
        if sentence.detail:
            st.text(sentence.detail)
        if is_ours:
            # Any click runs the page again; the same failure may stand on it twice, hence a key of its own.
            st.button(say("failure.again", lang), key=f"failure.{uuid4().hex}", icon=":material/refresh:")
