"""ETags: who has the answer is told so, and is told anew as soon as anything changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from core.storage import writes
from dashboard import services
from dashboard.api.etags import is_known
from dashboard.services import Services
from tests import builders
from tests.dashboard.api.conftest import WITH_TOKEN, client_of, settings_in

PATHS = [
    *("/sources", "/sources/wall:-1_2", "/comments?kind=wall", "/comments/wall:-1_2:1"),
    *("/comments/wall:-1_2:1/thread", "/comments/wall:-1_2:1/history", "/changes?since=0", "/health/data"),
]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Give services with one comment, which each test may change again."""
    made = services.build(settings_in(tmp_path_factory.mktemp("own"), **WITH_TOKEN))
    write_comment(made, "Первый")
    yield made
    made.close()


def write_comment(made: Services, text: str) -> None:
    """Write the comment, as it reads now."""
    store = made.workspace("own").store
    page = builders.page(builders.comment(1, text), authors=(builders.author(),))
    writes.write_sources(store, "run", [builders.source()], builders.at())
    writes.write_pages(store, "run", [page], builders.at(4))


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_given_once_until_the_data_changes(own: Services, path: str) -> None:
    """304 without a body for who has it, 200 with another tag after the next commit."""
    client = client_of(own)
    first = client.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    fresh = client_of(own).get(path, headers={"If-None-Match": tag})
    assert (fresh.status_code, fresh.content, fresh.headers["etag"]) == (304, b"", tag)
    write_comment(own, "Другой")
    changed = client.get(path, headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["etag"] != tag) == (200, True)


def test_another_question_has_another_tag(client: TestClient) -> None:
    """The same path with another query is another answer."""
    tags = {client.get(f"/comments?limit={number}").headers["etag"] for number in (1, 2, 3)}
    assert len(tags) == 3


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ('W/"a"', True),
        ('"a"', True),
        ('"b", W/"a"', True),
        ("*", True),
        ('"b"', False),
        ("", False),
        ("a", False),
    ],
)
def test_lists_stars_and_both_strengths_are_understood(given: str, known: bool) -> None:
    """If-None-Match compares weakly, as RFC 9110 says."""
    assert is_known(given, 'W/"a"') == known


def test_a_304_asks_the_database_nothing(tmp_path: Path) -> None:
    """The tag is made before the query: a closed database still tells who has the answer."""
    made = services.build(settings_in(tmp_path, **WITH_TOKEN))
    tag = client_of(made).get("/comments").headers["etag"]
    made.close()
    assert client_of(made).get("/comments", headers={"If-None-Match": tag}).status_code == 304


def test_results_have_strong_tags(client: TestClient, built: Services) -> None:
    """A result never changes: JSON by its bytes, a file by its time and size, parts of it by Range."""
    body = {"kind": "export", "params": {"format": "csv", "query": {"dataset": "demo"}}}
    task = client.post("/tasks", json=body).json()
    built.tasks.wait(task["id"], 60)
    path = f"/tasks/{task['id']}/result"
    whole = client.get(path)
    tag = whole.headers["etag"]
    assert not tag.startswith("W/")
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    part = client.get(path, headers={"Range": "bytes=0-9", "If-Range": tag})
    assert (part.status_code, part.content) == (206, whole.content[:10])
    head = client.head(path)
    assert (head.status_code, head.content, head.headers["content-length"]) == (
        200,
        b"",
        str(len(whole.content)),
    )
    wrong = client.get(path, headers={"Range": "bytes=99999999-"})
    assert wrong.status_code == 416

    nowhere = {"kind": "collect", "params": {"targets": ["https://vk.com/wall-1_999999998"]}}
    failed = client.post("/tasks", json=nowhere).json()
    built.tasks.wait(failed["id"], 60)
    path = f"/tasks/{failed['id']}/result"
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": f'"x", {tag}'}).status_code == 304
