"""One-time links, for downloads that a browser follows without a header."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter

from dashboard.api.models import TicketAnswer, TicketFor
from dashboard.api.params import Given
from dashboard.api.problems import documented
from dashboard.tickets import TICKET_S, as_sent
from dashboard.workspaces import now

routes = APIRouter(tags=["access"])


@routes.post("/tickets", status_code=201, responses=documented(422))
def issue(services: Given, body: TicketFor) -> TicketAnswer:
    """Make a link to `path` that works once, for a minute, without the key."""
    ticket = services.tickets.issue(body.path)
    joint = "&" if "?" in body.path else "?"
    return TicketAnswer(
        url=f"{as_sent(body.path)}{joint}ticket={ticket}", expires_at=now() + timedelta(seconds=TICKET_S)
    )
