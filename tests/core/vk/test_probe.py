"""What a token may do: asked once, in as few requests as it allows, and shown without the token."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from core.models import PauseReason
from core.vk.tokens import TokenState
from tests.core.vk.several import A, B, Clock, ManyTokens, Request, ids, refused

COMMENTS = ("photos.getComments", "video.getComments", "market.getComments")


def user(request: Request, method: str) -> Any:
    """Answer as VK does a user's token."""
    answers = {"execute": None, "users.get": [{"id": 5}], "utils.resolveScreenName": {"object_id": 1}}
    return answers[method] if method in answers else refused(100)


def service(request: Request, method: str) -> Any:
    """Answer as VK does a service key."""
    return refused(28) if method in ("execute", *COMMENTS) else []


def packing_service(request: Request, method: str) -> Any:
    """Answer as VK does a service key that may pack."""
    return None if method == "execute" else service(request, method)


def community(request: Request, method: str) -> Any:
    """Answer as VK does a community's token."""
    if method in ("execute", "users.get", "utils.resolveScreenName"):
        return None if method == "execute" else []
    return refused(27)


def narrow(request: Request, method: str) -> Any:
    """Answer as VK does a user's token without rights to photos, videos and goods."""
    return refused(15, error_subcode=1133) if method in COMMENTS else user(request, method)


def probed(vk: ManyTokens) -> TokenState:
    """Return the state of a token that was asked about."""
    api = vk.connect(A, clock=Clock())
    assert api.tokens()[0].kind == "unknown"
    assert set(api.tokens()[0].methods.values()) == {None}
    api.probe(None, threading.Event())
    return api.tokens()[0]


@pytest.mark.parametrize(
    ("answering", "kind", "allowed", "most_requests"),
    [
        (user, "user", (True, True, True), 1),
        (service, "service", (False, True, False), 9),
        (packing_service, "service", (True, True, False), 1),
        (community, "community", (True, False, False), 1),
        (narrow, "user", (True, True, False), 4),
    ],
)
def test_a_token_is_understood(
    answering: Any, kind: str, allowed: tuple[bool, bool, bool], most_requests: int
) -> None:
    """The kind, packing and each method are known after one request, or one per method without packing."""
    vk = ManyTokens(answering)
    state = probed(vk)
    may_execute, walls, photos = allowed
    assert (state.kind, state.may_execute, state.problem, state.pause) == (kind, may_execute, None, None)
    assert (state.methods["wall.getComments"], state.methods["wall.get"]) == (walls, walls)
    assert {state.methods[method] for method in COMMENTS} == {photos}
    assert len(vk.requests) <= most_requests
    assert (state.id, state.number, state.checked_at) == (ids(A)[0], 1, Clock().now)


def test_a_closed_object_is_not_a_missing_right() -> None:
    """A pack tells neither by a subcode; asked alone, a closed object has none and the method is allowed."""
    state = probed(ManyTokens(lambda request, method: None if method == "execute" else refused(15)))
    assert {state.methods[method] for method in COMMENTS} == {True}


def test_the_probe_asks_for_nothing_that_has_to_exist() -> None:
    """Every refusal that concerns the object means that the method is allowed."""
    state = probed(ManyTokens(lambda request, method: None if method == "execute" else refused(100)))
    assert set(state.methods.values()) == {True}


@pytest.mark.parametrize(
    ("code", "reason"), [(5, PauseReason.TOKEN), (1117, PauseReason.TOKEN), (14, PauseReason.CAPTCHA)]
)
def test_a_probe_that_is_stopped_says_why(code: int, reason: PauseReason) -> None:
    """An expired token or a captcha shows at once; nothing is known and nothing more is asked."""
    vk = ManyTokens(lambda request, method: refused(code, redirect_uri="https://vk.test/c"))
    state = probed(vk)
    assert state.pause is not None
    assert (state.pause.reason, state.kind, state.checked_at) == (reason, "unknown", None)
    assert state.problem
    assert set(state.methods.values()) == {None}
    assert len(vk.requests) == 1


def test_an_outage_leaves_everything_unknown() -> None:
    """VK away is not a refusal: the token is asked about again later, and not hammered now."""
    vk = ManyTokens(lambda request, method: refused(10))
    state = probed(vk)
    assert (state.kind, state.checked_at, state.pause) == ("unknown", None, None)
    assert state.problem
    assert set(state.methods.values()) == {None}


def test_another_probe_forgets_the_first() -> None:
    """Rights that were given meanwhile are found when the token is asked about again."""
    vk = ManyTokens(narrow)
    api = vk.connect(A)
    api.probe(None, threading.Event())
    assert api.refusal("photos.getComments") is not None
    vk.answering = user
    api.probe(ids(A)[0], threading.Event())
    assert api.refusal("photos.getComments") is None


def test_one_token_of_several_is_asked() -> None:
    """Only the token meant is asked about."""
    vk = ManyTokens(user)
    api = vk.connect(A, B)
    api.probe(ids(B)[0], threading.Event())
    assert (len(vk.by(A)), len(vk.by(B))) == (0, 1)
    assert [state.kind for state in api.tokens()] == ["unknown", "user"]
