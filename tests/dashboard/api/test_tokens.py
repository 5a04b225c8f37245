"""Tokens over HTTP: what is shown of them, and that they themselves are shown nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from core.config import Secret
from core.sandbox import process as sandbox
from core.sandbox.stories import TOKENS
from core.vk.tokens import token_id
from dashboard import services
from dashboard.services import Services
from tests.dashboard.api.conftest import client_of, settings_in

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Give services whose VK is a sandbox that knows every kind of token."""
    with sandbox.start(100, 7, 0) as process:
        folder = tmp_path_factory.mktemp("tokens")
        made = services.build(settings_in(folder, vk_token=(Secret(TOKENS.USER),), vk_api_url=process.url))
        yield made
        made.close()


@pytest.fixture
def client(behind: Services) -> TestClient:
    """Give a client of those services."""
    return client_of(behind)


def listed(client: TestClient) -> dict[str, dict[str, Any]]:
    """Return the tokens by id."""
    return {item["id"]: item for item in client.get("/tokens").json()["items"]}


def test_a_token_is_added_once_vk_said_what_it_may(client: TestClient) -> None:
    """A service key reads walls and boards; all that the contract names is in the answer."""
    answer = client.post("/tokens", json={"token": TOKENS.SERVICE})
    item = answer.json()
    assert answer.status_code == 201
    assert list(item) == [
        *("id", "number", "kind", "may_execute", "methods", "reads", "checked_at", "problem"),
        *("calls_today", "limits", "remaining", "pause", "is_remembered", "source"),
    ]
    assert (item["id"], item["kind"], item["reads"]) == (
        token_id(TOKENS.SERVICE),
        "service",
        ["wall", "topic"],
    )
    assert (item["source"], item["is_remembered"], item["problem"]) == ("memory", False, None)
    assert item["checked_at"].endswith("Z")
    assert item["remaining"]["wall.get"] == item["limits"]["wall.get"] - item["calls_today"]["wall.get"]
    assert listed(client)[item["id"]]["reads"] == item["reads"]
    assert client.delete(f"/tokens/{item['id']}").status_code == 204
    assert item["id"] not in listed(client)
    assert client.delete(f"/tokens/{item['id']}").status_code == 404


def test_a_token_of_the_environment_stays(client: TestClient) -> None:
    """Giving it again changes nothing; it cannot be removed here."""
    item = client.post("/tokens", json={"token": TOKENS.USER}).json()
    assert (item["source"], item["kind"], len(item["reads"])) == ("environment", "user", 5)
    assert client.delete(f"/tokens/{item['id']}").status_code == 409
    assert list(listed(client)) == [item["id"]]


def test_a_token_that_vk_does_not_take_is_refused(client: TestClient) -> None:
    """An expired token is 422, says so, and is not kept."""
    before = listed(client)
    answer = client.post("/tokens", json={"token": TOKENS.EXPIRED, "remember": True})
    assert answer.status_code == 422
    assert "token" in answer.json()["detail"]
    assert TOKENS.EXPIRED not in answer.text
    assert listed(client).keys() == before.keys()


@pytest.mark.parametrize(
    "body",
    [
        {"token": "planted secret with spaces"},
        {"token": "planted" * 1000},
        {"token": ["planted"]},
        {"token": "plantedplanted", "remember": "planted"},
        {"token": "plantedplanted", "colour": "planted"},
        "planted",
        ["planted"],
        {"tokens": "planted"},
    ],
)
def test_a_refused_body_is_not_repeated(client: TestClient, body: object) -> None:
    """Whatever is wrong with it, what was sent as a token comes back in no answer."""
    answer = client.post("/tokens", json=body)
    assert answer.status_code == 422
    assert "planted" not in answer.text


def test_a_token_is_in_no_answer_and_in_no_file_but_its_own(client: TestClient, behind: Services) -> None:
    """Remembered, it is in the owner's file alone, until it is removed there too."""
    item = client.post("/tokens", json={"token": TOKENS.SERVICE, "remember": True}).json()
    assert (item["source"], item["is_remembered"]) == ("file", True)
    for path in ("/tokens", "/tasks", "/health/ready", "/openapi.json"):
        assert TOKENS.SERVICE not in client.get(path).text
    behind.token_vk.count()
    with_it = [
        path for path in files(behind.settings.data_dir) if TOKENS.SERVICE.encode() in path.read_bytes()
    ]
    assert with_it == [behind.settings.data_dir / "secrets" / "tokens"]
    client.delete(f"/tokens/{item['id']}")
    assert not with_it[0].exists()


def files(folder: Path) -> list[Path]:
    """Return every file below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]
