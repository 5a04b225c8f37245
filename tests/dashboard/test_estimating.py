"""Estimates are found out beside the page."""

from __future__ import annotations

import threading

from core.cache import Cache
from core.errors import VkUnavailable
from dashboard.estimating import Estimated, Estimating

LIMIT_S = 10


class Question:
    """An estimate that a test holds back and lets go."""

    def __init__(self, answer: int | Exception) -> None:
        self.answer = answer
        self.begun = threading.Event()
        self.go = threading.Event()
        self.cancel: threading.Event | None = None

    def work(self, cancel: threading.Event) -> int:
        """Wait to be let go, then answer."""
        self.cancel = cancel
        self.begun.set()
        self.go.wait(LIMIT_S)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def _closed(estimating: Estimating[int]) -> None:
    """End the workers and wait for what they were doing."""
    estimating._executor.shutdown(wait=True)


def test_asking_never_waits_and_the_answer_comes_later() -> None:
    """Whoever types is not held up by VK: the first answer is that there is none yet."""
    estimating, question = Estimating[int](Cache()), Question(7)
    assert estimating.ask("links", "visitor", question.work) is None
    question.begun.wait(LIMIT_S)
    assert estimating.ask("links", "visitor", question.work) is None
    question.go.set()
    _closed(estimating)
    assert estimating.ask("links", "visitor", question.work) == Estimated(7)


def test_a_failure_is_an_answer_too() -> None:
    """An estimate that cannot be had is said to be unknown, and not asked for again at once."""
    estimating, question = Estimating[int](Cache()), Question(VkUnavailable("VK is away."))
    question.go.set()
    estimating.ask("links", "visitor", question.work)
    _closed(estimating)
    assert estimating.ask("links", "visitor", question.work) == Estimated(None)


def test_a_question_nobody_asks_any_more_is_given_up() -> None:
    """Typing on does not leave a queue of estimates behind; what another visitor waits for goes on."""
    estimating, mine, shared = Estimating[int](Cache()), Question(1), Question(2)
    estimating.ask("mine", "a", mine.work)
    estimating.ask("shared", "b", shared.work)
    mine.begun.wait(LIMIT_S)
    shared.begun.wait(LIMIT_S)
    estimating.ask("shared", "a", shared.work)
    assert mine.cancel is not None
    assert mine.cancel.is_set()
    estimating.ask("other", "b", mine.work)
    assert shared.cancel is not None
    assert not shared.cancel.is_set()
    mine.go.set()
    shared.go.set()
    estimating.close()
