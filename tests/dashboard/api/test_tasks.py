"""Tasks over HTTP, on the synthetic VK: from the link to the rows, and everything one may ask of a task."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from core.tasks.records import TaskState
from dashboard import services
from dashboard.services import Services
from tests.dashboard.api.conftest import client_of, settings_in

WAIT_S = 60.0
NOWHERE = {"kind": "collect", "params": {"targets": ["https://vk.com/wall-1_999999999"]}}


def ended(built: Services, task: dict[str, Any]) -> TaskState:
    """Wait until a task is finished and return how."""
    return built.tasks.wait(task["id"], WAIT_S).state


def test_a_submitted_task_is_accepted_with_its_address(client: TestClient, built: Services) -> None:
    """POST answers 202, the task in the contract's form, and where to find it."""
    answer = client.post("/tasks", json={**NOWHERE, "priority": "high", "timeout_s": 30})
    task = answer.json()
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/api/v1/tasks/{task['id']}"
    assert list(task) == [
        *("id", "kind", "state", "priority", "params", "submitted_at", "started_at", "finished_at"),
        *("timeout_s", "attempt", "progress", "pause", "error", "result"),
    ]
    assert list(task["progress"]) == ["done", "total", "unit", "fraction", "eta_s", "note"]
    assert (task["priority"], task["timeout_s"], task["attempt"]) == ("high", 30.0, 1)
    assert ended(built, task) is TaskState.FAILED
    failed = client.get(answer.headers["location"].removeprefix("/api/v1")).json()
    assert failed["error"]["code"] == "not_found"


def test_collecting_through_the_api_brings_every_comment(client: TestClient, built: Services) -> None:
    """A wall collected from the synthetic VK gives as many rows as its balance sheet says."""
    task = client.post("/tasks", json={"kind": "collect", "params": {"targets": [first_wall(built)]}}).json()
    assert ended(built, task) in {TaskState.SUCCEEDED, TaskState.PARTIAL}
    sheet = client.get(f"/tasks/{task['id']}/result").json()
    keys = {row["source"] for row in sheet["sources"]}
    rows = client.get("/comments", params={"source": sorted(keys), "limit": 1000}).json()["items"]
    assert 0 < len(rows) == sum(row["collected"] for row in sheet["sources"])
    health = client.get("/health/data").json()["items"]
    assert keys <= {row["source"] for row in health}


def first_wall(built: Services) -> str:
    """Return a link to a wall of the synthetic VK that has comments."""
    from core.sandbox.stories import COMMUNITIES

    return f"https://vk.com/{COMMUNITIES[0].screen_name}"


def test_the_event_stream_ends_with_the_final_state(client: TestClient, built: Services) -> None:
    """Each event is a whole task, and the last one is finished."""
    task = client.post("/tasks", json={"kind": "export", "params": {"format": "csv"}}).json()
    body = client.get(f"/tasks/{task['id']}/events").text
    events = [
        json.loads(line.removeprefix("data: ")) for line in body.splitlines() if line.startswith("data: ")
    ]
    assert events[-1]["state"] == "succeeded"
    assert events[-1]["progress"]["fraction"] == 1.0
    shares = [event["progress"]["fraction"] or 0 for event in events]
    assert shares == sorted(shares)


def test_an_export_task_gives_its_file(client: TestClient, built: Services) -> None:
    """The result of an export is the file, equal to the streamed one."""
    query = {"source": ["wall:-1_2"], "state": ["live"]}
    task = client.post("/tasks", json={"kind": "export", "params": {"format": "csv", "query": query}}).json()
    assert ended(built, task) is TaskState.SUCCEEDED
    file = client.get(f"/tasks/{task['id']}/result")
    assert file.content == client.get("/export.csv?source=wall:-1_2&state=live").content
    assert 'filename="vk-wall_-1_2-' in file.headers["content-disposition"]


def test_the_same_key_gives_the_same_task_and_another_body_a_conflict(client: TestClient) -> None:
    """Idempotency-Key: 202, then 200 with that task, then 409 for other work."""
    headers = {"Idempotency-Key": "one"}
    first = client.post("/tasks", json=NOWHERE, headers=headers)
    again = client.post("/tasks", json=NOWHERE, headers=headers)
    other = client.post("/tasks", json={**NOWHERE, "priority": "low"}, headers=headers)
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert (other.status_code, other.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "collect", "params": {"targets": ["\ud83d"]}},
        {"kind": "export", "params": {"format": "csv", "query": {"text": "\ud83d"}}},
    ],
)
def test_half_a_character_is_refused_and_spoils_nothing(client: TestClient, body: dict[str, Any]) -> None:
    """A lone surrogate can be sent as JSON but never answered, so it must not get into the list of tasks."""
    answer = client.post("/tasks", content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert client.get("/tasks").status_code == 200


def test_statistics_are_not_mistaken_for_a_task(client: TestClient) -> None:
    """`/tasks/stats` counts; it is not the task called stats."""
    stats = client.get("/tasks/stats").json()
    assert stats["workers"] == 10
    assert set(stats) == {"workers", "running", "waiting", "states"}


def test_the_list_filters_and_pages(client: TestClient, built: Services) -> None:
    """Newest first, by kind and state, `limit` at a time."""
    for posts in (1, 2, 3):
        task = client.post("/tasks", json={**NOWHERE, "params": {**NOWHERE["params"], "posts": posts}}).json()
        ended(built, task)
    first = client.get("/tasks", params={"kind": "collect", "state": "failed", "limit": 2}).json()
    second = client.get(
        "/tasks", params={"kind": "collect", "state": "failed", "limit": 2, "cursor": first["next"]}
    ).json()
    posts = [task["params"]["posts"] for task in first["items"] + second["items"]]
    assert posts[:3] == [3, 2, 1]
    assert client.get("/tasks?state=nonsense").status_code == 422
    assert client.get("/tasks?cursor=gone").status_code == 422


def test_a_finished_task_can_be_retried_but_not_cancelled(client: TestClient, built: Services) -> None:
    """Cancel after the end is 409; retry of a failed one is a further attempt under the same id."""
    task = client.post("/tasks", json={**NOWHERE, "priority": "low"}).json()
    ended(built, task)
    assert client.post(f"/tasks/{task['id']}/cancel").status_code == 409
    again = client.post(f"/tasks/{task['id']}/retry")
    assert (again.status_code, again.json()["id"], again.json()["attempt"]) == (202, task["id"], 2)
    ended(built, task)


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "analyze", "params": {}},
        {"kind": "collect", "params": {"targets": []}},
        {"kind": "collect", "params": {"targets": ["x" * 10_001]}},
        {"kind": "collect", "params": {"targets": ["vk.com/wall-1_2"], "refresh": "never"}},
        {"kind": "collect", "params": {"targets": ["vk.com/wall-1_2"], "words": '""'}},
        {"kind": "collect", "params": {"targets": ["x"], "since": "2026-02-02", "until": "2026-01-01"}},
        {"kind": "export", "params": {"format": "docx"}},
        {"kind": "export", "params": {"format": "csv", "query": {"hour": 99}}},
        {"kind": "collect", "params": {"targets": ["x"]}, "colour": "red"},
    ],
)
def test_a_wrong_task_is_refused_at_once(client: TestClient, body: dict[str, Any]) -> None:
    """Parameters are checked before anything is queued."""
    before = collections(client)
    assert client.post("/tasks", json=body).status_code == 422
    assert collections(client) == before


def collections(client: TestClient) -> list[str]:
    """Return the ids of all collections; reading texts goes on by itself."""
    return [each["id"] for each in client.get("/tasks", params={"kind": "collect"}).json()["items"]]


def test_the_documentation_shows_each_answer_to_a_pause(client: TestClient) -> None:
    """Trying again, a captcha of either kind and another token each have an example that is accepted."""
    operation = client.get("/openapi.json").json()["paths"]["/tasks/{task_id}/resume"]["post"]
    examples = operation["requestBody"]["content"]["application/json"]["examples"]
    given = [tuple(each["value"]) for each in examples.values()]
    assert given == [(), ("success_token",), ("captcha_key",), ("token",)]
    assert {"202", "404", "409", "422"} <= operation["responses"].keys()


@pytest.mark.parametrize("path", ["", "/events", "/result"])
def test_an_unknown_task_is_not_found(client: TestClient, path: str) -> None:
    """Every view of a task that is not there is a 404."""
    assert client.get(f"/tasks/unknown{path}").status_code == 404


def test_a_file_becomes_a_source_and_the_same_file_nothing_new(client: TestClient, built: Services) -> None:
    """An import answers 202 and a task; repeated, it writes no row."""
    content = "text,when\nпривет,2026-03-01\nпривет,\n"
    written = []
    for _ in range(2):
        answer = client.post("/imports", files={"file": ("c.csv", content.encode(), "text/csv")})
        assert answer.status_code == 202
        task = built.tasks.wait(answer.json()["id"], WAIT_S)
        assert task.state is TaskState.SUCCEEDED, task.fault
        written.append(task.result["written"])
    assert written == [2, 0]
    rows = client.get("/comments", params={"source": task.result["source"]}).json()["items"]
    assert [row["text"] for row in rows] == ["привет", "привет"]
    client.delete(f"/sources/{task.result['source']}")


def test_a_mapping_overrules_the_guess(client: TestClient, built: Services) -> None:
    """The mapping names the text's column; a wrong mapping is refused before the task starts or by it."""
    content = "a,b\nfirst,second\n"
    files = {"file": ("m.csv", content.encode(), "text/csv")}
    answer = client.post("/imports", files=files, data={"mapping": json.dumps({"columns": {"b": "text"}})})
    task = built.tasks.wait(answer.json()["id"], WAIT_S)
    rows = client.get("/comments", params={"source": task.result["source"]}).json()["items"]
    assert [row["text"] for row in rows] == ["second"]
    client.delete(f"/sources/{task.result['source']}")
    assert client.post("/imports", files=files, data={"mapping": "[1]"}).status_code == 422


def test_a_cancelled_collection_stops_within_a_second_and_keeps_its_rows(tmp_path: Path) -> None:
    """Cancel in the middle: the task ends at once, and what had arrived is there."""
    built = services.build(settings_in(tmp_path, demo_comments=20_000, vk_requests_per_second=3))
    client = client_of(built)
    task = client.post("/tasks", json={"kind": "collect", "params": {"targets": [first_wall(built)]}}).json()
    some = threading.Event()
    leave = built.tasks.subscribe(
        task["id"], lambda: some.set() if built.tasks.get(task["id"]).progress.done else None
    )
    assert some.wait(WAIT_S)
    leave()
    began = time.monotonic()
    client.post(f"/tasks/{task['id']}/cancel")
    ended_as = built.tasks.wait(task["id"], WAIT_S)
    assert (ended_as.state, time.monotonic() - began < 1.0) == (TaskState.CANCELLED, True)
    rows = client.get("/health/data").json()["items"]
    kept = sum(row["collected"] for row in rows)
    assert client.get(f"/tasks/{task['id']}/result").json()["collected"] == kept >= ended_as.progress.done > 0
    built.close()
