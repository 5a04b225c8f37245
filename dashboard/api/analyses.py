"""Analyses over HTTP: what there is, and the answer of each; a heavy one becomes a task.

Each analysis is a route of its own, so that its parameters are documented and checked as its own.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from core.analysis.catalogue import ANALYSES
from core.analysis.described import Analysis, Choice, FieldType, Parameter, WholeNumber
from core.query import Query
from core.tasks import analyze
from core.wording import say
from dashboard.api.etags import TAGGED, tagged, tagged_by_content, versions_of
from dashboard.api.languages import asked_for, spoken
from dashboard.api.models import ListOf
from dashboard.api.params import QUERY_KEYS, QUERY_PARAMETERS, Given
from dashboard.api.problems import documented
from dashboard.api.rows import as_json
from dashboard.api.task_models import TaskAnswer
from dashboard.api.tasks import location
from dashboard.services import Services

SECOND: Final = "b."
Cell = int | float | str | bool | None

routes = APIRouter(tags=["analyses"])


class ParameterAnswer(BaseModel):
    """A parameter of an analysis: a whole number from `low` to `high`, or one of `choices`."""

    name: str
    type: str = Field(description="`integer` or `string`.")
    default: int | str
    low: int | None = None
    high: int | None = None
    choices: list[str] | None = None
    meaning: str

    @classmethod
    def of(cls, parameter: Parameter) -> ParameterAnswer:
        """Return a parameter in the contract's form."""
        name, meaning, default = parameter.name, parameter.meaning, parameter.default
        if isinstance(parameter, Choice):
            return cls(
                name=name, type="string", default=default, choices=list(parameter.choices), meaning=meaning
            )
        return cls(
            name=name,
            type="integer",
            default=default,
            low=parameter.low,
            high=parameter.high,
            meaning=meaning,
        )


class FieldAnswer(BaseModel):
    """A column of the result; any cell may be null."""

    name: str
    type: FieldType
    unit: str
    meaning: str


class AnalysisAnswer(BaseModel):
    """An analysis there is; `is_heavy` says that asking for it answers with a task."""

    name: str
    version: int
    title: dict[str, str] = Field(description="By language: `en`, `ru`.")
    parameters: list[ParameterAnswer]
    fields: list[FieldAnswer]
    method: str
    model: str | None
    is_heavy: bool

    @classmethod
    def of(cls, analysis: Analysis) -> AnalysisAnswer:
        """Return an analysis in the contract's form."""
        return cls(
            name=analysis.name,
            version=analysis.version,
            title={lang: say(f"analysis.{analysis.name}.title", lang) for lang in ("en", "ru")},
            parameters=[ParameterAnswer.of(each) for each in analysis.parameters],
            fields=[
                FieldAnswer(name=each.name, type=each.type, unit=each.unit, meaning=each.meaning)
                for each in analysis.fields
            ],
            method=analysis.method,
            model=analysis.model,
            is_heavy=analysis.is_heavy,
        )


class PeriodAnswer(BaseModel):
    """The first and the last comment, ISO 8601 in UTC."""

    first: str
    last: str


class MeasuredAnswer(BaseModel):
    """What came out for one set of comments: `n` of them, from `period.first` to `period.last`."""

    n: int
    period: PeriodAnswer | None = Field(description="null when no comment has a date.")
    tz: str
    rows: list[dict[str, Cell]]


class ResultAnswer(MeasuredAnswer):
    """The answer of an analysis; `b` is the second set, with its own `n`, `period`, `tz` and `rows`."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "name": "likes",
                "version": 1,
                "params": {},
                "n": 12,
                "period": {"first": "2026-03-01T09:00:00Z", "last": "2026-03-02T18:30:00Z"},
                "tz": "Europe/Moscow",
                "method": "Counts in bars that begin at 0, 1, 2, 5.",
                "model": None,
                "rows": [{"bucket": "0", "low": 0, "high": 0, "comments": 7}],
                "b": None,
            }
        }
    )

    name: str
    version: int
    params: dict[str, Cell]
    method: str
    model: str | None
    b: MeasuredAnswer | None


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
    def answer(services: Given, request: Request, response: Response) -> Response:
        """Answer from what is kept, by measuring now, or with a task."""
        asked = _asked(analysis, request)
        queries = analyze.queries_in(asked)
        if analysis.is_heavy:
            return _kept_or_task(services, asked, queries, request, response)
        tagged(request, response, analysis.version, versions_of(services))
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
            )
            for query in queries
        ]
        return as_json(analyze.compared(answers).as_dict(), response.headers)


def _kept_or_task(
    services: Services, asked: Mapping[str, Any], queries: list[Query], request: Request, response: Response
) -> Response:
    name, params = asked["name"], asked["params"]
    kept = [
        analyze.kept(name, query, params, store=services.workspace(query).store, cache=services.cache)
        for query in queries
    ]
    answers = [each for each in kept if each is not None]
    if len(answers) == len(queries):
        tagged(request, response, answers[0].version, versions_of(services))
        return as_json(analyze.compared(answers).as_dict(), response.headers)
    task = services.tasks.submit("analyze", asked).task
    lang = asked_for(request.headers)
    headers = {"Location": location(request, task), "Cache-Control": "no-store", **spoken(lang)}
    return JSONResponse(TaskAnswer.of(task, lang).model_dump(mode="json"), 202, headers)


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
    return {"type": "string", "default": parameter.default, "enum": list(parameter.choices)}


for _analysis in ANALYSES.values():
    _add(_analysis)
