"""The sandbox as a child process that never outlives its parent."""

import json
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, Self

from core.errors import SandboxError

_ROOT: Final = Path(__file__).resolve().parents[2]
_PATIENCE_S: Final = 30.0


@dataclass(slots=True)
class SandboxProcess:
    """A running sandbox; closing its stdin ends it."""

    url: str
    """Where methods live: http://127.0.0.1:PORT/method/."""
    comments: int
    _process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def admin_url(self) -> str:
        """Return where the endpoints outside the API live: http://127.0.0.1:PORT/sandbox/."""
        return self.url.removesuffix("method/") + "sandbox/"

    @property
    def is_running(self) -> bool:
        """Tell whether the process lives."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the process; stopping twice is fine."""
        if self._process.stdin and not self._process.stdin.closed:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start(
    comments: int = 20_000,
    seed: int = 7,
    rate: float = 3.0,
    latency_s: float = 0.0,
    faults: str = "",
    *more: str,
) -> SandboxProcess:
    """Start a sandbox and wait until it listens; `more` are further arguments of the command line."""
    command = [
        *(sys.executable, "-m", "core.sandbox", "--until-stdin-closes"),
        *("--comments", str(comments), "--seed", str(seed), "--rate", str(rate)),
        *("--latency", str(latency_s), "--faults", faults, *more),
    ]
    process = subprocess.Popen(  # noqa: S603 - our own module, our own interpreter
        command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    line = _first_line(process.stdout)
    try:
        said = json.loads(line)
        return SandboxProcess(str(said["url"]), int(said["comments"]), process)
    except (ValueError, KeyError) as error:
        process.kill()
        process.wait()
        raise SandboxError(
            "The synthetic VK did not start.",
            hint="Run `python -m core.sandbox` in the project folder to see why.",
            exit_code=process.returncode,
        ) from error


def _first_line(stream: IO[bytes]) -> bytes:
    """Return the first line, or nothing when it does not come in time."""
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=lambda: lines.put(stream.readline()), daemon=True).start()
    try:
        return lines.get(timeout=_PATIENCE_S)
    except queue.Empty:
        return b""
