"""Answers kept in memory: right ones, each made once, and never more than there is room for."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from dashboard.api.etags import KEPT
from dashboard.api.kept import MOST_BYTES, MOST_BYTES_EACH, Kept


class Route:
    """A route that counts how often it answers, and waits with each answer until it may give it."""

    def __init__(self, body: bytes = b"answer", status: int = 200) -> None:
        self.body, self.status = body, status
        self.times = 0
        self.version = 1
        self.may, self.asked = asyncio.Event(), asyncio.Event()
        self.may.set()
        self.kept = Kept(self.answer, lambda: SimpleNamespace(workspaces=[self]))  # type: ignore[arg-type,return-value]
        self.store = SimpleNamespace(version=lambda: self.version)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.times += 1
        self.asked.set()
        scope[KEPT] = (self.version,)
        await self.may.wait()
        await asyncio.sleep(0)
        if self.status == 500:
            raise ZeroDivisionError
        response = Response(self.body, self.status, headers={"ETag": 'W/"x"', "Vary": "Accept-Encoding"})
        await response(scope, receive, send)

    def client(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self.kept)
        return httpx.AsyncClient(transport=transport, base_url="http://here")


def test_callers_at_the_same_time_wait_for_one_answer() -> None:
    """A hundred who ask the same get the same, and it is made once; a new version makes it anew."""

    async def ask() -> tuple[Route, list[httpx.Response], httpx.Response]:
        route = Route()
        route.may.clear()
        async with route.client() as client:
            asking = [asyncio.create_task(client.get("/comments?a=1")) for _ in range(100)]
            await route.asked.wait()
            route.may.set()
            answers = [await each for each in asking]
            assert route.times == 1
            route.version = 2
            return route, answers, await client.get("/comments?a=1")

    route, answers, later = asyncio.run(ask())
    assert {(each.status_code, each.content) for each in answers} == {(200, b"answer")}
    assert (route.times, later.status_code) == (2, 200)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/tasks"),
        ("POST", "/comments"),
        ("GET", "/comments?ticket=x"),
        ("GET", "/comments/a?b=1&ticket=x"),
    ],
)
def test_only_what_depends_on_the_data_alone_is_kept(method: str, path: str) -> None:
    """Tasks, changes and one-time links are asked anew each time."""

    async def ask() -> int:
        route = Route()
        async with route.client() as client:
            for _ in range(2):
                await client.request(method, path)
        return route.times

    assert asyncio.run(ask()) == 2


@pytest.mark.parametrize("route", [{"status": 404}, {"body": b"x" * MOST_BYTES_EACH}])
def test_refusals_and_very_long_answers_are_not_kept(route: dict[str, Any]) -> None:
    """An error may be over the next moment, and one long answer must not push out a hundred."""

    async def ask() -> int:
        made = Route(**route)
        async with made.client() as client:
            for _ in range(3):
                await client.get("/sources")
        return made.times

    assert asyncio.run(ask()) == 3


def test_a_failure_leaves_nobody_waiting() -> None:
    """Who waited for an answer that failed asks for it himself."""

    async def ask() -> int:
        route = Route(status=500)
        route.may.clear()
        async with route.client() as client:
            asking = [asyncio.create_task(client.get("/sources")) for _ in range(5)]
            await route.asked.wait()
            route.may.set()
            await asyncio.gather(*asking, return_exceptions=True)
        return route.times

    assert asyncio.run(ask()) == 5


def test_memory_is_bounded() -> None:
    """However many questions are asked, what is kept stays below its limit."""

    async def ask() -> int:
        route = Route(body=b"x" * (MOST_BYTES_EACH // 2))
        async with route.client() as client:
            for number in range(100):
                await client.get(f"/comments?n={number}")
        return int(route.kept._answers.currsize)

    assert asyncio.run(ask()) <= MOST_BYTES


def test_each_encoding_is_kept_for_itself(client: TestClient) -> None:
    """Who cannot read gzip is never given it because somebody before could."""
    path = "/comments?limit=100&sort=date"
    squeezed = client.get(path, headers={"Accept-Encoding": "gzip"})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    again = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert squeezed.headers["content-encoding"] == again.headers["content-encoding"] == "gzip"
    assert squeezed.json() == plain.json() == again.json()
