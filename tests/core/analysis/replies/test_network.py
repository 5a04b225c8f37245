"""The reply network: planted circles are found, chance is called chance, and what is drawn can be read."""

from __future__ import annotations

import networkx as nx
import pytest

from core.storage.store import Store
from core.tasks.analyze import Measured
from tests.builders import comment
from tests.core.analysis.replies.talks import circles
from tests.core.enriched import answer, enriched, rows


@pytest.fixture(scope="module")
def talk() -> Store:
    """Open a database in which three circles of eight people talk."""
    comments, authors = circles(1, replies=320)
    return enriched(comments, authors=authors)


@pytest.fixture(scope="module")
def network(talk: Store) -> Measured:
    """Work the network out."""
    return answer(talk, "reply_network")


@pytest.fixture(scope="module")
def links(talk: Store) -> Measured:
    """Work the links out."""
    return answer(talk, "reply_links")


def codes(measured: Measured) -> list[str]:
    """Return the codes of the notes."""
    return [each.code for each in measured.notes]


def test_planted_circles_are_the_communities(network: Measured) -> None:
    """Everybody is in the community of their circle, the communities are steady and clearer than chance."""
    nodes = rows(network, kind="node")
    assert len({(int(str(row["node"])) // 100, row["community"]) for row in nodes}) == 3
    assert network.summary["communities"] == 3
    assert network.summary["stability"] == 1.0
    assert network.summary["modularity"] > 2 * network.summary["modularity_by_chance"]
    assert not {"replies_unsteady", "replies_by_chance"} & {*codes(network)}


def test_figures_are_those_of_another_library(network: Measured, links: Measured) -> None:
    """Degrees, strengths and PageRank agree with networkx on the same links."""
    graph = nx.DiGraph()
    for row in links.rows:
        graph.add_edge(row["source"], row["target"], weight=row["replies"])
    assert len(links.rows) == network.summary["edges"] == links.summary["edges"]
    rank = nx.pagerank(graph, tol=1e-12, max_iter=1000)
    for row in rows(network, kind="node"):
        node = row["node"]
        assert row["in_degree"] == graph.in_degree(node)
        assert row["out_strength"] == graph.out_degree(node, weight="weight")
        assert row["strength"] == row["in_strength"] + row["out_strength"]
        assert row["pagerank"] == pytest.approx(rank[node], abs=1e-9)
        assert row["author_name"] == f"Автор {node}"
    assert network.summary["reciprocity"] == pytest.approx(nx.reciprocity(graph))
    assert network.summary["density"] == pytest.approx(nx.density(graph))


def test_everything_small_is_drawn_with_places(network: Measured) -> None:
    """Of a small network all authors and links are drawn, the links with both ends named."""
    nodes, edges = rows(network, kind="node"), rows(network, kind="edge")
    assert len(nodes) == network.summary["drawn_nodes"] == 24
    assert all(-1 <= row["x"] <= 1 and -1 <= row["y"] <= 1 and row["radius"] > 0 for row in nodes)
    keys = {row["node"] for row in nodes}
    assert all(row["node"] in keys and row["target"] in keys for row in edges)
    assert len(edges) == network.summary["edges"]
    assert "replies_not_drawn" not in codes(network)


def test_what_is_left_out_is_told(talk: Store) -> None:
    """Where only ten may be drawn, others are listed without a place, and a note says how many there are."""
    found = answer(talk, "reply_network", draw=10, top=12)
    nodes = rows(found, kind="node")
    assert len([row for row in nodes if row["x"] is not None]) <= 10
    assert 12 <= len(nodes) <= 22
    (note,) = [each for each in found.notes if each.code == "replies_not_drawn"]
    assert note.values["nodes"] == 24
    assert found.summary["nodes"] == 24


def test_cross_people_get_cross_replies(network: Measured) -> None:
    """Whom circle 0 answers gets a worse mood than the others, with n and an interval."""
    nodes = [row for row in rows(network, kind="node") if row["mood"] is not None]
    cross = [row["mood"] for row in nodes if int(str(row["node"])) < 100]
    kind = [row["mood"] for row in nodes if int(str(row["node"])) >= 100]
    assert max(cross) < min(kind)
    assert all(row["mood_low"] <= row["mood"] <= row["mood_high"] and row["mood_n"] >= 30 for row in nodes)
    assert "uncalibrated" in codes(network)
    few = [row for row in rows(network, kind="node") if row["mood"] is None]
    assert not few or "replies_mood_few" in codes(network)


def test_links_say_how_they_are_known(links: Measured) -> None:
    """A link has its counts by evidence, whether it is mutual, its alpha, and names."""
    both = {(row["source"], row["target"]) for row in links.rows}
    for row in links.rows:
        known = row["by_comment"] + row["by_user"] + row["by_mention"] + row["by_thread"]
        assert known == row["replies"]
        assert row["is_mutual"] == ((row["target"], row["source"]) in both)
        assert row["is_backbone"] == (row["alpha"] < 0.05)
        assert (row["mood"] is None) or row["mood_n"] >= 30
    assert links.rows[0]["source_name"].startswith("Автор ")
    assert [row["replies"] for row in links.rows] == sorted(
        (row["replies"] for row in links.rows), reverse=True
    )


def test_the_same_seed_draws_the_same_picture(talk: Store, network: Measured) -> None:
    """An answer can be had again; another seed moves the nodes."""
    assert answer(talk, "reply_network").rows == network.rows
    assert answer(talk, "reply_network", seed=2).rows != network.rows


@pytest.mark.parametrize("name", ["reply_network", "reply_links", "reply_pairs", "reply_communities"])
def test_nobody_who_answers_is_told(name: str) -> None:
    """Without replies there are no rows, and a note says so."""
    found = answer(enriched([comment(1)]), name)
    assert found.rows == []
    assert codes(found) == ["replies_none"]
    assert found.summary["replies"] == 0


def test_a_null_world_has_no_communities_to_speak_of() -> None:
    """Where everybody answers everybody by chance, the note says that the communities are no clearer."""
    comments, authors = circles(5, number=1, people=60, replies=400)
    found = answer(enriched(comments, authors=authors), "reply_network")
    assert {"replies_unsteady", "replies_by_chance"} & {*codes(found)}
