"""Analyses over HTTP: what there is, and the answer of each; a heavy one becomes a task.

Each analysis is a route of its own, so that its parameters are documented and checked as its own.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from core.analysis.catalogue import ANALYSES
from core.analysis.described import Analysis, Decimal, Parameter, WholeNumber, Words, Zone
from core.errors import DashboardError
from core.query import Query
from core.tasks import analyze
from core.tasks.records import TaskKind
from core.tasks.running import error_of
from core.wording import Lang, say
from dashboard.api.analysis_models import AnalysisAnswer, ResultAnswer
from dashboard.api.etags import TAGGED, tagged, tagged_by_content, versions_of
from dashboard.api.languages import Reader, spoken
from dashboard.api.models import ListOf
from dashboard.api.params import QUERY_KEYS, QUERY_PARAMETERS, Given
from dashboard.api.problems import documented
from dashboard.api.rows import as_json
from dashboard.api.task_models import TaskAnswer
from dashboard.api.tasks import location
from dashboard.services import Services
from dashboard.workspaces import now

SECOND: Final = "b."
TOLD_FOR: Final = timedelta(minutes=1)
"""How long a question that failed is answered with its error; after that it is tried anew."""

routes = APIRouter(tags=["analyses"])


@routes.get("/analyses", response_model=ListOf[AnalysisAnswer], responses={**TAGGED, **documented()})
def analyses(request: Request, response: Response) -> Response:
    """List every analysis: its parameters, the columns of its result, its method, whether it is heavy."""
    items = [AnalysisAnswer.of(each).model_dump(mode="json") for each in ANALYSES.values()]
    answer = as_json({"items": items, "next": None}, {})
    tagged_by_content(request, response, bytes(answer.body))
    answer.headers.update(response.headers)
    return answer


def _add(analysis: Analysis) -> None:
    title = say(f"analysis.{analysis.name}.title", "en")
    heavy: dict[int | str, dict[str, Any]] = {
        202: {"model": TaskAnswer, "description": "A task works it out; its result is the answer."}
    }

    @routes.get(
        f"/analyses/{analysis.name}",
        name=f"analysis_{analysis.name}",
        summary=title,
        description=_description(analysis, title),
        response_model=ResultAnswer,
        openapi_extra=_parameters(analysis),
        responses={**TAGGED, **(heavy if analysis.is_heavy else {}), **documented(422, 504)},
    )
    def answer(services: Given, reader: Reader, request: Request, response: Response) -> Response:
        """Answer from what is kept, by measuring now, or with a task."""
        asked = _asked(analysis, request)
        queries = analyze.queries_in(asked)
        if analysis.is_heavy:
            return _kept_or_task(services, asked, queries, request, response, reader=reader)
        tagged(request, response, analysis.version, versions_of(services), reader)
        never = threading.Event()
        answers = [
            analyze.run(
                analysis.name,
                query,
                asked["params"],
                store=services.workspace(query).store,
                compute=services.compute,
                cache=services.cache,
                cancel=never,
                other=analyze.other_in(asked),
            )
            for query in queries
        ]
        return as_json(analyze.compared(answers).as_dict(reader), response.headers)


def _kept_or_task(
    services: Services,
    asked: Mapping[str, Any],
    queries: list[Query],
    request: Request,
    response: Response,
    *,
    reader: Lang,
) -> Response:
    name, params = asked["name"], asked["params"]
    kept = [
        analyze.kept(
            name,
            query,
            params,
            store=services.workspace(query).store,
            cache=services.cache,
            other=analyze.other_in(asked),
        )
        for query in queries
    ]
    answers = [each for each in kept if each is not None]
    if len(answers) == len(queries):
        tagged(request, response, answers[0].version, versions_of(services), reader)
        return as_json(analyze.compared(answers).as_dict(reader), response.headers)
    failed = _just_failed(services, asked)
    if failed is not None:
        raise failed
    task = services.tasks.submit("analyze", asked).task
    headers = {"Location": location(request, task), "Cache-Control": "no-store", **spoken(reader)}
    return JSONResponse(TaskAnswer.of(task, reader).model_dump(mode="json"), 202, headers)


def _just_failed(services: Services, asked: Mapping[str, Any]) -> DashboardError | None:
    """Return why the last task for the same question failed, as long as nobody can have mended it."""
    known = services.tasks.list(kind=TaskKind.ANALYZE)
    last = next((task for task in known if task.params == asked), None)
    if last is None or last.fault is None or last.finished_at is None:
        return None
    return error_of(last.fault) if now() - last.finished_at < TOLD_FOR else None


def _asked(analysis: Analysis, request: Request) -> dict[str, Any]:
    """Read the address as the parameters of a task, strictly; raises QueryError that names a wrong key."""
    given = request.query_params
    query = {key: given.getlist(key) for key in given if key in QUERY_KEYS}
    second = {
        key.removeprefix(SECOND): given.getlist(key)
        for key in given
        if key.startswith(SECOND) and key.removeprefix(SECOND) in QUERY_KEYS
    }
    params = {each.name: given[each.name] for each in analysis.parameters if each.name in given}
    return analyze.analyze_params(
        {"name": analysis.name, "query": query, "params": params, "b": second or None}
    )


def _description(analysis: Analysis, title: str) -> str:
    columns = "; ".join(
        f"`{each.name}` ({each.type}{', ' if each.unit else ''}{each.unit}): {each.meaning}"
        for each in analysis.fields
    )
    heavy = " It is heavy: unless the answer is kept, 202 and a task." if analysis.is_heavy else ""
    return f"{title}. {analysis.method}{heavy}\n\nColumns of `rows`: {columns}"


def _parameters(analysis: Analysis) -> dict[str, Any]:
    """Return what the address may say: the analysis's own parameters, the query, and a second query."""
    own = [
        {"name": each.name, "in": "query", "description": each.meaning, "schema": _schema(each)}
        for each in analysis.parameters
    ]
    second = [
        {
            **each,
            "name": f"{SECOND}{each['name']}",
            "description": f"Second set, to compare with: as `{each['name']}`.",
        }
        for each in QUERY_PARAMETERS["parameters"]
    ]
    return {"parameters": [*own, *QUERY_PARAMETERS["parameters"], *second]}


def _schema(parameter: Parameter) -> dict[str, Any]:
    if isinstance(parameter, WholeNumber):
        bounds = {"minimum": parameter.low, "maximum": parameter.high}
        return {"type": "integer", "default": parameter.default, **bounds}
    if isinstance(parameter, Decimal):
        return {
            "type": "number",
            "default": parameter.default,
            "minimum": parameter.low,
            "maximum": parameter.high,
        }
    if isinstance(parameter, Words | Zone):
        return {"type": "string", "default": parameter.default, "maxLength": parameter.longest}
    return {"type": "string", "default": parameter.default, "enum": list(parameter.choices)}


for _analysis in ANALYSES.values():
    _add(_analysis)
