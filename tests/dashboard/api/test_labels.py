"""Labels over HTTP: many at once, the last wins, listed by page, deleted as chosen."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from core.query import Query
from core.storage.label_steps import last_step, take_back
from dashboard.services import Services

KEYS = ("wall:-1_2:1", "wall:-1_2:2")


def given(*values: str, coder: str = "Анна", name: str = "sentiment") -> dict[str, Any]:
    """Return a body that labels the first comments with these values."""
    return {
        "labels": [
            {"comment_key": key, "name": name, "value": value, "coder": coder}
            for key, value in zip(KEYS, values, strict=False)
        ]
    }


def test_labels_are_written_listed_and_deleted(client: TestClient) -> None:
    """What is written comes back by page, repeated it changes nothing, and it is gone once deleted."""
    first = client.post("/labels", json=given("negative", "neutral"))
    assert first.status_code == 200
    assert first.json()["written"] == 2
    again = client.post("/labels", json=given("positive", "neutral"))
    assert again.json()["written"] == 1

    page = client.get("/labels?limit=1&dataset=demo").json()
    (item,) = page["items"]
    assert list(item) == ["comment_key", "name", "value", "coder", "note", "labelled_at"]
    assert (item["comment_key"], item["value"]) == (KEYS[0], "positive")
    rest = client.get(f"/labels?limit=1&dataset=demo&cursor={page['next']}").json()
    assert (rest["items"][0]["comment_key"], rest["next"]) == (KEYS[1], None)
    found = client.get("/comments?dataset=demo&label=sentiment:positive").json()["items"]
    assert [each["comment_key"] for each in found] == [KEYS[0]]

    assert client.delete(f"/labels?dataset=demo&comment_key={KEYS[0]}").json()["deleted"] == 1
    assert client.delete("/labels?dataset=demo&coder=Анна").json()["deleted"] == 1
    assert client.get("/labels?dataset=demo").json()["items"] == []


@pytest.mark.parametrize(
    ("asked", "who"),
    [("coder=Анна", "Анна"), ("name=sentiment", ""), ("coder=Анна&by=Вера", "Вера")],
)
def test_deleted_labels_can_be_taken_back(client: TestClient, built: Services, asked: str, who: str) -> None:
    """One call is one step of whoever is said to delete, else of the one coder whose labels they were."""
    store = built.workspace(Query(dataset="demo")).store
    client.post("/labels", json=given("negative", "neutral"))
    before = client.get("/labels?dataset=demo").json()["items"]
    assert client.delete(f"/labels?dataset=demo&{asked}").json()["deleted"] == 2
    step = last_step(store, who)
    assert step is not None
    assert take_back(store, step.number) == 2
    assert client.get("/labels?dataset=demo").json()["items"] == before
    client.delete("/labels?dataset=demo&coder=Анна")


def test_all_that_match_are_labelled_in_one_call(client: TestClient) -> None:
    """A query in place of keys labels each of its comments; rows then show the label as a column."""
    label = {"name": "тема", "value": "быт", "coder": "Анна"}
    written = client.post("/labels", json={"query": {"dataset": "demo", "level": "root"}, "label": label})
    roots = client.get("/comments?dataset=demo&level=root&limit=1000").json()["items"]
    assert written.json()["written"] == len(roots) > 1
    assert {each["label.тема"] for each in roots} == {"быт"}
    replies = client.get("/comments?dataset=demo&level=reply&limit=1000").json()["items"]
    assert {each["label.тема"] for each in replies} <= {None}
    lines = client.get("/export.csv?dataset=demo&level=root").text.splitlines()
    assert lines[0].endswith(",label.тема")
    assert all(line.endswith(",быт") for line in lines[1:])
    assert client.delete("/labels?dataset=demo&name=тема").json()["deleted"] == len(roots)


def test_a_comment_that_is_not_here_is_named(client: TestClient) -> None:
    """Nothing of a call is kept when one of its comments is unknown."""
    body = given("negative")
    body["labels"].append({"comment_key": "wall:-1_2:99", "name": "sentiment", "value": "negative"})
    answer = client.post("/labels", json=body)
    assert answer.status_code == 404
    assert "wall:-1_2:99" in answer.json()["detail"]
    assert client.get("/labels?dataset=demo").json()["items"] == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/labels", {"labels": []}),
        ("POST", "/labels", given("")),
        ("POST", "/labels", given("x", name="a:b")),
        ("POST", "/labels", given("супер", name="sentiment")),
        ("POST", "/labels", given("1", name="toxicity")),
        ("POST", "/labels", {"query": {"nonsense": "1"}, "label": {"name": "a", "value": "b"}}),
        ("POST", "/labels", {"query": {}, "label": {"name": "sentiment", "value": "b"}}),
        ("POST", "/labels", {"query": {}}),
        ("DELETE", "/labels?dataset=demo", None),
        ("GET", "/labels?dataset=demo&cursor=x", None),
    ],
)
def test_what_cannot_be_is_refused(client: TestClient, method: str, path: str, body: Any) -> None:
    """Empty lists and values, a colon in a name, deleting all by accident, a foreign cursor: 422."""
    assert client.request(method, path, json=body).status_code == 422
