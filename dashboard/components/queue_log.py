"""The log of one task as sentences: known lines in the reader's language, others as they were said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from string import Formatter
from typing import Any, Final
from zoneinfo import ZoneInfo

import streamlit as st

from core.trail import Line
from core.wording import Lang, duration, has, number, say
from dashboard import services, state

LOUD: Final = frozenset({"warning", "error", "critical"})
UNSAID: Final = frozenset(
    {"run", "request", "reason", "refresh", "is_resumed", "exception", "code", "error", "state"}
)
"""Values that a known sentence leaves out without saying so: they are in the log and in the API."""


def draw(task_id: str, lang: Lang) -> None:
    """Draw what the log said about a task, the newest line first."""
    lines = services.current().trail.lines(task_id)
    st.markdown(f"**{say('queue.log', lang)}**")
    if not lines:
        st.caption(say("queue.log.empty", lang))
        return
    zone = ZoneInfo(state.current().query.tz)
    items = "".join(_item(line, lang, zone) for line in reversed(lines))
    st.html(f'<ol class="tl" tabindex="0" aria-label="{escape(say("queue.log", lang))}">{items}</ol>')


def sentence(line: Line, lang: Lang) -> tuple[str, str]:
    """Return what a line says in words, and its other values as `name=value`."""
    key = f"log.{line.event}"
    if not has(key):
        return line.event, _pairs(line.values, frozenset({"run", "exception"}))
    template = say(key, lang)
    named = {name for _, name, _, _ in Formatter().parse(template) if name}
    if not named <= line.values.keys():
        return line.event, _pairs(line.values, frozenset({"run"}))
    told = {name: _said(name, line.values[name], lang) for name in named}
    return template.format(**told), _pairs(line.values, UNSAID | named)


def _pairs(values: Mapping[str, Any], without: frozenset[str] | set[str]) -> str:
    return " ".join(f"{name}={value}" for name, value in values.items() if name not in without)


def _said(name: str, value: Any, lang: Lang) -> str:
    """Write a value as a reader of the language does."""
    if name == "state":
        for key in (f"task.state.{value}", f"state.{value}"):
            if has(key):
                return say(key, lang)
    if name == "seconds":
        return duration(float(value), lang)
    return number(value, lang) if isinstance(value, int) else str(value)


def _item(line: Line, lang: Lang, zone: ZoneInfo) -> str:
    said, rest = sentence(line, lang)
    moment = datetime.fromisoformat(line.at).astimezone(zone)
    level = ""
    if line.level in LOUD:
        level = f'<b class="tl-{line.level}">{escape(say(f"queue.level.{line.level}", lang))}</b> '
    trace = line.values.get("exception")
    return (
        f'<li><time datetime="{escape(line.at)}" title="{moment:%Y-%m-%d}">{moment:%H:%M:%S}</time> '
        f"<span>{level}{escape(said)}"
        f"{f' <small>{escape(rest)}</small>' if rest else ''}"
        f"{f'<pre>{escape(str(trace))}</pre>' if trace else ''}</span></li>"
    )
