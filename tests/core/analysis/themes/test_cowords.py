"""Words that go together: planted groups are found, copies and loud authors count once."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

import pytest

from core.query import Query
from core.storage.store import Store
from core.tasks import analyze
from core.wording import has
from tests.builders import comment
from tests.core.analysis.themes.talks import SUBJECTS, talk
from tests.core.analysis.themes.test_topics import codes
from tests.core.enriched import answer, enriched, rows

COLOURS = ("синий", "рыжий", "белый", "новый", "злой")


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Open a database of comments about four subjects."""
    opened = enriched(talk(300))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def found(store: Store) -> analyze.Measured:
    """Draw the network of their words."""
    return answer(store, "coword")


def test_planted_groups_are_communities(found: analyze.Measured) -> None:
    """The words of a subject are one community, and no tie leads from one subject to another."""
    nodes = {row["word"]: row["community"] for row in rows(found, kind="node")}
    of_subject = [{nodes[word] for word in words.split() if word in nodes} for words in SUBJECTS.values()]
    assert [len(each) for each in of_subject] == [1] * 4
    assert len({*nodes.values()}) == 4
    edges = rows(found, kind="edge")
    assert edges
    assert all(nodes[row["word"]] == nodes[row["other_word"]] for row in edges)
    assert found.summary["stability"] == pytest.approx(1)


def test_counts_and_measures_are_those_of_the_texts(store: Store, found: analyze.Measured) -> None:
    """The counts are of different texts, and the measures follow from them."""
    texts = [{*text.split()} for text in {str(each.text) for each in talk(300)}]
    nodes = {row["word"]: row["documents"] for row in rows(found, kind="node")}
    word = "врач"
    assert nodes[word] == sum(word in text for text in texts)
    for row in rows(found, kind="edge")[:20]:
        both = sum({row["word"], row["other_word"]} <= text for text in texts)
        alone = nodes[row["word"]], nodes[row["other_word"]]
        n = int(found.summary["documents"])
        assert row["documents"] == both
        assert row["cosine"] == pytest.approx(both / math.sqrt(alone[0] * alone[1]))
        npmi = math.log(both * n / (alone[0] * alone[1])) / -math.log(both / n)
        assert row["npmi"] == row["strength"] == pytest.approx(npmi)
    by_cosine = answer(store, "coword", measure="cosine")
    assert all(row["strength"] == row["cosine"] for row in rows(by_cosine, kind="edge"))


def test_marks_do_not_overlap(found: analyze.Measured) -> None:
    """Every drawn word has a place inside the picture, and no two marks lie on each other."""
    nodes = [row for row in rows(found, kind="node") if row["x"] is not None]
    assert len(nodes) == 40
    assert all(abs(row["x"]) <= 1 and abs(row["y"]) <= 1 for row in nodes)
    for a, b in combinations(nodes, 2):
        assert math.dist((a["x"], a["y"]), (b["x"], b["y"])) > a["radius"] + b["radius"]


def test_copies_count_once_and_authors_when_asked() -> None:
    """A text that is copied ties its words no more than one text, and per author a loud one counts once."""
    copies = [comment(n, "Новый мост построят зимой", author_id=n) for n in range(1, 41)]
    loud = [comment(100 + n, f"синий кит и вариант {n}", author_id=7) for n in range(20)]
    others = [comment(200 + n, f"рыжий лис лежит в норе {n}", author_id=100 + n) for n in range(10)]
    opened = enriched([*copies, *loud, *others])
    words = {row["word"] for row in rows(answer(opened, "coword"), kind="node")}
    assert "кит" in words
    assert "лис" in words
    assert "мост" not in words
    by_author = {row["word"] for row in rows(answer(opened, "coword", per="authors"), kind="node")}
    assert "кит" not in by_author
    assert {"лис", "мост"} <= by_author


def test_what_is_not_drawn_is_spoken_of(store: Store) -> None:
    """A picture of few words leaves the others out, and says how many ties are not in it."""
    small = answer(store, "coword", draw=10)
    placed = [row["word"] for row in rows(small, kind="node") if row["radius"] is not None]
    assert 0 < len(placed) <= 10
    assert {row["word"] for row in rows(small, kind="edge")} <= {*placed}
    assert small.summary["ties"] - len(rows(small, kind="edge")) == small.summary["ties_not_drawn"] > 0
    assert codes(small) == ["coword_left_out"]
    assert len(rows(answer(store, "coword", words=10), kind="node")) <= 10
    assert has("analyze.coword_drawing")


def test_too_few_are_too_few_to_say() -> None:
    """Where no two words stand together often enough there is no picture, but a sentence."""
    alone = [comment(n, f"кит {word}", author_id=n) for n, word in enumerate(COLOURS)]
    for said, words in (([], []), (alone, [("кит", 5, None)])):
        found = answer(enriched(said), "coword")
        assert [(row["word"], row["documents"], row["x"]) for row in found.rows] == words
        assert codes(found) == ["coword_few"]


def test_the_same_seed_draws_the_same_picture(store: Store, found: analyze.Measured) -> None:
    """Asked twice, the picture is the same; the comments of a filter have a picture of their own."""
    assert answer(store, "coword") == found
    narrowed = answer(store, "coword", Query(source=("wall:-1_2",)))
    assert int(narrowed.summary["documents"]) < int(found.summary["documents"])
