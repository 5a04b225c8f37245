"""Schedules over HTTP: made, listed, deleted, refused by name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

PARAMS = {"targets": ["https://vk.com/wall-1_2"]}
NIGHT = {"from": "23:00", "to": "07:00"}


def test_a_schedule_is_made_listed_and_deleted(client: TestClient) -> None:
    """The answer says what repeats and when next; without a choice what changed is asked."""
    body = {"params": PARAMS, "every_hours": 6, "quiet_hours": NIGHT, "tz": "Europe/Berlin"}
    answer = client.post("/schedules", json=body)
    made = answer.json()
    assert answer.status_code == 201
    assert list(made) == [
        *("id", "params", "every_hours", "quiet_hours", "tz", "created_at", "next_at", "last_task", "last_at")
    ]
    assert (made["every_hours"], made["quiet_hours"], made["tz"]) == (6, NIGHT, "Europe/Berlin")
    assert (made["params"]["targets"], made["params"]["refresh"]) == (PARAMS["targets"], "changed")
    waits = datetime.fromisoformat(made["next_at"]) - datetime.fromisoformat(made["created_at"])
    assert 6 <= waits.total_seconds() / 3600 <= 15
    assert (made["last_task"], made["last_at"]) == (None, None)
    assert [item["id"] for item in client.get("/schedules").json()["items"]] == [made["id"]]
    assert client.delete(f"/schedules/{made['id']}").status_code == 204
    assert client.get("/schedules").json()["items"] == []
    assert client.delete(f"/schedules/{made['id']}").status_code == 404


def test_the_list_comes_in_pages(client: TestClient) -> None:
    """`next` is the cursor of the following page."""
    ids = [
        client.post("/schedules", json={"params": PARAMS, "every_hours": hours}).json()["id"]
        for hours in (1, 2, 3)
    ]
    first = client.get("/schedules?limit=2").json()
    second = client.get(f"/schedules?limit=2&cursor={first['next']}").json()
    assert [item["id"] for item in first["items"] + second["items"]] == ids[::-1]
    assert second["next"] is None
    assert client.get("/schedules?cursor=unknown").status_code == 422
    for schedule_id in ids:
        client.delete(f"/schedules/{schedule_id}")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"every_hours": 0}, "every_hours"),
        ({"quiet_hours": {"from": "24:00", "to": "07:00"}}, "quiet_hours.from"),
        ({"quiet_hours": {"from": "07:00", "to": "07:00"}}, "quiet_hours"),
        ({"quiet_hours": {"from": "07:00"}}, "quiet_hours.to"),
        ({"tz": "Mars/Olympus"}, "tz"),
        ({"params": {"targets": []}}, "params.targets"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_schedule_is_refused_by_name(client: TestClient, change: dict[str, Any], named: str) -> None:
    """What cannot be used is named, and nothing is kept."""
    answer = client.post("/schedules", json={"params": PARAMS, "every_hours": 6, **change})
    assert answer.status_code == 422
    assert named in answer.json()["detail"]
    assert client.get("/schedules").json()["items"] == []
