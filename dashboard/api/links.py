"""What pasted text means."""

from __future__ import annotations

from fastapi import APIRouter

from dashboard.api.models import LinkText, RefusedAnswer, ResolvedLinks, TargetAnswer
from dashboard.api.params import Given
from dashboard.api.problems import documented

routes = APIRouter(tags=["links"])


@routes.post("/links/resolve", responses=documented(422, 502))
def resolve(services: Given, body: LinkText) -> ResolvedLinks:
    """Recognise every link in a text, and look names up in VK unless `network` is false."""
    found = services.resolve(body.text, network=body.network)
    return ResolvedLinks(
        targets=[TargetAnswer.model_validate(target, from_attributes=True) for target in found.targets],
        refused=[RefusedAnswer.model_validate(text, from_attributes=True) for text in found.refused],
    )
