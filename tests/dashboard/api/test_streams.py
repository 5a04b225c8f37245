"""Long answers over real connections: who leaves or stalls holds nothing, who reads gets all of it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from core.sandbox.stories import COMMUNITIES
from core.storage import writes
from dashboard import api, services
from dashboard.api.streams import PIECE_BYTES, STALL_S, Stream
from dashboard.api.tasks import watch
from dashboard.services import Services
from tests import builders
from tests.dashboard.api.conftest import client_of, settings_in
from tests.dashboard.api.serving import asked, asking, eventually, served

ROWS = 10_000
TEXT = "Довольно длинный комментарий, каких много. " * 24


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Give services with a post whose export is much larger than any buffer."""
    made = services.build(settings_in(tmp_path_factory.mktemp("data")))
    demo = made.workspace("demo").store
    writes.write_sources(demo, "run", [builders.source()], builders.at())
    rows = [builders.comment(number, TEXT) for number in range(1, ROWS + 1)]
    page = builders.page(*rows, authors=(builders.author(),), declared_total=ROWS)
    writes.write_pages(demo, "run", [page], builders.at(4))
    yield made
    made.close()


@pytest.fixture
def port(many: Services) -> Iterator[int]:
    """Serve the API of those services."""
    with served(Starlette(routes=[Mount("/api/v1", api.build(lambda: many))])) as found:
        yield found


def exports(many: Services) -> int:
    """Return how many readers downloads hold."""
    return many.workspace("demo").store.stats().exports_busy


def test_a_download_that_nobody_reads_holds_nothing_once_it_is_left(many: Services, port: int) -> None:
    """A caller who stops in the middle and leaves frees his reader within seconds."""
    connection = asked(port, "/api/v1/export.csv", window=4096)
    eventually(lambda: exports(many) == 1)
    connection.close()
    eventually(lambda: exports(many) == 0)


@pytest.mark.slow
def test_slow_downloads_do_not_keep_others_waiting(many: Services, port: int) -> None:
    """Twenty callers who do not read keep nobody waiting until they are cut off."""
    with ExitStack() as open_connections:
        for _ in range(20):
            connection = asking(port, "/api/v1/export.csv", window=4096)
            open_connections.callback(connection.close)
        eventually(lambda: exports(many) == 8)
        url = f"http://127.0.0.1:{port}/api/v1"
        for path in ("/comments?limit=5", "/sources", "/tasks/stats", "/health/live"):
            assert httpx.get(url + path, timeout=STALL_S * 0.75).status_code == 200
    eventually(lambda: exports(many) == 0)


def test_who_reads_gets_every_byte(many: Services, port: int) -> None:
    """The pieces make the file that the export writes."""
    whole = httpx.get(f"http://127.0.0.1:{port}/api/v1/export.jsonl", timeout=60)
    assert whole.status_code == 200
    assert len(whole.text.splitlines()) == ROWS


def test_events_say_when_to_come_back_and_take_a_last_id(many: Services, port: int) -> None:
    """Who was cut off opens the stream again and gets the task as it stands, whatever he had heard."""
    body = {"kind": "collect", "params": {"targets": ["https://vk.com/wall-1_999999999"]}}
    url = f"http://127.0.0.1:{port}/api/v1/tasks"
    task = httpx.post(url, json=body).json()
    many.tasks.wait(task["id"], 20)
    with httpx.stream("GET", f"{url}/{task['id']}/events", headers={"Last-Event-ID": "77"}) as events:
        lines = list(events.iter_lines())
    assert lines[:3] == ["event: task", "id: 1", "retry: 2000"]
    assert lines[3].startswith("data: {")


class Source:
    """Pieces without end, and whether they were closed."""

    def __init__(self, piece: bytes = b"x" * PIECE_BYTES, wait: bool = False) -> None:
        self.piece, self.wait = piece, wait
        self.begun, self.closed = threading.Event(), threading.Event()

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """Yield the piece for ever, or once and then nothing."""
        try:
            while True:
                self.begun.set()
                yield self.piece
                if self.wait:
                    await asyncio.sleep(3600)
        finally:
            self.closed.set()


def of(source: Source, stopping: threading.Event, stall_s: float = 60.0) -> Starlette:
    """Serve a source as a stream."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        stream = Stream(
            source.pieces(), stopping.is_set, media_type="text/plain", headers={}, stall_s=stall_s
        )
        await stream(scope, receive, send)

    class Answer:
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            await answer(scope, receive, send)

    return Starlette(routes=[Route("/", Answer())])


def test_a_caller_who_stops_reading_is_given_up() -> None:
    """After the time for one piece the source is closed, though the connection stays open."""
    source = Source()
    with served(of(source, threading.Event(), stall_s=0.3)) as port:
        connection = asked(port, "/", window=4096)
        assert source.closed.wait(20)
        connection.close()


def test_a_silent_stream_notices_that_its_caller_left() -> None:
    """Leaving is noticed while nothing is sent, not only by the next piece."""
    source = Source(b"hello", wait=True)
    with served(of(source, threading.Event())) as port:
        connection = asked(port, "/")
        connection.close()
        assert source.closed.wait(20)


def test_a_stop_of_the_server_ends_every_stream() -> None:
    """Open streams do not hold up the end of the process, and are cut rather than ended as if whole."""
    source, stopping = Source(b"hello", wait=True), threading.Event()
    with served(of(source, stopping)) as port, httpx.stream("GET", f"http://127.0.0.1:{port}/") as answer:
        stopping.set()
        with pytest.raises(httpx.RemoteProtocolError):
            answer.read()
        assert source.closed.wait(20)


def test_who_leaves_before_the_first_byte_stops_the_query(many: Services, port: int, tmp_path: Path) -> None:
    """A sheet that is being written for nobody is given up, and its file removed."""
    before = set(many.folder.iterdir())
    connection = asking(port, "/api/v1/export.xlsx")
    eventually(lambda: exports(many) == 1)
    connection.close()
    eventually(lambda: exports(many) == 0)
    eventually(lambda: set(many.folder.iterdir()) == before)


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[tuple[Services, str]]:
    """Give services with a collection that runs for long, and that task."""
    made = services.build(settings_in(tmp_path, vk_requests_per_second=1))
    shop = next(each for each in COMMUNITIES if each.screen_name == "lavka_oblako")
    place = made.workspace("demo").store
    writes.write_sources(place, "run", [builders.source(f"wall:-{shop.id}_1")], builders.at())
    task = made.tasks.submit("collect", {"targets": [f"https://vk.com/{shop.screen_name}"]}).task
    eventually(lambda: made.tasks.holder(f"wall:-{shop.id}_1") == task.id)
    yield made, task.id
    made.close()


def test_a_source_that_is_being_collected_is_not_deleted(slow: tuple[Services, str]) -> None:
    """409 names the task that works on it; once that is over the source can go."""
    made, task_id = slow
    client = client_of(made)
    path = "/sources/" + client.get("/sources").json()["items"][0]["source"]
    refused = client.delete(path)
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert task_id in refused.json()["detail"]
    client.post(f"/tasks/{task_id}/cancel")
    made.tasks.wait(task_id, 20)
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


def test_silence_is_filled_and_a_stop_ends_the_events(slow: tuple[Services, str]) -> None:
    """A proxy sees a sign of life now and then; the end of the server is the end of the stream."""
    made, task_id = slow
    task, stopping = made.tasks.get(task_id), threading.Event()
    never_changing = SimpleNamespace(get=lambda _: task, subscribe=lambda *_: lambda: None)
    quiet = SimpleNamespace(tasks=never_changing, stopping=stopping, metrics=made.metrics)

    async def listen() -> list[bytes]:
        heard: list[bytes] = []
        async for event in watch(quiet, task_id, keep_alive_s=0.6):  # type: ignore[arg-type]
            heard.append(bytes(event))
            if event.startswith(b": "):
                stopping.set()
        return heard

    heard = asyncio.run(listen())
    assert heard[0].startswith(b"event: task\n")
    assert heard[1:] == [b": still here\n\n"]


def test_a_caller_of_events_who_leaves_is_forgotten(slow: tuple[Services, str]) -> None:
    """The bell of a task's stream is taken down when its caller goes, though the task runs on."""
    made, task_id = slow
    listeners = made.metrics.event_listeners._value
    with served(Starlette(routes=[Mount("/api/v1", api.build(lambda: made))])) as port:
        connection = asked(port, f"/api/v1/tasks/{task_id}/events")
        eventually(lambda: listeners.get() == 1)
        connection.close()
        eventually(lambda: listeners.get() == 0)
