"""Tasks over HTTP: submit, watch, stop, answer, repeat, fetch the result."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Request, Response
from fastapi.openapi.models import Example
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse

from core.errors import TaskConflict
from core.tasks.records import Priority, Task, TaskKind, TaskState
from dashboard.api.downloads import attachment
from dashboard.api.models import ListOf
from dashboard.api.params import DEFAULT_LIMIT, Cursor, Given, Limit, after_cursor
from dashboard.api.problems import documented
from dashboard.api.task_models import NewTask, Resume, TaskAnswer, TaskStats
from dashboard.services import Services

LOOK_S = 0.5
KEEP_ALIVE_S = 15.0
EVENT_STREAM = "text/event-stream"


ANSWERS: dict[str, Example] = {
    "now": {"summary": "Try again at once", "value": {}},
    "captcha": {"summary": "A captcha was solved at VK's link", "value": {"success_token": "eyJhbGciOi..."}},
    "picture": {"summary": "A captcha's picture was read", "value": {"captcha_key": "x7dq2"}},
    "token": {"summary": "Another token", "value": {"token": "vk1.a..."}},
}

routes = APIRouter(tags=["tasks"])


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
    body: NewTask,
    request: Request,
    response: Response,
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
    return TaskAnswer.of(submitted.task)


@routes.get("/tasks", responses=documented(422))
def tasks(
    services: Given,
    state: TaskState | None = None,
    kind: TaskKind | None = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> ListOf[TaskAnswer]:
    """List tasks, the last submitted first."""
    return _page(services.tasks.list(state=state, kind=kind), limit, cursor)


@routes.get("/tasks/stats", responses=documented())
def stats(services: Given) -> TaskStats:
    """Count workers, queue and tasks by state."""
    found = services.tasks.stats()
    return TaskStats.model_validate(found, from_attributes=True)


@routes.get("/tasks/{task_id}", responses=documented(404))
def task(services: Given, task_id: str) -> TaskAnswer:
    """Return one task as it stands."""
    return TaskAnswer.of(services.tasks.get(task_id))


@routes.post("/tasks/{task_id}/cancel", responses=documented(404, 409))
def cancel(services: Given, task_id: str) -> TaskAnswer:
    """Stop a task and keep what it fetched; a running one ends within a second."""
    return TaskAnswer.of(services.tasks.cancel(task_id))


@routes.post("/tasks/{task_id}/retry", status_code=202, responses=documented(404, 409))
def retry(services: Given, task_id: str) -> TaskAnswer:
    """Start a task that did not succeed again, from its checkpoint."""
    return TaskAnswer.of(services.tasks.retry(task_id))


@routes.post("/tasks/{task_id}/resume", status_code=202, responses=documented(404, 409, 422))
def resume(
    services: Given,
    task_id: str,
    body: Annotated[Resume | None, Body(openapi_examples=ANSWERS)] = None,
) -> TaskAnswer:
    """Let a paused task go on with what its pause asked for; others that wait for the same go on too."""
    return TaskAnswer.of(services.tasks.resume(task_id, body.given() if body is not None else {}))


@routes.get(
    "/tasks/{task_id}/events",
    response_class=StreamingResponse,
    responses={200: {"content": {EVENT_STREAM: {}}}, **documented(404)},
)
async def events(services: Given, task_id: str) -> StreamingResponse:
    """Stream the task after each change, as server-sent events; the last one is its final state."""
    services.tasks.get(task_id)
    stream = watch(services, task_id)
    return StreamingResponse(stream, media_type=EVENT_STREAM, headers={"Cache-Control": "no-store"})


@routes.get(
    "/tasks/{task_id}/result",
    response_model=None,
    responses={200: {"description": "JSON, or the file."}, **documented(404, 409)},
)
def result(services: Given, task_id: str) -> Response:
    """Return what the task made: its balance sheet, its figures, or its file."""
    found = services.tasks.get(task_id)
    if not found.is_finished:
        raise TaskConflict("The task is not finished; it has no result yet.", task=task_id, state=found.state)
    if isinstance(found.file, Path):
        return FileResponse(found.file, headers=attachment(found.file_name))
    return JSONResponse(found.result)


async def watch(services: Services, task_id: str) -> AsyncIterator[str]:
    """Yield one event per change (changes that come faster than they are read become one)."""
    loop = asyncio.get_running_loop()
    rung = asyncio.Event()

    def ring() -> None:
        with suppress(RuntimeError):  # the server's loop is gone: nobody listens any more
            loop.call_soon_threadsafe(rung.set)

    leave = services.tasks.subscribe(task_id, ring)
    try:
        told: Task | None = None
        silent_s = 0.0
        while not services.stopping.is_set():
            rung.clear()
            task = services.tasks.get(task_id)
            if task != told:
                told, silent_s = task, 0.0
                yield f"event: task\ndata: {TaskAnswer.of(task).model_dump_json()}\n\n"
            if task.is_finished:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(rung.wait(), LOOK_S)
                continue
            silent_s += LOOK_S
            if silent_s >= KEEP_ALIVE_S:
                silent_s = 0.0
                yield ": still here\n\n"
    finally:
        leave()


def location(request: Request, task: Task) -> str:
    """Return the address of a task, as a path."""
    return f"{request.scope.get('root_path', '')}/tasks/{task.id}"


def _page(tasks: list[Task], limit: int, cursor: str | None) -> ListOf[Any]:
    shown, following = after_cursor([task.id for task in tasks], limit, cursor)
    return ListOf(items=[TaskAnswer.of(task) for task in tasks[shown]], next=following)
