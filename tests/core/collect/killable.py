"""Collections in processes of their own, for tests that kill them: a warm parent forks one for each order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Killable:
    """The warm parent; one collection at a time."""

    _parent: subprocess.Popen[str] = field(
        default_factory=lambda: subprocess.Popen(
            [sys.executable, "-m", "tests.core.collect.killable"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
    )
    _pid: int = 0
    _has_pid: threading.Event = field(default_factory=threading.Event)

    def start(self, **order: object) -> None:
        """Start a collection: url, token, database, links, run_id, in_flight, refresh."""
        assert self._parent.stdin
        assert self._parent.stdout
        self._has_pid.clear()
        self._parent.stdin.write(json.dumps(order) + "\n")
        self._parent.stdin.flush()
        self._pid = int(self._parent.stdout.readline())
        self._has_pid.set()

    def kill(self) -> None:
        """Kill it as a power cut would; from any thread."""
        self._has_pid.wait(30)
        os.kill(self._pid, signal.SIGKILL)

    def ended(self) -> int:
        """Wait for its end; return its exit code, negative for a signal."""
        assert self._parent.stdout
        return int(self._parent.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.close()
        self._parent.wait(30)
        self._parent.stdout.close()


def _collect(order: dict[str, str]) -> None:
    from core.collect.run import CollectOptions, CollectRequest, collect
    from core.links import recognise
    from core.storage.store import Store
    from core.vk.api import connect

    def clock() -> datetime:
        return datetime.now(UTC)

    found = recognise(order["links"])
    store = Store.open(f"duckdb:///{order['database']}", clock=clock)
    vk = connect(order["url"], (order["token"],), 0)
    request = CollectRequest(
        found.targets, found.refused, CollectOptions(refresh=order.get("refresh", "new")), order["run_id"]
    )
    collect(
        request,
        vk,
        store,
        report=lambda progress: None,
        cancel=threading.Event(),
        clock=clock,
        in_flight=int(order["in_flight"]),
    )
    vk.close()
    store.close()


def _serve() -> None:
    """Fork a collection for each line that comes; say its process id, then how it ended."""
    import core.collect.run
    import core.links  # noqa: F401 - what is imported here, no collection has to import
    from core import log

    log.configure("console", "warning")  # to stderr: stdout carries the answers

    for line in sys.stdin:
        child = os.fork()
        if not child:
            code = 1
            try:
                _collect(json.loads(line))
                code = 0
            except BaseException:  # noqa: BLE001 - told and turned into the exit code
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
