"""What stops a caller until somebody acts: captchas, validation, refusals, days, rates; and the counters."""

import pytest

from core.sandbox import stories
from tests.core.sandbox.caller import Caller, Start

pytestmark = pytest.mark.slow

USER = stories.TOKENS.USER
TWO = "return [API.users.get({}),API.utils.resolveScreenName({screen_name:'id1'})];"


@pytest.fixture
def vk(started: Start) -> Caller:
    """Return a caller of a world of the test's own."""
    return started(comments=300)


def test_picture_captcha_is_answered_on_the_same_method(vk: Caller) -> None:
    """The old style takes sid and key together, once, and on the method that was asked."""
    vk.order(captcha={"style": "picture"})

    def asked() -> dict[str, str]:
        error = vk.error("users.get")
        assert (error["error_code"], "redirect_uri" in error) == (14, False)
        picture = vk.http.get(error["captcha_img"])
        assert "oblako" in picture.text
        return {"captcha_sid": error["captcha_sid"], "captcha_key": "oblako"}

    assert vk.error("utils.resolveScreenName", screen_name="id1", **asked())["error_code"] == 14
    assert vk.error("users.get", **asked() | {"captcha_key": "tuman"})["error_code"] == 14
    used = asked()
    assert vk.error("users.get", **used | {"captcha_sid": "1"})["error_code"] == 14
    assert vk.ok("users.get", **used)
    assert vk.ok("utils.resolveScreenName", screen_name=stories.CITY.screen_name)


def test_captcha_can_ask_one_token_and_one_method(vk: Caller) -> None:
    """Other tokens and methods pass while one token is asked."""
    vk.order(captcha={"tokens": [USER], "methods": ["users.get"]})
    assert vk.error("users.get")["error_code"] == 14
    assert vk.ok("groups.getById", group_ids=stories.CITY.id)
    assert vk.with_token(f"{USER}-2").ok("users.get")
    assert "error" in vk.order(captcha={"style": "sound"})


def test_captcha_inside_execute_is_a_row_of_errors(vk: Caller) -> None:
    """Inner calls fail with 14 and three fields; the call alone tells where to go, and then all pass."""
    vk.order(captcha={"inner": True, "methods": ["users.get"]})
    answer = vk.raw("execute", code=TWO)
    assert [bool(each) for each in answer["response"]] == [False, False]
    assert answer["response"][0] is False
    assert [set(row) for row in answer["execute_errors"]] == [{"method", "error_code", "error_msg"}]
    assert vk.error("users.get")["redirect_uri"]
    assert vk.ok("users.get", success_token="sandbox-solved")
    assert vk.ok("execute", code=TWO)[0]


def test_validation_ends_when_its_page_was_opened(vk: Caller) -> None:
    """17 names a page; opening it lets calls pass."""
    vk.order(validation=True)
    error = vk.error("users.get")
    assert error["error_code"] == 17
    assert vk.http.get(error["redirect_uri"]).status_code == 200
    assert vk.ok("users.get")


@pytest.mark.parametrize("code", [3, 9, 15, 28])
def test_any_call_can_be_refused_by_order(vk: Caller, code: int) -> None:
    """A refusal hits the method, token and parameters it names, inside execute too, until taken back."""
    vk.order(refuse=[{"code": code, "method": "execute", "token": USER}])
    assert vk.error("execute", code=TWO)["error_code"] == code
    assert vk.with_token(f"{USER}-2").ok("execute", code=TWO)
    vk.order(refuse=[{"code": code, "method": "utils.resolveScreenName", "params": {"screen_name": "id1"}}])
    assert vk.raw("execute", code=TWO)["execute_errors"][0]["error_code"] == code
    assert vk.ok("utils.resolveScreenName", screen_name=stories.CITY.screen_name)
    vk.order(refuse=[])
    assert vk.ok("execute", code=TWO)
    assert "error" in vk.order(refuse=[{"number": 3}])


def test_a_refusal_can_end_by_itself(vk: Caller) -> None:
    """`times` counts refused calls; a subcode is shown."""
    vk.order(refuse=[{"code": 15, "subcode": 1133, "times": 2}])
    assert [vk.error("users.get")["error_subcode"] for _ in range(2)] == [1133, 1133]
    assert vk.ok("users.get")


def test_a_new_day_brings_the_daily_quantity_back(vk: Caller) -> None:
    """29 lasts until the day is reset."""
    vk.order(daily={"users.get": 1})
    assert vk.ok("users.get")
    assert vk.error("users.get")["error_code"] == 29
    vk.order(reset_days=True)
    assert vk.ok("users.get")


def test_tokens_can_have_rates_of_their_own(vk: Caller) -> None:
    """One token's rate binds it alone, and the counters tell who was refused."""
    vk.order(rates={USER: 2})
    codes = [vk.raw("users.get").get("error", {}).get("error_code", 0) for _ in range(3)]
    other = vk.with_token(f"{USER}-2")
    assert codes == [0, 0, 6]
    assert all(other.ok("users.get") for _ in range(4))
    stats = vk.stats()
    assert stats["requests_by_token"] == {USER: 3, f"{USER}-2": 4}
    assert stats["max_starts_by_token"] == {USER: 3, f"{USER}-2": 4}
    assert (stats["requests"], stats["too_many_per_second"], stats["errors"]) == (7, 1, {"error6": 1})


def test_what_happens_next_can_be_ordered_request_by_request(vk: Caller) -> None:
    """A queue of faults hits the next requests in turn, then nothing does."""
    vk.order(next=["http502", "ok", "error10"])
    assert vk.http.post(f"{vk.url}users.get").status_code == 502
    assert vk.ok("users.get")
    assert vk.error("users.get")["error_code"] == 10
    assert vk.ok("users.get")
    assert "error" in vk.order(next=["thunder"])


def test_calls_are_logged_with_their_parameters_on_request(vk: Caller) -> None:
    """The log holds inner and outer calls in order; a place to begin from is taken."""
    vk.order(log_calls=True)
    vk.ok("execute", code=TWO)
    vk.ok("users.get", user_ids="5000000001")
    calls = vk.http.get(vk.url.replace("/method/", "/sandbox/calls"), params={"from": 1}).json()
    assert [(call["method"], call["inner"], call["outcome"]) for call in calls] == [
        ("utils.resolveScreenName", True, "ok"),
        ("users.get", False, "ok"),
    ]
    assert calls[1]["params"]["user_ids"] == "5000000001"


def test_large_answers_of_execute_are_13_by_size(vk: Caller) -> None:
    """The size that execute may answer with can be chosen."""
    vk.order(max_execute_bytes=100)
    assert "too big" in vk.error("execute", code="return [" + "API.users.get({})," * 9 + "1];")["error_msg"]
    vk.order(max_execute_bytes=5 * 1024 * 1024)
    assert vk.ok("execute", code="return [API.users.get({})];")
