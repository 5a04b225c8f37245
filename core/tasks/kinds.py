"""What each kind of task does: collect from VK, import a file, read texts, analyse, export rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from core import export, importing
from core.cache import Cache
from core.collect.claimed import claims_of
from core.collect.run import CollectOptions, CollectRequest, collect
from core.compute import Compute
from core.links import Recognised, recognise
from core.models import Progress
from core.query import Query
from core.storage import writes
from core.storage.store import Store
from core.tasks import analyze
from core.tasks.params import collect_params, enrich_params, export_params, import_params, query_in
from core.tasks.records import Task, TaskKind, TaskState
from core.tasks.running import Job, Outcome, TaskContext, fault_of
from core.tasks.uploads import upload_path
from core.text import engine, enriching
from core.vk.api import VkApi

LIMIT_S = 600.0
IMPORTS_AT_ONCE = 2
EXPORTS_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Parts:
    """What the jobs work with, as functions where the answer may come late or change.

    `place` names the dataset that is collected into now; `collecting` gives where its comments come from and
    go to; `importing` the store of imported files; `holding` the store that a query is asked of. `folder` is
    the jobs' own directory. `spent` is called when calls were made, so that they are counted for the day.
    """

    place: Callable[[], str]
    collecting: Callable[[str], tuple[VkApi, Store]]
    importing: Callable[[], Store]
    holding: Callable[[Query], Store]
    folder: Path
    clock: Callable[[], datetime]
    in_flight: int
    compute: Compute
    cache: Cache
    spent: Callable[[], None] = lambda: None


def jobs(parts: Parts) -> dict[TaskKind, Job]:
    """Return the kinds that are built, with their usual time limits in seconds."""
    return {
        TaskKind.COLLECT: Job(
            lambda context, params: _collect(parts, context, params),
            collect_params,
            place=parts.place,
            goes_on=True,
            claims=lambda params: claims_of(_links(params).targets),
        ),
        TaskKind.IMPORT: Job(
            lambda context, params: _import(parts, context, params),
            import_params,
            LIMIT_S,
            at_once=IMPORTS_AT_ONCE,
        ),
        TaskKind.EXPORT: Job(
            lambda context, params: _export(parts, context, params),
            export_params,
            LIMIT_S,
            at_once=EXPORTS_AT_ONCE,
        ),
        TaskKind.ENRICH: Job(
            lambda context, params: _enrich(parts, context, params),
            enrich_params,
            goes_on=True,
            claims=lambda params: frozenset({f"texts of {params['dataset']}"}),
        ),
        TaskKind.ANALYZE: Job(
            lambda context, params: _analyze(parts, context, params),
            analyze.analyze_params,
            LIMIT_S,
            at_once=parts.compute.stats().workers,
        ),
    }


def orphans(folder: Path, tasks: Sequence[Task]) -> list[Path]:
    """Return the files in `folder` that no task may need any more."""
    owned = {task.file for task in tasks} | {
        path
        for task in tasks
        if task.kind is TaskKind.IMPORT and task.state is not TaskState.SUCCEEDED
        for path in (_claimed(folder, task.id), upload_path(folder, task.params.get("upload", "")))
    }
    busy = [task.id for task in tasks if not task.is_finished]
    return [
        path
        for path in folder.iterdir()
        if path not in owned and not any(task_id in path.name for task_id in busy)
    ]


def _claimed(folder: Path, task_id: str) -> Path:
    return folder / f"import-{task_id}"


def _collect(parts: Parts, context: TaskContext, params: Mapping[str, Any]) -> Outcome:
    found = _links(params)
    options = CollectOptions(
        since=_day(params["since"]),
        until=_day(params["until"]),
        posts=params["posts"],
        refresh=params["refresh"],
        words=params["words"],
    )
    vk, store = parts.collecting(context.place)
    sheet = collect(
        CollectRequest(found.targets, found.refused, options, context.id),
        vk,
        store,
        report=context.report,
        cancel=context.cancel,
        clock=parts.clock,
        in_flight=parts.in_flight,
        spent=parts.spent,
        claim=context.claim,
    )
    fault = None if sheet.fault is None else fault_of(sheet.fault)
    return Outcome(sheet.as_dict(), TaskState(sheet.state), fault)


def _links(params: Mapping[str, Any]) -> Recognised:
    return recognise("\n".join(params["targets"]))


def _import(parts: Parts, context: TaskContext, params: Mapping[str, Any]) -> Outcome:
    path = _claimed(parts.folder, context.id)
    _claim(upload_path(parts.folder, params["upload"]), path)
    mapping = importing.from_params(params["mapping"]) if params["mapping"] else None
    read = importing.read(path, params["file"], mapping, cancel=context.cancel, report=context.report)
    written = writes.write_import(parts.importing(), read.source, read.rows)
    path.unlink(missing_ok=True)
    notes = read.notes if written else (*read.notes, importing.Note("already_here", read.rows.num_rows, ""))
    return Outcome(
        {
            "source": str(read.source.ref),
            "rows": read.rows.num_rows,
            "written": written,
            "mapping": read.mapping.as_dict(),
            "notes": [asdict(note) for note in notes],
        }
    )


def _claim(upload: Path, path: Path) -> None:
    """Make the upload this task's own, so that another upload of the same file is not mistaken for it.

    A later attempt finds it at `path` already.
    """
    with suppress(FileNotFoundError):
        upload.replace(path)


def _export(parts: Parts, context: TaskContext, params: Mapping[str, Any]) -> Outcome:
    query = query_in(params)
    form = export.format_named(params["format"])
    path = parts.folder / f"export-{context.id}{form.suffix}"
    note = export.write(
        form.name,
        parts.holding(query),
        query,
        path,
        dialect=params["dialect"],
        headers=params["headers"],
        clock=parts.clock,
        cancel=context.cancel,
        report=context.report,
    )
    return Outcome(asdict(note), file=path, file_name=export_name(query, form.suffix, parts.clock()))


def _analyze(parts: Parts, context: TaskContext, params: Mapping[str, Any]) -> Outcome:
    queries = analyze.queries_in(params)
    answers: list[analyze.Answer] = []
    for place, query in enumerate(queries):

        def report(done: float, note: str, place: int = place) -> None:
            steps = round(100 * (place + done) / len(queries))
            context.report(Progress(steps, 100, "percent", note=note))

        report(0.0, "analyze.computing")
        answer = analyze.run(
            params["name"],
            query,
            params["params"],
            store=parts.holding(query),
            compute=parts.compute,
            cache=parts.cache,
            cancel=context.cancel,
            other=analyze.other_in(params),
            report=report,
        )
        answers.append(answer)
    context.report(Progress(100, 100, "percent", note="analyze.done"))
    return Outcome(analyze.compared(answers).as_dict())


def _enrich(parts: Parts, context: TaskContext, params: Mapping[str, Any]) -> Outcome:
    store = parts.holding(Query(dataset=params["dataset"]))
    read = enriching.enrich(engine.reading(store, parts.compute, context.cancel), context.report)
    return Outcome({"dataset": params["dataset"], "comments": read})


def export_name(query: Query, suffix: str, now: datetime) -> str:
    """Return how to call an export: its one source when it has one, and the day (UTC) it was made."""
    subject = query.source[0].replace(":", "_") if len(query.source) == 1 else "comments"
    return f"vk-{subject}-{now.astimezone(UTC):%Y-%m-%d}{suffix}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
