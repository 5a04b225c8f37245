"""The shapes of tasks, as OpenAPI shows them; field names are the contract's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from core.models import Pause, PauseReason
from core.tasks.params import MAX_ANSWER, MAX_LINK, MAX_TARGETS, MAX_WORDS
from core.tasks.records import Task, TaskFault, TaskKind, TaskState
from core.wording import Lang
from core.wording.faults import told
from dashboard.api.models import Day, Utc, Whole
from dashboard.api.sheets import pause_in_words, sheet_in_words

PriorityName = Literal["low", "normal", "high", "urgent"]
PRIORITY_NAMES: tuple[PriorityName, ...] = ("urgent", "high", "normal", "low")


class CollectParams(BaseModel):
    """What to collect. For walls `since` and `until` bound the post's date, `posts` takes the latest."""

    model_config = ConfigDict(extra="forbid")

    targets: list[Annotated[str, Field(max_length=MAX_LINK)]] = Field(
        min_length=1, max_length=MAX_TARGETS, description="Links, in any form VK shows them."
    )
    since: Day | None = None
    until: Day | None = None
    posts: Whole | None = Field(None, ge=1)
    words: str = Field("", max_length=MAX_WORDS, description="Only posts of walls whose text matches.")
    refresh: Literal["new", "changed", "all"] = "new"


class ExportParams(BaseModel):
    """What to export, and how."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["csv", "jsonl", "parquet", "xlsx"]
    query: dict[str, Any] = Field(default_factory=dict, description="The keys of the query, as in a URL.")
    dialect: Literal["data", "excel"] = "data"
    headers: Literal["en", "ru"] = "en"


class _TaskOptions(BaseModel):
    model_config = ConfigDict(extra="forbid")

    priority: PriorityName = "normal"
    timeout_s: float | None = Field(None, gt=0, le=604_800, description="Seconds; left out: the kind's own.")


class CollectTask(_TaskOptions):
    """Start collecting."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "collect",
                "params": {"targets": ["https://vk.com/wall-1_2"]},
                "priority": "high",
            }
        }
    )

    kind: Literal["collect"]
    params: CollectParams


class ExportTask(_TaskOptions):
    """Write a file in the background; it is then the task's result."""

    kind: Literal["export"]
    params: ExportParams


class AnalyzeParams(BaseModel):
    """Which analysis, of what, with which parameters; GET /analyses lists them."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=200)
    query: dict[str, Any] = Field(default_factory=dict, description="The keys of the query, as in a URL.")
    params: dict[str, Any] = Field(
        default_factory=dict, description="The analysis's own; default: all of them."
    )
    b: dict[str, Any] | None = Field(
        None,
        description="The query of a second set to compare with; `dataset` and `tz` default to the first's.",
    )


class AnalyzeTask(_TaskOptions):
    """Work an analysis out; the task's result is the answer, as GET /analyses/{name} gives it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "analyze",
                "params": {
                    "name": "concentration",
                    "query": {"from": "2026-01-01", "level": "root"},
                    "params": {"over": "author", "resamples": 1000},
                },
            }
        }
    )

    kind: Literal["analyze"]
    params: AnalyzeParams


NewTask = Annotated[CollectTask | ExportTask | AnalyzeTask, Field(discriminator="kind")]


class ProgressAnswer(BaseModel):
    """How far a task is; `eta_s` is (shortest, longest) seconds."""

    done: int
    total: int | None
    unit: str
    fraction: float | None
    eta_s: tuple[float, float] | None
    note: str


class PauseAnswer(BaseModel):
    """What a task waits for: a person (`link` leads to what VK wants), another token, or a moment."""

    reason: PauseReason
    link: str | None
    until: Utc | None = Field(description="When it goes on by itself.")
    detail: str = Field(description="What VK wants and what to do, in the language of Accept-Language.")
    is_image: bool = Field(description="`link` is a picture to be read: answer with `captcha_key`.")
    token: str = Field(description="Id of the token meant, as in GET /tokens.")

    @classmethod
    def of(cls, pause: Pause | None, lang: Lang) -> PauseAnswer | None:
        """Return the pause in the contract's form, in the reader's language."""
        if pause is None:
            return None
        return cls(
            reason=pause.reason,
            link=pause.link or None,
            until=pause.until,
            detail=pause_in_words(pause, lang),
            is_image=pause.is_image,
            token=pause.token,
        )


Given = Annotated[SecretStr, Field(min_length=1, max_length=MAX_ANSWER)]


class Resume(BaseModel):
    """What a pause asked for, or nothing to try again at once. It is neither stored nor logged."""

    model_config = ConfigDict(extra="forbid")

    success_token: Given | None = None
    captcha_key: Given | None = None
    token: Given | None = None

    def given(self) -> dict[str, str]:
        """Return what was given."""
        found = {"success_token": self.success_token, "captcha_key": self.captcha_key, "token": self.token}
        return {key: value.get_secret_value() for key, value in found.items() if value is not None}


class FaultAnswer(BaseModel):
    """Why a task did not do all it should, and what to do, in the language of Accept-Language."""

    code: str
    detail: str
    hint: str

    @classmethod
    def of(cls, fault: TaskFault, lang: Lang) -> FaultAnswer:
        """Return the fault as the page tells it."""
        said = told(fault, lang)
        return cls(code=fault.code, detail=said.what, hint=said.remedy)


class TaskAnswer(BaseModel):
    """A task as it stands."""

    id: str
    kind: TaskKind
    state: TaskState
    priority: PriorityName
    params: dict[str, Any]
    submitted_at: Utc
    started_at: Utc | None
    finished_at: Utc | None
    timeout_s: float | None
    attempt: int
    progress: ProgressAnswer
    pause: PauseAnswer | None
    error: FaultAnswer | None
    result: Any | None

    @classmethod
    def of(cls, task: Task, lang: Lang) -> TaskAnswer:
        """Return the task in the contract's form, in the reader's language."""
        shown = task.progress
        return cls(
            id=task.id,
            kind=task.kind,
            state=task.state,
            priority=PRIORITY_NAMES[task.priority],
            params=dict(task.params),
            submitted_at=task.submitted_at,
            started_at=task.started_at,
            finished_at=task.finished_at,
            timeout_s=task.timeout_s,
            attempt=task.attempt,
            progress=ProgressAnswer(
                done=shown.done,
                total=shown.total,
                unit=shown.unit,
                fraction=task.fraction,
                eta_s=shown.eta_s,
                note=shown.note,
            ),
            pause=PauseAnswer.of(task.pause, lang),
            error=None if task.fault is None else FaultAnswer.of(task.fault, lang),
            result=result_in_words(task, lang),
        )


def result_in_words(task: Task, lang: Lang) -> Any:
    """Return what a task made, its sentences in the reader's language."""
    is_sheet = task.kind is TaskKind.COLLECT and isinstance(task.result, Mapping)
    return sheet_in_words(task.result, lang) if is_sheet else task.result


class TaskStats(BaseModel):
    """The pool: how many workers, how many tasks run and wait, and how many are known by state."""

    workers: int
    running: int
    waiting: int
    states: dict[TaskState, int]
