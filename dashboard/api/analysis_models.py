"""Analyses and their answers in the contract's form."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from core.analysis.described import Analysis, Choice, Decimal, FieldType, Parameter, Words, Zone
from core.wording import say

Cell = int | float | str | bool | None


class ParameterAnswer(BaseModel):
    """A parameter of an analysis: a number from `low` to `high`, one of `choices`, or a text."""

    name: str
    type: str = Field(description="`integer`, `number` or `string`.")
    default: int | float | str
    low: int | float | None = None
    high: int | float | None = None
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
        if isinstance(parameter, Words | Zone):
            return cls(name=name, type="string", default=default, meaning=meaning)
        return cls(
            name=name,
            type="number" if isinstance(parameter, Decimal) else "integer",
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
    group: str = Field(description="What it belongs to, such as `words`.")
    is_heavy: bool
    compares: bool = Field(
        description="Compares two sets itself; without `b.` keys the second is all the rest."
    )

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
            group=analysis.group,
            is_heavy=analysis.is_heavy,
            compares=analysis.compares,
        )


class PeriodAnswer(BaseModel):
    """The first and the last comment, ISO 8601 in UTC."""

    first: str
    last: str


class NoteAnswer(BaseModel):
    """A note: its code, the English sentence, and the values in it."""

    code: str
    text: str
    values: dict[str, Cell]


class MeasuredAnswer(BaseModel):
    """What came out for one set of comments: `n` of them, from `period.first` to `period.last`."""

    n: int
    period: PeriodAnswer | None = Field(description="null when no comment has a date.")
    tz: str
    summary: dict[str, Cell] = Field(description="Figures of the whole.")
    notes: list[NoteAnswer] = Field(description="What a reader must know beside the figures.")
    model: str | None
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
                "summary": {},
                "notes": [],
                "rows": [{"bucket": "0", "low": 0, "high": 0, "comments": 7}],
                "b": None,
            }
        }
    )

    name: str
    version: int
    params: dict[str, Cell]
    method: str
    b: MeasuredAnswer | None
