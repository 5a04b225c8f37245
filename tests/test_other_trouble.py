"""The second VK's own manners: what it refuses, how it changes, what it notes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.other_trouble import KEY, SUCCESS, Captcha, Refuse
from tests.other_vk import TOKEN, OtherVk, Serving

POST = (-5, 1000)
TWO = 'return [API.wall.get({"owner_id":-5}),API.users.get({})];'


@pytest.fixture
def vk() -> OtherVk:
    """Return a small world: one post with three roots, one of them with twelve replies."""
    world = OtherVk(per_second=0)
    world.add_post(*POST, [0, 12, 1])
    return world


def page(vk: OtherVk, **params: object) -> dict[str, Any]:
    """Return a page of comments as the server shows it."""
    sent = {"owner_id": -5, "post_id": 1000, "count": 100, "thread_items_count": 10} | params
    shown: dict[str, Any] = ask(vk, "wall.getComments", **sent)["response"]
    return shown


def ask(vk: OtherVk, method: str, token: str = TOKEN, **params: object) -> dict[str, Any]:
    """Make one call without HTTP."""
    return vk.answer(method, {key: str(value) for key, value in params.items()}, token, 1)


def code(answer: dict[str, Any]) -> int:
    """Return VK's number of refusal, 0 where there is none."""
    number: int = answer.get("error", {}).get("error_code", 0)
    return number


def test_changes_show_and_a_vanished_thread_returns(vk: OtherVk) -> None:
    """Additions, edits, likes, deletions and restorations are what the next page shows."""
    old = page(vk)["items"]
    root, reply = old[2]["id"], old[2]["thread"]["items"][0]["id"]
    late = old[0]["id"] - 1
    assert vk.add(POST, "поздний", number=late) == late
    newest = vk.add(POST, "новый ответ", reply_to=reply)
    vk.edit(POST, root, "правка")
    vk.like(POST, root, 99)
    shown = page(vk, need_likes=1)["items"]
    assert [row["id"] for row in shown] == [late, *(row["id"] for row in old)]
    assert (shown[3]["text"], shown[3]["likes"]["count"]) == ("правка", 99)
    assert [row["id"] for row in shown[3]["thread"]["items"]] == [reply, newest]
    vk.delete(POST, root)
    assert page(vk)["items"][3]["deleted"] is True
    vk.delete(POST, reply)
    vk.delete(POST, newest)
    assert root not in [row["id"] for row in page(vk)["items"]]
    vk.restore(POST, reply)
    assert (page(vk)["items"][3]["id"], page(vk)["items"][3]["deleted"]) == (root, True)
    vk.restore(POST, root)
    assert page(vk)["items"][3]["text"] == "правка"


def test_hidden_comments_are_counted_and_numbers_can_be_wrong(vk: OtherVk) -> None:
    """What is hidden stays in every count; each declared number can be off by itself."""
    root = page(vk)["items"][1]["id"]
    before = page(vk, comment_id=root)
    vk.hide(POST, before["items"][4]["id"])
    after = page(vk, comment_id=root)
    assert len(after["items"]) == len(before["items"]) - 1
    assert after["current_level_count"] == before["current_level_count"] == 12
    vk.listed_error[POST], vk.count_error[POST] = 1, 2
    vk.level_error[POST, 0], vk.level_error[POST, root] = 3, 4
    shown = page(vk)
    listed = ask(vk, "wall.getById", posts="-5_1000")["response"]["items"][0]["comments"]["count"]
    numbers = (listed, shown["count"], shown["current_level_count"], shown["items"][1]["thread"]["count"])
    assert numbers == (16 + 1, 16 + 2, 3 + 3, 12 + 4)
    vk.row(POST, root).is_paid = True
    assert page(vk)["items"][1]["donut"]["is_don"] is True


@pytest.mark.parametrize(
    ("style", "answer"),
    [
        ("page", lambda error: {"success_token": SUCCESS}),
        ("picture", lambda error: {"captcha_sid": error["captcha_sid"], "captcha_key": KEY}),
    ],
)
def test_a_captcha_is_answered_on_the_method_that_met_it(
    vk: OtherVk, style: Any, answer: Callable[[dict[str, Any]], dict[str, str]]
) -> None:
    """Another method's answer counts for nothing; the right one opens all methods to that token alone."""
    vk.trouble.kinds["second"] = "user"
    vk.trouble.captcha = Captcha(style)
    solved = answer(ask(vk, "wall.get", owner_id=-5)["error"])
    assert code(ask(vk, "users.get", **solved)) == 14
    assert code(ask(vk, "wall.get", owner_id=-5, **solved)) == 0
    assert code(ask(vk, "users.get")) == 0
    assert code(ask(vk, "users.get", token="second")) == 14


def test_a_captcha_inside_execute_is_a_row(vk: OtherVk) -> None:
    """The rows name 14 and no link; the call alone names the link."""
    vk.trouble.captcha = Captcha(is_inner=True)
    answer = ask(vk, "execute", code=TWO)
    assert answer["response"] == [False, False]
    assert {row["error_code"] for row in answer["execute_errors"]} == {14}
    assert "redirect_uri" in ask(vk, "users.get")["error"]
    assert code(ask(vk, "users.get", success_token=SUCCESS)) == 0
    assert "execute_errors" not in ask(vk, "execute", code=TWO)


def test_days_refusals_validation_and_size(vk: OtherVk) -> None:
    """Inner calls count against the day; refusals end after their times; validation and size hold."""
    vk.trouble.daily["wall.get"] = 1
    assert "execute_errors" not in ask(vk, "execute", code=TWO)
    assert code(ask(vk, "wall.get", owner_id=-5)) == 29
    vk.trouble.spent.clear()
    assert code(ask(vk, "wall.get", owner_id=-5)) == 0
    vk.trouble.refusals = [Refuse(9, "users.get", where={"user_ids": 7}, times=1)]
    assert [code(ask(vk, "users.get", user_ids=each)) for each in (8, 7, 7)] == [0, 9, 0]
    vk.trouble.max_bytes = 10
    assert code(ask(vk, "execute", code='return [API.users.get({"user_ids":5})];')) == 13
    vk.trouble.needs_validation = True
    assert "redirect_uri" in ask(vk, "users.get")["error"]


def test_what_happens_to_requests_on_their_way(vk: OtherVk) -> None:
    """Broken answers come one by one as ordered, rates bind each token, and all of it is noted."""
    vk.trouble.kinds["second"] = "user"
    vk.trouble.rates["second"] = 1
    vk.trouble.next = deque(["http502", "html", "truncate", "cut", "error10", "ok"])
    with Serving(vk) as server, httpx.Client(timeout=20) as http:

        def post(token: str = TOKEN) -> httpx.Response:
            header = {"Authorization": f"Bearer {token}"}
            return http.post(f"{server.url}users.get", data={"v": "5.199"}, headers=header)

        assert post().status_code == 502
        assert post().headers["content-type"] == "text/html"
        with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
            post().json()
        with pytest.raises(httpx.RemoteProtocolError):
            post()
        assert [code(post().json()) for _ in range(2)] == [10, 0]
        assert [code(post("second").json()) for _ in range(2)] == [0, 6]
        vk.trouble.expired.add("second")
        assert code(post("second").json()) == 5
        http.get(f"{server.url}users.get", params={"v": "5.199", "access_token": TOKEN})
    seen = vk.seen
    assert (seen.requests, seen.requests_by_token["second"]) == (10, 3)
    assert (seen.most_per_second["second"], seen.refused[6], seen.places["query"]) == (3, 1, 1)
