"""A running sandbox and a bare caller for it."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from core.sandbox import process, stories
from tests.core.sandbox.caller import Caller, Row, Start


@pytest.fixture(scope="module")
def started() -> Iterator[Start]:
    """Start sandboxes that end with the module."""
    with ExitStack() as stack:
        http = stack.enter_context(httpx.Client(timeout=20))

        def start(comments: int = 3_000, rate: float = 0, **more: Any) -> Caller:
            running = stack.enter_context(process.start(comments=comments, rate=rate, **more))
            return Caller(http, running.url)

        yield start


@pytest.fixture(scope="module")
def vk(started: Start) -> Caller:
    """Return a caller of a small world without limits, which nobody changes."""
    return started()


@pytest.fixture(scope="module")
def hero() -> Row:
    """Return the address of the post most of the talk is about."""
    return {"owner_id": stories.CITY.owner_id, "post_id": stories.CITY.hero_post_id}
