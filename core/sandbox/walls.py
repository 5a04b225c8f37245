"""wall.*: posts and their comments in two levels."""

from core.sandbox import people, stories
from core.sandbox.chance import mixed
from core.sandbox.discussion import Discussion, Item
from core.sandbox.paging import Faces, Look, Page, Row, items_of, page_of
from core.sandbox.refusals import Params, Refusal
from core.sandbox.texts import post_text
from core.sandbox.world import World

_PLACES = {place.owner_id: place for place in stories.COMMUNITIES}
_NAMED = {person.id: person for person in stories.PEOPLE}
_FLAGS: Row = {"can_post": 1, "show_reply_button": True, "groups_can_post": True}


def faces_of(params: Params) -> Faces | None:
    """Return where to note authors, None when they were not asked for."""
    return Faces(frozenset(params.names("fields"))) if params.flag("extended") else None


def open_wall(owner_id: int) -> None:
    """Refuse walls that cannot be read."""
    place = _PLACES.get(owner_id)
    if place is not None:
        if place.access == "members":
            raise Refusal(15, "this wall available only for community members")
        if place.access == "banned":
            raise Refusal(19)
        if place.access == "no_wall":
            raise Refusal(15, "wall is disabled")
    elif owner_id < 0 or not people.exists(owner_id):
        raise Refusal(100, "owner_id is invalid")
    else:
        state = _NAMED[owner_id].state if owner_id in _NAMED else people.deactivated(owner_id)
        if state in ("deleted", "banned"):
            raise Refusal(18)
        if state == "closed":
            raise Refusal(30)


def get(world: World, params: Params) -> Row:
    """Return posts of a wall, the pinned one first."""
    owner_id = _owner(params)
    open_wall(owner_id)
    newest = list(reversed(world.lists.get(("wall", owner_id), ())))
    posts = [post for post in newest if post.is_pinned] + [post for post in newest if not post.is_pinned]
    if params.choice(
        "filter", ("all", "owner", "others", "postponed", "suggests", "archived", "donut")
    ) not in ("all", "owner"):
        posts = []
    offset = params.number("offset", at_least=0)
    count = min(params.number("count", 20, at_least=0), 100)
    shown = posts[offset : offset + count]
    answer: Row = {"count": len(posts), "items": [post_row(world, post) for post in shown]}
    return _with_faces(answer, faces_of(params), shown)


def get_by_id(world: World, params: Params) -> Row:
    """Return posts by their addresses; those that cannot be read are left out."""
    shown: list[Item] = []
    if not params.names("posts"):
        raise Refusal(100, "posts is undefined")
    for address in params.names("posts")[:100]:
        owner, _, rest = address.partition("_")
        try:
            item = world.items.get(("wall", int(owner), int(rest.partition("_")[0])))
        except ValueError:
            raise Refusal(100, "posts is invalid") from None
        place = _PLACES.get(item.owner_id) if item else None
        if item and (place is None or place.access == "open"):
            shown.append(item)
    return _with_faces({"items": [post_row(world, post) for post in shown]}, faces_of(params), shown)


def get_comments(world: World, params: Params) -> Row:
    """Return comments to a post, or one thread; `count` counts all levels, `current_level_count` this one."""
    talk = _open_discussion(world, params)
    thread_of = params.number("comment_id", at_least=0)
    root = _place(talk, thread_of) if thread_of else None
    listed = talk.level if root is None else talk.replies(root)
    page = page_of(talk, listed, params, default_count=10, sorts=("asc", "desc", "smart"))
    faces = faces_of(params)
    look = Look.of(world.seed, params)
    answer: Row = {
        "count": talk.declared if root is None else talk.declared_level(root),
        "items": items_of(talk, page, look, faces, with_threads=root is None),
        "current_level_count": talk.declared_level(root),
        **_FLAGS,
    }
    if faces is not None:
        if talk.item.owner_id < 0:
            faces.meet((talk.item.owner_id,))
        answer |= faces.shown() | {"post_author_id": talk.item.author_id}
    return answer


def get_comment(world: World, params: Params) -> Row:
    """Return one comment of a wall by its number."""
    owner_id = params.required("owner_id")
    comment_id = params.required("comment_id")
    open_wall(owner_id)
    talk = world.holder("wall", owner_id, comment_id)
    if talk is None:
        raise Refusal(100, "comment_id is invalid")
    faces = faces_of(params)
    look = Look.of(world.seed, Params(params.values | {"need_likes": "1"}))
    page = Page([talk.by_id[comment_id]], 0)
    answer: Row = {"items": items_of(talk, page, look, faces, with_threads=True), **_FLAGS}
    return answer | faces.shown() if faces is not None else answer


def _open_discussion(world: World, params: Params) -> Discussion:
    """Find the comments that were asked for, refused when closed or unknown."""
    owner_id = params.required("owner_id")
    thread_of = params.number("comment_id", at_least=0)
    post_id = params.number("post_id", at_least=0)
    if not post_id and not thread_of:
        raise Refusal(100, "post_id is undefined")
    open_wall(owner_id)
    if not post_id:
        talk = world.holder("wall", owner_id, thread_of)
        if talk is None:
            raise Refusal(100, "comment_id is invalid")
        return talk
    item = world.items.get(("wall", owner_id, post_id))
    if item is None:
        raise Refusal(100, "invalid post_id")
    if item.is_closed:
        raise Refusal(212)
    return world.discussion(item)


def _place(talk: Discussion, comment_id: int) -> int:
    """Return where the comment stands whose thread is wanted; a reply has no thread of its own."""
    place = talk.by_id.get(comment_id)
    if place is None:
        raise Refusal(100, "invalid comment_id")
    return place


def _owner(params: Params) -> int:
    """Read the wall's owner from owner_id or domain."""
    if params.text("owner_id"):
        return params.number("owner_id")
    domain = params.text("domain")
    found = people.resolved(domain) if domain else None
    if found is None or found["type"] == "application":
        raise Refusal(100, "owner_id or domain is undefined" if not domain else "domain is invalid")
    number = int(str(found["object_id"]))
    return number if found["type"] == "user" else -number


def _with_faces(answer: Row, faces: Faces | None, posts: list[Item]) -> Row:
    """Add authors of posts where they were asked for."""
    if faces is None:
        return answer
    faces.meet(post.author_id for post in posts)
    return answer | faces.shown()


def post_likes(world: World, post: Item) -> int:
    """Return how many people liked a post."""
    return 5 + world.count(post) // 2 + mixed(world.seed, post.key) % 120


def post_row(world: World, post: Item) -> Row:
    """Return a post; its number of comments is what VK declares, not always what there is."""
    draw = mixed(world.seed, post.key)
    comments = world.count(post)
    row: Row = {
        "inner_type": "wall_wallpost",
        "id": post.item_id,
        "from_id": post.author_id,
        "owner_id": post.owner_id,
        "date": post.date,
        "marked_as_ads": 0,
        "post_type": "post",
        "text": post_text(world.seed, post.key, post.topic, post.mood, is_hero=post.is_hero),
        "comments": {
            "can_post": 0 if post.is_closed else 1,
            "count": 0
            if post.is_closed
            else max(0, comments + post.declared_error + world.listed_error(post)),
        },
        "likes": {"can_like": 1, "count": post_likes(world, post), "user_likes": 0, "can_publish": 1},
        "reposts": {"count": comments // 9 + draw % 14, "user_reposted": 0},
        "views": {"count": 900 + comments * 31 + draw % 7_000},
        "push_subscription": {"is_subscribed": False},
        "short_text_rate": 0.8,
        "hash": f"{draw:016x}",
    }
    if post.is_pinned:
        row["is_pinned"] = 1
    return row
