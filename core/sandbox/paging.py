"""Windows over lists of comments, and the people and communities that appear in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import orjson

from core.sandbox import people, render
from core.sandbox.discussion import Discussion
from core.sandbox.refusals import Params, Refusal

Row = dict[str, object]

_NO_FIELDS: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Look:
    """How comments are to be shown."""

    seed: int
    with_likes: bool
    preview_length: int
    thread_items: int

    @classmethod
    def of(cls, seed: int, params: Params) -> "Look":
        """Read the parameters all listings share."""
        return cls(
            seed,
            params.flag("need_likes"),
            params.number("preview_length", at_least=0),
            params.number("thread_items_count", at_least=0, at_most=10),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list and the absolute place of its first element."""

    places: Sequence[int]
    first: int


@dataclass(slots=True)
class Faces:
    """Profiles and groups of one answer, each once, in order of appearance."""

    fields: frozenset[str] = _NO_FIELDS
    authors: dict[int, None] = field(default_factory=dict)

    def meet(self, author_ids: Iterable[int]) -> None:
        """Note authors."""
        for author_id in author_ids:
            self.authors[author_id] = None

    def shown(self) -> Row:
        """Return both lists; some authors have no profile, as on VK."""
        users = [
            people.profile(one, self.fields) for one in self.authors if one > 0 and not people.is_missing(one)
        ]
        groups = [people.group(-one, self.fields) for one in self.authors if one < 0]
        return {"profiles": users, "groups": [row for row in groups if row is not None]}


def page_of(
    talk: Discussion, listed: Sequence[int], params: Params, *, default_count: int, sorts: tuple[str, ...]
) -> Page:
    """Cut the window that offset, count, sort and start_comment_id describe."""
    sort = params.choice("sort", sorts)
    count = min(params.number("count", default_count, at_least=0), 100)
    offset = params.number("offset")
    if sort in ("smart", "interest"):
        listed = sorted(listed, key=lambda place: (-talk.likes[place], talk.ids[place]))
    elif sort == "desc":
        listed = listed[::-1]
    anchor = params.number("start_comment_id", at_least=0)
    if anchor:
        place = talk.by_id.get(anchor, -1)
        try:
            offset += listed.index(place)
        except ValueError:
            raise Refusal(100, "start_comment_id is invalid") from None
    last = max(offset + count, 0)
    offset = max(offset, 0)
    return Page(talk.shown(listed[offset:last]), offset)


def items_of(
    talk: Discussion, page: Page, look: Look, faces: Faces | None, *, with_threads: bool
) -> orjson.Fragment:
    """Return the comments of a page as ready JSON."""
    rows = [_comment(talk, place, look, faces, with_threads=with_threads) for place in page.places]
    return orjson.Fragment(b"[" + b",".join(rows) + b"]")


def _comment(talk: Discussion, place: int, look: Look, faces: Faces | None, *, with_threads: bool) -> bytes:
    """Return one comment, its thread and first replies included where the level has threads."""
    body = render.comment_bytes(look.seed, talk, place, with_likes=look.with_likes)
    if look.preview_length:
        body = render.cut_bytes(body, look.preview_length)
    if faces is not None:
        _meet(talk, place, faces)
    if not with_threads or talk.root[place] >= 0:
        return body
    replies = talk.replies(place)
    first = talk.shown(replies[: look.thread_items])
    shown = [_comment(talk, reply, look, faces, with_threads=False) for reply in first]
    can_post = b"0" if talk.is_tombstone(place) else b"1"
    owner_id = talk.item.owner_id
    answered = b',"author_replied":true' if any(talk.authors[reply] == owner_id for reply in replies) else b""
    return b"".join(
        (
            body[:-1],
            b',"thread":{"count":%d,"items":[' % talk.declared_level(place),
            b",".join(shown),
            b'],"can_post":%b,"show_reply_button":%b,"groups_can_post":true'
            % (can_post, b"true" if can_post == b"1" else b"false"),
            answered,
            b"}}",
        )
    )


def _meet(talk: Discussion, place: int, faces: Faces) -> None:
    """Note the author of a comment and the person it answers."""
    parent = talk.parent[place]
    if parent >= 0 and not talk.is_tombstone(parent):
        faces.meet((talk.authors[parent],))
    if not talk.is_tombstone(place):
        faces.meet((talk.authors[place],))
