"""Saved views over HTTP: saved, listed by page, replaced on demand, deleted, refused by name."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

VIEW = {"name": "Злые ответы", "page": "comments", "params": {"level": "reply", "ui": "ru", "page": "2"}}


@pytest.fixture(autouse=True)
def _no_views(client: TestClient) -> None:
    """Begin each test without saved views."""
    for view in client.get("/views?limit=1000").json()["items"]:
        client.delete(f"/views/{view['id']}")


def test_a_view_is_saved_listed_and_deleted(client: TestClient) -> None:
    """The answer has an id and the path that opens it; the language is nobody else's."""
    answer = client.post("/views", json=VIEW)
    made = answer.json()
    assert answer.status_code == 201
    assert list(made) == ["id", "name", "page", "params", "dataset", "path", "saved_at"]
    assert made["params"] == {"level": ["reply"], "page": ["2"]}
    path = urlsplit(made["path"])
    assert (path.path, parse_qs(path.query)) == ("/comments", {"level": ["reply"], "page": ["2"]})
    assert client.get("/views").json() == {"items": [made], "next": None}
    assert client.delete(f"/views/{made['id']}").status_code == 204
    assert client.get("/views").json()["items"] == []
    assert client.delete(f"/views/{made['id']}").status_code == 404


def test_an_equal_name_is_a_conflict_unless_it_is_to_be_replaced(client: TestClient) -> None:
    """409 keeps what is there, `replace` takes its place under the same id, the same again is no change."""
    made = client.post("/views", json=VIEW).json()
    again = client.post("/views", json=VIEW)
    assert (again.status_code, again.json()) == (200, made)
    other = {**VIEW, "name": "злые ОТВЕТЫ", "page": "overview"}
    refused = client.post("/views", json=other)
    assert (refused.status_code, refused.json()["code"]) == (409, "name_taken")
    assert "Злые ответы" in refused.json()["detail"]
    assert client.get("/views").json()["items"] == [made]

    replaced = client.post("/views", json={**other, "replace": True})
    assert (replaced.status_code, replaced.json()["id"]) == (200, made["id"])
    assert replaced.json()["page"] == "overview"


def test_a_view_belongs_to_its_dataset(client: TestClient) -> None:
    """A name is free again in the other dataset, and either can be listed by itself."""
    demo = client.post("/views", json={"name": "A", "params": {"dataset": "demo"}})
    own = client.post("/views", json={"name": "A", "params": {"dataset": "own"}})
    assert (demo.status_code, own.status_code) == (201, 201)
    for name, view in (("demo", demo.json()), ("own", own.json())):
        assert view["dataset"] == name
        assert client.get(f"/views?dataset={name}").json()["items"] == [view]
    assert len(client.get("/views").json()["items"]) == 2


def test_the_list_comes_in_pages(client: TestClient) -> None:
    """`next` is the cursor of the following page, the last saved comes first."""
    ids = [client.post("/views", json={"name": name}).json()["id"] for name in "ABC"]
    first = client.get("/views?limit=2").json()
    second = client.get(f"/views?limit=2&cursor={first['next']}").json()
    assert [item["id"] for item in first["items"] + second["items"]] == ids[::-1]
    assert second["next"] is None
    assert client.get("/views?cursor=unknown").status_code == 422


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"name": ""}, "name"),
        ({"name": " "}, "1 to 80"),
        ({"name": "x" * 81}, "1 to 80"),
        ({"name": "\ud800"}, "name"),
        ({"name": None}, "name"),
        ({"page": "nowhere"}, "page"),
        ({"params": {"hour": "25"}}, "hour"),
        ({"params": {"colour": ["red"]}}, "colour"),
        ({"params": {"level": [1]}}, "params.level"),
        ({"params": {"sel.comment": ["x" * 2000] * 20}}, "parameters"),
        ({"replace": "yes"}, "replace"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_view_is_refused_by_name(client: TestClient, change: dict[str, Any], named: str) -> None:
    """What cannot be used is named, and nothing is kept."""
    body = json.dumps({**VIEW, **change})  # in ASCII, since half a character has no other way in
    answer = client.post("/views", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert named in answer.json()["detail"]
    assert client.get("/views").json()["items"] == []


def test_too_many_views_are_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the list is full a sentence says what to do."""
    monkeypatch.setattr("core.storage.writes_views.MOST", 1)
    client.post("/views", json={"name": "A"})
    answer = client.post("/views", json={"name": "B"}, headers={"Accept-Language": "ru"})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_views")
    assert "Сначала удалите" in answer.json()["detail"]
