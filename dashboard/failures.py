"""Errors as a reader sees them: a sentence, the next step, never a traceback.

`shown` is the page's boundary: it stands around each page and around each fragment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import streamlit as st

from core.errors import DashboardError, VkHumanNeeded
from core.log import logger
from core.wording import Lang, has, say


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened, and what to do about it, in the reader's language; `detail` is the program's own."""

    what: str
    remedy: str
    detail: str = ""


def explain(error: BaseException, lang: Lang, reference: str = "") -> Sentence:
    """Turn an error into a sentence and a next step."""
    if not isinstance(error, DashboardError):
        return Sentence(say("failure.error", lang), say("failure.error.hint", lang, reference=reference))
    reason = str(error.params.get("reason", ""))
    found = explain_code(error.code, lang, reason=reason)
    is_told = has(f"failure.{error.code}.{reason}")
    detail = error.message if lang == "en" or (error.code in _SPEAKING and not is_told) else ""
    if isinstance(error, VkHumanNeeded) and error.link:
        detail = error.link
    return Sentence(found.what, found.remedy, detail)


def explain_code(code: str, lang: Lang, *, reason: str = "") -> Sentence:
    """Turn an error's code, and its reason when it has one, into a sentence and a next step."""
    key = f"failure.{code}" if has(f"failure.{code}") else "failure.error"
    narrow = f"{key}.{reason}"
    what = say(narrow if reason and has(narrow) else key, lang)
    return Sentence(what, say(f"{key}.hint", lang, reference=code))


@contextmanager
def shown(lang: Lang) -> Iterator[None]:
    """Show whatever fails inside as a sentence with a remedy; what is unexpected goes to the log too."""
    try:
        yield
    except DashboardError as error:
        logger(__name__).warning("page failed", code=error.code, error=str(error))
        _show(explain(error, lang))
    except Exception as error:  # noqa: BLE001 - a boundary: whatever failed, the reader gets a sentence
        reference = uuid4().hex[:8]
        logger(__name__).exception("page failed", reference=reference)
        _show(explain(error, lang, reference))


def _show(sentence: Sentence) -> None:
    with st.container(border=True):
        st.error(f"**{sentence.what}** {sentence.remedy}", icon=":material/error:")
        if sentence.detail:
            st.text(sentence.detail)


_SPEAKING = frozenset({"configuration", "storage", "import_refused"})
"""Errors whose own words name a file, a setting or a place that the sentence cannot know."""
