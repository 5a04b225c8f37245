"""Sources and comments over HTTP: names, order, paging, and what is refused."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from core.storage import writes
from core.storage.columns import COLUMNS
from dashboard.services import Services
from tests import builders


def test_rows_carry_the_contracts_columns_in_order(client: TestClient) -> None:
    """A comment has exactly the columns of the contract; times end in Z, attachments are a list."""
    row = client.get("/comments", params={"sort": "-date", "limit": 2}).json()["items"][1]
    assert tuple(row) == COLUMNS
    assert row["published_at"] == "2026-03-02T14:00:00Z"
    assert row["attachments"] == ["photo"]
    assert row["author_name"] == "Анна Иванова"


def test_pages_of_a_list_meet_without_gap_or_repeat(client: TestClient) -> None:
    """Following `next` gives every row once, in the query's order, and ends with null."""
    seen: list[int] = []
    cursor: str | None = None
    while True:
        params = {"limit": "3", **({"cursor": cursor} if cursor else {})}
        answer = client.get("/comments", params=params).json()
        seen += [row["comment_id"] for row in answer["items"]]
        cursor = answer["next"]
        if cursor is None:
            break
    assert seen == [1, 2, 3, 4]


def test_the_querys_keys_filter_rows(client: TestClient) -> None:
    """Repeated keys mean any of, different keys and; page keys are ignored."""
    params = [("state", "live"), ("state", "edited"), ("level", "root"), ("ui", "ru"), ("sel.x", "1")]
    rows = client.get("/comments", params=params).json()["items"]
    assert [row["comment_id"] for row in rows] == [1, 3]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("colour", "red"),
        ("hour", "25"),
        ("limit", "0"),
        ("limit", "1001"),
        ("cursor", "x"),
        ("dataset", "all"),
    ],
)
def test_an_unknown_key_or_a_bad_value_is_named(client: TestClient, key: str, value: str) -> None:
    """What the query cannot mean is a 422 whose detail names it."""
    answer = client.get("/comments", params={key: value})
    assert answer.status_code == 422
    assert key in answer.json()["detail"]


def test_one_comment_and_its_conversation(client: TestClient) -> None:
    """A comment is found by its key, and its thread starts with the root."""
    assert client.get("/comments/wall:-1_2:2").json()["text"] == "Ответ"
    thread = client.get("/comments/wall:-1_2:2/thread").json()
    assert ([row["comment_id"] for row in thread["items"]], thread["next"]) == ([1, 2], None)


@pytest.mark.parametrize(
    "path", ["/comments/wall:-1_2:99", "/comments/nonsense", "/comments/x/thread", "/sources/y"]
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    """An unknown key is a 404, whatever it looks like."""
    assert client.get(path).status_code == 404


def test_sources_of_both_datasets_are_listed_and_flagged(client: TestClient, built: Services) -> None:
    """Without `dataset` the list holds both; with it, one."""
    own = built.workspace("own").store
    writes.write_sources(own, "run", [builders.source("topic:-9_9", "Own")], builders.at())
    found = client.get("/sources").json()["items"]
    assert {(row["source"], row["dataset"]) for row in found} == {
        ("wall:-1_2", "demo"),
        ("topic:-9_9", "own"),
    }
    assert [row["dataset"] for row in client.get("/sources?dataset=demo").json()["items"]] == ["demo"]
    first = client.get("/sources?limit=1").json()
    second = client.get("/sources", params={"limit": 1, "cursor": first["next"]}).json()
    assert [row["source"] for row in first["items"] + second["items"]] == [row["source"] for row in found]
    writes.delete_source(own, "topic:-9_9")


def test_a_source_tells_what_was_collected(client: TestClient) -> None:
    """One source is found in whichever dataset holds it."""
    row = client.get("/sources/wall:-1_2").json()
    assert (row["dataset"], row["collected"], row["declared"], row["deleted"]) == ("demo", 4, 4, 1)
    assert row["url"] == "https://vk.com/wall-1_2"


def test_deleting_a_source_deletes_its_comments(client: TestClient, built: Services) -> None:
    """After a delete neither the source nor its comments are there."""
    demo = built.workspace("demo").store
    writes.write_sources(demo, "run", [builders.source("wall:-5_5")], builders.at())
    writes.write_pages(demo, "run", [builders.page(builders.comment(source="wall:-5_5"))], builders.at())
    assert client.delete("/sources/wall:-5_5").status_code == 204
    assert client.get("/sources/wall:-5_5").status_code == 404
    assert client.get("/comments?source=wall:-5_5&dataset=demo").json()["items"] == []


def test_links_are_recognised_without_the_network(client: TestClient) -> None:
    """With `network` false names stay names and a foreign link is refused with a reason."""
    answer = client.post(
        "/links/resolve",
        json={"text": "vk.com/wall-1_2 https://vk.com/durov https://ok.ru/x", "network": False},
    ).json()
    assert [(target["kind"], target["owner_id"]) for target in answer["targets"]] == [
        ("post", -1),
        ("name", None),
    ]
    assert [text["reason"] for text in answer["refused"]] == ["other_service"]


def test_names_are_resolved_through_vk(client: TestClient) -> None:
    """With the network a name nobody has is refused as unknown."""
    answer = client.post("/links/resolve", json={"text": "https://vk.com/nobody_has_this_name"}).json()
    assert [text["reason"] for text in answer["refused"]] == ["unknown_name"]
