"""Two witnesses who know VK and not us: generated models of its answers, and a client others wrote."""

from typing import Any

import pytest
import requests
import vk_api
from vkbottle_types.responses.board import BoardGetCommentsExtendedResponse, BoardGetTopicsResponse
from vkbottle_types.responses.groups import GroupsGetByIdObjectResponse
from vkbottle_types.responses.likes import LikesGetListResponse
from vkbottle_types.responses.market import MarketGetCommentsResponse
from vkbottle_types.responses.photos import PhotosGetCommentsExtendedResponse
from vkbottle_types.responses.users import UsersGetResponse
from vkbottle_types.responses.utils import UtilsResolveScreenNameResponse
from vkbottle_types.responses.video import VideoGetCommentsExtendedResponse
from vkbottle_types.responses.wall import (
    WallGetByIdResponse,
    WallGetCommentResponse,
    WallGetCommentsExtendedResponse,
    WallGetCommentsResponse,
    WallGetExtendedResponse,
)

from core.sandbox import stories
from tests.core.sandbox.caller import Caller, Row

pytestmark = pytest.mark.slow

CITY, BAND, SHOP = stories.CITY, stories.BAND, stories.SHOP
FULL = {
    "count": 100,
    "need_likes": 1,
    "extended": 1,
    "thread_items_count": 10,
    "fields": "sex,city,bdate,photo_100",
}


def _without_tombstones(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out tombstones: the schema calls from_id and text required, VK sends them without."""
    return [row for row in rows if not row.get("deleted")]


@pytest.mark.parametrize("place", [place for place in stories.COMMUNITIES if place.share])
def test_models_read_every_post_of_a_wall(vk: Caller, place: stories.Community) -> None:
    """Posts and comments of a whole wall fit the models generated from VK's schema, tombstones aside."""
    wall = vk.raw("wall.get", owner_id=place.owner_id, count=100, extended=1)
    WallGetExtendedResponse(**wall)
    for post in wall["response"]["items"]:
        answer = vk.raw("wall.getComments", owner_id=place.owner_id, post_id=post["id"], **FULL)
        if post["comments"]["can_post"] == 0:
            assert answer["error"]["error_code"] == 212
            continue
        answer["response"]["items"] = _without_tombstones(answer["response"]["items"])
        WallGetCommentsExtendedResponse(**answer)


@pytest.mark.parametrize(
    ("model", "method", "asked"),
    [
        (
            WallGetCommentsResponse,
            "wall.getComments",
            {"owner_id": BAND.owner_id, "post_id": BAND.hero_post_id},
        ),
        (WallGetByIdResponse, "wall.getById", {"posts": f"{CITY.owner_id}_{CITY.hero_post_id}"}),
        (BoardGetTopicsResponse, "board.getTopics", {"group_id": SHOP.id, "preview": 1}),
        (
            BoardGetCommentsExtendedResponse,
            "board.getComments",
            {
                "group_id": SHOP.id,
                "topic_id": stories.FIRST_TOPIC,
                "count": 100,
                "extended": 1,
                "need_likes": 1,
            },
        ),
        (
            PhotosGetCommentsExtendedResponse,
            "photos.getComments",
            {"owner_id": CITY.owner_id, "photo_id": stories.FIRST_PHOTO} | FULL,
        ),
        (
            VideoGetCommentsExtendedResponse,
            "video.getComments",
            {"owner_id": BAND.owner_id, "video_id": stories.FIRST_VIDEO} | FULL,
        ),
        (
            MarketGetCommentsResponse,
            "market.getComments",
            {"owner_id": SHOP.owner_id, "item_id": stories.FIRST_MARKET_ITEM, "count": 100},
        ),
        (
            UsersGetResponse,
            "users.get",
            {"user_ids": "5000000001,5000000002,5000000200", "fields": "sex,city"},
        ),
        (GroupsGetByIdObjectResponse, "groups.getById", {"group_ids": CITY.id, "fields": "members_count"}),
        (UtilsResolveScreenNameResponse, "utils.resolveScreenName", {"screen_name": CITY.screen_name}),
        (
            LikesGetListResponse,
            "likes.getList",
            {"type": "post", "owner_id": CITY.owner_id, "item_id": CITY.hero_post_id},
        ),
    ],
)
def test_models_read_the_other_methods(vk: Caller, model: type[Any], method: str, asked: Row) -> None:
    """The answers of the other methods fit the generated models as they are."""
    model(**vk.raw(method, **asked))


def test_models_read_a_single_comment(vk: Caller, hero: Row) -> None:
    """`wall.getComment` fits its model."""
    number = vk.ok("wall.getComments", count=1, sort="desc", **hero)["items"][0]["id"]
    WallGetCommentResponse(**vk.raw("wall.getComment", owner_id=hero["owner_id"], comment_id=number))


class Redirected(requests.Session):
    """A session that sends what is meant for VK to the sandbox."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.base = url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:
        """Replace the host and path up to the method's name."""
        return super().request(method, self.base + url.rpartition("/")[2], *args, **kwargs)


@pytest.fixture
def client(vk: Caller, monkeypatch: pytest.MonkeyPatch) -> vk_api.VkApi:
    """Return the client others wrote, pointed at the sandbox, without its pause between calls."""
    monkeypatch.setattr(vk_api.VkApi, "RPS_DELAY", 0)
    return vk_api.VkApi(token=stories.TOKENS.USER, session=Redirected(vk.url), api_version="5.199")


def test_foreign_client_reads_a_whole_post_with_its_script(
    vk: Caller, client: vk_api.VkApi, hero: Row
) -> None:
    """vk_api's own VKScript loop plus its listing of threads gets exactly what exists."""
    tools = vk_api.VkTools(client)
    roots = list(tools.get_all_iter("wall.getComments", 100, hero | {"sort": "asc"}))
    replies = [
        reply
        for root in roots
        if root["thread"]["count"]
        for reply in tools.get_all_iter("wall.getComments", 100, hero | {"comment_id": root["id"]})
    ]
    found = [row["id"] for row in roots + replies]
    truth = vk.truth(f"wall:{hero['owner_id']}_{hero['post_id']}")
    assert sorted(found) == truth["ids"]


def test_foreign_client_sees_our_errors_as_vks(vk: Caller, client: vk_api.VkApi) -> None:
    """vk_api understands a refusal and its number."""
    with pytest.raises(vk_api.exceptions.ApiError) as caught:
        client.method("wall.getComments", {"owner_id": stories.PRIVATE.owner_id, "post_id": 1})
    assert caught.value.code == 15


def test_foreign_pool_matches_answers_and_errors(vk: Caller, client: vk_api.VkApi, hero: Row) -> None:
    """vk_api's pool of requests, one execute, gives each call its own answer or error."""
    with vk_api.VkRequestsPool(client) as pool:
        good = pool.method("wall.getComments", hero | {"count": 3})
        bad = pool.method("wall.getComments", {"owner_id": stories.PRIVATE.owner_id, "post_id": 1})
    assert len(good.result["items"]) == 3
    assert bad.error["error_code"] == 15
