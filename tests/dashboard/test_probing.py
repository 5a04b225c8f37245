"""Questions that may hang: asked once at a time, remembered for a while, waited for so long and no longer."""

from __future__ import annotations

import threading

from dashboard.probing import Probes


class Clock:
    """Seconds that go on when a test says so."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_an_answer_is_remembered_for_a_while() -> None:
    """Within its life an answer is not asked for again; after it, it is."""
    clock, answers = Clock(), iter(range(10))
    probes = Probes(clock)

    def ask() -> int | None:
        return probes.end(probes.begin("x", lambda: next(answers), 5.0), 5.0).answer

    assert (ask(), ask()) == (0, 0)
    clock.now_s = 5.0
    assert ask() == 1


def test_names_are_asked_apart() -> None:
    """Each question has its own answer."""
    probes = Probes()
    first, second = probes.begin("a", lambda: 1, 60.0), probes.begin("b", lambda: 2, 60.0)
    assert (probes.end(first, 5.0).answer, probes.end(second, 5.0).answer) == (1, 2)


def test_what_a_question_raises_comes_back_as_a_value() -> None:
    """A failed question fails nobody who asked."""
    probes = Probes()

    def fail() -> int:
        raise KeyError("x")

    probed = probes.end(probes.begin("x", fail, 60.0), 5.0)
    assert probed.answer is None
    assert isinstance(probed.error, KeyError)


def test_a_question_that_hangs_keeps_one_thread_and_delays_nobody() -> None:
    """While it hangs whoever asks joins it and learns for how long; its late answer is taken all the same."""
    clock, gate, asked = Clock(), threading.Event(), []
    probes = Probes(clock)

    def hang() -> str:
        asked.append(1)
        gate.wait(30)
        return "late"

    first = probes.begin("x", hang, 0.0)
    assert probes.end(first, 0.0).answer is None
    clock.now_s = 12.0
    again = probes.begin("x", hang, 0.0)
    probed = probes.end(again, 2.5)
    assert (again is first, probed.answer, probed.error, probed.took_s) == (True, None, None, 12.0)
    gate.set()
    first.future.result(10)
    assert probes.end(first, 0.0).answer == "late"
    assert len(asked) == 1
