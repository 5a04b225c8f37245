"""Health: alive, ready, complete."""

from __future__ import annotations

import contextlib
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from core.balances import SourceBalance
from core.models import SourceState
from core.storage import writes
from dashboard import services
from dashboard.services import Services
from tests import builders
from tests.dashboard.api.conftest import Open, client_of, settings_in


def services_of(client: TestClient) -> Services:
    """Return what a client's server works with."""
    built: Services = client.app.routes[0].app.state.services()  # type: ignore[attr-defined]
    return built


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
    assert all(check["latency_ms"] >= 0 and check["detail"] for check in checks.values())
    assert checks["database"]["detail"].startswith("own: version 0; demo: version ")


def test_vk_away_is_degraded(opened: Open) -> None:
    """Without VK the app still serves what it has: 200, and a sentence with what to do."""
    client = opened()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    vk = answer.json()["checks"]["vk"]
    assert vk["status"] == "degraded"
    assert "VK_API_URL" in vk["detail"]


def test_an_address_that_is_not_vks_is_degraded(opened: Open) -> None:
    """A server that answers something else than VK is no VK, so it must not be green."""

    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        client = opened(vk_api_url=f"http://127.0.0.1:{server.server_port}/")
        vk = client.get("/health/ready").json()["checks"]["vk"]
        server.shutdown()
    assert (vk["status"], "VK_API_URL" in vk["detail"]) == ("degraded", True)


def test_a_wrong_clock_is_degraded(opened: Open) -> None:
    """VK's date tells that ours is wrong, and by how much; what is well is left out of the sentence."""
    client = opened()
    built = services_of(client)
    said = format_datetime(datetime.now(UTC) - timedelta(hours=5), usegmt=True)
    built.token_vk.api().traffic.dated(said, datetime.now(UTC))
    vk = client.get("/health/ready").json()["checks"]["vk"]
    assert vk["status"] == "degraded"
    assert "5 h ahead of VK's. Set this machine's clock" in vk["detail"]


def test_a_closed_database_is_503(tmp_path: Path) -> None:
    """A database that does not answer makes the server not ready."""
    built = services.build(settings_in(tmp_path, demo_comments=100))
    client = client_of(built)
    built.close()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "down")
    assert answer.json()["checks"]["database"]["status"] == "down"


@pytest.mark.slow
def test_a_busy_database_is_degraded_and_200(opened: Open) -> None:
    """All readers lent: it is busy, and a balancer must not take the server away for that."""
    client = opened()
    built = services_of(client)
    store = built.workspace("own").store
    with contextlib.ExitStack() as lent:
        for _ in range(store.stats().readers):
            lent.enter_context(store.reading())
        answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert "busy" in answer.json()["checks"]["database"]["detail"]


def test_the_data_of_each_source_is_judged(client: TestClient) -> None:
    """Declared against collected, per source, with its dataset."""
    rows = client.get("/health/data?dataset=demo").json()["items"]
    row = next(row for row in rows if row["source"] == "wall:-1_2")
    assert (row["declared"], row["collected"], row["deleted"], row["dataset"]) == (4, 4, 1, "demo")


def test_what_was_refused_is_never_complete(built: Services, client: TestClient) -> None:
    """A source that VK refused says so with its code and its cost, although nothing that came is missing."""
    demo = built.workspace("demo").store
    key = "wall:-1_77"
    writes.write_sources(demo, "run", [builders.source(key)], builders.at())
    sheet = SourceBalance(builders.ref(key), "", SourceState.REFUSED, refused_code=15, calls=3)
    writes.write_balances(demo, "run", [sheet], builders.at())
    rows = client.get("/health/data?dataset=demo").json()["items"]
    row = next(row for row in rows if row["source"] == key)
    assert (row["state"], row["refused"], row["calls"]) == ("refused", {"15": 1}, 3)


def test_a_file_declares_nothing(built: Services, client: TestClient) -> None:
    """An imported source has no calls and no levels of VK's: they are null, not zero."""
    own = built.workspace("own").store
    writes.write_sources(own, "run", [builders.source("import:0123456789ab")], builders.at())
    (row,) = client.get("/health/data?dataset=own").json()["items"]
    assert (row["source"], row["declared"], row["calls"]) == ("import:0123456789ab", None, None)
