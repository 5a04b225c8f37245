"""A comment as JSON: rendered once per comment, joined into pages as bytes."""

from typing import Final

import orjson

from core.sandbox import people, stories
from core.sandbox.chance import mixed
from core.sandbox.discussion import Discussion
from core.sandbox.draw import DONUT
from core.sandbox.texts import comment_text
from core.sandbox.wording import Wording

Row = dict[str, object]

_GROUP_NAMES: Final = {place.id: place.name for place in stories.COMMUNITIES}
_ITEM_FIELD: Final = {"wall": "post_id", "photo": "photo_id", "video": "video_id"}


def text_of(seed: int, talk: Discussion, place: int) -> str:
    """Return the text of a comment, mention of the addressee included."""
    given = talk.texts.get(place)
    if given is not None:
        return given
    key = talk.item.first_row + place
    text = comment_text(seed, key, talk.wording[place], talk.item.topic)
    parent = talk.parent[place]
    if parent < 0 or not text:
        return text
    if talk.item.kind == "topic":
        address = f"{-talk.item.owner_id}_{talk.ids[parent]}"
        return f"{mention(talk.authors[parent], f':bp-{address}')}, {text}"
    if talk.parent[parent] < 0 and mixed(seed, key) % 7 < 3:
        return text
    return f"{mention(talk.authors[parent], '')}, {text}"


def mention(author_id: int, suffix: str) -> str:
    """Return the mark-up that addresses an author."""
    if author_id < 0:
        return f"[club{-author_id}{suffix}|{_GROUP_NAMES.get(-author_id, 'Сообщество')}]"
    return f"[id{author_id}{suffix}|{people.names(author_id)[0]}]"


def comment_bytes(seed: int, talk: Discussion, place: int, *, with_likes: bool) -> bytes:
    """Return one comment without its thread; rendered at most once."""
    key = (place, with_likes)
    found = talk.rendered.get(key)
    if found is None:
        found = talk.rendered[key] = orjson.dumps(_row(seed, talk, place, with_likes=with_likes))
    return found


def cut(text: str, length: int) -> str:
    """Cut a text for a preview."""
    return text if not length or len(text) <= length else text[:length].rstrip() + "..."


def cut_bytes(rendered: bytes, length: int) -> bytes:
    """Cut the text of a rendered comment."""
    row: Row = orjson.loads(rendered)
    if "text" in row:
        row["text"] = cut(str(row["text"]), length)
    return orjson.dumps(row)


def _row(seed: int, talk: Discussion, place: int, *, with_likes: bool) -> Row:
    """Build the object of a comment."""
    item = talk.item
    root = talk.root[place]
    is_threaded = item.kind in ("wall", "video")
    stack = [] if root < 0 else [talk.ids[root]]
    if talk.is_tombstone(place):
        return {"id": talk.ids[place], "date": talk.dates[place], "parents_stack": stack, "deleted": True}
    author_id = talk.authors[place]
    row: Row = {"id": talk.ids[place], "from_id": author_id, "date": talk.dates[place]}
    row["text"] = text_of(seed, talk, place)
    if item.kind == "topic":
        row["can_edit"] = 0
    else:
        _place_it(row, talk, place, stack if is_threaded else None)
    if author_id == item.author_id and item.kind == "wall":
        row["is_from_post_author"] = True
    attachments = _attachments(seed, talk, place)
    if attachments:
        row["attachments"] = attachments
    if talk.flags[place] & DONUT:
        row["text"] = ""
        row["donut"] = {"is_don": True, "placeholder": {"text": "Комментарий доступен подписчикам VK Donut"}}
    elif item.kind == "wall":
        row["donut"] = {"is_don": False}
    if with_likes:
        row["likes"] = {"can_like": 1, "count": talk.likes[place], "user_likes": 0, "can_publish": 0}
    return row


def _place_it(row: Row, talk: Discussion, place: int, stack: list[int] | None) -> None:
    """Say where a comment stands and whom it answers."""
    item = talk.item
    if item.kind in _ITEM_FIELD:
        row[_ITEM_FIELD[item.kind]] = item.item_id
    row["owner_id"] = item.owner_id
    if stack is not None:
        row["parents_stack"] = stack
    parent = talk.parent[place]
    if parent >= 0:
        if not talk.is_tombstone(parent):
            row["reply_to_user"] = talk.authors[parent]
        row["reply_to_comment"] = talk.ids[parent]


def _attachments(seed: int, talk: Discussion, place: int) -> list[Row]:
    """Return a sticker, a photo or a link for the few comments that carry one."""
    draw = mixed(seed + 1, talk.item.first_row + place)
    if place in talk.texts:
        return []
    if talk.wording[place] == Wording.STICKER:
        number = 70_000 + draw % 48
        image = {"url": f"https://sticker.example/{number}-64.png", "width": 64, "height": 64}
        sticker: Row = {"inner_type": "base_sticker_new", "sticker_id": number, "product_id": 700 + draw % 6}
        return [{"type": "sticker", "sticker": sticker | {"images": [image], "is_allowed": True}}]
    if draw % 1_000 < 26:
        return [{"type": "photo", "photo": photo(talk.authors[place], draw % 100_000, talk.dates[place])}]
    if talk.wording[place] == Wording.LINK and draw % 3:
        link = {
            "url": f"https://news.example/{draw % 997}",
            "title": "Новости Липовска",
            "caption": "news.example",
        }
        return [{"type": "link", "link": link | {"description": ""}}]
    return []


def photo(owner_id: int, number: int, date: int) -> Row:
    """Return a photo object."""
    url = f"https://photo.example/{number}.jpg"
    sizes = [
        {"type": "m", "width": 130, "height": 97, "url": url},
        {"type": "x", "width": 604, "height": 453, "url": url},
    ]
    return {
        "album_id": -5,
        "date": date,
        "id": stories.FIRST_PHOTO + number,
        "owner_id": owner_id,
        "access_key": f"{mixed(3, number):016x}",
        "sizes": sizes,
        "text": "",
        "has_tags": False,
    }
