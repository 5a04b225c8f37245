"""The shapes of answers and bodies, as OpenAPI shows them; field names are the contract's."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict

from core.models import CommentState, RefusalReason, SourceKind, SourceState, TargetKind
from core.query import Dataset
from core.storage.reads import ChangeKind, Evidence
from dashboard.api.examples import COMMENT_EXAMPLE, SOURCE_EXAMPLE

Item = TypeVar("Item")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _in_utc(value: object) -> object:
    """Read the database's naive UTC times as what they are."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def _written(value: object) -> object:
    """Take a day only as 2026-03-01; a number would be read as seconds since 1970."""
    return value if isinstance(value, str) and _DAY.fullmatch(value) else "no day"


Utc = Annotated[datetime, BeforeValidator(_in_utc)]
Day = Annotated[date, BeforeValidator(_written)]
Flag = Annotated[bool, Strict()]
Whole = Annotated[int, Strict()]


class ListOf(BaseModel, Generic[Item]):
    """One page of a list; `next` is the `cursor` of the following one."""

    items: list[Item]
    next: str | None = None


class LinkText(BaseModel):
    """Any text with links in it."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"text": "https://vk.com/wall-1_2 and vk.com/durov", "network": True}}
    )

    text: str = Field(max_length=1_000_000)
    network: Flag = Field(True, description="False: names stay names, nothing is asked of VK.")


class TargetAnswer(BaseModel):
    """What one link means."""

    input: str
    kind: TargetKind
    owner_id: int | None
    item_id: int | None
    comment_id: int | None
    title: str | None


class RefusedAnswer(BaseModel):
    """A text that is no target, and what to paste instead, in the language of Accept-Language."""

    input: str
    reason: RefusalReason
    hint: str


class ResolvedLinks(BaseModel):
    """Everything that was recognised, in order, without repeats."""

    targets: list[TargetAnswer]
    refused: list[RefusedAnswer]


class LinkColumnAnswer(BaseModel):
    """A column of an uploaded file that holds links, and in how many of its cells."""

    name: str
    links: int


class UploadedLinks(ResolvedLinks):
    """The links of a file: of which column, and which others hold some; a plain text has no columns."""

    column: str | None
    columns: list[LinkColumnAnswer]
    rows: int


class SourceAnswer(BaseModel):
    """A source: a post, a topic, a file ... and what was collected of it."""

    model_config = ConfigDict(json_schema_extra={"example": SOURCE_EXAMPLE})

    source: str
    dataset: Dataset
    kind: SourceKind
    owner_id: int | None
    item_id: int | None
    title: str
    text: str
    url: str
    published_at: Utc | None
    likes: int | None
    views: int | None
    declared: int | None = Field(description="What VK says there is; null when it does not say.")
    collected: int
    roots: int
    replies: int
    deleted: int
    state: SourceState
    refused_code: int = Field(description="VK's error number, 0 for none.")
    updated_at: Utc | None


class CommentAnswer(BaseModel):
    """A comment, with the contract's columns in the contract's order."""

    model_config = ConfigDict(json_schema_extra={"example": COMMENT_EXAMPLE})

    comment_key: str
    source: str
    kind: SourceKind
    owner_id: int | None
    item_id: int | None
    comment_id: int
    root_id: int | None
    parent_id: int | None
    author_id: int | None
    author_name: str | None
    author_is_community: bool | None
    is_post_author: bool
    published_at: Utc | None
    text: str | None
    likes: int | None
    replies: int
    attachments: list[str]
    state: CommentState
    edited_at: Utc | None
    deleted_at: Utc | None
    first_seen_at: Utc
    last_seen_at: Utc
    url: str
    lang: str | None = Field(description="null until the text was read, as all that follows.")
    sentiment: str | None
    negative: float | None
    neutral: float | None
    positive: float | None
    toxicity: float | None
    tags: list[str] | None
    is_question: bool | None


class ChangeAnswer(BaseModel):
    """One change of a comment: when it was seen, by what, the text before, and the comment as it is now."""

    change: ChangeKind
    changed_at: Utc
    evidence: Evidence = Field(
        description="By what a comment is called deleted: `tombstone`, or `absent` from a complete reading."
    )
    text_before: str | None
    comment: CommentAnswer


class ChangesAnswer(ListOf[ChangeAnswer]):
    """Some changes; `version` is what to ask `since` next time, once `next` is null."""

    version: int


class VersionAnswer(BaseModel):
    """A comment as it was seen from one moment to another; a deleted one has neither text nor likes."""

    change: Literal["new", "edited", "likes", "deleted", "restored"]
    seen_at: Utc
    last_seen_at: Utc
    text: str | None
    likes: int | None
    state: CommentState
    evidence: Evidence


class SourceHealth(BaseModel):
    """How complete one source is; what was refused is never complete."""

    source: str
    dataset: Dataset
    state: SourceState
    declared: int | None
    collected: int
    deleted: int
    placeholders: int
    refused: dict[str, int] = Field(description="VK's error number to how often it was given.")
    missing: list[str] = Field(
        description="Keys of the threads that lack replies; the source's key with `:roots` where comments of "
        "the first level are missing."
    )
    updated_at: Utc | None
    declared_roots: int | None = Field(None, description="What VK declares for the first level alone.")
    roots: int | None = Field(
        None, description="Comments of the first level; null where nothing was balanced."
    )
    replies: int | None = None
    missing_roots: int | None = None
    calls: int | None = Field(None, description="What the last reading took: calls, bytes, retries.")
    bytes: int | None = None
    retries: int | None = None
    reason: str = Field("", description="Why something is missing, in the language of Accept-Language.")


class DataHealth(BaseModel):
    """Every source with its completeness."""

    items: list[SourceHealth]


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Check(BaseModel):
    """One part of the system."""

    status: Literal["ok", "degraded", "down"]
    detail: str = Field(
        "", description="What is the case and what to do, in the language of Accept-Language."
    )
    latency_ms: float | None = None


class Ready(BaseModel):
    """Whether work can be done: `degraded` still answers 200, `down` 503."""

    status: Literal["ok", "degraded", "down"]
    checks: dict[str, Check]


class TicketFor(BaseModel):
    """The path of a download, with its query."""

    model_config = ConfigDict(json_schema_extra={"example": {"path": "/api/v1/export.csv?source=wall:-1_2"}})

    path: str = Field(pattern=r"^/api/v1/[^\s#]*$", max_length=8000)


class TicketAnswer(BaseModel):
    """A link that works once, without a header."""

    url: str
    expires_at: Utc
