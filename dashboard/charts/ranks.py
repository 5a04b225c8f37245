"""Rankings: the most discussed sources, the most active authors; every row is a filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from core.wording import count, dates, number, percent, say
from core.wording.filters import shortened
from core.wording.people import called
from dashboard.charts.figure import Cell, Chart, Scene, Table, axis, layout, plain

ROW = 36
"""Height of one row in pixels: a line of text above a bar."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a ranking: what a click sends back, its label, its amount, the hint on hover, its cells."""

    key: str
    label: str
    amount: int
    hint: str
    cells: tuple[Cell, ...] = ()


def sources(frame: pd.DataFrame, scene: Scene, total: int) -> Chart:
    """Rank sources; `frame` has source, title, comments, authors, likes, published_at, most first."""
    lang = scene.lang
    if frame.empty:
        return Chart("sources", say("chart.sources.name", lang), empty=say("chart.sources.empty", lang))
    rows = [
        Row(
            key=str(row.source),
            label=str(row.title) or str(row.source),
            amount=int(row.comments),
            hint=_source_hint(row, scene),
            cells=(
                str(row.title),
                str(row.source),
                _day(row, scene).isoformat() if pd.notna(row.published_at) else None,
                *(int(each) for each in (row.comments, row.authors, row.likes)),
            ),
        )
        for row in _rows(frame)
    ]
    finding = (
        say("chart.sources.one", lang)
        if rows[0].amount >= total
        else say("chart.sources.first", lang, share=percent(rows[0].amount / total, lang))
    )
    if [row.amount for row in rows].count(rows[0].amount) > 1:
        finding = say("finding.tied", lang, found=finding)
    return _ranking(
        "sources", finding, rows, chosen=set(scene.query.source), scene=scene, total=total,
        about=say("chart.sources.about", lang, n=number(len(rows), lang)),
        alt=say("chart.sources.alt", lang),
        columns=("title", "source", "published", "comments", "authors", "likes"),
    )  # fmt: skip


def authors(frame: pd.DataFrame, scene: Scene, total: int) -> Chart:
    """Rank authors; `frame` has author_id, author_name, is_community, comments, replies, likes."""
    lang = scene.lang
    if frame.empty or not total:
        return Chart("authors", say("chart.authors.name", lang), empty=say("chart.authors.empty", lang))
    rows = [
        Row(
            key="" if pd.isna(row.author_id) else str(int(row.author_id)),
            label=_author(row, scene),
            amount=int(row.comments),
            hint=f"{count(int(row.comments), 'comments', lang)}, "
            f"{count(int(row.replies), 'replies', lang)}, {count(int(row.likes), 'likes', lang)}",
            cells=(
                _author(row, scene),
                None if pd.isna(row.author_id) else int(row.author_id),
                *(int(each) for each in (row.comments, row.replies, row.likes)),
            ),
        )
        for row in _rows(frame)
    ]
    share = sum(row.amount for row in rows) / total
    found = "one" if len(rows) == 1 else "top" if share >= 0.1 else "even"
    shown = percent(min(share, 1.0), lang)
    return _ranking(
        "authors",
        say(f"chart.authors.{found}", lang, n=number(len(rows), lang), share=shown),
        rows,
        chosen={str(each) for each in scene.query.author},
        scene=scene,
        total=total,
        about=say("chart.authors.about", lang),
        alt=say("chart.authors.alt", lang),
        columns=("author", "author_id", "comments", "replies", "likes"),
    )


def _rows(frame: pd.DataFrame) -> list[Any]:
    """Return the rows by name, untyped: each cell is narrowed where it is used."""
    return list(frame.itertuples())


def _day(row: Any, scene: Scene) -> date:
    """Return the day on which a source was published, in the query's zone."""
    day: date = pd.Timestamp(row.published_at, tz="UTC").tz_convert(scene.query.tz).date()
    return day


def _source_hint(row: Any, scene: Scene) -> str:
    lang = scene.lang
    parts = [count(int(row.comments), "comments", lang), count(int(row.authors), "authors", lang)]
    if pd.notna(row.published_at):
        parts.append(dates.day(_day(row, scene), lang))
    return ", ".join(parts)


def _author(row: Any, scene: Scene) -> str:
    name = called(
        row.author_name if pd.notna(row.author_name) else None,
        int(row.author_id) if pd.notna(row.author_id) else None,
        scene.lang,
    )
    return say("chart.authors.community", scene.lang, name=name) if row.is_community else name


def _caption(rows: Sequence[Row], chosen: set[str], scene: Scene, total: int) -> str:
    """Say what a ranking is of, and how many comments the selected rows hold, or that they are not drawn."""
    held = [row.amount for row in rows if row.key in chosen]
    if chosen and not held:
        return f"{scene.caption(total)} · {say('chart.context.none', scene.lang)}"
    return scene.caption(total, sum(held) if held and len(held) == len(chosen) else None)


def _ranking(
    name: str,
    title: str,
    rows: Sequence[Row],
    *,
    chosen: set[str],
    scene: Scene,
    total: int,
    about: str,
    alt: str,
    columns: Sequence[str],
) -> Chart:
    """Draw bars under their labels; an invisible bar as wide as the chart makes each whole row clickable."""
    places = list(range(len(rows)))
    top = max(row.amount for row in rows) or 1
    shared: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "y": places,
        "customdata": [[row.key, f"{plain(row.label)}<br>{row.hint}"] for row in rows],
    }
    whole_rows = {
        **shared,
        "x": [top * 1.16] * len(rows),
        "width": 0.96,
        "marker": {"color": "rgba(0,0,0,0)"},
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }
    bars = {
        **shared,
        "x": [row.amount for row in rows],
        "width": 0.26,
        "offset": 0.1,
        "marker": {
            "color": ["@pick" if row.key in chosen else ("@pale" if chosen else "@main") for row in rows]
        },
        "hoverinfo": "skip",
        "text": [number(row.amount, scene.lang) for row in rows],
        "textposition": "outside",
        "textfont": {"size": 11, "color": "@ink"},
        "constraintext": "none",
        "cliponaxis": False,
    }
    labels = {
        "meta": "fit",
        "type": "scatter",
        "mode": "text",
        "x": [0] * len(rows),
        "y": [place - 0.16 for place in places],
        "text": [plain(shortened(row.label, 110)) for row in rows],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": "@ink"},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    return Chart(
        name,
        title,
        caption=_caption(rows, chosen, scene, total),
        about=about,
        alt=alt,
        data=(whole_rows, bars, labels),
        layout=layout(
            barmode="overlay",
            xaxis=axis(visible=False, range=[0, top * 1.16]),
            yaxis=axis(visible=False, range=[len(rows) - 0.4, -0.5]),
            margin={"l": 2, "r": 2, "t": 0, "b": 0},
        ),
        height=ROW * len(rows) + 6,
        grows=False,
        click=True,
        has_selection=bool(chosen),
        chosen=[place for place, row in enumerate(rows) if row.key in chosen],
        period=scene.period,
        table=Table(
            tuple(say(f"table.{each}", scene.lang) for each in columns), tuple(row.cells for row in rows)
        ),
    )
