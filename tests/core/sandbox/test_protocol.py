"""Tokens, versions, rates and the shape of refusals."""

import httpx
import pytest

from core.sandbox import stories
from tests.core.sandbox.caller import Caller, Row, Start

pytestmark = pytest.mark.slow

T = stories.TOKENS


@pytest.mark.parametrize(("version", "code"), [("", 8), ("5.80", 8), ("4.9", 8), ("x", 8)])
def test_old_versions_are_refused(vk: Caller, version: str, code: int) -> None:
    """Calls without a version or below 5.81 are invalid requests."""
    assert vk.error("users.get", v=version)["error_code"] == code


def test_oldest_served_version_is_5_81(vk: Caller) -> None:
    """5.81 still answers."""
    assert vk.ok("users.get", v="5.81")


@pytest.mark.parametrize("token", ["", T.EXPIRED, "nonsense"])
def test_invalid_tokens_are_5(vk: Caller, token: str) -> None:
    """No token, an expired one and an unknown one all fail authorization."""
    assert vk.with_token(token).error("users.get")["error_code"] == 5


@pytest.mark.parametrize(
    ("token", "method", "code"),
    [
        (T.COMMUNITY, "wall.get", 27),
        (T.COMMUNITY, "wall.getComments", 27),
        (T.SERVICE, "wall.getComment", 28),
        (T.SERVICE, "photos.getComments", 28),
        (T.SERVICE, "video.getComments", 28),
        (T.SERVICE, "market.getComments", 28),
        (T.SERVICE, "execute", 28),
        (T.NARROW, "photos.getComments", 15),
        (T.USER, "wall.search", 3),
    ],
)
def test_token_kinds_have_their_methods(vk: Caller, token: str, method: str, code: int) -> None:
    """A method that a kind of token may not call names that reason."""
    assert vk.with_token(token).error(method, code="return 1;")["error_code"] == code


def test_service_token_reads_walls_and_boards(vk: Caller, hero: Row) -> None:
    """Walls and boards are what a service token is good for."""
    service = vk.with_token(T.SERVICE)
    assert service.ok("wall.getComments", **hero)["items"]
    assert service.ok("board.getTopics", group_id=stories.SHOP.id)["items"]


def test_missing_scope_has_its_subcode(vk: Caller) -> None:
    """A token without rights is told so by subcode 1133."""
    assert vk.with_token(T.NARROW).error("video.getComments")["error_subcode"] == 1133


@pytest.mark.parametrize("place", ["header", "query", "body"])
def test_errors_repeat_parameters_but_never_the_token(vk: Caller, place: str) -> None:
    """`request_params` shows what was asked, whatever way the token travelled, without the token."""
    secret = {"access_token": "planted-token"}
    answer = vk.http.post(
        vk.url + "wall.getComments",
        params=secret if place == "query" else None,
        data={"v": "5.199", "owner_id": "5"} | (secret if place == "body" else {}),
        headers={"Authorization": "Bearer planted-token"} if place == "header" else {},
    )
    assert answer.status_code == 200
    assert {"key": "owner_id", "value": "5"} in answer.json()["error"]["request_params"]
    assert "planted-token" not in answer.text


def test_get_post_and_multipart_are_the_same_call(vk: Caller) -> None:
    """Parameters are read from query, form and multipart alike, and the token's place is counted."""
    asked = {"v": "5.199", "screen_name": stories.CITY.screen_name, "access_token": T.USER}
    before = vk.stats()["token_placement"]
    url = vk.url + "utils.resolveScreenName"
    answers = [
        httpx.get(url, params=asked).json(),
        httpx.post(url, data=asked).json(),
        httpx.post(url, files={key: (None, value) for key, value in asked.items()}).json(),
    ]
    after = vk.stats()["token_placement"]
    assert answers == [{"response": {"type": "group", "object_id": stories.CITY.id}}] * 3
    assert (after["query"] - before["query"], after["body"] - before["body"]) == (1, 2)


def test_fourth_request_of_a_second_is_6(started: Start) -> None:
    """Three requests per second pass, the fourth is too many; another token has its own second."""
    vk = started(comments=300, rate=3)
    codes = [vk.raw("users.get").get("error", {}).get("error_code", 0) for _ in range(4)]
    assert codes == [0, 0, 0, 6]
    assert vk.with_token(T.USER + "-2").ok("users.get")
    stats = vk.stats()
    assert stats["calls"]["users.get"] == {"ok": 4, "error6": 1}
    assert stats["max_starts_by_token"][T.USER] == 4


def test_daily_quantity_is_29_and_inner_calls_count(started: Start, hero: Row) -> None:
    """A method's daily quantity is counted per call, inside execute too."""
    vk = started(comments=300)
    vk.order(daily={"wall.get": 3})
    code = "return [{0},{0},{0},{0}];".format('API.wall.get({"owner_id":' + str(hero["owner_id"]) + "})")
    answer = vk.raw("execute", code=code)
    assert [bool(one) for one in answer["response"]] == [True, True, True, False]
    assert [row["error_code"] for row in answer["execute_errors"]] == [29]
    assert vk.error("wall.get", owner_id=hero["owner_id"])["error_code"] == 29


def test_unknown_names_are_an_empty_list(vk: Caller) -> None:
    """`resolveScreenName` answers an unknown name with a list, not an object."""
    assert vk.ok("utils.resolveScreenName", screen_name="nobody_here") == []


def test_users_get_without_ids_names_the_tokens_owner(vk: Caller) -> None:
    """A user token has an owner, a service token has none."""
    assert [row["id"] for row in vk.ok("users.get")] == [stories.WALL_PERSON.id]
    assert vk.with_token(T.SERVICE).ok("users.get") == []


def test_groups_by_id_is_an_object_with_two_lists(vk: Caller) -> None:
    """Since 5.199 communities come under `groups`, with `profiles` beside them."""
    answer = vk.ok("groups.getById", group_ids=f"{stories.CITY.id},{stories.BAND.screen_name}")
    assert [row["id"] for row in answer["groups"]] == [stories.CITY.id, stories.BAND.id]
    assert answer["profiles"] == []
