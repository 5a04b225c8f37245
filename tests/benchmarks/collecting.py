"""One measured collection into a database file of its own: seconds, processor seconds, memory, rows."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from core.collect.run import CollectRequest, collect
from core.links import recognise
from core.sandbox.stories import TOKENS
from core.storage.store import Store
from core.vk.api import connect
from core.vk.throttle import Start, Throttle

IN_FLIGHT = 16
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collection cost and brought.

    `peak_mb` is the memory of the whole process at its highest, before the rows were read back.
    """

    requests: int
    comments: int
    seconds: float
    cpu_seconds: float
    megabytes: float
    peak_mb: float
    ids: tuple[int, ...] = ()


class Noted(Throttle):
    """The product's own throttle, which also notes when its requests left."""

    def __init__(self, per_second: float) -> None:
        super().__init__(per_second)
        self.noted: list[Start] = []

    def acquire(self, cancel: threading.Event = threading.Event()) -> Start:  # noqa: B008 - never set
        start = super().acquire(cancel)
        self.noted.append(start)
        return start


def collected(
    url: str,
    links: str,
    *,
    rate: float,
    tokens: Sequence[str] = (TOKENS.USER,),
    throttle: Callable[[float], Throttle] = Throttle,
    with_ids: bool = False,
) -> Collected:
    """Collect what the links mean, as the product does, and measure from the first call to the last row."""
    found = recognise(links)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        store = Store.open(f"duckdb:///{folder}/comments.duckdb", clock=_now)
        vk = connect(url, tokens, rate, throttle=throttle)
        began, cpu = time.perf_counter(), time.process_time()
        sheet = collect(
            CollectRequest(found.targets, found.refused),
            vk,
            store,
            report=lambda _: None,
            cancel=threading.Event(),
            clock=_now,
            in_flight=IN_FLIGHT,
        )
        seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        with store.reading() as cursor:
            rows = cursor.execute("select comment_id from comments_now").fetchall()
        vk.close()
        store.close()
    return Collected(
        sheet.requests,
        len(rows),
        seconds,
        cpu_seconds,
        sheet.bytes / 1e6,
        peak,
        tuple(number for (number,) in rows) if with_ids else (),
    )


def collected_apart(url: str, links: str) -> Collected:
    """Collect without a limit in a process of its own, so that its memory is its own."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.collecting", url],
        input=links,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return Collected(**json.loads(run.stdout))


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(collected(sys.argv[1], sys.stdin.read(), rate=0))))
