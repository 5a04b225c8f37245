"""Networks: nodes where their layout put them, their links beneath, the strong ones thicker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from core.wording import Lang, say
from core.wording.filters import shortened
from dashboard.charts import picks
from dashboard.charts.drawings import Drawing, Row, Told, hint
from dashboard.charts.figure import Chart, Frame, axis, layout, plain
from dashboard.charts.names import LETTERS, SIDES, Box, Node, placed
from dashboard.charts.tables import table

EDGE: Final = 8
"""Between the picture and its frame, in pixels."""
SMALLEST: Final = 5.0
LARGEST: Final = 34.0
LEAD: Final = 28
GROUPS: Final = ("@group0", "@group1", "@group2", "@group3", "@group4")
REST: Final = "@rest"
WIDTHS: Final = ((0.0, "@paler", 1.0), (0.1, "@pale", 1.6), (0.4, "@pale", 3.2))
"""From which part of the heaviest weight on a link is drawn in which colour and width."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a network is drawn for: least width and height in pixels, how many names, letters of a name."""

    width: int
    height: int
    names: int
    letters: int


ROOMS: Final = (Room(860, 640, 30, 22), Room(560, 520, 16, 18), Room(316, 330, 8, 16), Room(240, 300, 6, 14))


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
    frames = [_frame(drawing, nodes, room) for room in ROOMS]
    groups = _groups(nodes)
    points = {
        "type": "scatter",
        "mode": "markers+text",
        "meta": "nodes",
        "x": [row[drawing.x] for row in nodes],
        "y": [row[drawing.y] for row in nodes],
        "text": frames[0].text,
        "textposition": frames[0].textposition,
        "textfont": {"size": LETTERS, "color": "@ink", "shadow": "auto"},
        "cliponaxis": False,
        "marker": {
            "size": frames[0].size,
            "color": [groups.get(row.get("community"), REST) for row in nodes],
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
            margin=dict.fromkeys("lrtb", EDGE),
        ),
        legend=_legend(drawing, nodes, groups, told.lang),
        frames=frames,
        height=frames[0].height,
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


def _frame(drawing: Drawing, nodes: Sequence[Row], room: Room) -> Frame:
    """Return how the nodes stand in a room: as large as it allows, the names where they cover nothing."""
    places = [(float(row[drawing.x]), float(row[drawing.y])) for row in nodes]
    half = (room.width / 2 - EDGE, room.height / 2 - EDGE)
    reach = [max((abs(place[at]) for place in places), default=1.0) or 1.0 for at in (0, 1)]
    unit = min((half[at] - LARGEST / 2) / reach[at] for at in (0, 1))
    height = min(room.height, round(2 * (reach[1] * unit + LARGEST + EDGE)))
    half = (half[0], height / 2 - EDGE)
    sizes = _sizes(drawing, nodes, unit)
    names = [shortened(_name(drawing, row), room.letters) for row in nodes]
    sides = placed(
        [
            Node(x * unit, y * unit, size / 2, name)
            for (x, y), size, name in zip(places, sizes, names, strict=True)
        ],
        sorted(range(len(nodes)), key=lambda at: -float(nodes[at][drawing.value])),
        room.names,
        Box(-half[0], half[0], -half[1], half[1]),
    )
    return Frame(
        room.width,
        height,
        round(unit, 1),
        sizes,
        [plain(name) if at in sides else "" for at, name in enumerate(names)],
        [sides.get(at, SIDES[0]) for at in range(len(nodes))],
    )


def _sizes(drawing: Drawing, nodes: Sequence[Row], unit: float) -> list[float]:
    """Return the diameters: those of the layout, in which no two overlap, else by the root of the value."""
    least = SMALLEST * min(1.0, unit / 200)
    if all(row.get("radius") is not None for row in nodes):
        return [round(min(LARGEST, max(least, 2 * unit * float(row["radius"]))), 1) for row in nodes]
    top = max((float(row[drawing.value]) for row in nodes), default=1.0) or 1.0
    return [
        round((7 + 26 * (max(0.0, float(row[drawing.value])) / top) ** 0.5) * min(1.0, unit / 200), 1)
        for row in nodes
    ]


def _name(drawing: Drawing, row: Row) -> str:
    """Return the first of a node's names that is there."""
    return next((str(row[name]) for name in drawing.label if row.get(name) not in (None, "")), "")


def _groups(nodes: Sequence[Row]) -> dict[Any, str]:
    """Return the colour of each group that has its own: those with most of the nodes drawn."""
    sizes = Counter(row["community"] for row in nodes if row.get("community") is not None)
    largest = sorted(sizes, key=lambda group: (-sizes[group], group))[: len(GROUPS)]
    return dict(zip(sorted(largest), GROUPS, strict=False))


def _legend(
    drawing: Drawing, nodes: Sequence[Row], groups: Mapping[Any, str], lang: Lang
) -> tuple[tuple[str, str], ...]:
    """Return what each colour is: a group by its number and its strongest node; grey is all the others."""
    if not groups:
        return ()
    leads: dict[Any, str] = {}
    for row in sorted(nodes, key=lambda each: -float(each[drawing.value])):
        leads.setdefault(row.get("community"), shortened(_name(drawing, row), LEAD))
    named = [(colour, f"{group}: {leads[group]}") for group, colour in groups.items()]
    has_rest = any(group not in groups for group in leads)
    return (*named, *([(REST, say("analyses.web.rest", lang))] if has_rest else []))


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
