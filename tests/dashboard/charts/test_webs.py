"""Networks can be read: links beneath nodes, strong ones thicker, names where there is room."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest

from core.analysis.catalogue import ANALYSES
from dashboard.charts.answers import drawn
from dashboard.charts.drawings import Drawing, Told
from dashboard.charts.figure import Chart
from dashboard.charts.names import SIDES, Node, box
from dashboard.charts.webs import REST, ROOMS, Link, with_links
from dashboard.components.drawings import DRAWINGS, links_of

TOLD = Told("a", "Title", "Caption", "Alt", "en")
WEB = Drawing("network", "strength", ("author_name", "author_id"), x="x", y="y")


def node(key: int, x: float, y: float, **fields: Any) -> dict[str, Any]:
    """Build a node's row."""
    values = {
        "author_name": f"Anna {key}",
        "author_id": key,
        "strength": 10 - key,
        "community": 0,
        "radius": 0.05,
    }
    return {"kind": "node", "node": str(key), "target": None, "x": x, "y": y, **values, **fields}


def edge(source: int, target: int, strength: float | None) -> dict[str, Any]:
    """Build a link's row."""
    blank = dict.fromkeys(("x", "y", "radius", "community", "author_name", "author_id"))
    return {"kind": "edge", "node": str(source), "target": str(target), "strength": strength, **blank}


def web(*rows: dict[str, Any]) -> Chart:
    """Draw a network."""
    return with_links(drawn(WEB, rows, TOLD, {}), links_of(rows))


def test_nodes_stand_where_the_layout_put_them() -> None:
    """Both axes have one scale, a mark has the layout's size, the hover says name, amount and group."""
    chart = web(
        node(1, 0.5, -1),
        node(2, -0.5, 1, community=7, author_name="", radius=0.001),
        {**node(3, 0, 0), "x": None},
    )
    (points,) = chart.data
    assert (points["x"], points["y"]) == ([0.5, -0.5], [-1, 1])
    # The picture is as large as its frame allows: a mark grows with it.
    assert points["marker"]["size"] == [pytest.approx(0.1 * chart.frames[0].unit, abs=0.1), 5]
    assert [each[1] for each in points["customdata"]] == ["Anna 1<br>9<br>group 0", "2<br>8<br>group 7"]
    assert chart.layout["yaxis"]["scaleanchor"] == "x"


def test_every_group_has_a_colour_that_the_legend_names() -> None:
    """The largest groups have their own, all others share a grey, and the legend says which is which."""
    sizes = (5, 4, 4, 3, 3, 2, 1)
    groups = [group for group, size in enumerate(sizes) for _ in range(size)]
    nodes = [node(place, place / 10, 0, community=group) for place, group in enumerate(groups)]
    chart = web(*nodes, node(90, 0, 1, community=None))
    colours = chart.data[-1]["marker"]["color"]
    assert len({*colours[:19]}) == 5
    assert {*colours[19:]} == {REST}
    legend = dict(chart.legend)
    assert {*legend} == {*colours}
    assert legend[colours[0]] == "0: Anna 0"
    assert legend[REST] == "smaller groups"


def test_nodes_without_groups_need_no_legend() -> None:
    """Where nothing was grouped there is one colour, and nothing to explain."""
    assert web(node(1, 0, 0, community=None), node(2, 1, 1, community=None)).legend == ()


def test_names_do_not_cover_each_other() -> None:
    """Of nodes in one place the larger are named, each on a side of its own; of very many the largest."""
    points = web(*(node(each, 0, 0) for each in range(5)), node(6, 0.9, 0, author_name="x<b>")).data[0]
    assert points["text"] == ["Anna 0", "Anna 1", "Anna 2", "Anna 3", "", "x&lt;b&gt;"]
    assert points["textposition"] == [*SIDES, "top center", "top center"]
    many = web(*(node(each, each / 100, each % 7) for each in range(100))).frames
    for frame, room in zip(many, ROOMS, strict=True):
        assert 0 < len([each for each in frame.text if each]) <= room.names


def test_names_and_marks_stay_in_the_frame() -> None:
    """On a phone too no name is cut by the edge of its picture, and none lies on another."""
    names = ("Екатерина Константиновна", "Ш" * 20, "Анна", "DELETED")
    nodes = [
        node(place, x, y, author_name=names[place % 4], radius=0.03)
        for place, (x, y) in enumerate(product((-1, -0.4, 0.4, 1), (-0.7, 0, 0.7)))
    ]
    for frame in web(*nodes).frames:
        boxes = []
        for row, name, side, size in zip(nodes, frame.text, frame.textposition, frame.size, strict=True):
            place = Node(row["x"] * frame.unit, row["y"] * frame.unit, size / 2, name)
            assert abs(place.x) + place.radius <= frame.width / 2
            assert abs(place.y) + place.radius <= frame.height / 2
            if name:
                boxes.append(box(place, side))
        assert boxes
        assert all(-frame.width / 2 <= each.left and each.right <= frame.width / 2 for each in boxes)
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))


def test_a_layout_without_sizes_takes_the_values() -> None:
    """The area of a mark then follows the amount."""
    sizes = web(node(1, 0, 0, radius=None, strength=4), node(2, 1, 1, strength=1)).data[0]["marker"]["size"]
    assert sizes == [33, 20]
    assert web(node(1, 0, 0, radius=None, strength=0)).data[0]["marker"]["size"] == [7]


def test_strong_links_are_thicker_and_lie_beneath() -> None:
    """Both directions are one line; a line to a node without a place is not drawn; lines are apart."""
    rows = [
        node(1, 0, 0),
        node(2, 1, 0),
        node(3, 0, 1),
        edge(1, 2, 30),
        edge(2, 1, 50),
        edge(1, 3, 2),
        edge(1, 9, 5),
    ]
    thin, thick, points = web(*rows).data
    assert (thin["x"], thin["y"]) == ([0.0, 0.0, None], [0.0, 1.0, None])
    assert (thick["x"], thick["y"]) == ([0.0, 1.0, None], [0.0, 0.0, None])
    assert thin["line"]["width"] < thick["line"]["width"]
    assert points["mode"] == "markers+text"


def test_links_without_weights_are_drawn_all_the_same() -> None:
    """A link of unknown strength is a thin line."""
    assert links_of([node(1, 0, 0), node(2, 1, 0), edge(1, 2, None)]) == [Link(0, 0, 1, 0, 0.0)]
    assert len(web(node(1, 0, 0), node(2, 1, 0), edge(1, 2, None)).data) == 2


def test_words_are_nodes_too() -> None:
    """Rows that call their ends `word` and `other_word` are linked by them."""
    rows = [
        {"kind": "node", "word": "а", "other_word": None, "x": 0, "y": 0},
        {"kind": "node", "word": "б", "other_word": None, "x": 1, "y": 1},
        {"kind": "edge", "word": "б", "other_word": "а", "strength": 0.5, "x": None, "y": None},
    ]
    assert links_of(rows) == [Link(0, 0, 1, 1, 0.5)]
    assert links_of([]) == []


@pytest.mark.parametrize("name", ["reply_network", "reply_links", "reply_pairs", "reply_communities"])
def test_drawings_name_fields_that_there_are(name: str) -> None:
    """Whatever a drawing of replies looks at is a field of the analysis."""
    fields = {each.name for each in ANALYSES[name].fields}
    for drawing in DRAWINGS[name]:
        assert {drawing.value, drawing.x, drawing.y, *drawing.label} - {""} <= fields
