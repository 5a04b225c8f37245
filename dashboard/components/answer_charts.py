"""The charts of an answer: titles that say what was found, captions that say of what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from core.wording import say
from core.wording.described import explained, named, values_named
from dashboard.charts import picks
from dashboard.charts.answers import drawn
from dashboard.charts.drawings import Drawing, Row, Told
from dashboard.charts.figure import Chart
from dashboard.charts.findings import finding
from dashboard.charts.verdicts import open_to
from dashboard.charts.webs import with_links
from dashboard.components.answers import Shown
from dashboard.components.drawings import DRAWINGS, links_of

JUDGED: Final = frozenset({"negative_share", "mood_balance", "toxicity"})
"""Findings of what a model judged."""


def charts(shown: Shown, span: int = 6) -> list[Chart]:
    """Return the charts of an answer, each `span` sixths of the page wide; none where it has only a table."""
    analysis = shown.asking.analysis
    asked = [_following(each, shown.asking.params) for each in DRAWINGS.get(analysis.name, ())]
    drawings = [each for each in asked if each.fits(shown.measured.rows)]
    names = {each.name: named(each.name, shown.lang, analysis.name) for each in analysis.fields}
    return [
        _chart(shown, drawing, f"{analysis.name}.{place}", names, span, is_alone=len(drawings) == 1)
        for place, drawing in enumerate(drawings)
    ]


def _following(drawing: Drawing, params: Mapping[str, Any]) -> Drawing:
    """Return a drawing of the field that the parameters name, where it is drawn by one."""
    return replace(drawing, value=str(params[drawing.by])) if drawing.by else drawing


def _chart(
    shown: Shown, drawing: Drawing, name: str, names: dict[str, str], span: int, *, is_alone: bool
) -> Chart:
    lang = shown.lang
    rows: Sequence[Row] = shown.measured.rows
    if shown.asking.analysis.compares:
        rows = open_to(shown.query, rows)
    told = Told(
        name,
        _title(shown, drawing, names, is_alone=is_alone),
        _caption(shown, drawing),
        say("analyses.alt", lang),
        lang,
        query=shown.query,
        pick=shown.asking.pick,
        about=_about(shown),
        params=shown.asking.params,
        summary=shown.measured.summary,
        notes=frozenset(each.code for each in shown.measured.notes),
        rows=rows,
    )
    found = finding(drawing, rows, told)
    told = replace(told, title=found.text or told.title, subject=found.row)
    chart = drawn(drawing, rows, told, names)
    if drawing.kind == "network":
        chart = with_links(chart, links_of(shown.measured.rows))
    if shown.shows_around and not chart.empty:
        is_seen = chart.chosen or (told.pick is not None and told.pick.field == picks.TIME)
        context = say("chart.context" if is_seen else "chart.context.none", lang)
        chart = replace(chart, caption=f"{chart.caption} · {context}")
    return replace(chart, span=span, period=shown.period)


def _title(shown: Shown, drawing: Drawing, names: dict[str, str], *, is_alone: bool) -> str:
    """Return what a chart is of."""
    analysis, lang = shown.asking.analysis, shown.lang
    title = say(f"analysis.{analysis.name}.title", lang)
    if not is_alone and not drawing.only:
        title = names.get(drawing.value, title)
    of: Any = drawing.only[0][1] if drawing.only else ""
    if of and (word := values_named(str(of), lang, analysis.name)):
        title = f"{title}: {word[:1].lower()}{word[1:]}"
    return title


def _caption(shown: Shown, drawing: Drawing) -> str:
    """Say n, period, zone and model; where a click keeps more than the bar it is on, say that after it."""
    said = (shown if _is_modelled(drawing) else _unmodelled(shown)).caption
    is_least = shown.asking.pick is not None and shown.asking.pick.field == "likes_min"
    return f"{said} · {say('chart.likes.click', shown.lang)}" if is_least else said


def _is_modelled(drawing: Drawing) -> bool:
    """Tell whether a model judged what is drawn, where an analysis has findings of several kinds."""
    return all(name != "finding" or value in JUDGED for name, value in drawing.only)


def _unmodelled(shown: Shown) -> Shown:
    """Return an answer that no model had a part in."""
    asking = replace(shown.asking, analysis=replace(shown.asking.analysis, model=None))
    return replace(shown, asking=asking, measured=replace(shown.measured, model=None))


def _about(shown: Shown) -> str:
    """Say what is drawn, what a click does, and how it was worked out."""
    lang = shown.lang
    parts = [say(f"analysis.{shown.asking.name}.title", lang) + "."]
    pick = shown.asking.pick
    parts.append(say(f"pick.{pick.field}" if pick else "pick.none", lang))
    return " ".join([*parts, explained(shown.asking.analysis.method, lang, shown.asking.name)])
