"""GraphML and GEXF are valid, typed, and open in other programs with everything they were given."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pyarrow as pa
import pytest

from core.export.graphs import BATCH_ROWS, GraphNote, escaped, gexf, graphml
from tests.core.export.rows import NASTY

NOTE = GraphNote("Кто кому отвечает: <seed=1> & «α»", datetime(2026, 3, 1, 12, tzinfo=UTC))
GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
Writer = Callable[[pa.Table, pa.Table, GraphNote], Iterator[bytes | memoryview]]
BOTH = pytest.mark.parametrize("writer", [graphml, gexf])

NODES = pa.table(
    {
        "id": pa.array([1, -22, 2**53 + 1], pa.int64()),
        "label": ['Аня <&> "Б"', None, "в\nг"],
        "in_degree": pa.array([3, None, 0], pa.int32()),
        "pagerank": [0.25, math.nan, 1e-7],
        "is_community": [False, True, None],
        "seen_at": pa.array([datetime(2026, 1, 2, 3, tzinfo=UTC), None, None], pa.timestamp("us", "UTC")),
        "x": [0.5, -1.0, 0.0],
        "y": [0.25, 1.0, 0.0],
        "size": [10.0, 2.5, 1.0],
    }
)
EDGES = pa.table(
    {
        "source": pa.array([1, 1, -22], pa.int64()),
        "target": pa.array([-22, 2**53 + 1, 1], pa.int64()),
        "weight": [3.0, 1.0, 2.5],
        "mood": [-0.5, None, math.inf],
        "backbone": [True, False, False],
    }
)


def written(
    writer: Writer, nodes: pa.Table = NODES, edges: pa.Table = EDGES, note: GraphNote = NOTE
) -> bytes:
    """Return the whole file."""
    return b"".join(writer(nodes, edges, note))


def opened(writer: Writer, content: bytes, of: type = int) -> Any:
    """Return the graph as networkx reads it."""
    file = io.BytesIO(content)
    if writer is graphml:
        return nx.read_graphml(file, node_type=of)
    return nx.read_gexf(file, node_type=of)


@BOTH
def test_another_program_reads_nodes_edges_and_types(writer: Writer) -> None:
    """Ids, directions, attributes and their types arrive; absent and unfinite values are absent."""
    graph = opened(writer, written(writer))
    assert graph.is_directed()
    assert set(graph.nodes) == {1, -22, 2**53 + 1}
    assert set(graph.edges) == {(1, -22), (1, 2**53 + 1), (-22, 1)}
    first = graph.nodes[1]
    assert (first["label"], first["in_degree"], first["pagerank"]) == ('Аня <&> "Б"', 3, 0.25)
    assert first["is_community"] is False
    assert first["seen_at"] == "2026-01-02T03:00:00Z"
    assert "in_degree" not in graph.nodes[-22]
    assert "pagerank" not in graph.nodes[-22]
    assert graph.nodes[-22]["is_community"] is True
    assert graph.nodes[2**53 + 1]["pagerank"] == 1e-7
    tie = graph.edges[1, -22]
    assert (tie["weight"], tie["mood"], tie["backbone"]) == (3.0, -0.5, True)
    assert "mood" not in graph.edges[-22, 1]


@BOTH
def test_every_text_arrives(writer: Writer) -> None:
    """Markup, quotes, line breaks and emoji come out as they went in; what XML forbids is U+FFFD."""
    texts = [*NASTY, "\x00\x08\x1f￾", "\t\r\n"]
    nodes = pa.table({"id": list(range(len(texts))), "said": texts})
    edges = pa.table({"source": pa.array([], pa.int64()), "target": pa.array([], pa.int64())})
    graph = opened(writer, written(writer, nodes, edges))
    expected = [text.translate(dict.fromkeys([0, 8, 31, 0xFFFE], "\ufffd")) for text in texts]
    # ElementTree gives an empty element no text at all.
    assert [graph.nodes[place].get("said") or "" for place in range(len(texts))] == expected


@BOTH
def test_ids_may_be_words(writer: Writer) -> None:
    """A co-word network has words for ids, and no direction."""
    nodes = pa.table({"id": ["цена & качество", '"кавычки"'], "n": [3, 4]})
    edges = pa.table({"source": ['"кавычки"'], "target": ["цена & качество"], "weight": [0.5]})
    graph = opened(writer, written(writer, nodes, edges, GraphNote("", NOTE.made_at, is_directed=False)), str)
    assert not graph.is_directed()
    assert set(graph.nodes) == {"цена & качество", '"кавычки"'}
    assert graph.edges['"кавычки"', "цена & качество"]["weight"] == 0.5


@BOTH
def test_a_graph_of_several_batches_is_streamed_whole(writer: Writer) -> None:
    """Nothing is lost or doubled where one piece ends and the next begins."""
    n = 3 * BATCH_ROWS + 7
    nodes = pa.table({"id": range(n), "label": [f"автор {place}" for place in range(n)]})
    edges = pa.table({"source": range(n), "target": [(place + 1) % n for place in range(n)]})
    pieces = list(writer(nodes, edges, NOTE))
    assert max(map(len, pieces)) < sum(map(len, pieces)) / 4
    root = ET.fromstring(b"".join(pieces))  # noqa: S314 - our own file
    ids = [each.attrib["id"] for each in root.iterfind(".//{*}node")]
    assert ids == [str(place) for place in range(n)]
    ends = [(each.attrib["source"], each.attrib["target"]) for each in root.iterfind(".//{*}edge")]
    assert ends == [(str(place), str((place + 1) % n)) for place in range(n)]
    numbers = {each.attrib.get("id") for each in root.iterfind(".//{*}edge")}
    assert numbers == ({None} if writer is graphml else set(ids))


@BOTH
def test_an_empty_graph_is_a_file_all_the_same(writer: Writer) -> None:
    """No nodes and no edges open as a graph without any."""
    assert len(opened(writer, written(writer, NODES.slice(0, 0), EDGES.slice(0, 0)))) == 0


def test_gexf_knows_places_sizes_and_labels() -> None:
    """Gephi opens the picture as it was drawn; a node without a label is called by its id."""
    root = ET.fromstring(written(gexf))  # noqa: S314 - our own file
    assert root.attrib["version"] == "1.3"
    nodes = root.findall(f".//{GEXF}node")
    assert [node.attrib["label"] for node in nodes] == ['Аня <&> "Б"', "-22", "в\nг"]
    assert nodes[0].find(f"{VIZ}position").attrib == {"x": "0.5", "y": "0.25", "z": "0"}
    assert nodes[1].find(f"{VIZ}size").attrib == {"value": "2.5"}
    titles = [each.attrib["title"] for each in root.findall(f".//{GEXF}attribute")]
    assert titles == ["in_degree", "pagerank", "is_community", "seen_at", "mood", "backbone"]
    assert root.find(f".//{GEXF}description").text == f"{NOTE.description} (2026-03-01T12:00:00+00:00)"


def test_graphml_declares_every_attribute_with_its_type() -> None:
    """A reader knows the types before it meets a value."""
    root = ET.fromstring(written(graphml))  # noqa: S314 - our own file
    keys = root.findall("{http://graphml.graphdrawing.org/xmlns}key")
    assert {(key.attrib["for"], key.attrib["attr.name"]): key.attrib["attr.type"] for key in keys} == {
        ("node", "label"): "string",
        ("node", "in_degree"): "long",
        ("node", "pagerank"): "double",
        ("node", "is_community"): "boolean",
        ("node", "seen_at"): "string",
        ("node", "x"): "double",
        ("node", "y"): "double",
        ("node", "size"): "double",
        ("edge", "weight"): "double",
        ("edge", "mood"): "double",
        ("edge", "backbone"): "boolean",
    }
    assert len({key.attrib["id"] for key in keys}) == len(keys)


def test_escaping_leaves_plain_text_alone() -> None:
    """Letters, spaces and emoji stay; only what XML reads as its own is written otherwise."""
    assert escaped("Ёжик 🦔 и\u2028др.") == "Ёжик 🦔 и\u2028др."
    assert escaped('<a href="x">&</a>\'\n\x01') == "&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;'&#10;\ufffd"
