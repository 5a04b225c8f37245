"""The whole product, off loopback, without a key: nothing is served but the set-up screen."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from dashboard.board import assets
from tests.running import RunningApp, running_app

pytestmark = pytest.mark.slow
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture(scope="module")
def open_to_all() -> Iterator[RunningApp]:
    """Start the product so that other machines reach it, without a key."""
    with running_app({"HOST": "0.0.0.0", "DEMO_COMMENTS": "300"}) as started:
        yield started


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/overview", "/index.html", "/static/js/x.js", "/media/x", "/component/x", "/favicon.png"),
        *("/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/script-health-check"),
        *(
            "/api/v1",
            "/api/v1/",
            "/api/v1/docs",
            "/api/v1/openapi.json",
            "/api/v1/sources",
            "/api/v1/metrics",
        ),
        *(
            "/api/v1/health/ready",
            "/api/v1/export.csv",
            "/api/v1/nothing",
            "//api/v1/sources",
            assets.plotly_path(),
        ),
    ],
)
def test_every_path_answers_the_set_up_screen(open_to_all: RunningApp, path: str) -> None:
    """Pages, files, documentation, data and look-alikes: 403, and how to set a key."""
    answer = httpx.get(f"{open_to_all.url}{path}")
    assert answer.status_code == 403
    assert "API_KEY" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/_stcore/stream", "/api/v1/tasks"])
def test_no_websocket_is_opened(open_to_all: RunningApp, path: str) -> None:
    """The way pages talk is closed as well."""
    assert httpx.get(f"{open_to_all.url}{path}", headers=UPGRADE).status_code == 403


@pytest.mark.parametrize("path", ["/comments/%00", "/comments/..%2f..%2fetc", "/comments/%5c%5chost"])
def test_what_the_page_would_refuse_in_its_own_form_is_a_problem_too(
    path: str, open_to_all: RunningApp
) -> None:
    """No answer below the API's root is plain text, whatever the address holds."""
    answer = httpx.get(f"{open_to_all.url}/api/v1{path}")
    assert answer.status_code in {400, 403}
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
