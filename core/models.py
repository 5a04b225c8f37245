"""The nouns of the product as frozen values: what a link means, where comments come from, a comment.

Ids are VK's: communities negative, users positive. Times are aware UTC. Keys are text:
`wall:-1_2` names a source, `wall:-1_2:3` a comment of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SourceKind(StrEnum):
    """What holds comments."""

    WALL = "wall"
    TOPIC = "topic"
    PHOTO = "photo"
    VIDEO = "video"
    MARKET = "market"
    IMPORT = "import"


class TargetKind(StrEnum):
    """What a pasted link means."""

    POST = "post"
    WALL = "wall"
    TOPIC = "topic"
    BOARD = "board"
    PHOTO = "photo"
    ALBUM = "album"
    VIDEO = "video"
    MARKET_ITEM = "market_item"
    COMMENT = "comment"
    USER = "user"
    GROUP = "group"
    NAME = "name"


class RefusalReason(StrEnum):
    """Why a pasted text is not a target."""

    NOT_VK = "not_vk"
    UNSUPPORTED = "unsupported"
    SHORT_LINK = "short_link"
    ARTICLE = "article"
    AMBIGUOUS = "ambiguous"
    MALFORMED = "malformed"
    NO_LINK = "no_link"
    UNKNOWN_NAME = "unknown_name"
    OTHER_SERVICE = "other_service"


class SourceState(StrEnum):
    """How complete a source is; `refused` is never complete."""

    COLLECTING = "collecting"
    COMPLETE = "complete"
    PARTIAL = "partial"
    REFUSED = "refused"
    CLOSED = "closed"
    EMPTY = "empty"
    UNKNOWN = "unknown"


class PauseReason(StrEnum):
    """What long work waits for: a person, another token, or a moment."""

    CAPTCHA = "captcha"
    VALIDATION = "validation"
    TOKEN = "token"  # noqa: S105 - the name of a reason
    DAILY_LIMIT = "daily_limit"
    FLOOD_CONTROL = "flood_control"


class CommentState(StrEnum):
    """What became of a comment since it was first seen."""

    LIVE = "live"
    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Target:
    """What one pasted link means.

    `name` is set for `kind == NAME` only; `source_kind` tells, for a comment, where it stands;
    `access_key` is VK's extra key of a photo or video.
    """

    input: str
    kind: TargetKind
    owner_id: int | None = None
    item_id: int | None = None
    comment_id: int | None = None
    name: str | None = None
    source_kind: SourceKind | None = None
    title: str | None = None
    access_key: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A pasted text that is not a target, with the reason and what to paste instead (English)."""

    input: str
    reason: RefusalReason
    hint: str


_SOURCE_KEY = re.compile(
    r"import:(?P<import>[0-9A-Za-z_-]+)|(?P<kind>[a-z]+):(?P<owner>-?[0-9]{1,18})_(?P<item>[0-9]{1,18})"
)


@dataclass(frozen=True, slots=True, order=True)
class SourceRef:
    """The identity of a source; `str()` is its key. Imports carry `import_id` and no ids."""

    kind: SourceKind
    owner_id: int = 0
    item_id: int = 0
    import_id: str = ""

    def __str__(self) -> str:
        if self.kind is SourceKind.IMPORT:
            return f"import:{self.import_id}"
        return f"{self.kind}:{self.owner_id}_{self.item_id}"

    @classmethod
    def parse(cls, key: str) -> SourceRef:
        """Read a key such as `wall:-1_2`; raises ValueError for anything else."""
        found = _SOURCE_KEY.fullmatch(key)
        if found is None:
            raise ValueError(key)
        if found["import"]:
            return cls(SourceKind.IMPORT, import_id=found["import"])
        return cls(SourceKind(found["kind"]), int(found["owner"]), int(found["item"]))


@dataclass(frozen=True, slots=True)
class Source:
    """What is known about a source from VK: a post, a topic, a photo ... or a file.

    `declared_comments` is the number VK itself states in the object (None when it does not).
    `raw` is VK's JSON as bytes.
    """

    ref: SourceRef
    title: str = ""
    text: str = ""
    published_at: datetime | None = None
    author_id: int | None = None
    likes: int | None = None
    reposts: int | None = None
    views: int | None = None
    declared_comments: int | None = None
    is_pinned: bool = False
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class Author:
    """A user (positive id) or a community (negative id) as VK last showed it."""

    author_id: int
    name: str
    screen_name: str = ""
    deactivated: str = ""

    @property
    def is_community(self) -> bool:
        """Tell whether a community wrote."""
        return self.author_id < 0


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment or reply as VK showed it at one moment.

    A tombstone has `is_deleted` and neither author nor text. `root_id` is the thread it stands in
    (None for a root), `parent_id` the comment it answers. `replies` is what VK declares for a root's thread.
    """

    source: SourceRef
    comment_id: int
    published_at: datetime | None
    author_id: int | None
    text: str | None
    root_id: int | None = None
    parent_id: int | None = None
    reply_to_user: int | None = None
    likes: int | None = None
    replies: int = 0
    attachments: tuple[str, ...] = ()
    is_post_author: bool = False
    is_deleted: bool = False
    is_placeholder: bool = False
    raw: bytes = b""

    @property
    def key(self) -> str:
        """Return the comment's key, unique in a dataset."""
        return f"{self.source}:{self.comment_id}"


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of VK about comments, parsed: what it said and what it held.

    `call` is the stable name of the call inside its run (`roots:0`, `thread:17:100`), the unit of the
    checkpoint. `declared_total` counts all levels, `declared_level` the level that was paged, both as VK
    said them; `threads` is (root id, declared replies, replies embedded) for every root on the page.
    """

    source: SourceRef
    call: str
    comments: tuple[Comment, ...] = ()
    authors: tuple[Author, ...] = ()
    declared_total: int | None = None
    declared_level: int | None = None
    threads: tuple[tuple[int, int, int], ...] = ()
    thread_root: int | None = None
    level_items: int = 0
    refused_code: int = 0
    bytes_received: int = 0
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pause:
    """Why long work waits and how it goes on; a state, not a failure. `core.wording.pauses` says it in words.

    `link` leads a person to what VK wants (`is_image`: it is a picture to be read and typed); `until` (aware
    UTC) is when it goes on by itself; `token` is the id of the token meant, never the token.
    """

    reason: PauseReason
    link: str = ""
    is_image: bool = False
    until: datetime | None = None
    token: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work is; `eta_s` is a range in seconds, None while nothing is known.

    `note` is a wording key with `note_params`, so that every reader sees it in their language.
    """

    done: int = 0
    total: int | None = None
    unit: str = "comments"
    eta_s: tuple[float, float] | None = None
    note: str = ""
    note_params: tuple[tuple[str, str], ...] = ()

    @property
    def fraction(self) -> float | None:
        """Return the done share, 0 to 1, or None while the total is unknown."""
        if self.total is None:
            return None
        return min(1.0, self.done / self.total) if self.total else 1.0
