"""A large collection under bad conditions, from outside: what takes minutes."""

from __future__ import annotations

import httpx
import pytest

from core.sandbox import process
from core.sandbox.stories import COMMUNITIES, TOKENS
from tests.running import running_app

pytestmark = pytest.mark.soak

COMMENTS = 200_000
FAULTS = "error1=0.01,error10=0.01,inner10=0.002,error6=0.01,http502=0.01,cut=0.005,truncate=0.005,html=0.005"
LIMIT_S = 900


def test_every_comment_of_a_large_faulty_world_arrives_once() -> None:
    """200,000 comments behind errors, cut connections and broken answers: all of them, each once."""
    owners = [-community.id for community in COMMUNITIES if community.access == "open"]
    with process.start(COMMENTS, rate=0, faults=FAULTS) as sandbox:
        settings = {"VK_API_URL": sandbox.url, "VK_TOKEN": TOKENS.USER, "VK_REQUESTS_PER_SECOND": "0"}
        with running_app(settings) as app:
            body = {
                "kind": "collect",
                "params": {"targets": [f"https://vk.com/club{-owner}" for owner in owners]},
            }
            task = app.wait_for_task(app.api.post("/tasks", json=body).json()["id"], LIMIT_S)
            assert task["state"] == "partial", "posts with closed comments keep a wall from being complete"
            rows = app.rows()
            for owner in owners:
                asked = httpx.get(f"{sandbox.admin_url}truth", params={"source": f"wall:{owner}"}).json()
                found = [row["comment_id"] for row in rows if row["owner_id"] == owner]
                assert sorted(found) == sorted(asked["ids"])
