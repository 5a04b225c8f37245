"""A task's log over HTTP."""

from __future__ import annotations

import io
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
import structlog
from starlette.testclient import TestClient

from core import log
from dashboard.services import Services

SECRET = "planted-secret-value-0815"


@pytest.fixture(autouse=True)
def _configured_logging() -> Iterator[None]:
    """Let everything log as the program does, and put the process's logging back after each test."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, logging.getLogRecordFactory()
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    log.configure("json", "error", (SECRET,), stream=io.StringIO())
    yield
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    root.handlers, level, factory = before
    root.setLevel(level)
    logging.setLogRecordFactory(factory)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.fixture
def task_id(built: Services) -> str:
    """Give a task that has ended and said something besides."""
    task = built.tasks.submit("export", {"format": "jsonl", "query": {"dataset": "demo"}}).task
    built.tasks.wait(task.id, 60)
    with log.bound_contextvars(task=task.id):
        log.logger("test").warning("it said", what=f"a {SECRET}")
    return task.id


def test_the_log_of_a_task_is_read(client: TestClient, task_id: str) -> None:
    """Lines come with moment, level, sentence and values, the oldest first, and hold no secret."""
    answer = client.get(f"/tasks/{task_id}/log")
    assert answer.status_code == 200
    items = answer.json()["items"]
    assert items[0]["event"] == "A task begins"
    assert items[0]["values"]["run"] == f"{task_id}.1"
    assert [each["at"] for each in items] == sorted(each["at"] for each in items)
    assert all(each["at"].endswith("Z") for each in items)
    assert (items[-1]["level"], items[-1]["event"]) == ("warning", "it said")
    assert items[-1]["values"]["what"] == "a ***"
    assert SECRET not in answer.text


def test_the_log_is_paged(client: TestClient, built: Services, task_id: str) -> None:
    """A long log comes in pages, each line once, also when some of it is written down meanwhile."""
    whole = client.get(f"/tasks/{task_id}/log").json()["items"]
    paged, cursor = [], None
    while True:
        page = client.get(
            f"/tasks/{task_id}/log", params={"limit": 1, "cursor": cursor} if cursor else {"limit": 1}
        )
        paged += page.json()["items"]
        cursor = page.json()["next"]
        built.trail.flush()
        if cursor is None:
            break
    assert paged == whole
    assert client.get(f"/tasks/{task_id}/log", params={"cursor": "nonsense"}).status_code == 422


def test_an_unknown_task_has_no_log(client: TestClient) -> None:
    """A task nobody knows is a 404, like everywhere."""
    answer = client.get("/tasks/nosuchtask/log")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_here"
