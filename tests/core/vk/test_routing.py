"""Work and tokens: who is asked what, what goes over to another token, and when everything pauses."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

import pytest

from core.errors import VkAuthorization, VkBadRequest, VkMethodRefused
from core.models import PauseReason
from core.vk.client import Meter
from core.vk.codes import error_of
from core.vk.execute import ApiCall
from core.vk.tokens import ANY, Entry, Standing
from tests.core.vk.several import A, B, Clock, Desk, ManyTokens, Request, ids, refused


def numbered(method: str, number: int) -> set[str]:
    """Return the names of so many pieces of work."""
    return {f"{method}:{each}" for each in range(number)}


def service(request: Request, method: str) -> Any:
    """Answer as VK does a user's token (A) and a service key (B), which may not pack nor read photos."""
    if request.token == B and method in ("execute", "photos.getComments"):
        return refused(28)
    return None if method == "execute" else 1


def test_one_token_packs_while_another_asks_singly() -> None:
    """Each token does what it may: photos go to the user's, walls to both, and nothing is asked twice."""

    def answering(request: Request, method: str) -> Any:
        if (request.token, method) == (B, "wall.getComments"):
            has_read.set()
        if request.token == A:
            has_read.wait(20)
        return service(request, method)

    has_read = threading.Event()
    vk = ManyTokens(answering)
    desk = Desk(vk.connect(A, B))
    dispatcher = desk.run(desk.work("photos.getComments", 40) + desk.work("wall.getComments", 400))
    assert {name for name, _ in desk.answers} == numbered("photos.getComments", 40) | numbered(
        "wall.getComments", 400
    )
    assert len(desk.answers) == 440
    assert (dispatcher.pause, dispatcher.stopped_by, desk.refusals) == (None, None, [])
    by_service = Counter(request.method for request in vk.by(B))
    assert by_service["photos.getComments"] <= 1
    assert by_service["wall.getComments"] > 0
    assert by_service["execute"] <= 3
    by_user = Counter(request.method for request in vk.by(A))
    assert by_user["execute"] > 0
    assert by_user.total() < 40  # photos alone are forty calls; a call that is left alone goes without a pack


def test_full_packs_cost_the_least_possible_requests() -> None:
    """A hundred calls known from the beginning are four requests of one token."""
    vk = ManyTokens(service)
    desk = Desk(vk.connect(A))
    desk.run(desk.work("wall.getComments", 100))
    assert len(vk.requests) == 4


def test_a_method_that_no_token_may_call_is_refused() -> None:
    """Work that cannot be done by any token ends with VK's refusal; the rest is done."""
    vk = ManyTokens(service)
    desk = Desk(vk.connect(B))
    dispatcher = desk.run(desk.work("photos.getComments", 30) + desk.work("wall.getComments", 5))
    assert len(desk.answers) == 5
    assert {type(error) for error in desk.refusals} == {VkMethodRefused}
    assert len(desk.refusals) == 30
    assert dispatcher.pause is None
    assert sum(request.method == "photos.getComments" for request in vk.requests) <= 3


@pytest.mark.parametrize("code", [5, 1117, 14, 17, 24])
def test_a_token_on_hold_loses_no_work(code: int) -> None:
    """What was under way with a token that VK stops is done by the other one."""

    def answering(request: Request, method: str) -> Any:
        is_late = len(vk.by(A)) > 2
        if request.token == A and is_late and method == "execute":
            return refused(code, redirect_uri="https://vk.test/captcha")
        return None if method == "execute" else 1

    vk = ManyTokens(answering)
    desk = Desk(vk.connect(A, B))
    dispatcher = desk.run(desk.work("wall.getComments", 500))
    assert {name for name, _ in desk.answers} == numbered("wall.getComments", 500)
    assert len(desk.answers) == 500
    assert (dispatcher.pause, dispatcher.stopped_by) == (None, None)
    assert [state.pause is not None for state in desk.vk.tokens()] == [True, False]


def test_everything_pauses_when_no_token_is_left() -> None:
    """An expired token is no failure: the run pauses, asks for a new one, and goes on with it."""
    vk = ManyTokens(lambda request, method: refused(5) if request.token == A else 1)
    desk = Desk(vk.connect(A))
    dispatcher = desk.run(desk.work("wall.getComments", 1))
    assert dispatcher.pause is not None
    assert (dispatcher.pause.reason, dispatcher.pause.token) == (PauseReason.TOKEN, *ids(A))
    assert (dispatcher.stopped_by, desk.refusals, desk.answers) == (None, [], [])
    assert desk.vk.answer(dispatcher.pause.token, {"token": B}) == ids(B)[0]
    assert [state.id for state in desk.vk.tokens()] == ids(B)
    assert desk.run(desk.work("wall.getComments", 1)).pause is None
    assert len(desk.answers) == 1


def test_a_token_that_knows_no_method_is_asked_to_be_replaced() -> None:
    """Error 3 for whatever is asked concerns the token, not what was asked for."""
    vk = ManyTokens(lambda request, method: refused(3))
    desk = Desk(vk.connect(A))
    dispatcher = desk.run(desk.work("wall.getComments", 30))
    assert dispatcher.pause is not None
    assert dispatcher.pause.reason is PauseReason.TOKEN
    assert desk.refusals == []
    assert len(vk.requests) <= 4  # one may have been under way already


def test_a_late_refusal_leaves_a_lost_token_on_hold() -> None:
    """An answer that was under way when the token turned out to be lost bars no method: the work waits."""
    standing = Standing("token")
    error = error_of({"error_code": 3, "error_msg": "Unknown method passed"}, "wall.getComments")
    for method in ("wall.getComments", ANY, "wall.getComments"):
        standing.note(method, error, Entry(0))
    assert standing.barred == {}
    pause = standing.pause("wall.getComments")
    assert pause is not None
    assert pause.reason is PauseReason.TOKEN


def test_a_doubted_token_refuses_nothing_while_it_is_asked() -> None:
    """Until the turn that met an unknown method has asked for names, no work is given up for it."""
    standing = Standing("token")
    error = error_of({"error_code": 3, "error_msg": "Unknown method passed"}, "wall.getComments")
    entry = standing.enter()
    assert entry is not None
    standing.note("wall.getComments", error, entry)
    assert standing.refusal("wall.getComments") is None
    standing.note(ANY, None, entry)
    assert standing.refusal("wall.getComments") is error
    standing.leave(entry, is_unused=False)
    assert standing.refusal("wall.getComments") is error


def test_one_unknown_method_is_no_lost_token() -> None:
    """When VK does not know the only method asked for, names tell whether it knows the token."""
    vk = ManyTokens(lambda request, method: [] if method == "utils.resolveScreenName" else refused(3))
    desk = Desk(vk.connect(A))
    dispatcher = desk.run(desk.work("video.get", 1))
    assert dispatcher.pause is None
    assert [type(error) for error in desk.refusals] == [VkMethodRefused]
    assert [request.method for request in vk.requests] == ["video.get", "utils.resolveScreenName"]


def test_a_spent_day_holds_one_method_of_one_token() -> None:
    """Error 29 leaves the other methods and tokens at work; the pause says when it is tried again."""
    clock = Clock()

    def answering(request: Request, method: str) -> Any:
        if method == "execute":
            return None
        return refused(29) if method == "wall.get" and clock.now.hour < 14 else 1

    vk = ManyTokens(answering)
    desk = Desk(vk.connect(A, clock=clock))
    works = desk.work("wall.get", 30) + desk.work("board.getComments", 30)
    dispatcher = desk.run(works)
    assert {name for name, _ in desk.answers} == numbered("board.getComments", 30)
    assert dispatcher.pause is not None
    assert dispatcher.pause.reason is PauseReason.DAILY_LIMIT
    assert dispatcher.pause.until is not None
    assert dispatcher.pause.until.hour == 13
    before = len(vk.requests)
    assert desk.run(desk.work("wall.get", 3)).pause == dispatcher.pause
    assert len(vk.requests) == before
    clock.advance(hours=1, seconds=1)
    assert desk.run(desk.work("wall.get", 3)).pause is not None
    assert len(vk.requests) == before + 1
    clock.advance(hours=1, seconds=1)
    assert desk.run(desk.work("wall.get", 3)).pause is None


def test_a_spent_day_of_one_token_leaves_the_other_at_work() -> None:
    """With a second token nothing pauses when the first has spent its day."""
    vk = ManyTokens(
        lambda request, method: (
            refused(29)
            if request.token == A and method == "wall.get"
            else (None if method == "execute" else 1)
        )
    )
    desk = Desk(vk.connect(A, B))
    dispatcher = desk.run(desk.work("wall.get", 200))
    assert dispatcher.pause is None
    assert {name for name, _ in desk.answers} == numbered("wall.get", 200)


@pytest.mark.parametrize("code", [29, 9, 601])
def test_a_spent_execute_is_replaced_by_single_calls(code: int) -> None:
    """When only packing is spent for the day, the calls are made one by one and nothing waits."""
    vk = ManyTokens(lambda request, method: refused(code) if method == "execute" else 1)
    desk = Desk(vk.connect(A))
    dispatcher = desk.run(desk.work("wall.getComments", 30))
    assert dispatcher.pause is None
    assert {name for name, _ in desk.answers} == numbered("wall.getComments", 30)
    assert sum(request.method == "execute" for request in vk.requests) <= 3
    assert "execute" in desk.vk.packers[0].holds


@pytest.mark.parametrize("code", [3, 7, 8, 12, 15, 20, 21, 23, 27, 28, 100, 4711])
def test_a_refused_execute_loses_nothing(code: int) -> None:
    """Whatever VK refuses packing with, every call is made singly, once."""
    vk = ManyTokens(lambda request, method: refused(code) if method == "execute" else 1)
    desk = Desk(vk.connect(A))
    desk.run(desk.work("wall.getComments", 30))
    assert sorted(name for name, _ in desk.answers) == sorted(numbered("wall.getComments", 30))
    assert sum(request.method == "execute" for request in vk.requests) <= 3
    assert desk.vk.tokens()[0].may_execute is False


def test_a_token_removed_while_it_works_loses_no_work() -> None:
    """What is under way with a removed token is answered; the rest goes to the others."""

    def answering(request: Request, method: str) -> Any:
        if len(vk.by(A)) == 3 and request.token == A:
            desk.vk.remove(ids(A)[0])
        return None if method == "execute" else 1

    vk = ManyTokens(answering)
    desk = Desk(vk.connect(A, B))
    desk.run(desk.work("wall.getComments", 1000))
    assert sorted(name for name, _ in desk.answers) == sorted(numbered("wall.getComments", 1000))
    assert [state.id for state in desk.vk.tokens()] == ids(B)
    assert len(vk.by(A)) <= 3 + 3


def test_without_a_token_everything_pauses_and_calls_say_why() -> None:
    """An API without tokens is allowed: work waits for one, and a call has a sentence."""
    vk = ManyTokens(lambda request, method: 1)
    desk = Desk(vk.connect())
    dispatcher = desk.run(desk.work("wall.get", 2))
    assert dispatcher.pause is not None
    assert (dispatcher.pause.reason, dispatcher.pause.token) == (PauseReason.TOKEN, "")
    (outcome,) = desk.vk.all([ApiCall("wall.get", {})], threading.Event(), Meter())
    assert isinstance(outcome, VkAuthorization)
    with pytest.raises(VkAuthorization, match="No VK token is given"):
        desk.vk.packer("wall.get")
    desk.vk.answer("", {"token": A})
    assert desk.run(desk.work("wall.get", 2)).pause is None
    assert len(desk.answers) == 2


def test_a_wrong_program_ends_the_run_at_once() -> None:
    """When VK calls everything invalid, one refusal is enough to stop."""
    vk = ManyTokens(lambda request, method: refused(8))
    desk = Desk(vk.connect(A))
    dispatcher = desk.run(desk.work("wall.get", 100), in_flight=1)
    assert isinstance(dispatcher.stopped_by, VkBadRequest)
    assert len(vk.requests) == 2


def test_calls_outside_a_run_use_whoever_may() -> None:
    """A list of calls is made by the tokens that may make it; a lost one is left aside."""

    def answering(request: Request, method: str) -> Any:
        if request.token == A:
            return refused(5)
        return refused(28) if method in ("execute", "photos.getById") else 1

    vk = ManyTokens(answering)
    api = vk.connect(A, B)
    calls = [ApiCall("wall.getById", {"n": each}) for each in range(30)] + [ApiCall("photos.getById", {})]
    outcomes = api.all(calls, threading.Event(), Meter())
    assert [getattr(each, "response", None) for each in outcomes[:30]] == [1] * 30
    assert isinstance(outcomes[30], VkMethodRefused | VkAuthorization)
    assert len(vk.by(A)) <= 1
    hold = api.hold("photos.getById")
    assert hold is not None
    assert hold.reason is PauseReason.TOKEN


def test_no_token_stands_in_what_is_shown() -> None:
    """States, pauses, errors and representations name a token by the beginning of its hash."""
    secret = "a-token-nobody-may-see"
    vk = ManyTokens(
        lambda request, method: refused(14, error_msg=f"bad {secret}", redirect_uri=f"https://x/?t={secret}")
    )
    desk = Desk(vk.connect(secret))
    dispatcher = desk.run(desk.work("wall.get", 30))
    (packer,) = desk.vk.packers
    shown = [
        desk.vk.tokens(),
        dispatcher.pause,
        packer,
        packer.client,
        packer.standing,
        desk.vk,
        desk.vk.usage,
    ]
    error = desk.vk.why_not("wall.get")
    text = " ".join(map(repr, [*shown, error, vars(error), desk.vk.usage.drain()])) + str(error)
    assert secret not in text
    assert ids(secret)[0] in text
