"""The figures of the whole of an answer: what matters most lies open, each with its interval or its n."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import streamlit as st

from core.wording import Lang, dates, number, say
from core.wording.amounts import duration, expected
from core.wording.described import named, values_named
from dashboard.charts.drawings import amount
from dashboard.charts.scales import unitless
from dashboard.components.answer_numbers import EXPECTED
from dashboard.components.answers import Shown

SHARES: Final = ("share", "within_", "corrected", "reciprocity", "answered", "liked")
"""What the names of shares in a summary have in them."""
TILES: Final = 6
"""So many figures of an answer lie open; two more are no reason to fold them."""
SETTINGS: Final = frozenset({"false_positive_rate", "fit", "seed", "shuffles"})
"""What a summary says of how it was worked out, not of what was found: folded."""


def summary(shown: Shown) -> None:
    """Draw the figures of the whole, each with its interval or its n; what is not known is left out.

    The first ones lie open, as an analysis puts what matters most first; many further ones are folded.
    """
    told, lang, analysis = shown.measured.summary, shown.lang, shown.asking.name
    beside = {name for name in told if name.endswith(("_low", "_high", "_n")) or name in {"low", "high"}}
    figures = {name: value for name, value in told.items() if name not in beside and value is not None}
    if not figures:
        return
    opened, rest = laid([*figures])
    rows = "totals-even" if len(opened) > TILES else "totals"
    if opened:
        _tiles(shown, {name: figures[name] for name in opened}, f"{rows}-{analysis}")
    if rest:
        with st.expander(say("analyses.more_figures", lang, n=number(len(rest), lang))):
            _tiles(shown, {name: figures[name] for name in rest}, f"totals-{analysis}-more")


def laid(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return which figures lie open, and which are folded: those beyond the first ones, and settings."""
    found = [name for name in names if name not in SETTINGS]
    opened = found if len(found) <= TILES + 2 else found[:TILES]
    return opened, [*found[len(opened) :], *(name for name in names if name in SETTINGS)]


def _tiles(shown: Shown, figures: Mapping[str, Any], key: str) -> None:
    told, lang, analysis = shown.measured.summary, shown.lang, shown.asking.name
    with st.grid(min_column_width=190, gap="small", key=key):
        for name, value in figures.items():
            st.metric(
                titled(name, lang, analysis),
                figure(name, value, shown),
                delta=interval(name, told, shown),
                delta_color="off",
                delta_arrow="off",
                border=True,
                height="stretch",
            )


def titled(name: str, lang: Lang, analysis: str) -> str:
    """Return what a figure is called; one that is written with a unit of its own has none in its name."""
    label = named(name, lang, analysis)
    return unitless(label, lang) if _is_time(name) else label


def _is_time(name: str) -> bool:
    return "hours" in name or name.endswith("_h")


def interval(name: str, told: Mapping[str, Any], shown: Shown) -> str | None:
    """Return the interval of a figure: its ends are called as it is, with or without its `_share`.

    Where there is such a share, they are its ends, not those of the number it is made of.
    """
    lang = shown.lang
    stems = (f"{name}_", f"{name.removesuffix('_share')}_", *([""] if name == "share" else []))
    for stem in () if f"{name}_share" in told else stems:
        low, high = told.get(f"{stem}low"), told.get(f"{stem}high")
        if low is not None and high is not None:
            return say("analyses.ends", lang, low=figure(name, low, shown), high=figure(name, high, shown))
    n = told.get(f"{name}_n")
    return None if n is None else f"n = {number(int(n), lang)}"


def figure(name: str, value: Any, shown: Shown) -> str:
    """Write a figure of the whole as a reader does, moments as days of the query's zone."""
    lang = shown.lang
    if value is None:
        return "—"
    if isinstance(value, bool):
        return say("analyses.yes" if value else "analyses.no", lang)
    if isinstance(value, str):
        return values_named(value, lang) or _moment(value, shown.measured.tz, lang)
    if name.startswith(EXPECTED):
        return expected(float(value), lang)
    if _is_time(name):
        return duration(float(value) * 3600, lang)
    return amount(value, lang, is_share=_is_share(name, value))


def _moment(text: str, tz: str, lang: Lang) -> str:
    """Say a moment of the API as the day that it was in a zone; any other text as it stands."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return dates.day((moment.astimezone(ZoneInfo(tz)) if moment.tzinfo else moment).date(), lang, short=True)


def _is_share(name: str, value: Any) -> bool:
    return isinstance(value, float) and 0 <= value <= 1 and any(each in name for each in SHARES)
