"""Estimates and links of files over HTTP, against the synthetic VK."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from core.sandbox.stories import CITY, PRIVATE, SHOP


def estimated(client: TestClient, **body: Any) -> dict[str, Any]:
    """Ask for an estimate."""
    answer = client.post("/estimates", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_collection_is_reckoned_before_it_starts(client: TestClient) -> None:
    """Sources, comments, requests and seconds are ranges; a wall's listing counts against the day."""
    found = estimated(client, targets=[f"vk.com/{SHOP.screen_name}"], posts=2)
    assert found["sources"] == [2, 2]
    for key in ("comments", "requests", "seconds"):
        low, high = found[key]
        assert 0 <= low <= high
    assert found["requests"][0] >= 2
    assert 0 < found["daily"]["wall.get"] < 0.1
    assert (found["needs"], found["refused"]) == ([], [])


def test_one_post_is_known_exactly(client: TestClient) -> None:
    """The comments of one post are what VK declares for it."""
    found = estimated(client, targets=[f"https://vk.com/wall{CITY.owner_id}_{CITY.hero_post_id}"])
    assert found["is_exact"] is True
    assert found["comments"][0] == found["comments"][1] > 0
    assert found["daily"] == {}


def test_what_is_closed_or_no_link_costs_nothing(client: TestClient) -> None:
    """A closed wall holds no comments to collect; a text that is no link comes back as refused."""
    found = estimated(client, targets=[f"vk.com/{PRIVATE.screen_name}", "https://example.com/x"])
    assert found["comments"] == [0, 0]
    assert [each["reason"] for each in found["refused"]] == ["not_vk"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "targets"),
        ({"targets": []}, "targets"),
        ({"targets": ["wall-1"], "posts": 0}, "posts"),
        ({"targets": ["wall-1"], "since": "soon"}, "since"),
        ({"targets": ["wall-1"], "since": "2026-02-02", "until": "2026-01-01"}, "until"),
        ({"targets": ["wall-1"], "refresh": "all"}, "refresh"),
    ],
)
def test_a_bad_estimate_is_told_which_key(client: TestClient, body: dict[str, Any], named: str) -> None:
    """What a task would refuse, an estimate refuses too, by name."""
    answer = client.post("/estimates", json=body)
    assert answer.status_code == 422
    assert named in answer.json()["detail"]


def test_links_of_a_file_are_recognised(client: TestClient) -> None:
    """The column with most links is taken and named, the others are offered."""
    content = "n;пост;стена\n1;https://vk.com/wall-1_2;club9\n2;vk.com/topic-3_4;\n3;vk.cc/x;\n".encode()
    answer = client.post(
        "/links/upload", files={"file": ("posts.csv", content)}, data={"network": "false"}
    ).json()
    assert [(each["kind"], each["owner_id"]) for each in answer["targets"]] == [("post", -1), ("topic", -3)]
    assert [each["reason"] for each in answer["refused"]] == ["short_link"]
    assert (answer["column"], answer["rows"]) == ("пост", 3)
    assert answer["columns"] == [{"name": "пост", "links": 2}, {"name": "стена", "links": 1}]
    chosen = client.post(
        "/links/upload",
        files={"file": ("posts.csv", content)},
        data={"network": "false", "column": "стена"},
    ).json()
    assert [each["kind"] for each in chosen["targets"]] == ["group"]


def test_a_file_without_links_is_a_problem(client: TestClient) -> None:
    """What holds no link is a 422 with a sentence."""
    answer = client.post("/links/upload", files={"file": ("a.csv", b"a,b\n1,2\n")})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "links" in answer.json()["detail"]
