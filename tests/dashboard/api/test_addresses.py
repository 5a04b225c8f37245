"""Addresses are taken strictly, in every route alike."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    "path",
    [
        "/comments/%00",
        "/comments/%zz",
        "/comments?text=%",
        "/comments?text=%ff",
        "/comments?text=a%00b",
        "/sources/%ED%A0%80",
        "/export.csv?text=%C3",
        "/tasks?cursor=%0",
    ],
)
def test_an_address_that_cannot_be_read_is_a_problem(client: TestClient, path: str) -> None:
    """Broken percent-encoding, broken UTF-8 and NUL are 400, in the one form of every error."""
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_address")


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/export.csv?limit=5", "limit"),
        ("/export.xlsx?cursor=x", "cursor"),
        ("/sources?colour=red", "colour"),
        ("/sources/wall:-1_2?limit=1", "limit"),
        ("/comments?colour=red", "colour"),
        ("/comments/wall:-1_2:1?limit=1", "limit"),
        ("/tasks?ui=ru", "ui"),
        ("/tasks/stats?kind=collect", "kind"),
        ("/health/live?x=1", "x"),
        ("/health/data?x=1", "x"),
        ("/docs?x=1", "x"),
        ("/changes?since=1&sel.a=1&colour=red", "colour"),
    ],
)
def test_an_unknown_key_is_named(client: TestClient, path: str, key: str) -> None:
    """A key that is not known is never ignored: the answer would be another one than was asked for."""
    answer = client.get(path)
    assert answer.status_code == 422
    assert f"'{key}'" in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    ["/comments?limit=1&limit=2", "/sources?dataset=own&dataset=demo", "/comments?sort=date&sort=-date"],
)
def test_a_key_with_one_value_is_given_once(client: TestClient, path: str) -> None:
    """Of two values neither is the one that was meant."""
    answer = client.get(path)
    assert answer.status_code == 422
    assert "more than once" in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/comments?ui=ru&page=overview&sel.chart=1&hour=1&hour=2&source=wall:-1_2&post=-1_2",
        "/changes?since=0&change=new&change=edited",
        "/export.jsonl?kind=wall&kind=topic",
    ],
)
def test_what_the_page_adds_and_what_may_repeat_is_taken(client: TestClient, path: str) -> None:
    """An address copied from the page works, and "any of" is said by repeating."""
    assert client.get(path).status_code == 200


def test_a_post_takes_no_keys_either(client: TestClient) -> None:
    """Options belong into the body."""
    body = {"text": "", "network": False}
    assert client.post("/links/resolve?network=false", json=body).status_code == 422
