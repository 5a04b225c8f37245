"""What a collection would take, before it starts."""

from __future__ import annotations

import threading
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from core.collect.estimate import estimate
from core.collect.run import CollectOptions
from core.models import TargetKind
from core.tasks.params import MAX_LINK, MAX_TARGETS, MAX_WORDS, collect_params
from dashboard.api.models import Day, RefusedAnswer, Whole
from dashboard.api.params import Given
from dashboard.api.problems import documented

routes = APIRouter(tags=["tasks"])

Range = tuple[int, int]


class EstimateOf(BaseModel):
    """What would be collected: the same links and bounds as for a task."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"targets": ["https://vk.com/durov"], "posts": 100}},
    )

    targets: list[Annotated[str, Field(max_length=MAX_LINK)]] = Field(min_length=1, max_length=MAX_TARGETS)
    since: Day | None = None
    until: Day | None = None
    posts: Whole | None = Field(None, ge=1)
    words: str = Field("", max_length=MAX_WORDS)


class Need(BaseModel):
    """Targets that no token here may read."""

    kind: TargetKind
    count: int
    needs: str = Field(description="`user_token`: a user's token reads them.")


class EstimateAnswer(BaseModel):
    """Ranges, lowest and highest; VK is asked anew for everything in them, whatever is stored already."""

    sources: Range
    comments: Range
    requests: Range
    seconds: tuple[float, float]
    daily: dict[str, float] = Field(
        description="Share of a method's daily limit (1 = all of it) that the fullest token will have spent, "
        "today's calls included."
    )
    needs: list[Need]
    is_exact: bool = Field(description="Every number of comments is VK's own, none was reckoned from others.")
    refused: list[RefusedAnswer]


@routes.post("/estimates", responses=documented(422, 502))
def estimates(services: Given, body: EstimateOf) -> EstimateAnswer:
    """Reckon sources, comments, requests, seconds and shares of daily limits; costs VK a few requests."""
    links = collect_params(body.model_dump(mode="json"))["targets"]
    options = CollectOptions(body.since, body.until, body.posts, words=body.words)
    found = services.resolve("\n".join(links), network=True)
    vk = services.collecting().vk
    assert vk is not None
    reckoned = estimate(found, options, vk(), threading.Event())
    refused = [RefusedAnswer.model_validate(text, from_attributes=True) for text in found.refused]
    return EstimateAnswer(**reckoned.as_dict(), refused=refused)
