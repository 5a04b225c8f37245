"""Faults as a reader sees them: what happened and what to do, the same on the page, in the API and of a task.

A fault brings English templates and their values; the Russian ones stand by the English ones, by area.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol, runtime_checkable

from core.templates import Reason, filled
from core.wording.amounts import NBSP, Lang
from core.wording.catalogue import has, say
from core.wording.faults import (
    analysis,
    api,
    cache,
    collect,
    config,
    export,
    importing,
    query,
    start,
    storage,
    system,
    tasks,
    trail,
    views,
    vk,
)

AREAS: Final = (
    *(analysis, api, cache, collect, config, export, importing),
    *(query, start, storage, system, tasks, trail, views, vk),
)
RU: Final[dict[str, str]] = {english: russian for area in AREAS for english, russian in area.RU.items()}


@runtime_checkable
class Fault(Protocol):
    """What can be told: an error of ours, or the fault that a task carries."""

    @property
    def code(self) -> str:
        """Return the stable code."""

    @property
    def template(self) -> str:
        """Return what happened, in English, with places."""

    @property
    def hint_template(self) -> str:
        """Return what to do, in English, with places; empty where the code says enough."""

    @property
    def params(self) -> Mapping[str, Any]:
        """Return the values of the places."""


@dataclass(frozen=True, slots=True)
class Told:
    """What happened and what to do about it, in the reader's language."""

    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}"


def told(fault: BaseException | Fault, lang: Lang, *, reference: str = "") -> Told:
    """Say a fault in a language; of a defect nothing is told but `reference`, the mark it has in the log.

    A sentence that was never translated gives way to the one of its code: no reader gets a foreign one.
    """
    if not isinstance(fault, Fault):
        return by_code("error", lang, reference=reference)
    usual = by_code(fault.code, lang, reference=reference)
    what = _own(fault.template, fault.params, lang)
    return Told(what or usual.what, _own(fault.hint_template, fault.params, lang) or usual.remedy)


def by_code(code: str, lang: Lang, *, reference: str = "") -> Told:
    """Say what a code means in general; a code that is not known here is still a sentence."""
    key = f"failure.{code}" if has(f"failure.{code}") else "failure.error"
    return Told(say(key, lang), say(f"{key}.hint", lang, reference=reference or code))


def refused(reason: str, lang: Lang) -> Told:
    """Say why a link is not collected, by its reason (core.models.RefusalReason)."""
    why = say(f"refused.{reason}", lang)
    return Told(f"{why[0].upper()}{why[1:]}.", say(f"refused.{reason}.hint", lang))


def because(reason: Reason | None, code: str, lang: Lang) -> str:
    """Say why something is missing from a source, empty where nothing says so.

    What was stored as a finished English sentence stands behind the words of its error's code.
    """
    if reason is None:
        return ""
    own = _own(reason.template, reason.params, lang)
    if own or not has(f"failure.{code}"):
        return own or str(reason)
    return f"{by_code(code, lang).what} ({reason})"


def phrase(template: str, lang: Lang, params: Mapping[str, object] | None = None) -> str:
    """Return a sentence of ours that is no fault of its own; in English where Russian has none."""
    return _own(template, params or {}, lang) or filled(template, params or {})


def _own(template: str, params: Mapping[str, object], lang: Lang) -> str:
    """Return the sentence of a template, empty where this language has none."""
    if lang == "en":
        return filled(template, params)
    return filled(RU.get(template, ""), params, comma=NBSP)
