"""Tasks over HTTP: submit, watch, stop, answer, repeat, fetch the result.

What only looks at the pool's memory needs no thread, so it answers while all threads wait for the database.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Body, Header, Request, Response
from fastapi.openapi.models import Example
from fastapi.responses import FileResponse

from core.errors import TaskConflict
from core.export import FORMATS
from core.tasks.records import Priority, Task, TaskKind, TaskState
from core.wording import Lang
from dashboard.api.downloads import attachment
from dashboard.api.etags import TAGGED, tagged_by_content, tagged_by_file
from dashboard.api.languages import Reader, spoken
from dashboard.api.models import ListOf
from dashboard.api.params import DEFAULT_LIMIT, Cursor, Given, Limit, after_cursor
from dashboard.api.problems import documented
from dashboard.api.streams import Pieces, Stream
from dashboard.api.task_models import NewTask, Resume, TaskAnswer, TaskStats, result_in_words
from dashboard.services import Services

LOOK_S = 0.5
KEEP_ALIVE_S = 15.0
RETRY_MS = 2000
EVENT_STREAM = "text/event-stream"
FILES = ("application/octet-stream", *(each.media_type.partition(";")[0] for each in FORMATS.values()))
EVENT = {
    "type": "object",
    "properties": {
        "event": {"const": "task"},
        "id": {"type": "string"},
        "data": {"type": "string"},
        "retry": {"type": "integer"},
    },
}
BYTES = {"type": "string", "format": "binary"}


ANSWERS: dict[str, Example] = {
    "now": {"summary": "Try again at once", "value": {}},
    "captcha": {"summary": "A captcha was solved at VK's link", "value": {"success_token": "eyJhbGciOi..."}},
    "picture": {"summary": "A captcha's picture was read", "value": {"captcha_key": "x7dq2"}},
    "token": {"summary": "Another token", "value": {"token": "vk1.a..."}},
}

routes = APIRouter(tags=["tasks"])


def _files() -> dict[str, Any]:
    """Return how the bytes of a file are documented, by every type an export may have."""
    return {kind: {"schema": BYTES} for kind in FILES}


@routes.post(
    "/tasks",
    status_code=202,
    response_model=TaskAnswer,
    responses={
        200: {"model": TaskAnswer, "description": "That work is known already."},
        **documented(409, 422),
    },
)
def submit(
    services: Given,
    reader: Reader,
    body: NewTask,
    request: Request,
    response: Response,
    *,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> TaskAnswer:
    """Start a task, or return the one that does the same or was started with the same key."""
    submitted = services.tasks.submit(
        body.kind,
        body.params.model_dump(mode="json", exclude_none=True),
        priority=Priority[body.priority.upper()],
        timeout_s=body.timeout_s,
        key=idempotency_key,
    )
    response.status_code = 202 if submitted.is_new else 200
    response.headers["Location"] = location(request, submitted.task)
    return TaskAnswer.of(submitted.task, reader)


@routes.get("/tasks", responses=documented())
async def tasks(
    services: Given,
    reader: Reader,
    *,
    state: TaskState | None = None,
    kind: TaskKind | None = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> ListOf[TaskAnswer]:
    """List tasks, the last submitted first."""
    return _page(services.tasks.list(state=state, kind=kind), reader, limit, cursor)


@routes.get("/tasks/stats", responses=documented())
async def stats(services: Given) -> TaskStats:
    """Count workers, queue and tasks by state."""
    found = services.tasks.stats()
    return TaskStats.model_validate(found, from_attributes=True)


@routes.get("/tasks/{task_id}", responses=documented(404))
async def task(services: Given, reader: Reader, task_id: str) -> TaskAnswer:
    """Return one task as it stands."""
    return TaskAnswer.of(services.tasks.get(task_id), reader)


@routes.post("/tasks/{task_id}/cancel", responses=documented(404, 409))
def cancel(services: Given, reader: Reader, task_id: str) -> TaskAnswer:
    """Stop a task and keep what it fetched; a running one ends within a second."""
    return TaskAnswer.of(services.tasks.cancel(task_id), reader)


@routes.post("/tasks/{task_id}/retry", status_code=202, responses=documented(404, 409))
def retry(services: Given, reader: Reader, task_id: str) -> TaskAnswer:
    """Start a task that did not succeed again, from its checkpoint."""
    return TaskAnswer.of(services.tasks.retry(task_id), reader)


@routes.post("/tasks/{task_id}/resume", status_code=202, responses=documented(404, 409, 422))
def resume(
    services: Given,
    reader: Reader,
    task_id: str,
    body: Annotated[Resume | None, Body(openapi_examples=ANSWERS)] = None,
) -> TaskAnswer:
    """Let a paused task go on with what its pause asked for; others that wait for the same go on too."""
    given = body.given() if body is not None else {}
    return TaskAnswer.of(services.tasks.resume(task_id, given), reader)


@routes.get(
    "/tasks/{task_id}/events",
    response_class=Response,
    responses={
        200: {
            "description": "Events named `task`; the data of each is a Task.",
            "content": {EVENT_STREAM: {"schema": EVENT}},
        },
        **documented(404),
    },
)
async def events(services: Given, reader: Reader, task_id: str) -> Stream:
    """Stream the task after each change, as server-sent events; the last one is its final state.

    Each begins with the task as it stands, so `Last-Event-ID` may be given and changes nothing.
    """
    services.tasks.get(task_id)
    return Stream(
        watch(services, task_id, reader),
        services.stopping.is_set,
        media_type=EVENT_STREAM,
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no", **spoken(reader)},
    )


@routes.head("/tasks/{task_id}/result", include_in_schema=False)
@routes.get(
    "/tasks/{task_id}/result",
    response_class=Response,
    responses={
        200: {
            "description": "JSON, or the file.",
            "content": {"application/json": {"schema": {}}, **_files()},
        },
        206: {
            "description": "The part of the file that Range asks for.",
            "content": _files(),
        },
        **TAGGED,
        **documented(404, 409),
        416: {
            "description": "Range Not Satisfiable",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
    },
)
def result(services: Given, reader: Reader, request: Request, response: Response, task_id: str) -> Response:
    """Return what the task made: its balance sheet, its figures, or its file."""
    found = services.tasks.get(task_id)
    if not found.is_finished:
        raise TaskConflict(
            "The task is not finished; it has no result yet.",
            hint="Follow it at /api/v1/tasks/{task}/events.",
            task=task_id,
            state=found.state,
        )
    if isinstance(found.file, Path):
        del response.headers["Content-Language"]
        tagged_by_file(request, response, found.file)
        return FileResponse(found.file, headers={**attachment(found.file_name), **response.headers})
    content = orjson.dumps(result_in_words(found, reader))
    tagged_by_content(request, response, content)
    return Response(content, headers=dict(response.headers), media_type="application/json")


async def watch(
    services: Services, task_id: str, lang: Lang = "en", keep_alive_s: float = KEEP_ALIVE_S
) -> Pieces:
    """Yield one event per change (changes that come faster than they are read become one)."""
    loop = asyncio.get_running_loop()
    rung = asyncio.Event()

    def ring() -> None:
        with suppress(RuntimeError):  # the server's loop is gone: nobody listens any more
            loop.call_soon_threadsafe(rung.set)

    leave = services.tasks.subscribe(task_id, ring)
    services.metrics.event_listeners.inc()
    try:
        told: Task | None = None
        silent_s, number = 0.0, 0
        while not services.stopping.is_set():
            rung.clear()
            task = services.tasks.get(task_id)
            if task != told:
                told, silent_s, number = task, 0.0, number + 1
                data = TaskAnswer.of(task, lang).model_dump_json()
                opening = f"retry: {RETRY_MS}\n" if number == 1 else ""
                yield f"event: task\nid: {number}\n{opening}data: {data}\n\n".encode()
            if task.is_finished:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(rung.wait(), LOOK_S)
                continue
            silent_s += LOOK_S
            if silent_s >= keep_alive_s:
                silent_s = 0.0
                yield b": still here\n\n"
    finally:
        services.metrics.event_listeners.dec()
        leave()


def location(request: Request, task: Task) -> str:
    """Return the address of a task, as a path."""
    return f"{request.scope.get('root_path', '')}/tasks/{task.id}"


def _page(tasks: list[Task], lang: Lang, limit: int, cursor: str | None) -> ListOf[Any]:
    shown, following = after_cursor([task.id for task in tasks], limit, cursor)
    return ListOf(items=[TaskAnswer.of(task, lang) for task in tasks[shown]], next=following)
