"""What is wrong with a request, in the caller's language."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from core.wording.faults import RU
from dashboard.api.invalid import MISTAKES

RUSSIAN = {"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.5"}


@pytest.mark.parametrize(
    ("path", "english", "russian"),
    [
        ("/comments?limit=many", "'limit' has to be a whole number.", "«limit» должно быть целым числом."),
        ("/comments?limit=0", "'limit' has to be 1 or more.", "«limit» должно быть не меньше 1."),
        ("/tasks?kind=x", "'kind' has to be one of:", "«kind» бывает:"),
        ("/changes", "'since' is missing.", "Не хватает «since»."),
        ("/nothing", "There is nothing at /api/v1/nothing.", "По адресу /api/v1/nothing ничего нет."),
        ("/export.csv?limit=1", "There is no parameter 'limit' here.", "Параметра «limit» здесь нет."),
        ("/sources/x", "There is no source x here.", "Источника x здесь нет."),
    ],
)
def test_a_refusal_is_told_in_the_callers_language(
    client: TestClient, path: str, english: str, russian: str
) -> None:
    """The same mistake, the same code, the sentence in the language that was asked for."""
    told = client.get(path)
    in_russian = client.get(path, headers=RUSSIAN)
    assert told.json()["detail"].startswith(english)
    assert in_russian.json()["detail"].startswith(russian)
    assert told.json()["code"] == in_russian.json()["code"]
    assert (told.headers["content-language"], in_russian.headers["content-language"]) == ("en", "ru")
    assert told.headers["vary"] == "Accept-Language"
    assert told.json()["hint"] in told.json()["detail"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"kind": "collect", "params": {}}, "'collect.params.targets' is missing."),
        ({"kind": "collect", "params": {"targets": "x"}}, "'collect.params.targets' has to be a list."),
        (
            {"kind": "collect", "params": {"targets": []}},
            "'collect.params.targets' needs at least 1 of them.",
        ),
        ({"kind": "collect", "params": {"targets": ["x"], "posts": 1.5}}, "has to be a whole number."),
        ({"kind": "collect", "params": {"targets": ["x"], "until": "soon"}}, "has to be a day"),
        (
            {"kind": "collect", "params": {"targets": ["x"], "odd": 1}},
            "'collect.params.odd' is not known here.",
        ),
        ({"kind": "dance", "params": {}}, "'body' has to be one of:"),
        ({"params": {}}, "'body' does not say what it is: 'kind' is missing."),
        ({"kind": "collect", "params": {"targets": ["x"]}, "timeout_s": 0}, "has to be greater than 0"),
    ],
)
def test_a_body_is_told_which_field_is_wrong_and_how(
    client: TestClient, body: dict[str, Any], said: str
) -> None:
    """The sentence names the place of the field and what it needs."""
    answer = client.post("/tasks", json=body)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]


def test_what_has_no_sentence_of_ours_still_has_one(client: TestClient) -> None:
    """A mistake that the table does not know is told with the library's reason."""
    answer = client.post("/links/resolve", files={"file": ("a", b"x")})
    assert answer.status_code == 422
    body = {"kind": "collect", "params": {"targets": ["x"]}, "timeout_s": float("nan")}
    import orjson  # noqa: F401 - JSON has no NaN, so the text is written by hand

    text = str(body).replace("'", '"').replace("nan", "NaN")
    assert (
        client.post("/tasks", content=text, headers={"Content-Type": "application/json"}).status_code == 422
    )


def test_every_mistake_has_both_languages() -> None:
    """No sentence of the table is missing in Russian."""
    assert [text for text in MISTAKES.values() if text not in RU] == []


@pytest.mark.parametrize("mapping", ["{", "[]", "5"])
def test_a_mapping_that_is_no_object_is_refused(client: TestClient, mapping: str) -> None:
    """What the columns mean is told as a JSON object, or left to be guessed."""
    answer = client.post("/imports", files={"file": ("a.csv", b"text\nx\n")}, data={"mapping": mapping})
    assert (answer.status_code, answer.json()["code"]) == (422, "import_refused")


@pytest.mark.parametrize("since", ["0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z", "yesterday", "9" * 12])
def test_a_moment_that_is_none_is_refused(client: TestClient, since: str) -> None:
    """A version, a day or an instant of our times."""
    assert client.get("/changes", params={"since": since}).status_code == 422


@pytest.mark.parametrize("path", ["/nothing/{}", "/comments?hour={}", "/comments/{}"])
def test_a_token_that_was_sent_in_an_address_is_not_repeated(client: TestClient, path: str) -> None:
    """The sentence says what is wrong with stars in its place, as the log does."""
    answer = client.get(path.format("vk1.a.PlAnTeD-0123456789abcdef"))
    assert answer.status_code in {404, 422}
    assert "PlAnTeD" not in answer.text
