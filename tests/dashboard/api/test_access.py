"""Who may come in: by the address of the server and the key."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from core import log
from core.config import Secret, Settings
from dashboard import api, services
from dashboard.api.access import PageAccess
from dashboard.api.keys import MOST_ATTEMPTS, Attempts
from tests.dashboard.api.conftest import WITH_TOKEN, Open, settings_in

KEY = "a-long-random-key"
WITH_KEY = {"api_key": Secret(KEY)}
BEARER = {"Authorization": f"Bearer {KEY}"}
STREAM = "ws://192.0.2.7:8501/_stcore/stream"
ELSEWHERE = "http://192.0.2.7:8501/api/v1"


def test_with_a_key_every_route_but_live_needs_it(opened: Open) -> None:
    """No key, a wrong key or the key in the wrong place is 401; the right one is let in."""
    client = opened(**WITH_KEY)
    assert client.get("/health/live").status_code == 200
    for path in ("/sources", "/docs", "/openapi.json", "/health/ready", "/nothing"):
        refused = client.get(path)
        assert (refused.status_code, refused.json()["code"]) == (401, "key_needed")
        assert refused.headers["www-authenticate"] == "Bearer"
    for given in (
        f"Bearer {KEY}x",
        f"Bearer {KEY[:-1]}",
        f"Basic {KEY}",
        KEY,
        "Bearer",
        "Bearer ключ".encode(),
    ):
        assert client.get("/sources", headers={"Authorization": given}).status_code == 401
    assert client.get(f"/sources?api_key={KEY}").status_code == 401
    assert client.get("/sources", headers=BEARER).status_code == 200


@pytest.mark.parametrize(
    ("at", "changes", "headers"),
    [
        ("http://127.0.0.1:8501/api/v1", {"host": "0.0.0.0"}, {}),
        (ELSEWHERE, {"host": "192.0.2.7"}, {}),
        (ELSEWHERE, {"host": "127.0.0.1"}, {}),
        ("http://127.0.0.1:8501/api/v1", {}, {"Host": "rebound.example"}),
        ("http://127.0.0.1:8501/api/v1", {}, {"X-Forwarded-For": "203.0.113.5"}),
    ],
)
def test_off_loopback_without_a_key_only_the_set_up_answer_is_given(
    opened: Open, at: str, changes: dict[str, object], headers: dict[str, str]
) -> None:
    """A public bind, a public address, a foreign name or a proxy: 403 until there is a key."""
    client = opened(at, **changes)
    refused = client.get("/sources", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "setup_needed")
    assert "API_KEY" in refused.json()["detail"]
    assert client.get("/health/live", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "at", ["http://localhost:8501/api/v1", "http://[::1]:8501/api/v1", "http://127.9.9.9/api/v1"]
)
def test_this_machine_needs_no_key(opened: Open, at: str) -> None:
    """Every form of loopback is this machine."""
    assert opened(at).get("/sources").status_code == 200


def test_another_site_cannot_change_anything_in_its_visitors_name(opened: Open) -> None:
    """Without a key a change asked for by a foreign page is refused; the own page's is not."""
    client = opened()
    foreign = client.post(
        "/links/resolve", json={"text": "", "network": False}, headers={"Origin": "https://evil.example"}
    )
    own = client.post(
        "/links/resolve", json={"text": "", "network": False}, headers={"Origin": "http://127.0.0.1:8501"}
    )
    assert (foreign.status_code, foreign.json()["code"], own.status_code) == (403, "cross_site", 200)


def test_a_ticket_opens_one_path_once(opened: Open) -> None:
    """A browser may fetch exactly the path the ticket was made for, one time, and only to read."""
    client = opened(**WITH_KEY)
    path = "/api/v1/export.csv?source=wall%3A-1_2&sort=-date"
    made = client.post("/tickets", json={"path": path}, headers=BEARER)
    assert made.status_code == 201
    url = made.json()["url"].removeprefix("/api/v1")
    assert client.get(url.replace("export.csv", "export.xlsx")).status_code == 401
    url = client.post("/tickets", json={"path": path}, headers=BEARER).json()["url"].removeprefix("/api/v1")
    assert client.get(url).status_code == 200
    assert client.get(url).status_code == 401
    assert client.post("/tickets", json={"path": path}).status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/comments?text=привет|it's",
        "/api/v1/comments?text=%D0%BC%20a+b",
        "/api/v1/export.csv?source=wall:-1_2",
    ],
)
def test_a_ticket_fits_its_path_however_it_is_written(opened: Open, path: str) -> None:
    """Letters that an address cannot hold, encoded or not, do not part a ticket from its path."""
    client = opened(**WITH_KEY)
    url = client.post("/tickets", json={"path": path}, headers=BEARER).json()["url"].removeprefix("/api/v1")
    assert url.isascii()
    assert client.get(url).status_code == 200


def test_a_ticket_for_an_encoded_key_opens_it(opened: Open) -> None:
    """A key in the path may come encoded, as scripts write it."""
    client = opened(**WITH_KEY)
    path = "/api/v1/sources/wall%3A-1_2"
    url = client.post("/tickets", json={"path": path}, headers=BEARER).json()["url"].removeprefix("/api/v1")
    assert client.get(url).status_code == 404


def page(
    settings: Settings, at: str = "http://127.0.0.1:8501", attempts: Attempts | None = None
) -> TestClient:
    """Put the access of pages around a page and a websocket."""

    def answer(_: Request) -> PlainTextResponse:
        return PlainTextResponse("page")

    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("hello")
        await socket.close()

    routes = [
        Route("/{any:path}", answer),
        WebSocketRoute("/_stcore/stream", talk),
    ]
    counted = Attempts() if attempts is None else attempts
    guard = Middleware(PageAccess, settings=settings, attempts=counted, refused=lambda: None)
    return TestClient(Starlette(routes=routes, middleware=[guard]), base_url=at)


def test_pages_open_on_this_machine_without_a_key() -> None:
    """Locally the page is open, with or without a key for the API."""
    assert page(Settings()).get("/").text == "page"
    assert page(Settings(**WITH_KEY)).get("/").text == "page"


def test_pages_off_loopback_show_the_set_up_screen_until_there_is_a_key() -> None:
    """No page, no websocket: only the sentence that names API_KEY, with 403."""
    client = page(Settings(host="0.0.0.0"), "http://192.0.2.7:8501")
    answer = client.get("/comments")
    assert answer.status_code == 403
    assert "API_KEY" in answer.text
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(STREAM):
        pass


def test_a_visitor_gives_the_key_once_and_the_websocket_follows() -> None:
    """Off loopback the browser asks for the key; then a cookie, which is not the key, opens the socket."""
    client = page(Settings(host="0.0.0.0", **WITH_KEY), "http://192.0.2.7:8501")
    asked = client.get("/")
    assert (asked.status_code, asked.headers["www-authenticate"].split()[0]) == (401, "Basic")
    assert client.get("/", auth=("any", "wrong")).status_code == 401
    opened = client.get("/", auth=("any", KEY))
    assert opened.text == "page"
    assert KEY not in opened.headers["set-cookie"]
    with client.websocket_connect(STREAM) as socket:
        assert socket.receive_text() == "hello"
    client.cookies.clear()
    client.cookies.set("vk_comments_key", "forged")
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(STREAM):
        pass


def test_off_loopback_without_a_key_no_path_is_open(opened: Open) -> None:
    """Documentation, schema, exports, unknown paths, every method: nothing but the set-up answer."""
    client = opened(ELSEWHERE, host="0.0.0.0")
    paths = [*client.app.routes[0].app.openapi()["paths"], "/docs", "/openapi.json", "/no", "//x"]  # type: ignore[attr-defined]
    seen = {
        (path, method, client.request(method, path).status_code)
        for path in paths
        for method in ("GET", "POST", "DELETE", "PUT", "OPTIONS", "HEAD")
        if path != "/health/live"
    }
    assert {each for each in seen if each[2] != 403} == set()


def test_wrong_keys_are_counted_and_then_nothing_is_compared(opened: Open) -> None:
    """After ten wrong keys the right one waits too, with Retry-After; a missing key counts for nothing."""
    client = opened(**WITH_KEY)
    for _ in range(2 * MOST_ATTEMPTS):
        assert client.get("/sources").status_code == 401
    for number in range(MOST_ATTEMPTS):
        wrong = {"Authorization": f"Bearer wrong{number}"}
        assert client.get("/sources", headers=wrong).status_code == 401
    refused = client.get("/sources", headers=BEARER)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_attempts")
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert client.get("/health/live").status_code == 200


def test_each_caller_behind_a_proxy_of_ours_is_counted_alone(opened: Open) -> None:
    """The last entry of X-Forwarded-For is who asks, when the connection comes from this machine."""
    client = opened(**WITH_KEY)
    client._transport.client = ("127.0.0.1", 50000)  # type: ignore[attr-defined]
    bad = {"Authorization": "Bearer wrong", "X-Forwarded-For": "198.51.100.1, 203.0.113.5"}
    for _ in range(MOST_ATTEMPTS):
        assert client.get("/sources", headers=bad).status_code == 401
    assert client.get("/sources", headers=bad).status_code == 429
    other = BEARER | {"X-Forwarded-For": "203.0.113.5, 203.0.113.6"}
    assert client.get("/sources", headers=other).status_code == 200


def test_wrong_tickets_count_like_wrong_keys(opened: Open) -> None:
    """A link cannot be guessed by trying either."""
    client = opened(**WITH_KEY)
    for number in range(MOST_ATTEMPTS):
        assert client.get(f"/sources?ticket={number}").status_code == 401
    assert client.get("/sources?ticket=11").status_code == 429
    assert client.post("/sources?ticket=11").status_code == 401


def test_a_wrong_key_is_in_the_figures_and_never_in_the_log(
    opened: Open,
) -> None:
    """The figure rises by one, the line names the address, and neither shows what was given."""
    client = opened(**WITH_KEY)
    built = client.app.routes[0].app.state.services()  # type: ignore[attr-defined]
    stream = io.StringIO()
    log.configure("json", "INFO", stream=stream)
    client.get("/sources", headers={"Authorization": "Bearer planted-wrong-key"})
    assert built.metrics.keys_refused._value.get() == 1
    assert "A wrong API_KEY was given" in stream.getvalue()
    assert "planted-wrong-key" not in stream.getvalue()


def test_the_page_counts_with_the_api_and_spares_who_has_the_cookie() -> None:
    """One table for both doors: 429 for the address that tried, not for the visitor who is in."""
    attempts = Attempts()
    settings = Settings(host="0.0.0.0", **WITH_KEY)
    client = page(settings, "http://192.0.2.7:8501", attempts)
    inside = page(settings, "http://192.0.2.7:8501", attempts)
    assert inside.get("/", auth=("any", KEY)).text == "page"
    for number in range(MOST_ATTEMPTS):
        assert client.get("/", auth=("any", f"wrong{number}")).status_code == 401
    refused = client.get("/", auth=("any", KEY))
    assert refused.status_code == 429
    assert refused.headers["retry-after"]
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect(STREAM, headers={"Authorization": basic()}),
    ):
        pass
    assert inside.get("/").text == "page"


def test_wrong_keys_at_the_api_close_the_page_too(tmp_path: Path) -> None:
    """Who has tried at one door finds the other one closed: both count in the same table."""
    settings, attempts = settings_in(tmp_path, host="0.0.0.0", **WITH_TOKEN, **WITH_KEY), Attempts()
    made = services.build(settings)
    client = TestClient(api.build(lambda: made, attempts))
    for number in range(MOST_ATTEMPTS):
        client.get("/sources", headers={"Authorization": f"Bearer wrong{number}"})
    assert page(settings, attempts=attempts).get("/", auth=("any", KEY)).status_code == 429
    made.close()


def basic() -> str:
    """Return the right key as a browser gives it."""
    return "Basic " + base64.b64encode(f"any:{KEY}".encode()).decode()


def test_what_is_no_sign_in_is_asked_for_one() -> None:
    """Broken base64 and another scheme than Basic or Bearer are no key."""
    client = page(Settings(host="0.0.0.0", **WITH_KEY), "http://192.0.2.7:8501")
    for given in ("Basic %%%", "Basic /w==", "Digest x"):
        assert client.get("/", headers={"Authorization": given}).status_code == 401
    assert client.get("/", headers={"Authorization": f"Bearer {KEY}"}).text == "page"


def test_the_guard_of_the_page_lets_the_server_begin_and_end() -> None:
    """What is neither a request nor a websocket is none of its business."""
    with page(Settings()) as client:
        assert client.get("/").text == "page"
