"""Who answers whom as a file: other programs open it and find the network of the query."""

from __future__ import annotations

import hashlib
import io
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from core.errors import ExportError, TaskCancelled
from core.export import stream, write
from core.export.job import Job
from core.export.reply_graph import reply_graph
from core.query import Query
from core.storage import reads_replies
from core.storage.store import Store
from tests.builders import comment
from tests.core.analysis.replies.talks import circles
from tests.core.enriched import answer, enriched, rows

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
BOTH = pytest.mark.parametrize("name", ["graphml", "gexf"])


@pytest.fixture(scope="module")
def talk() -> Store:
    """Open a database in which two circles talk, and somebody nobody knows is mentioned."""
    comments, authors = circles(4, number=2, people=5, replies=80)
    mention = comment(900, "[id7777|Имя], смотри", source="wall:-1_1", author_id=1)
    own = comment(901, "да", source="wall:-1_1", author_id=1, root_id=900, parent_id=900, reply_to_user=1)
    return enriched([*comments, mention, own], authors=authors)


def opened(name: str, content: bytes) -> Any:
    """Return the graph as networkx reads it."""
    return (nx.read_graphml if name == "graphml" else nx.read_gexf)(io.BytesIO(content))


@BOTH
def test_another_program_finds_the_network(talk: Store, name: str) -> None:
    """Every author and link is there, with names, weights, moods and how the links are known."""
    graph = opened(name, b"".join(stream(name, talk, Query())))
    links = reads_replies.links(talk, Query())
    links = links[links["answering"] != links["answered"]]
    assert graph.is_directed()
    assert graph.number_of_edges() == len(links)
    for row in links.to_dict("records"):
        edge = graph.edges[str(row["answering"]), str(row["answered"])]
        assert (edge["weight"], edge["judged"], edge["by_comment"]) == (
            row["replies"],
            row["judged"],
            row["by_comment"],
        )
        assert edge["mood"] == pytest.approx(2 * row["lean"] / row["judged"] - 1, abs=1e-6)
    assert graph.nodes["1"]["label"] == "Автор 1"
    assert graph.nodes["1"]["is_community"] is False
    assert graph.nodes["7777"].get("label", "7777") == "7777"


@BOTH
def test_the_file_says_what_the_page_says(talk: Store, name: str) -> None:
    """Degrees, PageRank and communities are those of the analysis with its default seed."""
    graph = opened(name, b"".join(stream(name, talk, Query())))
    nodes = rows(answer(talk, "reply_network"), kind="node")
    assert {row["node"] for row in nodes} == set(graph.nodes)
    for row in nodes:
        found = graph.nodes[row["node"]]
        for key in ("in_degree", "out_degree", "in_strength", "out_strength", "community"):
            assert found[key] == row[key]
        assert found["pagerank"] == pytest.approx(row["pagerank"])


@BOTH
def test_a_filter_narrows_the_network(talk: Store, name: str) -> None:
    """Only replies of the query are links."""
    graph = opened(name, b"".join(stream(name, talk, Query(author=(1,)))))
    assert {source for source, _ in graph.edges} == {"1"}


@BOTH
def test_a_file_on_disk_is_the_stream_and_its_rows_are_links(talk: Store, tmp_path: Path, name: str) -> None:
    """The note counts links, bytes and the digest of the file that lies there."""
    note = write(name, talk, Query(), tmp_path / "a", clock=lambda: NOW)
    content = (tmp_path / "a").read_bytes()
    assert content == b"".join(stream(name, talk, Query(), clock=lambda: NOW))
    assert note.rows == opened(name, content).number_of_edges()
    assert (note.bytes, note.sha256) == (len(content), hashlib.sha256(content).hexdigest())


@BOTH
def test_nobody_who_answers_is_an_empty_network(name: str) -> None:
    """Without replies the file opens as a graph without nodes."""
    graph = opened(name, b"".join(stream(name, enriched([comment(1)]), Query())))
    assert graph.number_of_nodes() == graph.number_of_edges() == 0


def test_the_file_names_query_version_and_seed(talk: Store) -> None:
    """Whoever finds the file later knows what it is of."""
    _, _, note = reply_graph(talk, Job(Query(level="reply"), 3, NOW), threading.Event())
    assert "level=reply" in note.description
    assert "version 3" in note.description
    assert "seed 1" in note.description
    assert note.made_at == NOW


def test_a_cancelled_network_stops(talk: Store, tmp_path: Path) -> None:
    """Once the caller wants no more, nothing is written."""
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(TaskCancelled):
        next(stream("gexf", talk, Query(), cancel=cancel))
    with pytest.raises(TaskCancelled):
        write("gexf", talk, Query(), tmp_path / "a", cancel=cancel)
    with pytest.raises(ExportError, match="cannot be written"):
        write("gexf", talk, Query(), tmp_path / "nowhere" / "a")
