"""Sentences in answers: in the caller's language, and the same that the page says."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from core.balances import SourceBalance
from core.models import Pause, PauseReason, RefusalReason, SourceState
from core.storage import writes
from core.templates import Reason
from core.wording import LANGS, Lang
from core.wording.faults import by_code, refused, told
from dashboard.api.languages import asked_for
from dashboard.api.sheets import pause_in_words, sheet_in_words
from dashboard.services import Services
from tests import builders
from tests.dashboard.api.conftest import Open
from tests.dashboard.api.serving import eventually

RUSSIAN = re.compile("[а-яё]")
WAIT_S = 60.0
LINKS = ["https://vk.com/wall-1_999999999", "https://vk.com/nobody_is_called_so"]


def asked(client: TestClient, path: str, lang: Lang) -> Any:
    """Return an answer in a language, which its headers name."""
    answer = client.get(path, headers={"Accept-Language": lang})
    assert answer.headers["content-language"] == lang
    assert "Accept-Language" in answer.headers["vary"]
    return answer.json()


@pytest.fixture(scope="module")
def failed(client: TestClient, built: Services) -> str:
    """Give the id of a collection that failed."""
    body = {"kind": "collect", "params": {"targets": LINKS}}
    task_id: str = client.post("/tasks", json=body).json()["id"]
    built.tasks.wait(task_id, WAIT_S)
    return task_id


@pytest.mark.parametrize("lang", LANGS)
def test_a_failed_task_reads_as_on_the_page(
    lang: Lang, failed: str, client: TestClient, built: Services
) -> None:
    """What happened and what to do are the page's words: in the task, its list and its events."""
    fault = built.tasks.get(failed).fault
    assert fault is not None
    said = told(fault, lang)
    task = asked(client, f"/tasks/{failed}", lang)
    assert task["error"] == {"code": fault.code, "detail": said.what, "hint": said.remedy}
    assert task in asked(client, "/tasks", lang)["items"]
    events = client.get(f"/tasks/{failed}/events", headers={"Accept-Language": lang})
    assert events.headers["content-language"] == lang
    (data,) = [line for line in events.text.splitlines() if line.startswith("data: ")]
    assert json.loads(data.removeprefix("data: ")) == task


@pytest.mark.parametrize("lang", LANGS)
def test_a_result_reads_as_on_the_page(lang: Lang, failed: str, client: TestClient) -> None:
    """Links that are none, and why, are told in the caller's language, alone and with the task."""
    sheet = asked(client, f"/tasks/{failed}/result", lang)
    assert sheet == asked(client, f"/tasks/{failed}", lang)["result"]
    (link,) = sheet["refused"]
    assert link["hint"] == str(refused(RefusalReason.UNKNOWN_NAME, lang))


def test_a_result_known_in_one_language_is_not_known_in_the_other(failed: str, client: TestClient) -> None:
    """The ETag of a result is that of its words; 304 says what it depends on."""
    path = f"/tasks/{failed}/result"
    tag = client.get(path).headers["etag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["vary"]) == (304, "Accept-Language")
    assert client.get(path, headers={"If-None-Match": tag, "Accept-Language": "ru"}).status_code == 200


def test_whoever_answers_with_a_task_speaks_the_caller_s_language(
    failed: str, client: TestClient, built: Services
) -> None:
    """Submitting, importing and stopping answer with a task as well."""
    headers = {"Accept-Language": "ru"}
    file = {"file": ("a.csv", b"text\nhello\n", "text/csv")}
    imported = client.post("/imports", files=file, headers=headers)
    assert imported.headers["content-language"] == "ru"
    built.tasks.wait(imported.json()["id"], WAIT_S)
    again = client.post(f"/tasks/{failed}/retry", headers=headers)
    assert (again.status_code, again.headers["content-language"]) == (202, "ru")
    built.tasks.wait(failed, WAIT_S)
    worked = client.get("/analyses/concentration?dataset=own", headers=headers)
    assert (worked.status_code, worked.headers["content-language"]) == (202, "ru")
    built.tasks.wait(worked.json()["id"], WAIT_S)


def test_a_file_is_in_no_language_of_ours(client: TestClient, built: Services) -> None:
    """What people wrote is not called English because the caller reads English."""
    body = {"kind": "export", "params": {"format": "csv", "query": {"dataset": "demo"}}}
    task_id = client.post("/tasks", json=body).json()["id"]
    built.tasks.wait(task_id, WAIT_S)
    assert "content-language" not in client.get(f"/tasks/{task_id}/result").headers


@pytest.mark.parametrize("lang", LANGS)
def test_a_refused_link_is_told_in_the_caller_s_language(lang: Lang, client: TestClient) -> None:
    """Of pasted text and of a file."""
    headers = {"Accept-Language": lang}
    body = {"text": "https://example.org/wall-1_2", "network": False}
    pasted = client.post("/links/resolve", json=body, headers=headers)
    file = {"file": ("links.txt", b"https://vk.com/wall-1_2 https://vk.com/@a-b", "text/plain")}
    uploaded = client.post("/links/upload", files=file, data={"network": "false"}, headers=headers)
    for answer in (pasted, uploaded):
        (link,) = answer.json()["refused"]
        assert link["hint"] == str(refused(link["reason"], lang))
        assert answer.headers["content-language"] == lang


def test_readiness_is_told_in_the_caller_s_language(client: TestClient) -> None:
    """Names and states stay, sentences change."""
    english, russian = (asked(client, "/health/ready", lang) for lang in ("en", "ru"))
    assert english["checks"].keys() == russian["checks"].keys()
    assert all(RUSSIAN.search(each["detail"]) for each in russian["checks"].values())
    assert not any(RUSSIAN.search(each["detail"]) for each in english["checks"].values())


def test_what_is_missing_is_told_in_the_caller_s_language(client: TestClient, built: Services) -> None:
    """Also when the answer is given from memory, or known already."""
    demo = built.workspace("demo").store
    lacks = Reason("The list moved faster than it could be read.")
    balance = SourceBalance(builders.ref("wall:-7_7"), "", SourceState.PARTIAL, reason=lacks)
    writes.write_sources(demo, "run", [builders.source("wall:-7_7")], builders.at())
    writes.write_balances(demo, "run", [balance], builders.at())
    for _ in range(2):
        for lang, said in (
            ("en", str(lacks)),
            ("ru", "Список менялся быстрее, чем его удавалось прочитать."),
        ):
            items = asked(client, "/health/data?dataset=demo", lang)["items"]  # type: ignore[arg-type]
            assert [each["reason"] for each in items if each["source"] == "wall:-7_7"] == [said]
    tag = client.get("/health/data?dataset=demo").headers["etag"]
    russian = {"Accept-Language": "ru", "If-None-Match": tag}
    assert client.get("/health/data?dataset=demo", headers=russian).status_code == 200
    known = client.get("/health/data?dataset=demo", headers={"If-None-Match": tag})
    assert (known.status_code, "Accept-Language" in known.headers["vary"]) == (304, True)
    writes.delete_source(demo, "wall:-7_7")


def test_why_a_token_is_not_known_is_told_in_the_caller_s_language(opened: Open) -> None:
    """VK that does not answer is told as any other fault is, with what to do."""
    client = opened()
    assert problem_of_token(client, "ru").startswith("Не удалось связаться с ВК")
    assert problem_of_token(client, "en").startswith("VK could not be reached")


def problem_of_token(client: TestClient, lang: Lang) -> str:
    """Return why the token is not known; while VK is asked once more there is none for a moment."""
    told: list[str] = []

    def is_told() -> bool:
        problem = asked(client, "/tokens", lang)["items"][0]["problem"]
        told.extend([problem] if problem else [])
        return bool(told)

    eventually(is_told, WAIT_S)
    return told[0]


def kept_by(version: str) -> dict[str, Any]:
    """Return a balance sheet as versions of the program have kept it."""
    lacks = Reason(
        "VK counts {lacks} more in all than its first level and its threads together.", {"lacks": 3}
    )
    if version == "this":
        return {
            "sources": [{"source": "wall:-1_2", "reason": lacks.as_dict(), "error_code": ""}],
            "refused": [{"input": "x", "reason": "not_vk"}],
            "refused_targets": [{"input": "y", "code": "access_denied", "refused_code": 15}],
            "pause": {"reason": "captcha", "link": "https://vk.com/c", "is_image": True, "until": None},
        }
    return {
        "sources": [{"source": "wall:-1_2", "reason": "Access denied."}],
        "refused": [{"input": "x", "reason": "not_vk", "hint": "Paste something else."}],
        "refused_targets": [
            {"input": "y", "code": "access_denied", "detail": "Access denied.", "hint": "Ask."}
        ],
        "pause": {"reason": "captcha", "detail": "Captcha.", "link": "", "is_image": True, "until": None},
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("version", ["this", "an older"])
def test_a_kept_sheet_is_told_in_the_reader_s_language(lang: Lang, version: str) -> None:
    """What an older version kept as finished English gives way where its code says the same."""
    sheet = sheet_in_words(kept_by(version), lang)
    assert sheet["refused"][0]["hint"] == str(refused("not_vk", lang))
    said = by_code("access_denied", lang)
    target = sheet["refused_targets"][0]
    assert (target["detail"], target["hint"]) == (said.what, said.remedy)
    assert sheet["pause"]["detail"] == pause_in_words(Pause(PauseReason.CAPTCHA, is_image=True), lang)
    reason = sheet["sources"][0]["reason"]
    assert bool(RUSSIAN.search(reason)) is (lang == "ru" and version == "this")


def test_a_sheet_of_next_to_nothing_is_still_one() -> None:
    """A task that was stopped at its very beginning has a result too."""
    assert sheet_in_words({"sources": [{"reason": ""}]}, "ru") == {
        "sources": [{"reason": ""}],
        "refused": [],
        "refused_targets": [],
        "pause": None,
    }


def test_several_headers_are_one_wish() -> None:
    """Every part of the API reads the same wish, however many lines it came in."""
    raw = [(b"accept-language", b"en;q=0.1"), (b"accept-language", b"ru")]
    assert asked_for(Headers(raw=raw)) == "ru"
    assert asked_for(Headers(raw=[])) == "en"
