"""The error tree: what an error says, and that it travels whole."""

from __future__ import annotations

import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime

import pytest

from core import errors
from core.errors import (
    DashboardError,
    QueryError,
    TaskCancelled,
    TaskPaused,
    VkAccessDenied,
    VkHumanNeeded,
)
from core.models import Pause, PauseReason
from core.templates import Unfit

ONE_OF_EACH = [
    each("No {thing} here.", thing="cat")
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, DashboardError) and each is not TaskPaused
]


def raised() -> None:
    """Fail as a computation in another process would."""
    raise VkHumanNeeded(
        "VK asks for a captcha.",
        hint="Look at {link}.",
        vk_code=14,
        method="wall.get",
        link="https://vk.com/c",
    )


def test_an_error_says_what_happened_and_what_to_do() -> None:
    """The text of an error is its sentence and its hint, with the values in."""
    error = QueryError("The filter '{key}' is odd.", hint="Try {other}.", key="hour", other="day")
    assert str(error) == "The filter 'hour' is odd. Try day."
    assert (error.template, error.hint_template) == ("The filter '{key}' is odd.", "Try {other}.")
    assert str(QueryError("Odd.")) == "Odd."


@pytest.mark.parametrize("text", ["{", "}", "{}", "{0}", "{gone}", "{a!r}", "{a.b}", '{"a": 1}', "100 %s"])
def test_an_odd_text_never_fails(text: str) -> None:
    """An error that could not be said would hide the fault it stands for."""
    assert str(QueryError(text, hint=text)) == f"{text} {text}"
    assert str(QueryError(text, hint=text, other=1)) == f"{text} {text}"


def test_a_value_is_put_in_as_it_is() -> None:
    """What a stranger typed is data: braces of its own ask for nothing."""
    error = QueryError("'{value}' is odd.", value="{key} {0}", key="secret")
    assert error.message == "'{key} {0}' is odd."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (20_000, "20000"),
        (0.25, "0.25"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 12, tzinfo=UTC), "2026-03-01T12:00:00+00:00"),
        (("a", 1), "a, 1"),
        (["b"], "b"),
        (None, "None"),
    ],
)
def test_values_are_written_neutrally(value: object, text: str) -> None:
    """A value reads the same in every language, and after its way through JSON."""
    assert QueryError("{value}", value=value).message == text


def test_thousands_are_parted_where_the_text_asks() -> None:
    """A limit is readable, an id is not torn apart."""
    assert QueryError("{most:,} of {id}; {name:,}", most=20_000, id=20_000, name="x").message == (
        "20,000 of 20000; x"
    )


@pytest.mark.parametrize("error", ONE_OF_EACH, ids=lambda error: type(error).__name__)
def test_every_error_travels_whole(error: DashboardError) -> None:
    """An error of another process says the same here, and is of the same class."""
    arrived = pickle.loads(pickle.dumps(error))  # noqa: S301 - made in the line above
    assert type(arrived) is type(error)
    assert str(arrived) == "No cat here."
    assert vars(arrived) == vars(error)


def test_fields_of_their_own_travel_too() -> None:
    """A pause, a result and the notes of an error arrive with it."""
    paused = TaskPaused(
        "It waits.", pause=Pause(PauseReason.CAPTCHA, "https://vk.example"), result={"rows": 1}
    )
    cancelled = TaskCancelled("Cancelled after {rows}.", result={"rows": 1}, rows=1)
    cancelled.add_note("while testing")
    for error in (paused, cancelled):
        arrived = pickle.loads(pickle.dumps(error))  # noqa: S301 - made above
        assert vars(arrived) == vars(error)


def test_an_error_leaves_its_process() -> None:
    """What fails in a process that computes is caught here as what it is."""
    with (
        ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool,
        pytest.raises(VkHumanNeeded) as caught,
    ):
        pool.submit(raised).result(60)
    assert (caught.value.link, caught.value.vk_code) == ("https://vk.com/c", 14)
    assert caught.value.hint == "Look at https://vk.com/c."


def test_vk_s_number_and_method_can_be_said() -> None:
    """The call that VK refused has its place in the sentence."""
    error = VkAccessDenied("{method} gave {vk_code}.", vk_code=15, method="wall.get")
    assert (error.message, error.vk_code, error.method) == ("wall.get gave 15.", 15, "wall.get")


def test_an_unfit_text_says_why() -> None:
    """A reader of one value says its reason as a template, as errors do."""
    unfit = Unfit("From {low} on.", low=1)
    assert (str(unfit), unfit.template, unfit.params) == ("From 1 on.", "From {low} on.", {"low": 1})
