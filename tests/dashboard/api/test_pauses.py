"""Pauses over HTTP, against a VK that asks for a captcha: shown, answered, watched, never a failure."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from core.config import Secret
from core.sandbox import process as sandbox
from core.sandbox.obstacles import SUCCESS_TOKEN
from core.sandbox.stories import COMMUNITIES, TOKENS
from core.storage import reads_notes
from core.tasks.records import TaskState
from dashboard import services
from dashboard.api.tasks import watch
from dashboard.services import Services
from tests.dashboard.api.conftest import client_of, settings_in

pytestmark = pytest.mark.slow

WAIT_S = 60.0


@pytest.fixture(scope="module")
def vk() -> Iterator[sandbox.SandboxProcess]:
    """Give a small synthetic VK that takes orders."""
    with sandbox.start(300, 7, 0) as process:
        yield process


@pytest.fixture
def behind(vk: sandbox.SandboxProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Give services that collect from it."""
    folder = tmp_path_factory.mktemp("pauses")
    made = services.build(settings_in(folder, vk_token=(Secret(TOKENS.USER),), vk_api_url=vk.url))
    yield made
    order(vk, captcha=False, refuse=[])
    made.close()


def order(vk: sandbox.SandboxProcess, **what: object) -> None:
    """Tell the synthetic VK how to behave from now on."""
    httpx.post(f"{vk.admin_url}world", json=what).raise_for_status()


def paused(client: TestClient, behind: Services) -> dict[str, Any]:
    """Start a collection and return it once it is paused."""
    link = f"https://vk.com/{COMMUNITIES[0].screen_name}"
    body = {"kind": "collect", "params": {"targets": [link], "posts": 2}}
    task: dict[str, Any] = client.post("/tasks", json=body).json()
    assert behind.tasks.wait(task["id"], WAIT_S).state is TaskState.PAUSED
    return dict(client.get(f"/tasks/{task['id']}").json())


def test_a_captcha_is_shown_and_its_answer_lets_the_task_go_on(
    behind: Services, vk: sandbox.SandboxProcess
) -> None:
    """The pause names VK's link; the stream stays open over it; the answer is stored nowhere."""
    client = client_of(behind)
    order(vk, captcha=True)
    task = paused(client, behind)
    assert (task["state"], task["error"], task["finished_at"]) == ("paused", None, None)
    assert list(task["pause"]) == ["reason", "link", "until", "detail", "is_image", "token"]
    assert task["pause"]["reason"] == "captcha"
    assert task["pause"]["link"].startswith("http://127.0.0.1")
    assert client.get("/tasks", params={"state": "paused"}).json()["items"][0]["id"] == task["id"]
    assert client.get(f"/tasks/{task['id']}/result").status_code == 409

    with ThreadPoolExecutor(1) as side:  # this thread may run a loop already: that of a browser test
        events = side.submit(asyncio.run, over_its_pause(client, behind, task["id"])).result()
    assert [events[0]["state"], events[0]["pause"]] == ["paused", task["pause"]]
    assert events[-1]["state"] == "succeeded"
    assert (events[-1]["pause"], events[-1]["attempt"]) == (None, 2)
    assert SUCCESS_TOKEN not in client.get(f"/tasks/{task['id']}").text
    assert not any(SUCCESS_TOKEN in body for _id, body in _bodies(behind))


async def over_its_pause(client: TestClient, behind: Services, task_id: str) -> list[dict[str, Any]]:
    """Open the task's stream while it is paused, answer the captcha, and return the events to the end."""
    stream = watch(behind, task_id)
    told = [await anext(stream)]
    body = {"success_token": SUCCESS_TOKEN}
    answer = await asyncio.to_thread(client.post, f"/tasks/{task_id}/resume", json=body)
    assert (answer.status_code, answer.json()["id"], answer.json()["attempt"]) == (202, task_id, 2)
    told += [event async for event in stream]
    return [json.loads(event.partition(b"data: ")[2]) for event in told if b"event: task" in event]


def test_an_expired_token_asks_for_a_new_one(behind: Services, vk: sandbox.SandboxProcess) -> None:
    """One that VK does not take is 422 and the task stays paused; a good one lets it go on."""
    client = client_of(behind)
    order(vk, refuse=[{"code": 5, "token": TOKENS.USER}])
    task = paused(client, behind)
    assert task["pause"]["reason"] == "token"
    refused = client.post(f"/tasks/{task['id']}/resume", json={"token": TOKENS.EXPIRED})
    assert refused.status_code == 422
    assert TOKENS.EXPIRED not in refused.text
    assert client.get(f"/tasks/{task['id']}").json()["state"] == "paused"
    assert client.post(f"/tasks/{task['id']}/resume", json={"token": TOKENS.SERVICE}).status_code == 202
    ended = behind.tasks.wait(task["id"], WAIT_S)
    assert (ended.state, ended.attempt) == (TaskState.SUCCEEDED, 2), ended.fault
    assert not any(TOKENS.SERVICE in body for _id, body in _bodies(behind))


def test_only_a_paused_task_can_be_resumed(behind: Services, vk: sandbox.SandboxProcess) -> None:
    """Unknown 404, wrong answers 422, cancelled at once, and then 409."""
    client = client_of(behind)
    order(vk, captcha=True)
    task = paused(client, behind)
    address = f"/tasks/{task['id']}/resume"
    assert client.post("/tasks/unknown/resume").status_code == 404
    for body in ({"colour": "red"}, {"success_token": "a", "captcha_key": "b"}, {"token": ""}, []):
        assert client.post(address, json=body).status_code == 422
    cancelled = client.post(f"/tasks/{task['id']}/cancel").json()
    assert (cancelled["state"], cancelled["pause"]) == ("cancelled", None)
    assert client.get(f"/tasks/{task['id']}/result").json()["sources"] is not None
    assert client.post(address, json={}).status_code == 409


def _bodies(behind: Services) -> list[tuple[str, str]]:
    return reads_notes.tasks(behind.workspace("own").store)
