"""Captchas and validations: what is shown, how the answer goes out, and that it goes out alone."""

from __future__ import annotations

import logging
import threading
from typing import Any

import pytest

from core.models import PauseReason
from core.vk.client import Meter
from core.vk.execute import ApiCall, NotAsked
from tests.core.vk.several import A, B, Clock, Desk, ManyTokens, Request, ids, refused

PAGE = "https://id.vk.test/captcha?session=1"
PICTURE = "https://vk.test/captcha.php?sid=77"
OLD = refused(14, captcha_sid="77", captcha_img=PICTURE)
NEW = refused(14, captcha_sid="77", captcha_img=PICTURE, redirect_uri=PAGE)


class Guarded:
    """A VK that wants a captcha solved for one method, or for a pack, before it goes on."""

    def __init__(self, at: str, captcha: dict[str, Any], answer: dict[str, str]) -> None:
        self.at, self.captcha, self.expected = at, captcha, answer
        self.is_solved = False
        self.under_way = 0
        self.vk = ManyTokens(self.answering)
        self.proofs: list[Request] = []

    def answering(self, request: Request, method: str) -> Any:
        """Refuse until the answer comes."""
        given = {key: request.params[key] for key in ("success_token", "captcha_sid", "captcha_key")
                 if key in request.params}  # fmt: skip
        if given and method == request.method:
            self.proofs.append(request)
            self.is_solved = given == self.expected
        if method == self.at and not self.is_solved:
            return self.captcha
        return None if method == "execute" else 1


CASES = [
    ("execute", OLD, {"captcha_key": "abc"}, {"captcha_sid": "77", "captcha_key": "abc"}),
    ("execute", NEW, {"success_token": "solved"}, {"success_token": "solved"}),
    ("wall.getComments", OLD, {"captcha_key": "abc"}, {"captcha_sid": "77", "captcha_key": "abc"}),
    ("wall.getComments", NEW, {"success_token": "solved"}, {"success_token": "solved"}),
]


@pytest.mark.parametrize(("at", "captcha", "answer", "expected"), CASES)
def test_a_captcha_is_shown_answered_and_gone(
    at: str, captcha: dict[str, Any], answer: dict[str, str], expected: dict[str, str]
) -> None:
    """Of a pack or of a call inside it, old or new: the answer goes out once, alone, where it was wanted."""
    guarded = Guarded(at, captcha, expected)
    desk = Desk(guarded.vk.connect(A))
    pause = desk.run(desk.work("board.getComments", 30) + desk.work("wall.getComments", 30)).pause
    assert pause is not None
    assert (pause.reason, pause.token, pause.until) == (PauseReason.CAPTCHA, *ids(A), None)
    assert (pause.link, pause.is_image) == ((PAGE, False) if captcha is NEW else (PICTURE, True))
    rest = {f"{method}:{each}" for method in ("board.getComments", "wall.getComments") for each in range(30)}
    rest -= {name for name, _ in desk.answers}
    desk.vk.answer(pause.token, answer)
    works = [work for method in ("board.getComments", "wall.getComments") for work in desk.work(method, 30)
             if f"{method}:{work.call.params['number']}" in rest]  # fmt: skip
    assert desk.run(works).pause is None
    assert len(desk.answers) == 60
    assert [request.method for request in guarded.proofs] == [at]


def test_an_answer_goes_out_alone() -> None:
    """While the call with the answer is under way, no other call of that token begins."""

    def answering(request: Request, method: str) -> Any:
        if method == "execute":
            return refused(28)
        if "success_token" in request.params:
            able.append(desk.vk.able("board.getComments"))
            (packer,) = desk.vk.packers
            others.extend(packer.run([ApiCall("board.getComments", {})], threading.Event(), Meter()))
            solved.set()
        return 1 if solved.is_set() else NEW

    able: list[Any] = []
    others: list[Any] = []
    solved = threading.Event()
    vk = ManyTokens(answering)
    desk = Desk(vk.connect(A))
    pause = desk.run(desk.work("wall.get", 8), in_flight=4).pause
    assert pause is not None
    desk.vk.answer(pause.token, {"success_token": "x"})
    assert desk.run(desk.work("wall.get", 8), in_flight=4).pause is None
    assert len(desk.answers) == 8
    assert (able, [type(other) for other in others]) == ([[]], [NotAsked])
    assert sum("success_token" in request.params for request in vk.requests) == 1
    assert "board.getComments" not in {request.method for request in vk.requests}


def test_a_refused_answer_brings_the_pause_back() -> None:
    """A wrong answer costs one request, and VK's next picture is shown."""
    pictures = iter(range(1, 9))

    def answering(request: Request, method: str) -> Any:
        number = next(pictures)
        return refused(14, captcha_sid=str(number), captcha_img=f"https://vk.test/{number}")

    vk = ManyTokens(answering)
    desk = Desk(vk.connect(A))
    first = desk.run(desk.work("wall.get", 30), in_flight=1).pause
    assert first is not None
    desk.vk.answer(first.token, {"captcha_key": "wrong"})
    second = desk.run(desk.work("wall.get", 30), in_flight=1).pause
    assert second is not None
    assert (first.link, second.link) == ("https://vk.test/1", "https://vk.test/2")
    assert vk.requests[-1].params["captcha_sid"] == "1"
    assert len(vk.requests) == 2


def test_an_answer_that_did_not_arrive_is_sent_again() -> None:
    """An outage in the middle of answering does not use the answer up."""

    def answering(request: Request, method: str) -> Any:
        seen.append("success_token" in request.params)
        if seen[-1]:
            return refused(10) if sum(seen) <= 2 else 1
        return 1 if sum(seen) > 2 else NEW

    seen: list[bool] = []
    desk = Desk(ManyTokens(answering).connect(A))
    pause = desk.run(desk.work("wall.get", 1)).pause
    assert pause is not None
    desk.vk.answer(pause.token, {"success_token": "x"})
    assert desk.run(desk.work("wall.get", 1)).pause is None
    assert len(desk.answers) == 1


def test_what_was_under_way_before_an_answer_holds_nothing() -> None:
    """A late refusal of a call that began before a hold was ended does not bring the hold back."""

    def answering(request: Request, method: str) -> Any:
        desk.vk.release()
        return NEW

    desk = Desk(ManyTokens(answering).connect(A))
    desk.vk.packers[0].run([ApiCall("wall.get", {})], threading.Event(), Meter())
    assert desk.vk.hold("wall.get") is None


@pytest.mark.parametrize("code", [17, 3300, 3301, 3304, 3609, 11500])
def test_a_validation_is_confirmed_without_an_answer(code: int) -> None:
    """VK's page is shown; once the person has been there, an empty answer goes on."""
    is_confirmed = threading.Event()
    vk = ManyTokens(lambda request, method: 1 if is_confirmed.is_set() else refused(code, redirect_uri=PAGE))
    desk = Desk(vk.connect(A))
    pause = desk.run(desk.work("wall.get", 1)).pause
    assert pause is not None
    assert pause.link == PAGE
    assert pause.reason is (PauseReason.CAPTCHA if code == 3300 else PauseReason.VALIDATION)
    is_confirmed.set()
    desk.vk.answer(pause.token, {})
    assert desk.run(desk.work("wall.get", 1)).pause is None


def test_two_tokens_on_hold_show_what_a_person_can_end() -> None:
    """A captcha is shown before a spent day, and the day's time still wakes the work."""
    clock = Clock()

    def answering(request: Request, method: str) -> Any:
        return NEW if request.token == A else refused(29)

    desk = Desk(ManyTokens(answering).connect(A, B, clock=clock))
    pause = desk.run(desk.work("wall.get", 4)).pause
    assert pause is not None
    assert (pause.reason, pause.token) == (PauseReason.CAPTCHA, ids(A)[0])
    assert pause.until is not None
    assert pause.until.hour == 13


def test_flood_control_waits_a_quarter_of_an_hour_and_can_be_forced() -> None:
    """Error 9 holds the method for 15 minutes and a little; force asks again at once."""
    clock = Clock()
    vk = ManyTokens(lambda request, method: refused(9))
    desk = Desk(vk.connect(A, clock=clock))
    pause = desk.run(desk.work("wall.get", 1)).pause
    assert pause is not None
    assert pause.reason is PauseReason.FLOOD_CONTROL
    assert pause.until is not None
    assert 15 <= (pause.until - clock.now).total_seconds() / 60 <= 18
    desk.vk.release(pause.token)
    desk.run(desk.work("wall.get", 1))
    assert len(vk.requests) == 2


def test_an_answer_is_in_no_log_and_no_error(caplog: pytest.LogCaptureFixture) -> None:
    """What a person answered is secret like a token: it stands in no log, pause or representation."""
    caplog.set_level(logging.DEBUG)
    desk = Desk(ManyTokens(lambda request, method: NEW).connect(A))
    pause = desk.run(desk.work("wall.get", 1)).pause
    assert pause is not None
    desk.vk.answer(pause.token, {"success_token": "a-secret-answer"})
    (packer,) = desk.vk.packers
    waiting = repr((packer, packer.standing, vars(packer.standing)))
    again = desk.run(desk.work("wall.get", 1)).pause
    assert "a-secret-answer" not in caplog.text + waiting + repr(again) + repr(desk.vk.why_not("wall.get"))
