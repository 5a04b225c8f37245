"""What holds for the whole API: one form of error, a documentation that is true, no word of Streamlit."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from core import errors
from core.query import ALIASES, FIELDS
from dashboard import api
from dashboard.api import problems
from dashboard.api.params import MEANINGS
from dashboard.services import Services
from tests.dashboard.api.conftest import HERE

JSON = {"Content-Type": "application/json"}
WRONG = [
    ("GET", "/nothing", {}, 404),
    ("PUT", "/tasks", {}, 405),
    ("GET", "/comments?colour=red", {}, 422),
    ("GET", "/comments?limit=many", {}, 422),
    ("GET", "/comments/x", {}, 404),
    ("GET", "/sources/x", {}, 404),
    ("GET", "/tasks/x", {}, 404),
    ("GET", "/export.csv?hour=x", {}, 422),
    ("GET", "/export.docx", {}, 404),
    ("POST", "/tasks", {"json": {}}, 422),
    ("POST", "/tasks", {"content": b"{", "headers": JSON}, 422),
    ("POST", "/links/resolve", {"json": {"text": 1}}, 422),
    ("POST", "/imports", {}, 422),
    ("POST", "/tickets", {"json": {"path": "https://elsewhere"}}, 422),
]


@pytest.mark.parametrize(("method", "path", "sent", "status"), WRONG)
def test_every_error_is_a_problem(
    client: TestClient, method: str, path: str, sent: dict[str, Any], status: int
) -> None:
    """Unknown routes, wrong methods, bad parameters and bodies all answer problem details."""
    answer = client.request(method, path, **sent)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "code", "hint", "request_id"}
    assert problem["status"] == status
    assert problem["detail"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"content": "{", "headers": JSON}, "The body is no JSON"),
        ({"content": "kind=collect"}, "Content-Type: application/json"),
        ({"json": {"kind": "export", "params": {"format": "csv", "query": 5}}}, "export.params.query"),
    ],
)
def test_a_bad_body_is_told_what_is_wrong_with_it(
    client: TestClient, sent: dict[str, Any], said: str
) -> None:
    """The sentence names the field, or says that the body is no JSON."""
    answer = client.post("/tasks", **sent)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]


def test_a_field_is_named_whatever_it_is_called(client: TestClient) -> None:
    """A field with the name of a part of the request is not mistaken for that part."""
    assert client.post("/tickets", json={"path": "elsewhere"}).json()["detail"].startswith("'path' ")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/tasks", "GET, HEAD, POST"),
        ("POST", "/sources/wall:-1_2", "GET, HEAD, DELETE"),
        ("POST", "/comments", "GET, HEAD"),
        ("POST", "/export.csv", "GET"),
    ],
)
def test_a_wrong_method_is_told_all_right_ones(
    client: TestClient, method: str, path: str, allowed: str
) -> None:
    """Allow lists the methods of every route at that path."""
    answer = client.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_a_defect_is_a_problem_that_shows_nothing_of_the_inside(built: Services) -> None:
    """An unforeseen error answers 500 in the same form, without its text, and is kept for the System page."""
    app = api.build(lambda: built)

    @app.get("/broken")
    def broken() -> None:
        raise ZeroDivisionError("a secret of the inside")

    answer = TestClient(app).get("/broken", headers={"Host": "127.0.0.1", "X-Request-ID": "mine"})
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "secret" not in answer.text
    assert "mine" in answer.json()["detail"]
    last = built.incidents.last()[0]
    assert (last.where, last.error, last.ids["request"]) == ("api", None, "mine")


def test_what_passes_says_when_to_come_again(built: Services) -> None:
    """A busy database is 503 with Retry-After, kept for the System page as every failure of ours."""
    app = api.build(lambda: built)

    @app.get("/busy")
    def busy() -> None:
        raise errors.Busy("The database is busy.")

    answer = TestClient(app, base_url=HERE).get("/busy")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json()["code"] == "busy"
    last = built.incidents.last()[0]
    assert (last.where, last.error.code if last.error else "") == ("api", "busy")


def test_no_websocket_leads_into_the_api(client: TestClient) -> None:
    """The API speaks HTTP only; what knocks otherwise is closed by the router."""
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/api/v1/tasks"):
        pass


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.NotFound("x"), 404),
        (errors.TaskConflict("x"), 409),
        (errors.QueryTimedOut("x"), 504),
        (errors.StorageError("x"), 503),
        (errors.VkRateLimited("x"), 502),
        (errors.ImportRefused("x"), 422),
        (errors.ConfigurationError("x"), 500),
        (errors.Busy("x"), 503),
        (errors.ComputeFailed("x"), 503),
    ],
)
def test_an_error_has_the_status_of_its_nearest_kind(error: errors.DashboardError, status: int) -> None:
    """The error tree decides the status; a class without a row of its own takes its parent's."""
    assert problems.status_of(error) == status


def test_the_documentation_is_served_and_names_the_whole_query(client: TestClient) -> None:
    """OpenAPI describes each key of the query for rows and exports, and nothing but Problems as errors."""
    schema = client.get("/openapi.json").json()
    keys = {*(spec.key for spec in FIELDS), *ALIASES}
    assert set(MEANINGS) == keys
    for path in ("/comments", "/export.csv", "/export.xlsx"):
        named = {each["name"] for each in schema["paths"][path]["get"]["parameters"]}
        assert keys <= named
    assert schema["servers"] == [{"url": "/api/v1"}]
    assert "HTTPValidationError" not in str(schema)
    page = client.get("/docs").text
    assert "/api/v1/openapi.json" in page
    assert all(f"/api/v1{path}" in page for path in schema["paths"])
    assert "<script" not in page


def test_every_reference_of_the_documentation_leads_somewhere(client: TestClient) -> None:
    """No schema points at a component that is not there."""
    schema = client.get("/openapi.json").json()

    def references(node: object) -> set[str]:
        if isinstance(node, dict):
            here = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
            return here.union(*(references(each) for each in node.values()))
        return set().union(*(references(each) for each in node)) if isinstance(node, list) else set()

    known = {f"#/components/schemas/{name}" for name in schema["components"]["schemas"]}
    assert references(schema) <= known


def test_the_documentation_knows_every_answer_to_a_body(client: TestClient) -> None:
    """A body that cannot be read is 400, an import under way 200; both are documented, and so is the key."""
    schema = client.get("/openapi.json").json()
    unreadable = client.post(
        "/imports", content=b"x", headers={"Content-Type": "multipart/form-data; boundary=b"}
    )
    assert unreadable.status_code == 400
    for path in ("/imports", "/tasks", "/tickets", "/links/resolve"):
        assert "400" in schema["paths"][path]["post"]["responses"]
    assert "200" in schema["paths"]["/imports"]["post"]["responses"]
    assert schema["components"]["securitySchemes"]["key"]["scheme"] == "bearer"


def test_every_route_says_what_it_does(client: TestClient) -> None:
    """Each operation has a sentence for its reader."""
    schema = client.get("/openapi.json").json()
    silent = [
        path
        for path, methods in schema["paths"].items()
        for each in methods.values()
        if not each.get("description")
    ]
    assert silent == []


@pytest.mark.parametrize(
    "model", ["CommentAnswer", "SourceAnswer", "CollectTask", "EstimateOf", "LinkText", "Problem"]
)
def test_bodies_and_answers_have_examples_that_fit(client: TestClient, model: str) -> None:
    """What the documentation shows has the members that the schema demands."""
    schema = client.get("/openapi.json").json()["components"]["schemas"][model]
    absent = set(schema.get("required", ())) - set(schema["example"])
    assert all({"type": "null"} in schema["properties"][each]["anyOf"] for each in absent)
    assert set(schema["example"]) <= set(schema["properties"])


def test_every_answer_names_its_request(client: TestClient) -> None:
    """Each documented answer has the id, and each that can be asked for again its tag."""
    paths = client.get("/openapi.json").json()["paths"]
    for operations in paths.values():
        for operation in operations.values():
            assert all("X-Request-ID" in each["headers"] for each in operation["responses"].values())
            assert {"400", "401", "403", "422", "429", "500", "503"} <= set(operation["responses"])
    assert "ETag" in paths["/comments"]["get"]["responses"]["200"]["headers"]
