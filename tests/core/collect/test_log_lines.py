"""What a collection says in the log: few lines, each with its task and source, from any thread."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
import pytest
import structlog

from core import log
from core.collect.writing import MOST_SAID
from core.errors import TaskPaused
from tests.core.collect.running import desk
from tests.core.vk.fake_vk import FakeVk, post

LINK = "vk.com/wall-5_2"
Said = Callable[[], list[Mapping[str, Any]]]


@pytest.fixture
def said() -> Iterator[Said]:
    """Let everything log as JSON, and put the process's logging back after the test."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, logging.getLogRecordFactory()
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    stream = io.StringIO()
    log.configure("json", "info", stream=stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    root.handlers, level, factory = before
    root.setLevel(level)
    logging.setLogRecordFactory(factory)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def _bad_gateway(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(502)


def test_every_line_says_for_which_task_it_was(said: Said) -> None:
    """What is bound around a collection stands in its lines from whatever thread they come, retries too."""
    vk = FakeVk({(-5, 2): post(2)})
    vk.faults.append(_bad_gateway)
    with desk(vk) as at, log.bound_contextvars(task="t-1", run="t-1.1"):
        at.collect(LINK)
    lines = said()
    assert [line["event"] for line in lines] == [
        "A collection begins",
        "VK is asked again",
        "The sources are known",
        "A collection rests",
    ]
    assert {(line["task"], line["run"]) for line in lines} == {("t-1", "t-1.1")}


def test_the_lines_carry_figures_and_no_texts(said: Said) -> None:
    """Names, sources, comments and requests are counted; nobody's words or names are told."""
    vk = FakeVk({(-5, number): post(2) for number in (2, 3)}, names={"shop": ("group", 5)})
    with desk(vk) as at:
        at.collect("vk.com/shop")
    begins, named, known, rests = said()
    assert (begins["links"], begins["refused"], begins["is_resumed"]) == (1, 0, False)
    assert (named["names"], named["refused"]) == (1, 0)
    assert (known["sources"], known["unmoved"]) == (2, 0)
    assert (rests["state"], rests["sources"], rests["comments"]) == ("succeeded", 2, known["declared"])
    assert rests["requests"] > 0


def test_sources_that_cannot_be_read_are_named(said: Said) -> None:
    """A refusal is said with its source and VK's code; of very many the first, and that there are more."""
    refusals = {("wall.getComments", -5, number): 212 for number in range(2, 2 + MOST_SAID + 3)}
    vk = FakeVk({(-5, number): post(2) for number in range(2, 2 + MOST_SAID + 3)}, refusals=refusals)
    with desk(vk) as at:
        at.collect(" ".join(f"wall-5_{number}" for number in range(2, 2 + MOST_SAID + 3)))
    refused = [line for line in said() if line["event"] == "A source cannot be read whole"]
    assert len({line["source"] for line in refused}) == len(refused) == MOST_SAID
    assert {(line["state"], line["vk_code"]) for line in refused} == {("closed", 212)}
    assert [line["event"] for line in said()].count("More sources cannot be read whole") == 1


def test_a_pause_is_said(said: Said) -> None:
    """Where a collection waits, its last line says what for."""
    vk = FakeVk({(-5, 2): post(2)}, refusals={("wall.getComments", 0, 0): 29})
    with desk(vk) as at, pytest.raises(TaskPaused):
        at.collect(LINK)
    assert said()[-1]["event"] == "A collection rests"
    assert said()[-1]["waits_for"] == "daily_limit"
