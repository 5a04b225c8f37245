"""The way to the API past everything that serves pages, and HEAD on it."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from dashboard.api.front import Front


def app(base_path: str = "") -> Starlette:
    """Put the way to an API in front of a page."""

    def say_api(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"api {request.scope['root_path']} {request.url.path}")

    def say_page(_: Request) -> PlainTextResponse:
        return PlainTextResponse("page")

    api = Starlette(routes=[Route("/{any:path}", say_api)])
    return Starlette(
        routes=[Route("/{any:path}", say_page)], middleware=[Middleware(Front, api=api, base_path=base_path)]
    )


@pytest.mark.parametrize(
    ("base_path", "path", "said"),
    [
        ("", "/api/v1/x", "api /api/v1 /api/v1/x"),
        ("", "/api/v1", "api /api/v1 /api/v1"),
        ("", "/x/api/v1/x", "page"),
        ("", "/api/v1x", "page"),
        ("base", "/base/api/v1/x", "api /base/api/v1 /base/api/v1/x"),
        ("base", "/api/v1/x", "api /api/v1 /api/v1/x"),
        ("base", "/base/x", "page"),
    ],
)
def test_only_what_lies_below_the_root_of_the_api_is_for_it(base_path: str, path: str, said: str) -> None:
    """The API is found with and without the app's own base path; look-alikes are pages."""
    assert TestClient(app(base_path)).get(path).text.rstrip("/") == said.rstrip("/")


def test_it_works_below_another_app_too() -> None:
    """Mounted elsewhere, the path above is kept apart from the root of the API."""
    above = Starlette(routes=[Mount("/above", app())])
    assert TestClient(above).get("/above/api/v1/x").text == "api /above/api/v1 /above/api/v1/x"


def test_what_is_no_request_goes_on() -> None:
    """The life of the server is none of the API's business."""
    with TestClient(app()) as client:
        assert client.get("/").text == "page"


@pytest.mark.parametrize("path", ["/sources", "/comments", "/health/live", "/docs", "/openapi.json"])
def test_head_answers_like_get_without_a_body(client: TestClient, path: str) -> None:
    """Status, type and length are those of GET."""
    head, whole = client.head(path), client.get(path, headers={"Accept-Encoding": "identity"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]


@pytest.mark.parametrize("path", ["/export.csv", "/tasks/x/events"])
def test_streams_have_no_head(client: TestClient, path: str) -> None:
    """Nothing is made that would be thrown away."""
    assert client.head(path).status_code == 405


@pytest.mark.parametrize(
    ("path", "is_compressed"),
    [("/export.csv", True), ("/export.parquet", False), ("/export.xlsx", False), ("/comments", True)],
)
def test_what_is_compressed_already_is_left_alone(client: TestClient, path: str, is_compressed: bool) -> None:
    """Parquet and xlsx hold compressed data; text is worth compressing."""
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert (answer.headers.get("content-encoding") == "gzip") == is_compressed
