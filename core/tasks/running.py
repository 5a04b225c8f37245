"""One attempt of one task: what a job is given, how it ends, and the boundary that no error passes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from core.errors import ComputeFailed, DashboardError, TaskCancelled, TaskPaused, TaskTimedOut
from core.log import logger
from core.models import Pause, Progress
from core.tasks.claims import Waits
from core.tasks.eta import Pace
from core.tasks.files import remove
from core.tasks.queue import Waiting
from core.tasks.records import TaskFault, TaskKind, TaskState

PLACE_GONE: Final = "place_gone"
TIMED_OUT: Final = "The task ran past its time limit; what it had fetched is kept."
TIMED_OUT_HINT: Final = "Retry goes on from there."
OUT_OF_TIME: Final = "The task ran past its time limit."
OUT_OF_TIME_HINT: Final = (
    "Retry begins it anew with the same limit; started with a larger one it may come to its end."
)


def no_claims(_keys: frozenset[str]) -> None:
    """Claim nothing: nobody else is there."""


@dataclass(frozen=True, slots=True)
class TaskContext:
    """What a job is given beside its parameters; `cancel` must be checked at least once a second.

    `claim` takes sources that only the work itself could name; it may end the attempt, which begins again
    once they are free.
    """

    id: str
    attempt: int
    cancel: threading.Event
    report: Callable[[Progress], None]
    place: str = ""
    claim: Callable[[frozenset[str]], None] = no_claims


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended when it did not raise: `result` is JSON-ready, `file` is removed with the task."""

    result: Any = None
    state: TaskState = TaskState.SUCCEEDED
    fault: TaskFault | None = None
    file: Path | None = None
    file_name: str = ""
    pause: Pause | None = None


Work = Callable[[TaskContext, Mapping[str, Any]], Outcome]
Check = Callable[[Mapping[str, Any]], dict[str, Any]]
Claiming = Callable[[Mapping[str, Any]], frozenset[str]]


def wants_nothing(_params: Mapping[str, Any]) -> frozenset[str]:
    """Return no source: the work needs none to itself."""
    return frozenset()


@dataclass(frozen=True, slots=True)
class Job:
    """How tasks of one kind are done: the work, its parameters brought into one form, its usual time limit.

    `check` raises TaskError naming the parameter that is wrong; equal work comes out of it as equal values.
    `place` names the dataset that such work goes to now; a task that was meant for another one is not done.
    `goes_on` says that an attempt which the end of the process broke off is repeated without being asked.
    At most `at_once` of the kind run at a time. `claims` are the sources that work with these checked
    parameters needs to itself, as far as they can be told without doing it.
    """

    work: Work
    check: Check = dict
    timeout_s: float | None = None
    place: Callable[[], str] = str
    goes_on: bool = False
    at_once: int | None = None
    claims: Claiming = wants_nothing


@dataclass(slots=True, eq=False)
class Run:
    """One attempt under way; `stopped_as` says why the event was set, `stopped_s` when."""

    waiting: Waiting
    attempt: int
    began_s: float
    cancel: threading.Event = field(default_factory=threading.Event)
    stopped_as: TaskState = TaskState.CANCELLED
    stopped_s: float | None = None
    pace: Pace = field(default_factory=Pace)

    @property
    def task_id(self) -> str:
        """Return the task it is an attempt of."""
        return self.waiting.task_id

    def stop(self, state: TaskState, now_s: float) -> bool:
        """Set the event, for this reason unless there was one before; tell whether there was none."""
        if self.cancel.is_set():
            return False
        self.stopped_as, self.stopped_s = state, now_s
        self.cancel.set()
        return True


def outcome_of(
    job: Job,
    context: TaskContext,
    params: Mapping[str, Any],
    run: Run,
    noticed: Callable[[BaseException], None],
) -> Outcome:
    """Run the job and turn whatever happens into an outcome: the worker's error boundary.

    QUEUED means that it waits for its sources. Whatever came after the event was set is a stop, except that
    the end of the process takes nothing back. `noticed` hears of each failure.
    """
    moved = moved_away(job, context.place)
    if moved is not None:
        return Outcome(state=TaskState.INTERRUPTED, fault=moved)
    try:
        outcome = job.work(context, params)
    except Waits:
        outcome = Outcome(state=TaskState.QUEUED)
    except TaskCancelled as stopped:
        outcome = replace(stopped_outcome(run), result=stopped.result)
    except TaskPaused as paused:
        outcome = Outcome(paused.result, TaskState.PAUSED, pause=_pause_of(paused))
    except DashboardError as error:
        outcome = _failed(error, run, noticed)
    except Exception as error:  # noqa: BLE001 - the worker is one of the three places where every error ends
        outcome = _broken(error, noticed)
    outcome = _last_word(outcome, run)
    if outcome.state is TaskState.TIMED_OUT:
        noticed(_out_of_time(run))
    return outcome


def stopped_outcome(run: Run) -> Outcome:
    """Return how an attempt ends that was told to stop."""
    if run.stopped_as is TaskState.TIMED_OUT:
        return Outcome(state=TaskState.TIMED_OUT, fault=fault_of(_out_of_time(run)))
    return Outcome(state=run.stopped_as)


def moved_away(job: Job, place: str) -> TaskFault | None:
    """Return why a task that was meant for `place` cannot be done now, None when it can."""
    if place == job.place():
        return None
    if place == "demo":
        return TaskFault(
            PLACE_GONE,
            "The task was collecting in the demo, and there is a VK token now.",
            "Start it anew to collect from VK, or remove the token and retry.",
        )
    return TaskFault(
        PLACE_GONE,
        "The task was collecting from VK, and there is no token any more.",
        "Add a token, then retry: it goes on from where it was.",
    )


def fault_of(error: DashboardError) -> TaskFault:
    """Return the error as a task carries it."""
    return TaskFault(error.code, error.template, error.hint_template, dict(error.params))


def error_of(fault: TaskFault) -> DashboardError:
    """Return a fault as the error it was; one that was no error of ours as a failed computation."""
    kinds = {each.code: each for each in _kinds(DashboardError)}
    kind = kinds.get(fault.code, ComputeFailed)
    return kind(fault.template, hint=fault.hint_template, **fault.params)


def _kinds(kind: type[DashboardError]) -> list[type[DashboardError]]:
    return [kind, *(each for derived in kind.__subclasses__() for each in _kinds(derived))]


def _out_of_time(run: Run) -> TaskTimedOut:
    """Return what happened to an attempt that ran past its limit: only a collection keeps what it has."""
    if run.waiting.kind is TaskKind.COLLECT:
        return TaskTimedOut(TIMED_OUT, hint=TIMED_OUT_HINT)
    return TaskTimedOut(OUT_OF_TIME, hint=OUT_OF_TIME_HINT)


def _failed(error: DashboardError, run: Run, noticed: Callable[[BaseException], None]) -> Outcome:
    if run.cancel.is_set():
        return stopped_outcome(run)
    logger(__name__).warning("A task failed", code=error.code, error=str(error))
    noticed(error)
    return Outcome(state=TaskState.FAILED, fault=fault_of(error))


def _broken(error: Exception, noticed: Callable[[BaseException], None]) -> Outcome:
    logger(__name__).exception("A task failed unexpectedly")
    noticed(error)
    fault = TaskFault(
        "internal",
        "The task failed because of a defect of the program.",
        "The log of the server says more; retry, or report it.",
    )
    return Outcome(state=TaskState.FAILED, fault=fault)


def _last_word(outcome: Outcome, run: Run) -> Outcome:
    """Return the outcome, or a stop when somebody had stopped the attempt: a cancel that was taken holds."""
    is_kept = not run.cancel.is_set() or run.stopped_as in {TaskState.INTERRUPTED, outcome.state}
    if is_kept:
        return outcome
    if outcome.file is None:
        return replace(stopped_outcome(run), result=outcome.result)
    remove(outcome.file)
    return stopped_outcome(run)


def _pause_of(paused: TaskPaused) -> Pause:
    assert isinstance(paused.pause, Pause)
    return paused.pause
