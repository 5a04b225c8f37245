"""Dense cards of labelled figures as HTML: every text is escaped, colours follow the theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final, Literal

import streamlit as st

STYLE: Final = Path(__file__).with_name("cards.css")
HIGH: Final = 0.8
FULL: Final = 0.95

Level = Literal["ok", "degraded", "down", ""]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with its name; `share` (0 to 1) draws a bar under it, `level` colours it."""

    label: str
    value: str
    share: float | None = None
    level: Level = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Figures under a title; `groups` are separated by a line, each may have a heading."""

    title: str
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One part at a glance: its name, its state in a word, and a sentence."""

    name: str
    level: Level
    word: str
    detail: str


@dataclass(frozen=True, slots=True)
class Band:
    """A verdict: its level, the sentence, the small print, and what is wrong with what to do."""

    level: Level
    sentence: str
    small: str
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list of events: when and where, what happened, what to do, what it belongs to.

    `link` is an address with its words: where more of it can be seen.
    """

    when: str
    where: str
    what: str
    remedy: str
    ids: tuple[str, ...] = ()
    link: tuple[str, str] | None = None


def level_of(share: float) -> Level:
    """Return how worrying a full bar is."""
    if share >= FULL:
        return "down"
    return "degraded" if share >= HIGH else ""


def style() -> None:
    """Bring the style sheet; once on a page."""
    st.html(STYLE)


def band(shown: Band) -> None:
    """Draw a verdict."""
    problems = "".join(f"<li><b>{escape(what)}</b> {escape(remedy)}</li>" for what, remedy in shown.problems)
    listed = f"<ul>{problems}</ul>" if problems else ""
    st.html(
        f'<section class="sy-band sy-{shown.level}"><h2>{_dot(shown.level)}{escape(shown.sentence)}</h2>'
        f"<p>{escape(shown.small)}</p>{listed}</section>"
    )


def tiles(shown: Sequence[Tile]) -> None:
    """Draw parts side by side."""
    each = "".join(
        f'<li class="sy-{tile.level}"><b>{_dot(tile.level)}{escape(tile.name)}</b><i>{escape(tile.word)}</i>'
        f"<span>{escape(tile.detail)}</span></li>"
        for tile in shown
    )
    st.html(f'<ul class="sy-tiles">{each}</ul>')


def cards(shown: Sequence[Card]) -> None:
    """Draw cards in as many columns as there is room for."""
    st.html(f'<div class="sy-cards">{"".join(map(_card, shown))}</div>')


def entries(shown: Sequence[Entry]) -> None:
    """Draw a list of events."""
    st.html(f'<ol class="sy-entries">{"".join(map(_entry, shown))}</ol>')


def _card(card: Card) -> str:
    groups = "".join(
        (f"<h4>{escape(heading)}</h4>" if heading else "") + f"<dl>{''.join(map(_row, rows))}</dl>"
        for heading, rows in card.groups
    )
    note = f"<p>{escape(card.note)}</p>" if card.note else ""
    return f"<section><h3>{escape(card.title)}</h3>{groups}{note}</section>"


def _row(row: Row) -> str:
    bar = ""
    if row.share is not None:
        width = f"{max(0.0, min(1.0, row.share)) * 100:.1f}%"
        bar = f'<span class="sy-bar" aria-hidden="true"><i style="width:{width}"></i></span>'
    mark = f' class="sy-{row.level}"' if row.level else ""
    return f"<div{mark}><dt>{escape(row.label)}</dt><dd>{escape(row.value)}</dd>{bar}</div>"


def _entry(entry: Entry) -> str:
    ids = "".join(f"<code>{escape(each)}</code>" for each in entry.ids)
    if entry.link is not None:
        address, words = entry.link
        ids += f'<a href="{escape(address)}" target="_self">{escape(words)}</a>'
    return (
        f"<li><p><time>{escape(entry.when)}</time><i>{escape(entry.where)}</i></p>"
        f"<p><b>{escape(entry.what)}</b> {escape(entry.remedy)}</p>{f'<p>{ids}</p>' if ids else ''}</li>"
    )


def _dot(level: Level) -> str:
    sign = {"ok": "✓", "degraded": "!", "down": "✕"}.get(level, "")
    return f'<span class="sy-dot" aria-hidden="true">{sign}</span>'
