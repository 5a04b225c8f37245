"""users.get, groups.getById, utils.resolveScreenName and likes.getList."""

from core.sandbox import people, stories
from core.sandbox.chance import mixed
from core.sandbox.paging import Row
from core.sandbox.plan import Kind
from core.sandbox.refusals import Params, Refusal
from core.sandbox.walls import open_wall, post_likes
from core.sandbox.world import World

_LIKED: dict[str, Kind] = {
    "comment": "wall",
    "photo_comment": "photo",
    "video_comment": "video",
    "topic_comment": "topic",
    "market_comment": "market",
}


def get_users(params: Params, own_id: int) -> list[Row]:
    """Return people by number or short name; without numbers the token's own user, if it has one."""
    asked = params.names("user_ids")
    if len(asked) > 1_000:
        raise Refusal(100, "user_ids should contain at most 1000 elements")
    fields = frozenset(params.names("fields"))
    if not asked:
        return [people.profile(own_id, fields)] if own_id else []
    numbers = [int(one) if one.isdecimal() else _user_id(one) for one in asked]
    return [people.profile(number, fields) for number in numbers if people.exists(number)]


def get_groups(params: Params) -> Row:
    """Return communities by number or short name."""
    asked = params.names("group_ids") or params.names("group_id")
    if not asked:
        raise Refusal(100, "group_ids is undefined")
    if len(asked) > 500:
        raise Refusal(100, "group_ids should contain at most 500 elements")
    fields = frozenset(params.names("fields"))
    found = [people.group(_group_id(one), fields) for one in asked]
    rows = [row for row in found if row is not None]
    if not rows:
        raise Refusal(100, "group_ids is invalid")
    return {"groups": rows, "profiles": []}


def resolve(params: Params) -> object:
    """Return what a short name stands for; an unknown name is an empty list."""
    name = params.text("screen_name")
    if not name:
        raise Refusal(100, "screen_name is undefined")
    return people.resolved(name) or []


def get_likes(world: World, params: Params) -> Row:
    """Return who liked a comment or a post; the people are made up, their number is the shown one."""
    kind = params.text("type")
    owner_id = params.required("owner_id")
    number = params.required("item_id")
    open_wall(owner_id)
    if kind in _LIKED:
        talk = world.holder(_LIKED[kind], owner_id, number)
        if talk is None:
            raise Refusal(100, "item_id is invalid")
        count = talk.likes[talk.by_id[number]]
    else:
        post = world.items.get(("wall", owner_id, number)) if kind == "post" else None
        if post is None:
            raise Refusal(100, "type or item_id is invalid")
        count = post_likes(world, post)
    likers = [stories.FIRST_USER + (mixed(number, 0) + n * 7) % 2_000 for n in range(count)]
    offset = params.number("offset", at_least=0)
    shown = likers[offset : offset + min(params.number("count", 100, at_least=0), 1_000)]
    if params.flag("extended"):
        return {
            "count": count,
            "items": [people.profile(one, frozenset()) | {"type": "profile"} for one in shown],
        }
    return {"count": count, "items": shown}


def _user_id(name: str) -> int:
    """Return the number behind a short name, 0 when it is nobody's."""
    found = people.resolved(name)
    return int(str(found["object_id"])) if found and found["type"] == "user" else 0


def _group_id(name: str) -> int:
    """Return the number behind a community's number or name, 0 when there is none."""
    bare = name.removeprefix("-")
    if bare.isdecimal():
        return int(bare)
    found = people.resolved(name)
    return int(str(found["object_id"])) if found and found["type"] in ("group", "page", "event") else 0
