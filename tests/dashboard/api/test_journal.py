"""Request ids, the line in the log and the figure of each request."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from core import log
from core.log import logger
from dashboard import api
from dashboard.services import Services
from tests.dashboard.api.conftest import HERE, Open


@pytest.fixture
def lines() -> io.StringIO:
    """Give what is logged from now on, as JSON lines."""
    stream = io.StringIO()
    log.configure("json", "DEBUG", stream=stream)
    return stream


def requests_in(lines: io.StringIO) -> list[dict[str, Any]]:
    """Return the lines about requests."""
    read = [json.loads(line) for line in lines.getvalue().splitlines()]
    return [line for line in read if line["event"] == "Request"]


@pytest.mark.parametrize("given", ["a", "A-b_c.9", "x" * 64])
def test_a_good_id_of_the_caller_is_kept(client: TestClient, given: str) -> None:
    """Programs find their own id in the answer."""
    assert client.get("/health/live", headers={"X-Request-ID": given}).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "a/b", "ключ".encode()])
def test_any_other_id_is_replaced(client: TestClient, given: str | bytes) -> None:
    """What could break a log or a header is not repeated."""
    said = client.get("/health/live", headers={"X-Request-ID": given}).headers["x-request-id"]
    assert said.isalnum()
    assert len(said) == 16


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/sources", 200),
        ("GET", "/export.csv", 200),
        ("GET", "/nothing", 404),
        ("PUT", "/tasks", 405),
        ("GET", "/comments?hour=99", 422),
        ("GET", "/comments/%00", 400),
    ],
)
def test_every_answer_has_the_id(client: TestClient, method: str, path: str, status: int) -> None:
    """Also refusals and streams; a problem repeats it in its body, and nothing may be sniffed or shared."""
    answer = client.request(method, path, headers={"X-Request-ID": "mine"})
    assert (answer.status_code, answer.headers["x-request-id"]) == (status, "mine")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] in {"no-store", "private, no-cache"}
    assert status == 200 or answer.json()["request_id"] == "mine"


def test_refusals_have_the_id_too(opened: Open) -> None:
    """Who may not come in is told under which id the log knows it."""
    refused = opened("http://192.0.2.7/api/v1", host="0.0.0.0").get("/sources")
    assert (refused.status_code, refused.json()["request_id"]) == (403, refused.headers["x-request-id"])


def test_each_request_is_one_line_without_its_query(client: TestClient, lines: io.StringIO) -> None:
    """Method, path, route, status and time; what was searched for is nobody's business."""
    client.get("/comments/wall:-1_2:1?dataset=demo", headers={"X-Request-ID": "mine"})
    (line,) = requests_in(lines)
    assert (line["method"], line["path"]) == ("GET", "/comments/wall:-1_2:1")
    assert (line["route"], line["status"], line["request"]) == ("/comments/{key}", 200, "mine")
    assert line["ms"] > 0
    assert line["level"] == "info"
    assert "demo" not in json.dumps(line)


def test_a_kept_answer_has_its_route_too(client: TestClient, lines: io.StringIO) -> None:
    """An answer from memory is counted where the first one was."""
    for _ in range(2):
        client.get("/comments/wall:-1_2:2")
    assert [line["route"] for line in requests_in(lines)] == ["/comments/{key}"] * 2


def test_what_machines_ask_for_all_the_time_is_quiet(client: TestClient, lines: io.StringIO) -> None:
    """Probes and scrapes do not fill the log."""
    client.get("/health/live")
    client.get("/metrics")
    assert {line["level"] for line in requests_in(lines)} == {"debug"}


def test_lines_of_any_thread_have_the_id(built: Services, lines: io.StringIO) -> None:
    """What a route logs in its thread stands under the request's id."""
    app = api.build(lambda: built)

    @app.get("/said")
    def said() -> None:
        logger("route").info("said")

    TestClient(app, base_url=HERE).get("/said", headers={"X-Request-ID": "mine"})
    read = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [line["request"] for line in read if line["event"] == "said"] == ["mine"]


def test_figures_name_the_route_and_never_what_a_caller_typed(client: TestClient, built: Services) -> None:
    """Labels come from a closed set, also for unknown paths and methods."""
    client.get("/sources/planted")
    client.get("/planted")
    client.request("PLANTED", "/sources")
    samples = [each for metric in built.metrics.registry.collect() for each in metric.samples]
    labels = [each.labels for each in samples if each.name == "vkcd_http_request_seconds_count"]
    assert {"method": "GET", "route": "/sources/{key}", "status": "404"} in labels
    assert {"method": "GET", "route": "none", "status": "404"} in labels
    assert {"method": "other", "route": "/sources", "status": "405"} in labels
    assert "planted" not in json.dumps(labels).lower()


def test_an_answer_that_breaks_off_is_not_taken_for_a_whole_one(built: Services, lines: io.StringIO) -> None:
    """A defect after the first byte cuts the connection; it is logged and kept like any other."""
    from starlette.responses import StreamingResponse

    app = api.build(lambda: built)

    @app.get("/half")
    def half() -> StreamingResponse:
        def pieces() -> Any:
            yield b"half"
            raise ZeroDivisionError("inside")

        return StreamingResponse(pieces())

    with pytest.raises(ConnectionAbortedError):
        TestClient(app, base_url=HERE).get("/half")
    assert built.incidents.last()[0].where == "api"
    assert "A request met a defect" in lines.getvalue()


@pytest.mark.parametrize(("lang", "given"), [("en", "mine"), ("ru", "")])
def test_a_defect_is_found_in_the_log_by_what_the_caller_was_told(
    lang: str, given: str, built: Services, lines: io.StringIO
) -> None:
    """The sentence of a 500 names the mark under which the log has the traceback, as one line."""
    app = api.build(lambda: built)

    @app.get("/broken")
    def broken() -> None:
        raise ZeroDivisionError("inside")

    answer = TestClient(app, base_url=HERE).get(
        "/broken", headers={"Accept-Language": lang, "X-Request-ID": given}
    )
    reference = answer.json()["request_id"]
    assert reference == answer.headers["x-request-id"]
    assert reference in answer.json()["detail"]
    found = [line for line in lines.getvalue().splitlines() if reference in line]
    assert [json.loads(line)["event"] for line in found if "ZeroDivisionError" in line] == [
        "A request met a defect"
    ]
