"""Coding over HTTP: samples are drawn and judged blind, the card tells errors, calibrating changes shares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from core.storage import writes
from dashboard import services
from tests.builders import at, page
from tests.core.coded import World, comments_of, moods_of
from tests.core.enriched import read_texts
from tests.dashboard.api.conftest import WITH_TOKEN, client_of, settings_in


@pytest.fixture(scope="module")
def coding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, World]]:
    """Give a client of a server whose own dataset has comments of known moods, read."""
    made = services.build(settings_in(Path(tmp_path_factory.mktemp("data")), **WITH_TOKEN))
    store = made.workspace("own").store
    comments = comments_of(270)
    by_source: dict[str, list[Any]] = {}
    for each in comments:
        by_source.setdefault(str(each.source), []).append(each)
    writes.write_pages(store, "run", [page(*some, source=key) for key, some in by_source.items()], at(1))
    writes.fold(store)
    read_texts(store)
    yield client_of(made), World(store, moods_of(comments))
    made.close()


def test_from_sample_to_calibration(coding: tuple[TestClient, World]) -> None:
    """A sample is drawn, judged blind through the API, told of by the card, and learned from."""
    client, world = coding
    drawn = client.post("/coding/samples", json={"size": 100, "query": {"tz": ["Europe/Moscow"]}})
    assert drawn.status_code == 201
    sample = drawn.json()
    assert (sample["kind"], sample["items"], sample["coded"]) == ("stratified", 100, {})
    assert client.get("/coding/card").json()["verdict"] == "too_few"

    items = client.get(f"/coding/samples/{sample['id']}/items?limit=60").json()
    rest = client.get(f"/coding/samples/{sample['id']}/items?limit=60&cursor={items['next']}").json()
    every = items["items"] + rest["items"]
    assert len(every) == 100
    assert list(every[0]) == ["place", "comment_key", "text"]
    labels = [
        {"comment_key": each["comment_key"], "name": name, "value": value, "coder": "Анна"}
        for each in every
        for name, value in (
            ("sentiment", world.moods[each["comment_key"]]),
            ("toxicity", "yes" if world.is_rude(each["comment_key"]) else "no"),
        )
    ]
    assert client.post("/labels", json={"labels": labels}).json()["written"] == 200
    (listed,) = client.get("/coding/samples").json()["items"]
    assert listed["coded"] == {"Анна": {"sentiment": 100, "toxicity": 100}}

    card = client.get(f"/coding/card?name=sentiment&sample={sample['id']}").json()
    assert (card["coded"], card["verdict"], card["alpha"], card["calibrated_on"]) == (100, "helps", None, 0)
    assert [each["name"] for each in card["classes"]] == ["negative", "neutral", "positive", "unsure"]
    assert set(card["gain"]["after"]["accuracy"]) == {"1", "0.8", "0.6", "0.5"}

    learned = client.post("/coding/calibrate", json={"name": "sentiment", "sample": sample["id"]}).json()
    assert (learned["number"], learned["labels"]) == (1, {"sentiment": 100})
    mood = client.get("/analyses/mood?over=week").json()
    assert "corrected" in [note["code"] for note in mood["notes"]]
    back = client.post("/coding/calibrate", json={"name": "sentiment", "method": "none"}).json()
    assert back["labels"] == {}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/coding/samples/none/items", None, 404),
        ("GET", "/coding/card?sample=none", None, 404),
        ("GET", "/coding/card?name=colour", None, 422),
        ("POST", "/coding/calibrate", {"name": "sentiment", "sample": "none"}, 404),
        ("POST", "/coding/calibrate", {"name": "sentiment", "method": "retrain"}, 422),
        ("POST", "/coding/samples", {"size": 5}, 422),
        ("POST", "/coding/samples", {"query": {"text": ["нетакогослова"]}}, 422),
        ("POST", "/coding/samples", {"query": {"colour": ["red"]}}, 422),
    ],
)
def test_what_cannot_be_is_refused(
    coding: tuple[TestClient, World], method: str, path: str, body: Any, status: int
) -> None:
    """Unknown samples, too few labels, sizes and queries that cannot be are named."""
    answer = coding[0].request(method, path, json=body)
    assert answer.status_code == status
    assert answer.json()["detail"]
