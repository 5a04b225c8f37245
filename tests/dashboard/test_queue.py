"""What the page of tasks says of each: its place, what it waits for, what came of it, its log in words."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.models import Progress
from core.tasks.records import PoolStats, Priority, Task, TaskKind, TaskState
from core.trail import Line
from core.wording import has
from dashboard.components import queue, queue_log, queue_rows
from dashboard.components.progress import told
from dashboard.components.queue_rows import Around
from tests.builders import at

ROOT = Path(__file__).parents[2]
STATS = PoolStats(3, 3, 2, {}, queue=("b", "a"))


def _task(name: str = "a", state: TaskState = TaskState.QUEUED, **changes: Any) -> Task:
    params = {"targets": ["https://vk.com/wall-1_2"]}
    return replace(Task(name, TaskKind.COLLECT, params, at(), state=state), **changes)


def _sheet(*collected: int | None) -> dict[str, Any]:
    return {"sources": [{"state": "complete", "collected": each} for each in collected]}


def test_tasks_stand_in_the_order_a_person_looks_for() -> None:
    """The queue stands as it will start, what runs as it began, the history with the last end first."""
    tasks = [
        _task("a"),
        _task("b", priority=Priority.URGENT),
        _task("stranger"),
        _task("r2", TaskState.RUNNING, started_at=at(2)),
        _task("r1", TaskState.RUNNING, started_at=at(1)),
        _task("p", TaskState.PAUSED),
        _task("e1", TaskState.FAILED, finished_at=at(1)),
        _task("e2", TaskState.SUCCEEDED, finished_at=at(2)),
    ]
    of = queue.sections(STATS, tasks)
    assert {name: [task.id for task in each] for name, each in of.items()} == {
        "running": ["r1", "r2"],
        "paused": ["p"],
        "queued": ["b", "a", "stranger"],
        "ended": ["e2", "e1"],
    }


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress(11, 100, "percent"), "11\u00a0%"),
        (Progress(1200, 3000, "comments"), "1\u00a0200 из 3\u00a0000\u00a0комментариев"),
        (Progress(1200, None, "comments"), "пока 1\u00a0200\u00a0комментариев"),
    ],
)
def test_a_task_says_how_far_it_is(progress: Progress, said: str) -> None:
    """Things are counted out of all of them; per cent are a share already."""
    assert told(_task(progress=progress), "ru") == said


def test_a_waiting_task_says_what_it_waits_for() -> None:
    """Its number in the queue, and whether a worker, its kind or another's source keeps it."""
    alone = Around.of(STATS, [_task()])
    assert queue_rows.waiting(_task(), alone, "en") == ["no. 2 in the queue", "waits for a free worker"]
    free = Around.of(replace(STATS, running=1, queue=()), [])
    assert queue_rows.waiting(_task(), free, "en") == ["waits until fewer tasks of this kind run"]
    note = Progress(note="task.waits_for_source", note_params=(("holder", "b"),))
    known = Around.of(STATS, [_task("b")])
    told = queue_rows.waiting(_task(progress=note), known, "ru")
    assert told[0] == "№ 2 в очереди"
    assert told[1].startswith("ждёт другого сбора, который читает этот источник: vk")
    unknown = queue_rows.waiting(_task(progress=note), alone, "ru")
    assert unknown == [told[0], "ждёт другого сбора, который читает этот источник"]


def test_the_small_print_says_priority_attempt_and_time() -> None:
    """What is under way says since when and how urgent it is; a second attempt and a stop are said too."""
    around = Around.of(STATS, [])
    running = _task(
        "r", TaskState.RUNNING, started_at=at(1), priority=Priority.HIGH, attempt=2, is_stopping=True
    )
    told = queue_rows.facts(running, around, "en", "UTC")
    assert told[0] == "high priority"
    assert told[1].startswith("since ")
    assert told[2:] == ["attempt 2", "stopping…"]
    assert queue_rows.facts(_task("q"), around, "en", "UTC")[0] == "waits for a free worker"


def test_an_ended_task_says_when_how_long_and_how_much() -> None:
    """A collection counts its comments, an export its rows; one that never began has no duration."""
    around = Around.of(STATS, [])
    times = {"started_at": at(1), "finished_at": at(1) + timedelta(seconds=90)}
    ended = _task("e", TaskState.PARTIAL, result=_sheet(2, None, 3), **times)
    when, comments = queue_rows.facts(ended, around, "en", "UTC")
    assert when.endswith("took 2\u00a0min")
    assert comments == "5\u00a0comments"
    export = _task("x", TaskState.SUCCEEDED, kind=TaskKind.EXPORT, result={"rows": 1}, **times)
    assert queue_rows.facts(export, around, "en", "UTC")[1:] == ["1\u00a0row"]
    cancelled = _task("c", TaskState.CANCELLED, finished_at=at(1))
    (alone,) = queue_rows.facts(cancelled, around, "en", "UTC")
    assert "took" not in alone
    lost = _task("l", TaskState.SUCCEEDED, kind=TaskKind.EXPORT)
    assert queue_rows.facts(lost, around, "en", "UTC") == []
    assert queue_rows.came(_task("n", TaskState.FAILED, result=_sheet(0)), "en") == []


def test_a_title_names_state_kind_and_subject() -> None:
    """Links, files, formats and analyses are named; markup in them stays text."""
    assert queue_rows.title(_task(), "en").startswith(":gray-badge[waiting its turn] **Collection** vk")
    export = _task(kind=TaskKind.EXPORT, params={"format": "csv"})
    assert queue_rows.title(export, "ru").endswith("**Выгрузка** CSV")
    assert queue_rows.about({"format": "xlsx"}, "ru") == "Excel"
    analysis = _task(kind=TaskKind.ANALYZE, params={"name": "volume"})
    assert queue_rows.title(analysis, "ru").endswith("**Анализ** Комментарии по времени")
    assert queue_rows.about({"name": "of another version"}, "en") == "of another version"
    closed = {"sources": [{"state": "closed"}]}
    told = queue_rows.title(_task(state=TaskState.PARTIAL, result=closed), "en")
    assert told.startswith(":green-badge[all that is open]")
    assert queue_rows.title(_task(state=TaskState.PARTIAL), "en").startswith(":orange-badge[done in part]")
    assert queue_rows.title(_task(params={"file": "*x*"}), "en").endswith(r"\*x\*")


LINES: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "A task ended",
        {"state": "failed", "seconds": 90.0, "run": "a.1"},
        "Закончено: не удалось, через 2\u00a0мин",
        "",
    ),
    (
        "The sources are known",
        {"sources": 1200, "unmoved": 0, "declared": 5},
        "Источников: 1\u00a0200, без изменений: 0; комментариев по счёту ВК: 5",
        "",
    ),
    (
        "A collection rests",
        {"comments": 5, "sources": 1, "requests": 2, "retries": 0, "state": "partial"},
        "Комментариев: 5, источников: 1; запросов 2, повторов 0",
        "",
    ),
    (
        "A source cannot be read whole",
        {"source": "wall:-1_2", "state": "closed", "vk_code": 212, "extra": 1},
        "Прочитано не полностью: wall:-1_2 (комментарии закрыты, код ВК 212)",
        "extra=1",
    ),
    ("A task ended", {"state": "strange", "seconds": 1}, "Закончено: strange, через 1\u00a0с", ""),
    ("A task ended", {"run": "a.1", "odd": True}, "A task ended", "odd=True"),
    ("Something of a library", {"run": "a.1", "n": 2}, "Something of a library", "n=2"),
]


@pytest.mark.parametrize(("event", "values", "said", "rest"), LINES)
def test_a_line_is_said_in_the_readers_language(
    event: str, values: dict[str, Any], said: str, rest: str
) -> None:
    """Known lines are sentences with their values; others, and those of older versions, stay as they are."""
    assert queue_log.sentence(Line("2026-01-01T00:00:00Z", "info", event, values), "ru") == (said, rest)


def test_what_long_work_says_has_words_for_people() -> None:
    """Each line that a task writes by itself is a sentence in the catalogue, in every language."""
    modules = [*(ROOT / "core" / "collect").glob("*.py"), *(ROOT / "core" / "tasks").glob("[rw]*.py")]
    told = {
        call.args[0].value
        for path in modules
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in {"info", "error", "exception"}
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    assert len(told) >= 10
    assert {event for event in told if not has(f"log.{event}")} == set()
