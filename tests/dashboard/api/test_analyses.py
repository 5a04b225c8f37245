"""Analyses over HTTP: the catalogue, the answers, comparisons, and heavy ones that become tasks."""

from __future__ import annotations

import multiprocessing
from typing import Any

import pytest
from starlette.testclient import TestClient

from core.analysis.catalogue import ANALYSES
from core.tasks.records import TaskState
from dashboard import services
from dashboard.services import Services
from tests.core.analysis import crowd
from tests.dashboard.api.conftest import client_of, settings_in
from tests.dashboard.api.serving import eventually

WAIT_S = 60.0
DEMO = {"dataset": "demo"}


def result_of(built: Services, client: TestClient, task: dict[str, Any]) -> dict[str, Any]:
    """Wait until a task succeeded and return its result."""
    assert built.tasks.wait(task["id"], WAIT_S).state is TaskState.SUCCEEDED
    found: dict[str, Any] = client.get(f"/tasks/{task['id']}/result").json()
    return found


def test_the_catalogue_says_what_there_is(client: TestClient) -> None:
    """Every analysis is listed with titles, parameters, fields and whether it is heavy."""
    items = client.get("/analyses").json()["items"]
    assert [each["name"] for each in items] == list(ANALYSES)
    found = {each["name"]: each for each in items}
    assert [name for name, each in found.items() if each["is_heavy"]] == [
        name for name, each in ANALYSES.items() if each.is_heavy
    ]
    assert found["keyness"]["compares"] is True
    assert {each["group"] for each in items} >= {"activity", "attention", "lexis", "themes", "copies"}
    word = found["concordance"]["parameters"][0]
    assert (word["type"], word["low"], word["choices"]) == ("string", None, None)
    level = next(each for each in found["bursts"]["parameters"] if each["type"] == "number")
    assert level["low"] < level["default"] < level["high"]
    assert set(found["volume"]["title"]) == {"en", "ru"}
    assert found["volume"]["parameters"][0]["choices"] == ["hour", "day", "week", "month"]
    resamples = found["concentration"]["parameters"][1]
    assert (resamples["name"], resamples["type"], resamples["low"], resamples["high"]) == (
        "resamples",
        "integer",
        0,
        10_000,
    )
    assert found["likes"]["fields"][0] == {
        "name": "bucket",
        "type": "text",
        "unit": "",
        "meaning": ANALYSES["likes"].fields[0].meaning,
    }


def test_a_caller_who_has_the_catalogue_is_told_so(client: TestClient) -> None:
    """The catalogue has a tag of its content."""
    tag = client.get("/analyses").headers["etag"]
    assert client.get("/analyses", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("name", [name for name, each in ANALYSES.items() if not each.is_heavy])
def test_a_light_analysis_is_answered_at_once(client: TestClient, name: str) -> None:
    """The answer has the contract's keys, about all comments of the query, and rows of the said fields."""
    answer = client.get(f"/analyses/{name}", params=DEMO)
    found = answer.json()
    assert answer.status_code == 200
    assert list(found) == [
        *("name", "version", "params", "method", "n", "period", "tz"),
        *("summary", "notes", "model", "rows", "b"),
    ]
    assert (found["name"], found["n"], found["tz"], found["b"]) == (name, 4, "Europe/Moscow", None)
    assert found["period"] == {"first": "2026-03-02T12:00:00Z", "last": "2026-03-02T15:00:00Z"}
    assert all(list(row) == [each.name for each in ANALYSES[name].fields] for row in found["rows"])


def test_filters_and_parameters_are_those_of_the_address(client: TestClient) -> None:
    """Which comments, and how they are looked at, is what the address says."""
    params = {**DEMO, "per": "hour", "level": "root", "tz": "UTC"}
    found = client.get("/analyses/volume", params=params).json()
    assert (found["params"], found["tz"], found["n"]) == ({"per": "hour"}, "UTC", 3)
    assert [(row["period"], row["comments"]) for row in found["rows"]] == [
        ("2026-03-02T12:00:00Z", 1),
        ("2026-03-02T13:00:00Z", 0),
        ("2026-03-02T14:00:00Z", 1),
        ("2026-03-02T15:00:00Z", 1),
    ]


def test_two_sets_are_compared(client: TestClient) -> None:
    """Keys that begin with `b.` make a second query, of the same dataset and zone unless it names others."""
    params = {**DEMO, "tz": "UTC", "level": "root", "b.level": "reply"}
    found = client.get("/analyses/likes", params=params).json()
    assert (found["n"], found["b"]["n"], found["b"]["tz"]) == (3, 1, "UTC")
    assert list(found["b"]) == ["n", "period", "tz", "summary", "notes", "model", "rows"]
    assert found["rows"] != found["b"]["rows"]
    other = client.get("/analyses/likes", params={**params, "b.tz": "Asia/Omsk"}).json()
    assert other["b"]["tz"] == "Asia/Omsk"


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("volume", "per", "year"),
        ("volume", "hour", "25"),
        ("volume", "b.hour", "25"),
        ("volume", "resamples", "10"),
        ("volume", "b.per", "day"),
        ("volume", "limit", "10"),
        ("likes", "colour", "red"),
        ("sources", "top", "1001"),
        ("concentration", "resamples", "10001"),
    ],
)
def test_what_the_address_cannot_say_is_named(client: TestClient, name: str, key: str, value: str) -> None:
    """An unknown key or a bad value is a 422 that names it, also where a task would have been made."""
    answer = client.get(f"/analyses/{name}", params={**DEMO, key: value})
    assert answer.status_code == 422
    assert f"'{key}'" in answer.json()["detail"]


def test_there_is_no_other_analysis(client: TestClient) -> None:
    """An unknown name is a 404."""
    assert client.get("/analyses/weather").status_code == 404


def test_who_has_the_answer_is_told_so(client: TestClient) -> None:
    """The same address of the same data has the same tag, and another parameter another."""
    first = client.get("/analyses/sources", params=DEMO)
    again = client.get("/analyses/sources", params=DEMO, headers={"If-None-Match": first.headers["etag"]})
    other = client.get("/analyses/sources", params={**DEMO, "top": 3})
    assert (again.status_code, again.content) == (304, b"")
    assert other.headers["etag"] != first.headers["etag"]


def test_a_heavy_analysis_becomes_a_task(client: TestClient, built: Services) -> None:
    """202 and a task; once it is done the same address gives the answer, with a tag."""
    params = {**DEMO, "resamples": 20, "seed": 7}
    answer = client.get("/analyses/concentration", params=params)
    task = answer.json()
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/api/v1/tasks/{task['id']}"
    assert "etag" not in answer.headers
    assert (task["kind"], task["params"]["name"]) == ("analyze", "concentration")
    assert task["params"]["params"] == {"over": "author", "resamples": 20, "seed": 7}
    result = result_of(built, client, task)
    kept = client.get("/analyses/concentration", params=params)
    assert (kept.status_code, kept.json()) == (200, result)
    assert kept.headers["etag"]
    assert result["n"] == 4
    assert result["rows"][0]["measure"] == "gini"


def test_a_heavy_comparison_is_one_task(client: TestClient, built: Services) -> None:
    """Both sets of a comparison are worked out by one task; with one of them known it is still needed."""
    first = {**DEMO, "resamples": 21}
    result_of(built, client, client.get("/analyses/concentration", params=first).json())
    both = {**first, "b.level": "root"}
    answer = client.get("/analyses/concentration", params=both)
    assert answer.status_code == 202
    result = result_of(built, client, answer.json())
    assert (result["n"], result["b"]["n"]) == (4, 3)
    assert client.get("/analyses/concentration", params=both).json() == result


def test_sentences_are_in_the_callers_language(client: TestClient) -> None:
    """Notes and the method are said in Russian to who asks for it; the tag knows the language."""
    answers = {
        lang: client.get("/analyses/mood", params=DEMO, headers={"Accept-Language": lang})
        for lang in ("en", "ru")
    }
    assert answers["ru"].headers["content-language"] == "ru"
    assert answers["ru"].headers["etag"] != answers["en"].headers["etag"]
    english, russian = (answers[lang].json() for lang in ("en", "ru"))
    assert english["rows"] == russian["rows"]
    assert russian["method"].startswith("Доли")
    assert [note["code"] for note in russian["notes"]] == [note["code"] for note in english["notes"]]
    assert all(
        note["text"] != other["text"]
        for note, other in zip(*(each["notes"] for each in (english, russian)), strict=True)
    )


def test_an_analysis_that_compares_takes_both_sets_at_once(client: TestClient, built: Services) -> None:
    """Such an analysis answers once, about both sets; without `b.` keys the second is all the rest."""
    params = {**DEMO, "tz": "UTC", "level": "root"}
    for second, comments in (({}, 1), ({"b.level": "root"}, 3)):
        result = result_of(built, client, client.get("/analyses/compare", params={**params, **second}).json())
        assert (result["n"], result["b"]) == (3, None)
        assert (result["summary"]["comments_a"], result["summary"]["comments_b"]) == (3, comments)


def test_a_submitted_analysis_answers_as_the_route(client: TestClient, built: Services) -> None:
    """POST /tasks takes any analysis; its result is what GET /analyses/{name} answers."""
    body = {"kind": "analyze", "params": {"name": "likes", "query": DEMO, "b": {"level": "root"}}}
    answer = client.post("/tasks", json=body)
    assert answer.status_code == 202
    result = result_of(built, client, answer.json())
    assert result == client.get("/analyses/likes", params={**DEMO, "b.level": "root"}).json()


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"name": "weather"}, "weather"),
        ({"name": "volume", "params": {"per": "year"}}, "per"),
        ({"name": "volume", "params": {"colour": 1}}, "colour"),
        ({"name": "volume", "query": {"hour": 25}}, "hour"),
        ({"name": "volume", "b": {"hour": 25}}, "b.hour"),
        ({"name": "volume", "rows": 1}, "rows"),
    ],
)
def test_a_wrong_task_is_refused_by_name(client: TestClient, params: dict[str, Any], named: str) -> None:
    """What an analysis cannot be asked is a 422 at submission, not a failed task."""
    answer = client.post("/tasks", json={"kind": "analyze", "params": params})
    assert answer.status_code == 422
    assert named in answer.json()["detail"]


def test_a_question_that_failed_is_answered_with_its_error(client: TestClient, built: Services) -> None:
    """Who asks again for what has just failed is told why, and no second task is made."""
    regex = {**DEMO, "regex": "(", "resamples": 22}
    task = client.get("/analyses/concentration", params=regex).json()
    assert built.tasks.wait(task["id"], WAIT_S).state is TaskState.FAILED
    again = client.get("/analyses/concentration", params=regex)
    assert (again.status_code, again.json()["code"]) == (422, "bad_query")
    assert "regular expression" in again.json()["detail"]
    assert len([each for each in built.tasks.list() if each.params == built.tasks.list()[0].params]) == 1


def test_a_word_that_nobody_wrote_finds_nothing(client: TestClient) -> None:
    """A search for a word that is not here is no error, whatever is asked about it."""
    for name in ("copies", "words", "sources", "questions"):
        answer = client.get(f"/analyses/{name}", params={**DEMO, "lemma": "шмурдяк"})
        assert (answer.status_code, answer.json()["n"]) == (200, 0)


def test_a_time_zone_that_is_none_is_refused_at_once(client: TestClient) -> None:
    """A parameter that is a zone is checked before a task is made."""
    answer = client.get("/analyses/robustness", params={**DEMO, "zone": "Mars"})
    assert answer.status_code == 422
    assert "'zone'" in answer.json()["detail"]


@pytest.mark.slow
def test_a_running_analysis_is_cancelled_over_http(tmp_path_factory: pytest.TempPathFactory) -> None:
    """While it computes the same address gives the same task; cancelling it ends its process."""
    folder = tmp_path_factory.mktemp("crowd")
    built = services.build(settings_in(folder))
    crowd.fill(built.workspace("own").store, folder)
    client = client_of(built)
    read = built.tasks.submit("enrich", {"dataset": "own"}).task
    assert built.tasks.wait(read.id, WAIT_S).state is TaskState.SUCCEEDED
    eventually(lambda: not built.compute.stats().busy)
    params = {"dataset": "own", "resamples": 10_000}
    task = client.get("/analyses/concentration", params=params).json()
    assert client.get("/analyses/concentration", params=params).json()["id"] == task["id"]
    eventually(lambda: built.compute.stats().busy == 1)
    alive = {each.pid for each in multiprocessing.active_children()}
    assert client.post(f"/tasks/{task['id']}/cancel").status_code == 200
    assert built.tasks.wait(task["id"], WAIT_S).state is TaskState.CANCELLED
    assert len(alive - {each.pid for each in multiprocessing.active_children()}) == 1
    assert client.get("/analyses/likes", params={"dataset": "own"}).status_code == 200
    built.close()
