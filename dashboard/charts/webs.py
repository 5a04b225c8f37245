"""Networks: nodes where their layout put them, their links beneath, the strong ones thicker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from core.wording import Lang, say
from core.wording.filters import shortened
from dashboard.charts import picks
from dashboard.charts.drawings import LINES, Drawing, Row, Told, hint
from dashboard.charts.figure import Chart, axis, layout, plain
from dashboard.charts.names import LETTERS, SIDES, Node, placed
from dashboard.charts.tables import table

HEIGHT: Final = 640
PIXELS: Final = 290
"""A unit of the layout on the screen: the shorter half of the picture."""
SMALLEST: Final = 5.0
LARGEST: Final = 34.0
NAMED: Final = 30
NAME: Final = 22
WIDTHS: Final = ((0.0, "@paler", 1.0), (0.1, "@pale", 1.6), (0.4, "@pale", 3.2))
"""From which part of the heaviest weight on a link is drawn in which colour and width."""


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two places; `weight` is 0 or more, in any unit."""

    x0: float
    y0: float
    x1: float
    y1: float
    weight: float = 1.0


def network(drawing: Drawing, rows: Sequence[Row], told: Told, field: Mapping[str, str]) -> Chart:
    """Draw the nodes that have a place; links come by `with_links`."""
    nodes = [row for row in rows if row.get(drawing.x) is not None and row.get(drawing.y) is not None]
    sizes = _sizes(drawing, nodes)
    names = [shortened(_name(drawing, row), NAME) for row in nodes]
    sides = placed(
        [
            Node(float(row[drawing.x]) * PIXELS, float(row[drawing.y]) * PIXELS, size / 2, name)
            for row, size, name in zip(nodes, sizes, names, strict=True)
        ],
        sorted(range(len(nodes)), key=lambda at: -float(nodes[at][drawing.value])),
        NAMED,
    )
    points = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [row[drawing.x] for row in nodes],
        "y": [row[drawing.y] for row in nodes],
        "text": [plain(name) if at in sides else "" for at, name in enumerate(names)],
        "textposition": [sides.get(at, SIDES[0]) for at in range(len(nodes))],
        "textfont": {"size": LETTERS, "color": "@ink", "shadow": "auto"},
        "cliponaxis": False,
        "marker": {
            "size": sizes,
            "color": [_colour(row) for row in nodes],
            "line": {"width": _rims(nodes, told), "color": _rim_colours(nodes, told)},
            "opacity": 1,
        },
        "customdata": [[told.key(row), _said(drawing, row, told.lang)] for row in nodes],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }
    return Chart(
        told.name,
        told.title,
        told.caption,
        about=told.about,
        alt=told.alt,
        data=(points,),
        layout=layout(
            xaxis=axis(visible=False),
            yaxis=axis(visible=False, scaleanchor="x", scaleratio=1),
            margin={"l": 8, "r": 8, "t": 24, "b": 8},
        ),
        height=HEIGHT,
        span=6,
        grows=False,
        chosen=told.chosen(nodes),
        table=table(drawing, nodes, told, field),
        **told.events,
    )


def with_links(chart: Chart, links: Sequence[Link]) -> Chart:
    """Return a network with its links drawn beneath the nodes, in three widths by weight."""
    most = max((each.weight for each in links), default=0.0) or 1.0
    lines = []
    for place, (from_part, colour, width) in enumerate(WIDTHS):
        below = WIDTHS[place + 1][0] if place + 1 < len(WIDTHS) else float("inf")
        own = [each for each in links if from_part * most <= each.weight < below * most]
        if own:
            lines.append(_line(own, colour, width))
    return replace(chart, data=(*lines, *chart.data))


def _line(links: Sequence[Link], colour: str, width: float) -> dict[str, Any]:
    """Return many separate lines as one trace: a gap follows each."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for each in links for x in (each.x0, each.x1, None)],
        "y": [y for each in links for y in (each.y0, each.y1, None)],
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
    }


def _sizes(drawing: Drawing, nodes: Sequence[Row]) -> list[float]:
    """Return the diameters: those of the layout, in which no two overlap, else by the root of the value."""
    if all(row.get("radius") is not None for row in nodes):
        return [min(LARGEST, max(SMALLEST, 2 * PIXELS * float(row["radius"]))) for row in nodes]
    top = max((float(row[drawing.value]) for row in nodes), default=1.0) or 1.0
    return [7 + 26 * (max(0.0, float(row[drawing.value])) / top) ** 0.5 for row in nodes]


def _name(drawing: Drawing, row: Row) -> str:
    """Return the first of a node's names that is there."""
    return next((str(row[name]) for name in drawing.label if row.get(name) not in (None, "")), "")


def _colour(row: Row) -> str:
    """Return the colour of a node's group; the largest have their own, all further ones share the last."""
    group = row.get("community")
    return LINES[-1] if group is None else LINES[min(int(group), len(LINES) - 1)]


def _rims(nodes: Sequence[Row], told: Told) -> list[float]:
    """Return how thick the rim of each node is: the chosen ones have one that is seen."""
    return [4.0 if _is_chosen(row, told) else 1.0 for row in nodes]


def _rim_colours(nodes: Sequence[Row], told: Told) -> list[str]:
    return ["@ink" if _is_chosen(row, told) else "@surface" for row in nodes]


def _is_chosen(row: Row, told: Told) -> bool:
    held = picks.chosen(told.query, told.pick)
    return told.pick is not None and picks.is_chosen(told.pick, told.pick.key(row), held)


def _said(drawing: Drawing, row: Row, lang: Lang) -> str:
    parts = [plain(_name(drawing, row)), hint(drawing, row, lang)]
    if row.get("community") is not None:
        parts.append(say("analyses.web.group", lang, number=int(row["community"])))
    return "<br>".join(parts)
