"""What a paused task says, and how an answer is read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.models import Pause, PauseReason
from core.tasks.records import Task, TaskKind, TaskState
from core.wording import pauses
from dashboard.components import pausing
from tests.builders import at


@pytest.mark.parametrize(
    "given",
    [
        "abc.DEF-1",
        " abc.DEF-1 ",
        "https://id.vk.com/captcha#success_token=abc.DEF-1&x=2",
        '{"success_token": "abc.DEF-1"}',
        "https://id.vk.com/?a=1&success_token=abc%2EDEF-1",
    ],
)
def test_the_answer_to_a_captcha_is_found_in_whatever_is_pasted(given: str) -> None:
    """A person copies an address or a whole answer; only VK's own token in it counts."""
    assert pausing.answer(PauseReason.CAPTCHA, given) == {"success_token": "abc.DEF-1"}


def test_a_picture_is_answered_by_its_text_and_an_expired_token_by_a_new_one() -> None:
    """Each pause takes the answer it asks for."""
    assert pausing.answer(PauseReason.CAPTCHA, " x7q ", is_image=True) == {"captcha_key": "x7q"}
    assert pausing.answer(PauseReason.TOKEN, "vk1.a.new\n") == {"token": "vk1.a.new"}


def test_of_tasks_with_one_question_the_first_asks_it() -> None:
    """An answer lets all go on that wait for the same of the same token, so the others only say so."""

    def paused(name: str, reason: PauseReason, token: str) -> Task:
        pause = Pause(reason, token=token)
        return Task(name, TaskKind.COLLECT, {}, at(), TaskState.PAUSED, pause=pause)

    tasks = [
        paused("a", PauseReason.CAPTCHA, "1"),
        paused("b", PauseReason.CAPTCHA, "2"),
        paused("c", PauseReason.CAPTCHA, "1"),
        paused("d", PauseReason.TOKEN, "1"),
        Task("e", TaskKind.COLLECT, {}, at(), TaskState.RUNNING),
    ]
    assert pausing.repeated(tasks) == {"c"}
    assert pausing.repeated(reversed(tasks)) == {"a"}


def test_a_wait_says_until_when_in_the_readers_zone() -> None:
    """Today the clock is enough; another day is named."""
    limit = Pause(PauseReason.DAILY_LIMIT, until=at(1))
    assert pauses.waiting(limit, "en", "Europe/Moscow", at()) == "Waits until 16:00 and goes on by itself."
    later = Pause(PauseReason.DAILY_LIMIT, until=at() + timedelta(days=1))
    assert "3\u00a0мар." in pauses.waiting(later, "ru", "Europe/Moscow", at())


def test_a_wait_that_is_over_does_not_name_a_moment_in_the_past() -> None:
    """Between the moment and the first new call the page says that it goes on."""
    assert pauses.waiting(Pause(PauseReason.FLOOD_CONTROL, until=at()), "en", "UTC", at(1)).startswith(
        "Goes on"
    )
    assert pauses.waiting(Pause(PauseReason.CAPTCHA), "en", "UTC", at()) == ""
