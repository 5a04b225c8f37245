"""Health: alive, ready, complete."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from dashboard import services
from tests.dashboard.api.conftest import Open, client_of, settings_in


def test_alive_says_so(client: TestClient) -> None:
    """The live route answers without looking at anything."""
    assert client.get("/health/live").json() == {"status": "alive"}


def test_a_probe_may_ask_without_a_body(client: TestClient) -> None:
    """Uptime probes ask with HEAD."""
    answer = client.head("/health/live")
    assert (answer.status_code, answer.content) == (200, b"")


def test_ready_names_every_part(client: TestClient) -> None:
    """Each part has a state, a sentence and the time its check took."""
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    checks = answer.json()["checks"]
    assert set(checks) == {"database", "cache", "vk", "tasks", "disk"}
    assert all(check["latency_ms"] >= 0 for check in checks.values())


def test_vk_away_is_degraded(opened: Open) -> None:
    """Without VK the app still serves what it has: 200."""
    client = opened()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["checks"]["vk"]["status"] == "degraded"


def test_a_closed_database_is_503(tmp_path: Path) -> None:
    """A database that does not answer makes the server not ready."""
    built = services.build(settings_in(tmp_path, demo_comments=100))
    client = client_of(built)
    built.close()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]["database"]["status"]) == (503, "down")


def test_the_data_of_each_source_is_judged(client: TestClient) -> None:
    """Declared against collected, per source, with its dataset."""
    rows = client.get("/health/data?dataset=demo").json()["items"]
    row = next(row for row in rows if row["source"] == "wall:-1_2")
    assert (row["declared"], row["collected"], row["deleted"], row["dataset"]) == (4, 4, 1, "demo")
