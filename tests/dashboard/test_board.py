"""The chart library as it is served."""

from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.board import assets


def _client() -> TestClient:
    return TestClient(Starlette(routes=assets.routes()))


def test_the_library_is_compressed_and_kept_for_good() -> None:
    """The largest file of the page travels small, and once."""
    answer = _client().get(assets.library_path(), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")
    assert int(answer.headers["content-length"]) < len(answer.content) / 2


def test_the_library_is_the_installed_one() -> None:
    """A client without gzip gets the same bytes."""
    plain = _client().get(assets.library_path(), headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert b"plotly.js v" in plain.content[:200]


def test_the_address_holds_under_a_base_path() -> None:
    """An app behind a prefix asks for the library behind that prefix."""
    assert assets.library_url("") == assets.library_path()
    assert assets.library_url("/base/") == f"/base{assets.library_path()}"
