"""board.*, photos.*, video.* and market.*: the other places that hold comments."""

import orjson

from core.sandbox import stories
from core.sandbox.discussion import Discussion, Item
from core.sandbox.paging import Faces, Look, Page, Row, items_of, page_of
from core.sandbox.plan import Kind
from core.sandbox.refusals import Params, Refusal
from core.sandbox.render import cut, text_of
from core.sandbox.texts import topic_title
from core.sandbox.walls import faces_of
from core.sandbox.world import World

_PLACES = {place.id: place for place in stories.COMMUNITIES}


def get_topics(world: World, params: Params) -> Row:
    """Return the topics of a board."""
    owner_id = -_open_board(params)
    topics = list(world.lists.get(("topic", owner_id), ()))
    wanted = params.names("topic_ids")
    order = params.number("order", 1)
    if wanted:
        shown = [topic for topic in topics if str(topic.item_id) in wanted]
    else:
        by_update = {topic.item_id: _updated(world, topic) for topic in topics} if abs(order) == 1 else {}
        topics.sort(key=lambda topic: by_update.get(topic.item_id, topic.date), reverse=order >= 0)
        offset = params.number("offset", at_least=0)
        shown = topics[offset : offset + min(params.number("count", 40, at_least=0), 100)]
    rows = [_topic_row(world, topic, params) for topic in shown]
    answer: Row = {"count": len(topics), "items": rows, "default_order": 1, "can_add_topics": 0}
    faces = faces_of(params)
    if faces is not None:
        faces.meet(topic.author_id for topic in shown)
        answer |= faces.shown()
    return answer


def get_board_comments(world: World, params: Params) -> Row:
    """Return the comments of a topic: one level, replies show only as mentions."""
    owner_id = -_open_board(params)
    item = world.items.get(("topic", owner_id, params.required("topic_id")))
    if item is None:
        raise Refusal(100, "invalid tid")
    return _flat(world, item, params, faces_of(Params({"extended": params.text("extended")})))


def get_photo_comments(world: World, params: Params) -> Row:
    """Return the comments of a photo."""
    return _flat(world, _item(world, params, "photo", "photo_id"), params, faces_of(params))


def get_all_photo_comments(world: World, params: Params) -> Row:
    """Return the comments of all photos of an owner, newest first; each names its photo as pid."""
    owner_id = params.required("owner_id")
    talks = [world.discussion(item) for item in world.lists.get(("photo", owner_id), ())]
    everything = [(talk.ids[place], talk, place) for talk in talks for place in talk.by_id.values()]
    everything.sort(key=lambda found: -found[0])
    offset = params.number("offset", at_least=0)
    count = min(params.number("count", 20, at_least=0), 100)
    look = Look.of(world.seed, params)
    rows = [_with_pid(talk, place, look) for _, talk, place in everything[offset : offset + count]]
    return {"count": len(everything), "items": rows}


def get_video_comments(world: World, params: Params) -> Row:
    """Return the comments of a video, in two levels like a wall's."""
    talk = world.discussion(_item(world, params, "video", "video_id"))
    thread_of = params.number("comment_id", at_least=0)
    if thread_of and thread_of not in talk.by_id:
        raise Refusal(100, "invalid comment_id")
    root = talk.by_id[thread_of] if thread_of else None
    listed = talk.level if root is None else talk.replies(root)
    page = page_of(talk, listed, params, default_count=20, sorts=("asc", "desc", "interest"))
    faces = faces_of(params)
    look = Look.of(world.seed, params)
    answer: Row = {
        "count": talk.declared if root is None else talk.declared_level(root),
        "items": items_of(talk, page, look, faces, with_threads=root is None),
        "current_level_count": talk.declared_level(root),
        "real_offset": page.first,
        "can_post": 1,
        "show_reply_button": True,
        "groups_can_post": True,
    }
    return answer | faces.shown() if faces is not None else answer


def get_market_comments(world: World, params: Params) -> Row:
    """Return the comments of a market item."""
    params.number("offset", at_least=0)
    return _flat(world, _item(world, params, "market", "item_id"), params, faces_of(params))


def _flat(world: World, item: Item, params: Params, faces: Faces | None) -> Row:
    """Return a page of comments that have one level."""
    talk = world.discussion(item)
    page = page_of(talk, talk.level, params, default_count=20, sorts=("asc", "desc"))
    look = Look.of(world.seed, params)
    answer: Row = {"count": talk.declared, "items": items_of(talk, page, look, faces, with_threads=False)}
    if item.kind != "market":
        answer["real_offset"] = page.first
    if faces is not None:
        if item.owner_id < 0:
            faces.meet((item.owner_id,))
        answer |= faces.shown()
    return answer


def _with_pid(talk: Discussion, place: int, look: Look) -> object:
    """Return a photo's comment with the photo's number."""
    items = items_of(talk, Page([place], 0), look, None, with_threads=False)
    row: Row = orjson.loads(orjson.dumps(items))[0]
    return row | {"pid": talk.item.item_id}


def _item(world: World, params: Params, kind: Kind, name: str) -> Item:
    """Find the object that was named."""
    item = world.items.get((kind, params.required("owner_id"), params.required(name)))
    if item is None:
        raise Refusal(100, f"{name} is invalid")
    return item


def _open_board(params: Params) -> int:
    """Return the community's number, refused when its board cannot be read."""
    group_id = params.required("group_id")
    if group_id < 1:
        raise Refusal(100, "group_id should be greater or equal to 1")
    place = _PLACES.get(group_id)
    if place is None:
        raise Refusal(100, "group_id is invalid")
    if place.access == "members":
        raise Refusal(203)
    if place.access != "open":
        raise Refusal(15)
    return group_id


def _updated(world: World, topic: Item) -> int:
    """Return when a topic was last written to."""
    talk = world.discussion(topic)
    return talk.dates[talk.level[-1]] if talk.level else topic.date


def _topic_row(world: World, topic: Item, params: Params) -> Row:
    """Return a topic."""
    talk = world.discussion(topic)
    row: Row = {
        "id": topic.item_id,
        "title": topic_title(world.seed, topic.key, topic.topic),
        "created": topic.date,
        "created_by": topic.author_id,
        "updated": _updated(world, topic),
        "updated_by": talk.authors[talk.level[-1]] if talk.level else topic.author_id,
        "is_closed": 0,
        "is_fixed": 0,
        "comments": max(0, talk.count + talk.listed_error),
    }
    preview = params.number("preview", at_least=0, at_most=3)
    length = params.number("preview_length", 90, at_least=0)
    if preview & 1 and talk.level:
        row["first_comment"] = cut(text_of(world.seed, talk, talk.level[0]), length)
    if preview & 2 and talk.level:
        row["last_comment"] = cut(text_of(world.seed, talk, talk.level[-1]), length)
    return row
