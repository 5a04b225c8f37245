"""Processes that compute: they really stop, they come back, and they never outlive their parent."""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.spawn
import os
import signal
import subprocess
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from pebble import ProcessFuture

from core import compute as computing
from core.compute import Compute
from core.errors import ComputeFailed, QueryError, TaskCancelled
from tests.core import computations

LONG_S = 60.0
ROOT = Path(__file__).resolve().parents[2]

PARENT = """
import sys, threading
from core.compute import Compute
from tests.core import computations
compute = Compute(2)
print(compute.run(computations.whoami, cancel=threading.Event()), flush=True)
if sys.argv[1] == "spin":
    compute.run(computations.spin, sys.argv[2], cancel=threading.Event())
"""


@pytest.fixture
def compute() -> Iterator[Compute]:
    """Give two processes at most."""
    made = Compute(2)
    yield made
    made.close()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """Give threads that wait for computations."""
    with ThreadPoolExecutor(4) as made:
        yield made


def until(is_so: Callable[[], bool], limit_s: float = LONG_S) -> float:
    """Wait until something is so; return how long it took, fail when it never is."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > limit_s:
            pytest.fail("it never came")
        threading.Event().wait(0.01)
    return time.monotonic() - began


def is_alive(pid: int) -> bool:
    """Tell whether a process is there and not a mere entry that nobody has read."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with contextlib.suppress(OSError):
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return False


def cpu_s(pid: int) -> float:
    """Return the seconds of processor that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pid_in(path: Path) -> int:
    """Return the process that wrote its number into a file, once it has."""
    until(path.exists)
    return int(path.read_text())


def test_it_computes_elsewhere_and_keeps_the_process(compute: Compute) -> None:
    """A function runs in another process, which is used again; the one that asked stays free."""
    cancel = threading.Event()
    first = compute.run(computations.whoami, cancel=cancel)
    assert first != os.getpid()
    assert compute.run(computations.whoami, cancel=cancel) == first


def test_nothing_starts_before_it_is_needed() -> None:
    """A pool costs no process and no thread until somebody computes."""
    before = threading.active_count()
    made = Compute()
    stats = made.stats()
    assert (stats.engine, stats.busy, stats.waiting) == ("local", 0, 0)
    assert 1 <= stats.workers <= (os.cpu_count() or 1)
    assert threading.active_count() == before
    made.close()


@pytest.mark.slow
def test_two_compute_at_the_same_time(compute: Compute, threads: ThreadPoolExecutor, tmp_path: Path) -> None:
    """There are as many processes as were asked for, side by side."""
    cancel = threading.Event()
    both = [threads.submit(compute.run, computations.meet, str(tmp_path), 2, cancel=cancel) for _ in range(2)]
    assert [each.result(LONG_S) for each in both] == [2, 2]


@pytest.mark.parametrize(
    "function", [computations.one_long_call, pytest.param(computations.spin, marks=pytest.mark.slow)]
)
def test_a_cancelled_computation_really_stops(
    compute: Compute, threads: ThreadPoolExecutor, tmp_path: Path, function: Callable[[str], None]
) -> None:
    """Cancelling ends the process: it had the processor, is gone with the error, and its slot is free."""
    cancel, place = threading.Event(), tmp_path / "pid"
    run = threads.submit(compute.run, function, str(place), cancel=cancel)
    pid = pid_in(place)
    had_s = cpu_s(pid)
    until(lambda: cpu_s(pid) > had_s)
    assert is_alive(pid)
    assert compute.stats().busy == 1
    began = time.monotonic()
    cancel.set()
    with pytest.raises(TaskCancelled):
        run.result(LONG_S)
    assert time.monotonic() - began < 5
    assert not is_alive(pid)
    assert compute.stats().busy == 0
    assert compute.run(computations.whoami, cancel=threading.Event()) != pid


def test_who_waits_for_a_slot_can_be_cancelled(threads: ThreadPoolExecutor, tmp_path: Path) -> None:
    """A computation that has not begun is counted as waiting, and leaves when it is cancelled."""
    made = Compute(1)
    stop, leave = threading.Event(), threading.Event()
    first = threads.submit(made.run, computations.spin, str(tmp_path / "first"), cancel=stop)
    pid = pid_in(tmp_path / "first")
    second = threads.submit(made.run, computations.spin, str(tmp_path / "second"), cancel=leave)
    until(lambda: made.stats().waiting == 1)
    third = threads.submit(made.run, computations.whoami, cancel=threading.Event())
    until(lambda: made.stats().waiting == 2)
    leave.set()
    with pytest.raises(TaskCancelled):
        second.result(LONG_S)
    assert is_alive(pid)
    stop.set()
    assert third.result(LONG_S) not in {pid, None}
    assert first.exception(LONG_S) is not None
    assert not (tmp_path / "second").exists()
    made.close()


def test_what_is_cancelled_before_it_begins_starts_nothing(compute: Compute) -> None:
    """A task that was stopped already costs no process."""
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(TaskCancelled):
        compute.run(computations.whoami, cancel=cancel)


def test_an_error_of_ours_comes_through_whole(compute: Compute) -> None:
    """What a function refuses reads the same as if it had been refused here, in every language."""
    with pytest.raises(QueryError) as caught:
        compute.run(computations.refuse, "hour", cancel=threading.Event())
    assert str(caught.value) == "The filter 'hour' cannot be that. Try another."
    assert caught.value.params == {"key": "hour", "other": "another"}


@pytest.mark.parametrize(
    "kind",
    ["killed", pytest.param("exit", marks=pytest.mark.slow), pytest.param("memory", marks=pytest.mark.slow)],
)
def test_a_process_that_fails_is_told_as_an_error(compute: Compute, kind: str) -> None:
    """A killed or starved process gives a typed error, and the next computation finds another."""
    with pytest.raises(ComputeFailed):
        compute.run(computations.break_down, kind, cancel=threading.Event())
    assert compute.run(computations.whoami, cancel=threading.Event())
    assert compute.stats().busy == 0


@pytest.mark.parametrize(
    ("kind", "error"),
    [("defect", ZeroDivisionError), pytest.param("lock", TypeError, marks=pytest.mark.slow)],
)
def test_a_defect_stays_a_defect(compute: Compute, kind: str, error: type[Exception]) -> None:
    """What a function should never raise or return is not hidden behind an error of ours."""
    with pytest.raises(error):
        compute.run(computations.break_down, kind, cancel=threading.Event())
    assert compute.run(computations.whoami, cancel=threading.Event())


@pytest.mark.slow
def test_an_idle_process_may_die(compute: Compute) -> None:
    """A process killed between two computations is replaced; nobody who asks next notices."""
    first = compute.run(computations.whoami, cancel=threading.Event())
    os.kill(first, signal.SIGKILL)
    assert compute.run(computations.whoami, cancel=threading.Event()) != first


@pytest.mark.slow
def test_an_idle_process_may_have_died_long_ago(compute: Compute) -> None:
    """A slot that found its process dead by itself is replaced as well."""
    first = compute.run(computations.whoami, cancel=threading.Event())
    (slot,) = compute._idle
    os.kill(first, signal.SIGKILL)
    until(lambda: not slot.active)
    assert compute.run(computations.whoami, cancel=threading.Event()) != first


def test_a_process_that_cannot_start_is_an_error(compute: Compute, tmp_path: Path) -> None:
    """Where no process can be started at all, that is said once, and not tried for ever."""
    multiprocessing.set_executable(str(tmp_path / "no-python"))
    try:
        with pytest.raises(ComputeFailed):
            compute.run(computations.whoami, cancel=threading.Event())
    finally:
        multiprocessing.set_executable(sys.executable)


def test_a_slot_that_forgot_its_work_is_noticed(compute: Compute) -> None:
    """Work that a broken slot never took is not waited for until the end of time."""
    slot, _is_new = compute._take()
    slot.stop()
    with pytest.raises(BrokenProcessPool):
        compute._wait(slot, ProcessFuture[int](), threading.Event())


def test_closing_ends_what_computes(threads: ThreadPoolExecutor, tmp_path: Path) -> None:
    """At the end every process is gone, in mid-computation too, and nothing new is begun."""
    made = Compute(2)
    idle = made.run(computations.whoami, cancel=threading.Event())
    runs = [
        threads.submit(made.run, computations.spin, str(tmp_path / name), cancel=threading.Event())
        for name in "ab"
    ]
    pids = {pid_in(tmp_path / name) for name in "ab"}
    made.close()
    assert idle in pids
    assert not any(map(is_alive, pids))
    assert all(isinstance(run.exception(LONG_S), TaskCancelled) for run in runs)
    with pytest.raises(TaskCancelled):
        made.run(computations.whoami, cancel=threading.Event())


def test_closing_ends_what_waits_to_compute_again() -> None:
    """A process kept for the next computation is ended as well; closing twice is fine."""
    made = Compute(1)
    pid = made.run(computations.whoami, cancel=threading.Event())
    made.close()
    made.close()
    assert not is_alive(pid)


def test_a_process_does_not_load_the_page(compute: Compute, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under Streamlit `__main__` is the page's script: no process may run it again."""
    page = types.ModuleType("__main__")
    page.__file__ = str(ROOT / "tests" / "core" / "no_such_page.py")
    monkeypatch.setitem(sys.modules, "__main__", page)
    assert compute.run(computations.main_module, cancel=threading.Event()) == ""


def test_what_other_processes_are_told_is_left_alone(compute: Compute) -> None:
    """A process that somebody else starts is prepared as Python does it."""
    compute.run(computations.whoami, cancel=threading.Event())
    assert multiprocessing.spawn.get_preparation_data("somebody else's")["name"] == "somebody else's"


FOREIGN = """
import multiprocessing
import threading

from core.compute import Compute
from tests.core import computations

def told():
    print("main is known")

if __name__ == "__main__":
    Compute(1).run(computations.whoami, cancel=threading.Event())
    other = multiprocessing.get_context("spawn").Process(target=told)
    other.start()
    other.join()
"""


@pytest.mark.slow
def test_other_processes_still_find_their_main_module(tmp_path: Path) -> None:
    """Leaving `__main__` out concerns our processes alone: a function of it still runs in somebody else's."""
    program = tmp_path / "foreign.py"
    program.write_text(FOREIGN)
    run = subprocess.run(  # noqa: PLW1510 - the output is compared
        [sys.executable, str(program)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=LONG_S,
    )
    assert (run.stdout, run.stderr) == ("main is known\n", "")


@pytest.mark.slow
@pytest.mark.parametrize("signal_name", ["SIGKILL", "SIGTERM"])
def test_processes_end_with_their_parent(tmp_path: Path, signal_name: str) -> None:
    """A killed server leaves no process behind that goes on computing."""
    place = tmp_path / "pid"
    command = [sys.executable, "-c", PARENT, "spin", str(place)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        pid = pid_in(place)
        assert is_alive(pid)
        parent.send_signal(getattr(signal, signal_name))
        parent.wait(LONG_S)
    until(lambda: not is_alive(pid))


@pytest.mark.slow
def test_a_program_that_forgot_to_close_still_ends(tmp_path: Path) -> None:
    """Idle processes keep nobody from leaving."""
    command = [sys.executable, "-c", PARENT, "leave", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONG_S, check=True)
    pid = int(done.stdout)
    until(lambda: not is_alive(pid))


def test_how_processes_start_is_set_up_once() -> None:
    """However often processes are started, the standard library is told once what they must not load."""
    computing._context.cache_clear()
    first = computing._context()
    assert first.get_start_method() == "spawn"
    assert computing._context() is first
